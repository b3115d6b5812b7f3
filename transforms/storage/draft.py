"""A version of the store in the making: the files of the version before, less what is rewritten, plus what is new."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import tables
from transforms.storage.files import Files
from transforms.storage.manifest import Manifest, StoredFile
from transforms.storage.months import by_month
from transforms.storage.partitions import Change, read_rows, write_files, write_period
from transforms.storage.periods import ALL, all_with, by_period, in_one_piece, longer

# A file below this size is always merged with what comes into its period, and one above the other size never.
_TINY_BYTES = 256 << 10
_SMALL_BYTES = 4 << 20
# Between them it is, where it has at most so many times the rows that it is merged with: a row is written a few times and not with every run, and a period has
# few files (size-tiered compaction, O'Neil et al. 1996).
_TIMES = 4
# Files of several periods that have less than this together are merged into one: about what `write_period` leaves together.
_FEW_BYTES = 2 << 20


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
            months: The months wanted, which come with all that is in the same files; None for all.
            where: A column of strings, and the values that it must have.
        """
        wanted = None if months is None else all_with(months)
        for period, found in self._entries[table].items():
            if wanted is None or period in wanted:
                for file in found:
                    yield from read_rows(self._files, tables()[table], file.path, columns, where=where)

    def collect(self, table: str, columns: list[str], *, months: Collection[str] | None = None, where: tuple[str, pa.Array] | None = None) -> pa.Table:
        """What `read` gives, as one table in memory."""
        schema = pa.schema([tables()[table].schema.field(name) for name in columns])
        return pa.concat_tables([schema.empty_table(), *self.read(table, columns, months=months, where=where)])

    def periods(self, table: str, months: Iterable[str]) -> dict[str, set[str]]:
        """The periods that a table keeps some months by, or would: period -> such of the months as fall in it."""
        return by_period(months, self._entries[table])

    def replace_all(self, table: str, rows: pa.Table) -> None:
        """Puts rows in place of a whole table in one piece."""
        self._entries[table] = {}
        self._replace(table, ALL, [], {ALL: [rows]})

    def merge(self, table: str, small: int) -> int:
        """Puts the small files of a table into as few as their size allows: those of each period, and those of short periods with few rows.

        Args:
            table: Its name.
            small: Below this size in bytes a file is small.

        Returns:
            How many files were merged.
        """
        merged = 0
        for period in self._sufficient(table):
            few = [file for file in self._within(table, period) if file.bytes < small]
            if len(few) > 1:
                self._replace(table, period, few, {})
                # Rows that are little on the disk and much in memory may be parted just as they were.
                now = {file.checksum for file in self._within(table, period)}
                merged += sum(file.checksum not in now for file in few)
        return merged

    def _within(self, table: str, period: str) -> list[StoredFile]:
        return [file for each, found in self._entries[table].items() if each.startswith(period) for file in found]

    def _sufficient(self, table: str) -> list[str]:
        """The longest periods that a table can be kept by."""
        found: list[str] = []
        entries = self._entries[table]
        for period in sorted(all_with(entries), key=lambda each: (len(longer(each)), each)):
            suffices = period in entries or sum(file.bytes for file in self._within(table, period)) < _FEW_BYTES
            if suffices and not set(found).intersection(longer(period)):
                found.append(period)
        return found

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
        """Drops, changes and adds rows of a table; periods that none of it concerns keep their files.

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
        arriving = self.periods(table, added)
        wanted = None if months is None else all_with(months)
        for period in sorted({*entries, *arriving}):
            looked_through = concerned if wanted is None or period in wanted else []
            fresh = _Arriving({month: added[month] for month in arriving.get(period, ())})
            # What may have to be parted has no limit.
            merged = fresh.merged(entries.get(period, []), _SMALL_BYTES if in_one_piece(tables()[table], period) else math.inf)
            rewritten = [file for file in entries.get(period, []) if file in merged or (looked_through and self._holds(file, key, looked_through))]
            if rewritten or period in arriving:
                self._replace(table, period, rewritten, fresh.parts, key=key, drop=drop, change=change, keep=keep)

    def _holds(self, file: StoredFile, key: str, wanted: list[pa.Array]) -> bool:
        for rows in read_rows(self._files, tables()[file.table], file.path, [key]):
            if any(pc.any(pc.is_in(rows.column(key), value_set=each)).as_py() for each in wanted):
                return True
        return False

    def _replace(
        self,
        table: str,
        period: str,
        rewritten: list[StoredFile],
        added: Mapping[str, Iterable[pa.Table]],
        *,
        key: str = "",
        drop: pa.Array | None = None,
        change: Change | None = None,
        keep: Change | None = None,
    ) -> None:
        """Writes files of a period anew, with what stays of them and what is added (month -> rows)."""
        stored = self._staying(table, rewritten, key, drop, keep)
        if in_one_piece(tables()[table], period) or set(self._entries[table].get(period, ())).difference(rewritten):
            # Rows of a period with a file that stays are not parted either.
            written = write_files(self._files, self._run_id, tables()[table], period, itertools.chain(stored, *added.values()), change)
        else:
            staying: dict[str, list[pa.Table]] = {}
            for rows in stored:
                for month, found in by_month(table, rows).items():
                    staying.setdefault(month, []).extend(found)
            parts = {month: itertools.chain(staying.get(month, ()), added.get(month, ())) for month in {*staying, *added}}
            written = write_period(self._files, self._run_id, tables()[table], period, parts, change)
        entries = self._entries[table]
        for file in rewritten:
            entries[file.month].remove(file)
            if not entries[file.month]:
                del entries[file.month]
        for file in written:
            entries.setdefault(file.month, []).append(file)

    def _staying(self, table: str, stored: list[StoredFile], key: str, drop: pa.Array | None, keep: Change | None) -> Iterator[pa.Table]:
        for file in stored:
            for rows in read_rows(self._files, tables()[table], file.path):
                kept = rows if drop is None or not len(drop) else rows.filter(pc.invert(pc.is_in(rows.column(key), value_set=drop)))
                yield kept if keep is None else keep(kept)


class _Arriving:
    """New rows of a period.

    Args:
        parts: Month -> its rows, each to be read once.
    """

    def __init__(self, parts: Mapping[str, Iterable[pa.Table]]) -> None:
        self._streams = {month: iter(rows) for month, rows in parts.items()}
        self._held: dict[str, list[pa.Table]] = {month: [] for month in parts}
        self._waiting = ((month, rows) for month, stream in self._streams.items() for rows in stream)
        self._rows = 0

    @property
    def parts(self) -> dict[str, Iterable[pa.Table]]:
        """Month -> its rows, each to be read once."""
        return {month: itertools.chain(self._held[month], stream) for month, stream in self._streams.items()}

    def merged(self, files: Collection[StoredFile], limit: float) -> set[StoredFile]:
        """Which files of the period are to be written anew with these rows.

        Args:
            files: All of the period.
            limit: A file of so many bytes is not.
        """
        self._hold(1)
        found: set[StoredFile] = set()
        together = 0
        for file in sorted(files, key=lambda each: (each.rows, each.path)) if self._rows else ():
            if file.bytes >= limit:
                continue
            self._hold(-(-file.rows // _TIMES) - together)
            if file.bytes < _TINY_BYTES or file.rows <= _TIMES * (together + self._rows):
                found.add(file)
                together += file.rows
        return found

    def _hold(self, rows: int) -> None:
        """Reads so many rows, as far as there are so many."""
        while self._rows < rows:
            month, found = next(self._waiting, ("", None))
            if found is None:
                return
            self._held[month].append(found)
            self._rows += found.num_rows
