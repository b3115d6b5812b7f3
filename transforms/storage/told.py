"""Mentions that are to be clustered, in the order that clustering wants, without all of them being in memory (an external sort, as in Knuth 5.4)."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.incidents.protocol import light_schema
from transforms.storage.months import month_names
from transforms.storage.spool import Spool

_TOGETHER = 25_000
"""So many mentions are sorted and read at a time."""


class Told:
    """Mentions sorted by published (nulls last), event_id.

    Only what they are sorted by is in memory; they themselves are put on the disk as they come, then by the stretch of the order that they fall in.

    Args:
        folder: Where they lie.
        parts: Mentions in `protocol.light_schema()`, in any number of pieces and any order.

    Attributes:
        rows: How many there are.
        event_ids: Their ids, in order.
        doc_ids: Their documents.
        months: The months that these were published in.
    """

    def __init__(self, folder: pathlib.Path, parts: Iterable[pa.Table]) -> None:
        arrived = Spool(folder, light_schema())
        for rows in in_larger_pieces(parts):
            arrived.append("", rows)
        self.rows = arrived.rows
        keys = arrived.collect(columns=["published", "event_id"])
        order = pc.sort_indices(keys, sort_keys=[("published", "ascending"), ("event_id", "ascending")])
        self.event_ids = keys.column("event_id").take(order)
        self._ranks = np.empty(self.rows, np.int64)
        self._ranks[order.to_numpy()] = np.arange(self.rows)
        documents = arrived.collect(columns=["doc_id", "published_date"])
        self.doc_ids = pc.unique(documents.column("doc_id"))
        self.months = month_names(documents.column("published_date"))
        self._stretches = Spool(folder, light_schema())
        start = 0
        for rows in arrived.read():
            self._stretches.scatter(self._ranks[start : start + rows.num_rows] // _TOGETHER, rows)
            start += rows.num_rows
        arrived.close()

    def read(self) -> Iterator[pa.Table]:
        """The mentions in order, some at a time."""
        stretch_of = self._ranks // _TOGETHER
        for stretch in range(-(-self.rows // _TOGETHER)):
            arrived = self._ranks[stretch_of == stretch]
            yield self._stretches.collect(str(stretch)).take(pa.array(np.argsort(arrived)))

    def close(self) -> None:
        """Deletes what is on the disk."""
        self._stretches.close()


def in_larger_pieces(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows, many at a time: what a run has staged, or a store keeps by month, may come a few at a time."""
    held: list[pa.Table] = []
    count = 0
    for rows in parts:
        held.append(rows)
        count += rows.num_rows
        if count >= _TOGETHER:
            yield pa.concat_tables(held)
            held, count = [], 0
    if held:
        yield pa.concat_tables(held)
