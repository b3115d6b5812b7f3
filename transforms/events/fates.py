"""What became of the counted groups of a sentence: which group belongs to which word for killed or injured."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transforms.events.numbers import Quantity
from transforms.events.person_groups import CHAIN, STOP, TRAIL, Group, Kind, compiled, fate_words, fates, find_groups, has_own_verb, overlaps
from transforms.language.words import word_set


class _Fate(NamedTuple):
    """A casualty word."""

    start: int
    end: int
    kind: Kind
    form: str
    words: str


_FATALLY = compiled(r"(?:\s+of\s+(?:them|whom))?\s+fatally\b(?!\s+(?:shot|wounded|stabbed))")
_EMBEDDED = compiled(
    r"\b(?:of|at|on|near|from|by|into|against|for|outside|inside|under|through|during|across|around|targeting|aboard|within|hits?|struck|with|as|to|in)\s+"
    r"(?:the\s+|an?\s+)?$"
)
_BE = compiled(
    r"\b(?P<be>is|are|was|were|be|been|being|gets?|got|getting|have|has|had)\s+(?:(?:also|all|both|then|now|still|dead|feared|believed|thought|presumed|reported|confirmed|"
    r"said|known|shot|stabbed|beaten|burned|left|found|either|since|to|have|be|been|being|and|or|[a-z]+ly)\s+)*$"
)
_UNREAL = compiled(r"(?:\b(?:to|would|could|can|may|might|will|must|should|shall|cannot|not|never|attempted|try|tried)|n['’]t)\s+$")
_BETWEEN = re.compile(
    r"\s*|\s*[,(–—-].*|\s+(?:of|in|at|near|from|on|who|whom|that|which|aboard|inside|outside|waiting|attending|seeking|trying|travell?ing|sheltering|living|working|riding|"
    r"across|around|along|belonging|serving|with|for|have|has|had|reportedly|also|all|later|already|may|might|[a-z]+ly|and\s+(?:his|her|its|their|[a-z]+s))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_BROKEN = compiled(r"[;:]|\b(?:they|he|she|it)\b|,\s*(?:and|but|while|when|after)\s|\b(?:said|says)\b")
# `Igor Kirillov`, an apposition to the group before it
_APPOSED = r"\s*,\s+(?-i:[A-Z])[^,;:\d]{1,60},\s+(?:and|as\s+well\s+as|plus)\s+"
_LEFT_CHAIN = compiled(rf"{TRAIL}(?:\s*,?\s+(?:and|as\s+well\s+as|along\s+with|together\s+with|plus)\s+|\s*,\s+)|{_APPOSED}")
_RIGHT_CHAIN = compiled(rf"{CHAIN.pattern}|{_APPOSED}")
_APPOSITION = compiled(r",\s+(?:an?|the|its|their|his|her)\s[^,;]*")
_SAME_OBJECT = compiled(r"\s*(?:and|or|/)\s*(?:or\s+)?")
_NAMED = re.compile(
    r"((?:[\w.'’-]+\s+){0,6}?[A-Z][\w'’-]+(?:\s+(?:(?:al|bin|ibn|de|van|von|el)[\s-])?[A-Z][\w.'’-]*)*)(?=\s*[,.;()]|\s*$|\s+(?i:" + STOP + "))"
)
_NAMED_BEFORE = re.compile(r"(?:^|(?<=[\s,“\"]))(?P<name>(?:[A-Z][\w'’-]*\s+)*[A-Z][\w'’-]*)(?:,[^;:]{3,160},)?\s+$")
_PREPOSITION_BEFORE = compiled(r"\b(?:in|of|at|near|from|on|by|to|for|with|and)\s+(?:the\s+)?$")
_GAP = compiled(r"\s+(?:also\s+|reportedly\s+)?")
_OBJECT = compiled(r"\s+(?:both|all|each|him|her|it|them)\b")
_MORE_IN = compiled(r"\s+in\s")
_BY_POLICE = compiled(r"\s+by\s+(?:the\s+)?(?:police|officers|security\s+forces|guards|soldiers|troops|bystanders)\b")
_KNOWN = compiled(r"(?:the|this|both)\s")
_OF_THEM = compiled(
    r"\s+of\s+(?:them|whom|(?:the|those)\s+(?:injured|wounded|hurt)(?:\s+[^,;:]{1,40}?)?)\s+"
    r"(?:(?:later|have|has|had|since|[a-z]+ly)\s+)*(?:(?:was|were)\s+)?"
)
_THEM = compiled(r"\s+them\b")
# What stands between a group and what became of it: `three seriously hurt`.
_GRAVELY = compiled(r"\s*(?:critically|seriously|severely|gravely|badly|slightly|lightly|fatally)?\s*")
_STOPPED = compiled(rf"\b{STOP}")
_WHO = compiled(r"\s+who\b")
_LONGEST_GAP = 160
# More is a text without sentences, and some of the patterns look back to its start.
_SENTENCED = compiled(r"\b(?:sentenc|condemn|starv|put)\w*\s[^.;]*$")
# `a list of 12 dead`
_FEW = compiled(r"(?<!^)\b(?:of|for)\s+(?:the\s+)?$")
_NAMED_AND = re.compile(r"(?:^|(?<=[\s,“\"]))(?P<name>[A-Z][\w'’-]*(?:\s+(?:(?:al|el|bin|ibn|de|van|von|abu)[\s-])?[A-Z][\w'’-]*)+)\s+and\s+$")
_SINGULAR_BE = word_set("fates", "one_is")
_NO_NAMES = word_set("fates", "no_names")


def _is_people(name: str) -> bool:
    """Whether a capitalised word is a people rather than a person: `killed Ukrainians`."""
    return name.endswith("s") and " " not in name


class FateReader:
    """Attaches the groups of one sentence to its casualty words."""

    def __init__(self, sentence: str, closed: list[tuple[int, int]]) -> None:
        self.sentence = sentence
        self.groups = find_groups(sentence, closed)
        self.claimed: dict[int, Kind] = {}
        found = [_Fate(match.start(), match.end(), *fates()[words], words) for match in fate_words(sentence) if (words := " ".join(match[0].split()))]
        self.fates = [each for each in found if not overlaps(each.start, each.end, closed)]

    def read(self) -> Iterator[tuple[Group, Kind]]:
        """Groups with their fate, in no special order."""
        skip = -1
        for index, fate in enumerate(self.fates):
            following = self.fates[index + 1] if index + 1 < len(self.fates) else None
            if (
                following
                and fate.kind != following.kind
                and fate.form in ("active", "past")
                and _SAME_OBJECT.fullmatch(self.sentence, fate.end, following.start)
            ):
                # `killed or wounded 30` does not say how many of each.
                skip = index + 1
                continue
            if index == skip or fate.form == "care":
                continue
            attached = self._attached(fate, self.fates[index - 1].end if index else 0)
            for group in attached:
                self.claimed[group.start] = fate.kind
                # `killed 15 people; the father was shot dead by police`
                shot = index > 0 and _KNOWN.match(self.sentence, group.start) is not None and _BY_POLICE.match(self.sentence, fate.end) is not None
                yield dataclasses.replace(group, attacker=group.attacker or shot), fate.kind
        yield from self._parts()
        if "injured" not in self.claimed.values():
            for index, fate in enumerate(self.fates):
                if fate.form == "care":
                    yield from ((group, fate.kind) for group in self._cared_for(fate, self.fates[index - 1].end if index else 0))

    def _cared_for(self, fate: _Fate, previous: int) -> list[Group]:
        """`Seven were taken to hospital`, `and 40 in hospital`, `stabbed three people`."""
        passive = _BE.search(self.sentence[: fate.start])
        if passive is None and (right := self._right(fate.end)):
            return right
        return self._left(passive.start() if passive else fate.start, previous, adjacent=passive is None) if passive or " " in fate.words else []

    def _attached(self, fate: _Fate, previous: int) -> list[Group]:
        before = self.sentence[: fate.start]
        passive = _BE.search(before)
        perfect = passive is not None and passive[0].split()[-1].lower() in {"have", "has", "had"}
        subject = passive.start() if passive else fate.start
        if fate.form == "lives":
            return [each for each in self._right(fate.end) if each.who.endswith("lives")]
        if fate.form in ("active", "state") and _UNREAL.search(before):
            return []
        part = next((each for each in self.groups if each.including and _OF_THEM.fullmatch(self.sentence, each.end, subject)), None)
        if part is not None and fate.form in ("state", "past") and fate.kind not in self.claimed.values():
            # `wounded 12, two of whom died`
            return [dataclasses.replace(part, including=False)]
        if fate.form == "back" or (part is None and _THEM.match(self.sentence, fate.end) and fate.form != "state"):
            # `lured a dozen villagers away and shot them dead`
            meant = [each for each in self.groups if each.end <= fate.start and not each.including and each.quantity != Quantity(1, 1)]
            return [each for each in meant[-1:] if each.start not in self.claimed]
        if fate.form == "state":
            return self._left(subject, previous) or self._named_before(subject)
        if fate.form == "count":
            if fate.words == "to death" and _SENTENCED.search(before):
                return []
            return self._left(subject, previous, adjacent=passive is None)
        if fate.form == "past" and passive and not perfect:
            return self._left(subject, previous) or (self._named_before(subject) if passive["be"].lower() in _SINGULAR_BE else [])
        right = self._right(fate.end)
        if not right and fate.form == "past" and not _OBJECT.match(self.sentence, fate.end):
            right = self._left(fate.start, previous, adjacent=True)
        return right or self._named_after(fate.end)

    def _right(self, position: int, before: Iterable[Group] = ()) -> list[Group]:
        """The group that stands right after a position, and those joined to it or to groups before."""
        found = list(before)
        for group in self.groups:
            if group.start < position or group.start in self.claimed or group.including:
                continue
            if found and found[-1].named and _APPOSITION.fullmatch(self.sentence[position : group.end]):
                position = group.end  # `Ismail al-Zin, a commander`
                continue
            link = (_RIGHT_CHAIN if found else _GAP).fullmatch(self.sentence, position, group.start)
            if link is None or (found and (has_own_verb(self.sentence, group.end) or self._tells(position, group.start))):
                break
            found.append(group)
            position = group.end
        return found

    def _tells(self, start: int, end: int) -> bool:
        """Whether a casualty word stands in a stretch."""
        return any(start <= match.start() and match.end() <= end for match in fate_words(self.sentence))

    def _left(self, position: int, previous: int, *, adjacent: bool = False) -> list[Group]:
        """The subject before a position: the nearest group that no preposition governs, and those joined to it."""
        found: list[Group] = []
        for group in reversed(self.groups):
            if group.end > position or group.including:
                continue
            if group.start < previous or group.start in self.claimed:
                break
            gap = self.sentence[group.end : position]
            if found:
                if not _LEFT_CHAIN.fullmatch(gap) or self._is_governed(group):
                    break
            elif adjacent:
                if not _GRAVELY.fullmatch(gap) or _FEW.search(self.sentence, 0, group.start):
                    break
            elif not _BETWEEN.fullmatch(gap) or _BROKEN.search(gap) or len(gap) > _LONGEST_GAP or (not _WHO.match(gap) and self._is_governed(group)):
                continue
            found.append(group)
            position = group.start
        if found and re.search(r"\bothers?\b", self.sentence[found[-1].start : found[-1].end]) and (named := _NAMED_AND.search(self.sentence, 0, position)):
            # `Saleh al-Arouri and five other members`
            found.append(Group(*named.span("name"), Quantity(1, 1), named["name"]))
        return found

    def _is_governed(self, group: Group) -> bool:
        governed = _EMBEDDED.search(self.sentence, 0, group.start)
        return governed is not None and governed.start() > 0

    def _named_before(self, position: int) -> list[Group]:
        """One person by name (or `he`) as the subject of a singular passive."""
        match = _NAMED_BEFORE.search(self.sentence, 0, position)
        if not match or match["name"] in _NO_NAMES or _is_people(match["name"]) or _PREPOSITION_BEFORE.search(self.sentence, 0, match.start("name")):
            return []
        return [Group(*match.span("name"), Quantity(1, 1), match["name"])]

    def _named_after(self, position: int) -> list[Group]:
        """One person by name as the object of an active verb: the phrase must end with a capitalised word that no plural follows."""
        gap = _GAP.match(self.sentence, position)
        match = _NAMED.match(self.sentence, gap.end()) if gap else None
        if not match or _is_people(match[1]) or _STOPPED.search(match[1]) or overlaps(*match.span(1), ((each.start, each.end) for each in self.groups)):
            return []
        named = Group(*match.span(1), Quantity(1, 1), match[1], named=True)
        return self._right(named.end, [named])

    def _parts(self) -> Iterator[tuple[Group, Kind]]:
        """Parts of groups share the fate told last before them; `one of them fatally` is a death among injured."""
        for group in self.groups:
            if not group.including or group.start in self.claimed:
                continue
            if _FATALLY.match(self.sentence, group.end):
                yield dataclasses.replace(group, including=False), "killed"
                continue
            told = [each for each in self.fates if each.end <= group.start] or self.fates[:1]
            if told:
                yield group, told[-1].kind
        for group in self.groups:
            # `30 were killed in the raid, and two dozen more in strikes elsewhere`
            told = [each for each in self.fates if each.end <= group.start]
            if told and group.who.lower() == "more" and group.start not in self.claimed and not group.including and _MORE_IN.match(self.sentence, group.end):
                yield group, told[-1].kind
