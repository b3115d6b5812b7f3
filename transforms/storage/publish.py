"""Publishing a run: everything that it has staged becomes the next version of the store, or nothing does.

No Beam in here: each step works on files, from small records. It may be done again after any failure, and after it has succeeded: a run that the store has
committed is done. `publish` takes the steps one after the other; `transforms.storage.publish_transform` hands the shards out to workers.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

import pyarrow as pa

from schemas.ledger import Run
from schemas.tables import tables
from transforms.incidents.protocol import Clusterer
from transforms.storage.blocks import with_blocks
from transforms.storage.draft import Draft, keys
from transforms.storage.errors import NotAStoreError, StoreBusyError, StoreDamagedError
from transforms.storage.files import Files
from transforms.storage.incident_tables import put_clustered
from transforms.storage.ledger import newest_version, put_run
from transforms.storage.manifest import EMPTY, Manifest, commit, current, current_or_empty, read_manifest
from transforms.storage.partitions import settle, write_schema
from transforms.storage.preparation import Gathered, KnownBatch, Prepared, RunFacts, prepare, staged_of
from transforms.storage.reclustering import ClusteredShard, cluster_shard
from transforms.storage.retention import KEEP, discard_staging, drop_old_versions
from transforms.storage.staging import StagedFile

Clock = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    """The time."""
    return datetime.datetime.now(datetime.UTC)


def publish(
    files: Files,
    facts: RunFacts,
    staged_files: Iterable[StagedFile],
    known: Iterable[KnownBatch],
    clusterer: Clusterer,
    *,
    read: int | None = None,
    actors: Callable[[], pa.Table] | None = None,
    now: Clock = utc_now,
) -> Run:
    """Makes the next version of the store from what a run has staged: all steps one after the other, in this process.

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
    done = find_run(files, facts.run_id) if facts.run_id in base.runs else None
    if done is not None:
        return done
    blocked = tuple(with_blocks(files, each, clusterer) for each in staged_files)
    prepared = prepare(files, Gathered(facts, blocked, tuple(known), read), base, clusterer, now())
    clustered = [cluster_shard(files, shard, clusterer) for shard in (prepared.plan.shards if prepared.plan is not None else ())]
    return finish(files, prepared, [each for each in clustered if each is not None], clusterer, actors=actors, now=now)


def finish(
    files: Files,
    prepared: Prepared,
    clustered: Sequence[ClusteredShard],
    clusterer: Clusterer,
    *,
    actors: Callable[[], pa.Table] | None = None,
    now: Clock = utc_now,
) -> Run:
    """The last step: brings together what has become of a run's shards, and commits.

    Args:
        files: The store.
        prepared: The run.
        clustered: What has become of the shards of its plan.
        clusterer: Joins mentions into incidents.
        actors: The reference table of actors, in the schema of the table `actors`.
        now: The clock.

    Returns:
        The run's row, with its balance.

    Raises:
        StoreDamagedError: Counts do not add up; nothing is published.
        StoreBusyError: Another run has committed meanwhile; nothing is published.
    """
    facts = prepared.gathered.facts
    base = read_manifest(files, prepared.base) if prepared.base else EMPTY
    draft = Draft(files, facts.run_id, dataclasses.replace(base, files=prepared.files))
    staged = staged_of(files, prepared)
    if prepared.plan is not None:
        put_clustered(files, draft, staged, prepared.plan, clustered, clusterer)
    # The reference table follows from the version: what the newest run of the same version has written still holds.
    reference_stands = bool(draft.rows("actors")) and newest_version(draft) == facts.version
    run = put_run(draft, dataclasses.replace(prepared.run, finished=now()))
    _check(draft, dict(prepared.events))
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
    following = base.next(run_id=run_id, created=now, clusterer=clusterer, files=[settle(files, file) for file in draft.files()])
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


def _check(draft: Draft, events: Mapping[str, int]) -> None:
    """The counts that must add up before anything is committed."""
    for name, expected in events.items():
        if draft.rows(name) != expected:
            raise StoreDamagedError(f"the version to be has {draft.rows(name)} rows in {name} where {expected} were expected; nothing is published")
    members, mentions = draft.rows("incident_members"), sum(events.values())
    if members != mentions:
        raise StoreDamagedError(f"{mentions} mentions have {members} places in incidents; nothing is published")
