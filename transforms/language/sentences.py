"""Sentence boundaries by rule: quick, without a model, and with offsets into the document's text."""

from __future__ import annotations

import functools
import importlib.resources
import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.language.words import word_set

# A full stop, question or exclamation mark with what closes after it, white space, and what can open a sentence.
# Runs of marks and of white space are taken whole and from their beginning alone (the quantifiers with `++`, the looks behind): a text of a million full stops
# or spaces would else take hours. An expression that begins with what it looks for, not with a look behind it, is found in half the time.
_BOUNDARY = re.compile(r"([.!?…](?<![.!?…].)[.!?…]*+)([\"'”’)\]*]*+)(\s++)(?=[\"'“‘(\[*•–—-]*\s?[A-Z0-9À-ÖØ-ÞĀ-Ž])")
_PARAGRAPH = re.compile(r"(?<!\s)\s*\n\s*\n\s*|(?<!\s)\s*\n\s*(?=[-•*–—]\s|\d+[.)]\s)")
_LINE_BREAK = re.compile(r"\n\s*+")
_WORD_BEFORE = re.compile(r"(\S+)$")
_NEXT_WORD = re.compile(r"[\"'“‘(\[*•–—-]*\s?([^\s,.;:!?]+)")
_INITIAL = re.compile(r"(?:^|[(\"“‘])(?:[A-Z]\.)*[A-Z]$")
# In characters. The parser's time and memory grow with the length of what it is given as one sentence.
_LONGEST = 4_000
# An abbreviation is no longer than that.
_LONGEST_WORD = 60
_OPENERS = word_set("sentences", "openers")


class Span(NamedTuple):
    """A stretch `[start, end)` of a text, in code points."""

    start: int
    end: int


@functools.cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations that never end a sentence, and those that may."""
    text = importlib.resources.files("seeds").joinpath("abbreviations.txt").read_text("utf-8")
    never, _, may = text.partition("[may end a sentence]")
    return tuple(frozenset(line for line in part.splitlines() if line and not line.startswith("#")) for part in (never, may))  # type: ignore[return-value]


def _is_hard_wrapped(text: str) -> bool:
    """Whether line breaks fall where the line was full rather than where a paragraph ended."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 4:
        return False
    inner = lines[:-1]
    unfinished = sum(not line.rstrip().endswith((".", "!", "?", ":", '"', "”")) for line in inner)
    return unfinished > 0.5 * len(inner) and max(map(len, inner)) <= 100


def _ends_sentence(text: str, stop: re.Match[str], start: int) -> bool:
    if stop[1] != "." or stop[2].strip("*"):
        return True
    before = _WORD_BEFORE.search(text, max(start, stop.start() - _LONGEST_WORD), stop.start())
    word = before[1].lstrip("(\"'“‘[*") if before else ""
    never, may = _abbreviations()
    if word in never:
        return False
    following = _NEXT_WORD.match(text, stop.end())
    opener = following[1] if following else ""
    if word in may:
        return opener in _OPENERS
    if _INITIAL.search(word):
        # `George W. Bush`, but `… by Plan B. The …`
        return opener in _OPENERS
    return True


# `KHARKIV, Ukraine (Reuters) – Russian drones`: where a report was filed, which is no part of its first sentence.
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.’' /-]{2,30}(?:,\s[\w. ]{2,30}){0,3}(?:\s\([^)\n]{2,40}\))?(?:,\s\w+\s\d{1,2})?\s*[–—-]{1,2}\s+(?=[\"“‘A-ZÀ-Þ0-9])")


# `QUESTION: Was there a call?`, `MR. MILLER: We paused …`, `Deputy Spokesman: …`, `Q. Was there …`: who speaks in a transcript.
_SPEAKER = re.compile(
    r"(?:(?:Q(?:UESTION)?|A(?:NSWER)?|[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){0,4}|"
    r"(?:Question|Answer|(?:Deputy |Associate )?Spokes(?:man|woman|person)|Moderator)"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Amb|Sec)\. [A-Z][\w'’-]+):|Q\.)\s+(?=[\"“‘A-ZÀ-Þ0-9])"
)


def after_dateline(text: str, span: Span) -> Span:
    """A sentence without the dateline, or the name of who speaks, that it may begin with."""
    begin = _DATELINE.match(text, span.start, span.end) or _speaker(text, span)
    return Span(begin.end(), span.end) if begin and begin.end() < span.end else span


def _speaker(text: str, span: Span) -> re.Match[str] | None:
    """The label of a speaker, which stands at the beginning of a line."""
    at_line = span.start == 0 or "\n" in text[max(0, span.start - 4) : span.start]
    return _SPEAKER.match(text, span.start, span.end) if at_line else None


def split_sentences(text: str) -> list[Span]:
    """Splits a text into sentences.

    Args:
        text: A document's text.

    Returns:
        Spans in order, without the white space around them; together they hold every character that is not white space.
    """
    wrapped = _is_hard_wrapped(text)
    blocks: list[Span] = []
    position = 0
    for gap in (_PARAGRAPH if wrapped else _LINE_BREAK).finditer(text):
        blocks.append(Span(position, gap.start()))
        position = gap.end()
    blocks.append(Span(position, len(text)))
    sentences: list[Span] = []
    for block in blocks:
        start = block.start
        for stop in _BOUNDARY.finditer(text, block.start, block.end):
            if _ends_sentence(text, stop, start):
                sentences.append(_trimmed(text, start, stop.start(3)))
                start = stop.end(3)
        sentences.append(_trimmed(text, start, block.end))
    return [part for span in sentences if span.start < span.end for part in _bounded(text, span)]


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """A sentence as it is, or where no sentence of news is so long (a table, a list, a text without full stops) cut between words."""
    start, end = span
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        part = _trimmed(text, start, cut)
        if part.start < part.end:
            yield part
        start = cut
    yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), start + len(part.rstrip())) if part.strip() else Span(start, start)
