"""A version of the store in the making: the files of the version before, less what is rewritten, plus what is new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import UNDATED, tables
from transforms.storage.files import Files
from transforms.storage.manifest import Manifest, StoredFile
from transforms.storage.partitions import read_rows, write_month

# A file below this size is merged into the next one that its month gets, so that many small runs do not leave many small files.
_SMALL_BYTES = 4 << 20

Change = Callable[[pa.Table], pa.Table]


def keys(values: Iterable[str]) -> pa.Array:
    """A set of ids as `Draft` takes it."""
    return pa.array(sorted(set(values)), pa.string())


class Draft:
    """Files of the version to be. Files are copied on write and never changed, so readers of older versions are not disturbed.

    Args:
        files: The store.
        run_id: The run that writes.
        base: The version that it starts from.
    """

    def __init__(self, files: Files, run_id: str, base: Manifest) -> None:
        self._files = files
        self._run_id = run_id
        self._entries: dict[str, dict[str, list[StoredFile]]] = {name: {} for name in tables()}
        # Tables of an event type that is not installed here are kept as they are.
        self._foreign = [file for file in base.files if file.table not in self._entries]
        for file in base.files:
            if file.table in self._entries:
                self._entries[file.table].setdefault(file.month, []).append(file)

    def files(self) -> list[StoredFile]:
        """All files of the version as it is now."""
        return self._foreign + [file for months in self._entries.values() for found in months.values() for file in found]

    def rows(self, table: str) -> int:
        """How many rows a table has now."""
        return sum(file.rows for found in self._entries[table].values() for file in found)

    def read(
        self, table: str, columns: list[str] | None = None, *, months: Collection[str] | None = None, where: tuple[str, pa.Array] | None = None
    ) -> Iterator[pa.Table]:
        """Rows of a table, a row group at a time.

        Args:
            table: Its name.
            columns: The columns wanted; None for all.
            months: The months wanted; None for all.
            where: A column of strings, and the values that it must have.
        """
        for _, rows in self.read_by_month(table, columns, months=months, where=where):
            yield rows

    def read_by_month(
        self, table: str, columns: list[str] | None = None, *, months: Collection[str] | None = None, where: tuple[str, pa.Array] | None = None
    ) -> Iterator[tuple[str, pa.Table]]:
        """Like `read`, each piece with its month."""
        for month, found in self._entries[table].items():
            if months is None or month in months:
                for file in found:
                    for rows in read_rows(self._files, tables()[table], file.path, columns, where=where):
                        yield month, rows

    def collect(self, table: str, columns: list[str], *, months: Collection[str] | None = None, where: tuple[str, pa.Array] | None = None) -> pa.Table:
        """What `read` gives, as one table in memory."""
        schema = pa.schema([tables()[table].schema.field(name) for name in columns])
        return pa.concat_tables([schema.empty_table(), *self.read(table, columns, months=months, where=where)])

    def replace_all(self, table: str, rows: pa.Table) -> None:
        """Puts rows in place of a whole table in one piece."""
        self._entries[table] = {"": write_month(self._files, self._run_id, tables()[table], "", [rows])}

    def merge(self, table: str, small: int) -> int:
        """Puts the small files of each month of a table into as few as their size allows.

        Args:
            table: Its name.
            small: Below this size in bytes a file is small.

        Returns:
            How many files were merged.
        """
        merged = 0
        for month, found in self._entries[table].items():
            few = [file for file in found if file.bytes < small]
            if len(few) > 1:
                stream = self._stream(table, few, (), "", None, None, None)
                self._entries[table][month] = [file for file in found if file.bytes >= small] + write_month(
                    self._files, self._run_id, tables()[table], month, stream
                )
                merged += len(few)
        return merged

    def rewrite(
        self,
        table: str,
        added: Mapping[str, Iterable[pa.Table]],
        *,
        key: str = "",
        drop: pa.Array | None = None,
        touch: pa.Array | None = None,
        change: Change | None = None,
        keep: Change | None = None,
        months: Collection[str] | None = None,
    ) -> None:
        """Drops, changes and adds rows of a table; months that none of it concerns keep their files.

        Args:
            table: Its name.
            added: Month -> new rows.
            key: The column that `drop` and `touch` speak of.
            drop: Rows with these keys leave.
            touch: Rows with these keys are passed through `change`.
            change: Makes rows anew, row by row; rows that are not concerned come back as they were. New rows are passed through it too.
            keep: Picks the rows that stay in the files that are written anew, among them all with keys of `touch`; new rows are not passed through it.
            months: Where dropped and touched rows can be; None for anywhere.
        """
        concerned = [each for each in (drop, touch) if each is not None and len(each)]
        entries = self._entries[table]
        for month in sorted({*entries, *added}):
            looked_through = concerned if months is None or month in months else []
            rewritten = [
                file
                for file in entries.get(month, [])
                if (month in added and file.bytes < _SMALL_BYTES) or (looked_through and self._holds(file, key, looked_through))
            ]
            if rewritten or month in added:
                kept = [file for file in entries.get(month, []) if file not in rewritten]
                stream = self._stream(table, rewritten, added.get(month, ()), key, drop, change, keep)
                entries[month] = kept + write_month(self._files, self._run_id, tables()[table], month, stream)

    def _holds(self, file: StoredFile, key: str, wanted: list[pa.Array]) -> bool:
        for rows in read_rows(self._files, tables()[file.table], file.path, [key]):
            if any(pc.any(pc.is_in(rows.column(key), value_set=each)).as_py() for each in wanted):
                return True
        return False

    def _stream(
        self, table: str, rewritten: list[StoredFile], added: Iterable[pa.Table], key: str, drop: pa.Array | None, change: Change | None, keep: Change | None
    ) -> Iterator[pa.Table]:
        for file in rewritten:
            for rows in read_rows(self._files, tables()[table], file.path):
                kept = rows if drop is None or not len(drop) else rows.filter(pc.invert(pc.is_in(rows.column(key), value_set=drop)))
                kept = kept if keep is None else keep(kept)
                yield kept if change is None else change(kept)
        for rows in added:
            yield rows if change is None else change(rows)


def month_names(days: pa.ChunkedArray) -> set[str]:
    """The months that days fall in, as tables name them."""
    return {UNDATED if day is None else f"{day.year:04d}-{day.month:02d}" for day in pc.unique(pc.floor_temporal(days, unit="month")).to_pylist()}


def by_month(table: str, rows: pa.Table) -> dict[str, list[pa.Table]]:
    """Rows of a table, split by month as `Draft.rewrite` takes them."""
    column = tables()[table].month_of
    if column is None:
        return {"": [rows]} if rows.num_rows else {}
    return {month: [found] for month, found in split_by_month(rows, column).items()}


def split_by_month(rows: pa.Table, column: str) -> dict[str, pa.Table]:
    """Month, as tables name it -> the rows whose day falls in it.

    Args:
        rows: Rows of any table.
        column: The column with the day.
    """
    starts = pc.floor_temporal(rows.column(column).combine_chunks(), unit="month")
    return {
        UNDATED if start is None else f"{start.year:04d}-{start.month:02d}": rows.filter(pc.is_null(starts) if start is None else pc.equal(starts, start))
        for start in pc.unique(starts).to_pylist()
    }
