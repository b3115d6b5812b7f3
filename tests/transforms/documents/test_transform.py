from __future__ import annotations

import datetime
import gzip
import json
import os
import pathlib
import pickle
from collections.abc import Callable
from typing import Any

import apache_beam as beam
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.document import Document
from schemas.ledger import Reject
from transforms.documents.inputs import NoMatchingInputError
from transforms.documents.transform import ReadDocuments, matched_inputs

ENGLISH = "The two ministers met in Oslo on Monday to discuss how the ceasefire could be kept, officials of both sides said after the talks."
GERMAN = "Die beiden Minister trafen sich am Montag in Oslo, um über die Waffenruhe zu beraten, wie Vertreter beider Seiten nach dem Gespräch sagten."


def clock() -> datetime.datetime:
    return datetime.datetime(2025, 3, 20, 12, tzinfo=datetime.UTC)


def brief(reject: Reject) -> tuple[str, str | None, str]:
    return pathlib.Path(reject.uri).name, reject.record, reject.kind


def has_said(*parts: str) -> Callable[[list[Reject]], None]:
    def check(rejects: list[Reject]) -> None:
        errors = sorted(reject.error for reject in rejects)
        assert len(errors) == len(parts), errors
        assert all(any(part in error for error in errors) for part in parts), errors

    return check


def counters(pipeline_result: Any) -> dict[str, int]:
    found = pipeline_result.metrics().query(beam.metrics.MetricsFilter().with_namespace(ReadDocuments))["counters"]
    totals: dict[str, int] = {}
    for each in found:
        totals[each.key.metric.name] = totals.get(each.key.metric.name, 0) + each.committed
    return totals


def test_files_of_several_kinds_give_documents_and_rejects(tmp_path: pathlib.Path) -> None:
    lines = [
        json.dumps({"doc_id": "1", "text": ENGLISH, "published": "2025-03-20"}),
        "{broken",
        json.dumps({"text": GERMAN}),
        json.dumps({"doc_id": "2", "text": ENGLISH}),
    ]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (tmp_path / "talks-2025-03-21.txt").write_text(f"Ministers meet\n{ENGLISH}")
    (tmp_path / "b.csv").write_bytes(b'doc_id,body\n3,"' + ENGLISH.encode() + b'"\n4,caf\xe9\n')
    (tmp_path / "c.bin").write_bytes(bytes(range(256)))
    pipeline = TestPipeline("FnApiRunner")
    documents, rejects = pipeline | beam.Create([str(tmp_path)]) | ReadDocuments(run_id="run-1", clock=clock)
    shown = documents | beam.Map(lambda each: (each.doc_id if len(each.doc_id) < 5 else "hash", each.title, each.published_basis, each.text == ENGLISH))
    assert_that(
        shown,
        equal_to([("1", None, "given", True), ("2", None, None, True), ("3", None, None, True), ("hash", "Ministers meet", "file_name", True)]),
        label="Documents",
    )
    assert_that(
        rejects | beam.Map(brief),
        equal_to([("a.jsonl.gz", "line 2", "failed"), ("a.jsonl.gz", "line 3", "skipped"), ("b.csv", "row 2", "failed"), ("c.bin", None, "failed")]),
        label="Rejects",
    )
    assert_that(
        rejects | "When" >> beam.Map(lambda each: (each.run_id, each.stage, each.seen_at.isoformat())) | beam.Distinct(),
        equal_to([("run-1", "read", clock().isoformat())]),
        label="Ledger",
    )
    result = pipeline.run()
    assert counters(result) == {"in": 8, "out": 4, "errors": 4}


@pytest.mark.parametrize("chunk", [100, 1000, 1 << 20])
def test_parts_of_big_files_are_the_whole(tmp_path: pathlib.Path, chunk: int) -> None:
    rows = [{"doc_id": str(number), "text": f"{ENGLISH} {number}"} for number in range(40)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "b.parquet", row_group_size=7)
    with TestPipeline("FnApiRunner") as pipeline:
        documents, rejects = (
            pipeline | beam.Create([str(tmp_path / "*.jsonl"), str(tmp_path / "b.parquet")]) | ReadDocuments(run_id="r", chunk_bytes=chunk, id_prefix="p-")
        )
        assert_that(documents | beam.Map(lambda each: each.doc_id), equal_to([f"p-{number}" for number in range(40)] * 2), label="Documents")
        assert_that(rejects, equal_to([]), label="Rejects")


def test_options_reach_the_documents(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"summary": "no", "story": {"words": ENGLISH}, "text": "no"}))
    options = {"fields": {"text": "story.words"}, "published": "2025-03-19", "languages": ["en"], "max_text_characters": 1000}
    with TestPipeline("FnApiRunner") as pipeline:
        documents, _ = pipeline | beam.Create([str(tmp_path / "a.json")]) | ReadDocuments(run_id="r", **options)  # type: ignore[arg-type]
        assert_that(documents | beam.Map(lambda each: (each.text, each.published_basis)), equal_to([(ENGLISH, "option")]))


def test_what_vanishes_or_may_not_be_read_is_a_reject(tmp_path: pathlib.Path) -> None:
    (tmp_path / "good.txt").write_text(ENGLISH)
    with TestPipeline("FnApiRunner") as pipeline:
        documents, rejects = pipeline | beam.Create([str(tmp_path / "gone.txt"), str(tmp_path / "good.txt")]) | ReadDocuments(run_id="r")
        assert_that(documents | beam.Map(lambda each: each.text), equal_to([ENGLISH]), label="Documents")
        assert_that(rejects, has_said("no file matches"), label="Rejects")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(tmp_path: pathlib.Path) -> None:
    (tmp_path / "closed.txt").write_text(ENGLISH)
    (tmp_path / "closed.txt").chmod(0)
    with TestPipeline("FnApiRunner") as pipeline:
        _, rejects = pipeline | beam.Create([str(tmp_path)]) | ReadDocuments(run_id="r")
        assert_that(rejects, has_said("cannot be read"))


def test_a_text_over_the_limit_is_a_reject(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "word " * 4_000_000}) + "\n" + json.dumps({"text": ENGLISH}))
    with TestPipeline("FnApiRunner") as pipeline:
        documents, rejects = pipeline | beam.Create([str(tmp_path)]) | ReadDocuments(run_id="r")
        assert_that(documents | beam.Map(lambda each: each.text), equal_to([ENGLISH]), label="Documents")
        assert_that(rejects, has_said("20000000 characters, over the limit of 5000000"), label="Rejects")


def test_names_that_look_like_patterns(tmp_path: pathlib.Path) -> None:
    path = tmp_path / 'it\'s [1] "new"\n*.txt'
    path.write_text(ENGLISH)
    with TestPipeline("FnApiRunner") as pipeline:
        documents, _ = pipeline | beam.Create([str(path)]) | ReadDocuments(run_id="r")
        assert_that(documents | beam.Map(lambda each: each.uri), equal_to([str(path)]))


def test_matched_inputs(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.txt").write_text("12345")
    assert matched_inputs([str(tmp_path)]) == [(str(tmp_path / "a.txt"), 5)]
    with pytest.raises(NoMatchingInputError, match="nothing"):
        matched_inputs([str(tmp_path / "nothing*")])
    with pytest.raises(NoMatchingInputError, match="nosuchscheme://x"):
        matched_inputs(["nosuchscheme://x"])


@pytest.mark.parametrize(
    "wrong", [{"published": "soon"}, {"fields": {"txt": "a"}}, {"languages": ["english"]}, {"chunk_bytes": 0}, {"max_text_characters": -1}]
)
def test_arguments_are_checked_before_anything_runs(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        ReadDocuments(run_id="r", **wrong)


def test_documents_travel_between_workers() -> None:
    document = Document(doc_id="1", text=ENGLISH, published=clock(), published_date=clock().date())
    assert pickle.loads(pickle.dumps(document)) == document
