"""One digest a table: two stores are equal where all of these are."""

# ruff: noqa: S608 - every name that becomes SQL here goes through `identifier`

from __future__ import annotations

import dataclasses
import hashlib

import duckdb

from pipeline.catalog import identifier
from pipeline.database import open_store
from schemas.tables import tables
from transforms.storage.errors import StoreDamagedError

# What tells of the way to a store and not of what is in it (the contract's "Equal stores").
LEFT_OUT_TABLES = frozenset({"runs", "incident_aliases"})
LEFT_OUT_COLUMNS = frozenset({"run_id", "seen_at"})


@dataclasses.dataclass(frozen=True)
class TableDigest:
    """A table's rows as one number.

    Attributes:
        table: Its name.
        rows: How many rows it has.
        digest: 32 hexadecimal digits, the same for the same multiset of rows in any order and any files.
    """

    table: str
    rows: int
    digest: str


def digests(store: str) -> list[TableDigest]:
    """The digests of all tables but `runs` and `incident_aliases`, without the columns `run_id` and `seen_at`.

    Each row is hashed (MD5 of its JSON, as 128 bits), and the hashes are added up, so that no table has to be sorted.

    Raises:
        transforms.storage.errors.StoreError: There is no store, or it cannot be read.
    """
    with open_store(store) as connection:
        try:
            return [_digest(connection, name) for name in sorted(tables().keys() - LEFT_OUT_TABLES)]
        except duckdb.IOException as error:
            raise StoreDamagedError(f"{store} cannot be read ({str(error).splitlines()[0]}); `dateline verify` says which file is broken") from error


def _digest(connection: duckdb.DuckDBPyConnection, table: str) -> TableDigest:
    names = [name for name in tables()[table].schema.names if name not in LEFT_OUT_COLUMNS]
    row = f"CAST(to_json(struct_pack({', '.join(f'{identifier(name)} := {identifier(name)}' for name in names)})) AS VARCHAR)"
    found = connection.execute(
        f"SELECT count(*), sum(md5_number_lower(each)), sum(md5_number_upper(each)) FROM (SELECT {row} AS each FROM store.{identifier(table)})"
    ).fetchone()
    count, low, high = found or (0, None, None)
    return TableDigest(table, int(count), hashlib.blake2b(f"{table} {count} {low or 0} {high or 0}".encode(), digest_size=16).hexdigest())
