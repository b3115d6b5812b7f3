"""Counts of a run while it works: each worker keeps its own in a small file that the launcher reads."""

from __future__ import annotations

import dataclasses
import os
import pathlib
import secrets
from collections.abc import Iterator
from typing import NamedTuple

import apache_beam as beam

from schemas.ledger import Reject
from transforms.events.extraction import Extraction
from transforms.storage.preparation import KnownBatch

_WIDTH = 20


class Counts(NamedTuple):
    """What a run has done so far."""

    documents: int = 0
    events: int = 0
    rejects: int = 0

    def plus(self, other: Counts) -> Counts:
        """The sum of two counts."""
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def counts_of(record: Extraction | Reject | KnownBatch) -> Counts:
    """What one record of the graph adds."""
    if isinstance(record, Extraction):
        return Counts(documents=1, events=len(record.mentions))
    return Counts(rejects=1) if isinstance(record, Reject) else Counts(documents=record.count)


# Not frozen: Beam sets label, type and resource hints of a transform after it is made.
@dataclasses.dataclass(eq=False)
class ReportProgress(beam.PTransform):
    """Counts the extractions, rejects or known documents that come by, into a folder of the machine; gives nothing on.

    Attributes:
        folder: The folder. Where it cannot be written, progress is not shown, and nothing else changes.
    """

    folder: str

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, records: beam.PCollection) -> beam.PCollection:
        """Records to nothing."""
        return records | "Count" >> beam.ParDo(_Report(self.folder))


class _Report(beam.DoFn):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._file: int | None = None
        self._counts = Counts()

    def setup(self) -> None:
        try:
            self._file = os.open(pathlib.Path(self._folder, f"{os.getpid()}-{secrets.token_hex(4)}"), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            self._file = None

    def process(self, record: Extraction | Reject | KnownBatch) -> Iterator[None]:
        self._counts = self._counts.plus(counts_of(record))
        if self._file is not None:
            # One short write over the one before: a reader sees the old counts or the new ones.
            os.pwrite(self._file, "".join(f"{each:{_WIDTH}}" for each in self._counts).encode(), 0)
        yield from ()

    def teardown(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def read_counts(folder: str) -> Counts:
    """The counts of all workers together."""
    total = Counts()
    for file in pathlib.Path(folder).iterdir():
        text = file.read_bytes()
        if len(text) == _WIDTH * len(total):
            total = total.plus(Counts(*(int(text[start : start + _WIDTH]) for start in range(0, len(text), _WIDTH))))
    return total
