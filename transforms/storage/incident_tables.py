"""The tables that follow from incidents: what the shards of a run have given is put into a draft, and all that depends on it is brought up to date."""

from __future__ import annotations

import contextlib
import itertools
import pathlib
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types
from transforms.incidents.protocol import Clusterer
from transforms.storage.affected import AFFECTED, Leaving, Plan, plan_clustering
from transforms.storage.arrow_files import collect_arrow, read_arrow
from transforms.storage.draft import Draft, keys
from transforms.storage.duplicates import Duplicates
from transforms.storage.files import Files
from transforms.storage.incident_aliases import put_aliases
from transforms.storage.incident_links import differing, link, relink, relinked, relinked_columns
from transforms.storage.months import month_names
from transforms.storage.partitions import Change
from transforms.storage.reclustering import LABELS, SCHEMAS, ClusteredShard, cluster_reaching, cluster_shard
from transforms.storage.spool import MonthlySpool
from transforms.storage.staged import Staged

# What joins and comparisons of rows take at most before they go to the disk.
_MEMORY = "256MB"


def cluster(
    files: Files, draft: Draft, run_id: str, staged: Staged, leaving: Leaving, duplicates: Duplicates, clusterer: Clusterer, *, everything: bool
) -> None:
    """Puts a run's mentions into a draft, and brings all that depends on incidents up to date: all steps of it one after the other, in this process.

    Args and errors are those of `plan_clustering`, `cluster_shard` and `put_clustered`.
    """
    plan = plan_clustering(files, draft, run_id, staged, leaving, duplicates, clusterer, everything=everything)
    shards = [cluster_shard(files, each, clusterer) for each in plan.shards]
    put_clustered(files, draft, staged, plan, [each for each in shards if each is not None], clusterer)


def put_clustered(files: Files, draft: Draft, staged: Staged, plan: Plan, shards: Sequence[ClusteredShard], clusterer: Clusterer) -> None:
    """Puts a run's mentions, and what has become of the shards, into a draft.

    Args:
        files: The store.
        draft: The version to be: documents and duplicates as they will be, mentions and incidents as in the version before.
        staged: The run's new rows.
        plan: What was to be clustered.
        shards: What came of it.
        clusterer: The rules.

    Raises:
        ValueError: The clusterer broke its contract.
    """
    affected = collect_arrow(files, plan.affected, AFFECTED)
    leaving = Leaving(affected.filter(affected.column("leaves")).column("event_id").combine_chunks(), plan.published_months, plan.event_months)
    gone = keys(affected.column("incident_id").to_pylist())
    with contextlib.ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-"))
        connection = stack.enter_context(duckdb.connect(config={"temp_directory": scratch, "memory_limit": _MEMORY}))
        connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        folder = pathlib.Path(scratch)
        remade = _Remade(folder)
        for shard in shards:
            for name, path in shard.rows:
                for rows in read_arrow(files, path):
                    remade.put(name, rows)
        for found in cluster_reaching(files, folder, shards, clusterer):
            for name in SCHEMAS:
                remade.put(name, getattr(found, name))
        _put_members(connection, draft, remade.members, affected, leaving)
        # What clustering has given back stays with Arrow otherwise.
        pa.default_memory_pool().release_unused()
        standing, links = link(connection, draft, remade.incidents, gone, clusterer)
        # An actor is kept by the month of its incident.
        by_month = {month: standing.take(pa.array(remade.incidents.positions(month))) for month in remade.incidents.found_by}
        for table, rows in (("incidents", remade.incidents), ("incident_actors", remade.actors)):
            _put_incidents(connection, draft, table, rows, gone, by_month, links)
        put_aliases(draft, plan.run_id, affected, remade.labels["published_date"])
        _relabel(draft, staged, leaving, {column: _Labels(spool, column) for column, spool in remade.labels.items()})


class _Remade:
    """What was clustered again, while it waits to be written."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.members, self.incidents, self.actors = (MonthlySpool.of(folder, table) for table in ("incident_members", "incidents", "incident_actors"))
        self.labels = {column: MonthlySpool(folder, LABELS, column) for column in ("published_date", "event_date")}
        self._spools = {"incident_members": [self.members], "incidents": [self.incidents], "incident_actors": [self.actors], "labels": [*self.labels.values()]}

    def put(self, name: str, rows: pa.Table) -> None:
        """Takes rows of a kind (`reclustering.SCHEMAS`)."""
        for spool in self._spools[name]:
            spool.put(rows)


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
