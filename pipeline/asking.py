"""One question to an open store, and what DuckDB says against it in words of our own."""

from __future__ import annotations

import duckdb

from pipeline.database import allowed_files, checked, raise_damage
from pipeline.errors import RunFailedError, UsageError, one_line
from pipeline.hints import columns_by_view, explained
from pipeline.query import write_result

_WRONG_NAMES = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.SyntaxException, duckdb.PermissionException)
_WRONG_VALUES = (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException, duckdb.InvalidTypeException)


def ask(connection: duckdb.DuckDBPyConnection, query: str, form: str = "table", to: str | None = None, *, raw: bool = False) -> int:
    """Runs a query and writes its result.

    Args:
        connection: Of `pipeline.database.open_store`.
        query: One SELECT, or EXPLAIN of one.
        form: One of `pipeline.query.FORMATS`.
        to: A file; None for standard output.
        raw: As of `write_result`.

    Returns:
        The number of rows.

    Raises:
        UsageError: The query is wrong; the message says where.
        RunFailedError: The query could not be carried out.
        pipeline.database.QueryNotAllowedError: It is no query.
        transforms.storage.errors.StoreDamagedError: A file that it reads is missing or damaged.
        OSError: The result cannot be written.
    """
    try:
        return write_result(connection, checked(query), form, to, raw=raw)
    except duckdb.Error as error:
        raise_damage(error, allowed_files(connection))
        raise _explained(connection, query, error) from error


def _explained(connection: duckdb.DuckDBPyConnection, query: str, error: duckdb.Error) -> UsageError | RunFailedError:
    said = _message(error)
    if isinstance(error, _WRONG_NAMES):
        return UsageError(one_line(RuntimeError(explained(said, query, columns_by_view(connection)))))
    return (UsageError if isinstance(error, _WRONG_VALUES) else RunFailedError)(one_line(RuntimeError(said)))


def _message(error: duckdb.Error) -> str:
    """What DuckDB says, without the drawing of where in the query."""
    return str(error).split("\n\nLINE ", 1)[0]
