"""The graph: how a document comes in at one end and stands in the store at the other.

patterns ─► ReadDocuments ─► SkipKnown ─► ExtractEvents ─► WriteStore ─► the run's row
                  │              │          ▲   │              ▲
                  └── rejects ───┴── known ─┼───┴── rejects ───┘
                                            └── StaleDocuments (--refresh)
"""

from __future__ import annotations

import dataclasses
import functools

import apache_beam as beam

from pipeline.options import DatelineOptions
from pipeline.progress import ReportProgress
from pipeline.reference_actors import reference_actors
from schemas.ledger import Run
from transforms.documents.transform import ReadDocuments
from transforms.events.transform import ExtractEvents
from transforms.incidents.clusterer import IncidentClusterer
from transforms.storage.known import inputs_read
from transforms.storage.transform import GIVEN_AGAIN, KNOWN, NEW, SkipKnown, StaleDocuments, WriteStore


@dataclasses.dataclass(frozen=True, kw_only=True)
class RunFacts:
    """What is settled about a run before its graph is built.

    Attributes:
        run_id: Its id, another one for each run.
        started: When it started, ISO 8601.
        runner: Name of the Beam runner.
        model: The spaCy pipeline and its version.
        version: The version of dateline and fingerprint of its seeds.
        chunk_bytes: How long the parts are in which large files are read.
        spread: Documents are handed out to all workers after reading: for few files that only one worker each can read.
        inputs: The files that are read, as far as they are known before.
        progress: A folder for the workers' counts, None where nobody looks.
    """

    run_id: str
    started: str
    runner: str
    model: str
    version: str
    chunk_bytes: int
    spread: bool = False
    inputs: tuple[str, ...] = ()
    progress: str | None = None


def build(pipeline: beam.Pipeline, options: DatelineOptions, facts: RunFacts) -> beam.PCollection[Run]:
    """Builds the graph of a run.

    Args:
        pipeline: The pipeline that gets it.
        options: What the run is asked to do.
        facts: What is settled about it.

    Returns:
        The run's one row, after it was published.
    """
    read = (
        pipeline
        | "Inputs" >> beam.Create(list(options.inputs))
        | "ReadDocuments"
        >> ReadDocuments(
            run_id=facts.run_id,
            fields=dict(options.fields),
            published=options.published,
            id_prefix=options.id_prefix,
            chunk_bytes=facts.chunk_bytes,
            read_before=functools.partial(inputs_read, options.store),
        )
    )
    documents = read.documents | "SkipKnown" >> SkipKnown(options.store, facts.run_id)
    new = documents[NEW]
    counts = [read.documents | "CountDocuments" >> beam.combiners.Count.Globally(), read.rejects | "CountRejects" >> beam.combiners.Count.Globally()]
    if options.refresh:
        stale = pipeline | "StaleDocuments" >> StaleDocuments(options.store, facts.model, facts.version)
        counts.append(stale | "CountStale" >> beam.combiners.Count.Globally())
        new = (new, stale) | "NewAndStale" >> beam.Flatten()
    if facts.spread:
        new = new | "SpreadDocuments" >> beam.Reshuffle()
    extracted = new | "ExtractEvents" >> ExtractEvents(options.model, options.gate, facts.run_id)
    rejects = (read.rejects, documents[GIVEN_AGAIN], extracted.rejects) | "Rejects" >> beam.Flatten()
    if facts.progress is not None:
        for label, records in (("Extractions", extracted.extractions), ("Known", documents[KNOWN]), ("Rejects", rejects)):
            records | f"Report{label}" >> ReportProgress(facts.progress)
    return (
        {"extractions": extracted.extractions, "rejects": rejects, "known": documents[KNOWN], "read": tuple(counts) | "Counts" >> beam.Flatten()}
    ) | "WriteStore" >> WriteStore(
        store=options.store,
        run_id=facts.run_id,
        started=facts.started,
        runner=facts.runner,
        model=facts.model,
        version=facts.version,
        clusterer=IncidentClusterer(),
        refresh=options.refresh,
        inputs=facts.inputs,
        actors=reference_actors,
    )
