"""The gate: which sentences hold a word that a frame knows; the others are never parsed.

The words are those of the frames themselves, so that there is no second list to keep. One pass of an Aho-Corasick automaton finds their beginnings in the whole
text; what follows a beginning must be an ending of English inflection.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Sequence

import ahocorasick_rs

from transforms.events.frames import frames
from transforms.events.reference import read_table
from transforms.language.sentences import Span

_REST = re.compile(r"[a-zà-ÿ]*", re.IGNORECASE)
_ENDINGS = re.compile(r"(?:e|ed|d|s|es|ing|ings|er|ers|y|ys|yed|ies|ied|ying|[bdglmnprt](?:ed|ing|er|ers|ings?)|'s|)$")


@functools.cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {row["lemma"]: tuple(row["forms"].split("|")) for row in read_table("irregular_forms.tsv")}


def _stem(word: str) -> str:
    """The part of a word that its regular forms share."""
    if len(word) > 3 and word[-1] in "ey":
        return word[:-1]
    return word


class Gate:
    """Finds the sentences of a text that may hold an event."""

    def __init__(self) -> None:
        """Compiles the words of all frames."""
        classes: dict[str, set[int]] = {}
        whole: set[str] = set()
        self._required: list[frozenset[int]] = []
        number = 0
        for frame in frames().values():
            triggers, themes = number, number + 1
            number += 2
            self._required.append(frozenset({triggers, themes} if frame.themes else {triggers}))
            for words, which in ((_all_lemmas(frame.triggers), triggers), (frame.themes, themes)):
                for word in words:
                    classes.setdefault(_stem(word.lower()), set()).add(which)
                    for form in _irregular().get(word, ()):
                        classes.setdefault(form.lower(), set()).add(which)
                        whole.add(form.lower())
        self._stems = list(classes)
        self._classes = [frozenset(classes[stem]) for stem in self._stems]
        self._automaton = ahocorasick_rs.AhoCorasick(self._stems, matchkind=ahocorasick_rs.MatchKind.Standard)

    def choose(self, text: str, sentences: Sequence[Span]) -> list[int]:
        """The numbers of the sentences that hold what some frame needs, in order."""
        starts = [span.start for span in sentences]
        lowered = text.lower()
        if len(lowered) != len(text):  # a few capitals grow when lowered; offsets must not move
            lowered = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
        found: dict[int, set[int]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            if start and (lowered[start - 1].isalnum()):
                continue
            rest = _REST.match(lowered, end)
            if rest is not None and not _ENDINGS.match(rest[0]):
                continue
            number = bisect.bisect_right(starts, start) - 1
            if number >= 0:
                found.setdefault(number, set()).update(self._classes[index])
        return sorted(number for number, classes in found.items() if any(required <= classes for required in self._required))


def _all_lemmas(triggers: Iterable[object]) -> set[str]:
    return {lemma for trigger in triggers for lemma in trigger.lemmas}  # type: ignore[attr-defined]


@functools.cache
def gate() -> Gate:
    """The gate of all frames, made once a process."""
    return Gate()


def candidate_sentences(text: str, sentences: Sequence[Span]) -> list[int]:
    """The numbers of the sentences that may hold an event, in order."""
    return gate().choose(text, sentences)
