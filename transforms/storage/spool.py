"""Rows that wait on the disk while a version is made, in pieces that are found again by a key."""

from __future__ import annotations

import pathlib
import secrets
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.tables import tables
from transforms.storage.draft import split_by_month
from transforms.storage.partitions import conformed

_TOGETHER = 25_000
"""About so many rows are read at a time."""


class Spool:
    """Rows in one schema, in an Arrow file. First all are put in, then they are read, as often as one likes.

    Args:
        folder: Where the file lies.
        schema: The columns.
    """

    def __init__(self, folder: pathlib.Path, schema: pa.Schema) -> None:
        self.schema = schema
        self._path = folder / f"{secrets.token_hex(8)}.arrow"
        self._writer = pa.ipc.new_file(str(self._path), schema, options=pa.ipc.IpcWriteOptions(compression="lz4"))
        self._pieces: dict[str, list[int]] = {}
        self._ends: list[int] = []

    def append(self, key: str, rows: pa.Table) -> None:
        """Puts rows in that are found by a key."""
        for batch in conformed(rows, self.schema).combine_chunks().to_batches():
            self._writer.write_batch(batch)
            self._pieces.setdefault(key, []).append(len(self._ends))
            self._ends.append(self.rows + batch.num_rows)

    def scatter(self, numbers: NDArray[np.int64], rows: pa.Table) -> None:
        """Puts rows in, each to be found by its number; those of one number stay in their order."""
        order = np.argsort(numbers, kind="stable")
        ends = [*(np.flatnonzero(np.diff(numbers[order])) + 1).tolist(), len(order)]
        start = 0
        for end in ends if len(order) else ():
            self.append(str(numbers[order[start]]), rows.take(pa.array(order[start:end])))
            start = end

    @property
    def rows(self) -> int:
        """How many rows were put in."""
        return self._ends[-1] if self._ends else 0

    @property
    def found_by(self) -> list[str]:
        """The keys that have rows, in the order in which they came first."""
        return list(self._pieces)

    def read(self, key: str | None = None, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """Rows in the order in which they came, a bounded number at a time.

        Args:
            key: Those of one key; None for all.
            columns: The columns wanted; None for all.
        """
        self._writer.close()  # which does nothing where it is closed
        wanted = None if columns is None else [self.schema.get_field_index(name) for name in columns]
        held: list[pa.Table] = []
        with pa.ipc.open_file(str(self._path), options=pa.ipc.IpcReadOptions(included_fields=wanted)) as reader:
            for piece in range(len(self._ends)) if key is None else self._pieces.get(key, []):
                found = pa.Table.from_batches([reader.get_batch(piece)])
                held.append(found if columns is None else found.select(columns))
                if sum(rows.num_rows for rows in held) >= _TOGETHER:
                    yield pa.concat_tables(held)
                    held = []
        if held:
            yield pa.concat_tables(held)

    def positions(self, key: str) -> NDArray[np.int64]:
        """Where the rows of a key are among all, in the order in which they came."""
        return np.concatenate(
            [np.empty(0, np.int64), *(np.arange(self._ends[piece - 1] if piece else 0, self._ends[piece]) for piece in self._pieces.get(key, []))]
        )

    def collect(self, key: str | None = None, columns: list[str] | None = None) -> pa.Table:
        """What `read` gives, as one table in memory."""
        schema = self.schema if columns is None else pa.schema([self.schema.field(name) for name in columns])
        return pa.concat_tables([schema.empty_table(), *self.read(key, columns)])

    def close(self) -> None:
        """Deletes the file."""
        self._writer.close()
        self._path.unlink(missing_ok=True)


class MonthlySpool(Spool):
    """Rows by the month of a day of theirs, named as tables name it.

    Args:
        folder: Where the file lies.
        schema: The columns.
        column: The one with the day.
    """

    def __init__(self, folder: pathlib.Path, schema: pa.Schema, column: str) -> None:
        super().__init__(folder, schema)
        self._column = column

    @classmethod
    def of(cls, folder: pathlib.Path, table: str) -> MonthlySpool:
        """Rows of a table of the store, by the month in which it keeps them."""
        column = tables()[table].month_of
        if column is None:
            raise ValueError(f"the table {table} is not kept by month")
        return cls(folder, tables()[table].schema, column)

    def put(self, rows: pa.Table) -> None:
        """Puts rows in."""
        for month, found in split_by_month(rows, self._column).items():
            self.append(month, found)
