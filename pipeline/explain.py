"""What is known of why a document's events are what they are: its mentions, and where in the text each part of them stands."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.catalog import identifier
from pipeline.database import open_store
from pipeline.errors import UsageError
from schemas.document import Document
from schemas.event_types import event_types, own_columns
from transforms.events.money import find_amounts

KINDS = ("trigger", "actor", "place", "date", "amount")


@dataclasses.dataclass(frozen=True)
class Mark:
    """Words of the text, `[start, end)` in code points, that say something of an event: one of `KINDS`, and what they say."""

    start: int
    end: int
    kind: str
    label: str


@dataclasses.dataclass(frozen=True)
class ExplainedEvent:
    """A mention.

    Attributes:
        row: Its row of the view `events`.
        fields: Its type's own fields that say something.
        marks: Where its parts stand, in order of the text.
    """

    row: Mapping[str, Any]
    fields: Mapping[str, Any]
    marks: tuple[Mark, ...]


@dataclasses.dataclass(frozen=True)
class Rejected:
    """A trigger's word that made no mention: where, of which type and rule, and what spoke against it."""

    start: int
    end: int
    event_type: str
    rule: str
    reason: str


@dataclasses.dataclass(frozen=True)
class Explained:
    """A document with its events.

    Attributes:
        document: Its row of the view `documents`.
        events: Its mentions in order of the text.
        rejected: What was turned down, None where that was not asked for.
    """

    document: Mapping[str, Any]
    events: tuple[ExplainedEvent, ...]
    rejected: tuple[Rejected, ...] | None


def explain(store: str, doc_id: str, *, candidates: bool = False) -> Explained:
    """Explains the events of a document of a store.

    Args:
        store: The store.
        doc_id: The document.
        candidates: Read the text again, and also give what was turned down.

    Raises:
        UsageError: The store has no such document.
        transforms.storage.errors.StoreError: The store cannot be read.
        transforms.language.model.ModelNotFoundError: `candidates` needs the spaCy pipeline that the run had.
    """
    with open_store(store) as connection:
        cursor = connection.execute("SELECT * FROM documents WHERE doc_id = ?", [doc_id])
        found = cursor.fetchone()
        if found is None:
            raise UsageError(f'the store has no document {doc_id!r}; `dateline sql --store {store} "SELECT doc_id, title FROM documents"` lists them')  # noqa: S608 - shown, not run
        document = dict(zip((column[0] for column in cursor.description), found, strict=True))
        rows = []
        for record in event_types().values():
            cursor = connection.execute(f"SELECT * FROM {identifier(record.VIEW)} WHERE doc_id = ?", [doc_id])  # noqa: S608 - a name of ours
            names = [column[0] for column in cursor.description]
            rows += [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
        model = connection.execute("SELECT model FROM store.documents WHERE doc_id = ?", [doc_id]).fetchone()
    rows.sort(key=lambda row: (row["trigger_start"], row["event_id"]))
    events = tuple(ExplainedEvent(row, _own_fields(row), tuple(find_marks(document["text"], row))) for row in rows)
    rejected = tuple(_rejected(document, str(model[0]) if model else "")) if candidates else None
    return Explained(document, events, rejected)


def _own_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: row[each.name] for each in own_columns(event_types()[row["event_type"]]) if row[each.name] is not None}


def _rejected(document: Mapping[str, Any], model: str) -> Iterator[Rejected]:
    from transforms.events.extractor import Extractor  # only this needs spaCy

    # The store keeps name and version, such as `en_core_web_sm 3.8.0`.
    extractor = Extractor(model.rpartition(" ")[0])
    known = {each.name for each in dataclasses.fields(Document)}
    _, turned_down = extractor.explain(Document(**{name: value for name, value in document.items() if name in known}))
    for each in sorted(turned_down, key=lambda each: (each.start, each.event_type, each.rule)):
        yield Rejected(each.start, each.end, each.event_type, each.rule, each.reason)


def find_marks(text: str, row: Mapping[str, Any]) -> list[Mark]:
    """Where the parts of a mention stand in its document's text.

    Args:
        text: The text.
        row: The mention, as a row of its type's view.

    Returns:
        Marks in order of the text. Places and dates that were carried over are marked where they stand last before the end of the sentence.
    """
    marks = [Mark(row["trigger_start"], row["trigger_end"], "trigger", f"{row['event_type']}: {row['rule']}")]
    marks += [Mark(actor["text_start"], actor["text_end"], "actor", actor_label(actor)) for actor in row["actors"]]
    for place in row["locations"]:
        marks += _found(text, row, place["text"], "place", ", ".join(each for each in (place["name"], place["country"]) if each) or "not in the gazetteer")
    if row["date_text"]:
        marks += _found(text, row, row["date_text"], "date", date_label(row))
    if row.get("amount") is not None:
        for each in find_amounts(text, row["sentence_start"], row["sentence_end"]):
            if each.amount == row["amount"]:
                marks.append(Mark(each.start, each.end, "amount", f"{row['amount']:,.0f} {row.get('currency') or ''}".strip()))
                break
    return sorted(marks, key=lambda mark: (mark.start, -mark.end, KINDS.index(mark.kind)))


def _found(text: str, row: Mapping[str, Any], words: str, kind: str, label: str) -> list[Mark]:
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    within = pattern.search(text, row["sentence_start"], row["sentence_end"])
    matches = [within] if within else list(pattern.finditer(text, 0, row["sentence_start"]))[-1:]
    return [Mark(match.start(), match.end(), kind, label) for match in matches]


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
