"""What stands around a word in a text, as far as words alone can say: whether it is a noun, and where its subject, object and destination may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from transforms.language.sentences import Span
from transforms.language.words import word_set

# Characters between a trigger and the words and names that it asks for. In 14,500 texts no report needs more than 130.
REACH = 150
# Right before a word these make a noun of it.
_ARTICLES = word_set("gate", "articles")
_ARTICLE_REACH = 8
_DETERMINERS = _ARTICLES | {"her", "these", "those", "this", "that", "all", "any", "such"}
# What follows an object that is at its end.
_BEHIND_OBJECTS = word_set("gate", "behind_objects")
# Where somebody goes: a name behind a preposition.
_DESTINATION = re.compile(r"\b(?:to|in|at|into|for)\s(?:[a-z’'\-]+\s){0,3}[^\W\d_a-zß-ÿ]")
_DESTINATION_REACH = 100
# Before the participle of a passive.
_PASSIVE = re.compile(r"\b(?:am|are|be|been|being|is|was|were)\s+(?:[a-z]+ly\s+|also\s+|reported\s+)*\Z")
_BY = re.compile(r"\bby\b")
# Behind one of these an object stands before its verb: `is received at the palace`, `whom the king received`.
_TURNED = re.compile(r"\b(?:am|are|be|been|being|is|was|were|who|whom|that)\b")


def is_noun(text: str, sentence: Span, start: int) -> bool:
    """Whether the word that begins at `start`, which can be a verb, is none: `the visit`, `its request`."""
    before = text[max(start - _ARTICLE_REACH, sentence.start) : start]
    words = before.lower().split()
    return bool(words) and before[-1].isspace() and words[-1] in _ARTICLES


def object_of(nouns: Iterable[str]) -> re.Pattern[str]:
    """An expression that matches right behind a verb where its object is one of some nouns: `meet the needs of`."""
    return re.compile(
        rf"\s+(?:(?:{'|'.join(sorted(_DETERMINERS))})\s+(?:[a-z-]+\s+)?)?(?:{'|'.join(map(re.escape, sorted(nouns)))})"
        rf"(?=[.,;:)]|\s+(?:{'|'.join(sorted(_BEHIND_OBJECTS))})\b|\Z)"
    )


def may_have_object_before(text: str, sentence: Span, start: int, end: int) -> bool:
    """Whether the object of the verb `[start, end)` can stand before it: in the passive and in a relative clause."""
    before = _TURNED.search(text, max(start - REACH, sentence.start), start)
    return before is not None or _BY.search(text, end, min(end + REACH, sentence.end)) is not None


def may_have_agent(text: str, sentence: Span, start: int) -> bool:
    """Whether it can be said who did what the verb that begins at `start` tells: not where it is passive (`are killed`) and nothing is done by anybody."""
    if _PASSIVE.search(text, max(start - REACH, sentence.start), start) is None:
        return True
    return _BY.search(text, sentence.start, sentence.end) is not None


def names_destination(text: str, sentence: Span, end: int) -> bool:
    """Whether a name stands behind the word that ends at `end` where it can tell where somebody goes."""
    return _DESTINATION.search(text, end, min(end + _DESTINATION_REACH, sentence.end)) is not None
