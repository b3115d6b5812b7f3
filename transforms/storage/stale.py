"""Documents that another version, model or seeds have extracted, and their stored texts, from which they are extracted again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pyarrow.compute as pc

from schemas.document import Document
from schemas.tables import tables
from transforms.storage.files import Files
from transforms.storage.manifest import Manifest
from transforms.storage.partitions import read_rows


def count_stale(files: Files, manifest: Manifest, model: str, version: str) -> int:
    """How many documents of a version of the store others than this model and version have made."""
    return sum(
        pc.sum(pc.or_(pc.not_equal(rows.column("model"), model), pc.not_equal(rows.column("version"), version))).as_py() or 0
        for file in manifest.of("documents")
        for rows in read_rows(files, tables()["documents"], file.path, ["model", "version"])
    )


def stale_documents(files: Files, path: str, model: str, version: str) -> Iterator[Document]:
    """The documents of one file of the store that others than this model and version have made, as they were read."""
    names = [field.name for field in dataclasses.fields(Document)]
    for rows in read_rows(files, tables()["documents"], path, [*names, "model", "version"]):
        stale = rows.filter(pc.or_(pc.not_equal(rows.column("model"), model), pc.not_equal(rows.column("version"), version)))
        for row in stale.select(names).to_pylist():
            yield Document(**row)
