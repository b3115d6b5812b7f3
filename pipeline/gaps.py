"""What frames and reference tables do not know in some documents, counted: where a new trigger or table row would find most."""

from __future__ import annotations

import itertools
import pathlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.errors import UsageError
from schemas.document import Document
from transforms.documents.assemble import Rules, make_document
from transforms.documents.readers import read_records
from transforms.documents.records import RawRecord
from transforms.events.extractor import Extractor

_BATCH = 32


class CountedGap(NamedTuple):
    """Something not known: its kind (`actor`, `verb`), its words, how often it was met, and the first sentence with it."""

    kind: str
    words: str
    times: int
    sentence: str


def find_gaps(files: Sequence[str], *, model: str, limit: int) -> list[CountedGap]:
    """The most frequent gaps of each kind in the documents of some files.

    Raises:
        UsageError: A file cannot be read.
        transforms.language.model.ModelNotFoundError: The spaCy pipeline is not installed.
    """
    extractor = Extractor(model)
    counts: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], str] = {}
    for batch in _batches(_documents(files)):
        for gap in extractor.gaps(batch):
            key = gap.kind, gap.words
            counts[key] = counts.get(key, 0) + 1
            first.setdefault(key, gap.sentence)
    found = [CountedGap(kind, words, count, first[kind, words]) for (kind, words), count in counts.items()]
    found.sort(key=lambda gap: (gap.kind, -gap.times, gap.words))
    return [gap for _, group in itertools.groupby(found, key=lambda gap: gap.kind) for gap in itertools.islice(group, limit)]


def lines(found: Sequence[CountedGap]) -> Iterator[str]:
    """Gaps as lines of text."""
    for gap in found:
        yield f"{gap.kind:6} {gap.times:5}  {gap.words}  | {' '.join(gap.sentence.split())[:160]}"


def _documents(files: Sequence[str]) -> Iterator[Document]:
    for path in files:
        try:
            with pathlib.Path(path).open("rb") as file:
                for record in read_records(file, path):
                    document = make_document(record, path, Rules()) if isinstance(record, RawRecord) else None
                    if isinstance(document, Document):
                        yield document
        except OSError as error:
            raise UsageError(f"{path} cannot be read ({error}); a file of documents would be right") from error


def _batches(documents: Iterator[Document]) -> Iterator[list[Document]]:
    while batch := list(itertools.islice(documents, _BATCH)):
        yield batch
