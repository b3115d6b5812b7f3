"""The graph: how a document comes in at one end and stands in the store at the other.

patterns ─► ReadDocuments ─► SkipKnown ─► ExtractEvents ─► WriteStore ─► the run's row
                  │              │          ▲   │              ▲
                  └── rejects ───┴── known ─┼───┴── rejects ───┘
                                            └── StaleDocuments (--refresh)

With `--watch` the patterns pass through WatchInputs first, which hands on files as they arrive, in windows; with `--kafka` ReadTopic takes the place of both
readers. Each window is published as a run of its own.
"""

from __future__ import annotations

import dataclasses
import functools

import apache_beam as beam

from pipeline.options import DatelineOptions
from pipeline.progress import ReportProgress
from pipeline.reference_actors import reference_actors
from schemas.ledger import Run
from transforms.documents.assemble import Rules
from transforms.documents.topic import ReadTopic, TopicResult
from transforms.documents.transform import ReadDocuments, ReadResult
from transforms.documents.watch import WatchInputs
from transforms.events.transform import ExtractEvents
from transforms.incidents.clusterer import IncidentClusterer
from transforms.storage.known import inputs_read, known_languages
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
        stop: With `--watch`, the path or URL of the file that ends the run when it appears.
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
    stop: str = ""


def build(pipeline: beam.Pipeline, options: DatelineOptions, facts: RunFacts) -> beam.PCollection[Run]:
    """Builds the graph of a run.

    Args:
        pipeline: The pipeline that gets it.
        options: What the run is asked to do.
        facts: What is settled about it.

    Returns:
        The run's one row, after it was published; with `--watch` one a window.
    """
    read, inputs = _read(pipeline, options, facts)
    documents = read.documents | "SkipKnown" >> SkipKnown(options.store, facts.run_id, growing=options.watch)
    new = documents[NEW]
    counts = [_count(read.documents, "CountDocuments"), _count(read.rejects, "CountRejects")]
    if options.refresh:
        stale = pipeline | "StaleDocuments" >> StaleDocuments(options.store, facts.model, facts.version)
        counts.append(_count(stale, "CountStale"))
        new = (new, stale) | "NewAndStale" >> beam.Flatten()
    if facts.spread:
        new = new | "SpreadDocuments" >> beam.Reshuffle()
    extracted = new | "ExtractEvents" >> ExtractEvents(options.model, options.gate, facts.run_id)
    rejects = (read.rejects, documents[GIVEN_AGAIN], extracted.rejects) | "Rejects" >> beam.Flatten()
    if facts.progress is not None:
        for label, records in (("Extractions", extracted.extractions), ("Known", documents[KNOWN]), ("Rejects", rejects)):
            records | f"Report{label}" >> ReportProgress(facts.progress)
    written = {"extractions": extracted.extractions, "rejects": rejects, "known": documents[KNOWN], "read": tuple(counts) | "Counts" >> beam.Flatten()}
    if inputs is not None:
        written["inputs"] = inputs
    return written | "WriteStore" >> WriteStore(
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


def _read(pipeline: beam.Pipeline, options: DatelineOptions, facts: RunFacts) -> tuple[ReadResult | TopicResult, beam.PCollection[str] | None]:
    """Documents and rejects; where these are not known before, also the names of what is read."""
    read_before = functools.partial(inputs_read, options.store)
    if options.topic is not None:
        rules = Rules(fields=dict(options.fields), published=options.published, id_prefix=options.id_prefix)
        topic = pipeline | "ReadTopic" >> ReadTopic(
            *options.topic, every=options.every, stop=facts.stop, run_id=facts.run_id, rules=rules, read_before=read_before
        )
        return topic, topic.spans
    inputs = pipeline | "Inputs" >> beam.Create(list(options.inputs))
    if options.watch:
        inputs = inputs | "WatchInputs" >> WatchInputs(every=options.every, stop=facts.stop)
    read = inputs | "ReadDocuments" >> ReadDocuments(
        run_id=facts.run_id,
        fields=dict(options.fields),
        published=options.published,
        id_prefix=options.id_prefix,
        chunk_bytes=facts.chunk_bytes,
        read_before=read_before,
        known_languages=functools.partial(known_languages, options.store),
        growing=options.watch,
    )
    return read, inputs if options.watch else None


def _count(records: beam.PCollection, label: str) -> beam.PCollection[int]:
    return records | label >> beam.combiners.Count.Globally().without_defaults()
