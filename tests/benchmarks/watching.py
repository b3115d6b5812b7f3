"""A run of `dateline` as an onlooker sees it: the memory and the processor time of each of its processes over its whole life."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence

import psutil

from tests.benchmarks.measure import THREADS, WATCHER

_EVERY_SECONDS = 0.5


@dataclasses.dataclass(frozen=True)
class Watched:
    """What a run took.

    Attributes:
        processor: Processor time of all its processes, ended ones too [s].
        clock: Time on the clock [s].
        launcher: Peak memory of the process that was started [MB].
        worker: Peak memory of the largest of the processes that it started [MB]; 0 where there was none.
        launcher_halfway: Peak memory of the launcher in the first half of the time [MB]: with `launcher`, how it grows.
    """

    processor: float
    clock: float
    launcher: float
    worker: float
    launcher_halfway: float


def watch(arguments: Sequence[str]) -> Watched:
    """Runs `dateline` with some arguments and looks at it twice a second.

    Raises:
        RuntimeError: It has failed.
    """
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", WATCHER, sys.executable, "-m", "pipeline", *arguments], env=os.environ | THREADS, stdout=subprocess.PIPE, text=True
    )
    looks: list[tuple[float, float, float]] = []
    while process.poll() is None:
        looks.append((time.monotonic() - started, *_megabytes(process.pid)))
        time.sleep(_EVERY_SECONDS)
    told = process.stdout.read() if process.stdout is not None else ""
    status, processor, clock, _ = json.loads(told) if told else (3, 0.0, 0.0, 0.0)
    if status not in (0, 1):
        raise RuntimeError(f"dateline {' '.join(arguments)} has ended with {status}")
    halfway = max((launcher for at, launcher, _ in looks if at < clock / 2), default=0.0)
    return Watched(processor, clock, max(launcher for _, launcher, _ in looks), max(worker for _, _, worker in looks), halfway)


def _megabytes(watcher: int) -> tuple[float, float]:
    """Resident memory of the first process that another has started, and of the largest of its descendants."""
    try:
        started = psutil.Process(watcher).children()
        process = min(started, key=lambda each: each.create_time())
        own = process.memory_info().rss / 1e6
        children = process.children(recursive=True)
    except (psutil.NoSuchProcess, ValueError):
        return 0.0, 0.0
    largest = 0.0
    for child in children:
        try:
            largest = max(largest, child.memory_info().rss / 1e6)
        except psutil.NoSuchProcess:
            continue
    return own, largest
