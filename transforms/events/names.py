"""Known names in a text: one pass of an Aho-Corasick automaton over the whole document, without tokens or a parse."""

from __future__ import annotations

import dataclasses
import functools
import re

import ahocorasick_rs

from transforms.events.reference import Entity, Name, names

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
    meanings: tuple[Name, ...]

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

    def __init__(self, table: dict[str, tuple[Name, ...]]) -> None:
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
            if not _is_whole(plain, start, end):
                # The longest is part of a longer word: a shorter name that begins there may be whole (`Iran` before `-Iraq`).
                shorter = [
                    (i, start + a, start + b)
                    for i, a, b in self._every.find_matches_as_indexes(plain[start:end], overlapping=True)
                    if _is_whole(plain, start + a, start + b)
                ]
                if not shorter:
                    continue
                index, start, end = max(shorter, key=lambda each: (each[2] - each[1], -each[1]))
            found.append(NamedSpan(start, end, text[start:end], self._meanings[index]))
            position = end
        return found


def _is_whole(text: str, start: int, end: int) -> bool:
    if start and _NOT_A_BREAK.match(text[start - 1]) and _WORD.match(text[start]):
        return False
    return not (end < len(text) and _NOT_A_BREAK.match(text[end]) and _WORD.match(text[end - 1]))


@functools.cache
def scanner() -> NameScanner:
    """The scanner over the reference tables, made once a process."""
    return NameScanner(names())
