"""The stop that extracts: documents in, their mentions out."""

from __future__ import annotations

import dataclasses
import datetime
import json
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.window import BoundedWindow

from schemas.document import Document
from schemas.ledger import Reject
from transforms.documents.records import excerpt
from transforms.events.batches import Failure, extract, extractor_task, is_full
from transforms.isolation import Task
from transforms.language.installed import DEFAULT_MODEL
from transforms.windows import in_window

_REJECTS = "rejects"


class ExtractResult(NamedTuple):
    """What `ExtractEvents` gives: a PCollection of `Extraction`, one a document, and one of `Reject`."""

    extractions: Any
    rejects: Any


def now() -> datetime.datetime:
    """The time in UTC."""
    return datetime.datetime.now(datetime.UTC)


# Not frozen: Beam sets label, type and resource hints of a transform after it is made.
@dataclasses.dataclass(eq=False)
class ExtractEvents(beam.PTransform):
    """Extracts events: a PCollection of `Document` gives `(extractions, rejects)`.

    Each document is in one of the two. Documents are parsed in batches within their bundle, by a process of its own (`batches`); where a batch fails, crashes
    or hangs, its documents are tried one by one, so that one bad document never loses another.

    Attributes:
        model: An installed spaCy pipeline or the path of one.
        gate: Parse only sentences that hold a trigger's word.
        run_id: The run, for the rejects.
        clock: The time for `seen_at` of the rejects.

    Raises (on running):
        transforms.language.model.ModelNotFoundError: The pipeline is not installed where the workers are.
    """

    model: str = DEFAULT_MODEL
    gate: bool = True
    run_id: str = ""
    clock: Callable[[], datetime.datetime] = now

    def __post_init__(self) -> None:
        super().__init__()
        if not self.model:
            raise ValueError(f"model is {self.model!r}: the name or path of a spaCy pipeline would be right, such as {DEFAULT_MODEL}")

    def expand(self, documents: beam.PCollection[Document]) -> ExtractResult:
        """Documents to extractions and rejects."""
        found = documents | "Extract" >> beam.ParDo(_Extract(extractor_task(self.model, gate=self.gate), self.run_id, self.clock)).with_outputs(
            _REJECTS, main="extractions"
        )
        return ExtractResult(found.extractions, found[_REJECTS])


class _Extract(beam.DoFn):
    """Holds the documents of a bundle back until they make a batch."""

    def __init__(self, task: Task, run_id: str, clock: Callable[[], datetime.datetime]) -> None:
        self._task, self._run_id, self._clock = task, run_id, clock
        self._in = Metrics.counter(ExtractEvents, "in")
        self._out = Metrics.counter(ExtractEvents, "out")
        self._errors = Metrics.counter(ExtractEvents, "errors")
        self._milliseconds = Metrics.distribution(ExtractEvents, "batch_msec")

    def start_bundle(self) -> None:
        self._batch: list[Document] = []
        self._characters = 0
        self._window: BoundedWindow | None = None

    def process(self, document: Document, window: BoundedWindow = beam.DoFn.WindowParam) -> Iterator[Any]:
        self._in.inc()
        if self._window is not None and window != self._window:
            yield from self._flush()
        self._window = window
        self._batch.append(document)
        self._characters += len(document.text)
        if is_full(len(self._batch), self._characters):
            yield from self._flush()

    def finish_bundle(self) -> Iterator[Any]:
        yield from self._flush()

    def _flush(self) -> Iterator[Any]:
        batch, window = self._batch, self._window
        self.start_bundle()
        if not batch:
            return
        started = time.monotonic()
        results = extract(self._task, batch)
        self._milliseconds.update(int(1000 * (time.monotonic() - started)))
        for result in results:
            if isinstance(result, Failure):
                self._errors.inc()
                yield in_window(TaggedOutput(_REJECTS, self._reject(result)), window)
            else:
                self._out.inc()
                yield in_window(result, window)

    def _reject(self, failure: Failure) -> Reject:
        document = failure.document
        return Reject(
            run_id=self._run_id,
            uri=document.uri or "",
            record=None,
            stage="extract",
            kind="failed",
            error=f"document {document.doc_id!r}: {failure.error}; no other document is affected; please report it with this text",
            payload=excerpt(json.dumps({"doc_id": document.doc_id, "title": document.title, "text": document.text[:500]}, ensure_ascii=False)),
            seen_at=self._clock(),
        )
