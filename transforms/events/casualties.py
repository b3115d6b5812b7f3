"""Killed and injured in a sentence: counted groups of persons, and the words that say what became of them.

Works on the text alone. A group belongs to a casualty word by that word's form: an active verb has it right behind, a passive or a state has it before.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transforms.events.numbers import Quantity, any_of
from transforms.events.person_groups import CHAIN, KINDS, STOP, Group, Kind, casualty_words, compiled, fate_pattern, fates, find_groups, has_own_verb, overlaps


@dataclasses.dataclass(frozen=True, slots=True)
class Casualty:
    """One group of killed or injured, `[start, end)` in the text; counts by events.md (both None where none is stated)."""

    start: int
    end: int
    kind: Kind
    minimum: int | None
    maximum: int | None
    words: str
    who: str
    """The noun phrase without its number (`Hezbollah militants`), empty where there is none: the caller may know these as the attackers."""
    cumulative: bool
    """The words around speak of a period or of several attacks: a hint for `casualties_scope`."""
    including: bool
    """A part of a group that is counted already (`including two children`)."""
    attacker: bool
    """The word itself says that this is who attacked (`the gunman`)."""


class _Fate(NamedTuple):
    """A casualty word."""

    start: int
    end: int
    kind: Kind
    form: str


_FATALLY = compiled(r"(?:\s+of\s+(?:them|whom))?\s+fatally\b(?!\s+(?:shot|wounded|stabbed))")
_EMBEDDED = compiled(
    r"\b(?:of|at|on|near|from|by|into|against|for|outside|inside|under|through|during|across|around|targeting|aboard|within|hits?|struck|(?P<loose>with|as|to|in))\s+"
    r"(?:the\s+|an?\s+)?$"
)
_WHOLE = r"\b(?:{})\s+of\s+(?:the\s+)?$"
_BE = compiled(
    r"\b(?P<be>is|are|was|were|be|been|being|gets?|got|getting|have|has|had)\s+(?:(?:also|all|both|then|now|still|dead|feared|believed|thought|presumed|reported|confirmed|"
    r"said|known|shot|stabbed|beaten|burned|left|found|either|since|to|have|be|been|being|and|or|[a-z]+ly)\s+)*$"
)
_UNREAL = compiled(r"(?:\b(?:to|would|could|can|may|might|will|must|should|shall|cannot|not|never|attempted|try|tried)|n['’]t)\s+$")
_BETWEEN = re.compile(
    r"\s*|\s*[,(–—-].*|\s+(?:of|in|at|near|from|on|who|whom|that|which|aboard|inside|outside|waiting|attending|seeking|trying|travell?ing|sheltering|living|working|riding|"
    r"across|around|along|belonging|serving|with|for|have|has|had|reportedly|also|all|later|already|may|might|[a-z]+ly)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_BROKEN = compiled(r"[;:]|\b(?:they|he|she|it)\b|,\s*(?:and|but|while|when|after)\s|\b(?:said|says)\b")
_LEFT_CHAIN = compiled(r"\s+(?:and|as\s+well\s+as|plus)\s+|\s*,\s+")
_SAME_OBJECT = compiled(r"\s*(?:and|or|/)\s*(?:or\s+)?")
_NAMED = re.compile(
    r"((?:[\w.'’-]+\s+){0,6}?[A-Z][\w'’-]+(?:\s+(?:(?:al|bin|ibn|de|van|von|el)[\s-])?[A-Z][\w.'’-]*)*)(?=\s*[,.;()]|\s*$|\s+(?i:" + STOP + "))"
)
_NAMED_BEFORE = re.compile(r"(?:^|(?<=[\s,“\"]))(?P<name>(?:[A-Z][\w'’-]*\s+)*[A-Z][\w'’-]*)(?:,[^;:]{3,160},)?\s+$")
_PREPOSITION_BEFORE = compiled(r"\b(?:in|of|at|near|from|on|by|to|for|with|and)\s+(?:the\s+)?$")
_TOLL_VERB = compiled(r"\b(?:to|at|from|reach(?:ed|es|ing)?|hit|hits|passed|passes|passing|exceed(?:ed|s|ing)|surpass(?:ed|es)|topped|tops)\s+$")
_TOLL_NOUN = compiled(r"\s+(?:(?:is|was)\s+now|is|was|now|of)\s+")
_RAISED = compiled(r"\b(?:rais|bring|tak|push|driv|lift)ing\s+(?:the\s+)?(?:total\s+|overall\s+)?$")
_GAP = compiled(r"\s+(?:also\s+|reportedly\s+)?")
_STOPPED = compiled(rf"\b{STOP}")
_WHO = compiled(r"\s+who\b")
_LONGEST_GAP = 160
# More is a text without sentences, and some of the patterns look back to its start.
_LONGEST_SENTENCE = 4000
_SINGULAR_BE = frozenset({"is", "was", "has", "been", "being", "be"})
_NO_NAMES = frozenset({"It", "This", "That", "What", "Who", "Which", "There", "They", "We", "You", "No", "Nobody", "None", "One"})
_SUPERLATIVE = compiled(r"\b(?:first|deadliest|worst|largest|biggest|heaviest|most|highest|bloodiest)\b[^.;]*$")
_MANY_ATTACKS = compiled(r"\b(?:strikes|attacks|raids|war|conflict|since|bombardments?|offensive|campaign)\b")
_PERIOD = r"\b(?:{})\b"


@dataclasses.dataclass(frozen=True)
class _Patterns:
    none: re.Pattern[str]
    nobody: re.Pattern[str]
    toll: re.Pattern[str]
    whole: re.Pattern[str]
    period: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    tables = casualty_words()
    none = tables["none"]
    denied, second = ("|".join(rf"(?P<{kind}{turn}>{any_of(none[kind])})" for kind in ("both", "killed", "injured")) for turn in (1, 2))
    past = {kind: any_of(tables[kind]["verbs"]["past"]) for kind in KINDS}
    participle = "|".join(rf"(?P<{kind}{{0}}>{past[kind]}{'|died' if kind == 'killed' else '|harmed'})" for kind in KINDS)
    return _Patterns(
        none=compiled(
            rf"\b(?:no|without(?:\s+any)?|without\s+causing(?:\s+any)?)\s+(?:{any_of(none['before'])}\s+)*(?:{denied})\b(?:\s+(?:or|nor|and)\s+(?:{second})\b)?"
        ),
        nobody=compiled(
            rf"\b(?:{any_of(none['subjects'])}\s+(?:(?:was|were|is|are|has|have|had|been|reported|reportedly)\s+)*"
            rf"(?:{participle.format(1)})(?:\s+(?:or|and)\s+(?:{participle.format(2)}))?"
            rf"|(?:(?P<killed3>kill(?:ed|ing)|kills)|(?P<injured3>(?:injur|wound|hurt)(?:ed|ing|es|s)?))\s+(?:no[\s-]one|nobody))\b"
        ),
        toll=compiled("|".join(rf"(?P<{kind}>\b{any_of(tables['toll'][kind])}\b)" for kind in KINDS)),
        whole=compiled(_WHOLE.format(any_of(tables["groups"]["wholes"]))),
        period=compiled(_PERIOD.format("|".join(tables["cumulative"]["patterns"]))),
    )


def _is_people(name: str) -> bool:
    """Whether a capitalised word is a people rather than a person: `killed Ukrainians`."""
    return name.endswith("s") and " " not in name


class _Reader:
    """Attaches the groups of one sentence to its casualty words."""

    def __init__(self, sentence: str, closed: list[tuple[int, int]]) -> None:
        self.sentence = sentence
        self.groups = find_groups(sentence, closed)
        self.claimed: dict[int, Kind] = {}
        found = [_Fate(match.start(), match.end(), *fates()[" ".join(match[0].lower().split())]) for match in fate_pattern().finditer(sentence)]
        self.fates = [each for each in found if not overlaps(each.start, each.end, closed)]

    def read(self) -> Iterator[tuple[Group, Kind]]:
        """Groups with their fate, in no special order."""
        skip = -1
        for index, fate in enumerate(self.fates):
            following = self.fates[index + 1] if index + 1 < len(self.fates) else None
            if following and fate.kind != following.kind and _SAME_OBJECT.fullmatch(self.sentence, fate.end, following.start):
                # `killed or wounded 30` does not say how many of each.
                skip = index + 1
                continue
            if index == skip:
                continue
            for group in self._attached(fate, self.fates[index - 1].end if index else 0):
                self.claimed[group.start] = fate.kind
                yield group, fate.kind
        yield from self._parts()

    def _attached(self, fate: _Fate, previous: int) -> list[Group]:
        before = self.sentence[: fate.start]
        passive = _BE.search(before)
        perfect = passive is not None and passive[0].split()[-1].lower() in {"have", "has", "had"}
        subject = passive.start() if passive else fate.start
        if fate.form == "lives":
            return [each for each in self._right(fate.end) if each.who.endswith("lives")]
        if fate.form in ("active", "state") and _UNREAL.search(before):
            return []
        if fate.form == "state":
            return self._left(subject, previous) or self._named_before(subject)
        if fate.form == "count":
            return self._left(subject, previous, adjacent=passive is None)
        if fate.form == "past" and passive and not perfect:
            return self._left(subject, previous) or (self._named_before(subject) if passive["be"].lower() in _SINGULAR_BE else [])
        right = self._right(fate.end)
        if not right and fate.form == "past":
            right = self._left(fate.start, previous, adjacent=True)
        return right or self._named_after(fate.end)

    def _right(self, position: int, before: Iterable[Group] = ()) -> list[Group]:
        """The group that stands right after a position, and those joined to it or to groups before."""
        found = list(before)
        for group in self.groups:
            if group.start < position or group.start in self.claimed or group.including:
                continue
            link = CHAIN if found else _GAP
            if not link.fullmatch(self.sentence, position, group.start) or (found and has_own_verb(self.sentence, group.end)):
                break
            found.append(group)
            position = group.end
        return found

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
                if not _LEFT_CHAIN.fullmatch(gap) or self._is_governed(group, strictly=True):
                    break
            elif adjacent and gap.strip():
                break
            elif (
                not _BETWEEN.fullmatch(gap)
                or _BROKEN.search(gap)
                or len(gap) > _LONGEST_GAP
                or (not _WHO.match(gap) and self._is_governed(group, strictly=not adjacent))
            ):
                continue
            found.append(group)
            position = group.start
        return found

    def _is_governed(self, group: Group, *, strictly: bool) -> bool:
        # `a group of 12` is governed by what governs the group.
        whole = _patterns().whole.search(self.sentence, 0, group.start)
        governed = _EMBEDDED.search(self.sentence, 0, whole.start() if whole else group.start)
        return governed is not None and (strictly or governed["loose"] is None)

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
        named = Group(*match.span(1), Quantity(1, 1), match[1])
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


def _denials(sentence: str) -> Iterator[tuple[int, int, Kind]]:
    """Stretches that say that nobody was killed, or injured."""
    for pattern in (_patterns().none, _patterns().nobody):
        for match in pattern.finditer(sentence):
            denied = {name.rstrip("123") for name, words in match.groupdict().items() if words}
            for kind in KINDS:
                if denied & {kind, "both"}:
                    yield match.start(), match.end(), kind


def _tolls(sentence: str, closed: list[tuple[int, int]]) -> Iterator[tuple[int, int, Group, Kind, bool]]:
    """`the death toll rose to 45`: the stretch from the word to the number, the number, and whether it is one of several attacks."""
    for match in _patterns().toll.finditer(sentence):
        kind = next(kind for kind in KINDS if match[kind])
        clause = re.compile(r"[.;](?:\s|$)").search(sentence, match.end())
        after = [
            each for each in find_groups(sentence, closed) if match.end() <= each.start < (clause.start() if clause else len(sentence)) and not each.including
        ]
        chosen = next((each for each in after if _TOLL_VERB.search(sentence, 0, each.start)), None)
        chosen = chosen or next((each for each in after if _TOLL_NOUN.fullmatch(sentence, match.end(), each.start)), None)
        if chosen is None:
            continue
        verb = _TOLL_VERB.search(sentence, 0, chosen.start)
        if verb and verb[0].strip().lower() in casualty_words()["toll"]["beyond"] and chosen.quantity.maximum is not None:
            chosen = dataclasses.replace(chosen, quantity=Quantity(chosen.quantity.maximum + 1, None))
        several = _MANY_ATTACKS.search(sentence, match.end(), chosen.start) or _RAISED.search(sentence, 0, match.start())
        yield match.start(), chosen.end, chosen, kind, several is not None


def _is_cumulative(sentence: str) -> bool:
    return any(not _SUPERLATIVE.search(sentence, 0, match.start()) for match in _patterns().period.finditer(sentence))


def find_casualties(text: str, start: int, end: int) -> list[Casualty]:
    """Killed and injured that a sentence tells of.

    Args:
        text: A document's text.
        start: Where the sentence begins.
        end: Where it ends, exclusive; only its first 4,000 characters are read.

    Returns:
        Groups in order of their place, attackers and parts (`including …`) among them but marked; `no casualties` is one of each kind.
    """
    return [
        Casualty(
            start + group.start, start + group.end, kind, group.quantity.minimum, group.quantity.maximum, text[start + group.start : start + group.end],
            group.who, cumulative, group.including, group.attacker,
        )
        for group, kind, cumulative in _told(text[start : min(end, start + _LONGEST_SENTENCE)])
    ]  # fmt: skip


# Each mention of a sentence asks for the same.
@functools.lru_cache(maxsize=16)
def _told(sentence: str) -> list[tuple[Group, Kind, bool]]:
    """The groups of a sentence in order, each with its fate and whether it is that of a period or of several attacks."""
    if not (fate_pattern().search(sentence) or _patterns().none.search(sentence) or _patterns().toll.search(sentence)):
        return []
    period = _is_cumulative(sentence)
    found: list[tuple[Group, Kind, bool]] = []
    closed: list[tuple[int, int]] = []
    for first, last, kind in _denials(sentence):
        found.append((Group(first, last, Quantity(0, 0), ""), kind, period))
        closed.append((first, last))
    for first, last, group, kind, several in _tolls(sentence, closed):
        found.append((group, kind, period or several))
        closed.append((first, last))
    found += [(group, kind, period) for group, kind in _Reader(sentence, closed).read()]
    return sorted(found, key=lambda each: (each[0].start, each[1] != "killed"))


def summarise(casualties: Iterable[Casualty]) -> tuple[int | None, int | None, int | None, int | None]:
    """The toll of an event: groups side by side added, parts not, attackers left out (and taken off where they were counted among the others).

    Where some groups count one event and others a period, only the former are added.

    Args:
        casualties: What `find_casualties` gave, or those of them that belong to one event.

    Returns:
        killed_min, killed_max, injured_min, injured_max; None where not stated or open.
    """
    records = list(casualties)
    return (*_summed([each for each in records if each.kind == "killed"]), *_summed([each for each in records if each.kind == "injured"]))


def _summed(records: list[Casualty]) -> tuple[int | None, int | None]:
    counted = [each for each in records if not each.including and not each.attacker]
    if any(not each.cumulative for each in counted):
        counted = [each for each in counted if not each.cumulative]
    if all(each.minimum is None and each.maximum is None for each in counted):
        return None, None
    least = [each.minimum for each in counted if each.minimum is not None]
    most = [each.maximum for each in counted if each.maximum is not None]
    # A group of unstated number (`several others`) opens the upper end.
    taken_off = sum(each.minimum or 0 for each in records if each.including and each.attacker)
    minimum = max(0, sum(least) - taken_off) if least else None
    maximum = max(0, sum(most) - taken_off) if len(most) == len(counted) else None
    return minimum, maximum
