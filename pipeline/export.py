"""Flat files for BI tools: one star schema, no lists or structs, keys that join.

`fact_mention` and `fact_incident` stand in the middle; `bridge_event_actor` has a row for each actor of a mention; `dim_actor`, `dim_place`, `dim_date` and
`dim_document` are what they point to. No key depends on an order of rows, so two exports of equal stores are equal.
"""

# ruff: noqa: S608 - every name and literal that becomes SQL here goes through `quote` or `identifier`, or is ours

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from pipeline.catalog import identifier
from pipeline.database import open_store
from schemas.event_types import event_types

FORMATS = ("parquet", "csv")
_BATCH_ROWS = 100_000
# What spreadsheets take for a formula at the beginning of a cell (OWASP, CSV Injection).
_FORMULA = r"^[=+\-@\t\r]"

_PLACE = "location_name, location_country, latitude, longitude"
_PLACE_ID = """CASE WHEN coalesce(location_name, location_country, CAST(latitude AS VARCHAR)) IS NOT NULL
              THEN md5(concat(location_name, '|', location_country, '|', CAST(latitude AS VARCHAR), '|', CAST(longitude AS VARCHAR))) END"""


def star_schema() -> Mapping[str, str]:
    """The queries of the star schema's tables, by name, over the contract's views."""
    mentions = " UNION ALL BY NAME ".join(f"SELECT * EXCLUDE (locations, actors) FROM {identifier(each.VIEW)}" for each in event_types().values())
    return {
        "fact_mention": f"SELECT * EXCLUDE (location_name, location_country, latitude, longitude), {_PLACE_ID} AS place_id FROM ({mentions})",
        "fact_incident": f"SELECT * EXCLUDE (location_name, location_country, latitude, longitude), {_PLACE_ID} AS place_id FROM incidents",
        "bridge_event_actor": """
            SELECT event_id, position, incident_id, role, actor_id, text, acts_for, sector, office, reason, text_start, text_end FROM store.event_actors""",
        # Everyone that a fact names stands in the dimension, also where the reference tables do not know it.
        "dim_actor": """
            SELECT actor_id, name, kind, acts_for, country, sector, event_count FROM actors
            UNION ALL
            SELECT actor_id, min(name), min(kind), min(acts_for), min(country), min(sector), count(*) FILTER (WHERE first_in_event)
            FROM store.event_actors WHERE actor_id IS NOT NULL AND actor_id NOT IN (SELECT actor_id FROM actors) GROUP BY actor_id""",
        "dim_place": f"""
            SELECT DISTINCT {_PLACE_ID} AS place_id, location_name AS name, location_country AS country, latitude, longitude
            FROM (SELECT {_PLACE} FROM events UNION SELECT {_PLACE} FROM incidents) WHERE {_PLACE_ID} IS NOT NULL""",
        # Every day of publication from the first to the last, without gaps as BI tools want it, and the days of events outside of these.
        "dim_date": """
            SELECT day AS date, year(day) AS year, quarter(day) AS quarter, month(day) AS month, monthname(day) AS month_name, day(day) AS day_of_month,
              isoyear(day) AS iso_year, week(day) AS iso_week, isodow(day) AS iso_weekday, dayname(day) AS weekday_name
            FROM (
              SELECT CAST(unnest(generate_series(min(published_date), max(published_date), INTERVAL 1 DAY)) AS DATE) AS day FROM documents
              UNION SELECT event_date FROM events UNION SELECT event_date_end FROM events
              UNION SELECT event_date FROM incidents UNION SELECT event_date_end FROM incidents
            ) WHERE day IS NOT NULL""",
        "dim_document": "SELECT doc_id, uri, source, title, published, published_date, published_basis, language, duplicate_of, event_count FROM documents",
    }


def export(store: str, to: str, file_format: str = "parquet", *, raw: bool = False) -> dict[str, int]:
    """Writes the star schema of a store, one file a table.

    Args:
        store: The store.
        to: The folder for the files; it is made, and files of the same names in it are replaced.
        file_format: `parquet` or `csv`.
        raw: Write CSV text as it is; otherwise a cell that a spreadsheet would run as a formula gets a leading apostrophe. Parquet is never altered.

    Returns:
        Table -> its number of rows.

    Raises:
        ValueError: There is no such format.
        NotAStoreError, NewerStoreError, StoreDamagedError: As `open_store`.
        OSError: The folder cannot be made or written.
    """
    if file_format not in FORMATS:
        raise ValueError(f"there is no export format {file_format!r}; choose one of {', '.join(FORMATS)}")
    folder = pathlib.Path(to)
    counts = {}
    with open_store(store) as connection:
        folder.mkdir(parents=True, exist_ok=True)
        # Written beside their place and moved when all are whole: an export that fails leaves the one before as it was.
        with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as aside:
            for name, query in star_schema().items():
                counts[name] = _write(connection, query, pathlib.Path(aside, f"{name}.{file_format}"), escape=not raw)
            for file in sorted(pathlib.Path(aside).iterdir()):
                file.replace(folder / file.name)
    return counts


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


def spreadsheet_safe(table: pa.Table) -> pa.Table:
    """The table with an apostrophe before every text cell that a spreadsheet would run as a formula."""
    for position, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            cells = table.column(position)
            escaped = pc.if_else(pc.match_substring_regex(cells, _FORMULA), pc.binary_join_element_wise("'", cells, ""), cells)
            table = table.set_column(position, field, escaped)
    return table
