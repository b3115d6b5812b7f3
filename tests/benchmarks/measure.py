"""Figures: processor time of this process and of programs, peaks of memory, and medians of interleaved pairs."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

THREADS = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


@dataclasses.dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        what: What was measured.
        value: The median.
        unit: Of value and limit; `×` and `%` are ratios.
        limit: What it has to reach.
        at_least: Whether the limit is a lower one.
        samples: What the median was taken of.
    """

    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    samples: tuple[float, ...] = ()

    @property
    def reached(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclasses.dataclass(frozen=True)
class Spent:
    """What a program took: seconds of all its processes on the processor and on the clock, and the peak memory of the largest of them in megabytes."""

    processor: float
    clock: float
    largest: float


# A process of its own asks the operating system what its children took, so that programs that ran before do not count. It adopts the processes that outlive
# those that started them (prctl 36 is PR_SET_CHILD_SUBREAPER, Linux), because only a process that somebody waits for is counted.
WATCHER = """
import ctypes, json, os, resource, subprocess, sys, time
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1)
start = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
clock = time.monotonic() - start
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1000]))
"""


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor time of this process for some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def run_program(arguments: Sequence[str]) -> Spent:
    """Runs `dateline` with some arguments.

    Raises:
        RuntimeError: It has failed; the message is what it said.
    """
    return spent([sys.executable, "-m", "pipeline", *arguments])


def spent(program: Sequence[str]) -> Spent:
    """Runs a program, and says what it and all that it has started took.

    Raises:
        RuntimeError: It has ended with another status than 0 or 1; the message is what it said.
    """
    done = subprocess.run([sys.executable, "-c", WATCHER, *program], env=os.environ | THREADS, capture_output=True, text=True, check=False)
    status, processor, clock, largest = json.loads(done.stdout) if done.stdout else (1, 0.0, 0.0, 0.0)
    if status not in (0, 1):
        raise RuntimeError(f"{' '.join(program)} has ended with {status}: {done.stderr.strip()[-500:]}")
    return Spent(processor, clock, largest)


def median(what: str, samples: Sequence[float], unit: str, limit: float | None = None, *, at_least: bool = False) -> Figure:
    """A figure of some samples."""
    return Figure(what, statistics.median(samples), unit, limit, at_least, tuple(samples))


HEADER = "| what | measured | goal | |\n| --- | ---: | ---: | --- |"
"""Over the lines of a table in Markdown."""


def line(figure: Figure) -> str:
    """A figure as a line of a table in Markdown."""
    goal = "" if figure.limit is None else f"{'≥' if figure.at_least else '≤'} {figure.limit:g} {figure.unit}"
    mark = {None: "", True: "reached", False: "missed"}[figure.reached]
    spread = f" ({min(figure.samples):.3g} to {max(figure.samples):.3g})" if len(figure.samples) > 1 else ""
    return f"| {figure.what} | {figure.value:.3g} {figure.unit}{spread} | {goal} | {mark} |"


def write_json(path: pathlib.Path, figures: Sequence[Figure], facts: dict[str, Any]) -> None:
    """Writes figures with what they were measured on."""
    path.write_text(json.dumps(facts | {"figures": [dataclasses.asdict(each) | {"reached": each.reached} for each in figures]}, indent=1) + "\n", "utf-8")
