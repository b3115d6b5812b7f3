"""Writing the files of a period of one table: rows come in as a stream of Arrow tables and leave as few sorted files of bounded size."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.tables import Table
from transforms.storage.files import Files
from transforms.storage.manifest import STAGING, StoredFile, schema_path
from transforms.storage.periods import in_one_piece, is_month, part_of

_HASH = "blake2b:"
# Rows are sorted and written in chunks of this size in memory, whatever the length of the stream.
_CHUNK_BYTES = 48 << 20
_FILE_BYTES = 128 << 20
# Rows of several months stay in one file up to this size in memory. It is written anew whenever a run adds to it, which must not take long.
_TOGETHER_BYTES = 8 << 20
# Small row groups, because rows are sorted by day: a filter on one month then skips most of a file that has a few outlying days.
_ROW_GROUP = 16_384

Change = Callable[[pa.Table], pa.Table]


class _Hashing:
    """A file that is hashed while it is written."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._digest = hashlib.blake2b(digest_size=16)
        self.size = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        self._digest.update(view)
        self.size += view.nbytes
        self._out.write(view)
        return view.nbytes

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        """The owner of the file closes it."""

    def digest(self) -> str:
        return self._digest.hexdigest()


def write_period(
    files: Files, run_id: str, table: Table, period: str, parts: Mapping[str, Iterable[pa.Table]], change: Change | None = None
) -> list[StoredFile]:
    """Writes rows into a period of a table, as new files that no version names yet: into one file, or parted by shorter periods where they are many.

    Args:
        files: The store.
        run_id: The run; files are written in its staging folder, and stay there until they are settled.
        table: The table.
        period: The period (`transforms.storage.periods`).
        parts: Month -> its rows, in any number of pieces and any order; what is a month already, or a table in one piece, has them under its own name.
        change: Makes rows anew, row by row; the days that their months hang on stay. Small pieces are passed through it together.

    Returns:
        An entry for each file written; none where there are no rows.

    Raises:
        pyarrow.ArrowInvalid: Rows do not fit the table's schema.
        OSError: The disk is full or cannot be written.
    """
    if in_one_piece(table, period):
        return write_files(files, run_id, table, period, itertools.chain.from_iterable(parts.values()), change)
    streams = {month: iter(parts[month]) for month in sorted(parts)}
    held: dict[str, list[pa.Table]] = {month: [] for month in streams}
    size = 0
    for month, stream in streams.items():
        for rows in stream:
            held[month].append(rows)
            size += rows.nbytes
            if size > _TOGETHER_BYTES:
                break
        if size > _TOGETHER_BYTES:
            break
    else:
        return write_files(files, run_id, table, period, itertools.chain.from_iterable(held.values()), change)
    shorter: dict[str, dict[str, Iterable[pa.Table]]] = {}
    for month, stream in streams.items():
        shorter.setdefault(part_of(period, month), {})[month] = itertools.chain(held.pop(month), stream)
    return [file for each, within in shorter.items() for file in write_period(files, run_id, table, each, within, change)]


def write_files(files: Files, run_id: str, table: Table, period: str, parts: Iterable[pa.Table], change: Change | None = None) -> list[StoredFile]:
    """Like `write_period`, of rows that are not parted by shorter periods however many they are."""
    written: list[StoredFile] = []
    chunks = _chunks(table, parts, change)
    chunk = next(chunks, None)
    while chunk is not None:
        staged = f"{STAGING}/{run_id}/publish/{secrets.token_hex(8)}.parquet"
        rows = 0
        with files.create(staged) as out:
            hashing = _Hashing(out)
            with parquet_writer(hashing, table.schema) as writer:
                while chunk is not None and hashing.size < _FILE_BYTES:
                    writer.write_table(chunk, row_group_size=_ROW_GROUP)
                    rows += chunk.num_rows
                    chunk = next(chunks, None)
        written.append(StoredFile(table.name, staged, period, rows, hashing.size, f"{_HASH}{hashing.digest()}", table.schema_digest))
    return written


def settle(files: Files, file: StoredFile) -> StoredFile:
    """Moves a file that `write_period` has written to where versions name it; one that stands there stays.

    Args:
        files: The store.
        file: A file of a version to be.

    Returns:
        The file where it stands now, named by its content.
    """
    if not file.path.startswith(f"{STAGING}/"):
        return file
    path = f"tables/{file.table}/{_folder(file.month)}part-{file.checksum.removeprefix(_HASH)}.parquet"
    files.move(file.path, path)
    return dataclasses.replace(file, path=path)


def _folder(period: str) -> str:
    if not period:
        return ""
    return f"month={period}/" if is_month(period) else f"year={period}/"


def write_schema(files: Files, run_id: str, table: Table) -> None:
    """Writes the file without rows that shows a table's columns of today, unless it is there."""
    if files.exists(schema_path(table)):
        return
    staged = f"{STAGING}/{run_id}/publish/{secrets.token_hex(8)}.parquet"
    with files.create(staged) as out:
        pq.write_table(table.schema.empty_table(), out, compression="zstd", use_compliant_nested_type=True)
    files.move(staged, schema_path(table))


def parquet_writer(out: object, schema: pa.Schema) -> pq.ParquetWriter:
    """A Parquet writer as all files of the store are written: zstd, lists by the specification's name."""
    return pq.ParquetWriter(out, schema, compression="zstd", use_compliant_nested_type=True)


def _chunks(table: Table, parts: Iterable[pa.Table], change: Change | None) -> Iterator[pa.Table]:
    held: list[pa.Table] = []
    size = 0
    for part in parts:
        if part.num_rows == 0:
            continue
        held.append(part if part.schema.equals(table.schema) else part.select(table.schema.names).cast(table.schema))
        size += part.nbytes
        if size >= _CHUNK_BYTES:
            yield _together(table, held, change)
            held, size = [], 0
    if held:
        yield _together(table, held, change)


def _together(table: Table, parts: Sequence[pa.Table], change: Change | None) -> pa.Table:
    rows = pa.concat_tables(parts)
    if change is not None:
        rows = change(rows)
    if not table.order:
        return rows
    return rows.sort_by([(name, "ascending") for name in table.order])


def read_rows(files: Files, table: Table, path: str, columns: list[str] | None = None, *, where: tuple[str, pa.Array] | None = None) -> Iterator[pa.Table]:
    """The rows of a file of the store, a row group at a time, in today's columns: those that the file lacks are null.

    Args:
        files: The store.
        table: The file's table.
        path: The file.
        columns: The columns wanted; None for all of today's.
        where: A column of strings, and the values that it must have; row groups without any are not read further.
    """
    wanted = table.schema if columns is None else pa.schema([table.schema.field(name) for name in columns])
    with files.open(path) as source:
        parquet = pq.ParquetFile(source)
        present = set(parquet.schema_arrow.names)
        named = [name for name in wanted.names if name in present]
        for group in range(parquet.num_row_groups):
            mask = None
            if where is not None:
                mask = pc.is_in(parquet.read_row_group(group, columns=[where[0]]).column(0), value_set=where[1])
                if not pc.any(mask).as_py():
                    continue
            rows = conformed(parquet.read_row_group(group, columns=named), wanted)
            yield rows if mask is None else rows.filter(mask)


def conformed(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Rows in exactly these columns; those that they lack are null, and false or empty where null is not allowed."""
    if rows.schema.equals(schema):
        return rows
    columns = []
    for field in schema:
        if field.name in rows.column_names:
            columns.append(rows.column(field.name).cast(field.type))
        else:
            columns.append(pa.nulls(rows.num_rows, field.type) if field.nullable else _blank(rows.num_rows, field.type))
    return pa.table(columns, schema=schema)


def _blank(length: int, kind: pa.DataType) -> pa.Array:
    blank: object = [] if pa.types.is_list(kind) else False if pa.types.is_boolean(kind) else "" if pa.types.is_string(kind) else 0
    return pa.array([blank] * length, kind)
