"""A store of millions of mentions, made of rows that are drawn by hashing and published as a run publishes: by the same tables, files and manifest.

Incidents are not found but given: each has a type, a day, parties and a town, and is told by one to a few hundred mentions in the days after, most by one
or two. What follows from them (members, counts, actors of incidents) is derived by the store's own code.
"""

from __future__ import annotations

import collections
import datetime
import functools
import pathlib
from collections.abc import Collection, Iterator

import duckdb
import pyarrow as pa

from pipeline.catalog import refresh_catalog
from pipeline.reference_actors import reference_actors
from schemas.event_types import event_types, own_columns
from schemas.ledger import Run
from schemas.tables import Table
from schemas.tables import tables as store_tables
from transforms.incidents.clusterer import fingerprint
from transforms.incidents.protocol import COUNTED, LINKED, MEMBERS, light_schema
from transforms.storage.draft import Draft
from transforms.storage.files import open_files
from transforms.storage.incident_rows import derive
from transforms.storage.ledger import put_run
from transforms.storage.manifest import current_or_empty
from transforms.storage.months import by_month
from transforms.storage.partitions import conformed
from transforms.storage.publish import publish_draft

_FIRST_MONTH = datetime.date(2015, 1, 1)
MONTHS = 120
ALL = ("documents", "events", "event_actors", "incidents")
_MENTIONS_A_DOCUMENT = 3
_MENTIONS_AN_INCIDENT = 3.2

# Days long before publication fall into many files, each of which is written anew with every piece that has some: several pieces are written together.
_PIECES_TOGETHER = 9


@functools.cache
def _statements() -> dict[str, str]:
    found = pathlib.Path(__file__).with_suffix(".sql").read_text("utf-8").split("-- name: ")[1:]
    return {name: sql for name, _, sql in (each.partition("\n") for each in found)}


def _sql(name: str) -> str:
    return _statements()[name]


def build(folder: pathlib.Path, mentions: int, months: int = MONTHS) -> str:
    """Publishes a store with about so many mentions, in so many months from January 2015.

    Returns:
        The path of the store.
    """
    files = open_files(str(folder))
    base = current_or_empty(files)
    draft = Draft(files, "synthetic", base)
    counts: collections.Counter[str] = collections.Counter()
    held: dict[str, list[pa.Table]] = {}

    def write() -> None:
        for name, parts in held.items():
            draft.rewrite(name, by_month(name, pa.concat_tables(parts)))
        held.clear()

    for table, rows in rows_by_month(mentions, months):
        if len(held.get(table.name, ())) == _PIECES_TOGETHER:
            write()
        held.setdefault(table.name, []).append(conformed(rows, table.schema))
        counts[table.name] += rows.num_rows
    write()
    draft.replace_all("actors", reference_actors())
    now = datetime.datetime.now(datetime.UTC)
    read = counts["documents"]
    run = Run(
        run_id="synthetic", started=now, finished=now, runner="none", read=read, added=read, replaced=0, unchanged=0, skipped=0, failed=0,
        event_count=sum(counts[name] for name in event_types()), version="0.1.0", model="en_core_web_sm 3.8.0", inputs=()
    )  # fmt: skip
    put_run(draft, run)
    publish_draft(files, draft, base, "synthetic", fingerprint(), now)
    refresh_catalog(str(folder))
    return str(folder)


def rows_by_month(mentions: int, months: int = MONTHS, tables: Collection[str] = ALL) -> Iterator[tuple[Table, pa.Table]]:
    """Rows of the store's tables, month after month.

    Args:
        mentions: About how many in all.
        months: In so many months from January 2015.
        tables: What is wanted: `documents`, `events`, `event_actors`, `incidents` (with members and actors).
    """
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("reference", reference_actors())
        connection.execute(_sql("macros"))
        for number in range(months):
            start = _FIRST_MONTH.replace(year=_FIRST_MONTH.year + number // 12, month=1 + number % 12)
            for name, rows in _month(connection, start, mentions // months, tables):
                yield store_tables()[name], rows


def _month(connection: duckdb.DuckDBPyConnection, start: datetime.date, mentions: int, tables: Collection[str]) -> Iterator[tuple[str, pa.Table]]:
    days = ((start + datetime.timedelta(days=31)).replace(day=1) - start).days
    ((actors,),) = connection.sql("SELECT count(*) FROM pool").fetchall()
    incidents = round(mentions / _MENTIONS_AN_INCIDENT)
    connection.execute(_sql("incidents"), {"month_start": start, "days": days, "actors": actors, "incidents": incidents})
    connection.execute(_sql("mentions"), {"documents": max(mentions // _MENTIONS_A_DOCUMENT // days, 1)})
    if "documents" in tables:
        yield "documents", connection.sql(_sql("documents")).to_arrow_table()
    for name, record in event_types().items():
        parameters = {"event_type": name, "acting_role": record.ACTING, "receiving_role": record.RECEIVING or record.ACTING}
        rows = connection.sql(_sql("rows"), params=parameters).to_arrow_table()
        connection.register("mentions", rows)
        if "events" in tables:
            yield name, rows
        if "event_actors" in tables:
            yield "event_actors", connection.sql(_sql("event_actors")).to_arrow_table()
        if "incidents" in tables:
            own = ", ".join(f"max({each.name}) AS {each.name}" for each in own_columns(record) if each.name in rows.column_names)
            summary = conformed(connection.sql(_sql("summary").format(own=own)).to_arrow_table(), _summary_schema())
            assigned = rows.select(["event_id", "incident_id", "incident_id"]).rename_columns(MEMBERS.names)
            told = conformed(rows, light_schema()).append_column("counted", rows.column("publisher")).append_column("blocks", rows.column("block_list"))
            yield from zip(("incident_members", "incidents", "incident_actors"), derive(told, assigned, summary), strict=True)


def _summary_schema() -> pa.Schema:
    return pa.schema([field for field in store_tables()["incidents"].schema if field.name not in {*COUNTED, *LINKED}])
