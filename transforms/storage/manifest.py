"""Manifests: which files make up a version of the store. Creating `manifest/<n>.json` is the commit; nothing else publishes anything."""

from __future__ import annotations

import dataclasses
import datetime
import json
import shlex
from collections.abc import Iterable, Mapping
from typing import Any

from schemas.tables import Table
from transforms.storage.errors import NewerStoreError, NotAStoreError, StoreDamagedError
from transforms.storage.files import Files

CONTRACT_VERSION = 1
FOLDER = "manifest"
STAGING = "staging"
LOCK = "lock"
CATALOG = "events.duckdb"
_RUNS_KEPT = 1000


@dataclasses.dataclass(frozen=True)
class StoredFile:
    """One Parquet file of the store.

    Attributes:
        table: The table that it is part of.
        path: Where it stands, from the store's folder.
        month: The period of its rows, as `transforms.storage.periods` names it: `2025-03`, `2025`, `undated`, or empty for all.
        rows: How many rows it holds.
        bytes: Its size.
        checksum: `blake2b:` and the digest of its bytes (16 bytes, hexadecimal).
        schema: `Table.schema_digest` of its columns.
    """

    table: str
    path: str
    month: str
    rows: int
    bytes: int
    checksum: str
    schema: str


@dataclasses.dataclass(frozen=True)
class Manifest:
    """One version of the store, complete.

    Attributes:
        version: Counts up by one with each commit; 0 is the empty store before the first.
        run_id: The run that made it.
        created: When, in UTC.
        clusterer: The rules that its incidents were made by.
        files: All files of this version.
        runs: The ids of the last thousand runs that committed: a run that is replayed knows that it is done.
    """

    version: int
    run_id: str
    created: datetime.datetime
    clusterer: str
    files: tuple[StoredFile, ...]
    runs: tuple[str, ...]

    def of(self, table: str) -> list[StoredFile]:
        """The files of one table."""
        return [each for each in self.files if each.table == table]

    def to_json(self) -> bytes:
        """The manifest as it is written: one file an entry a line, so that it can be read and compared by eye."""
        head = {
            "contract": CONTRACT_VERSION,
            "version": self.version,
            "run_id": self.run_id,
            "created": self.created.isoformat(),
            "clusterer": self.clusterer,
            "runs": self.runs,
        }
        files = ",\n  ".join(json.dumps(dataclasses.asdict(each)) for each in self.files)
        return (json.dumps(head)[:-1] + ', "files": [\n  ' + files + "\n]}\n").encode()

    def next(self, *, run_id: str, created: datetime.datetime, clusterer: str, files: Iterable[StoredFile]) -> Manifest:
        """The version after this one."""
        return Manifest(self.version + 1, run_id, created, clusterer, tuple(sorted(files, key=lambda each: each.path)), (*self.runs, run_id)[-_RUNS_KEPT:])


EMPTY = Manifest(0, "", datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC), "", (), ())


def manifest_path(version: int) -> str:
    """Where the manifest of a version stands."""
    return f"{FOLDER}/{version:08d}.json"


def schema_path(table: Table) -> str:
    """Where the file without rows stands that shows the table's columns of today."""
    return f"tables/{table.name}/schema-{table.schema_digest}.parquet"


def versions(files: Files) -> list[int]:
    """The versions that have a manifest, ascending."""
    found = (name.removesuffix(".json") for name in files.names(FOLDER) if name.endswith(".json"))
    return sorted(int(each) for each in found if each.isdigit())


def read_manifest(files: Files, version: int) -> Manifest:
    """The manifest of one version.

    Raises:
        NewerStoreError: A later version of the contract wrote it.
        StoreDamagedError: It cannot be read as a manifest.
    """
    path = manifest_path(version)
    with files.open(path) as source:
        data = source.read()
    try:
        content: Mapping[str, Any] = json.loads(data)
        contract = int(content["contract"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamagedError(f"{files.absolute(path)} cannot be read as a manifest ({error}); restore it from a copy of the store") from error
    if contract > CONTRACT_VERSION:
        raise NewerStoreError(
            f"{files.root} was written under contract version {contract}, and this dateline knows version {CONTRACT_VERSION}; install a newer dateline"
        )
    try:
        return Manifest(
            version=int(content["version"]),
            run_id=str(content["run_id"]),
            created=datetime.datetime.fromisoformat(content["created"]),
            clusterer=str(content["clusterer"]),
            files=tuple(_stored_file(each) for each in content["files"]),
            runs=tuple(content["runs"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamagedError(f"{files.absolute(path)} lacks a part of a manifest ({error!r}); restore it from a copy of the store") from error


def _stored_file(entry: Mapping[str, Any]) -> StoredFile:
    # Later writers may add keys: those are passed over, so that adding one is no new contract.
    return StoredFile(**{field.name: entry[field.name] for field in dataclasses.fields(StoredFile)})


def current(files: Files) -> Manifest:
    """The newest version of a store.

    Raises:
        NotAStoreError: Nothing was ever published there.
        NewerStoreError, StoreDamagedError: As `read_manifest`.
    """
    found = versions(files)
    if not found:
        raise NotAStoreError(_no_store(files))
    return read_manifest(files, found[-1])


def _no_store(files: Files) -> str:
    """What is there in place of a store, and what would be right."""
    try:
        others = files.names("")
    except NotADirectoryError:
        return f"{files.root} is a file, and a store is a folder; give the folder that `dateline run INPUT --store DIR` has made"
    if others:
        return f"{files.root} is no store of dateline (it holds {others[0]!r} and no manifest); give the folder that `dateline run INPUT --store DIR` has made"
    return f"there is no store at {files.root}; make one with `dateline run INPUT --store {shlex.quote(files.root)}`"


def current_or_empty(files: Files) -> Manifest:
    """The newest version of the store, or version 0 where a first run may make one.

    Raises:
        NotAStoreError: The path is a file, or a folder with other things in it.
        NewerStoreError, StoreDamagedError: As `read_manifest`.
    """
    if versions(files):
        return current(files)
    try:
        others = sorted(set(files.names("")) - {FOLDER, STAGING, LOCK, CATALOG, "tables"})
    except NotADirectoryError:
        raise NotAStoreError(f"{files.root} is a file; give a folder that is new, empty or a store") from None
    if others:
        raise NotAStoreError(f"{files.root} is no store of dateline (it holds {others[0]!r} and no manifest); give a folder that is new, empty or a store")
    return EMPTY


def commit(files: Files, manifest: Manifest) -> bool:
    """Makes a version the newest one; false if another run has committed that version already."""
    return files.create_exclusively(manifest_path(manifest.version), manifest.to_json(), manifest.run_id)
