"""What publishing takes when many mentions come at once: blocks, identity, duplicates, clustering and writing, as at the end of a run.

Run as a module, this publishes the folder that is named.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import datetime
import json
import multiprocessing
import pathlib
import shutil
import sys
from collections.abc import Iterator, Sequence

import apache_beam as beam
import pyarrow as pa

from pipeline.options import DatelineOptions, pipeline_options
from pipeline.reference_actors import reference_actors
from pipeline.work import LocalWork, local_runner
from schemas.event_types import event_types
from tests.benchmarks.large_store import MONTHS, rows_by_month
from tests.benchmarks.measure import Figure, Spent, spent
from transforms.incidents.clusterer import IncidentClusterer
from transforms.storage.files import open_files
from transforms.storage.manifest import STAGING
from transforms.storage.partitions import conformed
from transforms.storage.preparation import RunFacts
from transforms.storage.publish_transform import BlockMentions, PublishStaged
from transforms.storage.staging import StagedFile, write_staged

_RUN = "benchmark"
_LIST = "staged.json"
_ROWS_A_PART = 20_000
_WORKERS = 2


def clustering(counts: Sequence[int], scratch: pathlib.Path) -> Iterator[Figure]:
    """Time and memory of clustering and committing so many mentions over ten years, into an empty store: of all processes, memory of the largest.

    Args:
        counts: Numbers of mentions, ascending, each ten times the one before.
        scratch: A folder for the stores.
    """
    before: tuple[int, Spent] | None = None
    for count in counts:
        folder = scratch / f"clustered-{count}"
        mentions = _in_process(stage, folder, count)
        found = publish_staged(folder)
        shutil.rmtree(folder)
        largest = count == counts[-1] and count >= 1_000_000
        yield Figure(f"commit of {mentions:,} mentions: on the clock", found.clock, "s", 300 if largest else None)
        yield Figure(f"commit of {mentions:,} mentions: processor time", found.processor, "s")
        yield Figure(f"commit of {mentions:,} mentions: memory", found.largest, "MB", 1000 if largest else None)
        if before is not None:
            # Of ten times as many; where the numbers drawn differ from that, by their ratio.
            times = found.processor / before[1].processor * 10 * before[0] / mentions
            yield Figure(f"commit of {mentions:,} mentions against a tenth of them", times, "×", 15)
        before = mentions, found


def stage(folder: pathlib.Path, mentions: int, months: int = MONTHS) -> int:
    """Writes parts as the workers of a run stage them, and a list of them; says how many mentions they hold."""
    files = open_files(str(folder))
    staged: list[StagedFile] = []
    held: dict[str, list[pa.Table]] = {}

    def flush() -> None:
        part = f"{len(staged):06d}"
        for name, parts in held.items():
            path, rows = f"{STAGING}/{_RUN}/{part}-{name}.parquet", pa.concat_tables(parts)
            write_staged(files, path, rows)
            staged.append(StagedFile(part, name, path, rows.num_rows))
        held.clear()

    for table, rows in rows_by_month(mentions, months, tables=("documents", "events", "event_actors")):
        if table.name in held and len(held[table.name]) * rows.num_rows > _ROWS_A_PART:
            flush()
        held.setdefault(table.name, []).append(conformed(rows, table.schema))
    flush()
    with files.create(f"{STAGING}/{_RUN}/{_LIST}") as out:
        out.write(json.dumps([dataclasses.asdict(each) for each in staged]).encode())
    return sum(each.rows for each in staged if each.table in event_types())


def publish_staged(folder: pathlib.Path) -> Spent:
    """Publishes what `stage` has written, by the transforms that a run ends with, on the local runner with two workers; all of it counts, Beam's start too."""
    return spent([sys.executable, "-m", "tests.benchmarks.clustering", str(folder)])


def build(folder: str) -> beam.Pipeline:
    """The pipeline that publishes what `stage` has written."""
    listed = json.loads((pathlib.Path(folder) / STAGING / _RUN / _LIST).read_text("utf-8"))
    options = pipeline_options(DatelineOptions(inputs=(), store=folder), workers=_WORKERS)
    pipeline = beam.Pipeline(local_runner(options, _WORKERS, verbose=False), options=options)
    facts = RunFacts(_RUN, datetime.datetime.now(datetime.UTC), "FnApiRunner", "en_core_web_sm 3.8.0", "0.1.0")
    clusterer = IncidentClusterer()
    staged = pipeline | "Staged" >> beam.Create([StagedFile(**each) for each in listed])
    _ = staged | "BlockMentions" >> BlockMentions(folder, clusterer) | "PublishStaged" >> PublishStaged(folder, facts, clusterer, reference_actors)
    return pipeline


def _in_process(function, *arguments):  # type: ignore[no-untyped-def]
    """Calls a function of this module in a new process, whose memory is its own."""
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


if __name__ == "__main__":
    LocalWork(build(sys.argv[1])).wait()
