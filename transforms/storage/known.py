"""The documents that the store has already, small enough to stand in every worker: 16 bytes a document."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

from schemas.document import Document
from schemas.tables import tables
from transforms.storage.files import Files
from transforms.storage.manifest import Manifest
from transforms.storage.partitions import read_rows
from transforms.storage.rows import text_hash

_Digests = npt.NDArray[np.uint64]


def digest_of(*values: str) -> bytes:
    """16 bytes that stand for a row of strings."""
    return hashlib.blake2b("\0".join(values).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class KnownDocuments:
    """Tells whether the store has a document: its id with the same text, and where asked for also made by the same model and version.

    Args:
        digests: `digest_of` each document of the store, concatenated.
        made_by: Model and version, if documents made by others are to count as unknown.
    """

    def __init__(self, digests: bytes, made_by: tuple[str, str] | None = None) -> None:
        halves: _Digests = np.frombuffer(digests, dtype=">u8").astype(np.uint64).reshape(-1, 2)
        order = np.argsort(halves[:, 0], kind="stable")
        self._high: _Digests = np.ascontiguousarray(halves[order, 0])
        self._low: _Digests = np.ascontiguousarray(halves[order, 1])
        self._made_by = made_by

    def __len__(self) -> int:
        return len(self._high)

    def __contains__(self, document: Document) -> bool:
        digest = digest_of(document.doc_id, text_hash(document.text), *(self._made_by or ()))
        high, low = np.frombuffer(digest, dtype=">u8").astype(np.uint64)
        start, end = np.searchsorted(self._high, high, "left"), np.searchsorted(self._high, high, "right")
        return bool((self._low[start:end] == low).any())

    @classmethod
    def load(cls, files: Files, manifest: Manifest, made_by: tuple[str, str] | None = None) -> KnownDocuments:
        """Reads the ids and digests of a version's documents (no text).

        Args:
            files: The store.
            manifest: The version.
            made_by: As of the class: `(model, version)` for a run that refreshes what others have made.
        """
        columns = ["doc_id", "text_hash"] + (["model", "version"] if made_by else [])
        digests = bytearray()
        for file in manifest.of("documents"):
            for rows in read_rows(files, tables()["documents"], file.path, columns):
                for values in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                    digests += digest_of(*values)
        return cls(bytes(digests), made_by)
