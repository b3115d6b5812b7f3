"""How incidents belong together after a run: wholes and packages are found again among those that share a key with an incident that has changed.

What an incident is linked with depends on the incidents that share a key with it (`transforms.incidents.protocol`). So an incident is linked again if one that
shares a key with it is new, gone or another; and for that, all that share a key with it are read.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.tables import tables
from transforms.incidents.protocol import LINKED, LINKS, Clusterer
from transforms.storage.draft import Draft
from transforms.storage.spool import Spool

_KEYS = ["incident_id", "link_blocks"]
_BEFORE = [*LINKS.names, "link_blocks"]
_EMPTY = tables()["incidents"].schema.empty_table()

_TOGETHER = 10_000
"""So many incidents are linked at a time."""


def block_hash(key: str) -> int:
    """A key in 31 bits. Two keys that fall together only make the store look at more than it must."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big") >> 1


def hashed(found: Iterable[Iterable[str]]) -> pa.Array:
    """Keys of rows as the store keeps them."""
    return pa.array([sorted({block_hash(key) for key in each}) for each in found], pa.list_(pa.int32()))


def with_link_blocks(incidents: pa.Table, clusterer: Clusterer) -> pa.Table:
    """Incidents with the keys by which they belong with others."""
    return _with(incidents, "link_blocks", hashed(clusterer.link_keys(incidents)))


def link(connection: duckdb.DuckDBPyConnection, draft: Draft, incidents: Spool, gone: pa.Array, clusterer: Clusterer) -> tuple[pa.Table, pa.Table]:
    """Links the incidents of a version to be.

    Args:
        connection: For comparing rows.
        draft: The version, with incidents as in the version before.
        incidents: The incidents that were clustered again, in the schema of the table `incidents`; of `LINKED`, only `link_blocks` is looked at.
        gone: The ids that these had in the version before.
        clusterer: The rules.

    Returns:
        How the incidents are linked now, in `LINKS` and their order; and the links of all incidents that were linked again, others of the store among them.
    """
    fresh = incidents.collect(columns=_KEYS)
    before = pa.concat_tables([_EMPTY.select(_BEFORE), *(draft.read("incidents", _BEFORE, where=("incident_id", gone)) if len(gone) else ())])
    # Where none was there before, all are new.
    changed = _changed(connection, draft, incidents, gone) if len(gone) else fresh.column("incident_id").combine_chunks()
    touched = pc.unique(pa.concat_arrays([_keys_of(rows, changed) for rows in (fresh, before)]))
    again = _sharing(draft, fresh, gone, touched)
    around = pc.unique(pa.concat_arrays([_keys_of(rows, again) for rows in _population(draft, _KEYS, fresh, gone)]))
    # What shares no key with another is linked with itself alone, and must be linked all the same.
    wanted = pc.unique(pa.concat_arrays([_sharing(draft, fresh, gone, around), changed]))
    columns = list(dict.fromkeys([*clusterer.link_columns, *_KEYS]))
    stored = (rows.filter(pc.invert(pc.is_in(rows.column("incident_id"), value_set=gone))) for rows in draft.read("incidents", columns))
    read = pa.concat_tables([_EMPTY.select(columns), *(_only(rows, wanted) for rows in itertools.chain(stored, incidents.read(columns=columns)))])
    links = _only(_linked(read, clusterer), pc.unique(pa.concat_arrays([again, changed])))
    nothing = pa.nulls(fresh.num_rows, pa.string())
    unlinked = pa.table([fresh.column("incident_id"), nothing, nothing, pa.array(np.zeros(fresh.num_rows, bool))], schema=LINKS)
    return relink(relink(unlinked, before.select(LINKS.names)), links), links


def _linked(incidents: pa.Table, clusterer: Clusterer) -> pa.Table:
    """The links of incidents, found for some at a time together with all that share a key with them."""
    lists = incidents.column("link_blocks").combine_chunks()
    order = _neighbours_together(incidents.column("event_type"), lists)
    found = [LINKS.empty_table()]
    for start in range(0, incidents.num_rows, _TOGETHER):
        own = order[start : start + _TOGETHER]
        hits = pc.is_in(pc.list_flatten(lists), value_set=pc.unique(pc.list_flatten(lists.take(pa.array(own)))))
        around = np.zeros(incidents.num_rows, bool)
        around[own] = True
        around[pc.list_parent_indices(lists).filter(hits).to_numpy()] = True
        links = clusterer.link(incidents.filter(pa.array(around)).drop_columns(["link_blocks"])).select(LINKS.names).cast(LINKS)
        found.append(_only(links, incidents.column("incident_id").take(pa.array(own)).combine_chunks()))
    return pa.concat_tables(found)


def _neighbours_together(event_types: pa.ChunkedArray, lists: pa.ListArray) -> NDArray[np.int64]:
    """An order of incidents in which those that share the commonest of their keys follow one another, so that few are read for the sake of others."""
    keys, which, times = np.unique(pc.list_flatten(lists).to_numpy(), return_inverse=True, return_counts=True)
    commonness = np.empty(len(keys), np.int64)
    commonness[np.lexsort((keys, times))] = np.arange(len(keys))
    commonest = np.full(len(lists), -1)
    np.maximum.at(commonest, pc.list_parent_indices(lists).to_numpy(), commonness[which])
    return np.lexsort((commonest, event_types.combine_chunks().dictionary_encode().indices.to_numpy()))


def relink(rows: pa.Table, links: pa.Table) -> pa.Table:
    """Rows that have an `incident_id` with such of the links as they have columns for; rows that were not linked again as they were."""
    place = pc.index_in(rows.column("incident_id"), value_set=links.column("incident_id").combine_chunks())
    known = pc.is_valid(place)
    for name in LINKS.names[1:]:
        if name in rows.column_names:
            rows = _with(rows, name, pc.if_else(known, links.column(name).take(place), rows.column(name)))
    return rows


def relinked_columns(table: str) -> list[str]:
    """The columns of a table that links fill, after `incident_id`."""
    return [name for name in LINKS.names if name in tables()[table].schema.names]


def relinked(rows: pa.Table, links: pa.Table) -> set[str]:
    """The ids of rows that the links make others."""
    rows = _only(rows, links.column("incident_id").combine_chunks())
    again = relink(rows, links)
    found: set[str] = set()
    for name in rows.column_names[1:]:
        old, new = rows.column(name), again.column(name)
        differs = pc.or_(pc.fill_null(pc.not_equal(old, new), fill_value=False), pc.xor(old.is_valid(), new.is_valid()))
        found.update(rows.column("incident_id").filter(differs).to_pylist())
    return found


def _changed(connection: duckdb.DuckDBPyConnection, draft: Draft, incidents: Spool, gone: pa.Array) -> pa.Array:
    """The ids of incidents that are new, gone, or another in what links them."""
    names = [name for name in tables()["incidents"].schema.names if name not in LINKED or name == "link_blocks"]
    old = draft.read("incidents", names, where=("incident_id", gone))
    return differing(connection, incidents.read(columns=names), old, _EMPTY.select(names).schema)


def differing(connection: duckdb.DuckDBPyConnection, new: Iterable[pa.Table], old: Iterable[pa.Table], schema: pa.Schema) -> pa.Array:
    """The `incident_id`s of which the rows of before are not those of now.

    Args:
        connection: For the comparison.
        new: The rows of now, in any number of pieces.
        old: Those of before.
        schema: Their columns.
    """
    for name, parts in (("new_rows", new), ("old_rows", old)):
        connection.register(name, pa.RecordBatchReader.from_batches(schema, (batch for rows in parts for batch in rows.cast(schema).to_batches())))
    return connection.sql(_DIFFERING).to_arrow_table().column(0).combine_chunks()


# Each side is read once.
_DIFFERING = """
SELECT DISTINCT incident_id FROM (
  SELECT * EXCLUDE side FROM (SELECT *, 1 AS side FROM new_rows UNION ALL SELECT *, -1 AS side FROM old_rows) GROUP BY ALL HAVING sum(side) <> 0
)
"""


def _population(draft: Draft, columns: list[str], incidents: pa.Table, gone: pa.Array) -> Iterator[pa.Table]:
    """All incidents of the version to be: those that stay as they are, and those that were clustered again."""
    for rows in draft.read("incidents", columns):
        yield rows.filter(pc.invert(pc.is_in(rows.column("incident_id"), value_set=gone)))
    yield incidents


def _sharing(draft: Draft, incidents: pa.Table, gone: pa.Array, wanted: pa.Array) -> pa.Array:
    """The ids of all incidents of the version to be that have one of the keys."""
    found = [pa.array([], pa.string())]
    for rows in _population(draft, _KEYS, incidents, gone):
        lists = rows.column("link_blocks").combine_chunks()
        hits = pc.list_parent_indices(lists).filter(pc.is_in(pc.list_flatten(lists), value_set=wanted))
        found += rows.column("incident_id").take(pc.unique(hits)).chunks
    return pc.unique(pa.concat_arrays(found))


def _keys_of(rows: pa.Table, ids: pa.Array) -> pa.Array:
    return pc.list_flatten(_only(rows, ids).column("link_blocks").combine_chunks())


def _only(rows: pa.Table, ids: pa.Array) -> pa.Table:
    return rows.filter(pc.is_in(rows.column("incident_id"), value_set=ids))


def _with(rows: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    position = rows.column_names.index(name)
    return rows.set_column(position, rows.schema.field(position), values)
