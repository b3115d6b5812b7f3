"""Which mentions have to be clustered again after a run, and the tables that follow from it.

A component (`transforms.incidents.protocol`) is clustered again, whole, if a new mention shares a block with one of its mentions, if one of its mentions
leaves, or if a document of its mentions becomes or ceases to be a duplicate. New mentions bear on mentions that share their blocks and on no others, so what
is clustered again is closed, and the result is what clustering the whole store would give.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import tempfile
from collections.abc import Collection, Iterator

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types
from schemas.tables import tables
from transforms.incidents.protocol import LINKS, Clusterer
from transforms.storage.draft import Change, Draft, by_month, keys, split_by_month
from transforms.storage.duplicates import Duplicates
from transforms.storage.errors import StoreDamagedError
from transforms.storage.incident_aliases import put_aliases
from transforms.storage.incident_links import differing, link, relink, relinked_columns
from transforms.storage.reclustering import LABELS, Clustered, blocks_of, light, light_columns, recluster
from transforms.storage.staged import Staged

_MEMBER_KEYS = ["event_id", "incident_id", "component_id", "doc_id", "event_type", "source", "scope"]
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
    found: list[Clustered] = []
    with tempfile.TemporaryDirectory(prefix="dateline-") as scratch, duckdb.connect(config={"temp_directory": scratch, "memory_limit": _MEMORY}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for event_type in event_types():
            old = affected.filter(pc.equal(affected.column("event_type"), event_type))
            staying = old.filter(pc.invert(pc.is_in(old.column("event_id"), value_set=leaving.event_ids)))
            fresh = light(staged.rows(event_type, light_columns(event_type)), event_type)
            mentions = itertools.chain(fresh, _stored_mentions(draft, event_type, staying, months))
            found += recluster(connection, draft, mentions, duplicates.originals, clusterer)
        _put_members(connection, draft, _together("incident_members", [each.members for each in found]), affected)
        gone = keys(affected.column("incident_id").to_pylist())
        incidents, links = link(connection, draft, _together("incidents", [each.incidents for each in found]), gone, clusterer)
        _put_incidents(connection, draft, "incidents", incidents, gone, links)
        actors = relink(_together("incident_actors", [each.actors for each in found]), relink(incidents, links).select(LINKS.names))
        _put_incidents(connection, draft, "incident_actors", actors, gone, links)
    labels = pa.concat_tables([LABELS.empty_table(), *(each.labels for each in found)])
    put_aliases(draft, run_id, affected, labels)
    _relabel(draft, staged, leaving, labels)


def _together(table: str, parts: list[pa.Table]) -> pa.Table:
    return pa.concat_tables([tables()[table].schema.empty_table(), *parts])


def _affected(
    draft: Draft, staged: Staged, leaving: Leaving, changed_duplicates: Collection[str], clusterer: Clusterer, *, everything: bool
) -> tuple[pa.Table, set[str]]:
    """Members whose component may change, and the months that they stand in."""
    schema = pa.schema([tables()["incident_members"].schema.field(name) for name in _MEMBER_KEYS])
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
    found = list(draft.read_by_month("incident_members", _MEMBER_KEYS, where=where))
    return pa.concat_tables([schema.empty_table(), *(rows for _, rows in found)]), {month for month, _ in found}


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

_DIFFERING = """
SELECT incident_id FROM (FROM new_rows EXCEPT ALL FROM old_rows) UNION SELECT incident_id FROM (FROM old_rows EXCEPT ALL FROM new_rows)
"""


def _put_members(connection: duckdb.DuckDBPyConnection, draft: Draft, members: pa.Table, old: pa.Table) -> None:
    if not old.num_rows:
        draft.rewrite("incident_members", by_month("incident_members", members))
        return
    connection.register("new_members", members)
    connection.register("old_members", old)
    same = connection.sql(_SAME_MEMBERS).to_arrow_table()
    unchanged = same.column("event_id").combine_chunks()
    added = members.filter(pc.invert(pc.is_in(members.column("event_id"), value_set=unchanged)))
    drop = old.column("event_id").filter(pc.invert(pc.is_in(old.column("event_id"), value_set=unchanged)))
    draft.rewrite("incident_members", by_month("incident_members", added), key="event_id", drop=drop)


def _put_incidents(connection: duckdb.DuckDBPyConnection, draft: Draft, table: str, rows: pa.Table, gone: pa.Array, links: pa.Table) -> None:
    """Puts rows in place of those of the incidents that were clustered again, and links others anew; incidents that come out the same keep their files."""
    ids = pc.unique(rows.column("incident_id"))
    if len(gone):
        connection.register("new_rows", rows)
        connection.register("old_rows", _together(table, list(draft.read(table, where=("incident_id", gone)))))
        ids = connection.sql(_DIFFERING).to_arrow_table().column(0).combine_chunks()
    differs = {each for stored in draft.read(table, relinked_columns(table)) for each in differing(stored, links)}
    others = keys(differs - set(gone.to_pylist()))
    links = links.filter(pc.is_in(links.column("incident_id"), value_set=others))
    draft.rewrite(
        table,
        by_month(table, rows.filter(pc.is_in(rows.column("incident_id"), value_set=ids))),
        key="incident_id",
        drop=ids,
        touch=others,
        change=(lambda each: relink(each, links)) if len(others) else None,
    )


def _relabel(draft: Draft, staged: Staged, leaving: Leaving, labels: pa.Table) -> None:
    """Adds the run's mentions and actors, takes out those that leave, and gives those that were clustered again their incident: one writing for all."""
    tables_written = [(name, "published_date", leaving.published_months) for name in event_types()] + [("event_actors", "event_date", leaving.event_months)]
    by_day = {column: split_by_month(labels, column) for column in ("published_date", "event_date")}
    for table, column, left in tables_written:
        added = staged.added(table)
        for month in sorted({*added, *by_day[column], *left}):
            change = functools.partial(_relabelled, labels=by_day[column].get(month, LABELS.empty_table()))
            draft.rewrite(
                table,
                {month: added[month]} if month in added else {},
                key="event_id",
                drop=leaving.event_ids,
                touch=_moved(draft, table, month, change),
                change=change,
                months={month},
            )


def _relabelled(rows: pa.Table, labels: pa.Table) -> pa.Table:
    """Mentions or their actors with the incident and scope that labels give them; those that have none as they were."""
    place = pc.index_in(rows.column("event_id"), value_set=labels.column("event_id").combine_chunks())
    for name in ("incident_id", "scope"):
        position = rows.column_names.index(name)
        rows = rows.set_column(position, rows.schema.field(position), pc.coalesce(labels.column(name).take(place), rows.column(name)))
    return rows


def _moved(draft: Draft, table: str, month: str, change: Change) -> pa.Array:
    """The mentions of a month that a change makes others."""
    found: set[str] = set()
    for rows in draft.read(table, ["event_id", "incident_id", "scope"], months={month}):
        again = change(rows)
        differs = pc.or_(*(pc.not_equal(again.column(name), rows.column(name)) for name in ("incident_id", "scope")))
        found.update(rows.column("event_id").filter(differs).to_pylist())
    return keys(found)
