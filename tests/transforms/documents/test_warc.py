from __future__ import annotations

import bz2
import gzip
import io

import pytest

from tests.transforms.documents.pages import PARAGRAPHS, page
from transforms.documents.compression import decompressed
from transforms.documents.records import Limits, RawRecord, Unreadable
from transforms.documents.warc import read_warc


def record(url: str, body: bytes, *, kind: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = "", warc_type: str = "response") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode() + body
    content, content_type = (http, "application/http; msgtype=response") if warc_type == "response" else (body, kind)
    head = (
        f"WARC/1.0\r\nWARC-Type: {warc_type}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-20T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


A = record("https://example.org/a", page("First").encode())
B = record("https://example.org/b", page("Second").encode())


def read(data: bytes, limits: Limits | None = None) -> list[RawRecord | Unreadable]:
    return list(read_warc(io.BufferedReader(io.BytesIO(data)), limits or Limits()))  # type: ignore[arg-type]


@pytest.mark.parametrize("store", [bytes, gzip.compress])
def test_pages_with_their_place(store: type[bytes]) -> None:
    a, b = store(A), store(B)
    items = read(a + b)
    assert [item.record for item in items] == ["byte 0", f"byte {len(a)}"]
    assert isinstance(items[1], RawRecord)
    assert items[1].values["uri"] == "https://example.org/b"
    assert items[1].values["text"] == "\n".join(PARAGRAPHS)


def test_what_is_no_page_is_no_document() -> None:
    others = (
        record("https://e.org/1", b"gone", status="404 Not Found")
        + record("https://e.org/2", b"\x89PNG", kind="image/png")
        + record("https://e.org/3", b"meta", warc_type="metadata", kind="text/plain")
    )
    assert [item.record for item in read(others + A)] == [f"byte {len(others)}"]


def test_content_encodings_and_conversions() -> None:
    packed = record("https://e.org/1", gzip.compress(page().encode()), extra="Content-Encoding: gzip\r\n")
    text = record("https://e.org/2", b"Ministers met.", kind="text/plain", warc_type="conversion")
    items = read(packed + text)
    assert [item.values["text"] for item in items if isinstance(item, RawRecord)] == ["\n".join(PARAGRAPHS), "Ministers met."]


@pytest.mark.parametrize("store", [bytes, gzip.compress])
def test_damage_loses_what_is_damaged_alone(store: type[bytes]) -> None:
    a, b = store(A), store(B)
    items = read(a + b"garbage in between" + b)
    titles = [item.values["title"] for item in items if isinstance(item, RawRecord)]
    assert titles == ["First", "Second"]
    assert any(isinstance(item, Unreadable) and "damaged" in item.error for item in items)
    assert items[-1].record == f"byte {len(a) + 18}"


@pytest.mark.parametrize("store", [bytes, gzip.compress])
def test_an_archive_cut_off(store: type[bytes]) -> None:
    items = read(store(A) + store(B)[:-150])
    assert [type(item) for item in items] == [RawRecord, Unreadable]
    assert items[1].record == f"byte {len(store(A))}"


def test_pages_that_cannot_be_read() -> None:
    items = read(A + record("https://e.org/1", b"<p>caf\xe9 " + b"x" * 500) + B, Limits(page_bytes=len(page("Second").encode())))
    assert [type(item) for item in items] == [RawRecord, Unreadable, RawRecord]
    assert "0xe9" in items[1].error  # type: ignore[union-attr]
    assert "longer than 100 bytes" in read(A, Limits(page_bytes=100))[0].error  # type: ignore[union-attr]


def test_a_stream_that_breaks_is_no_panic() -> None:
    data = bz2.compress(bytes(1000) + A * 2000)
    stream = decompressed(io.BytesIO(bz2.compress(A * 3) + data[: len(data) // 2]), "bzip2")
    items = list(read_warc(stream))
    assert [type(item) for item in items[:3]] == [RawRecord] * 3
    assert isinstance(items[-1], Unreadable)
    assert "the rest of the file is not read" in items[-1].error


def test_no_archive() -> None:
    (item,) = read(b"not an archive at all")
    assert isinstance(item, Unreadable)
    assert "damaged" in item.error
