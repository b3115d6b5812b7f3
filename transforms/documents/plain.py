"""Plain text: a file is one record, of a headline and a body."""

from __future__ import annotations

from transforms.documents.headline import headline_and_body
from transforms.documents.records import RawRecord, clean


def read_plain(text: str) -> RawRecord:
    """A text file as a record: its headline, where it has one, is the title; the text is what follows."""
    title, body = headline_and_body(clean(text).lstrip())
    return RawRecord(None, {"text": body} if title is None else {"title": title, "text": body}, plain=True)
