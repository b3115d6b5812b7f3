"""The gate: which sentences hold what some trigger asks for in words; the others are never parsed.

All that it asks for is read from the frames: the trigger's word in one of its forms, the words of its object, subject or theme where only some words may stand
there, and the trigger's `require` and `forbid`. One pass of an Aho-Corasick automaton over the whole text finds the words; only where one of a trigger stands
its other conditions are looked at.
"""

from __future__ import annotations

import bisect
import functools
import operator
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import ahocorasick_rs

from transforms.events.frames import Frame, Restriction, Trigger, frames, ruled_out_by_words
from transforms.language.inflection import forms
from transforms.language.sentences import Span

# Every character that is no letter or digit becomes a space, so that a word stands between two spaces; Latin-1 keeps offsets.
_PLAIN = bytes(ord(chr(code).lower()) if chr(code).isalnum() and ord(chr(code).lower()) < 256 else 32 for code in range(256))
# Characters between a trigger and the words that it asks for.
_REACH = 150


class _Question(NamedTuple):
    """A trigger with the classes of words, as bits, of which its sentence must hold one each."""

    trigger: Trigger
    classes: int


class _Found(NamedTuple):
    """A word in a text, the classes it belongs to, and the questions of the triggers that it can be."""

    start: int
    end: int
    mask: int
    questions: tuple[_Question, ...]


class Gate:
    """Finds the sentences of a text that may hold an event."""

    def __init__(self, all_frames: Iterable[Frame]) -> None:
        """Compiles frames."""
        self._classes: dict[frozenset[str], int] = {}
        masks: dict[str, int] = {}
        questions: dict[str, list[_Question]] = {}
        for frame in all_frames:
            for trigger in frame.triggers:
                wanted = [frame.themes] if frame.themes else []
                wanted += [words for words in map(_closed, (trigger.object, trigger.agent, trigger.subject)) if words]
                question = _Question(trigger, sum({self._class(words, masks) for words in wanted}))
                for form in trigger.forms or frozenset().union(*(_written(lemma, trigger) for lemma in trigger.lemmas)):
                    questions.setdefault(_plain(form), []).append(question)
        words = list(masks.keys() | questions.keys())
        self._masks = [masks.get(word, 0) for word in words]
        self._questions = [tuple(questions.get(word, ())) for word in words]
        self._automaton = ahocorasick_rs.BytesAhoCorasick([f" {word} ".encode("latin-1") for word in words], matchkind=ahocorasick_rs.MatchKind.Standard)

    def _class(self, words: frozenset[str], masks: dict[str, int]) -> int:
        if words not in self._classes:
            bit = self._classes[words] = 1 << len(self._classes)
            for form in (_plain(form) for word in words for form in forms(word)):
                masks[form] = masks.get(form, 0) | bit
        return self._classes[words]

    def choose(self, text: str, sentences: Sequence[Span]) -> list[int]:
        """The numbers of the sentences that hold what some trigger asks for, in order."""
        plain = b" " + text.encode("latin-1", "replace").translate(_PLAIN) + b" "
        starts = [span.start for span in sentences]
        found: dict[int, list[_Found]] = {}
        for word, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            # The space put before the text makes the match's start that of its word.
            number = bisect.bisect_right(starts, start) - 1
            if number >= 0:
                found.setdefault(number, []).append(_Found(start, end - 2, self._masks[word], self._questions[word]))
        return sorted(number for number, words in found.items() if _answered(text, sentences[number], words))


def _answered(text: str, span: Span, words: list[_Found]) -> bool:
    """Whether a sentence answers a question of one of its words."""
    sentence = ""
    for word in words:
        near = -1
        for trigger, classes in word.questions:
            if classes:
                if near < 0:
                    near = functools.reduce(operator.or_, (each.mask for each in words if word.start - _REACH < each.start < word.end + _REACH))
                if classes & near != classes:
                    continue
            if trigger.require is None and trigger.forbid is None:
                return True
            sentence = sentence or text[span.start : span.end]
            if ruled_out_by_words(trigger, sentence, word.start - span.start, word.end - span.start) is None:
                return True
    return False


def _closed(restriction: Restriction) -> frozenset[str]:
    """The words of which one must stand in a slot; none where a class of things may stand there too."""
    return restriction.lemmas if restriction.category is None else frozenset()


def _written(lemma: str, trigger: Trigger) -> frozenset[str]:
    return frozenset({lemma.lower()}) if trigger.pos == "participle" else forms(lemma)


def _plain(word: str) -> str:
    return word.lower().encode("latin-1", "replace").translate(_PLAIN).decode("latin-1")


@functools.cache
def gate() -> Gate:
    """The gate of all frames, made once a process."""
    return Gate(frames().values())


def candidate_sentences(text: str, sentences: Sequence[Span]) -> list[int]:
    """The numbers of the sentences that may hold an event, in order."""
    return gate().choose(text, sentences)
