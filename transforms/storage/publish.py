"""Publishing a run: everything that it has staged becomes the next version of the store, or nothing does.

No Beam in here: `publish` takes the small records that the workers sent and works on files alone. It may be called again after any failure, and after it has
succeeded: a run that the store has committed is done.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime
import itertools
from collections.abc import Callable, Collection, Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from schemas.document import Document
from schemas.event_types import event_types
from schemas.ledger import Reject, Run
from schemas.tables import tables
from transforms.incidents.protocol import Clusterer
from transforms.storage.draft import Draft, keys
from transforms.storage.duplicates import find_duplicates
from transforms.storage.errors import NotAStoreError, StoreBusyError, StoreDamagedError
from transforms.storage.files import Files
from transforms.storage.identity import Copy, resolve
from transforms.storage.incident_tables import Leaving, cluster
from transforms.storage.known import digest_of
from transforms.storage.ledger import newest_version, put_rejects, put_run
from transforms.storage.manifest import EMPTY, Manifest, commit, current, current_or_empty
from transforms.storage.months import month_names
from transforms.storage.partitions import write_schema
from transforms.storage.retention import KEEP, discard_staging, drop_old_versions
from transforms.storage.staged import Staged
from transforms.storage.staging import StagedFile, payload_of

_COPY_COLUMNS = ["doc_id", "text_hash", "published", "uri", "source", "title", "published_date", "published_basis", "language", "model", "version"]


@dataclasses.dataclass(frozen=True)
class KnownBatch:
    """Documents that a worker has let pass by because the store has them: how many, and 16 bytes for each id (`known.digest_of`)."""

    count: int
    digests: bytes


@dataclasses.dataclass(frozen=True)
class RunFacts:
    """What a run says of itself before it is done.

    Attributes:
        run_id: Its id, another one for each run.
        started: When it started, UTC.
        runner: The Beam runner.
        model: The spaCy pipeline and its version.
        version: The version of dateline and fingerprint of its seeds.
        refresh: Documents that another model or version has made are made again.
        inputs: The files that it reads, by their one name (`transforms.documents.inputs.canonical`).
    """

    run_id: str
    started: datetime.datetime
    runner: str
    model: str
    version: str
    refresh: bool = False
    inputs: tuple[str, ...] = ()


def publish(
    files: Files,
    facts: RunFacts,
    staged_files: Iterable[StagedFile],
    known: Iterable[KnownBatch],
    clusterer: Clusterer,
    *,
    read: int | None = None,
    actors: Callable[[], pa.Table] | None = None,
    now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
) -> Run:
    """Makes the next version of the store from what a run has staged.

    Args:
        files: The store.
        facts: The run.
        staged_files: All that its workers have staged.
        known: The documents that the store had already.
        clusterer: Joins mentions into incidents.
        read: How many records the readers have counted, where they have: the balance must come to the same.
        actors: The reference table of actors, in the schema of the table `actors`.
        now: The clock.

    Returns:
        The run's row, with its balance.

    Raises:
        StoreDamagedError: Something staged is missing, or counts do not add up; nothing is published.
        StoreBusyError: Another run has committed meanwhile; nothing is published.
        NotAStoreError, NewerStoreError: As `manifest.current_or_empty`.
    """
    base = current_or_empty(files)
    if facts.run_id in base.runs:
        done = find_run(files, facts.run_id)
        if done is not None:
            return done
    staged, batches = Staged(files, staged_files), list(known)
    staged.check()
    draft = Draft(files, facts.run_id, base)
    identified = _identify(draft, staged, batches, facts)
    left_out = _rejects(draft, staged, identified, facts, now())
    staged.without(identified.dropped)
    events_before = {name: draft.rows(name) for name in event_types()}
    leaving, removed_rows = leaving_with(draft, keys(identified.removed), identified.removed_months)
    added = {name: sum(rows.num_rows for rows in staged.rows(name, ["event_id"])) for name in event_types()}
    with staged.by_month("documents") as documents:
        draft.rewrite("documents", documents, key="doc_id", drop=keys(identified.removed), months=identified.removed_months)
    texts = pa.concat_arrays([identified.removed_texts, *(chunk for rows in staged.rows("documents", ["text_hash"]) for chunk in rows.column(0).chunks)])
    duplicates = find_duplicates(draft, pc.unique(texts), identified.removed)
    everything = base is not EMPTY and base.clusterer != clusterer.version
    if everything or identified.added or identified.replaced:
        # A run that changes no document changes no mention, and so no incident.
        cluster(draft, facts.run_id, staged, leaving, duplicates, clusterer, everything=everything)
    unchanged = identified.unchanged + sum(each.count for each in batches)
    rejected = put_rejects(draft, staged, left_out) + collections.Counter(kind for _, kind, _ in identified.rejects)
    run = Run(
        run_id=facts.run_id,
        started=facts.started,
        finished=now(),
        runner=facts.runner,
        read=identified.added + identified.replaced + unchanged + rejected["skipped"] + rejected["failed"],
        added=identified.added,
        replaced=identified.replaced,
        unchanged=unchanged,
        skipped=rejected["skipped"],
        failed=rejected["failed"],
        event_count=sum(added.values()),
        version=facts.version,
        model=facts.model,
        inputs=facts.inputs,
    )
    # The reference table follows from the version: what the newest run of the same version has written still holds.
    reference_stands = bool(draft.rows("actors")) and newest_version(draft) == facts.version
    run = put_run(draft, run)
    _check(draft, run, read, {name: events_before[name] - removed_rows[name] + added[name] for name in event_types()})
    if actors is not None and not reference_stands:
        draft.replace_all("actors", actors())
    publish_draft(files, draft, base, facts.run_id, clusterer.version, now())
    return run


def publish_draft(
    files: Files, draft: Draft, base: Manifest, run_id: str, clusterer: str, now: datetime.datetime, keep: datetime.timedelta = KEEP
) -> tuple[Manifest, list[str]]:
    """Makes a draft the newest version of the store.

    Args:
        files: The store.
        draft: The version to be, complete.
        base: The version that it started from.
        run_id: The run or upkeep that made it.
        clusterer: The version of the rules that its incidents were made by.
        now: The time.
        keep: For how long versions that are no more the newest stay.

    Returns:
        The new version, and the data files of old versions that have left the disk.

    Raises:
        StoreBusyError: Another run has committed meanwhile; nothing is published.
    """
    for table in tables().values():
        write_schema(files, run_id, table)
    following = base.next(run_id=run_id, created=now, clusterer=clusterer, files=draft.files())
    if not commit(files, following):
        raise StoreBusyError(f"another run has published into {files.root} meanwhile; nothing of this run is published: run the same command again")
    discard_staging(files, run_id)
    return following, drop_old_versions(files, following, now, keep)


def find_run(files: Files, run_id: str) -> Run | None:
    """The row of a run that the store has committed; None if it has not."""
    try:
        manifest = current(files)
    except NotAStoreError:
        return None
    found = Draft(files, run_id, manifest).collect("runs", tables()["runs"].schema.names, where=("run_id", keys([run_id]))).to_pylist()
    return Run(**found[0] | {"inputs": tuple(found[0]["inputs"])}) if found else None


@dataclasses.dataclass(frozen=True)
class _Identified:
    """What the rules of identity say of a run's documents.

    Attributes:
        dropped: Part -> documents of it that do not stay.
        removed: Documents of the store that leave.
        removed_months: The months that they stand in.
        removed_texts: Digests of their texts.
        rejects: What is left out, as rejects.
        given_again: What is in the rejects as a duplicate, and counted as unchanged or replaced.
        added, replaced, unchanged: The run's counts.
    """

    dropped: Mapping[str, set[str]]
    removed: Collection[str]
    removed_months: Collection[str]
    removed_texts: pa.Array
    rejects: tuple[tuple[Copy, str, str], ...]
    given_again: tuple[tuple[Copy, str, str], ...]
    added: int
    replaced: int
    unchanged: int


def _identify(draft: Draft, staged: Staged, batches: Iterable[KnownBatch], facts: RunFacts) -> _Identified:
    """Looks at documents that were staged twice or that the store has; the others, which are nearly all, are new."""
    pieces = [chunk for rows in staged.rows("documents", ["doc_id"]) for chunk in rows.column(0).chunks]
    ids = pa.chunked_array(pieces, pa.string())
    counts = pc.value_counts(ids)
    distinct = counts.field("values") if len(ids) else pa.array([], pa.string())
    twice = distinct.filter(pc.greater(counts.field("counts"), 1)) if len(ids) else distinct
    stored_rows = draft.collect("documents", _COPY_COLUMNS, where=("doc_id", distinct))
    stored = {copy.doc_id: copy for copy in _copies("", stored_rows)}
    looked_at = keys([*twice.to_pylist(), *stored])
    staged_copies: dict[str, list[Copy]] = {}
    for part, rows in staged.rows_by_part("documents", _COPY_COLUMNS):
        for copy in _copies(part, rows.filter(pc.is_in(rows.column("doc_id"), value_set=looked_at))):
            staged_copies.setdefault(copy.doc_id, []).append(copy)
    seen = {batch.digests[start : start + 16] for batch in batches for start in range(0, len(batch.digests), 16)} if stored else set()

    dropped: dict[str, set[str]] = {}
    removed: list[str] = []
    rejects: list[tuple[Copy, str, str]] = []
    given_again: list[tuple[Copy, str, str]] = []
    added, replaced, unchanged = len(distinct) - len(staged_copies), 0, 0
    for doc_id, copies in sorted(staged_copies.items()):
        verdict = resolve(copies, stored.get(doc_id), seen_again=digest_of(doc_id) in seen, refresh=facts.refresh)
        for copy in copies:
            if copy is not verdict.kept:
                dropped.setdefault(copy.part, set()).add(doc_id)
        if verdict.removed:
            removed.append(doc_id)
        rejects += verdict.rejected
        given_again += [(copy, "skipped", "duplicate") for copy in verdict.given_again]
        added, replaced, unchanged = added + verdict.added, replaced + verdict.replaced, unchanged + verdict.unchanged
    gone = stored_rows.filter(pc.is_in(stored_rows.column("doc_id"), value_set=keys(removed)))
    texts = gone.column("text_hash").combine_chunks()
    months = month_names(gone.column("published_date"))
    return _Identified(dropped, removed, months, texts, tuple(rejects), tuple(given_again), added, replaced, unchanged)


def _copies(part: str, rows: pa.Table) -> list[Copy]:
    return [
        Copy(
            part,
            row["doc_id"],
            row["text_hash"],
            row["published"],
            row["uri"],
            row["source"],
            repr([row[name] for name in ("title", "published_date", "published_basis", "language")]),
            repr([row["model"], row["version"]]),
        )
        for row in rows.to_pylist()
    ]


def leaving_with(draft: Draft, doc_ids: pa.Array, months: Collection[str]) -> tuple[Leaving, dict[str, int]]:
    """The mentions that leave with documents, and how many of each type.

    Args:
        draft: The version to be, with these mentions.
        doc_ids: The documents.
        months: The months that they were published in.
    """
    ids, event_months, counts = [], set(), {}
    for name in event_types():
        rows = draft.collect(name, ["event_id", "event_date"], months=months, where=("doc_id", doc_ids))
        counts[name] = rows.num_rows
        ids += rows.column("event_id").to_pylist()
        event_months |= month_names(rows.column("event_date"))
    return Leaving(keys(ids), frozenset(months), frozenset(event_months)), counts


def _rejects(draft: Draft, staged: Staged, identified: _Identified, facts: RunFacts, seen_at: datetime.datetime) -> list[Reject]:
    """What the rules of identity leave out, with the beginning of each text; documents are still as in the version before."""
    left_out = (*identified.rejects, *identified.given_again)
    if not left_out:
        return []
    wanted = {(copy.part, copy.doc_id) for copy, _, _ in left_out}
    payloads = {}
    ids, columns = keys(doc_id for _, doc_id in wanted), ["doc_id", "title", "text"]
    stored = (("", rows) for rows in draft.read("documents", columns, where=("doc_id", keys(doc_id for part, doc_id in wanted if not part))))
    for part, rows in itertools.chain(stored, staged.rows_by_part("documents", columns)):
        for row in rows.filter(pc.is_in(rows.column("doc_id"), value_set=ids)).to_pylist():
            if (part, row["doc_id"]) in wanted:
                payloads[part, row["doc_id"]] = payload_of(Document(doc_id=row["doc_id"], title=row["title"], text=row["text"]))
    return [
        Reject(run_id=facts.run_id, uri=copy.uri or "", stage="identify", kind=kind, error=error, payload=payloads[copy.part, copy.doc_id], seen_at=seen_at)
        for copy, kind, error in left_out
    ]


def _check(draft: Draft, run: Run, read: int | None, events: Mapping[str, int]) -> None:
    """The counts that must add up before anything is committed."""
    if read is not None and read != run.read:
        raise StoreDamagedError(
            f"{read} records were read and {run.read} are accounted for ({run.added} added, {run.replaced} replaced, {run.unchanged} unchanged, "
            f"{run.skipped} skipped, {run.failed} failed); nothing is published: run the same command again"
        )
    for name, expected in events.items():
        if draft.rows(name) != expected:
            raise StoreDamagedError(f"the version to be has {draft.rows(name)} rows in {name} where {expected} were expected; nothing is published")
    members, mentions = draft.rows("incident_members"), sum(events.values())
    if members != mentions:
        raise StoreDamagedError(f"{mentions} mentions have {members} places in incidents; nothing is published")
