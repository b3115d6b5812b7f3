"""Batches of documents through an extractor that works in a process of its own, so that a document which crashes or hangs native code costs itself alone."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from schemas.document import Document
from transforms.events.extraction import Extraction
from transforms.isolation import Companion, CompanionLostError, Task, borrowed

# Enough sentences for the parser to work in full batches, few enough that memory and the wait for progress stay small.
_BATCH_CHARACTERS = 100_000
_BATCH_DOCUMENTS = 256
# Far above what the slowest models need for a text: 5,000 characters have 40 seconds.
_SECONDS = 30.0
_CHARACTERS_A_SECOND = 500
# A process that others end says nothing of the document, unless it happens again.
_TRIES = 2
_KILLED_IN_A_ROW = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """A document that nothing could be extracted from, and why."""

    document: Document
    error: str


def is_full(documents: int, characters: int) -> bool:
    """Whether some documents with so many characters in all make a batch."""
    return documents >= _BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS


def extractor_task(model: str, *, gate: bool) -> Task:
    """What a companion does that extracts from documents, for `extract`."""
    return Task(f"{__name__}:batch_reader", (model, gate))


def batch_reader(model: str, gate: bool) -> Callable[[Sequence[Document]], list[Extraction | Failure]]:
    """In the companion: loads an extractor and gives the function that reads a batch with it."""
    from transforms.events.extractor import Extractor  # the process that asks has to import no spaCy

    extractor = Extractor(model, gate=gate)
    return lambda batch: read_batch(extractor, batch)


def read_batch(extractor: Any, batch: Sequence[Document]) -> list[Extraction | Failure]:
    """The extractions of a batch, in order. Where a batch fails its documents are tried one by one.

    Args:
        extractor: A `transforms.events.extractor.Extractor`.
        batch: Documents that are parsed together.
    """
    try:
        return list(extractor.extract(batch))
    except Exception as error:  # noqa: BLE001 - whatever a text provokes, the other documents go on
        if len(batch) > 1:
            return [each for document in batch for each in read_batch(extractor, [document])]
        return [Failure(batch[0], f"{type(error).__name__}: {error}{_where(error)}")]


def extract(task: Task, batch: Sequence[Document]) -> list[Extraction | Failure]:
    """The extractions of a batch by a companion, in order.

    Args:
        task: `extractor_task`.
        batch: Documents that are parsed together.

    Raises:
        transforms.language.model.ModelNotFoundError: The model is not installed.
        RuntimeError: The companion cannot be started, or is killed again and again by somebody else.
    """
    with borrowed(task) as companion:
        try:
            return _asked(companion, batch)
        except CompanionLostError as error:
            if len(batch) == 1 and not error.killed:
                return [Failure(batch[0], str(error))]
        found: list[Extraction | Failure] = []
        killed = 0
        for document in batch:
            each, was_killed = _alone(companion, document)
            found.append(each)
            killed = killed + 1 if was_killed else 0
            if killed == _KILLED_IN_A_ROW:
                raise RuntimeError("the process that extracts is killed again and again, often for lack of memory; use fewer --workers")
        return found


def _asked(companion: Companion, batch: Sequence[Document]) -> list[Extraction | Failure]:
    characters = sum(len(document.text) for document in batch)
    answer: list[Extraction | Failure] = companion.call(batch, seconds=_SECONDS + characters / _CHARACTERS_A_SECOND)
    return answer


def _alone(companion: Companion, document: Document) -> tuple[Extraction | Failure, bool]:
    problem = CompanionLostError("")
    for _ in range(_TRIES):
        try:
            return _asked(companion, [document])[0], False
        except CompanionLostError as error:
            problem = error
            if not error.killed:
                break
    return Failure(document, str(problem)), problem.killed


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f" (in {frames[-1].name}, line {frames[-1].lineno} of {frames[-1].filename.replace(chr(92), '/').rpartition('/')[2]})" if frames else ""
