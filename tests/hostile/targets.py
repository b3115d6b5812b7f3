"""What is fuzzed: each target takes bytes and must not raise, whatever they are; what it gives must keep its promises.

`tests/hostile/test_fuzz.py` feeds them by Hypothesis, `python -m tests.hostile.atheris_fuzz` by Atheris, which looks for inputs that reach new code.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import io
import itertools
from collections.abc import Callable

import duckdb
import pyarrow as pa

from pipeline.database import QueryNotAllowedError, checked
from pipeline.spreadsheet import FORMULA_STARTS, plain_cell
from pipeline.text_table import escaped
from schemas.document import Document
from schemas.tables import tables
from transforms.documents.assemble import Rules, make_document
from transforms.documents.fields import map_fields
from transforms.documents.readers import read_records
from transforms.documents.records import ContentError, Limits, RawRecord, Unreadable, clean
from transforms.documents.times import parse_time
from transforms.events.extractor import Extractor
from transforms.language.sentences import split_sentences
from transforms.storage.rows import rows_of

LIMITS = Limits(text_characters=100_000, record_bytes=50_000, page_bytes=50_000, file_bytes=100_000, decompressed_bytes=200_000)
NAMES = ("a.jsonl", "a.json", "a.csv", "a.tsv", "a.txt", "a.html", "a.xml", "a.warc", "a.parquet", "a.jsonl.gz", "a.jsonl.zst", "a.csv.bz2", "a.json.xz", "a")


def reading(data: bytes) -> None:
    """Any bytes under any name are documents that a store can hold, or rejects that say why."""
    name = NAMES[data[0] % len(NAMES)] if data else "a"
    items = 0
    for item in read_records(io.BytesIO(data[1:]), name, LIMITS):
        items += 1
        if isinstance(item, Unreadable):
            assert item.error
            item.error.encode("utf-8", "surrogateescape")
            continue
        made = make_document(item, name, Rules(limits=LIMITS))
        if isinstance(made, Document):
            assert made.text.strip()
            made.text.encode("utf-8")
            assert "\0" not in made.text
    # Only a list or a table can be empty, and only lines can be blank.
    blank = not data[1:].strip()
    assert items or (name.startswith("a.jsonl") if blank else not name.endswith((".txt", ".html")))


def records(data: bytes) -> None:
    """Any record has fields, or an error that says why it has none."""
    text = data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace") if data.isascii() else data.decode("latin-1")
    values = dict(zip(("text", "title", "published", "url", "source", "id", "language"), text.split("|"), strict=False))
    with contextlib.suppress(ContentError):
        fields = map_fields(values, {})
        assert fields.text.strip()
    make_document(RawRecord("line 1", values), "a.jsonl", Rules())


def times(data: bytes) -> None:
    """Any string is a time or a ValueError."""
    with contextlib.suppress(ValueError):
        found = parse_time(data.decode("utf-8", "replace"))
        assert abs((found.published.date() - found.day).days) <= 1


def sentences(data: bytes) -> None:
    """Sentences hold every character that is not white space, in order."""
    text = clean(data.decode("utf-8", "replace"))
    spans = split_sentences(text)
    assert "".join("".join(text[span.start : span.end].split()) for span in spans) == "".join(text.split())
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


def showing(data: bytes) -> None:
    """What is shown holds no control character, and no cell is a formula."""
    text = data.decode("utf-8", "surrogateescape")
    assert all(each.isprintable() or each in "\u00a0\u3000" or each.isspace() for each in escaped(text))
    assert "\x1b" not in escaped(text)
    assert "\n" not in escaped(text)
    assert not plain_cell(text).startswith(FORMULA_STARTS)


def queries(data: bytes) -> None:
    """Whatever is let through is a SELECT or an EXPLAIN of one."""
    query = data.decode("utf-8", "replace").replace("\0", " ")
    try:
        allowed = checked(query)
    except (QueryNotAllowedError, duckdb.Error):
        return
    [statement] = duckdb.extract_statements(allowed)
    assert statement.type in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


@functools.cache
def _extractor() -> Extractor:
    return Extractor()


def extracting(data: bytes) -> None:
    """Whatever a text says, its mentions stand where they say, and a table can hold them."""
    text = clean(data.decode("utf-8", "replace"))
    if not text.strip():
        return
    [found] = _extractor().extract([Document(doc_id="d", text=text, published_date=datetime.date(2025, 3, 12), language="en")])
    for mention in found.mentions:
        assert text[mention.sentence_start : mention.sentence_end] == mention.sentence
        assert text[mention.trigger_start : mention.trigger_end] == mention.trigger
    for table, row in rows_of(found, "run"):
        pa.Table.from_pylist([row], schema=tables()[table].schema)


TARGETS: dict[str, Callable[[bytes], None]] = {each.__name__: each for each in (reading, records, times, sentences, showing, queries, extracting)}
SLOW = {"extracting": 20}
"""Targets of which a case takes so many times as long as one of the others."""
