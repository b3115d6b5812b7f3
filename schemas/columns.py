"""Columns of the store: declared once, on a dataclass field, as type, meaning and unit.

The Arrow schema, the DuckDB columns, `dateline schema` and the README's tables all follow from these declarations.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

_ARROW_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime.date: pa.date32(),
    datetime.datetime: pa.timestamp("us", tz="UTC"),
}


def column(meaning: str, *, unit: str | None = None, values: Iterable[str] = (), optional: bool = False) -> Any:
    """A dataclass field that is a column of the store.

    Args:
        meaning: What the value says, in a few words.
        unit: The unit it is counted in, where it has one (`degrees`, `code points`).
        values: The closed set of strings that it can take, if there is one.
        optional: The field may be left out of the constructor and is then None.
    """
    metadata = {"meaning": meaning, "unit": unit, "values": tuple(values)}
    if optional:
        return dataclasses.field(default=None, metadata=metadata)
    return dataclasses.field(metadata=metadata)


@dataclasses.dataclass(frozen=True)
class Column:
    """One column as the documentation shows it."""

    name: str
    arrow: pa.DataType
    nullable: bool
    meaning: str
    unit: str | None
    values: tuple[str, ...]


def _arrow_type(hint: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of a type hint, and whether it admits null."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = [a for a in arguments if a is not type(None)]
        if len(inner) != 1:
            raise TypeError(f"a column has one type or None, not {hint}")
        return _arrow_type(inner[0])[0], True
    if origin is tuple:
        return pa.list_(pa.field("element", _arrow_type(arguments[0])[0])), False
    if dataclasses.is_dataclass(hint):
        return pa.struct(list(arrow_schema(typing.cast("type", hint)))), False
    return _ARROW_TYPES[hint], False


@functools.cache
def columns(record: type) -> tuple[Column, ...]:
    """The columns that a dataclass declares, in order of declaration.

    Raises:
        TypeError: A field has a type that the store cannot hold.
    """
    hints = typing.get_type_hints(record)
    found = []
    for field in dataclasses.fields(record):
        arrow, nullable = _arrow_type(hints[field.name])
        found.append(Column(field.name, arrow, nullable, field.metadata["meaning"], field.metadata["unit"], field.metadata["values"]))
    return tuple(found)


@functools.cache
def arrow_schema(record: type) -> pa.Schema:
    """The Arrow schema of a dataclass whose fields are made by `column`; meaning and unit are field metadata."""
    fields = []
    for each in columns(record):
        metadata = {"meaning": each.meaning} | ({"unit": each.unit} if each.unit else {})
        if each.values:
            metadata["values"] = ",".join(each.values)
        fields.append(pa.field(each.name, each.arrow, nullable=each.nullable, metadata=metadata))
    return pa.schema(fields)


@functools.cache
def _names(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(record))


def to_row(record: Any) -> dict[str, Any]:
    """A record as the dictionary that `pyarrow.Table.from_pylist` takes; nested records become dictionaries too."""
    kind: type = type(record)
    return {name: _plain(getattr(record, name)) for name in _names(kind)}


def _plain(value: Any) -> Any:
    # Scalars first: nearly all values are, and each row of each mention passes here.
    if value is None or type(value) in _ARROW_TYPES:
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return to_row(value)
    return value


def to_table(record: type, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows (as of `to_row`) in the Arrow schema of their record type."""
    return pa.Table.from_pylist(list(rows), schema=arrow_schema(record))
