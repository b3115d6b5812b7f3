"""Opening a store to ask it: views in a database in memory, over the files of its newest version, from which nothing else can be read and nothing written."""

from __future__ import annotations

import contextlib
import pathlib
import re
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator

import duckdb

from pipeline.catalog import create_views, quote, relations
from schemas.tables import tables
from transforms.storage.errors import StoreDamagedError
from transforms.storage.files import LocalFiles, open_files
from transforms.storage.manifest import current, schema_path

_EXPLAIN = re.compile(r"\A\s*explain\s+(?:analyze\s+)?(?:\([^()]*\)\s*)?(?P<query>.*)\Z", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"\A\s*(?:--[^\n]*(?:\n|\Z)|/\*.*?\*/)", re.DOTALL)


class QueryNotAllowedError(Exception):
    """The SQL is not one SELECT or EXPLAIN of a SELECT."""


@contextlib.contextmanager
def open_store(store: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the contract's views over a store's own files, wherever it was copied or moved.

    The views are made first; then the store's files are allowed, access to all others is switched off, and the configuration is locked, in that order.
    The connection reads the version that was the newest when it was opened, for as long as it is open (its files stay on disk for a day).

    Raises:
        StorePathError, NotAStoreError, NewerStoreError, StoreDamagedError: As `manifest.current`.
        StoreDamagedError: A file that a query within the block reads is missing or damaged.
    """
    files = open_files(store)
    manifest = current(files)
    with (
        tempfile.TemporaryDirectory(prefix="dateline-") as scratch,
        duckdb.connect(config={"temp_directory": str(pathlib.Path(scratch, "spill"))}) as connection,
    ):
        # Else DuckDB draws its progress also where standard error is a file.
        connection.execute("SET enable_progress_bar = $1", [sys.stderr.isatty()])
        # The store's files never change: what stands at their ends is read by the first query that asks for it, and by no other.
        connection.execute("SET parquet_metadata_cache = true")
        if not files.local:
            from pipeline.bucket_reading import BeamFileSystem  # asking a local store must not load Beam

            connection.register_filesystem(BeamFileSystem(files.root.split("://", 1)[0]))
        schema_files = {}
        for name, table in tables().items():
            if files.exists(schema_path(table)):
                schema_files[name] = files.absolute(schema_path(table))
            else:
                # The store was written before this table or column was known, and asking it must not write into it.
                from transforms.storage.partitions import write_schema  # seldom needed, and slow to load

                write_schema(LocalFiles(scratch), "schema", table)
                schema_files[name] = LocalFiles(scratch).absolute(schema_path(table))
        try:
            create_views(connection, relations(manifest, schema_files, files))
        except duckdb.IOException as error:
            raise_damage(error, [files.absolute(file.path) for file in manifest.files])
            raise
        paths = [*schema_files.values(), *(files.absolute(file.path) for file in manifest.files)]
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET allowed_paths = [{', '.join(quote(path) for path in paths)}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            yield connection
        except duckdb.Error as error:
            raise_damage(error, allowed_files(connection))
            raise


def allowed_files(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The files that a connection of `open_store` may read: those of the store."""
    ((paths,),) = connection.cursor().execute("SELECT current_setting('allowed_paths')").fetchall()
    return [str(each) for each in paths]


def raise_damage(error: duckdb.Error, paths: Iterable[str]) -> None:
    """Says what DuckDB says about a file of a store in words of our own: it gives the same kinds of error for queries that are wrong.

    Args:
        error: What a query has ended with.
        paths: The store's files.

    Raises:
        StoreDamagedError: It is about one of these files, which is missing or damaged.
    """
    said = str(error).split("\n", 1)[0]
    path = next((each for each in paths if each in said), None)
    if path is None:
        return
    is_missing = "://" not in path and not pathlib.Path(path).exists()
    what = f"{path} is missing" if is_missing else f"{path} is damaged ({_without_path(said, path)})"
    store = shlex.quote(path.rpartition("/tables/")[0])
    raise StoreDamagedError(f"{what}; `dateline verify --store {store}` lists all such files, to be restored from a copy of the store") from error


def _without_path(said: str, path: str) -> str:
    return re.sub(rf"\s*['\"]?{re.escape(path)}['\"]?", "", said.partition(": ")[2])


def count_stale(connection: duckdb.DuckDBPyConnection, version: str, model: str | None = None) -> int:
    """How many documents of an open store another version, model or seeds have extracted.

    Args:
        connection: Of `open_store`.
        version: The version and seeds that extract now.
        model: The model that extracts now; None for that of the store's last run.
    """
    # All of the result is fetched: a connection with an unfinished one gives no Arrow stream.
    ((count,),) = connection.execute(
        "SELECT count(*) FROM store.documents WHERE version <> $1 OR model <> coalesce($2, (SELECT arg_max(model, finished) FROM store.runs))", [version, model]
    ).fetchall()
    return int(count)


def stale_note(count: int, store: str) -> str:
    """One line that says what `count_stale` has found."""
    what = "document was" if count == 1 else "documents were"
    return f"{count:,} {what} extracted by another version, model or seeds; dateline run --refresh --store {shlex.quote(store)} extracts again"


def checked(query: str) -> str:
    """The query, if it is one SELECT or EXPLAIN of a SELECT as DuckDB's parser sees it.

    Raises:
        QueryNotAllowedError: It is something else; the message says what is allowed.
        duckdb.ParserException: It is no SQL.
    """
    statements = duckdb.extract_statements(query)
    if len(statements) != 1:
        raise QueryNotAllowedError(f"one query at a time, and this is {len(statements)}; give a single SELECT")
    kind = statements[0].type
    if kind == duckdb.StatementType.SELECT:
        return query
    if kind == duckdb.StatementType.EXPLAIN:
        match = _EXPLAIN.match(_without_comments(statements[0].query))
        inner = duckdb.extract_statements(match["query"]) if match else []
        if len(inner) == 1 and inner[0].type == duckdb.StatementType.SELECT:
            return query
    raise QueryNotAllowedError(f"the store is for reading: only SELECT and EXPLAIN SELECT are run, and this is {kind.name.replace('_', ' ')}")


def select(connection: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyRelation | None:
    """The result of a query that `checked` allows."""
    return connection.sql(checked(query))


def _without_comments(query: str) -> str:
    while match := _COMMENT.match(query):
        query = query[match.end() :]
    return query
