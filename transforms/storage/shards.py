"""Mentions that are to be clustered, parted into shards: files of bounded size that workers cluster each for itself.

Mentions bear on one another only where they share a block. So each block belongs to one shard, and a shard holds all mentions that have one of its blocks. A
component of which all mentions have all of their blocks in one shard is found there whole; what reaches beyond is put together after all shards
(`transforms.storage.reclustering`). Blocks go by the day on which their first mention was published: since they span days, few mentions are in two shards.
"""

from __future__ import annotations

import contextlib
import dataclasses
import pathlib
import tempfile
import urllib.parse
from collections.abc import Callable, Collection, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.tables import tables
from transforms.incidents.protocol import light_schema
from transforms.storage.arrow_files import new_path, write_arrow
from transforms.storage.draft import Draft
from transforms.storage.files import Files
from transforms.storage.months import month_names
from transforms.storage.spool import Spool, in_larger_pieces

_MENTIONS = 25_000
"""So many mentions begin a shard; those of its last blocks that come later are added."""

COUNTED = pa.field("counted", pa.string())
"""The publisher that a mention's document counts for."""

WITHIN = pa.field("within", pa.bool_(), nullable=False)
"""Whether all blocks of a mention belong to its shard."""

KEYS = pa.schema([tables()["incident_members"].schema.field(name) for name in ("doc_id", "published_date", "blocks")])
"""What shards are made by."""

_OF_DOCUMENTS = pa.schema([("doc_id", pa.string()), ("source", pa.string()), ("duplicate_of", pa.string()), COUNTED])


@dataclasses.dataclass(frozen=True)
class Shard:
    """Mentions of one event type, in a file: all that have one of the shard's blocks.

    Attributes:
        run_id: The run that clusters them.
        event_type: Their type.
        path: The file, from the store's folder, in `shard_schema()`.
        rows: How many they are.
    """

    run_id: str
    event_type: str
    path: str
    rows: int


def shard_schema() -> pa.Schema:
    """The columns of a shard: what clustering sees of mentions, whom they count for, and `WITHIN`."""
    return pa.schema([*light_schema(), COUNTED, WITHIN])


@dataclasses.dataclass(frozen=True)
class Mentions:
    """Mentions of one type, to be read as often as one likes, each time in the same order.

    Attributes:
        keys: Their `KEYS`, in that order.
        parts: Reads them, with the columns that clustering sees; each piece with the places of its rows among `keys`.
    """

    keys: pa.Table
    parts: Callable[[], Iterator[tuple[NDArray[np.int64], pa.Table]]]


def write_shards(files: Files, run_id: str, draft: Draft, event_type: str, mentions: Mentions, originals: Mapping[str, str]) -> list[Shard]:
    """Writes mentions into shards.

    Args:
        files: The store.
        run_id: The run, in whose staging folder they are written.
        draft: The version to be, with its documents.
        event_type: The type of the mentions.
        mentions: Whole components, as far as the store's promise goes: all mentions that share a block with one of them.
        originals: Document -> the earliest that it repeats.
    """
    keys = mentions.keys
    if not keys.num_rows:
        return []
    placement = _Placement.of(keys)
    documents = _documents(draft, pc.unique(keys.column("doc_id")), month_names(keys.column("published_date")), originals)
    found = []
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder, contextlib.closing(Spool(pathlib.Path(folder), shard_schema())) as spool:
        for places, rows in mentions.parts():
            which, numbers, within = placement.shards_of(places)
            copies = _with_documents(rows, documents).append_column(WITHIN, pa.array(within))
            spool.scatter(numbers, copies.take(pa.array(which)))
        for number in spool.found_by:
            path = new_path(run_id, event_type)
            found.append(Shard(run_id, event_type, path, write_arrow(files, path, spool.schema, spool.read(number))))
    return found


@dataclasses.dataclass(frozen=True)
class _Placement:
    """Which shards each mention is in: those of mention `i` are `shards[starts[i]:starts[i + 1]]`."""

    starts: NDArray[np.int64]
    shards: NDArray[np.int64]

    @classmethod
    def of(cls, keys: pa.Table) -> _Placement:
        """Gives each block to a shard, in the order in which their first mentions were published."""
        count = keys.num_rows
        order = pc.sort_indices(keys, sort_keys=[("published_date", "ascending")]).to_numpy()
        own = np.empty(count, np.int64)
        own[order] = np.arange(count) // _MENTIONS
        blocks = keys.column("blocks").combine_chunks()
        mention_of = pc.list_parent_indices(blocks).to_numpy()
        if not own.any():
            # Most runs bring no more than one shard holds.
            return cls(np.arange(count + 1), own)
        distinct, block_of = np.unique(pc.list_flatten(blocks).to_numpy(), return_inverse=True)
        first = np.full(len(distinct), count, np.int64)
        np.minimum.at(first, block_of, own[mention_of])
        blockless = np.flatnonzero(np.bincount(mention_of, minlength=count) == 0)
        pairs = np.unique(np.concatenate([mention_of, blockless]) * count + np.concatenate([first[block_of], own[blockless]]))
        return cls(np.searchsorted(pairs, np.arange(count + 1) * count), pairs % count)

    def shards_of(self, mentions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        """For some mentions: the position of one and the number of a shard that it is in, for each such pair; and of each mention whether it is in one only."""
        times = self.starts[mentions + 1] - self.starts[mentions]
        which = np.repeat(np.arange(len(mentions)), times)
        within = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
        return which, self.shards[self.starts[mentions][which] + within], times == 1


def _documents(draft: Draft, doc_ids: pa.Array, months: Collection[str], originals: Mapping[str, str]) -> pa.Table:
    """What the documents of mentions add to them, in `_OF_DOCUMENTS`."""
    found = [_OF_DOCUMENTS.empty_table()]
    # All documents are looked up at once, not those of each month: a set of a million ids takes longer to make than to ask.
    for rows in in_larger_pieces(draft.read("documents", ["doc_id", "source", "uri"], months=months)):
        rows = rows.filter(pc.is_in(rows.column("doc_id"), value_set=doc_ids))
        facts = list(zip(*(column.to_pylist() for column in rows.columns), strict=True))
        repeated = [originals.get(doc_id) for doc_id, _, _ in facts]
        counted = [_publisher(*fact) if original is None else None for fact, original in zip(facts, repeated, strict=True)]
        found.append(pa.table([rows.column("doc_id"), rows.column("source"), repeated, counted], schema=_OF_DOCUMENTS))
    return pa.concat_tables(found).combine_chunks()


def _with_documents(mentions: pa.Table, documents: pa.Table) -> pa.Table:
    """Mentions with `source`, `duplicate_of` and `counted`."""
    place = pc.index_in(mentions.column("doc_id"), value_set=documents.column("doc_id").combine_chunks())
    for name in ("source", "duplicate_of"):
        mentions = mentions.set_column(mentions.column_names.index(name), light_schema().field(name), documents.column(name).take(place))
    return mentions.append_column(COUNTED, documents.column("counted").take(place))


def _publisher(doc_id: str, source: str | None, uri: str | None) -> str:
    """Whom a document counts for: its publisher, else the host of its link, else itself."""
    if source is not None:
        return source
    host = urllib.parse.urlsplit(uri).hostname if uri is not None and uri.lower().startswith(("http://", "https://")) else None
    return host or doc_id
