"""Which mentions have to be clustered again after a run, and the tables that follow from it.

A component (`transforms.incidents.protocol`) is clustered again, whole, if a new mention shares a block with one of its mentions, if one of its mentions
leaves, or if a document of its mentions becomes or ceases to be a duplicate. New mentions bear on mentions that share their blocks and on no others, so what
is clustered again is closed, and the result is what clustering the whole store would give.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import pathlib
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types
from schemas.tables import tables
from transforms.incidents.protocol import Clusterer
from transforms.storage.draft import Change, Draft, keys
from transforms.storage.duplicates import Duplicates
from transforms.storage.errors import StoreDamagedError
from transforms.storage.incident_aliases import put_aliases
from transforms.storage.incident_links import differing, link, relink, relinked, relinked_columns, with_link_blocks
from transforms.storage.months import month_names
from transforms.storage.reclustering import LABELS, Clustered, blocks_of, light, light_columns, recluster
from transforms.storage.spool import MonthlySpool
from transforms.storage.staged import Staged

_MEMBER_KEYS = ["event_id", "incident_id", "component_id", "doc_id", "event_type", "source", "scope", "published_date"]
# What joins and comparisons of rows take at most before they go to the disk.
_MEMORY = "256MB"


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


def cluster(draft: Draft, run_id: str, staged: Staged, leaving: Leaving, duplicates: Duplicates, clusterer: Clusterer, *, everything: bool) -> None:
    """Puts a run's mentions into a draft, and brings all that depends on incidents up to date.

    Args:
        draft: The version to be: documents and duplicates as they will be, mentions and incidents as in the version before.
        run_id: The run.
        staged: The run's new rows.
        leaving: What the run has removed.
        duplicates: Documents that repeat another's text.
        clusterer: The rules.
        everything: Cluster the whole store again: its incidents were made by other rules.

    Raises:
        ValueError: The clusterer broke its contract.
    """
    affected, months = _affected(draft, staged, leaving, duplicates.changed, clusterer, everything=everything)
    gone = keys(affected.column("incident_id").to_pylist())
    with contextlib.ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-"))
        connection = stack.enter_context(duckdb.connect(config={"temp_directory": scratch, "memory_limit": _MEMORY}))
        connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        folder = pathlib.Path(scratch)
        remade = _Remade(folder)
        for event_type in event_types():
            old = affected.filter(pc.equal(affected.column("event_type"), event_type))
            staying = old.filter(pc.invert(pc.is_in(old.column("event_id"), value_set=leaving.event_ids)))
            fresh = light(staged.rows(event_type, light_columns(event_type)), event_type)
            mentions = itertools.chain(fresh, _stored_mentions(draft, event_type, staying, months))
            for found in recluster(folder, draft, mentions, duplicates.originals, clusterer):
                remade.put(found, clusterer)
        _put_members(connection, draft, remade.members, affected, leaving)
        # What clustering has given back stays with Arrow otherwise.
        pa.default_memory_pool().release_unused()
        standing, links = link(connection, draft, remade.incidents, gone, clusterer)
        # An actor is kept by the month of its incident.
        by_month = {month: standing.take(pa.array(remade.incidents.positions(month))) for month in remade.incidents.found_by}
        for table, rows in (("incidents", remade.incidents), ("incident_actors", remade.actors)):
            _put_incidents(connection, draft, table, rows, gone, by_month, links)
        put_aliases(draft, run_id, affected, remade.labels["published_date"])
        _relabel(draft, staged, leaving, {column: _Labels(spool, column) for column, spool in remade.labels.items()})


class _Remade:
    """What was clustered again, while it waits to be written."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.members, self.incidents, self.actors = (MonthlySpool.of(folder, table) for table in ("incident_members", "incidents", "incident_actors"))
        self.labels = {column: MonthlySpool(folder, LABELS, column) for column in ("published_date", "event_date")}

    def put(self, found: Clustered, clusterer: Clusterer) -> None:
        self.members.put(found.members)
        self.incidents.put(with_link_blocks(found.incidents, clusterer))
        self.actors.put(found.actors)
        for spool in self.labels.values():
            spool.put(found.labels)


def _affected(
    draft: Draft, staged: Staged, leaving: Leaving, changed_duplicates: Collection[str], clusterer: Clusterer, *, everything: bool
) -> tuple[pa.Table, set[str]]:
    """Members whose component may change, and the months that their documents were published in."""
    schema = pa.schema([tables()["incident_members"].schema.field(name) for name in _MEMBER_KEYS[:-1]])
    if not draft.rows("incident_members"):
        return schema.empty_table(), set()
    where = None
    if not everything:
        fresh = itertools.chain.from_iterable(light(staged.rows(name, light_columns(name)), name) for name in event_types())
        blocks = blocks_of(fresh, clusterer)
        documents = keys(changed_duplicates)
        if not len(blocks) and not len(leaving.event_ids) and not len(documents):
            return schema.empty_table(), set()
        components: set[str] = set()
        for rows in draft.read("incident_members", ["event_id", "component_id", "doc_id", "blocks"]):
            mask = pc.or_(pc.is_in(rows.column("event_id"), value_set=leaving.event_ids), pc.is_in(rows.column("doc_id"), value_set=documents))
            components.update(rows.column("component_id").filter(mask).to_pylist())
            lists = rows.column("blocks").combine_chunks()
            hits = pc.list_parent_indices(lists).filter(pc.is_in(pc.list_flatten(lists), value_set=blocks))
            components.update(rows.column("component_id").take(pc.unique(hits)).to_pylist())
        where = ("component_id", keys(components))
    found = draft.collect("incident_members", _MEMBER_KEYS, where=where)
    return found.drop_columns(["published_date"]), month_names(found.column("published_date"))


def _stored_mentions(draft: Draft, event_type: str, members: pa.Table, months: set[str]) -> Iterator[pa.Table]:
    wanted = members.column("event_id").combine_chunks()
    if not len(wanted):
        return
    count = 0
    for rows in light(draft.read(event_type, light_columns(event_type), months=months, where=("event_id", wanted)), event_type):
        count += rows.num_rows
        yield rows
    if count != members.num_rows:
        raise StoreDamagedError(f"{members.num_rows} mentions of type {event_type} have an incident and {count} of them are stored; run dateline verify")


_SAME_MEMBERS = """
SELECT n.event_id FROM new_members n JOIN old_members o USING (event_id)
WHERE (n.incident_id, n.component_id, n.scope) = (o.incident_id, o.component_id, o.scope) AND n.source IS NOT DISTINCT FROM o.source
"""


def _put_members(connection: duckdb.DuckDBPyConnection, draft: Draft, members: MonthlySpool, old: pa.Table, leaving: Leaving) -> None:
    """Puts members in place of those of before; such as come out the same keep their files, unless a document that has come again tells them."""
    batches = (batch for rows in members.read() for batch in rows.to_batches())
    connection.register("new_members", pa.RecordBatchReader.from_batches(members.schema, batches))
    connection.register("old_members", old.filter(pc.invert(pc.is_in(old.column("event_id"), value_set=leaving.event_ids))))
    unchanged = connection.sql(_SAME_MEMBERS).to_arrow_table().column("event_id").combine_chunks() if old.num_rows else pa.array([], pa.string())
    drop = old.column("event_id").filter(pc.invert(pc.is_in(old.column("event_id"), value_set=unchanged)))
    added = {month: _without(members.read(month), "event_id", unchanged) for month in members.found_by}
    draft.rewrite("incident_members", added, key="event_id", drop=drop)


def _without(parts: Iterable[pa.Table], column: str, values: pa.Array) -> Iterator[pa.Table]:
    for rows in parts:
        yield rows.filter(pc.invert(pc.is_in(rows.column(column), value_set=values))) if len(values) else rows


def _put_incidents(
    connection: duckdb.DuckDBPyConnection, draft: Draft, table: str, rows: MonthlySpool, gone: pa.Array, standing: Mapping[str, pa.Table], links: pa.Table
) -> None:
    """Puts rows in place of those of the incidents that were clustered again, and links others anew; incidents that come out the same keep their files.

    Args:
        connection: For comparing rows.
        draft: The version to be.
        table: `incidents`, or `incident_actors`.
        rows: Its rows, not linked yet.
        gone: The ids of before of the incidents that were clustered again.
        standing: How these are linked now, by month.
        links: The links of all that were linked again.
    """

    def linked(month: str) -> Iterator[pa.Table]:
        return (relink(each, standing[month]) for each in rows.read(month))

    same = pa.array([], pa.string())
    if len(gone):
        ids = differing(connection, itertools.chain.from_iterable(map(linked, rows.found_by)), draft.read(table, where=("incident_id", gone)), rows.schema)
        same = keys({each for found in standing.values() for each in found.column("incident_id").to_pylist()} - set(ids.to_pylist()))
    else:
        ids = same
    differs = {each for stored in draft.read(table, relinked_columns(table)) for each in relinked(stored, links)}
    others = keys(differs - set(gone.to_pylist()))
    links = links.filter(pc.is_in(links.column("incident_id"), value_set=others))
    draft.rewrite(
        table,
        {month: _without(linked(month), "incident_id", same) for month in rows.found_by},
        key="incident_id",
        drop=ids,
        touch=others,
        change=(lambda each: relink(each, links)) if len(others) else None,
    )


class _Labels:
    """The labels of mentions (`LABELS`), by the month of one of their days.

    Args:
        spool: The labels.
        column: The day.
    """

    def __init__(self, spool: MonthlySpool, column: str) -> None:
        self.months = frozenset(spool.found_by)
        self._spool = spool
        self._column = column
        self._found: tuple[frozenset[str], pa.Table] = (frozenset(), LABELS.empty_table())

    def put_on(self, rows: pa.Table) -> pa.Table:
        """Mentions or their actors with the incident and scope that labels give them; those that have none as they were."""
        months = self.months & month_names(rows.column(self._column))
        if months != self._found[0]:
            self._found = months, pa.concat_tables([LABELS.empty_table(), *(self._spool.collect(month) for month in sorted(months))])
        place = pc.index_in(rows.column("event_id"), value_set=self._found[1].column("event_id").combine_chunks())
        for name in ("incident_id", "scope"):
            position = rows.column_names.index(name)
            rows = rows.set_column(position, rows.schema.field(position), pc.coalesce(self._found[1].column(name).take(place), rows.column(name)))
        return rows


def _relabel(draft: Draft, staged: Staged, leaving: Leaving, labels: Mapping[str, _Labels]) -> None:
    """Adds the run's mentions and actors, takes out those that leave, and gives those that were clustered again their incident: one writing for all."""
    tables_written = [(name, "published_date", leaving.published_months) for name in event_types()] + [("event_actors", "event_date", leaving.event_months)]
    for table, column, left in tables_written:
        change = labels[column].put_on
        with staged.by_month(table) as added:
            for months in draft.periods(table, {*added, *labels[column].months, *left}).values():
                draft.rewrite(
                    table,
                    {month: added[month] for month in months if month in added},
                    key="event_id",
                    drop=leaving.event_ids,
                    touch=_moved(draft, table, column, months, change),
                    change=change,
                    months=months,
                )


def _moved(draft: Draft, table: str, column: str, months: Collection[str], change: Change) -> pa.Array:
    """The mentions of some months that a change makes others."""
    found: set[str] = set()
    for rows in draft.read(table, list(dict.fromkeys(["event_id", "incident_id", "scope", column])), months=months):
        again = change(rows)
        differs = pc.or_(*(pc.not_equal(again.column(name), rows.column(name)) for name in ("incident_id", "scope")))
        found.update(rows.column("event_id").filter(differs).to_pylist())
    return keys(found)
