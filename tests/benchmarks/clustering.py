"""What publishing takes when many mentions come at once: identity, duplicates, clustering and writing, as at the end of a run, in a process of its own."""

from __future__ import annotations

import concurrent.futures
import datetime
import multiprocessing
import pathlib
import resource
import shutil
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyarrow as pa

from pipeline.reference_actors import reference_actors
from tests.benchmarks.large_store import MONTHS, rows_by_month
from tests.benchmarks.measure import Figure
from transforms.incidents.clusterer import IncidentClusterer
from transforms.storage.files import open_files
from transforms.storage.manifest import STAGING
from transforms.storage.partitions import conformed
from transforms.storage.preparation import RunFacts
from transforms.storage.publish import publish
from transforms.storage.staging import StagedFile, write_staged

_RUN = "benchmark"
_ROWS_A_PART = 20_000


class Published(NamedTuple):
    """What a commit took: seconds on the processor and on the clock, peak memory [MB], and the mentions that were clustered."""

    processor: float
    clock: float
    largest: float
    mentions: int


def clustering(counts: Sequence[int], scratch: pathlib.Path) -> Iterator[Figure]:
    """Time and memory of the commit of so many mentions over ten years, into an empty store.

    Args:
        counts: Numbers of mentions, ascending, each ten times the one before.
        scratch: A folder for the stores.
    """
    before: Published | None = None
    for count in counts:
        folder = scratch / f"clustered-{count}"
        staged = _in_process(stage, folder, count)
        found: Published = _in_process(publish_staged, folder, staged)
        shutil.rmtree(folder)
        largest = count == counts[-1] and count >= 1_000_000
        yield Figure(f"commit of {found.mentions:,} mentions: on the clock", found.clock, "s", 300 if largest else None)
        yield Figure(f"commit of {found.mentions:,} mentions: processor time", found.processor, "s")
        yield Figure(f"commit of {found.mentions:,} mentions: memory", found.largest, "MB", 1000 if largest else None)
        if before is not None:
            # Of ten times as many; where the numbers drawn differ from that, by their ratio.
            times = found.processor / before.processor * 10 * before.mentions / found.mentions
            yield Figure(f"commit of {found.mentions:,} mentions against a tenth of them", times, "×", 15)
        before = found


def stage(folder: pathlib.Path, mentions: int, months: int = MONTHS) -> list[StagedFile]:
    """Writes parts as the workers of a run stage them."""
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
    return staged


def publish_staged(folder: pathlib.Path, staged: Sequence[StagedFile]) -> Published:
    """Publishes what `stage` has written, and says what that took."""
    processor, clock = time.process_time(), time.monotonic()
    facts = RunFacts(_RUN, datetime.datetime.now(datetime.UTC), "none", "en_core_web_sm 3.8.0", "0.1.0")
    run = publish(open_files(str(folder)), facts, staged, [], IncidentClusterer(), actors=reference_actors)
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return Published(time.process_time() - processor, time.monotonic() - clock, largest, run.event_count)


def _in_process(function, *arguments):  # type: ignore[no-untyped-def]
    """Calls a function of this module in a new process, whose memory is its own."""
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()
