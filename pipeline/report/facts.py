"""What the report's charts are drawn from: one row an incident, in columns of small numbers, so that a browser filters a hundred thousand at once."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.resources
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

import duckdb
import pyarrow as pa

from pipeline.catalog import identifier
from pipeline.report.standing import LABELS, standing
from schemas.columns import Column
from schemas.event_types import event_types, own_columns
from schemas.mention import DATE_PRECISIONS, STATUSES

NOTHING = -1
"""Stands for null where a column holds positions in a list."""
_EPOCH = datetime.date(1970, 1, 1)
# The contract's rules on which amounts and tolls may be added up.
_AMOUNT_COUNTED = "amount_scope IN ('once', 'multi_year') AND (direction = 'give' OR decision = 'suspended')"
_TOLL_COUNTED = "casualties_scope = 'event'"
_Value = TypeVar("_Value", bound=Hashable)


class _Positions(Generic[_Value]):
    """Values in the order in which they were first seen, and the position of each."""

    def __init__(self, values: Iterable[_Value] = ()) -> None:
        self._positions: dict[_Value, int] = {}
        for each in values:
            self.of(each)

    def of(self, value: _Value | None) -> int:
        """The position of a value, `NOTHING` for null."""
        return NOTHING if value is None else self._positions.setdefault(value, len(self._positions))

    def __iter__(self) -> Iterator[_Value]:
        return iter(self._positions)


@dataclasses.dataclass(frozen=True)
class Facts:
    """What the charts need.

    Attributes:
        content: As JSON holds it; `pipeline/report/web/facts.js` reads it.
        incidents: Incidents that the page has.
        left_out: Incidents of the store that it has not.
    """

    content: dict[str, Any]
    incidents: int
    left_out: int


def collect_facts(connection: duckdb.DuckDBPyConnection, limit: int) -> Facts:
    """Asks a store for the facts; leaves the table `page.chosen` (incident_id, row) in the connection's database.

    Args:
        connection: Of `pipeline.database.open_store`.
        limit: So many incidents at most: those with the latest days.
    """
    # Of the database in memory, and not temporary: `cursor` sees it too.
    connection.execute("CREATE SCHEMA page")
    connection.execute(
        """CREATE TABLE page.chosen AS
        SELECT incident_id, row_number() OVER (ORDER BY coalesce(event_date, event_date_end, first_published_date) DESC NULLS LAST, incident_id) - 1 AS row
        FROM store.incidents QUALIFY row < ?""",
        [limit],
    )
    total = _number(connection, "SELECT count(*) FROM store.incidents")
    kept = _number(connection, "SELECT count(*) FROM page.chosen")
    entities, places, countries = _Positions[str](), _Positions[tuple[Any, ...]](), _Positions[str]()
    content = {
        "types": [_type(name, record) for name, record in event_types().items()],
        "roles": roles(),
        "statuses": list(STATUSES),
        "precisions": list(DATE_PRECISIONS),
        "standings": [{"name": name, "label": label} for name, label in LABELS.items()],
        "incidents": _incidents(connection, places, countries),
        "parts": _parts(connection, kept, entities),
        "coverage": _coverage(connection),
        "mentions": _number(connection, "SELECT count(*) FROM store.mentions"),
    }
    names = _names(connection)
    content |= {
        "entities": _named(entities, names),
        "places": [dict(zip(("name", "country", "latitude", "longitude"), each, strict=True)) for each in places],
        "countries": _named(countries, names),
    }
    return Facts(content, kept, total - kept)


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    [(value,)] = connection.execute(query).fetchall()
    return int(value)


def label(name: str) -> str:
    """A name of the schema as people read it: `aid_decision` is `aid decision`."""
    return name.replace("_", " ")


def closed_columns() -> dict[str, Column]:
    """Own columns of event types that have a closed set of values, by name."""
    return {each.name: each for record in event_types().values() for each in own_columns(record) if each.values}


def number_columns() -> dict[str, Column]:
    """Own columns of event types that hold numbers, by name."""
    found = {each.name: each for record in event_types().values() for each in own_columns(record)}
    return {name: each for name, each in found.items() if pa.types.is_integer(each.arrow) or pa.types.is_floating(each.arrow)}


def _type(name: str, record: Any) -> dict[str, Any]:
    own = [{"name": each.name, "label": label(each.name), "values": list(each.values)} for each in own_columns(record)]
    return {"name": name, "label": label(name), "roles": list(record.ROLES), "acting": record.ACTING, "receiving": record.RECEIVING, "own": own}


def _incidents(connection: duckdb.DuckDBPyConnection, places: _Positions[tuple[Any, ...]], countries: _Positions[str]) -> dict[str, list[Any]]:
    closed, numbers = closed_columns(), number_columns()
    dated = (importlib.resources.files("schemas") / "views" / "parts" / "dated.sql").read_text(encoding="utf-8").strip()
    own = ", ".join(f"i.{identifier(name)}" for name in (*closed, *numbers, "currency"))
    table = connection.sql(
        f"""SELECT i.event_type, i.status, i.event_date, i.event_date_end, i.first_published_date, i.date_precision,
          i.location_name, i.location_country, i.latitude, i.longitude, i.mentions, i.sources, p.row AS parent,
          ({dated}) AS dated, coalesce(told_by_parts, false) AS by_parts,
          coalesce({_AMOUNT_COUNTED}, false) AS amount_counted,
          coalesce({_TOLL_COUNTED}, false) AS toll_counted, {own}
        FROM page.chosen AS c JOIN store.incidents AS i ON i.incident_id = c.incident_id LEFT JOIN page.chosen AS p ON p.incident_id = i.part_of
        ORDER BY c.row"""  # noqa: S608 - names of ours
    ).to_arrow_table()
    column = {name: table.column(name).to_pylist() for name in table.column_names}
    types, standings, currencies = list(event_types()), list(LABELS), _Positions[str]()
    found: dict[str, list[Any]] = {
        "type": [types.index(each) for each in column["event_type"]],
        "status": [STATUSES.index(each) for each in column["status"]],
        "standing": [standings.index(standing(*each)) for each in zip(column["status"], column["decision"], strict=True)],
        "day": [_day(each) for each in column["event_date"]],
        "end": [_day(each) for each in column["event_date_end"]],
        "told": [_day(each) for each in column["first_published_date"]],
        "precision": [_position(DATE_PRECISIONS, each) for each in column["date_precision"]],
        "place": [places.of(each) if each[0] else NOTHING for each in zip(*(column[name] for name in _PLACE), strict=True)],
        "country": [countries.of(each) for each in column["location_country"]],
        "mentions": column["mentions"],
        "sources": column["sources"],
        "parent": [NOTHING if each is None else each for each in column["parent"]],
        **{name: [int(each) for each in column[name]] for name in ("dated", "by_parts", "amount_counted", "toll_counted")},
        **{name: [_position(each.values, value) for value in column[name]] for name, each in closed.items()},
        **{name: [_short(value) for value in column[name]] for name in numbers},
        "currency": [currencies.of(each) for each in column["currency"]],
    }
    return found | {"currencies": list(currencies)}


_PLACE = ("location_name", "location_country", "latitude", "longitude")


def _day(day: datetime.date | None) -> int | None:
    return None if day is None else (day - _EPOCH).days


def _position(values: Sequence[str], value: str | None) -> int:
    return NOTHING if value is None or value not in values else values.index(value)


def _short(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _parts(connection: duckdb.DuckDBPyConnection, incidents: int, entities: _Positions[str]) -> dict[str, list[int]]:
    """Who took which part: `first[i]` to `first[i + 1]` are the positions of incident i in the other lists."""
    rows = connection.execute(
        """WITH blamed AS (
          SELECT a.incident_id, a.role, a.actor_id, a.acts_for
          FROM store.event_actors AS a
          JOIN store.sides AS s ON s.event_type = a.event_type AND s.acting = a.role
          JOIN store.mentions AS m ON m.event_id = a.event_id
          JOIN page.chosen AS c ON c.incident_id = a.incident_id
          GROUP BY ALL HAVING bool_and(m.blame IS NOT DISTINCT FROM 'alleged')
        )
        SELECT DISTINCT c.row, p.role, p.actor_id, p.acts_for, b.incident_id IS NOT NULL
        FROM page.chosen AS c JOIN store.incident_actors AS p ON p.incident_id = c.incident_id
        LEFT JOIN blamed AS b ON b.incident_id = p.incident_id AND b.role = p.role
          AND b.actor_id IS NOT DISTINCT FROM p.actor_id AND b.acts_for IS NOT DISTINCT FROM p.acts_for
        ORDER BY ALL"""
    )
    names = roles()
    first, found = [0], {name: list[int]() for name in ("role", "actor", "party", "alleged")}
    while batch := rows.fetchmany(50_000):
        for row, role, actor_id, acts_for, alleged in batch:
            while len(first) <= row:
                first.append(len(found["role"]))
            for name, value in (("role", names.index(role)), ("actor", entities.of(actor_id)), ("party", entities.of(acts_for)), ("alleged", int(alleged))):
                found[name].append(value)
    first += [len(found["role"])] * (incidents + 1 - len(first))
    return {"first": first, **found}


def roles() -> list[str]:
    """The roles of all event types, each once: `parts` names them by position."""
    return list(dict.fromkeys(role for record in event_types().values() for role in record.ROLES))


def _coverage(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    rows = connection.execute("SELECT published_date, sum(documents) FROM coverage GROUP BY published_date ORDER BY published_date").fetchall()
    sources = _number(connection, "SELECT count(DISTINCT source) FROM coverage")
    return {"day": [_day(day) for day, _ in rows], "documents": [int(documents) for _, documents in rows], "sources": sources}


def _names(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str | None, str | None]]:
    """Id -> name and kind of everyone that the store knows; the reference tables come last, since they say it best."""
    rows = connection.execute(
        """SELECT actor_id, min(name), min(kind) FROM store.event_actors WHERE actor_id IS NOT NULL GROUP BY actor_id
        UNION ALL SELECT actor_id, name, kind FROM store.actors"""
    ).fetchall()
    return {actor_id: (name, kind) for actor_id, name, kind in rows}


def _named(ids: Iterable[str], names: Mapping[str, tuple[str | None, str | None]]) -> list[dict[str, Any]]:
    found = [(each, *names.get(each, (None, None))) for each in ids]
    return [{"id": each, "name": name or each, "kind": kind} for each, name, kind in found]
