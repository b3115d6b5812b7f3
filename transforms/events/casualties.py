"""Killed and injured in a sentence: counted groups of persons, and the words that say what became of them.

Works on the text alone. A group belongs to a casualty word by that word's form: an active verb has it right behind, a passive or a state has it before.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from transforms.events.numbers import Quantity, any_of, parse_number, quantity_pattern

Kind = Literal["killed", "injured"]
KINDS: tuple[Kind, Kind] = ("killed", "injured")


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


@dataclasses.dataclass(frozen=True, slots=True)
class _Group:
    start: int
    end: int
    quantity: Quantity
    who: str
    including: bool = False
    attacker: bool = False


class _Fate(NamedTuple):
    """A casualty word."""

    start: int
    end: int
    kind: Kind
    form: str


@functools.cache
def _words() -> dict[str, Any]:
    return tomllib.loads(importlib.resources.files("seeds").joinpath("casualties.toml").read_text("utf-8"))


@functools.cache
def _fates() -> dict[str, tuple[Kind, str]]:
    return {word: (kind, form) for kind in KINDS for form, words in _words()[kind]["verbs"].items() for word in words}


def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


# What ends a noun phrase that began with a number or an article.
_STOP = (
    r"(?:in|on|at|of|by|from|to|for|with|near|as|after|before|when|while|during|since|who|whom|which|that|and|or|but|across|along|aboard|inside|outside|over|under|through|"
    r"were|was|are|is|have|has|had|been|be|being|will|would|could|may|might|overnight|yesterday|today|early|late|later|earlier|including|among|against|amid|into|towards?|"
    r"between|around|because|despite|following|alone|so|also|then|there|their|his|her|its|the|an?|critically|seriously|severely|gravely|fatally|slightly|lightly|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|waiting|attending|seeking|trying|travell?ing|sheltering|fighting|living|working|riding|sleeping|"
    r"sa(?:id|ys?)|told|reported|remain(?:ed)?|fled|escaped|survived|went|feared|believed|confirmed|missing|left|did|do|not|within|without|throughout|per|where)\b"
)
_INCLUDED = _compiled(
    r"\b(?:including|includes?|included|among\s+them|among\s+(?:the\s+)?(?:dead|injured|wounded|killed)(?:\s+(?:were|was|are|is))?|of\s+whom)[\s,]+(?:the\s+|also\s+)?$"
)
_PART = _compiled(r"\s+(?:of\s+(?:them|whom|which|those)\b|critically|seriously|severely|gravely|in\s+(?:critical|serious)\s+condition)")
_FATALLY = _compiled(r"(?:\s+of\s+(?:them|whom))?\s+fatally\b(?!\s+(?:shot|wounded|stabbed))")
_EMBEDDED = _compiled(
    r"\b(?:of|at|on|near|from|by|into|against|for|outside|inside|under|through|during|across|around|targeting|aboard|within|hits?|struck|(?P<loose>with|as|to|in))\s+"
    r"(?:the\s+|an?\s+)?$"
)
_WHOLE = r"\b(?:{})\s+of\s+(?:the\s+)?$"
_BE = _compiled(
    r"\b(?P<be>is|are|was|were|be|been|being|gets?|got|getting|have|has|had)\s+(?:(?:also|all|both|then|now|still|dead|feared|believed|thought|presumed|reported|confirmed|"
    r"said|known|shot|stabbed|beaten|burned|left|found|either|since|to|have|be|been|being|and|or|[a-z]+ly)\s+)*$"
)
_UNREAL = _compiled(r"(?:\b(?:to|would|could|can|may|might|will|must|should|shall|cannot|not|never|attempted|try|tried)|n['’]t)\s+$")
_BETWEEN = re.compile(
    r"\s*|\s*[,(–—-].*|\s+(?:of|in|at|near|from|on|who|whom|that|which|aboard|inside|outside|waiting|attending|seeking|trying|travell?ing|sheltering|living|working|riding|"
    r"across|around|along|belonging|serving|with|for|have|has|had|reportedly|also|all|later|already|may|might|[a-z]+ly)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_BROKEN = _compiled(r"[;:]|\b(?:they|he|she|it)\b|,\s*(?:and|but|while|when|after)\s|\b(?:said|says)\b")
_CHAIN = _compiled(r"\s*,?\s+(?:and(?:\s+also)?|as\s+well\s+as|along\s+with|together\s+with|plus)\s+|\s*,\s+")
_LEFT_CHAIN = _compiled(r"\s+(?:and|as\s+well\s+as|plus)\s+|\s*,\s+")
_VERB_AFTER = _compiled(r"\s+(?:were|was|are|is|have|has|had|remain(?:ed)?|fled|escaped|survived|went|suffered|sustained|died|lost)\b")
_SAME_OBJECT = _compiled(r"\s*(?:and|or|/)\s*(?:or\s+)?")
_NAMED = re.compile(
    r"((?:[\w.'’-]+\s+){0,6}?[A-Z][\w'’-]+(?:\s+(?:(?:al|bin|ibn|de|van|von|el)[\s-])?[A-Z][\w.'’-]*)*)(?=\s*[,.;()]|\s*$|\s+(?i:" + _STOP + "))"
)
_NAMED_BEFORE = re.compile(r"(?:^|(?<=[\s,“\"]))(?P<name>(?:[A-Z][\w'’-]*\s+)*[A-Z][\w'’-]*)(?:,[^;:]{3,160},)?\s+$")
_PREPOSITION_BEFORE = _compiled(r"\b(?:in|of|at|near|from|on|by|to|for|with|and)\s+(?:the\s+)?$")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_AFTER_MONTH = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?$")
_BEFORE_MONTH = re.compile(rf"\s+{_MONTH}(?!\w)")
_TOLL_VERB = _compiled(r"\b(?:to|at|from|reach(?:ed|es|ing)?|hit|hits|passed|passes|passing|exceed(?:ed|s|ing)|surpass(?:ed|es)|topped|tops)\s+$")
_TOLL_NOUN = _compiled(r"\s+(?:(?:is|was)\s+now|is|was|now|of)\s+")
_RAISED = _compiled(r"\b(?:rais|bring|tak|push|driv|lift)ing\s+(?:the\s+)?(?:total\s+|overall\s+)?$")
_SELF = _compiled(r"\b(?:himself|herself|themselves)\b")
_FROM = _compiled(r"\bfrom\s+$")
_GAP = _compiled(r"\s+(?:also\s+|reportedly\s+)?")
_STOPPED = _compiled(rf"\b{_STOP}")
_WHO = _compiled(r"\s+who\b")
_LONGEST_GAP = 160
_OF = frozenset("of the its their his her our those these".split())
_SINGULAR_BE = frozenset({"is", "was", "has", "been", "being", "be"})
_NO_NAMES = frozenset("It This That What Who Which There They We You No Nobody None One".split())
_SUPERLATIVE = _compiled(r"\b(?:first|deadliest|worst|largest|biggest|heaviest|most|highest|bloodiest)\b[^.;]*$")
_MANY_ATTACKS = _compiled(r"\b(?:strikes|attacks|raids|war|conflict|since|bombardments?|offensive|campaign)\b")
_PERIOD = r"\b(?:{})\b"


@dataclasses.dataclass(frozen=True)
class _Patterns:
    fate: re.Pattern[str]
    quantity: re.Pattern[str]
    noun: re.Pattern[str]
    one: re.Pattern[str]
    none: re.Pattern[str]
    nobody: re.Pattern[str]
    toll: re.Pattern[str]
    whole: re.Pattern[str]
    period: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    words = _words()
    fate = rf"\b{any_of(_fates())}\b(?!\s+Sea\b)"
    persons = any_of(words["groups"]["persons"])
    none = words["none"]
    denied = "|".join(rf"(?P<{kind}{turn}>{any_of(none[kind])})" for turn in "1" for kind in ("both", "killed", "injured"))
    second = "|".join(rf"(?P<{kind}2>{any_of(none[kind])})" for kind in ("both", "killed", "injured"))
    past = {kind: any_of(words[kind]["verbs"]["past"]) for kind in KINDS}
    participle = "|".join(rf"(?P<{kind}{{0}}>{past[kind]}{'|died' if kind == 'killed' else '|harmed'})" for kind in KINDS)
    return _Patterns(
        fate=_compiled(fate),
        quantity=_compiled(quantity_pattern()),
        noun=_compiled(
            rf"(?:\s+of\s+(?:the|its|their|his|her|our|those|these)(?=\s))?(?:\s+(?!{_STOP}|{fate})[^\W\d][\w'’.-]*[\w'’]|\s+(?!{_STOP})[^\W\d]\b){{1,7}}"
        ),
        one=_compiled(
            rf"\b(?:an?|his|her|their|its|the|another|this|one)\s+(?:(?!{_STOP}|{fate})[\w'’-]+\s+){{0,6}}?(?:{persons})\b(?!['’]s\b|-|\s+(?:{persons})\b)"
            r"|\banother\b(?=\s*[,.;]|\s+(?:was|is|has|had|in|and|injured|wounded|killed)\b|\s*$)"
            r"|\ban?\s+(?-i:[A-Z])[a-z]+(?:ian|ean|an|i|ese|ish)\b(?=\s*[,.;]|\s+(?:was|were|is|are|in|and|near)\b|\s*$)"
        ),
        none=_compiled(
            rf"\b(?:no|without(?:\s+any)?|without\s+causing(?:\s+any)?)\s+(?:{any_of(none['before'])}\s+)*(?:{denied})\b(?:\s+(?:or|nor|and)\s+(?:{second})\b)?"
        ),
        nobody=_compiled(
            rf"\b(?:{any_of(none['subjects'])}\s+(?:(?:was|were|is|are|has|have|had|been|reported|reportedly)\s+)*(?:{participle.format(1)})(?:\s+(?:or|and)\s+(?:{participle.format(2)}))?"
            rf"|(?:(?P<killed3>kill(?:ed|ing)|kills)|(?P<injured3>(?:injur|wound|hurt)(?:ed|ing|es|s)?))\s+(?:no[\s-]one|nobody))\b"
        ),
        toll=_compiled("|".join(rf"(?P<{kind}>\b{any_of(words['toll'][kind])}\b)" for kind in KINDS)),
        whole=_compiled(_WHOLE.format(any_of(words["groups"]["wholes"]))),
        period=_compiled(_PERIOD.format("|".join(words["cumulative"]["patterns"]))),
    )


def _singular(word: str) -> str:
    for ending, singular in (("men", "man"), ("children", "child"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1 and not word.endswith("ss"):
            return word[: -len(ending)] + singular
    return word


def _person_words(words: list[str]) -> int:
    """How many of the words after a number belong to the persons that it counts; -1 where they name things."""
    groups = _words()["groups"]
    plain = [_singular(word.lower().strip(".")) for word in words]
    for index, (word, singular) in enumerate(zip(words, plain, strict=True)):
        if singular in groups["persons"] or word.lower() in groups["plurals"]:
            end = index + 1
            while end < len(words) and plain[end] in groups["persons"]:
                end += 1
            return end
        if singular in groups["things"] and (word.lower() != singular or index == len(words) - 1):
            return -1
    return len(words)


def _is_attacker(words: str, who: str) -> bool:
    last = (who or words).lower().split()[-1]
    attackers = _words()["attackers"]
    known = re.match(r"(?:the|these|those|both)\b", words, re.IGNORECASE)
    return last in attackers["always"] or (known is not None and last in attackers["definite"])


def _groups(sentence: str, closed: list[tuple[int, int]]) -> list[_Group]:
    """Counted groups of persons, in order, none overlapping another or a closed stretch."""
    patterns = _patterns()
    found: list[_Group] = []
    closed = list(closed)

    def add(start: int, end: int, quantity: Quantity, who: str) -> None:
        found.append(_Group(start, end, quantity, who, attacker=_is_attacker(sentence[start:end], who)))
        closed.append((start, end))

    for match in patterns.quantity.finditer(sentence):
        start, end = match.span()
        quantity = parse_number(match[0])
        if quantity is None or _overlaps(start, end, closed) or _BEFORE_MONTH.match(sentence, end) or _AFTER_MONTH.search(sentence, 0, start):
            continue
        if _FROM.search(sentence, 0, start) and quantity.maximum is not None:
            # `rose from 12 to 45` is no range.
            quantity = Quantity(quantity.maximum, quantity.maximum)
        phrase = patterns.noun.match(sentence, end)
        words = [each for each in re.finditer(r"\S+", phrase[0]) if each[0] not in _OF] if phrase else []
        count = _person_words([each[0] for each in words])
        if count < 0 or (not words and re.fullmatch(r"(?:19|20)\d\d", match[0])):
            # Things, or a year.
            closed.append((start, end))
            continue
        last = words[count - 1].end() if count else 0
        add(start, end + last, quantity, phrase[0][words[0].start() : last] if phrase and words else "")
    for match in patterns.one.finditer(sentence):
        if not _overlaps(*match.span(), closed):
            add(*match.span(), Quantity(1, 1), match[0].partition(" ")[2])
    for match in _SELF.finditer(sentence):
        add(*match.span(), Quantity(1, 1), match[0])
    return _with_parts(sentence, sorted(found, key=lambda each: each.start))


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)


def _with_parts(sentence: str, groups: list[_Group]) -> list[_Group]:
    """Marks the groups that are parts of others: after `including`, before `of them`."""
    marked: list[_Group] = []
    for group in groups:
        chained = marked and marked[-1].including and _CHAIN.fullmatch(sentence, marked[-1].end, group.start) and not _has_own_verb(sentence, group.end)
        part = chained or _INCLUDED.search(sentence, 0, group.start) or _PART.match(sentence, group.end)
        marked.append(dataclasses.replace(group, including=bool(part)))
    return marked


def _has_own_verb(sentence: str, end: int) -> bool:
    return bool(_VERB_AFTER.match(sentence, end) or _patterns().fate.match(sentence, end + len(sentence[end:]) - len(sentence[end:].lstrip())))


class _Reader:
    """Attaches the groups of one sentence to its casualty words."""

    def __init__(self, sentence: str, closed: list[tuple[int, int]]) -> None:
        self.sentence = sentence
        self.groups = _groups(sentence, closed)
        self.claimed: dict[int, Kind] = {}
        fates = [_Fate(match.start(), match.end(), *_fates()[" ".join(match[0].lower().split())]) for match in _patterns().fate.finditer(sentence)]
        self.fates = [each for each in fates if not _overlaps(each.start, each.end, closed)]

    def read(self) -> Iterator[tuple[_Group, Kind]]:
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

    def _attached(self, fate: _Fate, previous: int) -> list[_Group]:
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

    def _right(self, position: int, before: Iterable[_Group] = ()) -> list[_Group]:
        """The group that stands right after a position, and those joined to it or to groups before."""
        found = list(before)
        for group in self.groups:
            if group.start < position or group.start in self.claimed or group.including:
                continue
            link = _CHAIN if found else _GAP
            if not link.fullmatch(self.sentence, position, group.start) or (found and _has_own_verb(self.sentence, group.end)):
                break
            found.append(group)
            position = group.end
        return found

    def _left(self, position: int, previous: int, *, adjacent: bool = False) -> list[_Group]:
        """The subject before a position: the nearest group that no preposition governs, and those joined to it."""
        found: list[_Group] = []
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

    def _is_governed(self, group: _Group, *, strictly: bool) -> bool:
        governed = _EMBEDDED.search(self.sentence, 0, group.start)
        if not governed or _patterns().whole.search(self.sentence, 0, group.start):
            return False
        return strictly or governed["loose"] is None

    def _named_before(self, position: int) -> list[_Group]:
        """One person by name (or `he`) as the subject of a singular passive."""
        match = _NAMED_BEFORE.search(self.sentence, 0, position)
        if not match or match["name"] in _NO_NAMES or _PREPOSITION_BEFORE.search(self.sentence, 0, match.start("name")):
            return []
        return [_Group(*match.span("name"), Quantity(1, 1), match["name"])]

    def _named_after(self, position: int) -> list[_Group]:
        """One person by name as the object of an active verb: the phrase must end with a capitalised word that no plural follows."""
        gap = _GAP.match(self.sentence, position)
        match = _NAMED.match(self.sentence, gap.end()) if gap else None
        if (
            not match
            or match[1].endswith("s")
            and " " not in match[1]
            or _STOPPED.search(match[1])
            or any(each.start < match.end() and match.start() < each.end for each in self.groups)
        ):
            return []
        named = _Group(*match.span(1), Quantity(1, 1), match[1])
        return self._right(named.end, [named])

    def _parts(self) -> Iterator[tuple[_Group, Kind]]:
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


def _tolls(sentence: str, closed: list[tuple[int, int]]) -> Iterator[tuple[int, int, _Group, Kind, bool]]:
    """`the death toll rose to 45`: the stretch from the word to the number, the number, and whether it is one of several attacks."""
    for match in _patterns().toll.finditer(sentence):
        kind = next(kind for kind in KINDS if match[kind])
        clause = re.compile(r"[.;](?:\s|$)").search(sentence, match.end())
        after = [each for each in _groups(sentence, closed) if match.end() <= each.start < (clause.start() if clause else len(sentence)) and not each.including]
        chosen = next((each for each in after if _TOLL_VERB.search(sentence, 0, each.start)), None)
        chosen = chosen or next((each for each in after if _TOLL_NOUN.fullmatch(sentence, match.end(), each.start)), None)
        if chosen is None:
            continue
        verb = _TOLL_VERB.search(sentence, 0, chosen.start)
        if verb and verb[0].strip().lower() in _words()["toll"]["beyond"] and chosen.quantity.maximum is not None:
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
        end: Where it ends, exclusive.

    Returns:
        Groups in order of their place, attackers and parts (`including …`) among them but marked; `no casualties` is one of each kind.
    """
    sentence = text[start:end]
    if not (_patterns().fate.search(sentence) or _patterns().none.search(sentence) or _patterns().toll.search(sentence)):
        return []
    period = _is_cumulative(sentence)
    found: list[tuple[_Group, Kind, bool]] = []
    closed: list[tuple[int, int]] = []
    for first, last, kind in _denials(sentence):
        found.append((_Group(first, last, Quantity(0, 0), ""), kind, period))
        closed.append((first, last))
    for first, last, group, kind, several in _tolls(sentence, closed):
        found.append((group, kind, period or several))
        closed.append((first, last))
    found += [(group, kind, period) for group, kind in _Reader(sentence, closed).read()]
    return [
        Casualty(
            start + group.start, start + group.end, kind, group.quantity.minimum, group.quantity.maximum, sentence[group.start : group.end],
            group.who, cumulative, group.including, group.attacker,
        )
        for group, kind, cumulative in sorted(found, key=lambda each: (each[0].start, each[1] != "killed"))
    ]  # fmt: skip


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
