from __future__ import annotations

import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.documents.pages import page
from tests.transforms.documents.test_compression import COMPRESS
from tests.transforms.documents.test_warc import A
from transforms.documents.readers import read_range, read_records, read_row_groups, split_points
from transforms.documents.records import Limits, RawRecord, Unreadable

TEXT = "The ministers met in Oslo – again."


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT] * 30}), out, row_group_size=10)
    return out.getvalue()


FILES = {
    "a.txt": f"Ministers meet\n{TEXT}".encode(),
    "a.jsonl": json.dumps({"text": TEXT}).encode(),
    "a.json": json.dumps([{"text": TEXT}]).encode(),
    "a.csv": f'title,text\n"Ministers, again","{TEXT}"\n'.encode(),
    "a.tsv": f"title\ttext\nMinisters\t{TEXT}\n".encode(),
    "a.parquet": parquet(),
    "a.html": page(paragraphs=(TEXT * 4,)).encode(),
    "a.warc": A,
    "a.rss": f"<rss version='2.0'><channel><title>E</title><item><description>{TEXT}</description></item></channel></rss>".encode(),
}
SUFFIXES = {"gzip": ".gz", "bzip2": ".bz2", "xz": ".xz", "zstd": ".zst"}


@pytest.mark.parametrize("compression", [None, *COMPRESS])
@pytest.mark.parametrize("name", FILES)
def test_every_format_in_every_compression(name: str, compression: str | None) -> None:
    data, path = FILES[name], name
    if compression:
        data, path = COMPRESS[compression](data), name + SUFFIXES[compression]
    items = list(read_records(io.BytesIO(data), path))
    assert items
    for item in items:
        assert isinstance(item, RawRecord), item
        assert "met" in item.values["text"]


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n ", "empty"),
        ("a.txt", b"caf\xe9", "0xe9 at byte 3"),
        ("a.txt", "Words".encode("utf-16-le"), "UTF-16 without its byte order mark"),
        ("a.jsonl.gz", b"\x1f\x8b\x08 no gzip", "gzip data is cut off or damaged"),
        ("a.csv", b"a,b\n1,2\n3,4\n", "--field text=COLUMN"),
        ("a.parquet", b"PAR1 no more", "no readable Parquet"),
        ("a.json", b"[" * 100_000, "JSON"),
        ("a.pdf", b"%PDF-1.7\n", "is PDF"),
        ("a.txt", b"x" * 2000, "longer than 1000 bytes"),
        ("a.jsonl.xz", COMPRESS["xz"](bytes(10_000_000)), "over the limit of 50 times"),
    ],
)
def test_what_cannot_be_read_is_one_reject(path: str, data: bytes, said: str) -> None:
    (item,) = read_records(io.BytesIO(data), path, Limits(record_bytes=1000, decompressed_bytes=1_000_000, decompressed_ratio=50))
    assert isinstance(item, Unreadable)
    assert said in item.error


def test_an_archive_cut_off_gives_what_could_be_read() -> None:
    lines = b"".join(b'{"text": "number %d"}\n' % (number * 7919) for number in range(20_000))
    items = list(read_records(io.BytesIO(gzip.compress(lines)[:-1000]), "a.jsonl.gz"))
    assert len(items) > 10_000
    assert all(isinstance(item, RawRecord) for item in items[:-1])
    assert isinstance(items[-1], Unreadable)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([*FILES, "a", "a.xml"]), st.sampled_from(["", ".gz"]), st.booleans())
def test_content_never_raises(data: bytes, name: str, suffix: str, whole: bool) -> None:
    start = FILES.get(name, b"")
    list(read_records(io.BytesIO(data if whole else start[: len(start) // 2] + data), name + suffix))


def test_splitting() -> None:
    lines = b"".join(b'{"text": "%d"}\n' % number for number in range(100))
    parts = split_points(io.BytesIO(lines), "a.jsonl", len(lines), 300)
    ranged = [item for start, stop in parts for item in read_range(io.BytesIO(lines), start, stop)]
    assert len(parts) > 3
    assert [item.values["text"] for item in ranged if isinstance(item, RawRecord)] == [str(number) for number in range(100)]
    groups = split_points(io.BytesIO(parquet()), "a.parquet", len(parquet()), 1)
    assert groups == [(0, 1), (1, 2), (2, 3)]
    assert sum(len(list(read_row_groups(io.BytesIO(parquet()), range(*group)))) for group in groups) == 30
    for path, data in (
        ("a.jsonl.gz", gzip.compress(lines)),
        ("a.jsonl", lines.decode().encode("utf-16")),
        ("a.csv", FILES["a.csv"]),
        ("a.pdf", b"%PDF-1 " * 100),
    ):
        assert split_points(io.BytesIO(data), path, len(data), 10) == []
    # One part is a part too: its records are told by byte, as those of many are.
    assert split_points(io.BytesIO(lines), "a.jsonl", len(lines), len(lines)) == [(0, len(lines))]
