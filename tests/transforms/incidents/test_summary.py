from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.transforms.incidents.mentions import aid, meeting, strike, summaries

_RU: dict[str, Any] = {"attacker": "RUS", "target": "UKR", "date": "2025-03-04", "at": "Brevna/UKR"}
_FR: dict[str, Any] = {"date": "2025-03-10"}


def only(rows: list[dict[str, Any]]) -> dict[str, Any]:
    found = summaries([row | {"doc_id": f"{row['doc_id']}{index}", "event_id": f"e{index}"} for index, row in enumerate(rows)])
    assert len(found) == 1
    return found[0]


def told(day: int, **rest: Any) -> dict[str, Any]:
    return strike(**_RU, published=f"2025-03-{day:02d}", **rest)


def visit(day: int, **rest: Any) -> dict[str, Any]:
    return meeting(["FRA", "UKR"], published=f"2025-03-{day:02d}", **_FR | rest)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["planned", "occurred"], "occurred"),
        (["occurred", "planned"], "occurred"),
        (["occurred", "denied"], "occurred"),
        (["ongoing", "occurred"], "occurred"),
        (["proposed", "planned"], "planned"),
        (["planned", "cancelled"], "cancelled"),
        (["cancelled", "planned"], "planned"),
        (["planned", "denied"], "denied"),
    ],
)
def test_status_is_the_latest_and_what_occurred_is_not_undone(statuses: list[str], expected: str) -> None:
    assert only([visit(day, status=status) for day, status in enumerate(statuses, start=10)])["status"] == expected


def test_ties_of_publication_go_to_confidence_and_then_to_the_id() -> None:
    assert only([visit(9, status="planned", confidence=0.9), visit(9, status="cancelled", confidence=0.5)])["status"] == "planned"
    assert only([visit(9, status="planned"), visit(9, status="cancelled")])["status"] == "cancelled"
    assert only([visit(9, status="planned"), meeting(["FRA", "UKR"], date="2025-03-10", published=None, status="cancelled")])["status"] == "planned"


def test_the_latest_stated_value_counts() -> None:
    row = only([told(4, weapon="drone"), told(5, weapon="missile", target_kind="energy"), told(6)])
    assert (row["weapon"], row["target_kind"]) == ("missile", "energy")


def test_a_denied_mention_states_nothing() -> None:
    row = only([told(4, weapon="drone", killed_min=2, killed_max=2), told(5, weapon="missile", killed_min=0, killed_max=0, status="denied")])
    assert (row["weapon"], row["killed_min"]) == ("drone", 2)


def test_where_all_is_denied_the_denial_speaks() -> None:
    assert only([told(5, weapon="missile", status="denied")])["weapon"] == "missile"


def test_least_and_greatest_count_come_from_one_mention() -> None:
    row = only([told(4, killed_min=12, killed_max=12, injured_min=30, injured_max=30), told(5, killed_min=14)])
    assert (row["killed_min"], row["killed_max"], row["injured_min"], row["injured_max"]) == (14, None, 30, 30)


def test_the_toll_of_the_event_goes_before_a_later_part_of_it() -> None:
    row = only([told(4, killed_min=12, killed_max=12), told(5, killed_min=3, killed_max=3, casualties_scope="part"), told(6)])
    assert (row["killed_min"], row["casualties_scope"]) == (12, "event")
    assert only([told(5, killed_min=3, killed_max=3, casualties_scope="part"), told(6)])["casualties_scope"] == "part"


def test_amount_and_currency_come_from_one_mention() -> None:
    first = aid("DEU", "UKR", amount=5e8, currency="EUR", amount_usd=5.4e8, amount_scope="once")
    later = aid("DEU", "UKR", published="2025-03-06", amount=5.4e8, currency="USD", amount_usd=5.4e8)
    row = only([first, later, aid("DEU", "UKR", published="2025-03-07", currency="EUR", aid_kind="unknown", date="2025-03-06")])
    assert (row["amount"], row["currency"], row["amount_scope"]) == (5.4e8, "USD", None)


def test_nothing_stated_is_unknown_or_null() -> None:
    row = only([told(4), told(5)])
    assert (row["weapon"], row["killed_min"], row["format"]) == ("unknown", None, None)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [visit(5, date="2025-03-10..2025-03-16", status="planned"), visit(13, date="2025-03-12")],
            ("2025-03-12", "2025-03-12", "text"),
            id="what happened, not what was planned",
        ),
        pytest.param(
            [visit(12, date="2025-03-12"), visit(12, date="2025-03-10..2025-03-16")],
            ("2025-03-12", "2025-03-12", "text"),
            id="the finest",
        ),
        pytest.param(
            [
                meeting(["macel:FRA", "velin:UKR"], published="2025-03-13", date="2025-03-12"),
                meeting(["macel:FRA", "velin:UKR"], published="2025-03-13"),
            ],
            ("2025-03-12", "2025-03-12", "text"),
            id="words before the news",
        ),
        pytest.param(
            [meeting(["macel:FRA", "velin:UKR"], published="2025-03-12"), meeting(["macel:FRA", "velin:UKR"], published="2025-03-13")],
            ("2025-03-12", "2025-03-12", "published"),
            id="the news of the earliest day",
        ),
        pytest.param(
            [
                meeting(["macel:FRA", "velin:UKR"], published="2025-03-09", date="2025-03-12", status="planned"),
                meeting(["macel:FRA", "velin:UKR"], published="2025-03-14", basis="before"),
            ],
            ("2025-03-12", "2025-03-12", "text"),
            id="the day of a plan rather than none",
        ),
        pytest.param(
            [meeting(["macel:FRA", "velin:UKR"], published="2025-03-09", basis="before")],
            (None, "2025-03-09", "before"),
            id="undated",
        ),
    ],
)
def test_date(rows: list[dict[str, Any]], expected: tuple[str | None, str | None, str]) -> None:
    row = only(rows)
    days = tuple(None if row[name] is None else row[name].isoformat() for name in ("event_date", "event_date_end"))
    assert (*days, row["date_basis"]) == expected


def test_place_is_the_finest_and_then_the_one_told_most_often() -> None:
    rows = [
        strike(**_RU | {"at": at}, killed_min=4, killed_max=4, weapon="drone", doc=doc)
        for doc, at in (("a", "/UKR"), ("b", "Brevna/UKR 50.0 30.0"), ("c", "Brewno/UKR 50.01 30.0"), ("d", "Brevna/UKR 50.0 30.0"))
    ]
    row = only(rows)
    assert (row["location_name"], row["location_country"], row["latitude"], row["longitude"]) == ("Brevna", "UKR", 50.0, 30.0)
    assert only([strike(date="2025-03-04")])["location_name"] is None


def test_scope() -> None:
    assert only([told(4)])["scope"] == "event"
    assert only([strike("RUS", "UKR", status="ongoing"), strike("RUS", "UKR", status="ongoing", published="2025-03-09")])["scope"] == "process"
    assert only([meeting(["RUS", "UKR"], basis="before", trigger="talks")])["scope"] == "process"
    dated, undated = meeting(["RUS", "UKR"], date="2025-03-04", event_id="a"), meeting(["RUS", "UKR"], basis="before", trigger="talks", event_id="b")
    assert [(row["scope"], row["event_date"]) for row in summaries([dated, undated])] == [("event", datetime.date(2025, 3, 4))]


def test_an_incident_is_as_sure_as_its_surest_mention() -> None:
    assert only([told(4, confidence=0.4), told(4, confidence=0.9)])["confidence"] == 0.9
