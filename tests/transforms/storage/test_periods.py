from __future__ import annotations

import datetime

import pytest

from schemas.tables import UNDATED
from transforms.storage.periods import ALL, all_with, by_period, is_month, longer, month_name, part_of


@pytest.mark.parametrize(("day", "name"), [(None, "undated"), (datetime.date(1, 2, 3), "0001-02"), (datetime.date(2025, 12, 31), "2025-12")])
def test_names(day: datetime.date | None, name: str) -> None:
    assert month_name(day) == name
    assert is_month(name)
    assert longer(name)[0] == ALL
    assert longer(name)[-1] == name


def test_a_period_is_parted_by_shorter_ones() -> None:
    assert part_of(ALL, "2025-03") == "2025"
    assert part_of("2025", "2025-03") == "2025-03"
    assert part_of(ALL, UNDATED) == UNDATED
    assert longer("2025-03") == [ALL, "2025", "2025-03"]
    assert longer(UNDATED) == [ALL, UNDATED]
    assert not is_month(ALL)
    assert not is_month("2025")


def test_a_month_is_within_longer_periods() -> None:
    assert all_with(["2025-03", "2025-04", "2024", UNDATED]) == {ALL, "2025", "2025-03", "2025-04", "2024", UNDATED}
    assert all_with([]) == set()


@pytest.mark.parametrize(("month", "taken", "expected"), [
    ("2025-03", [], ALL),
    ("2025-03", [ALL], ALL),
    ("2025-03", ["2024", "2025"], "2025"),
    ("2025-03", ["2024", "2025-01"], "2025-03"),
    ("2025-03", ["2024", "2023-05"], "2025"),
    ("2025-03", [UNDATED], "2025"),
    (UNDATED, ["2025"], UNDATED),
    (UNDATED, [ALL], ALL),
])  # fmt: skip
def test_rows_go_where_their_month_is_kept(month: str, taken: list[str], expected: str) -> None:
    assert by_period([month], taken) == {expected: {month}}


def test_months_that_come_together_do_not_part_what_they_share() -> None:
    assert by_period({"2025-03", "2024-01", UNDATED}, []) == {ALL: {"2024-01", "2025-03", UNDATED}}
    assert by_period({"2025-03", "2025-04", "2024-01"}, ["2023-05"]) == {"2024": {"2024-01"}, "2025": {"2025-03", "2025-04"}}
