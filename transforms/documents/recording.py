"""What readers do with a record, wherever it comes from: it becomes a document or a reject, and is counted."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable

import apache_beam as beam
from apache_beam.metrics.metric import Metrics
from apache_beam.pvalue import TaggedOutput

from schemas.document import Document, DocumentAgain
from schemas.ledger import Reject
from transforms.documents.assemble import KnownLanguage, Refusal, Rules, clean_path, make_document, nothing_known
from transforms.documents.records import RawRecord, Unreadable, excerpt

REJECTS = "rejects"
_FIELDS = tuple(field.name for field in dataclasses.fields(Document))


def now() -> datetime.datetime:
    """The time in UTC."""
    return datetime.datetime.now(datetime.UTC)


class Recording(beam.DoFn):
    """A DoFn that makes documents and rejects, and counts them.

    Args:
        counted_for: The public transform whose counters they are.
        run_id: The run, for the rejects.
        clock: The time for `seen_at` of the rejects.
    """

    def __init__(self, counted_for: type, run_id: str, clock: Callable[[], datetime.datetime]) -> None:
        self._run_id, self._clock = run_id, clock
        self.read = Metrics.counter(counted_for, "in")
        self._out = Metrics.counter(counted_for, "out")
        self._errors = Metrics.counter(counted_for, "errors")

    def reject(self, path: str, record: str | None, error: str, payload: str | None = None, kind: str = "failed") -> TaggedOutput:
        """What could not be used, as a reject."""
        self._errors.inc()
        reject = Reject(
            run_id=self._run_id,
            uri=clean_path(path),
            record=record,
            stage="read",
            kind=kind,
            error=excerpt(error) or kind,
            payload=payload,
            seen_at=self._clock(),
        )
        return TaggedOutput(REJECTS, reject)

    def result(
        self, item: RawRecord | Unreadable, path: str, rules: Rules, *, again: bool, known_language: KnownLanguage = nothing_known
    ) -> Document | TaggedOutput:
        """The document of a record, or the reject.

        Args:
            item: What the format's reader gives.
            path: The file or topic that it was read from.
            rules: What holds for the run.
            again: An earlier run has read it too.
            known_language: What an earlier run has detected.
        """
        if isinstance(item, Unreadable):
            return self.reject(path, item.record, item.error, item.payload)
        try:
            made = make_document(item, path, rules, known_language)
        except Exception as error:  # noqa: BLE001 - whatever a record makes a library do, the other records go on
            made = Refusal("failed", f"{type(error).__name__}: {error}; no other record is affected; please report it with this record", None)
        if isinstance(made, Refusal):
            return self.reject(path, item.record, made.error, made.payload, made.kind)
        self._out.inc()
        return DocumentAgain(**{name: getattr(made, name) for name in _FIELDS}) if again else made
