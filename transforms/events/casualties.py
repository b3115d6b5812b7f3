"""Killed and injured in a sentence: counted groups of persons, and the words that say what became of them.

Works on the text alone. A group belongs to a casualty word by that word's form: an active verb has it right behind, a passive or a state has it before.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator

from transforms.events.fates import FateReader
from transforms.events.numbers import Quantity, any_of
from transforms.events.person_groups import KINDS, Group, Kind, casualty_words, compiled, fate_words, find_groups
from transforms.events.wording import Wording


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


_TOLL_VERB = compiled(
    r"\b(?:to|at|from|(?:is|was)\s+now|reach(?:ed|es|ing)?|hit|hits|passed|passes|passing|exceed(?:ed|s|ing)|surpass(?:ed|es)|topped|tops)\s+$"
)
_TOLL_NOUN = compiled(r"\s+(?:(?:is|was)\s+now|is|was|now|of)\s+")
_RAISED = compiled(r"\b(?:rais|bring|tak|push|driv|lift)ing\s+(?:(?!(?:and|by|in|of)\b)[\w’'-]+\s+){0,5}$")
_CHARGED = compiled(r"\s*counts?\s+of\s+murder")
_LONGEST_SENTENCE = 4000
_SUPERLATIVE = compiled(r"\b(?:first|deadliest|worst|largest|biggest|heaviest|most|highest|bloodiest)\b(?:[^.;]|\.(?=\S|\s[a-z]))*$")
_MANY_ATTACKS = compiled(r"\b(?:strikes|attacks|raids|war|conflict|since|bombardments?|offensive|campaign)\b")
_PERIOD = r"\b(?:{})\b"


@dataclasses.dataclass(frozen=True)
class _Patterns:
    none: Wording
    nobody: Wording
    toll: Wording
    period: Wording


@functools.cache
def _patterns() -> _Patterns:
    tables = casualty_words()
    none = tables["none"]
    denied, second = ("|".join(rf"(?P<{kind}{turn}>{any_of(none[kind])})" for kind in ("both", "killed", "injured")) for turn in (1, 2))
    past = {kind: any_of(tables[kind]["verbs"]["past"]) for kind in KINDS}
    participle = "|".join(rf"(?P<{kind}{{0}}>{past[kind]}{'|died' if kind == 'killed' else '|harmed'})" for kind in KINDS)
    return _Patterns(
        none=Wording(
            rf"(?i)\b(?:no|without(?:\s+any)?|without\s+causing(?:\s+any)?)\s+(?:{any_of(none['before'])}\s+)*(?:{denied})\b(?:\s+(?:or|nor|and)\s+(?:{second})\b)?"
        ),
        nobody=Wording(
            rf"(?i)\b(?:{any_of(none['subjects'])}\s+(?:(?:was|were|is|are|has|have|had|been|reported|reportedly)\s+)*"
            rf"(?:{participle.format(1)})(?:\s+(?:or|and)\s+(?:{participle.format(2)}))?"
            rf"|(?:{any_of(none['subjects'])}|none\s+of\s+(?:the|its|their|his|those)\s+[^,.;:]{{1,40}}?)\s+(?P<both5>{any_of(none['harm'])})"
            rf"|none\s+of\s+(?:the|its|their|his|those)\s+[^,.;:]{{1,40}}?\s+(?:was|were)\s+(?:{participle.format(6)})"
            rf"|neither\b[^.,;:]{{1,60}}?\bnor\b[^.,;:]{{1,60}}?\s(?:was|were)\s+(?:{participle.format(7)})"
            rf"|(?:all|everyone|everybody)\b[^.,;:]{{0,50}}?\b(?P<both4>{any_of(none['unhurt'])})"
            rf"|(?:(?P<killed3>kill(?:ed|ing)|kills)|(?P<injured3>(?:injur|wound|hurt)(?:ed|ing|es|s)?))\s+(?:no[\s-]one|nobody))\b"
        ),
        toll=Wording("(?i)" + "|".join(rf"(?P<{kind}>\b{any_of(tables['toll'][kind])}\b)" for kind in KINDS)),
        period=Wording("(?i)" + _PERIOD.format("|".join(tables["cumulative"]["patterns"]))),
    )


def _denials(sentence: str) -> Iterator[tuple[int, int, Kind]]:
    """Stretches that say that nobody was killed, or injured."""
    for pattern in (_patterns().none, _patterns().nobody):
        for match in pattern.finditer(sentence):
            denied = {name.rstrip("1234567") for name, words in match.groupdict().items() if words}
            if pattern is _patterns().nobody and "injured" in denied and not any(each.end() <= match.start() for each in fate_words(sentence)):
                denied.add("killed")  # where nobody was hurt, nobody died
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
    patterns = _patterns()
    if not fate_words(sentence) and not any(pattern.search(sentence) for pattern in (patterns.none, patterns.nobody, patterns.toll)):
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
    # A toll stated as such is of all of a kind: `Scores were massacred; Amnesty put the number of dead at 100`.
    stated = {kind for group, kind, cumulative in found if not cumulative and group.quantity != Quantity(0, 0)}
    read = list(FateReader(sentence, closed).read())
    charged = {id(group) for group, _ in read if _CHARGED.match(sentence, group.end)}
    if any(kind == "killed" and id(group) not in charged for group, kind in read):
        read = [each for each in read if id(each[0]) not in charged]  # `charged with four counts of murder for an attack that killed four`
    found += [(group, kind, period) for group, kind in read if kind not in stated]
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
