"""What the store has already, small enough to stand in every worker: 32 bytes a document, and the files that runs have read."""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from schemas.document import Document
from schemas.tables import tables
from transforms.storage.files import Files, open_files
from transforms.storage.manifest import Manifest, current_or_empty
from transforms.storage.partitions import read_rows
from transforms.storage.rows import text_hash

_Digests = npt.NDArray[np.uint64]
_RECORD = ("uri", "source", "title", "published", "published_date", "published_basis", "language")


def digest_of(*values: str) -> bytes:
    """16 bytes that stand for a row of strings."""
    return hashlib.blake2b("\0".join(values).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class DigestSet:
    """A set of digests that takes 16 bytes for each.

    Args:
        digests: The digests (`digest_of`), concatenated.
    """

    def __init__(self, digests: bytes = b"") -> None:
        halves: _Digests = np.frombuffer(digests, dtype=">u8").astype(np.uint64).reshape(-1, 2)
        order = np.argsort(halves[:, 0], kind="stable")
        self._high: _Digests = np.ascontiguousarray(halves[order, 0])
        self._low: _Digests = np.ascontiguousarray(halves[order, 1])

    def __len__(self) -> int:
        return len(self._high)

    def __contains__(self, digest: bytes) -> bool:
        high, low = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big")
        place = int(self._high.searchsorted(np.uint64(high)))
        while place < len(self._high) and self._high[place] == high:
            if self._low[place] == low:
                return True
            place += 1
        return False


class KnownDocuments:
    """The documents of one version of the store.

    Args:
        texts: Language -> a digest of id and text for each of its documents.
        records: Gives a digest of id, text and all other fields for each; asked once, by who needs it.
    """

    def __init__(self, texts: Mapping[str, DigestSet], records: Callable[[], DigestSet]) -> None:
        self._texts, self._load_records = texts, records

    @functools.cached_property
    def _records(self) -> DigestSet:
        return self._load_records()

    def __len__(self) -> int:
        return sum(map(len, self._texts.values()))

    def has_text(self, document: Document) -> bool:
        """Whether the store has the document's id with the same text."""
        return self.language_of(document.doc_id, document.text) is not None

    def language_of(self, doc_id: str, text: str) -> str | None:
        """The language of a document by its id and text, None where the store has it not: languages are those of texts and need not be detected twice."""
        digest = digest_of(doc_id, text_hash(text))
        return next((language for language, texts in self._texts.items() if digest in texts), None)

    def has_record(self, document: Document) -> bool:
        """Whether the store has the document with the same text and all other fields as they are."""
        if not len(self):
            return False
        return _record_digest(document.doc_id, text_hash(document.text), *(getattr(document, name) for name in _RECORD)) in self._records

    @classmethod
    def load(cls, files: Files, manifest: Manifest) -> KnownDocuments:
        """Reads the ids, digests and languages of a version's documents, and where they are asked for the other small fields (no text)."""
        texts: dict[str, bytearray] = {}
        for doc_id, text, language in _rows(files, manifest, ("language",)):
            texts.setdefault(language or "", bytearray()).extend(digest_of(doc_id, text))
        records = functools.partial(_record_digests, files, manifest)
        return cls({language: DigestSet(bytes(found)) for language, found in texts.items()}, records)


def _rows(files: Files, manifest: Manifest, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Id, digest of the text and some other columns of each document of a version."""
    for file in manifest.of("documents"):
        for rows in read_rows(files, tables()["documents"], file.path, ["doc_id", "text_hash", *names]):
            yield from zip(*(column.to_pylist() for column in rows.columns), strict=True)


def _record_digests(files: Files, manifest: Manifest) -> DigestSet:
    return DigestSet(b"".join(_record_digest(*row) for row in _rows(files, manifest, _RECORD)))


def known_documents(store: str) -> KnownDocuments:
    """What the newest version of a store has; a process reads each version once."""
    return _known_documents(store, current_or_empty(open_files(store)))


@functools.lru_cache(maxsize=1)
def _known_documents(store: str, manifest: Manifest) -> KnownDocuments:
    return KnownDocuments.load(open_files(store), manifest)


def known_languages(store: str) -> Callable[[str, str], str | None]:
    """`KnownDocuments.language_of` of the newest version of a store."""
    return known_documents(store).language_of


def _record_digest(doc_id: str, text: str, *others: object) -> bytes:
    shown = [each.astimezone(datetime.UTC) if isinstance(each, datetime.datetime) else each for each in others]
    return digest_of(doc_id, text, *("" if each is None else f"={each}" for each in shown))


def inputs_read(store: str) -> frozenset[str]:
    """The files that the runs of a store have read (`Run.inputs`); none where there is no store yet."""
    files = open_files(store)
    found: set[str] = set()
    for file in current_or_empty(files).of("runs"):
        for rows in read_rows(files, tables()["runs"], file.path, ["inputs"]):
            found.update(path for paths in rows.column("inputs").to_pylist() for path in paths)
    return frozenset(found)
