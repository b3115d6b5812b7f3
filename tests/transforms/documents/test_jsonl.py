from __future__ import annotations

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from transforms.documents.jsonl import read_jsonl, read_jsonl_range
from transforms.documents.records import Limits, RawRecord, Unreadable


def stream(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data))


def test_bad_lines_are_named_and_the_rest_is_read() -> None:
    deep = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    lines = [
        b'{"text": "a"}',
        b'{"text": ',
        b"",
        b'"string"',
        b'{"text": "caf\xe9"}',
        deep,
        b'{"n": ' + b"1" * 5000 + b"}",
        b'{"text": "\\ud800"}',
        b'{"text": "end"}',
    ]
    items = list(read_jsonl(stream(b"\r\n".join(lines))))
    assert [item.record for item in items] == [f"line {number}" for number in (1, 2, 4, 5, 6, 7, 8, 9)]
    assert [type(item) for item in items] == [RawRecord, Unreadable, Unreadable, Unreadable, Unreadable, Unreadable, RawRecord, RawRecord]
    assert "0xe9 at byte 13" in items[3].error  # type: ignore[union-attr]


def test_a_line_over_the_limit_is_skipped_without_being_held() -> None:
    items = list(read_jsonl(stream(b'{"a": "' + b"x" * 3_000_000 + b'"}\n{"text": "b"}'), Limits(record_bytes=1000)))
    assert isinstance(items[0], Unreadable)
    assert "longer than 1000 bytes" in items[0].error
    assert items[1] == RawRecord("line 2", {"text": "b"})


def test_a_line_may_be_an_export() -> None:
    line = json.dumps({"status": "ok", "articles": [{"content": "a"}, {"content": "b"}]}).encode()
    assert list(read_jsonl(stream(line))) == [RawRecord("line 1", {"content": "a"}), RawRecord("line 1", {"content": "b"})]


def test_encodings() -> None:
    text = '{"text": "café"}\n{"text": "–"}\n'
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert [item.values["text"] for item in read_jsonl(stream(text.encode(encoding))) if isinstance(item, RawRecord)] == ["café", "–"]


LINES = st.lists(st.sampled_from([b"", b"{bad", b'{"text": "a"}', b'{"text": "\xc3\xa9 longer than the others are"}', b" "]), max_size=12)


@given(LINES, st.sampled_from([b"\n", b"\r\n"]), st.booleans(), st.booleans(), st.integers(1, 60))
def test_ranges_together_are_the_whole_file(lines: list[bytes], end: bytes, closed: bool, mark: bool, chunk: int) -> None:
    data = (b"\xef\xbb\xbf" if mark else b"") + end.join(lines) + (end if closed and lines else b"")
    whole = [(type(item), getattr(item, "values", None), getattr(item, "error", None)) for item in read_jsonl(stream(data))]
    ranged = [item for start in range(0, len(data), chunk) for item in read_jsonl_range(stream(data), start, min(start + chunk, len(data)))]
    assert [(type(item), getattr(item, "values", None), getattr(item, "error", None)) for item in ranged] == whole
    for item in ranged:
        assert item.record is not None
        position = int(item.record.removeprefix("byte "))
        assert data[position : position + 1] in (b"{", b" ")


def test_long_lines_in_ranges() -> None:
    data = b'{"text": "' + b"x" * 500 + b'"}\n{"text": "b"}\n'
    found = [item for start in range(0, len(data), 50) for item in read_jsonl_range(stream(data), start, start + 50, Limits(record_bytes=100))]
    assert [item.record for item in found] == ["byte 0", "byte 513"]
    assert isinstance(found[0], Unreadable)
