"""Gold annotation and extracted mentions in one form, so that they can be compared."""

from __future__ import annotations

import collections
import dataclasses
import json
import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.catalog import identifier
from pipeline.database import open_store
from pipeline.errors import UsageError
from schemas.columns import to_row
from schemas.document import Document
from schemas.event_types import event_types, own_columns
from schemas.mention import Mention
from transforms.documents.assemble import Refusal, Rules, make_document
from transforms.documents.records import RawRecord

SHARED_FIELDS = ("date", "date_end", "location_country")
# Free text, and what follows from other fields, is not scored.
_NOT_SCORED = frozenset({"topic", "items", "amount_max", "amount_usd", "usd_rate_date"})
# What a field says where the text says nothing, besides `unknown`.
_SILENT = {"casualties_scope": "event", "direction": "give"}


@dataclasses.dataclass(frozen=True)
class Annotated:
    """A mention, annotated or extracted.

    Attributes:
        event_type: Its type.
        start: Where the evidence sentence begins (gold), or the trigger (extracted), in code points.
        end: Where the sentence ends, exclusive; of an extracted mention where the trigger ends.
        status: Whether it happened.
        actors: Role, name, country, and whether named; of an extracted one all fields of an actor.
        fields: Date, country of the place, and the own fields of its type.
        text: The sentence.
        trigger: The word or phrase that reports it.
    """

    event_type: str
    start: int
    end: int
    status: str
    actors: tuple[Mapping[str, Any], ...]
    fields: Mapping[str, Any]
    text: str
    trigger: str


@dataclasses.dataclass(frozen=True)
class GoldDocument:
    """An annotated document.

    Attributes:
        doc_id: Its id.
        document: The document as the reader makes it, None where it would be left out.
        mentions: What it reports.
        dated: It states when it was published, so that dates are scored.
        sentences: How many sentences it has, None where the annotation does not say.
    """

    doc_id: str
    document: Document | None
    mentions: tuple[Annotated, ...]
    dated: bool
    sentences: int | None


def own_fields(event_type: str) -> tuple[str, ...]:
    """The own fields of a type that are scored."""
    return tuple(each.name for each in own_columns(event_types()[event_type]) if each.name not in _NOT_SCORED)


def silent_value(field: str) -> str | None:
    """The value of a field that says no more than its absence."""
    for record in event_types().values():
        for each in own_columns(record):
            if each.name == field and "unknown" in each.values:
                return "unknown"
    return _SILENT.get(field)


def read_gold(paths: Sequence[str]) -> list[GoldDocument]:
    """Annotated documents of JSON Lines files, in order.

    Raises:
        UsageError: A file cannot be read or a line is no annotated document; the message names file and line.
    """
    found = []
    for path in paths:
        try:
            lines = pathlib.Path(path).read_text("utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"the gold file {path!r} cannot be read ({error}); JSON Lines in UTF-8 would be right") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    found.append(_gold(json.loads(line), number, path))
                except (ValueError, KeyError, TypeError) as error:
                    raise UsageError(
                        f"line {number} of {path} is no annotated document ({error!r}); a document's fields and `events` would be right"
                    ) from error
    if not found:
        raise UsageError(f"the gold files hold no document: {', '.join(paths) or 'none given'}")
    return found


def _gold(record: dict[str, Any], number: int, path: str) -> GoldDocument:
    text = record["text"]
    mentions = []
    for event in record["events"]:
        kind = event["type"]
        if kind not in event_types():
            raise ValueError(f"{kind!r} is no event type; there are {', '.join(event_types())}")
        fields = {name: event.get(name) for name in (*SHARED_FIELDS, *own_fields(kind))}
        start, end = event["start"], event["end"]
        mentions.append(Annotated(kind, start, end, event["status"], tuple(event["actors"]), fields, text[start:end], event.get("trigger") or ""))
    values = {name: value for name, value in record.items() if name not in ("events", "n_sentences")}
    made = make_document(RawRecord(f"line {number}", values), path, Rules())
    document = None if isinstance(made, Refusal) else made
    return GoldDocument(record["doc_id"], document, tuple(mentions), bool(record.get("published")), record.get("n_sentences"))


def extracted(documents: Iterable[GoldDocument], *, model: str, gate: bool = True) -> dict[str, list[Annotated]]:
    """The mentions that extraction finds in gold documents, by document.

    Raises:
        transforms.language.model.ModelNotFoundError: The spaCy pipeline is not installed.
    """
    from transforms.events.extractor import Extractor  # scoring a store needs no spaCy

    extractor = Extractor(model, gate=gate)
    wanted = [each.document for each in documents if each.document is not None]
    found = {}
    for batch in _batches(wanted):
        for extraction in extractor.extract(batch):
            found[extraction.document.doc_id] = [annotated(mention) for mention in sorted(extraction.mentions, key=lambda each: each.trigger_start)]
    return found


def _batches(documents: Sequence[Document], characters: int = 200_000) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for each in documents:
        batch.append(each)
        if sum(len(held.text) for held in batch) >= characters:
            yield batch
            batch = []
    if batch:
        yield batch


def annotated(mention: Mention) -> Annotated:
    """An extracted mention in the form of annotation."""
    row = to_row(mention)
    return _predicted(row | {"location_country": row["locations"][0]["country"] if row["locations"] else None})


def stored(store: str) -> dict[str, list[Annotated]]:
    """The mentions of a store, by document.

    Raises:
        transforms.storage.errors.StoreError: The store cannot be read.
    """
    columns = (
        "doc_id",
        "event_type",
        "sentence",
        "trigger",
        "trigger_start",
        "trigger_end",
        "status",
        "event_date",
        "event_date_end",
        "date_basis",
        "location_country",
        "actors",
    )
    found: dict[str, list[Annotated]] = collections.defaultdict(list)
    with open_store(store) as connection:
        for name, record in event_types().items():
            wanted = (*columns, *own_fields(name))
            query = f"SELECT {', '.join(map(identifier, wanted))} FROM {identifier(record.VIEW)} ORDER BY doc_id, trigger_start, event_id"  # noqa: S608 - names of ours
            for values in connection.execute(query).fetchall():
                row = dict(zip(wanted, values, strict=True))
                found[row["doc_id"]].append(_predicted(row))
    return dict(found)


def _predicted(row: Mapping[str, Any]) -> Annotated:
    kind = row["event_type"]
    dated = row["date_basis"] in ("text", "carried")
    dates = {"date": row["event_date"] if dated else None, "date_end": row["event_date_end"] if dated else None}
    fields = {name: None if day is None else day.isoformat() for name, day in dates.items()}
    fields |= {name: row[name] for name in ("location_country", *own_fields(kind))}
    return Annotated(kind, row["trigger_start"], row["trigger_end"], row["status"], tuple(row["actors"] or ()), fields, row["sentence"], row["trigger"])
