"""Which mentions have to be clustered again after a run, and the tables that follow from it.

A component (`transforms.incidents.protocol`) is clustered again, whole, if a new mention shares a block with one of its mentions, if one of its mentions
leaves, or if a document of its mentions becomes or ceases to be a duplicate. New mentions bear on mentions that share their blocks and on no others, so what
is clustered again is closed, and the result is what clustering the whole store would give.
"""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Collection, Iterable, Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types
from schemas.tables import tables
from transforms.incidents.protocol import COUNTED, LINKED, LINKS, MEMBERS, Clusterer, light_schema
from transforms.storage.draft import Draft, by_month, keys, month_names
from transforms.storage.duplicates import Duplicates
from transforms.storage.errors import StoreDamagedError
from transforms.storage.incident_aliases import put_aliases
from transforms.storage.incident_links import block_hash, differing, hashed, link, relink, relinked_columns
from transforms.storage.partitions import conformed
from transforms.storage.staged import Staged

_LABELLED = ["event_id", "published_date", "event_date"]
_LABELS = pa.schema(
    [("event_id", pa.string()), ("published_date", pa.date32()), ("event_date", pa.date32()), ("incident_id", pa.string()), ("scope", pa.string())]
)
_MEMBER_KEYS = ["event_id", "incident_id", "component_id", "doc_id", "event_type", "source", "scope"]


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
    fresh = {name: _light(staged.rows(name, _light_columns(name)), name) for name in event_types()}
    affected, months = _affected(draft, fresh, leaving, duplicates.changed, clusterer, everything=everything)
    found = []
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for event_type, new in fresh.items():
            old = affected.filter(pc.equal(affected.column("event_type"), event_type))
            staying = old.filter(pc.invert(pc.is_in(old.column("event_id"), value_set=leaving.event_ids)))
            mentions = pa.concat_tables([new, _stored_mentions(draft, event_type, staying, months)])
            if mentions.num_rows:
                mentions = mentions.sort_by([("published", "ascending"), ("event_id", "ascending")])
                found.append(_recluster(connection, draft, mentions, duplicates, clusterer))
        _put_members(connection, draft, _together("incident_members", [each.members for each in found]), affected)
        gone = keys(affected.column("incident_id").to_pylist())
        incidents, links = link(connection, draft, _together("incidents", [each.incidents for each in found]), gone, clusterer)
        _put_incidents(connection, draft, "incidents", incidents, gone, links)
        actors = relink(_together("incident_actors", [each.actors for each in found]), relink(incidents, links).select(LINKS.names))
        _put_incidents(connection, draft, "incident_actors", actors, gone, links)
    labels = pa.concat_tables([_LABELS.empty_table(), *(each.labels for each in found)])
    put_aliases(draft, run_id, affected, dict(zip(*(labels.column(name).to_pylist() for name in ("event_id", "incident_id")), strict=True)))
    _relabel(draft, staged, leaving, labels)


@dataclasses.dataclass(frozen=True)
class _Clustered:
    """Rows of three tables, and the new labels of mentions, for mentions of one type that were clustered again."""

    members: pa.Table
    incidents: pa.Table
    actors: pa.Table
    labels: pa.Table


def _together(table: str, parts: list[pa.Table]) -> pa.Table:
    return pa.concat_tables([tables()[table].schema.empty_table(), *parts])


def _light_columns(event_type: str) -> list[str]:
    present = set(tables()[event_type].schema.names)
    return [name for name in light_schema().names if name in present]


def _light(parts: Iterable[pa.Table], event_type: str) -> pa.Table:
    columns = _light_columns(event_type)
    found = list(parts)
    rows = pa.concat_tables(found) if found else tables()[event_type].schema.empty_table().select(columns)
    return conformed(rows, light_schema())


def _affected(
    draft: Draft, fresh: Mapping[str, pa.Table], leaving: Leaving, changed_duplicates: Collection[str], clusterer: Clusterer, *, everything: bool
) -> tuple[pa.Table, set[str]]:
    """Members whose component may change, and the months that they stand in."""
    schema = pa.schema([tables()["incident_members"].schema.field(name) for name in _MEMBER_KEYS])
    where = None
    if not everything:
        blocks = pa.array(sorted({block_hash(key) for mentions in fresh.values() for found in clusterer.blocks(mentions) for key in found}), pa.int32())
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


def _stored_mentions(draft: Draft, event_type: str, members: pa.Table, months: set[str]) -> pa.Table:
    wanted = members.column("event_id").combine_chunks()
    found = _light(draft.read(event_type, _light_columns(event_type), months=months, where=("event_id", wanted)) if len(wanted) else [], event_type)
    if found.num_rows != members.num_rows:
        raise StoreDamagedError(
            f"{members.num_rows} mentions of type {event_type} have an incident and {found.num_rows} of them are stored; run dateline verify"
        )
    return found


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


def _recluster(connection: duckdb.DuckDBPyConnection, draft: Draft, mentions: pa.Table, duplicates: Duplicates, clusterer: Clusterer) -> _Clustered:
    mentions, counted = _with_documents(draft, mentions, duplicates.originals)
    assigned = clusterer.assign(mentions).select(MEMBERS.names).cast(MEMBERS)
    if sorted(assigned.column("event_id").to_pylist()) != sorted(mentions.column("event_id").to_pylist()):
        raise ValueError(f"the clusterer {clusterer.version!r} has not given each mention one incident")
    summary = _summary(clusterer, clusterer.summarise(mentions, assigned))
    members, incidents, actors = _derive(connection, mentions, counted, hashed(clusterer.blocks(mentions)), assigned, summary)
    place = pc.index_in(mentions.column("event_id"), value_set=members.column("event_id").combine_chunks())
    labels = [*(mentions.column(name) for name in _LABELLED), *(members.column(name).take(place) for name in ("incident_id", "scope"))]
    return _Clustered(members, incidents, actors, pa.table(labels, schema=_LABELS))


def _summary(clusterer: Clusterer, given: pa.Table) -> pa.Table:
    """What the clusterer says of incidents, in all columns that are its to fill."""
    schema = pa.schema([field for field in tables()["incidents"].schema if field.name not in {*COUNTED, *LINKED}])
    missing = [field.name for field in schema if not field.nullable and field.name not in given.column_names]
    if missing:
        raise ValueError(f"the clusterer {clusterer.version!r} has summarised incidents without {', '.join(missing)}")
    return conformed(given, schema)


def _derive(
    connection: duckdb.DuckDBPyConnection, mentions: pa.Table, counted: pa.Array, blocks: pa.Array, assigned: pa.Table, summary: pa.Table
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Rows of incident_members, incidents and incident_actors."""
    roles = pa.Table.from_pylist([{"event_type": name, "acting": each.ACTING, "receiving": each.RECEIVING} for name, each in event_types().items()])
    incident_schema = tables()["incidents"].schema
    connection.register("mentions", mentions.append_column("counted", counted).append_column("blocks", blocks))
    connection.register("assigned", assigned)
    connection.register("summary", summary)
    connection.register("roles", roles)
    connection.execute(_REPORTS)
    connection.execute(_PARTIES)
    counts = connection.sql(_COUNTS).to_arrow_table()
    members = connection.sql(_MEMBERS).to_arrow_table()
    actors = connection.sql(_ACTORS).to_arrow_table()
    missing = set(assigned.column("incident_id").to_pylist()) ^ set(summary.column("incident_id").to_pylist())
    if missing or counts.num_rows != summary.num_rows:
        raise ValueError(f"the clusterer has not given each incident one row (see {sorted(missing)[:3]})")
    place = pc.index_in(summary.column("incident_id"), value_set=counts.column("incident_id").combine_chunks())
    aligned = counts.take(place)
    merged = summary
    for name in COUNTED:
        merged = merged.append_column(name, aligned.column(name))
    # How incidents belong together is found when all of them are there.
    return (
        conformed(members, tables()["incident_members"].schema),
        conformed(merged, incident_schema),
        conformed(actors, tables()["incident_actors"].schema),
    )


_REPORTS = """
CREATE OR REPLACE TEMP TABLE reports AS
SELECT m.*, a.incident_id, a.component_id, s.scope FROM mentions m JOIN assigned a USING (event_id) JOIN summary s USING (incident_id)
"""

_PARTIES = """
CREATE OR REPLACE TEMP TABLE parties AS
SELECT incident_id, event_type, a.role, a.actor_id, a.acts_for, min(a.name) AS name, min(a.kind) AS kind, min(a.country) AS country, min(a.sector) AS sector
FROM (SELECT incident_id, event_type, unnest(actors) AS a FROM reports)
WHERE a.actor_id IS NOT NULL OR a.acts_for IS NOT NULL
GROUP BY ALL
"""

_COUNTS = """
WITH told AS (
  SELECT incident_id, count(*) AS mentions, count(DISTINCT doc_id) AS documents, count(DISTINCT counted) AS sources,
    min(published) AS first_published, arg_min(published_date, (published IS NULL, published, event_id)) AS first_published_date
  FROM reports GROUP BY incident_id
), sides AS (
  SELECT incident_id, string_agg(DISTINCT acts_for, '+' ORDER BY acts_for) FILTER (WHERE role = roles.acting) AS acting,
    string_agg(DISTINCT acts_for, '+' ORDER BY acts_for) FILTER (WHERE role = roles.receiving) AS receiving
  FROM parties JOIN roles USING (event_type) GROUP BY incident_id
)
SELECT told.*, acting, receiving, date_trunc('month', event_date)::DATE AS month
FROM told JOIN (SELECT incident_id, event_date FROM summary) USING (incident_id) LEFT JOIN sides USING (incident_id)
"""

_MEMBERS = """
SELECT event_id, incident_id, event_type, status, doc_id, published_date, coalesce(published_date, DATE '0001-01-01') AS day, counted AS source, scope,
  component_id, blocks
FROM reports
"""

_ACTORS = """
SELECT p.incident_id, p.event_type, s.status, s.event_date, s.date_precision, s.date_basis, date_trunc('month', s.event_date)::DATE AS month, s.scope,
  false AS told_by_parts,
  p.role, p.actor_id, p.name, p.kind, p.acts_for, p.country, p.sector,
  p.actor_id IS NOT NULL AND row_number() OVER (PARTITION BY p.incident_id, p.role, p.actor_id ORDER BY p.acts_for NULLS LAST) = 1 AS first_in_role,
  p.acts_for IS NOT NULL AND row_number() OVER (PARTITION BY p.incident_id, p.role, p.acts_for ORDER BY p.actor_id NULLS LAST) = 1 AS first_for_party
FROM parties p JOIN summary s USING (incident_id)
"""


_SAME_MEMBERS = """
SELECT n.event_id FROM new_members n JOIN old_members o USING (event_id)
WHERE (n.incident_id, n.component_id, n.scope) = (o.incident_id, o.component_id, o.scope) AND n.source IS NOT DISTINCT FROM o.source
"""

_DIFFERING = """
SELECT incident_id FROM (FROM new_rows EXCEPT ALL FROM old_rows) UNION SELECT incident_id FROM (FROM old_rows EXCEPT ALL FROM new_rows)
"""


def _put_members(connection: duckdb.DuckDBPyConnection, draft: Draft, members: pa.Table, old: pa.Table) -> None:
    connection.register("new_members", members)
    connection.register("old_members", old)
    same = connection.sql(_SAME_MEMBERS).to_arrow_table()
    unchanged = same.column("event_id").combine_chunks()
    added = members.filter(pc.invert(pc.is_in(members.column("event_id"), value_set=unchanged)))
    drop = old.column("event_id").filter(pc.invert(pc.is_in(old.column("event_id"), value_set=unchanged)))
    draft.rewrite("incident_members", by_month("incident_members", added), key="event_id", drop=drop)


def _put_incidents(connection: duckdb.DuckDBPyConnection, draft: Draft, table: str, rows: pa.Table, gone: pa.Array, links: pa.Table) -> None:
    """Puts rows in place of those of the incidents that were clustered again, and links others anew; incidents that come out the same keep their files."""
    connection.register("new_rows", rows)
    connection.register("old_rows", _together(table, list(draft.read(table, where=("incident_id", gone))) if len(gone) else []))
    ids = keys(connection.sql(_DIFFERING).to_arrow_table().column(0).to_pylist())
    others = {each for stored in draft.read(table, relinked_columns(table)) for each in differing(stored, links)}
    draft.rewrite(
        table,
        by_month(table, rows.filter(pc.is_in(rows.column("incident_id"), value_set=ids))),
        key="incident_id",
        drop=ids,
        touch=keys(others - set(gone.to_pylist())),
        change=lambda each: relink(each, links),
    )


def _relabel(draft: Draft, staged: Staged, leaving: Leaving, labels: pa.Table) -> None:
    """Adds the run's mentions and actors, takes out those that leave, and gives those that were clustered again their incident: one writing for all."""
    ids = labels.column("event_id").combine_chunks()
    days, months = month_names(labels.column("published_date")), month_names(labels.column("event_date"))

    def relabelled(rows: pa.Table) -> pa.Table:
        place = pc.index_in(rows.column("event_id"), value_set=ids)
        for name in ("incident_id", "scope"):
            position = rows.column_names.index(name)
            rows = rows.set_column(position, rows.schema.field(position), pc.coalesce(labels.column(name).take(place), rows.column(name)))
        return rows

    def moved(table: str, within: set[str]) -> pa.Array:
        found: set[str] = set()
        for rows in draft.read(table, ["event_id", "incident_id", "scope"], months=within):
            again = relabelled(rows)
            differs = pc.or_(*(pc.not_equal(again.column(name), rows.column(name)) for name in ("incident_id", "scope")))
            found.update(rows.column("event_id").filter(differs).to_pylist())
        return keys(found)

    written = [(name, days, leaving.published_months) for name in event_types()] + [("event_actors", months, leaving.event_months)]
    for table, within, left in written:
        draft.rewrite(
            table,
            staged.added(table),
            key="event_id",
            drop=leaving.event_ids,
            touch=moved(table, within),
            change=relabelled,
            months=within | left,
        )
