"""What a query that DuckDB turns down most likely meant: the nearest column or view by name, or the views that have such a column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

import duckdb

_NO_COLUMN = re.compile(r'Referenced column "(?P<name>[^"]+)" not found')
_NO_COLUMN_OF = re.compile(r'Values list "(?P<alias>[^"]+)" does not have a column named "(?P<name>[^"]+)"')
_NO_FIELD = re.compile(r'Could not find key "(?P<name>[^"]+)" in struct')
_NO_TABLE = re.compile(r'Table with name "?(?P<name>[\w.-]+)"? does not exist')
_CANDIDATES = re.compile(r"Candidate (?:bindings|Entries): (?P<names>.+)")
_QUOTED = re.compile(r'"([^"]+)"')
_WORD = re.compile(r"\w+")
_NEAR = 0.7
# Of a view that the query does not name only what is nearly the same word.
_NEARER = 0.8


def columns_by_view(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """The columns of every view of the contract, as the connection has them."""
    found: dict[str, list[str]] = {}
    query = "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index"
    for view, column in connection.execute(query).fetchall():
        found.setdefault(view, []).append(column)
    return {view: tuple(names) for view, names in found.items()}


def explained(message: str, query: str, columns: dict[str, tuple[str, ...]]) -> str:
    """DuckDB's message about a query, with the name that was probably meant in place of its own list of candidates.

    Args:
        message: The message, without the drawing of where in the query.
        query: The query.
        columns: View -> columns, as of `columns_by_view`.
    """
    missing = _NO_COLUMN_OF.search(message)
    if missing is not None:
        return _no_column_of(missing["alias"], missing["name"], message, query, columns)
    missing = _NO_FIELD.search(message)
    if missing is not None:
        return f"{_first_sentence(message, missing)} {_field_hint(missing['name'], message)}"
    missing = _NO_COLUMN.search(message)
    if missing is not None:
        return f"{_first_sentence(message, missing)} {_column_hint(missing['name'], message, query, columns)}"
    missing = _NO_TABLE.search(message)
    if missing is not None:
        near = _nearest(missing["name"], list(columns))
        return f"{_first_sentence(message, missing)} {f'Did you mean {near}?' if near else 'The views are ' + ', '.join(sorted(columns))}"
    return message


def _no_column_of(alias: str, name: str, message: str, query: str, columns: dict[str, tuple[str, ...]]) -> str:
    """A column that is asked of one relation: the names of others are no help, unless one has the very word."""
    view = _view_of(alias, query, columns)
    if view is None:
        return f"{message.removesuffix('!')}."
    said = f"Binder Error: {view}{f' ({alias})' if alias != view else ''} has no column {name!r}."
    near = _nearest(name, list(columns[view]))
    if near is not None:
        return f"{said} Did you mean {near}?"
    having = [other for other, names in columns.items() if name in names]
    return f"{said} {f'It is a column of {_listed(having)}.' if having else f'It has {_listed(columns[view])}.'}"


def _view_of(alias: str, query: str, columns: dict[str, tuple[str, ...]]) -> str | None:
    """The view that a query calls by another name, or by its own."""
    if alias in columns:
        return alias
    named = re.finditer(rf"\b(\w+)\s+(?:AS\s+)?\"?{re.escape(alias)}\b", query, re.IGNORECASE)
    return next((view for view in (each[1].lower() for each in named) if view in columns), None)


def _field_hint(name: str, message: str) -> str:
    """The fields of a record, which DuckDB's list of candidates names only in part."""
    candidates = _CANDIDATES.search(message)
    some = set(_QUOTED.findall(candidates["names"])) if candidates else set()
    fields = next((each for each in _records() if some <= set(each)), tuple(sorted(some)))
    near = _nearest(name, list(fields))
    return f"Did you mean {near}?" if near else f"Its fields are {_listed(fields)}."


def _records() -> list[tuple[str, ...]]:
    """The fields of each column that holds records."""
    from pipeline.describe import descriptions  # a query that is right must not wait for it

    found: dict[str, list[str]] = {}
    for relation in descriptions().values():
        for column in relation.columns:
            of, is_field, field = column.name.partition("[].")
            if is_field:
                found.setdefault(f"{relation.name}.{of}", []).append(field)
    return [tuple(each) for each in found.values()]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _column_hint(name: str, message: str, query: str, columns: dict[str, tuple[str, ...]]) -> str:
    words = {word.lower() for word in _WORD.findall(query)}
    asked = {view: names for view, names in columns.items() if view in words}
    candidates = _CANDIDATES.search(message)
    at_hand = [each for names in asked.values() for each in names] + (_QUOTED.findall(candidates["names"]) if candidates else [])
    near = _nearest(name, at_hand)
    if near is not None:
        return f"Did you mean {near}?"
    having = [view for view, names in columns.items() if name in names]
    if having:
        return f"It is a column of {', '.join(having)}."
    elsewhere = _nearest(name, [each for names in columns.values() for each in names], _NEARER)
    if elsewhere is not None:
        return f"Did you mean {elsewhere}, a column of {', '.join(view for view, names in columns.items() if elsewhere in names)}?"
    return f"`dateline schema {next(iter(asked), 'events')}` shows the columns."


def _nearest(name: str, names: list[str], cutoff: float = _NEAR) -> str | None:
    """The name that one has most likely mistyped, or of which it is one word: `country` of `location_country`."""
    lower = name.lower()
    holding = [each for each in names if lower in each.split("_")]
    if holding:
        return min(holding, key=lambda each: (not each.endswith(lower), len(each)))
    near = difflib.get_close_matches(lower, names, n=1, cutoff=cutoff)
    return near[0] if near else None


def _first_sentence(message: str, missing: re.Match[str]) -> str:
    """The message up to the end of the line in which it says what is missing."""
    return message[: missing.start()] + message[missing.start() :].split("\n", 1)[0].removesuffix("!") + "."
