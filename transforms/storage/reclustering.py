"""Mentions into rows of incidents: what the clusterer says of them, a bounded number of mentions at a time."""

from __future__ import annotations

import contextlib
import dataclasses
import pathlib
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import tables
from transforms.incidents.protocol import BLOCKS, COUNTED, LINKED, MEMBERS, Clusterer, light_schema
from transforms.storage.draft import Draft
from transforms.storage.incident_rows import derive
from transforms.storage.partitions import conformed
from transforms.storage.spool import Spool
from transforms.storage.told import Told, in_larger_pieces

LABELS = pa.schema(
    [("event_id", pa.string()), ("published_date", pa.date32()), ("event_date", pa.date32()), ("incident_id", pa.string()), ("scope", pa.string())]
)
"""What a mention is told after clustering, beside its days."""

_COUNTED = pa.schema([("counted", pa.string())])
"""The publisher that a mention's document counts for."""

_OF_DOCUMENTS = pa.schema([("doc_id", pa.string()), ("source", pa.string()), ("duplicate_of", pa.string()), *_COUNTED])

_TOGETHER = 25_000
"""So many mentions are summarised and counted at a time; an incident is never parted."""


@dataclasses.dataclass(frozen=True)
class Clustered:
    """Rows of three tables, and the new labels of mentions, for mentions of one type that were clustered again."""

    members: pa.Table
    incidents: pa.Table
    actors: pa.Table
    labels: pa.Table


def light_columns(event_type: str) -> list[str]:
    """The columns of an event type's table that clustering sees."""
    present = set(tables()[event_type].schema.names)
    return [name for name in light_schema().names if name in present]


def light(parts: Iterable[pa.Table], event_type: str) -> Iterator[pa.Table]:
    """Mentions as clustering sees them (`protocol.light_schema`), from rows with `light_columns`."""
    for rows in parts:
        yield conformed(rows.select(light_columns(event_type)), light_schema())


def blocks_of(parts: Iterable[pa.Table], clusterer: Clusterer) -> pa.Array:
    """The block keys that mentions have, each once."""
    found = [pc.list_flatten(clusterer.blocks(rows.slice(start, _TOGETHER))) for rows in parts for start in range(0, rows.num_rows, _TOGETHER)]
    return pc.unique(pa.concat_arrays([pa.array([], BLOCKS.value_type), *found]))


def recluster(folder: pathlib.Path, draft: Draft, parts: Iterable[pa.Table], duplicates: Mapping[str, str], clusterer: Clusterer) -> Iterator[Clustered]:
    """Clusters mentions and derives all rows that follow.

    Args:
        folder: Where mentions wait.
        draft: The version to be, with its documents.
        parts: Whole components of one event type, in `protocol.light_schema()`, in any number of pieces and any order.
        duplicates: Document -> the earliest that it repeats.
        clusterer: The rules.

    Raises:
        ValueError: The clusterer broke its contract.
    """
    with contextlib.closing(Told(folder, parts)) as told:
        if not told.rows:
            return
        documents = _documents(draft, told, duplicates)
        assigned = _assigned(clusterer, told, documents)
        slices = _slices(folder, told, documents, assigned)
    names = light_schema().names
    with contextlib.closing(slices):
        for number in slices.found_by:
            rows = slices.collect(number)
            members = rows.select(assigned.column_names)
            mentions = rows.select([*names, *_COUNTED.names, "blocks"])
            summary = _summary(clusterer, clusterer.summarise(rows.select(names), members))
            found, incidents, actors = derive(mentions, members.select(MEMBERS.names), summary)
            place = pc.index_in(rows.column("event_id"), value_set=found.column("event_id").combine_chunks())
            labels = [*(rows.column(name) for name in LABELS.names[:3]), *(found.column(name).take(place) for name in LABELS.names[3:])]
            yield Clustered(found, incidents, actors, pa.table(labels, schema=LABELS))


def _documents(draft: Draft, told: Told, duplicates: Mapping[str, str]) -> pa.Table:
    """What the documents of mentions add to them, in `_OF_DOCUMENTS`."""
    found = [_OF_DOCUMENTS.empty_table()]
    # All documents are looked up at once, not those of each month: a set of a million ids takes longer to make than to ask.
    for rows in in_larger_pieces(draft.read("documents", ["doc_id", "source", "uri"], months=told.months)):
        rows = rows.filter(pc.is_in(rows.column("doc_id"), value_set=told.doc_ids))
        facts = list(zip(*(column.to_pylist() for column in rows.columns), strict=True))
        originals = [duplicates.get(doc_id) for doc_id, _, _ in facts]
        counted = [_publisher(*fact) if original is None else None for fact, original in zip(facts, originals, strict=True)]
        found.append(pa.table([rows.column("doc_id"), rows.column("source"), originals, counted], schema=_OF_DOCUMENTS))
    return pa.concat_tables(found).combine_chunks()


def _with_documents(mentions: pa.Table, documents: pa.Table) -> pa.Table:
    """Mentions with `source`, `duplicate_of` and `counted`."""
    place = pc.index_in(mentions.column("doc_id"), value_set=documents.column("doc_id").combine_chunks())
    for name in ("source", "duplicate_of"):
        mentions = mentions.set_column(mentions.column_names.index(name), light_schema().field(name), documents.column(name).take(place))
    return mentions.append_column(_COUNTED.field("counted"), documents.column("counted").take(place))


def _assigned(clusterer: Clusterer, told: Told, documents: pa.Table) -> pa.Table:
    """What the clusterer says of each mention, in the order of the mentions."""
    names = light_schema().names
    found = list(clusterer.assign(_with_documents(rows, documents).select(names) for rows in told.read()))
    assigned = pa.concat_tables(found) if found else MEMBERS.empty_table()
    if not assigned.column("event_id").equals(told.event_ids):
        raise ValueError(f"the clusterer {clusterer.version!r} has not given each mention one incident")
    return assigned


def _slices(folder: pathlib.Path, told: Told, documents: pa.Table, assigned: pa.Table) -> Spool:
    """The mentions with what is said of them, about `_TOGETHER` at a time in the order of publication; an incident is never parted."""
    # Incidents by number, in the order of their first mentions.
    numbers = assigned.column("incident_id").combine_chunks().dictionary_encode().indices.to_numpy()
    sizes = np.bincount(numbers)
    slice_of = ((np.cumsum(sizes) - sizes) // _TOGETHER)[numbers]
    own = [field for field in assigned.schema if field.name not in light_schema().names]
    spool = Spool(folder, pa.schema([*light_schema(), *_COUNTED, *own]))
    start = 0
    for rows in told.read():
        rows = _with_documents(rows, documents)
        for field in own:
            rows = rows.append_column(field, assigned.column(field.name).slice(start, rows.num_rows))
        spool.scatter(slice_of[start : start + rows.num_rows], rows)
        start += rows.num_rows
    return spool


def _publisher(doc_id: str, source: str | None, uri: str | None) -> str:
    """Whom a document counts for: its publisher, else the host of its link, else itself."""
    if source is not None:
        return source
    host = urllib.parse.urlsplit(uri).hostname if uri is not None and uri.lower().startswith(("http://", "https://")) else None
    return host or doc_id


def _summary(clusterer: Clusterer, given: pa.Table) -> pa.Table:
    """What the clusterer says of incidents, in all columns that are its to fill."""
    schema = pa.schema([field for field in tables()["incidents"].schema if field.name not in {*COUNTED, *LINKED}])
    missing = [field.name for field in schema if not field.nullable and field.name not in given.column_names]
    if missing:
        raise ValueError(f"the clusterer {clusterer.version!r} has summarised incidents without {', '.join(missing)}")
    return conformed(given, schema)
