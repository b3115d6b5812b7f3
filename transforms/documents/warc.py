"""WARC: each HTML response of a web archive, and each text of its conversion (WET), is a document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from transforms.documents.encoding import decode
from transforms.documents.html import read_html
from transforms.documents.records import DEFAULT_LIMITS, ContentError, Limits, RawRecord, Unreadable, excerpt

_PAGES = ("text/html", "application/xhtml+xml")
_STARTS = (b"WARC/1.", b"\x1f\x8b\x08")
_CHUNK = 1 << 20
_RECORD_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion


def read_warc(stream: io.BufferedReader, limits: Limits = DEFAULT_LIMITS) -> Iterator[RawRecord | Unreadable]:
    """Reads a web archive; places are `byte N`, where the record begins in the file (compressed by gzip or zstd as it may be).

    Responses that are no success and no HTML, requests and metadata are no documents. After a damaged record the next one is looked for.

    Args:
        stream: The archive, not decompressed; it must seek for reading to go on after damage.
        limits: `page_bytes` bounds a page.
    """
    positioned: Any = _Positioned(stream)
    position, found, records = 0, True, 0
    problem: Exception | None
    while found:
        try:
            for record in ArchiveIterator(positioned, record_types=_RECORD_TYPES, auto_decode="all"):
                position = record.stream_pos
                records += 1
                yield from _documents(record, position, limits)
            problem = positioned.error
        except Exception as error:  # noqa: BLE001 (whatever the parser raises on a hostile archive is the archive's)
            problem = error
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            problem = ContentError("the parser gave up")
        if problem is None:
            if not records and stream.seekable() and not _holds_records(stream):
                yield Unreadable(None, "no record of a web archive was found: the file is empty, cut off or none")
            return
        following = _next_record(stream, position + 1) if positioned.error is None else None
        rest = "" if following is not None else "; the rest of the file is not read"
        yield Unreadable(f"byte {position}", f"the archive is damaged after this record: {problem}{rest}")
        found = following is not None
        position = following or 0
        if found:
            stream.seek(position)


class _Positioned:
    """A stream that knows its position, seekable or not, and ends where it breaks: FastWARC panics where either is missing."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._seekable = stream.seekable()
        self._taken = 0
        self.error: ContentError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            # One read at a time, so that what comes before a break is handed on.
            data = self._stream.read1(size if size > 0 else _CHUNK)
        except ContentError as error:
            self.error = error
            return b""
        self._taken += len(data)
        return data

    def tell(self) -> int:
        return self._stream.tell() if self._seekable else self._taken


def _documents(record: Any, position: int, limits: Limits) -> Iterator[RawRecord | Unreadable]:
    place = f"byte {position}"
    url = record.headers.get("WARC-Target-URI")
    url = url.strip("<>") if url else None
    length = record.content_length
    if record.is_http:
        if record.http_headers is None or record.http_headers.status_code is None:
            if record.record_type == WarcRecordType.response:
                yield Unreadable(place, "the record is cut off or its HTTP header is damaged", excerpt(url))
            return
        if not 200 <= record.http_headers.status_code < 300:
            return
        kind, charset = record.http_content_type, record.http_charset
        encoded = bool(record.http_headers.get("Content-Encoding") or record.http_headers.get("Transfer-Encoding"))
    else:
        kind, _, parameters = (record.headers.get("Content-Type") or "").partition(";")
        charset = parameters.rpartition("charset=")[2].strip(" \"'") or None
        encoded = False
    is_text = record.record_type == WarcRecordType.conversion and (kind or "").strip() == "text/plain"
    if not is_text and (kind or "").strip().lower() not in _PAGES:
        return
    try:
        body = _body(record, None if encoded else length, limits)
        if is_text:
            yield RawRecord(place, {"uri": url, "text": decode(body, charset)}, inferred=True)
        else:
            yield read_html(body, url=url, charset=charset, record=place)
    except ContentError as error:
        yield Unreadable(place, str(error), excerpt(url))
    except (OSError, ValueError, EOFError) as error:
        yield Unreadable(place, f"the page cannot be decompressed: {error}", excerpt(url))


def _body(record: Any, length: int | None, limits: Limits) -> bytes:
    body: bytes = record.reader.read(limits.page_bytes + 1)
    if len(body) > limits.page_bytes:
        raise ContentError(f"the page is longer than {limits.page_bytes} bytes")
    if length is not None and len(body) < length:
        raise ContentError(f"the record is cut off: {len(body)} of {length} bytes")
    return body


def _holds_records(stream: io.BufferedReader) -> bool:
    """Whether there are records of any kind; an archive may hold requests and metadata alone."""
    stream.seek(0)
    positioned: Any = _Positioned(stream)
    return next(iter(ArchiveIterator(positioned, record_types=WarcRecordType.any_type)), None) is not None


def _next_record(stream: io.BufferedReader, start: int) -> int | None:
    """Where the next record (or gzip member) begins at or after a byte; None where there is none or the stream cannot seek."""
    if not stream.seekable():
        return None
    stream.seek(start)
    offset, held = start, b""
    while chunk := stream.read(_CHUNK):
        held += chunk
        found = [at for mark in _STARTS if (at := held.find(mark)) >= 0]
        if found:
            return offset + min(found)
        keep = max(map(len, _STARTS)) - 1
        offset += len(held) - keep if len(held) > keep else 0
        held = held[-keep:]
    return None
