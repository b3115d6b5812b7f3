"""Mentions into rows of incidents: what the clusterer says of a shard, and of what reaches over several.

Pairs of mentions are scored within a shard. A component that is whole there is done: its rows are derived at once. Of the others the shard hands on the
mentions that it has, each with its piece of the component; pieces that have a mention in common are one component, found by connected components over these
ids alone, and clustered when all shards are done.
"""

from __future__ import annotations

import contextlib
import dataclasses
import pathlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.tables import tables
from transforms.disjoint_sets import DisjointSets
from transforms.incidents.protocol import COUNTED as COUNTED_COLUMNS
from transforms.incidents.protocol import LINKED, MEMBERS, Clusterer, light_schema
from transforms.storage.arrow_files import arrow_writer, collect_arrow, new_path, read_arrow, write_arrow
from transforms.storage.errors import StoreDamagedError
from transforms.storage.files import Files
from transforms.storage.incident_links import with_link_blocks
from transforms.storage.incident_rows import derive
from transforms.storage.manifest import current_or_empty
from transforms.storage.partitions import conformed
from transforms.storage.shards import COUNTED, WITHIN, Shard, shard_schema
from transforms.storage.spool import Spool

LABELS = pa.schema(
    [("event_id", pa.string()), ("published_date", pa.date32()), ("event_date", pa.date32()), ("incident_id", pa.string()), ("scope", pa.string())]
)
"""What a mention is told after clustering, beside its days."""

_TOGETHER = 25_000
"""So many mentions are summarised and counted at a time, and clustered after the shards; an incident is never parted, nor a component."""

_REACHING = pa.schema([*light_schema(), COUNTED, pa.field("piece", pa.string(), nullable=False)])
"""Mentions of components that reach beyond a shard, and what those share that are connected within it."""


@dataclasses.dataclass(frozen=True)
class Rows:
    """Rows that follow from the clustering of some mentions of one type.

    Attributes:
        incident_members, incidents, incident_actors: Rows of the tables of these names; incidents are not linked yet.
        labels: What their mentions are told now, in `LABELS`.
    """

    incident_members: pa.Table
    incidents: pa.Table
    incident_actors: pa.Table
    labels: pa.Table


SCHEMAS = {name: tables()[name].schema for name in ("incident_members", "incidents", "incident_actors")} | {"labels": LABELS}
"""Those of `Rows`."""


@dataclasses.dataclass(frozen=True)
class ClusteredShard:
    """What a worker has made of a shard: files from the store's folder.

    Attributes:
        event_type: The type of its mentions.
        rows: Kind of rows (`SCHEMAS`) -> their file; none where no component is whole in the shard.
        reaching: The file with mentions of other components, in `_REACHING`; empty where there are none.
    """

    event_type: str
    rows: tuple[tuple[str, str], ...]
    reaching: str


def cluster_shard(files: Files, shard: Shard, clusterer: Clusterer) -> ClusteredShard | None:
    """Clusters the mentions of a shard. May be called again: each call writes files of its own.

    Args:
        files: The store.
        shard: The shard.
        clusterer: The rules.

    Returns:
        What came of it; None where the run has committed meanwhile, and nobody waits for it.

    Raises:
        ValueError: The clusterer broke its contract.
        StoreDamagedError: The shard is gone.
    """
    try:
        rows = collect_arrow(files, shard.path, shard_schema())
    except FileNotFoundError as error:
        if shard.run_id in current_or_empty(files).runs:
            return None
        raise StoreDamagedError(f"{files.absolute(shard.path)} was written by this run and is missing; run the same command again") from error
    if rows.num_rows != shard.rows:
        raise StoreDamagedError(f"{files.absolute(shard.path)} has {rows.num_rows} rows where {shard.rows} were written; run the same command again")
    rows = _in_order(rows)
    assigned = _assigned(clusterer, rows)
    components = assigned.column("component_id")
    open_ones = pc.unique(components.filter(pc.invert(rows.column("within"))))
    reaches = pc.is_in(components, value_set=open_ones)
    reaching = ""
    if pc.any(reaches).as_py():
        reaching = new_path(shard.run_id, f"{shard.event_type}-reaching")
        pieces = rows.drop_columns([WITHIN.name]).append_column(_REACHING.field("piece"), components).filter(reaches)
        write_arrow(files, reaching, _REACHING, [pieces])
        whole = pc.invert(reaches)
        rows, assigned = rows.filter(whole), assigned.filter(whole)
    written = {name: new_path(shard.run_id, f"{shard.event_type}-{name}") for name in SCHEMAS} if rows.num_rows else {}
    with contextlib.ExitStack() as stack:
        writers = {name: stack.enter_context(arrow_writer(files, path, SCHEMAS[name])) for name, path in written.items()}
        for found in _derived(clusterer, rows, assigned):
            for name, writer in writers.items():
                writer.write_table(getattr(found, name))
    return ClusteredShard(shard.event_type, tuple(written.items()), reaching)


def cluster_reaching(files: Files, folder: pathlib.Path, shards: Iterable[ClusteredShard], clusterer: Clusterer) -> Iterator[Rows]:
    """Clusters the components that reach over several shards, some of them at a time.

    Args:
        files: The store.
        folder: Where mentions wait.
        shards: All shards of a run.
        clusterer: The rules.
    """
    by_type: dict[str, list[str]] = {}
    for shard in sorted(shards, key=lambda each: each.reaching):
        if shard.reaching:
            by_type.setdefault(shard.event_type, []).append(shard.reaching)
    for paths in by_type.values():
        first, groups = _groups(pa.concat_tables(rows.select(["event_id", "piece"]) for rows in _pieces(files, paths)))
        with contextlib.closing(Spool(folder, _REACHING)) as spool:
            start = 0
            for rows in _pieces(files, paths):
                end = start + rows.num_rows
                spool.scatter(groups[start:end][first[start:end]], rows.filter(pa.array(first[start:end])))
                start = end
            for group in spool.found_by:
                mentions = _in_order(spool.collect(group))
                yield from _derived(clusterer, mentions, _assigned(clusterer, mentions))


def _pieces(files: Files, paths: Sequence[str]) -> Iterator[pa.Table]:
    """Mentions that reach beyond their shard; those of different shards have different pieces."""
    for number, path in enumerate(paths):
        for rows in read_arrow(files, path):
            named = pc.binary_join_element_wise(str(number), rows.column("piece"), " ")
            yield rows.set_column(rows.column_names.index("piece"), _REACHING.field("piece"), named)


def _groups(mentions: pa.Table) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Of mentions with pieces, each of which may be there several times: whether a row is the first of its mention, and the number of the group it is in.

    Pieces with a mention in common are one component (connected components). A group is some components, together about `_TOGETHER` mentions.
    """
    pieces, events = (mentions.column(name).combine_chunks().dictionary_encode().indices.to_numpy() for name in ("piece", "event_id"))
    sets = DisjointSets(int(pieces.max()) + 1)
    _, firsts, again = np.unique(events, return_index=True, return_inverse=True)
    for one, other in np.unique(np.stack([pieces[firsts[again]], pieces], axis=1), axis=0).tolist():
        sets.union(one, other)
    first = np.zeros(len(events), bool)
    first[firsts] = True
    component = np.array([sets.find(piece) for piece in range(len(sets.parent))])[pieces]
    sizes = np.bincount(component[first], minlength=len(sets.parent))
    return first, ((np.cumsum(sizes) - sizes) // _TOGETHER)[component]


def _in_order(mentions: pa.Table) -> pa.Table:
    """Mentions as clustering wants them: by published (nulls last), event_id."""
    return mentions.sort_by([("published", "ascending"), ("event_id", "ascending")])


def _assigned(clusterer: Clusterer, mentions: pa.Table) -> pa.Table:
    """What the clusterer says of each mention, in the order of the mentions."""
    assigned = pa.concat_tables([MEMBERS.empty_table(), *clusterer.assign([mentions.select(light_schema().names)])], promote_options="default")
    if not assigned.column("event_id").equals(mentions.column("event_id")):
        raise ValueError(f"the clusterer {clusterer.version!r} has not given each mention one incident")
    return assigned


def _derived(clusterer: Clusterer, mentions: pa.Table, assigned: pa.Table) -> Iterator[Rows]:
    """The rows of whole components, some at a time in the order of publication; an incident is never parted."""
    if not mentions.num_rows:
        return
    # Incidents by number, in the order of their first mentions.
    numbers = assigned.column("incident_id").combine_chunks().dictionary_encode().indices.to_numpy()
    sizes = np.bincount(numbers)
    slice_of = ((np.cumsum(sizes) - sizes) // _TOGETHER)[numbers]
    for number in np.unique(slice_of).tolist():
        mask = pa.array(slice_of == number)
        yield _rows(clusterer, mentions.filter(mask), assigned.filter(mask))


def _rows(clusterer: Clusterer, mentions: pa.Table, assigned: pa.Table) -> Rows:
    light = mentions.select(light_schema().names)
    summary = _summary(clusterer, clusterer.summarise(light, assigned))
    counted = light.append_column(COUNTED, mentions.column("counted")).append_column("blocks", assigned.column("blocks"))
    members, incidents, actors = derive(counted, assigned.select(MEMBERS.names), summary)
    place = pc.index_in(mentions.column("event_id"), value_set=members.column("event_id").combine_chunks())
    labels = [*(mentions.column(name) for name in LABELS.names[:3]), *(members.column(name).take(place) for name in LABELS.names[3:])]
    return Rows(members, with_link_blocks(incidents, clusterer), actors, pa.table(labels, schema=LABELS))


def _summary(clusterer: Clusterer, given: pa.Table) -> pa.Table:
    """What the clusterer says of incidents, in all columns that are its to fill."""
    schema = pa.schema([field for field in tables()["incidents"].schema if field.name not in {*COUNTED_COLUMNS, *LINKED}])
    missing = [field.name for field in schema if not field.nullable and field.name not in given.column_names]
    if missing:
        raise ValueError(f"the clusterer {clusterer.version!r} has summarised incidents without {', '.join(missing)}")
    return conformed(given, schema)
