"""The contract's views over a large store: each whole and for one month, and the aggregating ones beside a query written by hand over the same files."""

from __future__ import annotations

import functools
import pathlib
import time
from collections.abc import Iterator

import duckdb

from pipeline.catalog import identifier, views
from pipeline.database import open_store
from tests.benchmarks.measure import Figure, median

_WHOLE_SECONDS, _MONTH_SECONDS, _TIMES_BY_HAND = 10, 0.5, 2

DAYS = {
    "events": "published_date",
    "meetings": "published_date",
    "strikes": "published_date",
    "aid_decisions": "published_date",
    "documents": "published_date",
    "event_actors": "event_date",
    "incidents": "event_date",
    "actor_days": "day",
    "country_days": "day",
    "party_days": "day",
    "strike_days": "day",
    "dyads": "month",
    "aid_totals": "month",
    "undated": "month",
    "timeline": "published_date",
    "coverage": "published_date",
}
"""The column by which a month of a view is asked for; the other views are small and have none."""

MONTH = ("2019-06-01", "2019-07-01")


@functools.cache
def by_hand() -> dict[str, str]:
    """Queries that give the rows of views, over the store's tables."""
    found = pathlib.Path(__file__).with_suffix(".sql").read_text("utf-8").split("-- name: ")[1:]
    return {name: sql for name, _, sql in (each.partition("\n") for each in found)}


def timed_views(store: str, *, pairs: int) -> Iterator[Figure]:
    """Seconds on the clock for every view; a row is read in all its columns.

    Args:
        store: A store of `tests.benchmarks.large_store`.
        pairs: How often each is measured.
    """
    with open_store(store) as connection:
        ((mentions,),) = connection.execute("SELECT count(*) FROM store.mentions").fetchall()
        for name in views():
            query = f"SELECT * FROM {identifier(name)}"
            months = f"{query} WHERE {DAYS[name]} >= DATE '{MONTH[0]}' AND {DAYS[name]} < DATE '{MONTH[1]}'" if name in DAYS else None
            own, hand, month = [], [], []
            for _ in range(pairs):
                own.append(_seconds(connection, query))
                if name in by_hand():
                    hand.append(_seconds(connection, by_hand()[name]))
                if months is not None:
                    month.append(_seconds(connection, months))
            yield median(f"{name}, {mentions:,} mentions: whole", own, "s", _WHOLE_SECONDS)
            if hand:
                yield Figure(f"{name}: against a query by hand", sorted(own)[len(own) // 2] / sorted(hand)[len(hand) // 2], "×", _TIMES_BY_HAND)
            if months is not None:
                yield median(f"{name}: one month", month, "s", _MONTH_SECONDS)


def digest(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, int]:
    """The number of rows of a query, and a checksum over all their columns that does not hang on their order."""
    names = ", ".join(identifier(column) for column, _ in _columns(connection, query))
    ((rows, checksum),) = connection.execute(f"SELECT count(*), coalesce(bit_xor(hash({names})), 0) FROM ({query})").fetchall()
    return rows, checksum


def _columns(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in connection.execute(f"DESCRIBE {query}").fetchall()]


def _seconds(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    """How long it takes to make all rows in all columns, which are counted so that nothing is left out."""
    started = time.monotonic()
    connection.execute(f"SELECT count(*), count(COLUMNS(*)) FROM ({query})").fetchall()
    return time.monotonic() - started
