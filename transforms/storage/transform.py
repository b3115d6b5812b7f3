"""The transforms of storage: documents that the store has are let pass by, what is extracted from the others is staged for `publish_transform`."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import apache_beam as beam
import pyarrow as pa
from apache_beam.metrics.metric import Metrics
from apache_beam.pvalue import PCollection
from apache_beam.transforms.window import BoundedWindow, GlobalWindows

from schemas.document import Document, DocumentAgain
from schemas.ledger import Reject, Run
from transforms.documents.inputs import canonical
from transforms.events.extraction import Extraction
from transforms.incidents.protocol import Clusterer
from transforms.storage.files import Files, open_files
from transforms.storage.known import KnownDocuments, digest_of, known_documents
from transforms.storage.manifest import current_or_empty
from transforms.storage.preparation import KnownBatch, RunFacts
from transforms.storage.publish_transform import BlockMentions, PublishStaged, run_of
from transforms.storage.staging import StagedFile, StagedWriter, duplicate, stands
from transforms.storage.stale import stale_documents
from transforms.windows import in_window

NEW = "new"
KNOWN = "known"
GIVEN_AGAIN = "given_again"


@dataclasses.dataclass(eq=False)
class SkipKnown(beam.PTransform):
    """Lets documents pass by that the store has already, before anything is extracted from them.

    Input: a PCollection of `Document`. Output: a dictionary of three, `new` (documents to extract from), `known` (small records for `WriteStore`) and
    `given_again` (rejects: known documents that a file has which no run before has read, duplicates as they would be in one run over both files).

    Attributes:
        store: Path or Beam file system URL of the store; there may be none yet.
        run_id: The run, for the rejects.
        growing: The run itself publishes while it goes on: what it has published is known as well.
    """

    store: str
    run_id: str = ""
    growing: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, documents: PCollection[Document]) -> dict[str, PCollection]:
        """Splits the documents."""
        found = documents | "SplitKnown" >> beam.ParDo(_SplitKnown(self.store, self.run_id, growing=self.growing)).with_outputs(KNOWN, GIVEN_AGAIN, main=NEW)
        return {name: found[name] for name in (NEW, KNOWN, GIVEN_AGAIN)}


class _SplitKnown(beam.DoFn):
    def __init__(self, store: str, run_id: str, *, growing: bool) -> None:
        self._store, self._run_id, self._growing = store, run_id, growing
        self._known: KnownDocuments | None = None
        self._in = Metrics.counter(SkipKnown, "in")
        self._out = Metrics.counter(SkipKnown, "out")

    def setup(self) -> None:
        self._known = known_documents(self._store)

    def start_bundle(self) -> None:
        if self._growing:
            self.setup()
        self._digests: dict[BoundedWindow, bytearray] = {}

    def process(self, document: Document, window: BoundedWindow = beam.DoFn.WindowParam) -> Iterator[Document | beam.pvalue.TaggedOutput]:
        self._in.inc()
        again = isinstance(document, DocumentAgain)
        if self._known is None or not (self._known.has_text(document) if again else self._known.has_record(document)):
            self._out.inc()
            yield document
            return
        self._digests.setdefault(window, bytearray()).extend(digest_of(document.doc_id))
        if not again:
            yield beam.pvalue.TaggedOutput(GIVEN_AGAIN, duplicate(document, self._run_id))

    def finish_bundle(self) -> Iterator[beam.pvalue.TaggedOutput]:
        for window, digests in self._digests.items():
            yield in_window(beam.pvalue.TaggedOutput(KNOWN, KnownBatch(len(digests) // 16, bytes(digests))), window)


@dataclasses.dataclass(eq=False)
class StaleDocuments(beam.PTransform):
    """Reads from a store the documents that another model or version has made: `pipeline | StaleDocuments(…)` gives a PCollection of `Document`.

    Attributes:
        store: Path or Beam file system URL of the store; there may be none yet.
        model, version: Those of this run.
    """

    store: str
    model: str
    version: str

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, pipeline: Any) -> PCollection[Document]:
        """The files of the store, and their documents."""
        stale: PCollection[Document] = (
            pipeline
            | "Store" >> beam.Create([self.store])
            | "Files" >> beam.FlatMap(_document_files)
            | "Spread" >> beam.Reshuffle()
            | "Read" >> beam.FlatMap(_stale, self.store, self.model, self.version)
        )
        return stale


def _document_files(store: str) -> list[str]:
    return [file.path for file in current_or_empty(open_files(store)).of("documents")]


def _stale(path: str, store: str, model: str, version: str) -> Iterator[Document]:
    return stale_documents(open_files(store), path, model, version)


@dataclasses.dataclass(eq=False)
class WriteStore(beam.PTransform):
    """Stages documents, mentions and rejects where the workers are, and publishes them as the next version of the store.

    Input: a dictionary of PCollections, `extractions` (of `Extraction`) and optionally `rejects` (of `Reject`), `known` (from `SkipKnown`) and `read` (of int:
    counts of records as the readers saw them, whose sum the run's balance must meet) and `inputs` (of str: files that are read, where they are not known
    before). Output: a PCollection of the run's one `Run`.
    Only names of files and counts are grouped; texts go from the worker to the disk. Where the input is windowed, each window that brings something is a run
    of its own, published when it closes (`run_of`).

    Attributes:
        store: Path or Beam file system URL of the store.
        run_id: The run's id, another one for each run.
        started: When the run started, ISO 8601.
        runner: Name of the Beam runner.
        model: The spaCy pipeline and its version.
        version: The version of dateline and fingerprint of its seeds.
        clusterer: Joins mentions into incidents.
        refresh: Documents of the store that were extracted again (`StoredDocuments`) take the place of those that another model or version made.
        inputs: The files that the run reads, by `transforms.documents.inputs.canonical`.
        actors: Gives the reference table of actors; a function of a module.

    Raises (on running):
        StoreDamagedError: Something staged is missing, or counts do not add up; nothing is published.
        StoreBusyError: Another run has published meanwhile; nothing is published.
    """

    store: str
    run_id: str
    started: str
    runner: str
    model: str
    version: str
    clusterer: Clusterer
    refresh: bool = False
    inputs: tuple[str, ...] = ()
    actors: Callable[[], pa.Table] | None = None

    def __post_init__(self) -> None:
        super().__init__()
        open_files(self.store)
        if not self.run_id or "/" in self.run_id:
            raise ValueError(f"the run's id names a folder: it needs characters, and none of them may be /; got {self.run_id!r}")

    def expand(self, inputs: Mapping[str, PCollection]) -> PCollection[Run]:
        """Stages, gathers the records, and publishes."""
        facts = RunFacts(self.run_id, datetime.datetime.fromisoformat(self.started), self.runner, self.model, self.version, self.refresh, self.inputs)
        extractions = inputs["extractions"]
        staged = extractions | "StageExtractions" >> beam.ParDo(_Stage(self.store, facts))
        records = [staged | "BlockMentions" >> BlockMentions(self.store, self.clusterer)]
        if "rejects" in inputs:
            records.append(inputs["rejects"] | "StageRejects" >> beam.ParDo(_Stage(self.store, facts)))
        if "known" in inputs:
            records.append(inputs["known"])
        if "read" in inputs:
            records.append(inputs["read"] | "TotalRead" >> beam.CombineGlobally(sum).without_defaults())
        if "inputs" in inputs:
            records.append(inputs["inputs"] | "Canonical" >> beam.Map(canonical))
        if isinstance(extractions.windowing.windowfn, GlobalWindows):
            # A run that has read nothing is a run too: the start makes sure that there is one group.
            records.append(extractions.pipeline | "Start" >> beam.Create([None]))
        run: PCollection[Run] = (
            tuple(records) | "GatherRecords" >> beam.Flatten() | "PublishStaged" >> PublishStaged(self.store, facts, self.clusterer, self.actors)
        )
        return run


class _Stage(beam.DoFn):
    """Writes what a bundle brings into staged parts and sends their names on."""

    def __init__(self, store: str, facts: RunFacts) -> None:
        self._store, self._facts = store, facts
        # Asked where the graph is built: the launcher that is interrupted takes the folder away while workers may still be at work.
        self._stood = stands(open_files(store))
        self._files: Files | None = None
        self._in = Metrics.counter(WriteStore, "in")
        self._out = Metrics.counter(WriteStore, "out")

    def setup(self) -> None:
        self._files = open_files(self._store)

    def start_bundle(self) -> None:
        self._writers: dict[BoundedWindow, StagedWriter] = {}

    def process(self, element: Extraction | Reject, window: BoundedWindow = beam.DoFn.WindowParam) -> Iterator[StagedFile]:
        self._in.inc()
        writer = self._writers.get(window)
        if writer is None:
            writer = self._writers[window] = StagedWriter(self._files or open_files(self._store), run_of(self._facts, window).run_id, stood=self._stood)
        yield from self._sent(writer.reject(element) if isinstance(element, Reject) else writer.add(element))

    def finish_bundle(self) -> Iterator[Any]:
        for window, writer in self._writers.items():
            for file in self._sent(writer.flush()):
                yield in_window(file, window)

    def _sent(self, files: list[StagedFile]) -> list[StagedFile]:
        self._out.inc(sum(file.rows for file in files))
        return files
