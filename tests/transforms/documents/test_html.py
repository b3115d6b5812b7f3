from __future__ import annotations

import pytest

from tests.transforms.documents.pages import PARAGRAPHS, page
from transforms.documents.html import html_to_text, is_markup, read_html
from transforms.documents.records import ContentError


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-03-20T23:30:00-05:00"/>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-03-20T23:30:00-05:00"}</script>',
    ],
)
def test_an_article_and_its_metadata(head: str) -> None:
    assert read_html(page(head=head).encode()).values == {
        "title": "Ministers meet in Oslo",
        "published": "2025-03-20T23:30:00-05:00",
        "source": "Example Post",
        "uri": "https://example.org/oslo",
        "language": "en-GB",
        "text": "\n".join(PARAGRAPHS),
    }


def test_the_day_where_no_time_is_stated() -> None:
    assert read_html(page(head='<meta name="date" content="2025-03-20"/>').encode()).values["published"] == "2025-03-20"


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (page(paragraphs=("Größe und Café. " * 10,), head='<meta charset="iso-8859-1">').encode("latin-1"), None),
        (page(paragraphs=("Größe und Café. " * 10,)).encode("cp1252"), "windows-1252"),
        (page(paragraphs=("Größe und Café. " * 10,)).encode("utf-16"), None),
        (b'<?xml version="1.0" encoding="utf-8"?>' + page(paragraphs=("Größe und Café. " * 10,)).encode(), None),
    ],
)
def test_encodings(data: bytes, charset: str | None) -> None:
    assert "Größe und Café." in read_html(data, charset=charset).values["text"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"<html><body><script>x()</script></body></html>", "no article text"),
        (b"<p>caf\xe9</p>", "0xe9 at byte 6"),
        (b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000, r"no article text|cannot be parsed"),
        (b"<!-- -->", r"no article text|cannot be parsed"),
    ],
)
def test_pages_that_hold_no_article(data: bytes, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        read_html(data)


def test_fragments() -> None:
    assert html_to_text("<p>A &amp; B<br>C</p><script>x()</script><ul><li>one</li><li>two</li></ul> tail") == "A & B\nC\n\none\n\ntwo\n\ntail"
    assert html_to_text("plain") == "plain"
    assert html_to_text("<html><body><p>One met two.</p></body><body><p>And three.</p></body></html>") == "One met two.\n\nAnd three."
    assert html_to_text("<body></body><body></body>") == ""
    assert is_markup("\n<p class='x'>text</p>")
    assert not is_markup("5 < 6 and <p> later")


@pytest.mark.parametrize("control", ["\x01", "&#1;", "&#x1f;", "\x0b"])
def test_control_characters_in_a_fragment_are_spaces(control: str) -> None:
    assert html_to_text(f"<article>{control}<p>The ministers met.</p></article>") == "The ministers met."
