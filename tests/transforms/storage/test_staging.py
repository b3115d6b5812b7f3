from __future__ import annotations

import pathlib

import pyarrow.parquet as pq
import pytest

from schemas.event_types.meeting import Meeting
from schemas.tables import tables
from tests.transforms.storage.synthetic import actor, document, extraction, mention, reject
from transforms.storage.files import LocalFiles
from transforms.storage.staging import StagedFile, StagedWriter


def rows(tmp_path: pathlib.Path, files: list[StagedFile], table: str) -> list[dict]:
    return [row for each in files if each.table == table for row in pq.read_table(tmp_path / each.path).to_pylist()]


def test_a_document_becomes_rows_by_table(tmp_path: pathlib.Path) -> None:
    march, undated = document("a"), document("b", None)
    writer = StagedWriter(LocalFiles(str(tmp_path)), "r1")
    parties = (actor("participant", "UKR", "person-1"), actor("participant", "UKR", "person-2"), actor("host", "FRA"), actor("participant", None, "person-1"))
    assert writer.add(extraction(march, mention(march, 1), mention(march, 2, Meeting, None, actors=parties))) == []
    writer.add(extraction(undated, mention(undated, 1)))
    writer.reject(reject())
    files = writer.flush()
    assert {each.table: each.rows for each in files} == {"documents": 2, "meeting": 1, "strike": 2, "event_actors": 8, "rejects": 1}
    for each in files:
        assert pq.read_schema(tmp_path / each.path).equals(tables()[each.table].schema)
    meeting = rows(tmp_path, files, "meeting")[0]
    assert (meeting["acting"], meeting["receiving"], meeting["month"], meeting["run_id"]) == ("UKR", None, None, "r1")
    strike = rows(tmp_path, files, "strike")[0]
    assert (strike["acting"], strike["receiving"], str(strike["month"])) == ("RUS", "UKR", "2025-03-01")
    flags = [
        (row["position"], row["first_in_event"], row["first_in_role"], row["first_for_party"])
        for row in rows(tmp_path, files, "event_actors")
        if row["event_type"] == "meeting"
    ]
    assert flags == [(0, True, True, True), (1, True, True, False), (2, True, True, True), (3, False, False, False)]
    assert [(row["sentences"], row["event_count"]) for row in rows(tmp_path, files, "documents")] == [(3, 2), (3, 1)]


def test_memory_is_bounded_and_no_part_has_a_document_twice(tmp_path: pathlib.Path) -> None:
    writer = StagedWriter(LocalFiles(str(tmp_path)), "r1", flush_rows=3)
    written = [len(writer.add(extraction(document(each)))) for each in ("a", "b", "a", "c", "d", "e")]
    assert written == [0, 0, 1, 0, 0, 1]
    assert len(writer.flush()) == 1
    assert writer.flush() == []
    writer = StagedWriter(LocalFiles(str(tmp_path)), "r2", flush_characters=10)
    assert [len(writer.add(extraction(document(each, text="x" * 10)))) for each in "abc"] == [0, 1, 1]


def test_a_document_that_cannot_be_stored_is_rejected_and_the_others_stay(tmp_path: pathlib.Path) -> None:
    broken = document("broken", text="half a pair \ud800 of surrogates")
    writer = StagedWriter(LocalFiles(str(tmp_path)), "r1")
    for each in (document("a"), broken, document("b")):
        writer.add(extraction(each, mention(each, 1)))
    files = writer.flush()
    assert [row["doc_id"] for row in rows(tmp_path, files, "documents")] == ["a", "b"]
    assert [row["doc_id"] for row in rows(tmp_path, files, "strike")] == ["a", "b"]
    [left_out] = rows(tmp_path, files, "rejects")
    assert (left_out["kind"], left_out["stage"]) == ("failed", "extract")
    assert "'broken'" in left_out["error"]
    assert "half a pair" in left_out["payload"]


def test_rejects_with_broken_file_names_are_kept(tmp_path: pathlib.Path) -> None:
    import dataclasses

    writer = StagedWriter(LocalFiles(str(tmp_path)), "r1")
    writer.reject(dataclasses.replace(reject(), uri="caf\udce9.txt"))
    assert rows(tmp_path, writer.flush(), "rejects")[0]["uri"] == "caf\\udce9.txt"


def test_nothing_is_staged_into_a_store_that_is_gone(tmp_path: pathlib.Path) -> None:
    root = tmp_path / "store"
    root.mkdir()
    writer = StagedWriter(LocalFiles(str(root)), "r1", stood=True)
    writer.add(extraction(document("a")))
    root.rmdir()
    with pytest.raises(FileNotFoundError, match="is gone"):
        writer.flush()
    assert not root.exists()
