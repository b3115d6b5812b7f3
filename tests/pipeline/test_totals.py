from __future__ import annotations

import gzip
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.totals import count_records


@pytest.mark.parametrize(
    ("name", "content", "records"),
    [
        ("a.txt", b"Text\n\nmore", 1),
        ("a.html", b"<p>", 1),
        ("a.jsonl", b"{}\n{}\n{}", 3),
        ("a.jsonl", b"{}\n{}\n", 2),
        ("a.jsonl", b"", 0),
        ("a.jsonl.gz", gzip.compress(b"{}\n" * 5), 5),
        ("a.jsonl.gz", gzip.compress(b"{}\n" * 5000)[:40], None),
        ("a.csv", b"a,b\n1,2\n", None),
        ("a.json", b"[]", None),
        ("a.parquet", b"no Parquet", None),
    ],
)
def test_records_are_counted_where_that_is_quick(name: str, content: bytes, records: int | None, tmp_path: pathlib.Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert count_records([(str(tmp_path / name), len(content))]) == records


def test_files_add_up_and_one_unknown_makes_all_unknown(tmp_path: pathlib.Path) -> None:
    pq.write_table(pa.table({"text": ["a", "b"]}), tmp_path / "a.parquet")
    (tmp_path / "a.txt").write_text("x")
    known = [(str(tmp_path / "a.parquet"), 1), (str(tmp_path / "a.txt"), 1)]
    assert count_records(known) == 3
    assert count_records([*known, ("gs://bucket/a.jsonl", 1)]) is None
    assert count_records([*known, (str(tmp_path / "gone.jsonl"), 1)]) is None
