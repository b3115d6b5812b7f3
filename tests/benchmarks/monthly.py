"""What publishing month by month, in order of publication, does to the ids of incidents: how many change; and whether the end is that of one run."""

from __future__ import annotations

import datetime
import itertools
import pathlib
from collections.abc import Iterable, Iterator, Sequence

from pipeline.digests import digests
from tests.benchmarks.measure import Figure
from tests.benchmarks.texts import Record, documents
from transforms.events.batches import is_full
from transforms.events.extraction import Extraction
from transforms.events.extractor import Extractor
from transforms.incidents.clusterer import IncidentClusterer
from transforms.storage.draft import Draft
from transforms.storage.files import open_files
from transforms.storage.manifest import current
from transforms.storage.preparation import RunFacts
from transforms.storage.publish import publish
from transforms.storage.staging import StagedWriter


def changed_ids(records: Sequence[Record], scratch: pathlib.Path) -> Iterator[Figure]:
    """The share of incident ids that change when records are published month by month; ids that come back later count as changed too.

    Args:
        records: News with days of publication, in any order.
        scratch: A folder for two stores.

    Raises:
        RuntimeError: The monthly store is not equal to the one of a single run.
    """
    dated = sorted((each for each in _extracted(records) if each.document.published_date is not None), key=lambda each: str(each.document.published_date))
    monthly, whole = str(scratch / "monthly"), str(scratch / "whole")
    ever: set[str] = set()
    changed: set[str] = set()
    before: set[str] = set()
    months = [list(group) for _, group in itertools.groupby(dated, key=lambda each: str(each.document.published_date)[:7])]
    for month in months:
        _publish(monthly, month)
        now = _incident_ids(monthly)
        changed |= before - now
        ever |= now
        before = now
    _publish(whole, dated)
    if digests(monthly) != digests(whole):
        raise RuntimeError("a store of monthly runs is not equal to that of one run over everything")
    yield Figure(f"{len(ever):,} incident ids in {len(months)} monthly runs over {len(dated):,} documents: changed", 100 * len(changed) / len(ever), "%", 2)


def _extracted(records: Sequence[Record]) -> Iterator[Extraction]:
    extractor = Extractor()
    batch, characters = [], 0
    for document in documents(records):
        batch.append(document)
        characters += len(document.text)
        if is_full(len(batch), characters):
            yield from extractor.extract(batch)
            batch, characters = [], 0
    yield from extractor.extract(batch)


def _publish(store: str, extractions: Iterable[Extraction]) -> None:
    files = open_files(store)
    started = datetime.datetime.now(datetime.UTC)
    run_id = f"run-{started.timestamp():.6f}"
    writer = StagedWriter(files, run_id)
    staged = [file for each in extractions for file in writer.add(each)] + writer.flush()
    publish(files, RunFacts(run_id, started, "none", "en_core_web_sm 3.8.0", "0.1.0"), staged, [], IncidentClusterer())


def _incident_ids(store: str) -> set[str]:
    files = open_files(store)
    return set(Draft(files, "read", current(files)).collect("incidents", ["incident_id"]).column("incident_id").to_pylist())
