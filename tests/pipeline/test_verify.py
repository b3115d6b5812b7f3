from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.verify import verify
from tests.pipeline.tampering import change
from tests.transforms.storage.synthetic import document, extraction, mention, reject, store
from transforms.storage.errors import NotAStoreError

TEXT = "Drones hit Odesa."


@pytest.fixture
def small(tmp_path: pathlib.Path) -> pathlib.Path:
    found = []
    for doc_id in ("a", "b"):
        source = document(doc_id, text=TEXT, source=doc_id)
        found.append(extraction(source, mention(source, 1, trigger="hit", trigger_start=7, trigger_end=10)))
    store(tmp_path / "S", "r1", found, [reject(), reject("failed", "cut short")])
    return tmp_path / "S"


def checks(folder: pathlib.Path) -> str:
    return "\n".join(map(str, verify(str(folder)).faults))


def test_a_whole_store_has_no_fault(small: pathlib.Path) -> None:
    report = verify(str(small))
    assert report.faults == ()
    assert report.rows["strike"] == 2
    with pytest.raises(NotAStoreError):
        verify(str(small.parent / "none"))


def test_files_that_are_not_as_written_are_named(small: pathlib.Path) -> None:
    path = next(small.glob("tables/documents/part-*.parquet"))
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    assert "has another checksum" in checks(small)
    assert path.name in checks(small)
    path.write_bytes(whole[:-5])
    assert f"has {len(whole) - 5} bytes, not {len(whole)}" in checks(small)
    path.unlink()
    assert "is missing" in checks(small)


def test_a_damaged_file_of_columns_is_named(small: pathlib.Path) -> None:
    path = next(small.glob("tables/strike/schema-*.parquet"))
    path.write_bytes(path.read_bytes()[:-5])
    assert f"{path.name} (" in checks(small)


def drop_first(rows: list[dict[str, Any]]) -> None:
    del rows[0]


def set_first(**values: Any) -> Callable[[list[dict[str, Any]]], None]:
    return lambda rows: rows[0].update(values)


@pytest.mark.parametrize(
    ("table", "edit", "check"),
    [
        ("documents", drop_first, "doc_id of strike is in documents"),
        ("documents", lambda rows: rows.append(rows[0]), "documents has one row a key"),
        ("documents", set_first(event_count=7), "event_count of a document is the number of its mentions"),
        ("documents", set_first(text="Another text, of some length."), "offsets of the sentence show its words"),
        ("documents", set_first(run_id="r9"), "run_id of documents is in runs"),
        ("strike", drop_first, "event_id of incident_members is in mentions"),
        ("strike", set_first(incident_id="none"), "mentions and their incidents' members agree on the incident"),
        ("strike", set_first(status="perhaps"), "status of strike is one of occurred"),
        ("strike", set_first(trigger_start=6), "offsets of the trigger show its words"),
        ("event_actors", drop_first, "a mention has as many rows of actors as it has actors"),
        ("incidents", set_first(mentions=5), "an incident counts its mentions and documents"),
        ("incidents", drop_first, "incident_id of mentions is in incidents"),
        ("incident_members", drop_first, "event_id of mentions is in incident_members"),
        ("runs", set_first(read=9), "read = added"),
        ("rejects", lambda rows: rows.append(rows[0]), "a run has no more rejects than it counted"),
        ("duplicates", set_first(duplicate_of="nobody"), "duplicate_of of duplicates is in documents"),
    ],
)
def test_rows_that_do_not_belong_together_are_named(small: pathlib.Path, table: str, edit: Callable[[list[dict[str, Any]]], None], check: str) -> None:
    change(small, table, edit)
    assert check in checks(small)


def test_actors_beyond_the_text_are_named(small: pathlib.Path) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        rows[0]["actors"][0]["text_end"] = len(TEXT) + 1

    change(small, "strike", edit)
    assert "offsets of actors lie in the text" in checks(small)


def test_of_many_cases_a_few_are_shown(tmp_path: pathlib.Path) -> None:
    source = document("a", text=TEXT)
    store(tmp_path / "S", "r1", [extraction(source, *(mention(source, number, trigger="hit") for number in range(20, 30)))])
    [fault] = verify(str(tmp_path / "S")).faults
    assert fault.count == 10
    assert str(fault).endswith(" and 7 more")
