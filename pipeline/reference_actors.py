"""The reference tables of actors as the store's table `actors`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from schemas.tables import tables
from transforms.events.reference import Entity, armed_groups, organisations, persons, standing, states


def reference_actors() -> pa.Table:
    """Every actor that the reference tables know, sorted by id, in the schema of the table `actors`.

    A person acts for whom the offices that are still held say; one out of office acts for nobody.
    """
    rows = sorted((_row(each) for each in _entities()), key=lambda row: str(row["actor_id"]))
    return pa.Table.from_pylist(rows, schema=tables()["actors"].schema)


def _entities() -> Iterator[Entity]:
    found: dict[str, Entity] = {}
    for each in (*states().values(), *organisations().values(), *armed_groups().values(), *(entity for entity, _ in persons().values())):
        if each.actor_id is not None:
            found.setdefault(each.actor_id, each)
    yield from found.values()


def _row(entity: Entity) -> dict[str, Any]:
    today = standing(entity, None)
    return {
        "actor_id": entity.actor_id,
        "name": entity.name,
        "kind": entity.kind,
        "acts_for": today.acts_for,
        "country": today.country,
        "sector": today.sector,
        "offices": [{"office": each.office, "title": each.title or None, "from": _text(each.start), "to": _text(each.end)} for each in entity.offices],
    }


def _text(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
