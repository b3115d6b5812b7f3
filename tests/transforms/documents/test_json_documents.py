from __future__ import annotations

import json
from typing import Any

import pytest

from transforms.documents.json_documents import read_json, records_of
from transforms.documents.records import ContentError, RawRecord, Unreadable

A, B = {"text": "a"}, {"text": "b"}


@pytest.mark.parametrize(
    ("value", "records"),
    [
        (A, [A]),
        ([A, B], [A, B]),
        ({"status": "ok", "totalResults": 2, "articles": [A, B]}, [A, B]),
        ({"articles": {"results": [A, B], "page": 1}}, [A, B]),
        ({"response": {"status": "ok", "results": [A]}}, [A]),
        ({"response": {"docs": [A]}}, [A]),
        ({"response": {"content": A}}, [A]),
        ({"posts": [A], "totalResults": 1, "next": "https://e.org"}, [A]),
        ({"hits": {"hits": [{"_id": "7", "_source": A}]}}, [{"_id": "7", "text": "a"}]),
        ({"text": "a", "items": [B]}, [{"text": "a", "items": [B]}]),
        ({"title": "t", "items": ["Patriot", "HIMARS"]}, [{"title": "t", "items": ["Patriot", "HIMARS"]}]),
        ({"articles": []}, []),
        (5, [5]),
    ],
)
def test_where_records_are(value: Any, records: list[Any]) -> None:
    assert list(records_of(value)) == records


def test_places_and_values_that_are_no_record() -> None:
    items = list(read_json(json.dumps([A, 5, B]).encode("utf-16")))
    assert items[0] == RawRecord("row 1", A)
    assert isinstance(items[1], Unreadable)
    assert items[1].record == "row 2"
    assert items[2] == RawRecord("row 3", B)


@pytest.mark.parametrize("wrap", ["%s", '{"status": "ok", "articles": %s}'])
def test_a_file_cut_off_gives_what_was_whole(wrap: str) -> None:
    data = (wrap % json.dumps([A, B, {"text": "never closed"}])).encode()
    *whole, last = read_json(data[: data.index(b"never")])
    assert whole == [RawRecord("row 1", A), RawRecord("row 2", B)]
    assert isinstance(last, Unreadable)
    assert last.record == f"byte {data.index(b'{' + bytes(json.dumps('text'), 'ascii') + b': ' + b'%cnever' % 34)}"
    assert "the rest of the file is not read" in last.error


def test_json_lines_under_the_name_of_json() -> None:
    items = list(read_json(b'{"text": "a"}\n{"text": bad}\n{"text": "b"}\n'))
    assert [type(item) for item in items] == [RawRecord, Unreadable, RawRecord]


@pytest.mark.parametrize("data", [b"[" * 200_000, b"\xff\xfe\xfd", b"caf\xe9"])
def test_nothing_that_can_be_read(data: bytes) -> None:
    with pytest.raises(ContentError):
        if all(isinstance(item, Unreadable) for item in read_json(data)):
            raise ContentError("only what is unreadable")
