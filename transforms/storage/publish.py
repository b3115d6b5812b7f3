"""Publishing a run: everything that it has staged becomes the next version of the store, or nothing does.

No Beam in here: `publish` takes the small records that the workers sent and works on files alone. It may be called again after any failure, and after it has
succeeded: a run that the store has committed is done.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Collection, Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from schemas.document import Document
from schemas.event_types import event_types
from schemas.ledger import Reject, Run
from schemas.tables import tables
from transforms.incidents.protocol import Clusterer
from transforms.storage.draft import Draft, by_month, keys, month_names
from transforms.storage.duplicates import find_duplicates
from transforms.storage.errors import NotAStoreError, StoreBusyError, StoreDamagedError
from transforms.storage.files import Files
from transforms.storage.identity import Copy, resolve
from transforms.storage.incident_tables import Leaving, cluster
from transforms.storage.known import digest_of
from transforms.storage.manifest import EMPTY, commit, current, current_or_empty
from transforms.storage.partitions import write_schema
from transforms.storage.retention import discard_staging, drop_old_versions
from transforms.storage.rows import reject_row
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
    """

    run_id: str
    started: datetime.datetime
    runner: str
    model: str
    version: str
    refresh: bool = False


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
    staged.without(identified.dropped)
    events_before = {name: draft.rows(name) for name in event_types()}
    leaving, removed_rows = _leave(draft, identified)
    added = {name: sum(rows.num_rows for rows in staged.rows(name, ["event_id"])) for name in event_types()}
    draft.rewrite("documents", staged.added("documents"), key="doc_id", drop=keys(identified.removed), months=identified.removed_months)
    texts = pa.concat_arrays([identified.removed_texts, *(chunk for rows in staged.rows("documents", ["text_hash"]) for chunk in rows.column(0).chunks)])
    duplicates = find_duplicates(draft, pc.unique(texts), identified.removed)
    everything = base is not EMPTY and base.clusterer != clusterer.version
    cluster(draft, facts.run_id, staged, leaving, duplicates, clusterer, everything=everything)
    run = _ledger(draft, staged, identified, facts, sum(added.values()), sum(each.count for each in batches), now())
    _check(draft, run, read, {name: events_before[name] - removed_rows[name] + added[name] for name in event_types()})
    if actors is not None:
        draft.replace_all("actors", actors())
    for table in tables().values():
        write_schema(files, facts.run_id, table)
    following = base.next(run_id=facts.run_id, created=now(), clusterer=clusterer.version, files=draft.files())
    if not commit(files, following):
        raise StoreBusyError(f"another run has published into {files.root} meanwhile; nothing of this run is published: run the same command again")
    discard_staging(files, facts.run_id)
    drop_old_versions(files, following, now())
    return run


def find_run(files: Files, run_id: str) -> Run | None:
    """The row of a run that the store has committed; None if it has not."""
    try:
        manifest = current(files)
    except NotAStoreError:
        return None
    found = Draft(files, run_id, manifest).collect("runs", tables()["runs"].schema.names, where=("run_id", keys([run_id]))).to_pylist()
    return Run(**found[0]) if found else None


@dataclasses.dataclass(frozen=True)
class _Identified:
    """What the rules of identity say of a run's documents.

    Attributes:
        dropped: Part -> documents of it that do not stay.
        removed: Documents of the store that leave.
        removed_months: The months that they stand in.
        removed_texts: Digests of their texts.
        rejects: What is left out, as rejects.
        added, replaced, unchanged: The run's counts.
    """

    dropped: Mapping[str, set[str]]
    removed: Collection[str]
    removed_months: Collection[str]
    removed_texts: pa.Array
    rejects: tuple[tuple[Copy, str, str], ...]
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
    added, replaced, unchanged = len(distinct) - len(staged_copies), 0, 0
    for doc_id, copies in sorted(staged_copies.items()):
        verdict = resolve(copies, stored.get(doc_id), seen_again=digest_of(doc_id) in seen, refresh=facts.refresh)
        for copy in copies:
            if copy is not verdict.kept:
                dropped.setdefault(copy.part, set()).add(doc_id)
        if verdict.removed:
            removed.append(doc_id)
        rejects += verdict.rejected
        added, replaced, unchanged = added + verdict.added, replaced + verdict.replaced, unchanged + verdict.unchanged
    gone = stored_rows.filter(pc.is_in(stored_rows.column("doc_id"), value_set=keys(removed)))
    texts = gone.column("text_hash").combine_chunks()
    months = month_names(gone.column("published_date"))
    return _Identified(dropped, removed, months, texts, tuple(rejects), added, replaced, unchanged)


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


def _leave(draft: Draft, identified: _Identified) -> tuple[Leaving, dict[str, int]]:
    """The mentions of documents that leave, and how many of each type."""
    ids, months, counts = [], set(), {}
    for name in event_types():
        rows = draft.collect(name, ["event_id", "event_date"], months=identified.removed_months, where=("doc_id", keys(identified.removed)))
        counts[name] = rows.num_rows
        ids += rows.column("event_id").to_pylist()
        months |= month_names(rows.column("event_date"))
    return Leaving(keys(ids), frozenset(identified.removed_months), frozenset(months)), counts


def _ledger(draft: Draft, staged: Staged, identified: _Identified, facts: RunFacts, events: int, known: int, finished: datetime.datetime) -> Run:
    """Puts rejects and the run's row into the draft."""
    kinds = pc.value_counts(pa.chunked_array([chunk for rows in staged.rows("rejects", ["kind"]) for chunk in rows.column(0).chunks], pa.string())).to_pylist()
    counts = {"skipped": 0, "failed": 0} | {each["values"]: each["counts"] for each in kinds}
    own = pa.Table.from_pylist([reject_row(each) for each in _rejects(staged, identified, facts, finished)], schema=tables()["rejects"].schema)
    for kind in own.column("kind").to_pylist():
        counts[kind] += 1
    if own.num_rows or staged.months("rejects"):
        draft.rewrite("rejects", {"": [*staged.rows("rejects"), own]})
    unchanged = identified.unchanged + known
    run = Run(
        run_id=facts.run_id,
        started=facts.started,
        finished=finished,
        runner=facts.runner,
        read=identified.added + identified.replaced + unchanged + counts["skipped"] + counts["failed"],
        added=identified.added,
        replaced=identified.replaced,
        unchanged=unchanged,
        skipped=counts["skipped"],
        failed=counts["failed"],
        event_count=events,
        version=facts.version,
        model=facts.model,
    )
    draft.rewrite("runs", by_month("runs", pa.Table.from_pylist([dataclasses.asdict(run)], schema=tables()["runs"].schema)))
    return run


def _rejects(staged: Staged, identified: _Identified, facts: RunFacts, seen_at: datetime.datetime) -> list[Reject]:
    if not identified.rejects:
        return []
    staged.without({})
    wanted = {(copy.part, copy.doc_id) for copy, _, _ in identified.rejects}
    payloads = {}
    ids = keys(doc_id for _, doc_id in wanted)
    for part, rows in staged.rows_by_part("documents", ["doc_id", "title", "text"]):
        for row in rows.filter(pc.is_in(rows.column("doc_id"), value_set=ids)).to_pylist():
            if (part, row["doc_id"]) in wanted:
                payloads[part, row["doc_id"]] = payload_of(Document(doc_id=row["doc_id"], title=row["title"], text=row["text"]))
    staged.without(identified.dropped)
    return [
        Reject(run_id=facts.run_id, uri=copy.uri or "", stage="identify", kind=kind, error=error, payload=payloads[copy.part, copy.doc_id], seen_at=seen_at)
        for copy, kind, error in identified.rejects
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
