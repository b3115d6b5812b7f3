"""Results of SQL in the formats that people and programs read."""

from __future__ import annotations

import contextlib
import csv
import datetime
import decimal
import functools
import io
import itertools
import json
import math
import pathlib
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any

import duckdb

from pipeline.errors import UsageError
from pipeline.spreadsheet import plain_cell
from pipeline.terminal import bold, shows_colours
from pipeline.text_table import escaped, text_table, width

FORMATS = ("table", "line", "csv", "json", "parquet", "arrow")
_BINARY = ("parquet", "arrow")
_BATCH = 10_000
_SHOWN_ROWS = 10_000
_NARROWEST = 24
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL")
_PLAN = ["explain_key", "explain_value"]


def write_result(connection: duckdb.DuckDBPyConnection, query: str, form: str, to: str | None, *, raw: bool = False) -> int:
    """Runs a query and writes its result.

    Args:
        connection: A connection to a store.
        query: A query that `pipeline.database.checked` allows.
        form: One of `FORMATS`: `table` is aligned text with control characters escaped, `line` the same with a column a line, `json` an array of objects,
            `arrow` a file of Arrow's IPC format.
        raw: Text columns of CSV as they are, also where a spreadsheet would run them as a formula.
        to: A file, which is written aside and moved into place; None for standard output.

    Returns:
        The number of rows.

    Raises:
        UsageError: A binary format is to go to a terminal, or the file's folder is missing.
        OSError: The file cannot be written.
    """
    writer = functools.partial(_write_csv, raw=raw) if form == "csv" else _WRITERS[form]
    if to is None:
        if form in _BINARY and sys.stdout.isatty():
            raise UsageError(f"--format {form} is for files and pipes: give --to FILE")
        return writer(connection, query, sys.stdout.buffer)
    with whole_file(to) as out:
        return writer(connection, query, out)


@contextlib.contextmanager
def whole_file(path: str) -> Iterator[IO[bytes]]:
    """A file to write that takes its name when the block has ended without an error; until then what stood there stays.

    Raises:
        UsageError: The folder that it is to stand in is missing, or it is a folder itself.
        OSError: It cannot be written.
    """
    target = pathlib.Path(path)
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {str(target.parent)!r} to write {target.name} into; make it first")
    if target.is_dir():
        raise UsageError(f"{path!r} is a folder; the name of a file would be right")
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with aside.open("wb") as out:
            yield out
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _columns(result: duckdb.DuckDBPyConnection) -> list[str]:
    return [str(column[0]) for column in result.description or ()]


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(_BATCH):
        yield from rows


def _write_table(connection: duckdb.DuckDBPyConnection, query: str, out: IO[bytes]) -> int:
    result = connection.execute(query)
    names = _columns(result)
    numbers = [str(column[1]).startswith(_NUMBERS) and not str(column[1]).endswith("]") for column in result.description or ()]
    rows = list(itertools.islice(_rows(result), _SHOWN_ROWS + 1))
    if names == _PLAN:
        # A query plan is a drawing in lines.
        lines: Iterator[str] = (escaped(line) for row in rows for line in str(row[1]).splitlines())
    else:
        cells = [[cell_text(value) for value in row] for row in rows[:_SHOWN_ROWS]]
        lines = text_table(names, cells, right=numbers, limit=_cell_limit(len(names), out))
        if out is sys.stdout.buffer and shows_colours(sys.stdout):
            lines = itertools.chain([bold(next(lines))], lines)
    for line in lines:
        out.write(line.encode("utf-8", "backslashreplace") + b"\n")
    out.write(_counted(len(rows), min(len(rows), _SHOWN_ROWS)))
    out.flush()
    return len(rows)


def _write_lines(connection: duckdb.DuckDBPyConnection, query: str, out: IO[bytes]) -> int:
    result = connection.execute(query)
    names, count = [escaped(name) for name in _columns(result)], 0
    widest = max(map(width, names), default=0)
    for row in _rows(result):
        pairs = zip(names, row, strict=True)
        block = "\n".join(f"{' ' * (widest - width(name))}{name}  {escaped(cell_text(value))}".rstrip() for name, value in pairs)
        out.write(f"{block}\n\n".encode("utf-8", "backslashreplace"))
        count += 1
    out.write(_counted(count, count))
    out.flush()
    return count


def _counted(rows: int, shown: int) -> bytes:
    said = f"{shown:,} row{'' if rows == 1 else 's'}"
    return (f"({said} shown, there are more: --format csv gives all)\n" if rows > shown else f"({said})\n").encode()


def _cell_limit(columns: int, out: IO[bytes]) -> int | None:
    """On a terminal long cells are cut so that rows stay readable; a pipe gets all."""
    if out is not sys.stdout.buffer or not sys.stdout.isatty():
        return None
    return max(_NARROWEST, (shutil.get_terminal_size().columns - 2 * columns) // max(columns, 1))


def cell_text(value: Any) -> str:
    """A value as a cell of a table of text: null is empty, lists and records are JSON, a float without needless digits."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, list | dict | tuple):
        return json.dumps(_plain(value), ensure_ascii=False)
    return str(value)


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _write_json(connection: duckdb.DuckDBPyConnection, query: str, out: IO[bytes]) -> int:
    result = connection.execute(query)
    count, names = 0, _columns(result)
    out.write(b"[")
    for row in _rows(result):
        out.write((",\n " if count else "\n ").encode() + json.dumps(_plain(dict(zip(names, row, strict=True))), ensure_ascii=False).encode())
        count += 1
    out.write(b"\n]\n" if count else b"]\n")
    out.flush()
    return count


def _write_csv(connection: duckdb.DuckDBPyConnection, query: str, out: IO[bytes], *, raw: bool = False) -> int:
    result = connection.execute(query)
    text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_columns(result) if raw else [plain_cell(name) for name in _columns(result)])
    count = 0
    for row in _rows(result):
        writer.writerow([plain_cell(value) if isinstance(value, str) and not raw else cell_text(value) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count


def _write_parquet(connection: duckdb.DuckDBPyConnection, query: str, out: IO[bytes]) -> int:
    import pyarrow.parquet as pq  # the other formats need not wait for it

    reader, count = connection.sql(query).to_arrow_reader(_BATCH), 0
    with pq.ParquetWriter(out, reader.schema, compression="zstd", use_compliant_nested_type=True) as writer:
        for batch in reader:
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def _write_arrow(connection: duckdb.DuckDBPyConnection, query: str, out: IO[bytes]) -> int:
    import pyarrow as pa

    reader, count = connection.sql(query).to_arrow_reader(_BATCH), 0
    with pa.ipc.new_file(out, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
            count += batch.num_rows
    return count


_WRITERS: dict[str, Callable[[duckdb.DuckDBPyConnection, str, IO[bytes]], int]] = {
    "table": _write_table,
    "line": _write_lines,
    "csv": _write_csv,
    "json": _write_json,
    "parquet": _write_parquet,
    "arrow": _write_arrow,
}
