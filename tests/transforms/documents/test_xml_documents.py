from __future__ import annotations

import pytest

from tests.transforms.documents.pages import page
from transforms.documents.records import ContentError, RawRecord
from transforms.documents.xml_documents import read_xml

NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf xml:lang="en"><head><docdata><doc-id id-string="ex-1"/>
<date.issue norm="20250320T101500Z"/></docdata><pubdata name="Example Post"/></head><body><body.head><hedline><hl1>Ministers
 meet</hl1></hedline><dateline>OSLO</dateline></body.head><body.content>
<block><p>They <em>met</em>.</p><p>They talked.</p></block></body.content></body></nitf>"""
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'


def test_nitf() -> None:
    (item,) = read_xml(NITF.encode())
    assert item == RawRecord(
        None,
        {
            "doc_id": "ex-1",
            "uri": None,
            "title": "Ministers meet",
            "published": "20250320T101500Z",
            "source": "Example Post",
            "language": "en",
            "text": "They met.\n\nThey talked.",
        },
        inferred=True,
    )


def test_several_articles_in_one_file() -> None:
    article = NITF[NITF.index("<nitf") :]
    assert [item.record for item in read_xml(f"<newsMessage>{article}{article}</newsMessage>".encode())] == ["row 1", "row 2"]


def test_the_root_decides() -> None:
    feed = b"<!-- <nitf> --><rss version='2.0'><channel><title>E</title><item><title>T</title><description>Words.</description></item></channel></rss>"
    assert [item.values["text"] for item in read_xml(feed) if isinstance(item, RawRecord)] == ["Words."]
    (item,) = read_xml(page().encode())
    assert isinstance(item, RawRecord)
    assert item.values["title"] == "Ministers meet in Oslo"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB.encode(), "declares XML entities"),
        (BOMB.encode("utf-16"), "declares XML entities"),
        (b"<gpx><trk/></gpx>", "XML of the kind <gpx>: RSS"),
        (b"<gpx><trk>", "no well-formed XML"),
        (b"", "no well-formed XML"),
    ],
)
def test_what_is_not_read(data: bytes, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        list(read_xml(data))
