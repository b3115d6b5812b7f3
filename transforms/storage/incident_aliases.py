"""Ids of incidents that once were published and have changed, so that who has kept one finds what it is now."""

from __future__ import annotations

import collections
from collections.abc import Mapping

import pyarrow as pa

from schemas.tables import tables
from transforms.storage.draft import Draft
from transforms.storage.spool import Spool


def put_aliases(draft: Draft, run_id: str, before: pa.Table, labels: Spool) -> None:
    """Brings the aliases up to date.

    An id that has gone leads to the incident that holds the mention that it is named by; where that mention has left, to the one that holds most of the other
    mentions that it had; where none is left, nowhere. Aliases of before follow, and an id that is one again is no alias.

    Args:
        draft: The version to be.
        run_id: The run.
        before: `event_id` and `incident_id` of the mentions that were clustered again or have left, in the version before.
        labels: `event_id` and `incident_id` of all that were clustered, as it is now.
    """
    if not before.num_rows and not draft.rows("incident_aliases"):
        return
    after = {
        event_id: incident_id
        for rows in labels.read(columns=["event_id", "incident_id"])
        for event_id, incident_id in zip(*(column.to_pylist() for column in rows.columns), strict=True)
    }
    held: dict[str, list[str]] = {}
    for event_id, incident_id in zip(*(before.column(name).to_pylist() for name in ("event_id", "incident_id")), strict=True):
        held.setdefault(incident_id, []).append(event_id)
    live = set(after.values())
    moved = {incident_id: _now(incident_id, events, after) for incident_id, events in held.items() if incident_id not in live}
    stored = draft.collect("incident_aliases", tables()["incident_aliases"].schema.names).to_pylist()
    if not moved and not any(row["old_incident_id"] in live for row in stored):
        return
    rows = [row if row["incident_id"] not in moved else row | {"incident_id": moved[row["incident_id"]], "run_id": run_id} for row in stored]
    rows += [{"old_incident_id": old, "incident_id": now, "run_id": run_id} for old, now in moved.items()]
    kept = {row["old_incident_id"]: row for row in rows if row["incident_id"] is not None and row["old_incident_id"] not in live}
    draft.replace_all("incident_aliases", pa.Table.from_pylist([row for _, row in sorted(kept.items())], schema=tables()["incident_aliases"].schema))


def _now(incident_id: str, events: list[str], after: Mapping[str, str]) -> str | None:
    if incident_id in after:
        return after[incident_id]
    counts = collections.Counter(after[event_id] for event_id in events if event_id in after)
    return min(counts, key=lambda each: (-counts[each], each), default=None)
