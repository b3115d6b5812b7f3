"""Input that is broken or means harm: each becomes a reject that says what is wrong, or a document; nothing good is lost, and nothing takes long."""

from __future__ import annotations

import bz2
import datetime
import gzip
import io
import json
import lzma
import pathlib
import time
from typing import IO

import pytest
import zstandard

from schemas.document import Document
from tests.pipeline.articles import MEETING
from transforms.documents.assemble import Refusal, Rules, make_document
from transforms.documents.readers import read_records
from transforms.documents.records import Limits, RawRecord, Unreadable
from transforms.events.extractor import Extractor
from transforms.events.numbers import parse_number
from transforms.language.sentences import split_sentences

TIGHT = Limits(decompressed_bytes=1_000_000, file_bytes=2_000_000, page_bytes=1_000_000)
GOOD = json.dumps({"id": "good", "text": MEETING, "published": "2025-03-12"}).encode()


def read(data: bytes | IO[bytes], name: str, limits: Limits = TIGHT) -> tuple[list[Document], list[str]]:
    """What a file makes: its documents, and the errors of its rejects."""
    documents, errors = [], []
    for item in read_records(io.BytesIO(data) if isinstance(data, bytes) else data, name, limits):
        if isinstance(item, Unreadable):
            errors.append(item.error)
            continue
        made = make_document(item, name, Rules(limits=limits))
        if isinstance(made, Refusal):
            errors.append(made.error)
        else:
            documents.append(made)
    return documents, errors


@pytest.mark.parametrize(
    ("name", "compress"),
    [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zst", lambda data: zstandard.ZstdCompressor().compress(data))],
)
def test_bombs_are_not_unpacked(name: str, compress) -> None:
    bomb = compress(GOOD + b"\n" + bytes(80_000_000))
    documents, errors = read(bomb, f"news.jsonl.{name}")
    assert [each.doc_id for each in documents] == ["good"]
    [error] = errors
    assert "over the limit" in error
    # What is packed twice is not unpacked twice.
    _, errors = read(compress(bomb), f"news.jsonl.{name}.{name}")
    assert errors


LAUGHS = b"<!DOCTYPE rss [<!ENTITY a 'ha'>" + b"".join(b"<!ENTITY %c '&%c;&%c;&%c;&%c;'>" % (98 + n, *[97 + n] * 4) for n in range(20)) + b"]><rss><channel>"
OUTSIDE = b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&a;</title><description>&a;</description></item></channel></rss>"


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS + b"<item><title>&u;</title></item></channel></rss>",
        OUTSIDE,
        OUTSIDE.decode().replace("<!DOCTYPE", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE').encode("utf-16"),
        b"<nitf>" + b"<body>" * 100_000,
        b"<nitf " + b" ".join(b"a%d='x'" % number for number in range(100_000)) + b"></nitf>",
    ],
)
def test_xml_bombs_are_refused(data: bytes) -> None:
    began = time.process_time()
    documents, errors = read(data, "feed.xml")
    assert documents == []
    assert len(errors) == 1
    assert "root:" not in errors[0]
    assert time.process_time() - began < 20


@pytest.mark.parametrize("name", ["news.jsonl.gz", "news.json.xz", "news.csv.bz2", "news.txt.zst", "news.parquet", "news.warc.gz", "news.html", "news.xml"])
@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd\xff", b"PAR1", b"PAR1PAR1", b"PK\x03\x04"]
)
def test_stumps_of_files_are_rejects(name: str, data: bytes) -> None:
    documents, errors = read(data, name)
    assert documents == []
    assert len(errors) == 1


def test_a_line_of_200_mb_is_passed_over(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "news.jsonl"
    with path.open("wb") as out:
        out.write(b'{"text": "')
        for _ in range(200):
            out.write(b"a" * 1_000_000)
        out.write(b'"}\n' + GOOD + b"\n")
    with path.open("rb") as file:
        documents, errors = read(file, "news.jsonl", Limits())
    assert [each.doc_id for each in documents] == ["good"]
    assert errors == ["the line is longer than 64000000 bytes"]


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"text":'])
@pytest.mark.parametrize("name", ["news.jsonl", "news.json"])
def test_json_nested_without_end(opening: bytes, name: str) -> None:
    documents, errors = read(opening * 200_000 + (b"\n" + GOOD if name == "news.jsonl" else b""), name)
    assert [each.doc_id for each in documents] == (["good"] if name == "news.jsonl" else [])
    assert len(errors) == 1
    assert len(errors[0]) < 300


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"{MEETING}\0 And more.", f"{MEETING}� And more."),
        (f"{MEETING} \ud800 more.", f"{MEETING} � more."),
        (f"{MEETING} 😀 more.", f"{MEETING} 😀 more."),
        (f"{MEETING} \u202eevil\u202c more.", f"{MEETING} \u202eevil\u202c more."),
        (f"{MEETING}\r\n\x1b[31mred\x1b[0m", f"{MEETING}\n\x1b[31mred\x1b[0m"),
    ],
)
def test_characters_that_make_trouble_are_kept_as_a_store_can_hold_them(text: str, kept: str) -> None:
    documents, errors = read(json.dumps({"text": text}).encode(), "news.jsonl")
    assert (errors, [each.text for each in documents]) == ([], [kept])
    kept.encode("utf-8")


def test_a_line_of_another_encoding_is_lost_alone() -> None:
    documents, errors = read(GOOD + b'\n{"text": "caf\xe9 ' + MEETING.encode() + b'"}\n' + GOOD + b"\n", "news.jsonl")
    assert [each.doc_id for each in documents] == ["good", "good"]
    assert errors == ["0xe9 at byte 13 of the line is not UTF-8"]


def test_scripts_of_a_page_are_no_text() -> None:
    head = "<head><script>alert('Russia struck Kyiv')</script><style>p{}</style></head>"
    page = f"<html>{head}<body><article><p onclick=evil()>{MEETING}</p><p>{MEETING}</p></article></body></html>"
    [document], errors = read(page.encode(), "page.html")
    assert errors == []
    assert "alert" not in document.text
    assert "evil" not in document.text


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def document(text: str, day: datetime.date | None = datetime.date(2025, 3, 12)) -> Document:
    when = None if day is None else datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return Document(doc_id="d", text=text, published=when, published_date=day, language="en")


@pytest.mark.parametrize("text", ["bomb " * 200_000, "a" * 1_000_000, "Russia attacked, and " * 50_000, "." * 1_000_000, "«“(" * 300_000, "A. " * 300_000])
def test_a_sentence_of_a_megabyte_is_cut(text: str) -> None:
    began = time.process_time()
    spans = split_sentences(text)
    assert time.process_time() - began < 60
    assert max(span.end - span.start for span in spans) <= 4_000
    assert sum(len(text[span.start : span.end].replace(" ", "")) for span in spans) == len(text.replace(" ", ""))


def test_a_long_run_of_words_is_read_in_parts(extractor: Extractor) -> None:
    text = f"{'word ' * 4_000}and {MEETING}"
    [found] = extractor.extract([document(text)])
    for mention in found.mentions:
        assert text[mention.sentence_start : mention.sentence_end] == mention.sentence


WORDS = "Ministers met in Paris today, yesterday, last week, next month and 400 years ago. They will meet on Friday, in three weeks and next year."


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date(1, 1, 3), datetime.date(9999, 1, 1), datetime.date.max, None])
def test_days_at_the_ends_of_the_calendar(extractor: Extractor, day: datetime.date | None) -> None:
    [found] = extractor.extract([document(WORDS, day)])
    assert found.mentions
    for mention in found.mentions:
        assert mention.event_date is None or mention.event_date_end is None or mention.event_date <= mention.event_date_end


@pytest.mark.parametrize(
    "amount",
    ["1" + "0" * 30 + " dollars", "$1e30", "$" + "9" * 400, "999,999,999,999,999 trillion euros", "$0.0000000000000000001", "-5 dollars", "$" + "1," * 5_000],
)
def test_amounts_beyond_all_measure(extractor: Extractor, amount: str) -> None:
    [found] = extractor.extract([document(f"Germany pledged {amount} in aid to Ukraine on Tuesday.")])
    for mention in found.mentions:
        value = getattr(mention, "amount", None)
        assert value is None or 0 <= value < float("inf")


@pytest.mark.parametrize("count", ["9" * 10, "9" * 400, "between 5 and 99999999999"])
def test_counts_beyond_all_measure(count: str) -> None:
    found = parse_number(count)
    assert found is None or all(each is None or each < 2**31 for each in (found.minimum, found.maximum))


def test_text_of_any_kind_is_given_to_the_extraction(extractor: Extractor) -> None:
    texts = [
        "\n" * 10_000,
        "\u202e" * 1_000 + MEETING,
        "�" * 1_000,
        "'; DROP TABLE events; --",
        "<script>alert(1)</script> " + MEETING,
        "%s {0} {{}} \\x00 " + MEETING,
    ]
    found = list(extractor.extract([document(text) for text in texts]))
    assert len(found) == len(texts)
    assert found[5].mentions


def test_record_names_of_any_kind_are_fields() -> None:
    record = RawRecord("line 1", {"text": MEETING, "'; DROP TABLE x": 1, "\0": [], "": {}, "published": "0001-01-01"})
    made = make_document(record, "a.jsonl", Rules())
    assert isinstance(made, Document)
    assert made.published_date == datetime.date.min
