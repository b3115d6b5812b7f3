"""Where in a text the parts of a mention stand: its trigger, actors, places, date and amount."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transforms.events.money import find_amounts

KINDS = ("trigger", "actor", "place", "date", "amount")


@dataclasses.dataclass(frozen=True)
class Mark:
    """Words of a text, `[start, end)` in code points, that say something of an event: one of `KINDS`, and what they say."""

    start: int
    end: int
    kind: str
    label: str


def find_marks(text: str, row: Mapping[str, Any], offset: int = 0) -> list[Mark]:
    """Where the parts of a mention stand.

    Args:
        text: The document's text, or a stretch of it that holds the evidence sentence.
        row: The mention, as a row of its type's view.
        offset: Where the stretch begins in the document's text [code points].

    Returns:
        Marks of the stretch in order, counted from its beginning. Places and dates that were carried over are marked where they stand last before the
        sentence.
    """
    first, last = row["sentence_start"] - offset, row["sentence_end"] - offset
    marks = [Mark(row["trigger_start"] - offset, row["trigger_end"] - offset, "trigger", f"{row['event_type']}: {row['rule']}")]
    marks += [Mark(actor["text_start"] - offset, actor["text_end"] - offset, "actor", actor_label(actor)) for actor in row["actors"]]
    for place in row["locations"]:
        marks += _found(
            text, first, last, place["text"], "place", ", ".join(each for each in (place["name"], place["country"]) if each) or "not in the gazetteer"
        )
    if row["date_text"]:
        marks += _found(text, first, last, row["date_text"], "date", date_label(row))
    if row.get("amount") is not None:
        for each in find_amounts(text, first, last):
            if each.amount == row["amount"]:
                marks.append(Mark(each.start, each.end, "amount", f"{row['amount']:,.0f} {row.get('currency') or ''}".strip()))
                break
    within = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    return sorted(within, key=lambda mark: (mark.start, -mark.end, KINDS.index(mark.kind)))


def _found(text: str, first: int, last: int, words: str, kind: str, label: str) -> list[Mark]:
    at = _first_whole(text, words, first, last)
    if at is None:
        before = list(_whole(text, words, 0, first))
        at = before[-1] if before else None
    return [] if at is None else [Mark(at, at + len(words), kind, label)]


def _first_whole(text: str, words: str, first: int, last: int) -> int | None:
    return next(_whole(text, words, first, last), None)


def _whole(text: str, words: str, first: int, last: int) -> Iterator[int]:
    """Where words stand in a stretch of a text, not as a part of longer ones."""
    at = text.find(words, first, last)
    while words and at >= 0:
        end = at + len(words)
        if not (at > 0 and _joins(text[at - 1], words[0])) and not (end < len(text) and _joins(words[-1], text[end])):
            yield at
        at = text.find(words, at + 1, last)


def _joins(left: str, right: str) -> bool:
    return (left.isalnum() or left == "_") and (right.isalnum() or right == "_")


def actor_label(actor: Mapping[str, Any]) -> str:
    """An actor in a few words: `participant: Andrii Sybiha (UKR, GOV, foreign minister)`."""
    details = [str(actor[name]) for name in ("acts_for", "sector", "office") if actor[name]]
    return f"{actor['role']}: {actor['name'] or actor['text']}" + (f" ({', '.join(details)})" if details else "")


def date_label(row: Mapping[str, Any]) -> str:
    """A mention's date in a few words: `2025-03-10, day, text`."""
    start, end = row["event_date"], row["event_date_end"]
    if start is None and end is None:
        return "no date"
    days = f"{start}" if start == end else f"{start or '…'} to {end or '…'}"
    return ", ".join(str(each) for each in (days, row["date_precision"], row["date_basis"]) if each)


def segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    """A stretch of a text in pieces, each with the marks that cover it; joined, the pieces are the stretch."""
    within = [mark for mark in marks if mark.start < end and mark.end > start]
    borders = sorted({start, end, *(max(start, mark.start) for mark in within), *(min(end, mark.end) for mark in within)})
    for first, last in itertools.pairwise(borders):
        yield text[first:last], tuple(mark for mark in within if mark.start <= first and mark.end >= last)
