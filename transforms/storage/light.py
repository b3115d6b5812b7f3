"""Mentions as clustering sees them (`transforms.incidents.protocol.light_schema`), from rows of the store's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from schemas.tables import tables
from transforms.incidents.protocol import light_schema
from transforms.storage.partitions import conformed


def light_columns(event_type: str) -> list[str]:
    """The columns of an event type's table that clustering sees."""
    present = set(tables()[event_type].schema.names)
    return [name for name in light_schema().names if name in present]


def light(parts: Iterable[pa.Table], event_type: str) -> Iterator[pa.Table]:
    """Mentions as clustering sees them, from rows with `light_columns`."""
    for rows in parts:
        yield conformed(rows.select(light_columns(event_type)), light_schema())
