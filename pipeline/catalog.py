"""The views of the contract over the files of one version of the store, and `events.duckdb`, which holds them.

Three layers: `store.<table>` reads the files that the manifest names; `store.mentions` and `store.sides` follow from the event types; the views of
`schemas/views/*.sql` stand on these. A view file begins with comment lines: first what a row is, then `-- column: meaning [unit]` for each column that is not a
stored column of the same name.
"""

# ruff: noqa: S608 - every name and literal that becomes SQL here goes through `quote` or `identifier`, or is ours

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import pathlib
import re
import secrets
from collections.abc import Mapping, Sequence

import duckdb

from pipeline.environment import LOGGER
from pipeline.errors import one_line
from schemas.columns import Column, columns
from schemas.event_types import event_types, own_columns
from schemas.mention import Mention
from schemas.tables import Table, mention_columns, tables
from transforms.storage.errors import StoreError
from transforms.storage.files import Files, open_files
from transforms.storage.manifest import CATALOG, Manifest, StoredFile, current, schema_path
from transforms.storage.periods import is_month

# What every DuckDB client from 1.1 on reads.
_STORAGE_VERSION = "v1.0.0"
_SCHEMA = "store"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MEANING = re.compile(r"^-- (\w+): (.+?)(?: \[([^\]]+)\])?$")
_TABLE = re.compile(r"\bstore\.(\w+)")

# Known from the path of a month's file before it is opened: who asks for one month of publication opens its files, and such as hold several months.
_MONTH_OF_FILE = r"CAST(nullif(regexp_extract(filename, 'month=([0-9]{4}-[0-9]{2})/[^/]*$', 1), '') || '-01' AS DATE)"
_MONTH_OF_DAY = "CAST(date_trunc('month', published_date) AS DATE)"


def quote(value: str) -> str:
    """A string as an SQL literal: the one place where text becomes SQL."""
    return "'" + value.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@dataclasses.dataclass(frozen=True)
class View:
    """A view of the contract.

    Attributes:
        name: Its name.
        meaning: What one row is.
        sql: The query, over `store.<table>`.
        meanings: Column -> meaning and unit, for columns that are not stored under that name.
    """

    name: str
    meaning: str
    sql: str
    meanings: Mapping[str, tuple[str, str | None]]

    @property
    def reads(self) -> tuple[str, ...]:
        """The relations of the schema `store` that it reads, in order."""
        return tuple(dict.fromkeys(_TABLE.findall(self.sql)))

    def describe(self, column: str) -> tuple[str, str | None]:
        """Meaning and unit of one of its columns.

        Raises:
            KeyError: Neither the view nor a table that it reads says what the column means.
        """
        if column in self.meanings:
            return self.meanings[column]
        for relation in self.reads:
            for each in _columns_of(relation):
                if each.name == column:
                    values = f": {', '.join(f'`{value}`' for value in each.values)}" if each.values else ""
                    return each.meaning + values, each.unit
        raise KeyError(f"schemas/views/{self.name}.sql does not say what its column {column} means; add a line `-- {column}: …`")


def _columns_of(relation: str) -> tuple[Column, ...]:
    if relation in tables():
        return columns(tables()[relation].record)
    return mention_columns() if relation == "mentions" else ()


@functools.cache
def views() -> dict[str, View]:
    """All views of the contract, by name."""
    folder = importlib.resources.files("schemas") / "views"
    parts = _generated_parts()
    meanings: dict[str, dict[str, tuple[str, str | None]]] = {name: {} for name in parts}
    for each in (folder / "parts").iterdir():
        if each.name.endswith(".sql"):
            name = each.name.removesuffix(".sql")
            _, meanings[name], parts[name] = _parse(each.read_text(encoding="utf-8"))
    found = {}
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.name.endswith(".sql"):
            name = each.name.removesuffix(".sql")
            meaning, described, sql = _parse(each.read_text(encoding="utf-8"))
            for used in _PLACEHOLDER.findall(sql):
                described = meanings[used] | described
            found[name] = View(name, meaning, _PLACEHOLDER.sub(lambda match: parts[match[1]], sql), described)
    return found


def _generated_parts() -> dict[str, str]:
    """Pieces of SQL that follow from the schemas."""
    own = {each.name: each for record in event_types().values() for each in own_columns(record)}
    statuses = next(each for each in columns(Mention) if each.name == "status").values
    decisions = own["decision"].values
    return {
        "own_columns": ", ".join(own),
        "bit_of_status": _bit_of("status", statuses),
        "bit_of_decision": _bit_of("decision", decisions),
        "statuses_of_bits": _of_bits("status_bits", statuses),
        "decisions_of_bits": _of_bits("decision_bits", decisions),
    }


def _bit_of(column: str, values: Sequence[str]) -> str:
    cases = " ".join(f"WHEN {quote(value)} THEN {1 << position}" for position, value in enumerate(values))
    return f"CASE {column} {cases} ELSE 0 END"


def _of_bits(bits: str, values: Sequence[str]) -> str:
    chosen = ", ".join(f"({bits} & {1 << position}) > 0" for position, _ in enumerate(values))
    return f"list_where([{', '.join(map(quote, values))}], [{chosen}])"


def _parse(text: str) -> tuple[str, dict[str, tuple[str, str | None]], str]:
    lines = text.strip("\n").split("\n")
    head = [line for line in lines if line.startswith("-- ")]
    matches = [(line, _MEANING.match(line)) for line in head]
    meaning = " ".join(line.removeprefix("-- ") for line, match in matches if match is None)
    described = {match[1]: (match[2], match[3]) for _, match in matches if match is not None}
    return meaning, described, "\n".join(line for line in lines if not line.startswith("-- "))


def relations(manifest: Manifest, schema_files: Mapping[str, str], files: Files) -> dict[str, str]:
    """The queries of the schema `store`, by name, in an order in which they can be created.

    Args:
        manifest: The version.
        schema_files: Table -> the path of its file without rows, in today's columns.
        files: The store, which knows the paths that DuckDB can read.
    """
    found = {name: _relation(table, schema_files[name], manifest, files) for name, table in tables().items()}
    shared = ", ".join([*(each.name for each in mention_columns()), "published_month"])
    found["mentions"] = "\nUNION ALL\n".join(f"SELECT {shared} FROM store.{name}" for name in event_types())
    sides = ", ".join(
        f"({quote(name)}, {quote(record.ACTING)}, {quote(record.RECEIVING or record.ACTING)}, {'true' if record.RECEIVING else 'false'})"
        for name, record in event_types().items()
    )
    found["sides"] = f"SELECT * FROM (VALUES {sides}) AS sides(event_type, acting, receiving, directed)"
    return found


def _relation(table: Table, schema_file: str, manifest: Manifest, files: Files) -> str:
    stored = manifest.of(table.name)
    named = ", ".join(identifier(each.name) for each in columns(table.record))
    # Matching columns by name opens every file before a query begins: done only where files differ in their columns.
    options = "hive_partitioning = false" + (", union_by_name = true" if any(file.schema != table.schema_digest for file in stored) else "")

    def read(found: Sequence[StoredFile], computed: str = "", option: str = "") -> str:
        paths = ", ".join(quote(path) for path in (schema_file, *(files.absolute(file.path) for file in found)))
        return f"SELECT {named}{computed} FROM read_parquet([{paths}], {options}{option})"

    if table.name not in event_types():
        return read(stored)
    of_month = [file for file in stored if is_month(file.month)]
    of_more = read([file for file in stored if not is_month(file.month)], f", {_MONTH_OF_DAY} AS published_month")
    return f"{of_more} UNION ALL {read(of_month, f', {_MONTH_OF_FILE} AS published_month', ', filename = true')}" if of_month else of_more


def create_views(connection: duckdb.DuckDBPyConnection, queries: Mapping[str, str], *, comments: bool = False) -> None:
    """Creates the schema `store` and the contract's views in a connection's database.

    Args:
        connection: The connection; its current database gets them.
        queries: As `relations` gives them.
        comments: Also what each view and column means.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS store")
    for name, query in queries.items():
        connection.execute(f"CREATE VIEW store.{identifier(name)} AS {query}")
    for view in views().values():
        connection.execute(f"CREATE VIEW {identifier(view.name)} AS {view.sql}")
        if comments:
            connection.execute(f"COMMENT ON VIEW {identifier(view.name)} IS {quote(view.meaning)}")
            for column, _ in column_names(connection, view.name):
                meaning, unit = view.describe(column)
                connection.execute(f"COMMENT ON COLUMN {identifier(view.name)}.{identifier(column)} IS {quote(meaning + (f' [{unit}]' if unit else ''))}")


def write_catalog(store: str, to: str | None = None) -> str:
    """Writes `events.duckdb`, whose views name absolute paths, aside and moves it into place.

    Args:
        store: The store.
        to: The file; by default `events.duckdb` in the store.

    Returns:
        The file's path.

    Raises:
        NotAStoreError, NewerStoreError, StoreDamagedError: As `manifest.current`.
        StoreError: A store on a bucket needs `to`; or `to` has the name of the schema.
    """
    files = open_files(store)
    manifest = current(files)
    if to is None and not files.local:
        raise StoreError(f"{files.root} is no local folder and can hold no database file; give `dateline catalog --to FILE`")
    target = pathlib.Path(files.root, CATALOG) if to is None else pathlib.Path(to).resolve()
    if target.stem.lower() == _SCHEMA:
        # DuckDB names a database by its file, and `store.documents` would then be both a table of a schema and one of a database.
        raise StoreError(
            f"{target}: DuckDB cannot tell a database of this name from the schema {_SCHEMA} within it; give --to another name, such as events.duckdb"
        )
    from transforms.storage.partitions import write_schema  # asking SQL of a store must not load all of Arrow

    for table in tables().values():
        write_schema(files, f"catalog-{secrets.token_hex(4)}", table)
    schema_files = {name: files.absolute(schema_path(table)) for name, table in tables().items()}
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {quote(str(aside))} AS catalog (STORAGE_VERSION {quote(_STORAGE_VERSION)})")
            connection.execute("USE catalog")
            connection.begin()  # one write, not one a comment
            create_views(connection, relations(manifest, schema_files, files), comments=True)
            connection.commit()
            connection.execute("USE memory")
            connection.execute("DETACH catalog")
        aside.replace(target)
    finally:
        for left in (aside, aside.with_name(f"{aside.name}.wal")):
            left.unlink(missing_ok=True)
    return str(target)


def refresh_catalog(store: str) -> None:
    """Writes `events.duckdb` for the newest version; where that fails it is logged, because what was published stands all the same."""
    try:
        write_catalog(store)
    except RuntimeError as error:
        if "interrupted" not in str(error):
            raise
        # What DuckDB makes of a signal that comes while it works.
        raise KeyboardInterrupt from error
    except (StoreError, OSError, duckdb.Error) as error:
        LOGGER.warning("events.duckdb could not be written (%s); `dateline catalog --store %s` writes it", one_line(error), store)


def column_names(connection: duckdb.DuckDBPyConnection, view: str) -> Sequence[tuple[str, str]]:
    """Names and DuckDB types of a view's columns."""
    return [(row[0], row[1]) for row in connection.execute(f"DESCRIBE {identifier(view)}").fetchall()]
