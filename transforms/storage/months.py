"""Rows by the month that a day of theirs falls in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import tables
from transforms.storage.periods import ALL, month_name


def month_names(days: pa.ChunkedArray) -> set[str]:
    """The months that days fall in."""
    return {month_name(day) for day in pc.unique(pc.floor_temporal(days, unit="month")).to_pylist()}


def by_month(table: str, rows: pa.Table) -> dict[str, list[pa.Table]]:
    """Rows of a table, split by month as `Draft.rewrite` takes them; those of a table in one piece under `ALL`."""
    column = tables()[table].month_of
    if column is None:
        return {ALL: [rows]} if rows.num_rows else {}
    return {month: [found] for month, found in split_by_month(rows, column).items()}


def split_by_month(rows: pa.Table, column: str) -> dict[str, pa.Table]:
    """Month -> the rows whose day falls in it, in their order.

    Args:
        rows: Rows of any table.
        column: The column with the day.
    """
    if not rows.num_rows:
        return {}
    starts = pc.floor_temporal(rows.column(column).combine_chunks(), unit="month")
    numbers = pc.fill_null(starts.cast(pa.int32()), np.iinfo(np.int32).min).to_numpy()
    order = np.argsort(numbers, kind="stable")
    ends = [*(np.flatnonzero(np.diff(numbers[order])) + 1).tolist(), rows.num_rows]
    if len(ends) == 1:
        return {month_name(starts[0].as_py()): rows}
    ordered, found, start = rows.take(pa.array(order)), {}, 0
    for end in ends:
        found[month_name(starts[int(order[start])].as_py())] = ordered.slice(start, end - start)
        start = end
    return found
