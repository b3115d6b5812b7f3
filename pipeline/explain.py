"""What is known of why a document's events are what they are: its mentions, and where in the text each part of them stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.catalog import identifier
from pipeline.database import open_store
from pipeline.errors import UsageError
from pipeline.marks import Mark, find_marks
from pipeline.reasons import Rule, rule_of
from schemas.document import Document
from schemas.event_types import event_types, own_columns
from transforms.events.version import version


@dataclasses.dataclass(frozen=True)
class ExplainedEvent:
    """A mention.

    Attributes:
        row: Its row of the view `events`.
        fields: Its type's own fields that say something.
        marks: Where its parts stand, in order of the text.
        rule: What the rule that made it says; None where the frames of this version have no such rule.
    """

    row: Mapping[str, Any]
    fields: Mapping[str, Any]
    marks: tuple[Mark, ...]
    rule: Rule | None


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
        read_by: The version that read it, where that is another than the one that explains: its rules may say something else now.
    """

    document: Mapping[str, Any]
    events: tuple[ExplainedEvent, ...]
    rejected: tuple[Rejected, ...] | None
    read_by: str | None


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
        [(model, read_by)] = connection.execute("SELECT model, version FROM store.documents WHERE doc_id = ?", [doc_id]).fetchall()
    rows.sort(key=lambda row: (row["trigger_start"], row["event_id"]))
    events = tuple(ExplainedEvent(row, _own_fields(row), tuple(find_marks(document["text"], row)), rule_of(row["rule"])) for row in rows)
    rejected = tuple(_rejected(document, str(model))) if candidates else None
    return Explained(document, events, rejected, None if read_by == version() else str(read_by))


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
