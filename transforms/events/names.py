"""Known names in a text: one pass of an Aho-Corasick automaton over the whole document, without tokens or a parse."""

from __future__ import annotations

import bisect
import dataclasses
import functools
import operator
import re
from collections.abc import Sequence

import ahocorasick_rs

from transforms.events.chains import PlaceChain
from transforms.events.reference import Entity, names
from transforms.events.reference import Name as Meaning
from transforms.language.model import Name
from transforms.language.sentences import Span

_WORD = re.compile(r"\w")
# `U.S.-led` holds the name U.S., `Jordanian` does not hold Jordan, `Kim-Trump` holds both names.
_NOT_A_BREAK = re.compile(r"[\w]")
_POSSESSIVE = re.compile(r"['’]s?\b")


@dataclasses.dataclass(frozen=True, slots=True)
class NamedSpan:
    """A name found in a text, `[start, end)` in code points, with what it can mean."""

    start: int
    end: int
    text: str
    meanings: tuple[Meaning, ...]

    @property
    def entity(self) -> Entity:
        """The first meaning's entity."""
        return self.meanings[0].entity

    @property
    def form(self) -> str:
        """The first meaning's form."""
        return self.meanings[0].form


class NameScanner:
    """Finds the longest known names in a text, from left to right; case counts."""

    def __init__(self, table: dict[str, tuple[Meaning, ...]]) -> None:
        """Compiles the names of a table (`reference.names`)."""
        self._meanings = list(table.values())
        texts = list(table)
        self._longest = ahocorasick_rs.AhoCorasick(texts, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        self._every = ahocorasick_rs.AhoCorasick(texts, matchkind=ahocorasick_rs.MatchKind.Standard)

    def scan(self, text: str) -> list[NamedSpan]:
        """Names in order of their place, none overlapping another."""
        plain = text.replace("’", "'")
        found: list[NamedSpan] = []
        position = 0
        for index, start, end in self._longest.find_matches_as_indexes(plain):
            if start < position:
                continue
            if not is_whole(plain, start, end):
                # The longest is part of a longer word: a shorter name that begins there may be whole (`Iran` before `-Iraq`).
                shorter = [
                    (i, start + a, start + b)
                    for i, a, b in self._every.find_matches_as_indexes(plain[start:end], overlapping=True)
                    if is_whole(plain, start + a, start + b)
                ]
                if not shorter:
                    continue
                index, start, end = max(shorter, key=lambda each: (each[2] - each[1], -each[1]))
            found.append(NamedSpan(start, end, text[start:end], self._meanings[index]))
            position = end
        return found


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a name at `[start, end)` is no part of a longer word or name."""
    if start and _NOT_A_BREAK.match(text[start - 1]) and _WORD.match(text[start]):
        return False
    if text[end : end + 1] == "$" or text.endswith("New ", 0, start):  # `US$5 million` is a currency, New Mexico is not Mexico
        return False
    return not (end < len(text) and _NOT_A_BREAK.match(text[end]) and _WORD.match(text[end - 1]))


# `Joseph R. Biden, Jr.`: part of a person's name
_GENERATION = re.compile(r",? (?:Jr|Sr)\b\.?")
# `Britain's prime minister, Keir Starmer, hosted`: the parser reads it as `prime minister Starmer hosted`, and does not lose the verb behind the commas.
_TITLE_AND_COMMA = re.compile(
    r"\b(?:minister|president|chancellor|premier|secretary|leader|chief|envoy|ambassador|spokes(?:man|woman|person)|commander|king|queen|emir|prince|governor|"
    r"mayor|counterpart|director|advis[eo]r|general), $"
)
# What the model reads in place of a known name of several words: a frequent one of the same kind.
_STAND_INS = {"person": "Smith", "state": "Russia", "organisation": "NATO", "armed_group": "Hamas"}
_STAND_INS_OF_STATES = {"demonym": "Russian", "people": "Russians"}


def words_as_one(text: str, sentence: Span, spans: Sequence[NamedSpan], chains: Sequence[PlaceChain]) -> list[Name]:
    """The names of several words in a sentence, for the parser to take each as one word.

    Args:
        text: The document's text.
        sentence: Where the sentence stands in it.
        spans: The document's known names, in order.
        chains: The sentence's chains of places.

    Returns:
        Names with offsets in the sentence, each with the word that the model reads in its place.
    """
    found = [Name(chain.start - sentence.start, chain.end - sentence.start, "London") for chain in chains]
    place = operator.attrgetter("start")
    for span in spans[bisect.bisect_left(spans, sentence.start, key=place) : bisect.bisect_left(spans, sentence.end, key=place)]:
        if any(chain.start < span.end and span.start < chain.end for chain in chains):
            continue
        if span.end > sentence.end:
            continue
        first = span.meanings[0]
        start, end = span.start, span.end
        if first.entity.kind == "person":
            generation = _GENERATION.match(text, end, sentence.end)
            end = generation.end() if generation else end
            if text[end : end + 1] == "," and _TITLE_AND_COMMA.search(text, sentence.start, start):
                start, end = start - 2, end + 1
        if " " in text[start:end]:
            stand_in = _STAND_INS_OF_STATES.get(first.form) if first.entity.kind == "state" else None
            found.append(Name(start - sentence.start, end - sentence.start, stand_in or _STAND_INS[first.entity.kind]))
    return found


@functools.cache
def scanner() -> NameScanner:
    """The scanner over the reference tables, made once a process."""
    return NameScanner(names())
