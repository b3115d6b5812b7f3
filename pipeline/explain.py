"""What is known of why a document's events are what they are: its mentions, and where in the text each part of them stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.catalog import identifier
from pipeline.database import open_store
from pipeline.errors import UsageError
from pipeline.marks import Mark, find_marks
from schemas.document import Document
from schemas.event_types import event_types, own_columns


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
