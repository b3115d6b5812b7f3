"""A news document, as it is read and as it is kept."""

from __future__ import annotations

import dataclasses
import datetime

from schemas.columns import column

PUBLISHED_BASES = ("given", "option", "dateline", "file_name")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader makes of one article: the fields that the extraction and the views need."""

    doc_id: str = column("given with the document, or a hash of its link and text")
    uri: str | None = column("its link, else the file it was read from", optional=True)
    source: str | None = column("publisher", optional=True)
    title: str | None = column("headline", optional=True)
    published: datetime.datetime | None = column("time of publication; a bare date is midnight", unit="UTC", optional=True)
    published_date: datetime.date | None = column("calendar day of publication in the offset that the source states", optional=True)
    published_basis: str | None = column("where the time of publication comes from", values=PUBLISHED_BASES, optional=True)
    language: str | None = column("ISO 639-1 code, detected where not given", optional=True)
    text: str = column("the body that offsets count in", unit="Unicode code points")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAgain(Document):
    """A document from a file that an earlier run has read: given again, and not a second time."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument(Document):
    """A document as a row of the store: what was read, and what the run knows of it."""

    text_hash: str = column("blake2b of the text, hexadecimal: equal texts have equal hashes")
    signature: tuple[int, ...] = column("MinHash of the text's runs of five words: texts that are nearly the same share most of it; empty for short texts")
    sentences: int = column("sentences of the text")
    event_count: int = column("mentions extracted from it")
    model: str = column("spaCy pipeline and its version")
    version: str = column("version of dateline and fingerprint of its seeds that extracted it")
    run_id: str = column("the run that stored it")
