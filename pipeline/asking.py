"""One question to an open store, and what DuckDB says against it in words of our own."""

from __future__ import annotations

import duckdb

from pipeline.database import checked
from pipeline.errors import RunFailedError, UsageError, one_line
from pipeline.hints import columns_by_view, explained
from pipeline.query import write_result


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
        OSError: The result cannot be written.
    """
    try:
        return write_result(connection, checked(query), form, to, raw=raw)
    except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.SyntaxException, duckdb.PermissionException) as error:
        raise UsageError(one_line(RuntimeError(explained(_message(error), query, columns_by_view(connection))))) from error
    except (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException, duckdb.InvalidTypeException) as error:
        raise UsageError(one_line(RuntimeError(_message(error)))) from error
    except duckdb.Error as error:
        raise RunFailedError(one_line(RuntimeError(_message(error)))) from error


def _message(error: duckdb.Error) -> str:
    """What DuckDB says, without the drawing of where in the query."""
    return str(error).split("\n\nLINE ", 1)[0]
