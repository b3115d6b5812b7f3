"""The rows of incidents and of what belongs to them, from mentions and the incident of each: counted and gathered the same way for every event type."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types
from schemas.tables import tables
from transforms.incidents.protocol import COUNTED
from transforms.storage.partitions import conformed


def derive(mentions: pa.Table, assigned: pa.Table, summary: pa.Table) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Rows of incident_members, incidents and incident_actors.

    Args:
        mentions: All mentions of some incidents of one event type, in `protocol.light_schema()`; with `counted`, the publisher that each adds to `sources`, or
            null, and `blocks`, its hashed block keys.
        assigned: The incident and component of each (`protocol.MEMBERS`).
        summary: The clusterer's row for each incident.

    Raises:
        ValueError: The summary has not one row for each incident.
    """
    roles = pa.Table.from_pylist([{"event_type": name, "acting": each.ACTING, "receiving": each.RECEIVING} for name, each in event_types().items()])
    incident_schema = tables()["incidents"].schema
    # A database of its own, so that nothing of these mentions stays in memory.
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        for name, rows in (("mentions", mentions), ("assigned", assigned), ("summary", summary), ("roles", roles)):
            connection.register(name, rows)
        connection.execute(_REPORTS)
        connection.execute(_PARTIES)
        counts, members, actors = (connection.sql(query).to_arrow_table() for query in (_COUNTS, _MEMBERS, _ACTORS))
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
SELECT m.event_id, m.event_type, m.status, m.doc_id, m.published, m.published_date, m.actors, m.counted, m.blocks, a.incident_id, a.component_id, s.scope
FROM mentions m JOIN assigned a USING (event_id) JOIN summary s USING (incident_id)
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
