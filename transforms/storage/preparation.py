"""The first step of publishing a run: which documents stay, and what has to be clustered. What follows may be done by other processes, from files.

No Beam in here. Nothing that is written is named by a version of the store yet, and all of it may be done once more after any failure.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime
import itertools
from collections.abc import Collection, Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from schemas.document import Document
from schemas.event_types import event_types
from schemas.ledger import Reject, Run
from transforms.incidents.protocol import Clusterer
from transforms.storage.affected import Leaving, Plan, plan_clustering
from transforms.storage.arrow_files import collect_arrow, new_path, write_arrow
from transforms.storage.draft import Draft, keys
from transforms.storage.duplicates import find_duplicates
from transforms.storage.errors import StoreDamagedError
from transforms.storage.files import Files
from transforms.storage.identity import Copy, resolve
from transforms.storage.known import digest_of
from transforms.storage.ledger import put_rejects
from transforms.storage.manifest import EMPTY, Manifest, StoredFile
from transforms.storage.months import month_names
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


DROPPED = pa.schema([pa.field("part", pa.string(), nullable=False), pa.field("doc_id", pa.string(), nullable=False)])
"""Documents of staged parts that do not stay."""


@dataclasses.dataclass(frozen=True)
class Gathered:
    """All that the workers of a run have told, in small records.

    Attributes:
        facts: The run.
        staged: What they have staged.
        known: The documents that the store had already.
        read: How many records the readers have counted, where they have: the balance must come to the same.
    """

    facts: RunFacts
    staged: tuple[StagedFile, ...]
    known: tuple[KnownBatch, ...] = ()
    read: int | None = None


@dataclasses.dataclass(frozen=True)
class Prepared:
    """A run for which all is settled but its incidents.

    Attributes:
        gathered: What it was prepared from.
        base: The version of the store that it starts from.
        files: The files of the version to be: documents, duplicates and rejects as they will be, the rest as in `base`.
        dropped: The file with documents of staged parts that do not stay, in `DROPPED`; empty where all stay.
        plan: What is to be clustered; None where no mention changes.
        run: The run's row, its end not known yet.
        events: How many mentions of each type the version to be must have.
    """

    gathered: Gathered
    base: int
    files: tuple[StoredFile, ...]
    dropped: str
    plan: Plan | None
    run: Run
    events: tuple[tuple[str, int], ...]


def prepare(files: Files, gathered: Gathered, base: Manifest, clusterer: Clusterer, now: datetime.datetime) -> Prepared:
    """Decides which of a run's documents stay, puts them into the version to be, and writes down what has to be clustered.

    Args:
        files: The store.
        gathered: What the workers have told; its mentions with block keys (`transforms.storage.blocks`).
        base: The version of the store to start from.
        clusterer: The rules.
        now: The time.

    Raises:
        StoreDamagedError: Something staged is missing, or the balance does not add up.
    """
    facts = gathered.facts
    staged = Staged(files, gathered.staged)
    staged.check()
    draft = Draft(files, facts.run_id, base)
    identified = _identify(draft, staged, gathered.known, facts)
    left_out = _rejects(draft, staged, identified, facts, now)
    staged.without(identified.dropped)
    events_before = {name: draft.rows(name) for name in event_types()}
    leaving, removed_rows = leaving_with(draft, keys(identified.removed), identified.removed_months)
    added = {name: sum(rows.num_rows for rows in staged.rows(name, ["event_id"])) for name in event_types()}
    with staged.by_month("documents") as documents:
        draft.rewrite("documents", documents, key="doc_id", drop=keys(identified.removed), months=identified.removed_months)
    texts = pa.concat_arrays([identified.removed_texts, *(chunk for rows in staged.rows("documents", ["text_hash"]) for chunk in rows.column(0).chunks)])
    duplicates = find_duplicates(draft, pc.unique(texts), identified.removed)
    unchanged = identified.unchanged + sum(each.count for each in gathered.known)
    rejected = put_rejects(draft, staged, left_out) + collections.Counter(kind for _, kind, _ in identified.rejects)
    run = Run(
        run_id=facts.run_id,
        started=facts.started,
        finished=now,
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
    _check(run, gathered.read)
    plan = None
    everything = base is not EMPTY and base.clusterer != clusterer.version
    if everything or identified.added or identified.replaced:
        # A run that changes no document changes no mention, and so no incident.
        plan = plan_clustering(files, draft, facts.run_id, staged, leaving, duplicates, clusterer, everything=everything)
    dropped = ""
    if identified.dropped:
        dropped = new_path(facts.run_id, "dropped")
        rows = [(part, doc_id) for part, found in sorted(identified.dropped.items()) for doc_id in sorted(found)]
        write_arrow(files, dropped, DROPPED, [pa.table([[row[place] for row in rows] for place in (0, 1)], schema=DROPPED)])
    events = tuple((name, events_before[name] - removed_rows[name] + added[name]) for name in event_types())
    return Prepared(gathered, base.version, tuple(draft.files()), dropped, plan, run, events)


def staged_of(files: Files, prepared: Prepared) -> Staged:
    """What a run has staged, without what does not stay."""
    dropped: dict[str, set[str]] = {}
    for row in collect_arrow(files, prepared.dropped, DROPPED).to_pylist():
        dropped.setdefault(row["part"], set()).add(row["doc_id"])
    staged = Staged(files, prepared.gathered.staged)
    staged.without(dropped)
    return staged


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


def _check(run: Run, read: int | None) -> None:
    """The balance must add up before anything is clustered."""
    if read is not None and read != run.read:
        raise StoreDamagedError(
            f"{read} records were read and {run.read} are accounted for ({run.added} added, {run.replaced} replaced, {run.unchanged} unchanged, "
            f"{run.skipped} skipped, {run.failed} failed); nothing is published: run the same command again"
        )
