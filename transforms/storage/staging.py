"""Staging: what a worker writes aside before anything is published.

A staged part is a few Parquet files, one a table; it holds each document once. Publishing picks documents from it. Files of a bundle that is retried are never
named by a record, so they are never published.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import pathlib
import secrets

import pyarrow as pa

from schemas.document import Document
from schemas.ledger import Reject
from schemas.tables import tables
from transforms.events.extraction import Extraction
from transforms.storage.files import Files
from transforms.storage.manifest import STAGING
from transforms.storage.partitions import parquet_writer
from transforms.storage.rows import PAYLOAD_CHARACTERS, Row, reject_row, rows_of

_FLUSH_CHARACTERS = 8_000_000
_FLUSH_ROWS = 20_000
# Publishing reads a row group at a time.
_GROUP_BYTES = 4 << 20
# What Arrow and UTF-8 raise for values that a column cannot hold.
_UNSTORABLE = (pa.ArrowException, UnicodeError, OverflowError, TypeError, ValueError, KeyError)


@dataclasses.dataclass(frozen=True)
class StagedFile:
    """One file of a staged part: the only thing that a worker sends on.

    Attributes:
        part: The part that it belongs to.
        table: Its table.
        path: Where it stands, from the store's folder.
        rows: How many rows it holds.
        blocks: Of mentions, the file with the block keys of each, row by row (`transforms.storage.blocks`); empty until these are made.
    """

    part: str
    table: str
    path: str
    rows: int
    blocks: str = ""


class StagedWriter:
    """Gathers the rows of documents and rejects, and writes a part whenever they come to much, so that memory is bounded.

    Args:
        files: The store.
        run_id: The run; parts stand in its staging folder.
        flush_rows: A part is written when this many rows are held.
        flush_characters: Or when the texts held have this many characters.
        stood: The store's folder was there when the run began (`stands`): it is not made anew where it has gone.
    """

    def __init__(self, files: Files, run_id: str, *, flush_rows: int = _FLUSH_ROWS, flush_characters: int = _FLUSH_CHARACTERS, stood: bool = False) -> None:
        self._files = files
        self._run_id = run_id
        self._flush_rows = flush_rows
        self._flush_characters = flush_characters
        self._stood = stood
        self._clear()

    def _clear(self) -> None:
        self._extractions: dict[str, Extraction] = {}
        self._rejects: list[Reject] = []
        self._rows = 0
        self._characters = 0

    def add(self, extraction: Extraction) -> list[StagedFile]:
        """Takes a document with its mentions; returns the files of the part that was full before, if any."""
        written: list[StagedFile] = []
        if extraction.document.doc_id in self._extractions or self._rows >= self._flush_rows or self._characters >= self._flush_characters:
            written = self.flush()
        self._extractions[extraction.document.doc_id] = extraction
        self._rows += 1 + len(extraction.mentions)
        self._characters += len(extraction.document.text)
        return written

    def reject(self, reject: Reject) -> list[StagedFile]:
        """Takes a reject; returns the files of the part that was full before, if any."""
        written = self.flush() if self._rows >= self._flush_rows else []
        self._rejects.append(reject)
        self._rows += 1
        return written

    def flush(self) -> list[StagedFile]:
        """Writes what is held as a part and returns its files. A document that no column can hold becomes a reject; the others are kept.

        Raises:
            OSError: The disk is full or cannot be written, or the store's folder was deleted meanwhile.
        """
        extractions, rejects = list(self._extractions.values()), self._rejects
        self._clear()
        try:
            converted = self._convert(extractions)
        except _UNSTORABLE:
            good = []
            for extraction in extractions:
                try:
                    self._convert([extraction])
                except _UNSTORABLE as error:
                    rejects.append(_unstorable(extraction.document, self._run_id, error))
                else:
                    good.append(extraction)
            converted = self._convert(good)
        converted |= _tables([("rejects", reject_row(each) | {"run_id": self._run_id}) for each in rejects])
        return self._write(converted)

    def _convert(self, extractions: list[Extraction]) -> dict[str, pa.Table]:
        return _tables([row for extraction in extractions for row in rows_of(extraction, self._run_id)])

    def _write(self, converted: dict[str, pa.Table]) -> list[StagedFile]:
        if self._stood and not stands(self._files):
            # The launcher was interrupted and has cleared up, or somebody has deleted the store: nothing of it comes back by this.
            raise FileNotFoundError(f"the store's folder {self._files.root} is gone; nothing more is written there")
        part = secrets.token_hex(8)
        written = []
        for name, rows in sorted(converted.items()):
            path = f"{STAGING}/{self._run_id}/{part}-{name}.parquet"
            write_staged(self._files, path, rows)
            written.append(StagedFile(part, name, path, rows.num_rows))
        return written


def write_staged(files: Files, path: str, rows: pa.Table) -> None:
    """Writes rows of a table to a file of a part.

    Args:
        files: The store.
        path: The file.
        rows: The rows, in their table's schema.
    """
    with files.create(path, lasting=False) as out, parquet_writer(out, rows.schema) as writer:
        writer.write_table(rows, row_group_size=max(1, rows.num_rows * _GROUP_BYTES // max(rows.nbytes, 1)))


def stands(files: Files) -> bool:
    """Whether a store is a folder on a local disk that is there."""
    return files.local and pathlib.Path(files.root).is_dir()


def _tables(rows: list[tuple[str, Row]]) -> dict[str, pa.Table]:
    grouped: dict[str, list[Row]] = {}
    for name, row in rows:
        grouped.setdefault(name, []).append(row)
    return {name: pa.Table.from_pylist(found, schema=tables()[name].schema) for name, found in grouped.items()}


def _unstorable(document: Document, run_id: str, error: Exception) -> Reject:
    return Reject(
        run_id=run_id,
        uri=document.uri or "",
        stage="extract",
        kind="failed",
        error=f"document {document.doc_id!r} has a value that the store cannot hold ({error}); mend the text's encoding or the field and read it again",
        payload=payload_of(document),
        seen_at=datetime.datetime.now(datetime.UTC),
    )


def duplicate(document: Document, run_id: str) -> Reject:
    """The reject of a document that was given a second time."""
    return Reject(
        run_id=run_id,
        uri=document.uri or "",
        stage="identify",
        kind="skipped",
        error="duplicate",
        payload=payload_of(document),
        seen_at=datetime.datetime.now(datetime.UTC),
    )


def payload_of(document: Document) -> str:
    """The beginning of a document as a JSON object, for a reject."""
    return json.dumps({"doc_id": document.doc_id, "title": document.title, "text": document.text[:PAYLOAD_CHARACTERS]})
