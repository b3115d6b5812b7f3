from __future__ import annotations

import collections
import datetime
import pathlib

import pyarrow as pa
import pytest

from schemas.tables import tables
from transforms.storage import draft as draft_module
from transforms.storage import partitions
from transforms.storage.draft import Draft, keys
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import EMPTY
from transforms.storage.months import by_month
from transforms.storage.periods import is_month

ROW = {"event_id": "", "incident_id": "i", "event_type": "strike", "status": "occurred", "doc_id": "d", "scope": "event", "component_id": "c", "blocks": []}


def members(*days: str | None) -> pa.Table:
    found = [ROW | {"event_id": f"{day}", "published_date": day and datetime.date.fromisoformat(day), "day": datetime.date(1, 1, 1)} for day in days]
    return pa.Table.from_pylist(found, schema=tables()["incident_members"].schema)


@pytest.fixture
def draft(tmp_path: pathlib.Path) -> Draft:
    return Draft(LocalFiles(str(tmp_path)), "r1", EMPTY)


def put(draft: Draft, *days: str | None) -> None:
    draft.rewrite("incident_members", by_month("incident_members", members(*days)))


def kept(draft: Draft) -> dict[str, int]:
    counts: collections.Counter[str] = collections.Counter()
    for file in draft.files():
        counts[(f"month={file.month}" if is_month(file.month) else f"year={file.month}") if file.month else ""] += file.rows
    return dict(counts)


def ids(draft: Draft) -> list[str]:
    return sorted(draft.collect("incident_members", ["event_id"]).column(0).to_pylist())


DAYS = ("2023-05-01", "2024-01-02", "2024-03-04", "2024-03-05", None)


def test_few_rows_are_one_file(draft: Draft) -> None:
    put(draft, *DAYS[:2])
    put(draft, *DAYS[2:])
    assert kept(draft) == {"": 5}
    assert ids(draft) == sorted(map(str, DAYS))


def test_many_rows_are_kept_by_year_and_more_by_month(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    put(draft, *DAYS)
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", members("2024-01-02").nbytes * 2)
    put(draft, "2025-12-31")
    assert kept(draft) == {"year=2023": 1, "month=2024-01": 1, "month=2024-03": 2, "month=undated": 1, "year=2025": 1}
    # What has been parted stays so.
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", 1 << 20)
    put(draft, "2024-06-01", "2023-06-01", "2022-01-01")
    assert kept(draft) == {
        "year=2022": 1, "year=2023": 2, "month=2024-01": 1, "month=2024-03": 2, "month=2024-06": 1, "month=undated": 1, "year=2025": 1
    }  # fmt: skip
    assert ids(draft) == sorted([*map(str, DAYS), "2025-12-31", "2024-06-01", "2023-06-01", "2022-01-01"])


def test_rows_leave_a_file_of_many_months_and_nothing_else_does(draft: Draft) -> None:
    put(draft, *DAYS)
    draft.rewrite("incident_members", {}, key="event_id", drop=keys(["2024-03-04", "none such"]), months={"2024-03"})
    assert ids(draft) == sorted(str(day) for day in DAYS if day != "2024-03-04")
    draft.rewrite("incident_members", {}, key="event_id", drop=keys(map(str, DAYS)))
    assert draft.files() == []


def test_short_periods_with_few_rows_are_merged(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", 0)
    put(draft, *DAYS, "2024-04-01")
    assert len(kept(draft)) == 5
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", 1 << 20)
    year = sum(file.bytes for file in draft.files() if "2024" in file.month)
    monkeypatch.setattr(draft_module, "_FEW_BYTES", year + 1)
    assert draft.merge("incident_members", 1 << 20) == 3
    assert kept(draft) == {"month=2023-05": 1, "year=2024": 4, "month=undated": 1}
    monkeypatch.setattr(draft_module, "_FEW_BYTES", 1 << 20)
    assert draft.merge("incident_members", 1 << 20) == 3
    assert kept(draft) == {"": 6}
    assert draft.merge("incident_members", 1 << 20) == 0


def test_what_is_parted_again_as_it_was_is_not_merged(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", 0)
    put(draft, *DAYS)
    before = draft.files()
    assert draft.merge("incident_members", 1 << 20) == 0
    assert sorted(file.checksum for file in draft.files()) == sorted(file.checksum for file in before)


def many(run: int, count: int, month: str = "2024-03") -> pa.Table:
    return members(*[f"{month}-{1 + number % 28:02d}" for number in range(count)]).set_column(
        0, tables()["incident_members"].schema.field("event_id"), [[f"{run}-{number}" for number in range(count)]]
    )


def put_many(draft: Draft, run: int, count: int) -> int:
    """Puts rows in; how many rows were written for that."""
    before = set(draft.files())
    draft.rewrite("incident_members", by_month("incident_members", many(run, count)))
    return sum(file.rows for file in set(draft.files()) - before)


@pytest.mark.parametrize("together", [0, 8 << 20], ids=["by month", "in one file"])
def test_few_new_rows_leave_a_larger_file_as_it_is(draft: Draft, monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", together)
    monkeypatch.setattr(draft_module, "_TINY_BYTES", 0)
    assert put_many(draft, 0, 100) == 100
    assert put_many(draft, 1, 5) == 5
    assert put_many(draft, 2, 5) == 10
    assert put_many(draft, 3, 20) == 130
    assert draft.rows("incident_members") == len(set(ids(draft))) == 130


def test_many_small_runs_leave_few_files_and_write_each_row_a_few_times(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_module, "_TINY_BYTES", 0)
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", 0)
    runs, written = 200, 0
    for run in range(runs):
        written += put_many(draft, run, 3)
        assert len(draft.files()) <= 5
    assert len(set(ids(draft))) == 3 * runs
    assert written <= 10 * 3 * runs


def test_nothing_new_rewrites_nothing(draft: Draft) -> None:
    put(draft, *DAYS)
    before = draft.files()
    draft.rewrite("incident_members", {"2024-03": iter([members()])})
    assert draft.files() == before


def test_what_outgrows_a_file_of_many_months_is_parted(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_module, "_TINY_BYTES", 0)
    monkeypatch.setattr(draft_module, "_SMALL_BYTES", 1)
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", many(0, 30).nbytes)
    for run in range(40):
        put_many(draft, run, 2)
    assert all(file.month == "2024-03" for file in draft.files() if file.rows > 40)
    assert draft.rows("incident_members") == len(set(ids(draft))) == 80
