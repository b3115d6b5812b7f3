"""The transforms of publishing: mentions get their block keys, what is alike is clustered shard by shard, and all of it becomes the next version of the store.

staged files ─► BlockMentions ─► by run: PrepareRun ─► by shard: ClusterShards ─► by run: FinishRun ─► the run's row

Mentions and their keys travel as files in the run's staging folder; between the steps go the names of files and counts.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import apache_beam as beam
import pyarrow as pa
from apache_beam.metrics.metric import Metrics
from apache_beam.pvalue import PCollection
from apache_beam.transforms.window import BoundedWindow, GlobalWindow

from schemas.ledger import Run
from transforms.incidents.protocol import Clusterer
from transforms.storage.blocks import with_blocks
from transforms.storage.files import Files, open_files
from transforms.storage.manifest import current_or_empty
from transforms.storage.preparation import Gathered, KnownBatch, Prepared, RunFacts, prepare
from transforms.storage.publish import find_run, finish, publish, utc_now
from transforms.storage.reclustering import ClusteredShard, cluster_shard
from transforms.storage.shards import Shard
from transforms.storage.staging import StagedFile

_PUBLISHING = threading.Lock()


@dataclasses.dataclass(eq=False)
class BlockMentions(beam.PTransform):
    """Gives staged mentions their block keys, which say which mentions are compared at all.

    Input and output: a PCollection of `StagedFile`; those of mentions come out with the file of their keys.

    Attributes:
        store: Path or Beam file system URL of the store.
        clusterer: The rules.
    """

    store: str
    clusterer: Clusterer

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, staged: PCollection[StagedFile]) -> PCollection[StagedFile]:
        """Reads each file and writes its keys beside it."""
        return staged | "BlockKeys" >> beam.ParDo(_Block(self.store, self.clusterer))


class _Block(beam.DoFn):
    def __init__(self, store: str, clusterer: Clusterer) -> None:
        self._store, self._clusterer = store, clusterer
        self._in = Metrics.counter(BlockMentions, "in")
        self._out = Metrics.counter(BlockMentions, "out")

    def process(self, file: StagedFile) -> Iterator[StagedFile]:
        self._in.inc()
        yield with_blocks(open_files(self._store), file, self._clusterer)
        self._out.inc()


@dataclasses.dataclass(eq=False)
class ClusterShards(beam.PTransform):
    """Scores the pairs of mentions of each shard, and joins them into incidents.

    Input: a PCollection of pairs, of which the first tells records apart that may be handed out to different workers, and the second is a `Shard` or what else
    a run is finished with. Output: a PCollection of pairs of the run's id and a `ClusteredShard`, or what was no shard.

    Attributes:
        store: Path or Beam file system URL of the store.
        clusterer: The rules.
        run_id: The run.
    """

    store: str
    clusterer: Clusterer
    run_id: str

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, records: PCollection[tuple[str, Any]]) -> PCollection[tuple[str, Any]]:
        """Hands the shards out to all workers. By a plain grouping: each of the steps that a Reshuffle consists of costs a short run as much as its own."""
        scored = beam.ParDo(_Cluster(self.store, self.clusterer, self.run_id)).with_output_types(tuple[str, Any])
        return records | "Spread" >> beam.GroupByKey() | "ScorePairs" >> scored


class _Cluster(beam.DoFn):
    def __init__(self, store: str, clusterer: Clusterer, run_id: str) -> None:
        self._store, self._clusterer, self._run_id = store, clusterer, run_id
        self._in = Metrics.counter(ClusterShards, "in")
        self._out = Metrics.counter(ClusterShards, "out")

    def process(self, element: tuple[str, Iterable[Any]]) -> Iterator[tuple[str, Any]]:
        for record in element[1]:
            found = record
            if isinstance(record, Shard):
                self._in.inc()
                found = cluster_shard(open_files(self._store), record, self._clusterer)
                self._out.inc(int(found is not None))
            if found is not None:
                yield self._run_id, found


@dataclasses.dataclass(eq=False)
class PublishStaged(beam.PTransform):
    """Publishes what was staged as the next version of the store.

    Input: a PCollection of small records: `StagedFile` (with block keys), `KnownBatch`, int (counts of records as the readers saw them) and str (files that
    are read). Output: a PCollection of one `Run` a window.

    Attributes:
        store: Path or Beam file system URL of the store.
        facts: The run.
        clusterer: Joins mentions into incidents.
        actors: Gives the reference table of actors; a function of a module.
    """

    store: str
    facts: RunFacts
    clusterer: Clusterer
    actors: Callable[[], pa.Table] | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, records: PCollection) -> PCollection[Run]:
        """Gathers the records, clusters, and commits."""
        run_id = self.facts.run_id
        run: PCollection[Run] = (
            records
            | "KeyByRun" >> beam.Map(_keyed, run_id).with_output_types(tuple[str, Any])
            | "GroupByRun" >> beam.GroupByKey()
            | "PrepareRun" >> beam.ParDo(_Prepare(self.store, self.facts, self.clusterer)).with_output_types(tuple[str, Any])
            | "ClusterShards" >> ClusterShards(self.store, self.clusterer, run_id)
            | "GroupShardsByRun" >> beam.GroupByKey()
            | "FinishRun" >> beam.ParDo(_Finish(self.store, self.clusterer, self.actors))
        )
        return run


def _keyed(record: object, run_id: str) -> tuple[str, object]:
    return run_id, record


def run_of(facts: RunFacts, window: BoundedWindow) -> RunFacts:
    """The run that publishes a window: the whole one, or where there are windows one that begins with the window and is named by that."""
    if isinstance(window, GlobalWindow):
        return facts
    started = window.start.to_utc_datetime(has_tz=True)
    return dataclasses.replace(facts, run_id=f"{facts.run_id}-{started:%Y%m%dT%H%M%SZ}", started=started)


class _Prepare(beam.DoFn):
    def __init__(self, store: str, facts: RunFacts, clusterer: Clusterer) -> None:
        self._store, self._facts, self._clusterer = store, facts, clusterer

    def process(self, element: tuple[str, Iterable[object]], window: BoundedWindow = beam.DoFn.WindowParam) -> Iterator[tuple[str, Prepared | Run | Shard]]:
        records = list(element[1])
        facts, files = run_of(self._facts, window), open_files(self._store)
        base = current_or_empty(files)
        done = find_run(files, facts.run_id) if facts.run_id in base.runs else None
        if done is not None:
            yield facts.run_id, done
            return
        counts = [each for each in records if isinstance(each, int)]
        gathered = Gathered(
            dataclasses.replace(facts, inputs=(*facts.inputs, *sorted({each for each in records if isinstance(each, str)}))),
            tuple(each for each in records if isinstance(each, StagedFile)),
            tuple(each for each in records if isinstance(each, KnownBatch)),
            sum(counts) if counts else None,
        )
        prepared = prepare(files, gathered, base, self._clusterer, utc_now())
        yield facts.run_id, prepared
        for shard in prepared.plan.shards if prepared.plan is not None else ():
            yield shard.path, shard


class _Finish(beam.DoFn):
    def __init__(self, store: str, clusterer: Clusterer, actors: Callable[[], pa.Table] | None) -> None:
        self._store, self._clusterer, self._actors = store, clusterer, actors

    def process(self, element: tuple[str, Iterable[object]]) -> Iterator[Run]:
        records, files = list(element[1]), open_files(self._store)
        done = [each for each in records if isinstance(each, Run)]
        # Windows may close together: one after the other.
        with _PUBLISHING:
            for prepared in records:
                if isinstance(prepared, Prepared):
                    done.append(self._finished(files, prepared, [each for each in records if isinstance(each, ClusteredShard)]))
        yield from done

    def _finished(self, files: Files, prepared: Prepared, clustered: list[ClusteredShard]) -> Run:
        now, facts = current_or_empty(files), prepared.gathered.facts
        if facts.run_id in now.runs:
            done = find_run(files, facts.run_id)
            if done is not None:
                return done
        if now.version == prepared.base:
            return finish(files, prepared, clustered, self._clusterer, actors=self._actors)
        # Another window was published meanwhile, and what was prepared does not know of it.
        gathered = prepared.gathered
        return publish(files, facts, gathered.staged, gathered.known, self._clusterer, read=gathered.read, actors=self._actors)
