"""What every view and table holds: columns, types and meanings, from the definitions that the store itself is made of."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.catalog import column_names, create_views, identifier, relations, views
from schemas.columns import columns
from schemas.tables import tables
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import EMPTY, schema_path
from transforms.storage.partitions import write_schema

_STORE = "store."


@dataclasses.dataclass(frozen=True)
class ColumnDescription:
    """A column as people read of it; of lists of records also each field, as `actors[].role`."""

    name: str
    type: str
    meaning: str
    unit: str | None = None


@dataclasses.dataclass(frozen=True)
class RelationDescription:
    """A view, or a table as `store.<name>`: what one row is, and its columns."""

    name: str
    meaning: str
    columns: tuple[ColumnDescription, ...]

    def as_json(self) -> dict[str, Any]:
        """As an object of JSON."""
        return dataclasses.asdict(self)


@contextlib.contextmanager
def empty_store() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the contract's views over no rows: what their columns are."""
    with tempfile.TemporaryDirectory(prefix="dateline-") as scratch, duckdb.connect() as connection:
        files = LocalFiles(scratch)
        for table in tables().values():
            write_schema(files, "schema", table)
        create_views(connection, relations(EMPTY, {name: files.absolute(schema_path(table)) for name, table in tables().items()}, files))
        yield connection


@functools.cache
def descriptions() -> dict[str, RelationDescription]:
    """Every view, then every table, by name."""
    with empty_store() as connection:
        found = [RelationDescription(name, view.meaning, _view_columns(connection, name)) for name, view in views().items()]
    found += [RelationDescription(_STORE + name, f"One row is {table.meaning}.", _table_columns(name)) for name, table in tables().items()]
    return {each.name: each for each in found}


def described_column(names: Iterable[str], column: str) -> tuple[str, str | None]:
    """Meaning and unit of a column, from the first of these views that has it.

    Raises:
        KeyError: None has it.
    """
    for name in names:
        for each in descriptions()[name].columns:
            if each.name == column:
                return each.meaning, each.unit
    raise KeyError(f"none of {', '.join(names)} has a column {column}")


def _view_columns(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[ColumnDescription, ...]:
    result: list[ColumnDescription] = []
    for column, kind in column_names(connection, name):
        meaning, unit = views()[name].describe(column)
        nested = _nested(column) if kind.startswith("STRUCT(") else []
        result += [ColumnDescription(column, "STRUCT[]" if nested else kind, meaning, unit), *nested]
    return tuple(result)


def _table_columns(name: str) -> tuple[ColumnDescription, ...]:
    result: list[ColumnDescription] = []
    for each in columns(tables()[name].record):
        nested = _nested(each.name) if pa.types.is_list(each.arrow) and pa.types.is_struct(each.arrow.value_type) else []
        values = f": {', '.join(f'`{value}`' for value in each.values)}" if each.values else ""
        result += [ColumnDescription(each.name, "STRUCT[]" if nested else duckdb_type(each.arrow), each.meaning + values, each.unit), *nested]
    return tuple(result)


def _nested(column: str) -> list[ColumnDescription]:
    """The fields of a list of records that some table has under this name."""
    for table in tables().values():
        position = table.schema.get_field_index(column)
        kind = table.schema.field(position).type if position >= 0 else None
        if kind is not None and pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
            return [_field(column, field) for field in kind.value_type]
    return []


def _field(column: str, field: pa.Field) -> ColumnDescription:
    stated = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    values = f": {', '.join(f'`{value}`' for value in stated['values'].split(','))}" if stated.get("values") else ""
    return ColumnDescription(f"{column}[].{field.name}", duckdb_type(field.type), stated.get("meaning", "") + values, stated.get("unit"))


def duckdb_type(arrow: pa.DataType) -> str:
    """The DuckDB type that a stored column reads as."""
    if pa.types.is_list(arrow):
        return f"{duckdb_type(arrow.value_type)}[]"
    if pa.types.is_struct(arrow):
        return f"STRUCT({', '.join(f'{identifier(field.name)} {duckdb_type(field.type)}' for field in arrow)})"
    names = {pa.string(): "VARCHAR", pa.int32(): "INTEGER", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN", pa.date32(): "DATE"}
    return "TIMESTAMP WITH TIME ZONE" if pa.types.is_timestamp(arrow) else names[arrow]
