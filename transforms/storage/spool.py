"""Rows that wait while a version is made, and are found again by a key: in memory while they are few, then on the disk."""

from __future__ import annotations

import pathlib
import secrets
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.tables import tables
from transforms.storage.months import split_by_month
from transforms.storage.partitions import conformed

_TOGETHER = 25_000
"""About so many rows are read at a time."""

_HELD_BYTES = 8 << 20
"""What waits in memory at most."""


class Spool:
    """Rows in one schema. First all are put in, then they are read, as often as one likes.

    Args:
        folder: Where the file lies that they are put into when they become many.
        schema: The columns.
    """

    def __init__(self, folder: pathlib.Path, schema: pa.Schema) -> None:
        self.schema = schema
        self._path = folder / f"{secrets.token_hex(8)}.arrow"
        self._writer: pa.ipc.RecordBatchFileWriter | None = None
        self._arriving: dict[str, list[pa.Table]] = {}
        self._arriving_bytes = 0
        # The pieces of each key, by number, and where each piece ends among all rows. They are the batches of the file, or where there is none in memory.
        self._pieces: dict[str, list[int]] = {}
        self._ends: list[int] = []
        self._in_memory: list[pa.Table] = []

    def append(self, key: str, rows: pa.Table) -> None:
        """Puts rows in that are found by a key."""
        if rows.num_rows:
            self._arriving.setdefault(key, []).append(conformed(rows, self.schema))
            self._arriving_bytes += rows.nbytes
            if self._arriving_bytes > _HELD_BYTES:
                self._write()

    def _write(self) -> None:
        if self._writer is None:
            self._writer = pa.ipc.new_file(str(self._path), self.schema, options=pa.ipc.IpcWriteOptions(compression="lz4"))
        for key, rows in self._arrived():
            for batch in rows.combine_chunks().to_batches():
                self._writer.write_batch(batch)
                self._number(key, batch.num_rows)

    def _arrived(self) -> Iterator[tuple[str, pa.Table]]:
        """Takes out what has come, all of one key together: the fewer pieces, the faster they are read."""
        arriving, self._arriving, self._arriving_bytes = self._arriving, {}, 0
        for key, parts in arriving.items():
            yield key, pa.concat_tables(parts)

    def _number(self, key: str, rows: int) -> None:
        self._pieces.setdefault(key, []).append(len(self._ends))
        self._ends.append((self._ends[-1] if self._ends else 0) + rows)

    def _settle(self) -> None:
        """Nothing comes any more."""
        if self._writer is not None:
            self._write()
            self._writer.close()  # which does nothing where it is closed
        else:
            for key, rows in self._arrived():
                self._in_memory.append(rows)
                self._number(key, rows.num_rows)

    def scatter(self, numbers: NDArray[np.int64], rows: pa.Table) -> None:
        """Puts rows in, each to be found by its number; those of one number stay in their order."""
        order = np.argsort(numbers, kind="stable")
        ordered = rows.take(pa.array(order))
        ends = [*(np.flatnonzero(np.diff(numbers[order])) + 1).tolist(), len(order)]
        start = 0
        for end in ends if len(order) else ():
            self.append(str(numbers[order[start]]), ordered.slice(start, end - start))
            start = end

    @property
    def rows(self) -> int:
        """How many rows were put in."""
        self._settle()
        return self._ends[-1] if self._ends else 0

    @property
    def found_by(self) -> list[str]:
        """The keys that have rows, in the order in which they came first."""
        self._settle()
        return list(self._pieces)

    def read(self, key: str | None = None, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """Rows, those of a key in the order in which they came, a bounded number at a time.

        Args:
            key: Those of one key; None for all.
            columns: The columns wanted; None for all.
        """
        self._settle()
        pieces = range(len(self._ends)) if key is None else self._pieces.get(key, [])
        yield from in_larger_pieces(self._read(pieces, self.schema.names if columns is None else columns))

    def _read(self, pieces: Iterable[int], names: list[str]) -> Iterator[pa.Table]:
        if self._writer is None:
            yield from (self._in_memory[piece].select(names) for piece in pieces)
            return
        wanted = [self.schema.get_field_index(name) for name in names]
        with pa.ipc.open_file(str(self._path), options=pa.ipc.IpcReadOptions(included_fields=wanted)) as reader:
            for piece in pieces:
                yield pa.Table.from_batches([reader.get_batch(piece)]).select(names)

    def positions(self, key: str) -> NDArray[np.int64]:
        """Where the rows of a key are among all that `read` gives."""
        self._settle()
        return np.concatenate(
            [np.empty(0, np.int64), *(np.arange(self._ends[piece - 1] if piece else 0, self._ends[piece]) for piece in self._pieces.get(key, []))]
        )

    def collect(self, key: str | None = None, columns: list[str] | None = None) -> pa.Table:
        """What `read` gives, as one table in memory."""
        schema = self.schema if columns is None else pa.schema([self.schema.field(name) for name in columns])
        return pa.concat_tables([schema.empty_table(), *self.read(key, columns)])

    def close(self) -> None:
        """Deletes the file."""
        if self._writer is not None:
            self._writer.close()
        self._path.unlink(missing_ok=True)


class MonthlySpool(Spool):
    """Rows by the month of a day of theirs (`transforms.storage.periods`).

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
        """Rows of a table of the store, by the month of the day that it is kept by."""
        column = tables()[table].month_of
        if column is None:
            raise ValueError(f"the table {table} is not kept by month")
        return cls(folder, tables()[table].schema, column)

    def put(self, rows: pa.Table) -> None:
        """Puts rows in."""
        for month, found in split_by_month(rows, self._column).items():
            self.append(month, found)

    def by_month(self) -> dict[str, Iterator[pa.Table]]:
        """Month -> its rows, read when they are asked for."""
        return {month: self.read(month) for month in self.found_by}


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
