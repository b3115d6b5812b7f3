from __future__ import annotations

import io

import pytest

from transforms.documents.csv_documents import delimiter_of, read_csv
from transforms.documents.records import ContentError, Limits, RawRecord, Unreadable


def read(data: bytes, **options: object) -> list[RawRecord | Unreadable]:
    return list(read_csv(io.BufferedReader(io.BytesIO(data)), **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(("header", "delimiter"), [("a,b", ","), ("a;b;c,d", ";"), ("a\tb", "\t"), ("a|b", "|"), ("text", ","), ('"a,b,c";d', ";")])
def test_delimiters(header: str, delimiter: str) -> None:
    assert delimiter_of(header) == delimiter


def test_line_breaks_and_quotes_within_cells() -> None:
    items = read('id,text\r\n1,"first\nsecond, ""quoted"""\r\n\r\n2,plain\r\n'.encode("utf-8-sig"))
    assert items == [RawRecord("row 1", {"id": "1", "text": 'first\nsecond, "quoted"'}), RawRecord("row 2", {"id": "2", "text": "plain"})]


def test_bad_rows_are_named_and_the_rest_is_read() -> None:
    items = read(b'id,text\n1,a,too many\n2,caf\xe9\n3,"x"y\n4\n5,good\n')
    assert [(type(item), item.record) for item in items] == [
        (Unreadable, "row 1"),
        (Unreadable, "row 2"),
        (Unreadable, "row 3"),
        (RawRecord, "row 4"),
        (RawRecord, "row 5"),
    ]
    assert "3 cells, the header has 2" in items[0].error  # type: ignore[union-attr]
    assert "0xe9" in items[1].error  # type: ignore[union-attr]
    assert items[4] == RawRecord("row 5", {"id": "5", "text": "good"})


def test_a_quote_that_is_never_closed() -> None:
    items = read(b'id,text\n1,a\n2,"open\n3,b\n')
    assert items[0] == RawRecord("row 1", {"id": "1", "text": "a"})
    assert isinstance(items[-1], Unreadable)


def test_cells_over_the_limit() -> None:
    items = read(b"text\n" + b"x" * 5000 + b"\nshort\n", limits=Limits(record_bytes=1000))
    assert isinstance(items[0], Unreadable)
    assert items[-1].record is not None
    assert RawRecord(items[-1].record, {"text": "short"}) == items[-1]


def test_utf_16_and_tabs() -> None:
    assert read("text\ttitle\ncafé, bar\tT\n".encode("utf-16")) == [RawRecord("row 1", {"text": "café, bar", "title": "T"})]


def test_headers() -> None:
    def refuse(columns: object) -> None:
        raise ContentError(f"columns {columns}")

    with pytest.raises(ContentError, match=r"columns \['a', 'b'\]"):
        read(b"a, b\n1,2\n", check_header=refuse)
    with pytest.raises(ContentError, match="header line"):
        read(b'"a"b,c\n')
