"""The three transforms as a Beam YAML pipeline names them (`docs/yaml/providers.yaml`): arguments are plain values, outputs have names."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

import apache_beam as beam

from pipeline.reference_actors import reference_actors
from pipeline.run import new_run_id
from schemas.ledger import Run
from transforms.documents import transform as documents
from transforms.events import transform as events
from transforms.events.extraction import Extraction
from transforms.events.version import version
from transforms.incidents.clusterer import IncidentClusterer
from transforms.language.installed import DEFAULT_MODEL, installed_model
from transforms.storage import transform as storage


class Event(NamedTuple):
    """A mention as a row of a Beam schema, for the transforms that come with Beam YAML."""

    event_id: str
    event_type: str
    doc_id: str
    status: str
    event_date: str | None
    sentence: str
    actors: list[str]
    confidence: float | None


class ReadDocuments(beam.PTransform):
    """Reads files: no input; outputs `documents` and `rejects`.

    Args:
        inputs: Files, folders, globs, URLs of Beam file systems.
        published: The time of publication of what states none.
        id_prefix: What is set before every id.
        fields: For a field of a document the name that it has in the input.
    """

    def __init__(self, inputs: list[str], published: str | None = None, id_prefix: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._inputs = list(inputs)
        self._read = documents.ReadDocuments(run_id="", published=published, id_prefix=id_prefix, fields=dict(fields or {}))

    def expand(self, begin: Any) -> dict[str, Any]:
        """Reads."""
        read = begin | "Inputs" >> beam.Create(self._inputs) | "Read" >> self._read
        return {"documents": read.documents, "rejects": read.rejects}


class ExtractEvents(beam.PTransform):
    """Extracts events: the input is `documents`; outputs are `extractions`, for `WriteStore`, `events`, rows that any transform takes, and `rejects`.

    Args:
        model: An installed spaCy pipeline or the path of one.
        gate: Parse only sentences that hold a trigger's word.
    """

    def __init__(self, model: str = DEFAULT_MODEL, gate: bool = True) -> None:
        super().__init__()
        self._extract = events.ExtractEvents(model, gate)

    def expand(self, read: Any) -> dict[str, Any]:
        """Extracts."""
        found = read | "Extract" >> self._extract
        rows = found.extractions | "Rows" >> beam.FlatMap(_rows).with_output_types(Event)
        return {"extractions": found.extractions, "events": rows, "rejects": found.rejects}


class WriteStore(beam.PTransform):
    """Publishes in a store: inputs are `extractions` and, where they are to be kept, `rejects`; the output is the run's row.

    Args:
        store: Path or Beam file system URL of the store.
        model: The spaCy pipeline that `ExtractEvents` has used.
    """

    def __init__(self, store: str, model: str = DEFAULT_MODEL) -> None:
        super().__init__()
        started = datetime.datetime.now(datetime.UTC)
        self._write = storage.WriteStore(
            store=store,
            run_id=new_run_id(started),
            started=started.isoformat(),
            runner="Beam YAML",
            model=installed_model(model),
            version=version(),
            clusterer=IncidentClusterer(),
            actors=reference_actors,
        )

    def expand(self, inputs: Any) -> beam.PCollection[Run]:
        """Publishes."""
        given = inputs if isinstance(inputs, dict) else {"extractions": inputs}
        run: beam.PCollection[Run] = given | "Write" >> self._write
        return run


def _rows(extraction: Extraction) -> list[Event]:
    return [
        Event(
            event_id=each.event_id,
            event_type=each.event_type,
            doc_id=each.doc_id,
            status=each.status,
            event_date=None if each.event_date is None else each.event_date.isoformat(),
            sentence=each.sentence,
            actors=[f"{actor.role} {actor.name or actor.text}" for actor in each.actors],
            confidence=each.confidence,
        )
        for each in extraction.mentions
    ]
