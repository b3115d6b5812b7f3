from __future__ import annotations

from typing import Any

import pytest

from transforms.documents.fields import check_columns, check_overrides, map_fields
from transforms.documents.records import ContentError

TEXT = "Ministers met."


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"text": TEXT, "Title": "T", "pubDate": "2025-03-20"}, {"title": "T", "published": "2025-03-20"}),
        ({"body": TEXT, "headline": "T", "pub_date": 5, "id": "a7", "lang": "en"}, {"title": "T", "published": 5, "doc_id": "a7", "language": "en"}),
        # the running number of a row is no identity
        ({"body": TEXT, "headline": "T", "id": 7}, {"title": "T"}),
        (
            {"source": {"id": None, "name": "Example Post"}, "title": "T", "url": "https://e.org/1", "publishedAt": "2025-03-20T10:00:00Z", "content": TEXT},
            {"source": "Example Post", "title": "T", "uri": "https://e.org/1", "published": "2025-03-20T10:00:00Z"},
        ),
        (
            {"id": "world/1", "webTitle": "T", "webUrl": "https://e.org/1", "webPublicationDate": "P", "fields": {"body": "<p>x</p>", "bodyText": TEXT}},
            {"doc_id": "world/1", "title": "T", "uri": "https://e.org/1", "published": "P"},
        ),
        ({"url": "https://e.org/1", "published": "P", "title": "T", "text": TEXT, "thread": {"site": "e.org"}}, {"source": "e.org", "uri": "https://e.org/1"}),
        (
            {"uri": "8123", "url": "https://e.org/1", "title": "T", "body": TEXT, "dateTimePub": "P", "source": {"uri": "e.org", "title": "E"}, "lang": "eng"},
            {"doc_id": "8123", "uri": "https://e.org/1", "published": "P", "source": "E", "language": "eng"},
        ),
        (
            {"title": {"rendered": "A &amp; B"}, "content": {"rendered": f"<p>{TEXT}</p>"}, "link": "https://e.org/1", "date_gmt": "P"},
            {"uri": "https://e.org/1", "published": "P"},
        ),
        ({"_id": {"$oid": "abc"}, "text": TEXT, "date": {"$date": "P"}}, {"doc_id": "abc", "published": "P"}),
        ({"text": TEXT, "title": "", "source": "null", "published": float("nan")}, {"title": None, "source": None, "published": None}),
        ({"text": ["Ministers met."], "title": "  a\n b "}, {"title": "a b"}),
    ],
)
def test_names(record: dict[str, Any], expected: dict[str, Any]) -> None:
    found = map_fields(record)
    assert found.text == TEXT
    assert {name: getattr(found, name) for name in expected} == expected


def test_overrides_take_the_place_of_the_usual_names() -> None:
    record = {"text": "summary", "a b": {"c": TEXT}, "published": "P", "when": "W"}
    found = map_fields(record, {"text": "a b.c", "published": "when", "title": "none"})
    assert (found.text, found.published, found.title) == (TEXT, "W", None)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"text": 5}, "text .in 'text'. is a number: a string"),
        ({"text": {"a": 1}}, "is an object"),
        ({"text": [1]}, "is a list"),
        ({"text": TEXT, "title": ["a"]}, "title .in 'title'. is a list"),
        ({"text": TEXT, "url": 1.5}, "uri .in 'url'. is a number"),
        ({"text": " \n "}, "the text is empty"),
        ({"text": None, "title": "T"}, "the text is empty"),
        ({"words": TEXT}, "no field is known as the text; the record has words: --field text=NAME"),
        ({"url": "u", "title": "t", "seendate": "s", "domain": "d", "language": "English"}, "GDELT"),
        ({}, "the record has nothing"),
    ],
)
def test_what_cannot_be_a_document_says_why(record: dict[str, Any], said: str) -> None:
    with pytest.raises(ContentError, match=said):
        map_fields(record)


def test_text_is_kept_as_it_is_but_for_newlines_nuls_and_surrogates() -> None:
    assert map_fields({"text": " a\r\nb\rc\0d\ud800e \ud83d\ude00 "}).text == " a\nb\nc\ufffdd\ufffde 😀 "


def test_checks_before_reading() -> None:
    check_overrides({"text": "x"})
    check_columns(["A", "Body"], {})
    check_columns(["x.y", "z"], {"text": "x.y"})
    with pytest.raises(ValueError, match="no field of a document; the fields are doc_id"):
        check_overrides({"txt": "x"})
    with pytest.raises(ValueError, match="missing"):
        check_overrides({"text": ""})
    with pytest.raises(ContentError, match="the columns are a, b: --field text=COLUMN"):
        check_columns(["a", "b"], {})
    with pytest.raises(ContentError, match="no column 'c'"):
        check_columns(["a", "text"], {"text": "c"})
