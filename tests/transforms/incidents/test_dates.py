from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from tests.transforms.incidents.mentions import aid, meeting, report, strike
from tests.transforms.incidents.random_mentions import mentions
from transforms.incidents.dates import ADJACENT, ANY, DAY, OPEN, OVERLAP, compare_dates, window
from transforms.incidents.rule_files import incident_rules


def grade(first: dict[str, Any], second: dict[str, Any]) -> int | None:
    return compare_dates(report(first).features, report(second).features, incident_rules(first["event_type"]).dates)


def day(text: str, **rest: Any) -> dict[str, Any]:
    return strike("RUS", "UKR", at="Brevna/UKR", date=text, **rest)


def news(published: str, **rest: Any) -> dict[str, Any]:
    return strike("RUS", "UKR", at="Brevna/UKR", published=published, **rest)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(day("2025-03-04"), day("2025-03-04"), DAY, id="one day"),
        pytest.param(day("2025-03-04"), day("2025-03-05"), None, id="two days of two texts"),
        pytest.param(day("2025-03-04"), news("2025-03-04"), DAY, id="a text and the news of its day"),
        pytest.param(day("2025-03-04"), news("2025-03-05"), ADJACENT, id="a text and the news of the next day"),
        pytest.param(day("2025-03-05"), news("2025-03-04"), ADJACENT, id="published a day ahead, in another time zone"),
        pytest.param(day("2025-03-06"), news("2025-03-04"), None, id="published two days ahead"),
        pytest.param(day("2025-03-04"), news("2025-03-06"), None, id="two days late"),
        pytest.param(news("2025-03-04"), news("2025-03-05"), ADJACENT, id="news of neighbouring days"),
        pytest.param(news("2025-03-04"), news("2025-03-06"), None, id="news two days apart"),
        pytest.param(day("2025-03-03..2025-03-04"), day("2025-03-04"), OVERLAP, id="a night and its second day"),
        pytest.param(day("2025-03-03..2025-03-04"), day("2025-03-03..2025-03-04"), OVERLAP, id="one night"),
        pytest.param(day("2025-03-03..2025-03-04"), day("2025-03-04..2025-03-05"), None, id="two nights"),
        pytest.param(day("2025-03-03..2025-03-09"), day("2025-03-10"), None, id="the week before"),
        pytest.param(day("2025-01-01..2025-12-31"), day("2025-03-10"), ANY, id="a year says little"),
        pytest.param(day("2025-03-04"), strike(published="2025-03-06", basis="before"), OPEN, id="shortly before"),
        pytest.param(day("2025-02-04"), strike(published="2025-03-06", basis="before"), ANY, id="long before"),
        pytest.param(day("2025-03-07"), strike(published="2025-03-06", basis="before"), None, id="not before"),
        pytest.param(strike(published="2025-03-04", basis="before"), strike(published="2025-03-06", basis="before"), OPEN, id="both before"),
        pytest.param(strike(published="2025-03-04", basis="before"), strike(published="2025-04-06", basis="before"), ANY, id="both before, a month apart"),
        pytest.param(strike(published=None), strike(published="2025-03-06"), ANY, id="nothing known"),
        pytest.param(
            strike(published="2025-03-02", basis="after", status="planned"), day("2025-03-04", published="2025-03-04"), OPEN, id="a threat and what came"
        ),
        pytest.param(
            strike(published="2025-03-04", basis="after", status="planned"), day("2025-03-04", published="2025-03-04"), None, id="a threat after the event"
        ),
        pytest.param(day("2025-03-04", status="planned", published="2025-03-01"), day("2025-03-04"), DAY, id="a dated plan and its event"),
        pytest.param(day("2025-03-04", status="denied"), day("2025-03-04"), DAY, id="a dated denial"),
        pytest.param(strike(status="denied", basis="before"), day("2025-03-04"), None, id="a denial without a date"),
        pytest.param(
            meeting(["A", "B"], date="2025-03-03..2025-03-04"), meeting(["A", "B"], date="2025-03-04..2025-03-05"), OVERLAP, id="meetings have no nights"
        ),
        pytest.param(aid("USA", "UKR", published="2025-03-01"), aid("USA", "UKR", published="2025-03-08"), ADJACENT, id="aid is news for a week"),
        pytest.param(aid("USA", "UKR", published="2025-03-01"), aid("USA", "UKR", published="2025-03-09"), None, id="and no longer"),
        pytest.param(
            meeting(["A", "B"], basis="before", trigger="talks"),
            meeting(["A", "B"], date="2025-03-09", status="planned"),
            None,
            id="past talks and a meeting to come",
        ),
        pytest.param(meeting(["A", "B"], basis="before", trigger="talks"), meeting(["A", "B"], date="2025-03-04"), ANY, id="past talks and a past meeting"),
    ],
)
def test_grades(first: dict[str, Any], second: dict[str, Any], expected: int | None) -> None:
    assert grade(first, second) == expected
    assert grade(second, first) == expected


@settings(deadline=None)
@given(mentions(6))
def test_mentions_whose_dates_agree_have_windows_that_meet(rows: list[dict[str, Any]]) -> None:
    for first in rows:
        rules = incident_rules(first["event_type"]).dates
        for second in rows:
            if first["event_type"] != second["event_type"] or (grade(first, second) or ANY) == ANY:
                continue
            a, b = window(report(first).features, rules), window(report(second).features, rules)
            assert a is not None
            assert b is not None
            assert max(a[0], b[0]) <= min(a[1], b[1])
