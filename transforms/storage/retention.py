"""What leaves the disk, and when: readers of a version that was the newest within the last day find all of its files."""

from __future__ import annotations

import contextlib
import datetime

from transforms.storage.files import Files
from transforms.storage.manifest import CATALOG, FOLDER, STAGING, Manifest, manifest_path, read_manifest, versions

KEEP = datetime.timedelta(hours=24)
UNFINISHED_CATALOG = f".{CATALOG}."
"""How the name of a database file begins that is being written and not yet in its place."""


def discard_staging(files: Files, run_id: str) -> None:
    """Deletes what a run has staged. What cannot be deleted does no harm: nothing reads it, and `remove_leftovers` takes it later."""
    with contextlib.suppress(OSError):
        files.delete_folder(f"{STAGING}/{run_id}")


def drop_old_versions(files: Files, newest: Manifest, now: datetime.datetime, keep: datetime.timedelta = KEEP) -> list[str]:
    """Deletes the manifests of versions that no one can have seen as the newest for a day or longer, and the files that only they name.

    Args:
        files: The store.
        newest: Its newest version.
        now: The time.
        keep: For how long a version stays after it was the newest; never less than `KEEP`.

    Returns:
        The data files that were deleted.
    """
    kept: list[Manifest] = [newest]
    old: list[Manifest] = []
    superseded = newest.created
    for version in reversed(versions(files)):
        if version >= newest.version:
            continue
        manifest = read_manifest(files, version)
        # A version was the newest until the one after it was created.
        (kept if superseded > now - max(keep, KEEP) else old).append(manifest)
        superseded = manifest.created
    named = {file.path for manifest in kept for file in manifest.files}
    gone = sorted({file.path for manifest in old for file in manifest.files} - named)
    with contextlib.suppress(OSError):
        files.delete(gone)
        files.delete(manifest_path(manifest.version) for manifest in old)
    return gone


def find_leftovers(files: Files) -> list[str]:
    """Files and folders that no version names: of runs that were broken off. Call it only while no run is writing (`lock.locked`).

    Older schema files are none: they have no rows, and an `events.duckdb` may name them.
    """
    named = {file.path for version in versions(files) for file in read_manifest(files, version).files}
    found = [f"{STAGING}/{name}" for name in files.names(STAGING)]
    for table in files.names("tables"):
        for name in files.names(f"tables/{table}"):
            path = f"tables/{table}/{name}"
            found += [path] if name.endswith(".parquet") else [f"{path}/{each}" for each in files.names(path)]
    found += [f"{FOLDER}/{name}" for name in files.names(FOLDER) if name.endswith(".tmp")]
    found += [name for name in files.names("") if name.startswith(UNFINISHED_CATALOG)]
    return sorted(path for path in found if path not in named and not path.rsplit("/", 1)[-1].startswith("schema-"))


def remove_leftovers(files: Files) -> list[str]:
    """Deletes what `find_leftovers` finds, and returns it."""
    found = find_leftovers(files)
    for path in found:
        if path.startswith(f"{STAGING}/"):
            files.delete_folder(path)
        else:
            files.delete([path])
    return found
