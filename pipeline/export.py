"""Flat files for BI tools: the star schema of `pipeline.export_schema` as Parquet or CSV, with a `schema.yml` that describes it."""

from __future__ import annotations

import dataclasses
import pathlib
import re
from collections.abc import Collection, Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.dataset
import pyarrow.parquet as pq

from pipeline.database import open_store
from pipeline.export_folder import replaced_export, written_before
from pipeline.export_schema import StarTable, schema_yml, star_schema
from pipeline.spreadsheet import FORMULA_STARTS

FORMATS = ("parquet", "csv")
_BATCH_ROWS = 100_000
_FORMULA = f"^[{re.escape(''.join(FORMULA_STARTS))}]"
_PARTITIONS = pyarrow.dataset.partitioning(pa.schema([("year", pa.int32()), ("month", pa.int32())]), flavor="hive")


@dataclasses.dataclass(frozen=True)
class Exported:
    """What an export has written.

    Attributes:
        rows: Table -> its number of rows.
        removed: Files of the export before that this one does not have, as paths within the folder.
    """

    rows: Mapping[str, int]
    removed: tuple[str, ...]


def export(store: str, to: str, formats: Collection[str] = ("parquet",), *, raw: bool = False, partitioned: bool = False) -> Exported:
    """Writes the star schema of a store, one file a table and format, and `schema.yml`.

    Args:
        store: The store.
        to: The folder for the files; it is made where there is none. Files of an earlier export in it are replaced or deleted, and no others.
        formats: `parquet`, `csv` or both. Where both are written, `schema.yml` names the files of Parquet.
        raw: Write CSV text as it is; otherwise a cell that a spreadsheet would run as a formula gets a leading apostrophe. Parquet is never altered.
        partitioned: Write each fact as a folder with a folder a year and month (`year=2025/month=3`, as Hive names them), by day of publication, incidents by
            day of the event.

    Raises:
        ValueError: There is no such format, or it is not partitioned.
        UsageError: Files that no export wrote are in the way.
        NotAStoreError, NewerStoreError, StoreDamagedError: As `open_store`.
        OSError: The folder cannot be made or written.
    """
    for each in formats:
        if each not in FORMATS:
            raise ValueError(f"there is no export format {each!r}; choose of {', '.join(FORMATS)}")
    if partitioned and set(formats) != {"parquet"}:
        raise ValueError(f"{' and '.join(formats)} files are not partitioned; parquet files are")
    rows: dict[str, int] = {}
    folder = pathlib.Path(to)
    with open_store(store) as connection:
        before = written_before(folder)
        with replaced_export(folder) as aside:
            for name, table in star_schema().items():
                if partitioned and table.day is not None:
                    rows[name] = _write_partitions(connection, table, aside / name)
                    continue
                for each in formats:
                    rows[name] = _write(connection, table.sql, aside / f"{name}.{each}", escape=not raw)
            described = "parquet" if "parquet" in formats else "csv"
            (aside / "schema.yml").write_text(schema_yml(described, partitioned=partitioned), "utf-8")
    return Exported(rows, tuple(sorted(before - written_before(folder))))


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
