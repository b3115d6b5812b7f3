"""Which mentions have to be clustered again after a run, and the shards that they are handed out in.

A component (`transforms.incidents.protocol`) is clustered again, whole, if a new mention shares a block with one of its mentions, if one of its mentions
leaves, or if a document of its mentions becomes or ceases to be a duplicate. New mentions bear on mentions that share their blocks and on no others, so what
is clustered again is closed, and the result is what clustering the whole store would give.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.event_types import event_types
from schemas.tables import tables
from transforms.incidents.protocol import BLOCKS, Clusterer
from transforms.storage.arrow_files import new_path, write_arrow
from transforms.storage.draft import Draft, keys
from transforms.storage.duplicates import Duplicates
from transforms.storage.errors import StoreDamagedError
from transforms.storage.files import Files
from transforms.storage.light import light, light_columns
from transforms.storage.months import month_names
from transforms.storage.shards import KEYS, Mentions, Shard, write_shards
from transforms.storage.spool import in_larger_pieces
from transforms.storage.staged import Staged

_MEMBERS = tables()["incident_members"].schema
_COMPARED = ("event_id", "incident_id", "component_id", "doc_id", "event_type", "source", "scope")
AFFECTED = pa.schema([*(_MEMBERS.field(name) for name in _COMPARED), pa.field("leaves", pa.bool_(), nullable=False)])
"""Members of incidents as in the version before, and whether their mention leaves the store."""


@dataclasses.dataclass(frozen=True)
class Leaving:
    """What a run removes from the store.

    Attributes:
        event_ids: Mentions of documents that are replaced.
        published_months: The months that these were published in.
        event_months: The months of their event_date.
    """

    event_ids: pa.Array
    published_months: frozenset[str]
    event_months: frozenset[str]


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is to be clustered for a run.

    Attributes:
        run_id: The run.
        shards: The mentions, in files.
        affected: The file with the members of before whose component may change, in `AFFECTED`; empty where there are none.
        published_months, event_months: Of `Leaving`.
    """

    run_id: str
    shards: tuple[Shard, ...]
    affected: str
    published_months: frozenset[str]
    event_months: frozenset[str]


def plan_clustering(
    files: Files, draft: Draft, run_id: str, staged: Staged, leaving: Leaving, duplicates: Duplicates, clusterer: Clusterer, *, everything: bool
) -> Plan:
    """Finds what a run has to cluster, and writes it into shards.

    Args:
        files: The store.
        draft: The version to be: documents and duplicates as they will be, mentions and incidents as in the version before.
        run_id: The run.
        staged: The run's new rows.
        leaving: What the run has removed.
        duplicates: Documents that repeat another's text.
        clusterer: The rules.
        everything: Cluster the whole store again: its incidents were made by other rules.
    """
    members = _affected(draft, staged, leaving, duplicates.changed, everything=everything)
    members = members.append_column(AFFECTED.field("leaves"), pc.is_in(members.column("event_id"), value_set=leaving.event_ids))
    months = month_names(members.column("published_date"))
    shards: list[Shard] = []
    for event_type in event_types():
        staying = members.filter(pc.and_(pc.equal(members.column("event_type"), event_type), pc.invert(members.column("leaves"))))
        if everything:
            staying = _blocked_anew(draft, event_type, staying, months, clusterer)
        shards += write_shards(files, run_id, draft, event_type, _mentions(draft, event_type, staged, staying, months), duplicates.originals)
    affected = ""
    if members.num_rows:
        affected = new_path(run_id, "affected")
        write_arrow(files, affected, AFFECTED, [members.select(AFFECTED.names)])
    return Plan(run_id, tuple(shards), affected, leaving.published_months, leaving.event_months)


def _affected(draft: Draft, staged: Staged, leaving: Leaving, changed_duplicates: Collection[str], *, everything: bool) -> pa.Table:
    """Members whose component may change, in `_COMPARED` and `KEYS`."""
    names = list(dict.fromkeys([*_COMPARED, *KEYS.names]))
    nothing = pa.schema([_MEMBERS.field(name) for name in names]).empty_table()
    if not draft.rows("incident_members"):
        return nothing
    where = None
    if not everything:
        found = [rows.column("blocks").combine_chunks() for name in event_types() for rows in staged.rows(name, ["blocks"])]
        blocks = pc.unique(pa.concat_arrays([pa.array([], BLOCKS.value_type), *(pc.list_flatten(each) for each in found)]))
        documents = keys(changed_duplicates)
        if not len(blocks) and not len(leaving.event_ids) and not len(documents):
            return nothing
        components: set[str] = set()
        for rows in draft.read("incident_members", ["event_id", "component_id", "doc_id", "blocks"]):
            mask = pc.or_(pc.is_in(rows.column("event_id"), value_set=leaving.event_ids), pc.is_in(rows.column("doc_id"), value_set=documents))
            components.update(rows.column("component_id").filter(mask).to_pylist())
            lists = rows.column("blocks").combine_chunks()
            hits = pc.list_parent_indices(lists).filter(pc.is_in(pc.list_flatten(lists), value_set=blocks))
            components.update(rows.column("component_id").take(pc.unique(hits)).to_pylist())
        where = ("component_id", keys(components))
    return draft.collect("incident_members", names, where=where)


def _mentions(draft: Draft, event_type: str, staged: Staged, staying: pa.Table, months: set[str]) -> Mentions:
    """The mentions of a run, and those of the store that are clustered with them."""
    fresh = [rows.select(KEYS.names).cast(KEYS) for rows in staged.rows(event_type, KEYS.names)]

    def parts() -> Iterator[tuple[NDArray[np.int64], pa.Table]]:
        start = 0
        for rows in in_larger_pieces(light(staged.rows(event_type, light_columns(event_type)), event_type)):
            yield np.arange(start, start + rows.num_rows), rows
            start += rows.num_rows
        for places, rows in _stored_mentions(draft, event_type, staying, months):
            yield places + start, rows

    return Mentions(pa.concat_tables([KEYS.empty_table(), *fresh, staying.select(KEYS.names)]), parts)


def _stored_mentions(draft: Draft, event_type: str, members: pa.Table, months: set[str]) -> Iterator[tuple[NDArray[np.int64], pa.Table]]:
    """The mentions of some members, each piece with the places of its rows among these."""
    wanted = members.column("event_id").combine_chunks()
    if not len(wanted):
        return
    count = 0
    for rows in in_larger_pieces(light(draft.read(event_type, light_columns(event_type), months=months, where=("event_id", wanted)), event_type)):
        count += rows.num_rows
        yield pc.index_in(rows.column("event_id"), value_set=wanted).to_numpy(), rows
    if count != members.num_rows:
        raise StoreDamagedError(f"{members.num_rows} mentions of type {event_type} have an incident and {count} of them are stored; run dateline verify")


def _blocked_anew(draft: Draft, event_type: str, members: pa.Table, months: set[str], clusterer: Clusterer) -> pa.Table:
    """Members with the block keys that a clusterer gives: those that are stored are of other rules."""
    places, found = [np.empty(0, np.int64)], [pa.array([], KEYS.field("blocks").type)]
    for place, rows in _stored_mentions(draft, event_type, members, months):
        places.append(place)
        found.append(clusterer.blocks(rows))
    blocks = pa.concat_arrays(found).take(pa.array(np.argsort(np.concatenate(places))))
    return members.set_column(members.column_names.index("blocks"), KEYS.field("blocks"), blocks)
