"""Commands that change a store without reading documents: one at a time, with the database file written anew afterwards."""

from __future__ import annotations

import contextlib
import datetime
import secrets
from collections.abc import Iterator, Sequence

from pipeline.catalog import refresh_catalog
from pipeline.errors import UsageError
from transforms.incidents.clusterer import IncidentClusterer
from transforms.storage import upkeep
from transforms.storage.files import Files, open_files
from transforms.storage.lock import locked
from transforms.storage.manifest import current
from transforms.storage.retention import discard_staging


def maintain(store: str, keep: datetime.timedelta) -> upkeep.Maintained:
    """Merges a store's small files and drops versions that were the newest longer than `keep` ago.

    Raises:
        transforms.storage.errors.StoreError: There is no store, or a run is writing into it.
        OSError: The disk is full or cannot be written; the store is as before.
    """
    with _changing(store, "maintain") as (files, name, now):
        return upkeep.maintain(files, name, keep=keep, now=now)


def forget(store: str, doc_ids: Sequence[str]) -> upkeep.Forgotten:
    """Takes documents out of a store.

    Raises:
        UsageError: The store has no such document; nothing is changed.
        transforms.storage.errors.StoreError, OSError: As `maintain`.
    """
    with _changing(store, "forget") as (files, name, now):
        try:
            return upkeep.forget(files, name, doc_ids, IncidentClusterer(), now=now)
        except upkeep.UnknownDocumentError as error:
            raise UsageError(str(error)) from error


@contextlib.contextmanager
def _changing(store: str, kind: str) -> Iterator[tuple[Files, str, datetime.datetime]]:
    now = datetime.datetime.now(datetime.UTC)
    name = f"{now:%Y%m%dT%H%M%SZ}-{kind}-{secrets.token_hex(3)}"
    files = open_files(store)
    current(files)  # says what is wrong before a lock file is made
    with locked(store):
        try:
            yield files, name, now
        except BaseException:
            discard_staging(files, name)
            raise
        if files.local:
            refresh_catalog(store)
