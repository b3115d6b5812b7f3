"""The star schema that `dateline export` writes: tables, keys and what each column means.

`fact_mention` and `fact_incident` stand in the middle; `bridge_event_actor` has a row for each actor of a mention; `dim_actor`, `dim_place`, `dim_date` and
`dim_document` are what they point to. No key depends on an order of rows, so two exports of equal stores are equal.
"""

# ruff: noqa: S608 - every name and literal that becomes SQL here goes through `quote` or `identifier`, or is ours

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Iterator, Mapping

import duckdb

from pipeline.catalog import identifier
from pipeline.describe import ColumnDescription, described_column, empty_store
from schemas.event_types import event_types

_PLACE = "location_name, location_country, latitude, longitude"
_PLACE_ID = """CASE WHEN coalesce(location_name, location_country, CAST(latitude AS VARCHAR)) IS NOT NULL
              THEN md5(concat(location_name, '|', location_country, '|', CAST(latitude AS VARCHAR), '|', CAST(longitude AS VARCHAR))) END"""
# What BI tools read without help: money as decimals of 18 digits, times in UTC without a zone. A sum that no such decimal holds is null.
_MONEY = ("amount", "amount_max", "amount_usd")
_PLACE_KEY = "the place, in `dim_place`"


@dataclasses.dataclass(frozen=True)
class StarTable:
    """A table of the star schema.

    Attributes:
        name: Its name.
        meaning: What one row is.
        sql: The query, over the contract's views.
        key: The columns that are unique together and never null.
        references: Column -> table and column that hold each of its values.
        inherits: The views whose columns of the same name say what a column means.
        meanings: Meanings of columns that no view has.
        day: The column by whose year and month it can be partitioned; None for a dimension.
    """

    name: str
    meaning: str
    sql: str
    key: tuple[str, ...]
    references: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    inherits: tuple[str, ...] = ()
    meanings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    day: str | None = None


@dataclasses.dataclass(frozen=True)
class DescribedTable:
    """A table of the star schema with the types and meanings of its columns."""

    table: StarTable
    columns: tuple[ColumnDescription, ...]

    @property
    def name(self) -> str:
        """Its name."""
        return self.table.name

    @property
    def meaning(self) -> str:
        """What one row is."""
        return self.table.meaning


def _fact(relation: str, time: str) -> str:
    """A fact with a key in place of its place, money as decimals and its time without a zone."""
    money = ", ".join(f"TRY_CAST({name} AS DECIMAL(18, 2)) AS {name}" for name in _MONEY)
    return f"SELECT * EXCLUDE ({_PLACE}) REPLACE ({money}, {_utc(time)}), {_PLACE_ID} AS place_id FROM {relation}"


def _utc(time: str) -> str:
    return f"CAST({time} AT TIME ZONE 'UTC' AS TIMESTAMP_S) AS {time}"


@functools.cache
def star_schema() -> Mapping[str, StarTable]:
    """The tables of the star schema, by name."""
    types = [record.VIEW for record in event_types().values()]
    mentions = " UNION ALL BY NAME ".join(f"SELECT * EXCLUDE (locations, actors) FROM {identifier(view)}" for view in types)
    days = dict.fromkeys(("event_date", "event_date_end"), ("dim_date", "date"))
    place = {"place_id": ("dim_place", "place_id")}
    found = (
        StarTable(
            "fact_mention",
            "Reports of events of every type, one row a mention.",
            _fact(f"({mentions})", "published"),
            ("event_id",),
            {"incident_id": ("fact_incident", "incident_id"), "doc_id": ("dim_document", "doc_id"), "published_date": ("dim_date", "date"), **days, **place},
            ("events", *types),
            {"place_id": _PLACE_KEY},
            "published_date",
        ),
        StarTable(
            "fact_incident",
            "What happened, one row a real-world event.",
            _fact("incidents", "first_published"),
            ("incident_id",),
            {**days, **place},
            ("incidents",),
            {"place_id": _PLACE_KEY},
            "event_date",
        ),
        StarTable(
            "bridge_event_actor",
            "Who took which part, one row an actor of a mention.",
            """SELECT event_id, position, incident_id, role, actor_id, text, acts_for, sector, office, reason, text_start, text_end, published_date
            FROM store.event_actors""",
            ("event_id", "position"),
            {
                "event_id": ("fact_mention", "event_id"),
                "incident_id": ("fact_incident", "incident_id"),
                "actor_id": ("dim_actor", "actor_id"),
                "published_date": ("dim_date", "date"),
            },
            ("event_actors", "events"),
            {"position": "place in the mention's list of actors, from 0"},
            "published_date",
        ),
        # Everyone that a fact names stands in the dimension, also where the reference tables do not know it.
        StarTable(
            "dim_actor",
            "Actors: those of the reference tables, and all others that a mention names, one row an actor.",
            """SELECT actor_id, name, kind, acts_for, country, sector, event_count FROM actors
            UNION ALL
            SELECT actor_id, min(name), min(kind), min(acts_for), min(country), min(sector), count(*) FILTER (WHERE first_in_event)
            FROM store.event_actors WHERE actor_id IS NOT NULL AND actor_id NOT IN (SELECT actor_id FROM actors) GROUP BY actor_id""",
            ("actor_id",),
            inherits=("actors",),
        ),
        StarTable(
            "dim_place",
            "Main places of mentions and incidents, one row a place.",
            f"""SELECT DISTINCT {_PLACE_ID} AS place_id, location_name AS name, location_country AS country, latitude, longitude
            FROM (SELECT {_PLACE} FROM events UNION SELECT {_PLACE} FROM incidents) WHERE {_PLACE_ID} IS NOT NULL""",
            ("place_id",),
            inherits=("events",),
            meanings={"place_id": "hash of name, country and coordinates", "name": "usual English name", "country": "ISO 3166-1 alpha-3; null for seas"},
        ),
        StarTable(
            "dim_date",
            "Days: every day of publication from the first to the last without gaps, as BI tools want it, and the days of events outside of these.",
            """SELECT day AS date, CAST(year(day) AS INTEGER) AS year, CAST(quarter(day) AS INTEGER) AS quarter, CAST(month(day) AS INTEGER) AS month,
              monthname(day) AS month_name, CAST(day(day) AS INTEGER) AS day_of_month, CAST(isoyear(day) AS INTEGER) AS iso_year,
              CAST(week(day) AS INTEGER) AS iso_week, CAST(isodow(day) AS INTEGER) AS iso_weekday, dayname(day) AS weekday_name
            FROM (
              SELECT CAST(unnest(generate_series(min(published_date), max(published_date), INTERVAL 1 DAY)) AS DATE) AS day FROM documents
              UNION SELECT event_date FROM events UNION SELECT event_date_end FROM events
              UNION SELECT event_date FROM incidents UNION SELECT event_date_end FROM incidents
            ) WHERE day IS NOT NULL""",
            ("date",),
            meanings={
                "date": "the day",
                "year": "calendar year",
                "quarter": "quarter, 1 to 4",
                "month": "month, 1 to 12",
                "month_name": "English name of the month",
                "day_of_month": "day, 1 to 31",
                "iso_year": "year of the ISO week",
                "iso_week": "ISO week, 1 to 53",
                "iso_weekday": "1 for Monday to 7 for Sunday",
                "weekday_name": "English name of the day",
            },
        ),
        StarTable(
            "dim_document",
            "What was read, one row a document; its text stays in the store.",
            f"""SELECT doc_id, uri, source, title, {_utc("published")}, published_date, published_basis, language, duplicate_of, event_count FROM documents""",
            ("doc_id",),
            {"published_date": ("dim_date", "date"), "duplicate_of": ("dim_document", "doc_id")},
            ("documents",),
        ),
    )
    return {each.name: each for each in found}


@functools.cache
def described_tables() -> tuple[DescribedTable, ...]:
    """The tables of the star schema, each column with its type and meaning."""
    with empty_store() as connection:
        return tuple(DescribedTable(table, tuple(_columns(connection, table))) for table in star_schema().values())


def _columns(connection: duckdb.DuckDBPyConnection, table: StarTable) -> Iterator[ColumnDescription]:
    for name, kind, *_ in connection.execute(f"DESCRIBE {table.sql}").fetchall():
        meaning, unit = (table.meanings[name], None) if name in table.meanings else described_column(table.inherits, name)
        keys = " (key)" if name in table.key else ""
        if name in table.references and name not in table.meanings:
            other, column = table.references[name]
            keys += f"; `{other}.{column}`"
        yield ColumnDescription(name, kind, meaning + keys, unit)


def schema_yml(file_format: str, *, partitioned: bool = False) -> str:
    """The star schema as sources of dbt: descriptions, types, and tests of keys and references.

    Args:
        file_format: `parquet` or `csv`: what the tables' files are named by.
        partitioned: Facts are folders with a folder a month.
    """
    lines = [
        "version: 2",
        "",
        "sources:",
        "  - name: dateline",
        "    description: Events from news, as a star schema of flat files (dateline export).",
        "    tables:",
    ]
    for each in described_tables():
        spread = partitioned and each.table.day is not None
        location = f"read_parquet('{each.name}/**/*.parquet', hive_partitioning = true)" if spread else f"{each.name}.{file_format}"
        lines += [f"      - name: {each.name}", f"        description: {json.dumps(each.meaning, ensure_ascii=False)}"]
        lines += ["        meta:", f"          external_location: {json.dumps(location)}"]
        if len(each.table.key) > 1:
            lines += [f"          primary_key: [{', '.join(each.table.key)}]"]
        lines += ["        columns:", *(line for column in each.columns for line in _column_yml(each.table, column))]
    return "\n".join(lines) + "\n"


def _column_yml(table: StarTable, column: ColumnDescription) -> Iterator[str]:
    meaning = column.meaning + (f" [{column.unit}]" if column.unit else "")
    yield f"          - name: {column.name}"
    yield f"            data_type: {column.type}"
    yield f"            description: {json.dumps(meaning, ensure_ascii=False)}"
    tests = ["              - not_null"] if column.name in table.key else []
    tests += ["              - unique"] if table.key == (column.name,) else []
    if column.name in table.references:
        other, key = table.references[column.name]
        tests += ["              - relationships:", "                  arguments:", f"                    to: source('dateline', '{other}')"]
        tests += [f"                    field: {key}"]
    if tests:
        yield from ["            data_tests:", *tests]
