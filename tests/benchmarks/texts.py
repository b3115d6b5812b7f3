"""Texts to measure on: fixed samples of corpora, and as many new documents as are wanted from their sentences."""

from __future__ import annotations

import gzip
import json
import pathlib
import random
from collections.abc import Iterator, Sequence
from typing import Any

from schemas.document import Document
from transforms.documents.assemble import Refusal, Rules, make_document
from transforms.documents.records import RawRecord
from transforms.language.sentences import split_sentences

Record = dict[str, Any]


def sample(path: pathlib.Path, count: int, seed: int = 4) -> list[Record]:
    """A fixed sample of the records of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return random.Random(seed).sample(records, min(count, len(records)))


def parts(records: Sequence[Record], count: int) -> list[list[Record]]:
    """Some parts of about the same number of records."""
    return [list(records[number::count]) for number in range(count)]


def documents(records: Sequence[Record]) -> list[Document]:
    """Records as the readers make documents of them."""
    made = [make_document(RawRecord(f"line {number}", record), "corpus.jsonl", Rules()) for number, record in enumerate(records, start=1)]
    return [each for each in made if not isinstance(each, Refusal)]


def mixed(records: Sequence[Record], count: int, sentences: int = 12, seed: int = 4) -> Iterator[Record]:
    """New documents of sentences of different ones, so that none is a duplicate of another."""
    chance = random.Random(seed)
    pool = [record["text"][span.start : span.end] for record in records for span in split_sentences(record["text"])]
    days = sorted(record["published"] for record in records if record.get("published"))
    for number in range(count):
        text = " ".join(chance.choice(pool) for _ in range(sentences))
        yield {"doc_id": f"mixed-{number}", "text": text, "published": chance.choice(days), "source": f"source {number % 50}", "language": "en"}


def write(path: pathlib.Path, records: Iterator[Record] | Sequence[Record]) -> pathlib.Path:
    """Writes records as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return path
