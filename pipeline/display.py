"""Showing how far a run is: a moving line on a terminal, a log line now and then elsewhere."""

from __future__ import annotations

import collections
import contextlib
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.environment import LOGGER
from pipeline.progress import Counts, read_counts
from pipeline.totals import count_records

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LOG_SECONDS = 10.0
_POLL_SECONDS = 0.5
_RATE_SECONDS = 30.0


class Pace:
    """How fast a run goes, over the last half minute."""

    def __init__(self) -> None:
        self._seen: collections.deque[tuple[float, int]] = collections.deque()

    def update(self, at: float, done: int) -> float:
        """Takes a count and the second at which it held; returns the records a second."""
        self._seen.append((at, done))
        while len(self._seen) > 2 and at - self._seen[0][0] > _RATE_SECONDS:
            self._seen.popleft()
        first, begun = self._seen[0]
        return (done - begun) / (at - first) if at > first else 0.0


def describe(counts: Counts, rate: float, total: int | None) -> str:
    """Progress in a line: `1,200 of 9,733 documents, 840 events, 3 rejects, 41.2/s, 3 min 27 s left`."""
    done = counts.documents + counts.rejects
    of = f" of {total:,}" if total else ""
    text = f"{counts.documents:,}{of} documents, {counts.events:,} events, {counts.rejects:,} rejects, {rate:.1f}/s"
    if total and rate > 0 and done < total:
        text += f", {duration((total - done) / rate)} left"
    return text


def duration(seconds: float) -> str:
    """A time span as people read it: `3 min 27 s`."""
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


@contextlib.contextmanager
def shown(folder: str, files: Sequence[tuple[str, int]], *, quiet: bool, log: bool) -> Iterator[None]:
    """Shows the counts of a folder for as long as the block lasts.

    Args:
        folder: Where the workers count (`pipeline.progress`).
        files: The inputs, of which the total is counted meanwhile.
        quiet: Show nothing.
        log: Log lines also where standard error is a terminal.
    """
    if quiet:
        yield
        return
    stop = threading.Event()
    terminal = sys.stderr.isatty() and not log
    total: list[int | None] = [None]
    counting = threading.Thread(target=lambda: total.__setitem__(0, count_records(files)), daemon=True)
    counting.start()
    watching = threading.Thread(target=_on_terminal if terminal else _in_log, args=(folder, total, stop), daemon=True)
    watching.start()
    try:
        yield
    finally:
        stop.set()
        watching.join(timeout=5)


def _in_log(folder: str, total: Sequence[int | None], stop: threading.Event) -> None:
    pace = Pace()
    pace.update(time.monotonic(), 0)
    while not stop.wait(_LOG_SECONDS):
        counts = read_counts(folder)
        rate = pace.update(time.monotonic(), counts.documents + counts.rejects)
        fields = counts._asdict() | {"rate": round(rate, 1), "total": total[0]}
        LOGGER.info(describe(counts, rate, total[0]), extra={"fields": fields})


def _on_terminal(folder: str, total: Sequence[int | None], stop: threading.Event) -> None:
    from rich.console import Console  # not needed where nothing is shown
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    pace = Pace()
    columns = (SpinnerColumn(), BarColumn(bar_width=20), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=None)
        while not stop.wait(_POLL_SECONDS):
            _refresh(progress, task, folder, total[0], pace)


def _refresh(progress: Progress, task: TaskID, folder: str, total: int | None, pace: Pace) -> None:
    counts = read_counts(folder)
    done = counts.documents + counts.rejects
    rate = pace.update(time.monotonic(), done)
    if total and done >= total:
        progress.update(task, description=f"{describe(counts, rate, total)}: publishing", total=total, completed=done)
    elif done:
        progress.update(task, description=describe(counts, rate, total), total=total, completed=done)
