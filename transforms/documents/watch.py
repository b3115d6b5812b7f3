"""The stop that waits: files are handed on as they arrive, in windows of their time of arrival."""

from __future__ import annotations

import dataclasses
import pathlib
import time

import apache_beam as beam
from apache_beam.io.filesystem import BeamIOError
from apache_beam.io.filesystems import FileSystems
from apache_beam.io.watch import PollFn, PollResult, Watch
from apache_beam.transforms.window import FixedWindows
from apache_beam.utils.timestamp import Timestamp

from transforms.documents import inputs

# What is written to within this time may not be whole yet; a bucket shows only whole files.
_SETTLED_SECONDS = 2.0
_POLLS_A_WINDOW = 4
_LONGEST_POLL = 10.0


# Not frozen: Beam sets the label and type hints of a transform after it is made.
@dataclasses.dataclass(eq=False)
class WatchInputs(beam.PTransform):
    """Hands on files as they arrive: `patterns | WatchInputs(every=30, stop=…)` gives the path of each file once, and again whenever it has changed.

    The event time of a path is when it was found; they are in fixed windows, which close when that time has passed. Files that are there at the start are the
    first to be found. Needs a runner that streams: Beam's local runner does not.

    Attributes:
        every: The length of a window, in seconds.
        stop: Path or URL of a file: when it is there, nothing more is looked for, and the pipeline ends after the last window.

    Raises:
        ValueError: By the constructor, where `every` is no length.
    """

    every: float
    stop: str

    def __post_init__(self) -> None:
        super().__init__()
        if not self.every >= 1:
            raise ValueError(f"every is {self.every}: a number of seconds from 1 on would be right")

    def expand(self, patterns: beam.PCollection[str]) -> beam.PCollection[str]:
        """Patterns to paths of files, windowed."""
        return (
            patterns
            # One element: with several, Prism (2.77) was seen to close windows that one of them had still to fill, and to drop what came.
            | "Together" >> beam.combiners.ToList()
            | "Watch" >> Watch(_Arrivals(self.stop), poll_interval=min(self.every / _POLLS_A_WINDOW, _LONGEST_POLL))
            | "Path" >> beam.Map(_path).with_output_types(str)
            | "Window" >> beam.WindowInto(FixedWindows(self.every))
        )


class _Arrivals(PollFn):
    """Paths of all patterns with what tells one state of a file from the next; Beam's `Watch` hands on those that it has not seen."""

    def __init__(self, stop: str) -> None:
        self._stop = stop

    def __call__(self, patterns: list[str]) -> PollResult[tuple[str, str]]:
        # Looked at first, so that what has arrived before the stop is still handed on.
        stopping = FileSystems.exists(self._stop)
        now = time.time()
        found = list(dict.fromkeys(state for pattern in patterns for state in states(pattern, now)))
        at = Timestamp.now()
        return PollResult.complete(found, timestamp=at) if stopping else PollResult.incomplete(found, timestamp=at).with_watermark(at)


def _path(watched: tuple[list[str], tuple[str, str]]) -> str:
    return watched[1][0]


def states(pattern: str, now: float) -> list[tuple[str, str]]:
    """The files that a pattern names now and that nobody writes to, each with what changes when it is written again.

    Args:
        pattern: A file, folder, glob or URL; it may match nothing yet.
        now: The time in seconds since 1970.
    """
    if inputs.is_remote(pattern):
        try:
            return [(each.path, f"{each.size_in_bytes} {each.last_updated_in_seconds}") for each in FileSystems.match([pattern])[0].metadata_list]
        except BeamIOError:
            return []
    try:
        paths = [path for path, _ in inputs.matched([pattern], lambda _: [])]
    except inputs.NoMatchingInputError:
        return []
    found = []
    for path in paths:
        try:
            state = pathlib.Path(path).stat()
        except OSError:
            continue  # it has left again
        if now - state.st_mtime >= _SETTLED_SECONDS:
            found.append((path, f"{state.st_size} {state.st_mtime_ns}"))
    return found
