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
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa  # whoever only asks SQL does not wait for it

# Arrow's names for the types that a column can have.
_SCALARS: dict[type, str] = {
    str: "string",
    int: "int32",
    float: "double",
    bool: "bool",
    datetime.date: "date32[day]",
    datetime.datetime: "timestamp[us, tz=UTC]",
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
    """One column as the documentation shows it.

    Attributes:
        name: Its name.
        hint: The type of its values as the dataclass states it, without None.
        nullable: Whether it can be null.
        meaning: What the value says.
        unit: The unit it is counted in.
        values: The closed set of its values, if there is one.
    """

    name: str
    hint: Any
    nullable: bool
    meaning: str
    unit: str | None
    values: tuple[str, ...]

    @functools.cached_property
    def arrow(self) -> pa.DataType:
        """Its Arrow type."""
        return _arrow_type(self.hint)

    @property
    def arrow_name(self) -> str:
        """What Arrow calls its type in the store, found without loading Arrow."""
        return _arrow_name(self.hint)


def _arrow_type(hint: Any) -> pa.DataType:
    import pyarrow as pa

    if hint in _SCALARS:
        return pa.timestamp("us", tz="UTC") if hint is datetime.datetime else pa.type_for_alias(_SCALARS[hint])
    if typing.get_origin(hint) is tuple:
        return pa.list_(pa.field("element", _arrow_type(typing.get_args(hint)[0])))
    return pa.struct(list(arrow_schema(hint)))


def _arrow_name(hint: Any) -> str:
    if hint in _SCALARS:
        return _SCALARS[hint]
    if typing.get_origin(hint) is tuple:
        return f"list<element: {_arrow_name(typing.get_args(hint)[0])}>"
    # `from_` is `from` in the store: see `schemas.tables`.
    inner = (f"{each.name.rstrip('_')}: {each.arrow_name}{'' if each.nullable else ' not null'}" for each in columns(hint))
    return f"struct<{', '.join(inner)}>"


def _without_none(hint: Any) -> tuple[Any, bool]:
    """The one type that a hint admits besides None, and whether it admits None."""
    if typing.get_origin(hint) not in (types.UnionType, typing.Union):
        return hint, False
    inner = [each for each in typing.get_args(hint) if each is not type(None)]
    if len(inner) != 1:
        raise TypeError(f"a column has one type or None, not {hint}")
    return inner[0], True


def _check(hint: Any) -> None:
    if typing.get_origin(hint) is tuple:
        _check(typing.get_args(hint)[0])
    elif dataclasses.is_dataclass(hint):
        columns(typing.cast("type", hint))
    elif hint not in _SCALARS:
        raise TypeError(f"no column holds {hint}; {', '.join(each.__name__ for each in _SCALARS)}, tuples and dataclasses of these would be right")


@functools.cache
def columns(record: type) -> tuple[Column, ...]:
    """The columns that a dataclass declares, in order of declaration.

    Raises:
        TypeError: A field has a type that the store cannot hold.
    """
    hints = typing.get_type_hints(record)
    found = []
    for field in dataclasses.fields(record):
        hint, nullable = _without_none(hints[field.name])
        _check(hint)
        found.append(Column(field.name, hint, nullable, field.metadata["meaning"], field.metadata["unit"], field.metadata["values"]))
    return tuple(found)


@functools.cache
def arrow_schema(record: type) -> pa.Schema:
    """The Arrow schema of a dataclass whose fields are made by `column`; meaning and unit are field metadata."""
    import pyarrow as pa

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
    if value is None or type(value) in _SCALARS:
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return to_row(value)
    return value


def to_table(record: type, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows (as of `to_row`) in the Arrow schema of their record type."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=arrow_schema(record))
