"""Flat files for BI tools: the star schema of `pipeline.export_schema` as Parquet or CSV, with a `schema.yml` that describes it."""

from __future__ import annotations

import pathlib
import re
import shutil
import tempfile

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.dataset
import pyarrow.parquet as pq

from pipeline.database import open_store
from pipeline.export_schema import StarTable, schema_yml, star_schema
from pipeline.spreadsheet import FORMULA_STARTS

FORMATS = ("parquet", "csv")
_BATCH_ROWS = 100_000
_FORMULA = f"^[{re.escape(''.join(FORMULA_STARTS))}]"
_PARTITIONS = pyarrow.dataset.partitioning(pa.schema([("year", pa.int32()), ("month", pa.int32())]), flavor="hive")


def export(store: str, to: str, file_format: str = "parquet", *, raw: bool = False, partitioned: bool = False) -> dict[str, int]:
    """Writes the star schema of a store, one file a table, and `schema.yml`.

    Args:
        store: The store.
        to: The folder for the files; it is made, and files of the same names in it are replaced.
        file_format: `parquet` or `csv`.
        raw: Write CSV text as it is; otherwise a cell that a spreadsheet would run as a formula gets a leading apostrophe. Parquet is never altered.
        partitioned: Write each fact as a folder with a folder a year and month (`year=2025/month=3`, as Hive names them), by day of publication, incidents by
            day of the event.

    Returns:
        Table -> its number of rows.

    Raises:
        ValueError: There is no such format, or it is not partitioned.
        NotAStoreError, NewerStoreError, StoreDamagedError: As `open_store`.
        OSError: The folder cannot be made or written.
    """
    if file_format not in FORMATS:
        raise ValueError(f"there is no export format {file_format!r}; choose one of {', '.join(FORMATS)}")
    if partitioned and file_format != "parquet":
        raise ValueError(f"{file_format} files are not partitioned; parquet files are")
    folder = pathlib.Path(to)
    counts = {}
    with open_store(store) as connection:
        folder.mkdir(parents=True, exist_ok=True)
        # Written beside their place and moved when all are whole: an export that fails leaves the one before as it was.
        with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as aside:
            for name, table in star_schema().items():
                if partitioned and table.day is not None:
                    counts[name] = _write_partitions(connection, table, pathlib.Path(aside, name))
                else:
                    counts[name] = _write(connection, table.sql, pathlib.Path(aside, f"{name}.{file_format}"), escape=not raw)
            pathlib.Path(aside, "schema.yml").write_text(schema_yml(file_format, partitioned=partitioned), "utf-8")
            if file_format == "parquet":
                _remove_other_form(folder, partitioned=partitioned)
            for each in sorted(pathlib.Path(aside).iterdir()):
                each.replace(folder / each.name)
    return counts


def _remove_other_form(folder: pathlib.Path, *, partitioned: bool) -> None:
    """Takes away facts that an earlier export has written as a folder, or as a file where they now become a folder: a tool would read both."""
    for name, table in star_schema().items():
        if table.day is not None:
            shutil.rmtree(folder / name, ignore_errors=True)
            if partitioned:
                (folder / f"{name}.parquet").unlink(missing_ok=True)


def _write(connection: duckdb.DuckDBPyConnection, query: str, file: pathlib.Path, *, escape: bool) -> int:
    rows = 0
    batches = connection.sql(query).to_arrow_reader(_BATCH_ROWS)
    is_csv = file.suffix == ".csv"
    with pyarrow.csv.CSVWriter(file, batches.schema) if is_csv else pq.ParquetWriter(file, batches.schema, compression="zstd") as writer:
        for batch in batches:
            table = pa.Table.from_batches([batch])
            writer.write_table(spreadsheet_safe(table) if is_csv and escape else table)
            rows += table.num_rows
    return rows


def _write_partitions(connection: duckdb.DuckDBPyConnection, table: StarTable, folder: pathlib.Path) -> int:
    query = f"SELECT *, CAST(year({table.day}) AS INTEGER) AS year, CAST(month({table.day}) AS INTEGER) AS month FROM ({table.sql})"  # noqa: S608 - ours
    rows = 0

    def count(written: pyarrow.dataset.WrittenFile) -> None:
        nonlocal rows
        rows += written.metadata.num_rows

    folder.mkdir()
    pyarrow.dataset.write_dataset(
        connection.sql(query).to_arrow_reader(_BATCH_ROWS), folder, format="parquet", partitioning=_PARTITIONS, max_partitions=100_000, file_visitor=count
    )
    return rows


def spreadsheet_safe(table: pa.Table) -> pa.Table:
    """The table with an apostrophe before every text cell that a spreadsheet would run as a formula."""
    for position, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            cells = table.column(position)
            escaped = pc.if_else(pc.match_substring_regex(cells, _FORMULA), pc.binary_join_element_wise("'", cells, ""), cells)
            table = table.set_column(position, field, escaped)
    return table
