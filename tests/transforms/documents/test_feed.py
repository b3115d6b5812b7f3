from __future__ import annotations

import pytest

from transforms.documents.feed import read_feed
from transforms.documents.records import ContentError, RawRecord, Unreadable

ITEM = """<item><title>Ministers &amp;amp; more</title><link>https://e.org/{0}</link><guid>{1}</guid><pubDate>Thu, 20 Mar 2025 23:30:00 -0500</pubDate>
<description>Short</description><content:encoded><![CDATA[<p>Ministers met.</p><p>They talked.</p>]]></content:encoded></item>"""
RSS = (
    '<?xml version="1.0" encoding="{2}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Example News é</title><language>en-us</language>{0}{1}</channel></rss>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_rss(encoding: str) -> None:
    items = list(read_feed(RSS.format(ITEM.format("a", "17"), ITEM.format("b", "https://e.org/?p=2"), encoding).encode(encoding)))
    assert all(isinstance(item, RawRecord) for item in items)
    assert items[0] == RawRecord(
        "row 1",
        {
            "doc_id": None,
            "uri": "https://e.org/a",
            "title": "Ministers & more",
            "published": "Thu, 20 Mar 2025 23:30:00 -0500",
            "source": "Example News é",
            "language": "en-us",
            "text": "Ministers met.\n\nThey talked.",
        },
        inferred=True,
    )
    assert items[1].values["doc_id"] == "https://e.org/?p=2"  # type: ignore[union-attr]


def test_atom() -> None:
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry><id>urn:x:1</id><title>T</title><link href="https://e.org/1"/>
    <published>2025-03-20T10:00:00+01:00</published><summary>Ministers met.</summary></entry></feed>"""
    (item,) = read_feed(data)
    assert isinstance(item, RawRecord)
    assert (item.values["doc_id"], item.values["text"], item.values["published"]) == ("urn:x:1", "Ministers met.", "2025-03-20T10:00:00+01:00")


def test_a_feed_cut_off_gives_what_was_whole() -> None:
    data = RSS.format(ITEM.format("a", "1"), ITEM.format("b", "2"), "utf-8").encode()
    items = list(read_feed(data[: data.rindex(b"They talked.")]))
    assert isinstance(items[0], RawRecord)
    assert isinstance(items[-1], Unreadable)
    assert "cut off" in items[-1].error


@pytest.mark.parametrize("data", [b"<opml><body/></opml>", b"http://127.0.0.1:1/feed", b"words"])
def test_no_feed(data: bytes) -> None:
    with pytest.raises(ContentError, match="no RSS or Atom feed"):
        list(read_feed(data))
