"""Mentions into rows of incidents: what the clusterer says of them, a bounded number of mentions at a time."""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import tables
from transforms.incidents.protocol import BLOCKS, COUNTED, LINKED, MEMBERS, Clusterer, light_schema
from transforms.storage.draft import Draft, month_names
from transforms.storage.incident_rows import derive
from transforms.storage.partitions import conformed

LABELS = pa.schema(
    [("event_id", pa.string()), ("published_date", pa.date32()), ("event_date", pa.date32()), ("incident_id", pa.string()), ("scope", pa.string())]
)
"""What a mention is told after clustering, beside its days."""

_TOGETHER = 50_000
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


def recluster(
    connection: duckdb.DuckDBPyConnection, draft: Draft, parts: Iterable[pa.Table], duplicates: Mapping[str, str], clusterer: Clusterer
) -> Iterator[Clustered]:
    """Clusters mentions and derives all rows that follow.

    Args:
        connection: For joins and counts, in UTC.
        draft: The version to be, with its documents.
        parts: Whole components of one event type, in `protocol.light_schema()`, in any number of pieces and any order.
        duplicates: Document -> the earliest that it repeats.
        clusterer: The rules.

    Raises:
        ValueError: The clusterer broke its contract.
    """
    # Neither the pieces nor the unsorted table outlive this line: of a store of millions, each copy takes hundreds of megabytes.
    mentions = pa.concat_tables([light_schema().empty_table(), *parts]).sort_by([("published", "ascending"), ("event_id", "ascending")])
    if not mentions.num_rows:
        return
    mentions, counted = _with_documents(draft, mentions, duplicates)
    assigned = _assigned(clusterer, mentions)
    for rows in _slices(assigned.column("incident_id")):
        told, members = mentions.take(rows), assigned.take(rows)
        summary = _summary(clusterer, clusterer.summarise(told, members))
        found, incidents, actors = derive(
            connection, told, counted.take(rows), members.column("blocks").combine_chunks(), members.select(MEMBERS.names), summary
        )
        place = pc.index_in(told.column("event_id"), value_set=found.column("event_id").combine_chunks())
        labels = [*(told.column(name) for name in ("event_id", "published_date", "event_date")), *(found.column(name).take(place) for name in LABELS.names[3:])]
        yield Clustered(found, incidents, actors, pa.table(labels, schema=LABELS))


def _assigned(clusterer: Clusterer, mentions: pa.Table) -> pa.Table:
    """What the clusterer says of each mention, in the order of the mentions."""
    given = clusterer.assign(mentions)
    place = pc.index_in(mentions.column("event_id"), value_set=given.column("event_id").combine_chunks())
    if given.num_rows != mentions.num_rows or place.null_count:
        raise ValueError(f"the clusterer {clusterer.version!r} has not given each mention one incident")
    return given.take(place)


def _slices(incident_ids: pa.ChunkedArray) -> Iterator[pa.Array]:
    """Positions of about `_TOGETHER` mentions in ascending order, none of which parts an incident."""
    codes = incident_ids.combine_chunks().dictionary_encode().indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    ranked = codes[order]
    start = 0
    while start < len(order):
        end = int(np.searchsorted(ranked, ranked[min(start + _TOGETHER, len(order)) - 1], side="right"))
        yield pa.array(np.sort(order[start:end]))
        start = end


def _with_documents(draft: Draft, mentions: pa.Table, duplicates: Mapping[str, str]) -> tuple[pa.Table, pa.Array]:
    """Mentions with `source` and `duplicate_of`, and the publisher that each counts for."""
    wanted = pc.unique(mentions.column("doc_id"))
    documents = draft.collect("documents", ["doc_id", "source", "uri"], months=month_names(mentions.column("published_date")), where=("doc_id", wanted))
    place = pc.index_in(mentions.column("doc_id"), value_set=documents.column("doc_id").combine_chunks())
    counted = [
        None if doc_id in duplicates else _publisher(doc_id, source, uri)
        for doc_id, source, uri in zip(*(documents.column(name).to_pylist() for name in ("doc_id", "source", "uri")), strict=True)
    ]
    original = [duplicates.get(doc_id) for doc_id in documents.column("doc_id").to_pylist()]
    for name, values in (("source", documents.column("source")), ("duplicate_of", pa.array(original, pa.string()))):
        mentions = mentions.set_column(mentions.column_names.index(name), light_schema().field(name), values.take(place))
    return mentions, pa.array(counted, pa.string()).take(place.combine_chunks() if isinstance(place, pa.ChunkedArray) else place)


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
