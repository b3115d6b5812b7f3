"""What is done to a store beside runs: small files are merged, documents are taken out. Each is a commit like any other."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types
from schemas.tables import tables
from transforms.incidents.protocol import Clusterer
from transforms.storage.draft import Draft, keys
from transforms.storage.duplicates import find_duplicates
from transforms.storage.files import Files
from transforms.storage.incident_tables import cluster
from transforms.storage.manifest import current
from transforms.storage.months import month_names
from transforms.storage.preparation import leaving_with
from transforms.storage.publish import publish_draft
from transforms.storage.retention import KEEP
from transforms.storage.staged import Staged

# Files from three quarters of the full size on are left as they are: merging them would write much and save little.
_SMALL_BYTES = 96 << 20


class UnknownDocumentError(Exception):
    """The store has no document of that id."""


@dataclasses.dataclass(frozen=True)
class Maintained:
    """What maintaining a store has done: files merged, files that they became, and files of old versions that left the disk."""

    merged: int
    written: int
    dropped: int


def maintain(files: Files, run_id: str, *, keep: datetime.timedelta = KEEP, now: datetime.datetime) -> Maintained:
    """Merges the small files of each table into files of about 128 MB, a month's or those of more months where these have few rows, and drops old versions.

    Args:
        files: The store.
        run_id: A name of its own for this upkeep.
        keep: For how long versions stay that are no more the newest; never less than a day.
        now: The time.

    Raises:
        transforms.storage.errors.StoreError: There is no store, or another run has committed meanwhile.
    """
    base = current(files)
    draft = Draft(files, run_id, base)
    merged = sum(draft.merge(table, _SMALL_BYTES) for table in tables())
    before = {file.checksum for file in base.files}
    written = sum(file.checksum not in before for file in draft.files())
    _, dropped = publish_draft(files, draft, base, run_id, base.clusterer, now, keep)
    return Maintained(merged, written, len(dropped))


@dataclasses.dataclass(frozen=True)
class Forgotten:
    """What has left the store: documents, their mentions, and rejects that showed their text."""

    documents: int
    mentions: int
    rejects: int


def forget(files: Files, run_id: str, doc_ids: Collection[str], clusterer: Clusterer, *, now: datetime.datetime) -> Forgotten:
    """Takes documents out of a store, with their mentions and with rejects that quote them; incidents are as if they had never been read.

    Args:
        files: The store.
        run_id: A name of its own for this upkeep.
        doc_ids: The documents.
        clusterer: Joins mentions into incidents.
        now: The time.

    Raises:
        UnknownDocumentError: One of them is not in the store; nothing is changed.
        transforms.storage.errors.StoreError: There is no store, or another run has committed meanwhile.
    """
    base = current(files)
    draft = Draft(files, run_id, base)
    wanted = keys(doc_ids)
    rows = draft.collect("documents", ["doc_id", "text_hash", "published_date"], where=("doc_id", wanted))
    missing = sorted(set(doc_ids) - set(rows.column("doc_id").to_pylist()))
    if missing:
        raise UnknownDocumentError(f"{files.root} has no document {missing[0]!r}; the view documents shows those that it has")
    months = month_names(rows.column("published_date"))
    leaving, counts = leaving_with(draft, wanted, months)
    draft.rewrite("documents", {}, key="doc_id", drop=wanted, months=months)
    duplicates = find_duplicates(draft, pc.unique(rows.column("text_hash").combine_chunks()), set(doc_ids))
    cluster(files, draft, run_id, Staged(files, []), leaving, duplicates, clusterer, everything=base.clusterer != clusterer.version)
    rejects = _forget_rejects(draft, set(doc_ids))
    publish_draft(files, draft, base, run_id, clusterer.version, now)
    return Forgotten(rows.num_rows, sum(counts[name] for name in event_types()), rejects)


def _forget_rejects(draft: Draft, doc_ids: Collection[str]) -> int:
    """Takes out rejects whose payload is the beginning of one of the documents."""
    uris = [row["uri"] for rows in draft.read("rejects", ["uri", "payload"]) for row in rows.to_pylist() if _quotes(row["payload"], doc_ids)]

    def others(rows: pa.Table) -> pa.Table:
        return rows.filter(pa.array([not _quotes(payload, doc_ids) for payload in rows.column("payload").to_pylist()], pa.bool_()))

    if uris:
        draft.rewrite("rejects", {}, key="uri", touch=keys(uris), keep=others)
    return len(uris)


def _quotes(payload: str | None, doc_ids: Collection[str]) -> bool:
    try:
        quoted = json.loads(payload or "null")
    except ValueError:
        return False
    return isinstance(quoted, dict) and quoted.get("doc_id") in doc_ids
