from __future__ import annotations

import datetime
import json
import pathlib

import pytest

from tests.transforms.storage.synthetic import ByDayAndPlace, contents, document, extraction, mention, reject, store
from transforms.events.extraction import Extraction
from transforms.storage import draft, partitions
from transforms.storage.errors import NotAStoreError
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import current
from transforms.storage.upkeep import UnknownDocumentError, forget, maintain

NOW = datetime.datetime(2025, 4, 1, 9, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def told(doc_id: str, *dates: str, **fields: object) -> Extraction:
    source = document(doc_id, **fields)
    return extraction(source, *(mention(source, number, date=date) for number, date in enumerate(dates)))


def test_small_files_become_few_and_the_store_says_the_same(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "_SMALL_BYTES", 0)
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", 0)
    for number in range(4):
        store(tmp_path, f"r{number}", [told(f"d{number}", "2025-03-09", f"2025-02-0{1 + number}")], now=lambda: NOW)
    before, files = contents(tmp_path), LocalFiles(str(tmp_path))
    assert len(current(files).of("documents")) == 4
    done = maintain(files, "m1", now=NOW)
    assert len(current(files).of("documents")) == 1
    assert done.merged > done.written >= 1
    assert done.dropped == 0
    assert contents(tmp_path) == before
    assert (current(files).version, current(files).run_id) == (5, "m1")
    # A day later nobody reads the versions before: their files leave, and the newest version's stay.
    assert maintain(files, "m2", keep=3 * DAY, now=NOW + 2 * DAY).dropped == 0
    assert maintain(files, "m3", now=NOW + 4 * DAY).dropped > 0
    assert contents(tmp_path) == before
    named = {file.path for path in (tmp_path / "manifest").iterdir() for file in current(files).files if path.exists()}
    on_disk = {str(path.relative_to(tmp_path)) for path in tmp_path.glob("tables/**/part-*.parquet")}
    assert on_disk == named


def test_versions_are_kept_for_a_day_at_least(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [told("a")], now=lambda: NOW)
    store(tmp_path, "r2", [told("a", text="other")], now=lambda: NOW)
    assert maintain(LocalFiles(str(tmp_path)), "m1", keep=datetime.timedelta(0), now=NOW + DAY / 2).dropped == 0


def test_forgotten_documents_leave_no_trace_in_the_newest_version(tmp_path: pathlib.Path) -> None:
    kept = [told("a", "2025-03-09"), told("b", "2025-03-09", "2025-03-01", text="Same.")]
    gone = [told("c", "2025-03-09", text="Same.", source="Herald"), *(told("d", "2025-02-01") for _ in range(3))]
    store(tmp_path / "never", "r1", kept, [reject()])
    store(tmp_path / "S", "r1", [*kept, *gone], [reject()])
    files = LocalFiles(str(tmp_path / "S"))
    done = forget(files, "f1", ["c", "d"], ByDayAndPlace(), now=NOW)
    assert (done.documents, done.mentions, done.rejects) == (2, 2, 2)
    assert contents(tmp_path / "S") == contents(tmp_path / "never")


def test_what_is_not_there_is_not_forgotten(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [told("a", "2025-03-09")])
    with pytest.raises(UnknownDocumentError, match="has no document 'x'"):
        forget(LocalFiles(str(tmp_path)), "f1", ["a", "x"], ByDayAndPlace(), now=NOW)
    assert [path.name for path in (tmp_path / "manifest").iterdir()] == ["00000001.json"]
    for name in ("none", "tables"):
        with pytest.raises(NotAStoreError):
            maintain(LocalFiles(str(tmp_path / name)), "m1", now=NOW)


def test_payloads_that_are_no_document_are_left_alone(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [told("a")], [reject()])
    forget(LocalFiles(str(tmp_path)), "f1", ["a"], ByDayAndPlace(), now=NOW)
    assert len(contents(tmp_path)["rejects"]) == 1
    assert contents(tmp_path)["documents"] == []
    assert json.loads((tmp_path / "manifest" / "00000002.json").read_text())["run_id"] == "f1"
