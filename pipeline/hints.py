"""What a query that DuckDB turns down most likely meant: the nearest column or view by name, or the views that have such a column."""

from __future__ import annotations

import difflib
import re

import duckdb

_NO_COLUMN = re.compile(
    r"""Referenced column "(?P<a>[^"]+)" not found|does not have a column named "(?P<b>[^"]+)"|Could not find key "(?P<c>[^"]+)" in struct"""
)
_NO_TABLE = re.compile(r'Table with name "?(?P<name>[\w.-]+)"? does not exist')
_CANDIDATES = re.compile(r"Candidate (?:bindings|Entries): (?P<names>.+)")
_WORD = re.compile(r"\w+")
_NEAR = 0.7


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
    missing = _NO_COLUMN.search(message)
    if missing is not None:
        name = str(missing["a"] or missing["b"] or missing["c"])
        return f"{_first_sentence(message, missing)} {_column_hint(name, message, query, columns)}".strip()
    missing = _NO_TABLE.search(message)
    if missing is not None:
        near = _nearest(missing["name"], list(columns))
        return f"{_first_sentence(message, missing)} {f'Did you mean {near}?' if near else 'The views are ' + ', '.join(sorted(columns))}"
    return message


def _column_hint(name: str, message: str, query: str, columns: dict[str, tuple[str, ...]]) -> str:
    words = {word.lower() for word in _WORD.findall(query)}
    asked = {view: names for view, names in columns.items() if view in words}
    candidates = _CANDIDATES.search(message)
    at_hand = [each for names in asked.values() for each in names] + (re.findall(r'"([^"]+)"', candidates["names"]) if candidates else [])
    near = _nearest(name, at_hand)
    if near is not None:
        return f"Did you mean {near}?"
    having = [view for view, names in columns.items() if name in names]
    if having:
        return f"It is a column of {', '.join(having)}."
    elsewhere = _nearest(name, [each for names in columns.values() for each in names])
    if elsewhere is not None:
        return f"Did you mean {elsewhere}, a column of {', '.join(view for view, names in columns.items() if elsewhere in names)}?"
    return f"`dateline schema {next(iter(asked), 'events')}` shows the columns."


def _nearest(name: str, names: list[str]) -> str | None:
    """The name that one has most likely mistyped, or of which it is one word: `country` of `location_country`."""
    lower = name.lower()
    holding = [each for each in names if lower in each.split("_")]
    if holding:
        return min(holding, key=lambda each: (not each.endswith(lower), len(each)))
    near = difflib.get_close_matches(lower, names, n=1, cutoff=_NEAR)
    return near[0] if near else None


def _first_sentence(message: str, missing: re.Match[str]) -> str:
    """The message up to the end of the line in which it says what is missing."""
    return message[: missing.start()] + message[missing.start() :].split("\n", 1)[0].removesuffix("!") + "."
