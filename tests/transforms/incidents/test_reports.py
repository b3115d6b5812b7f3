from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.transforms.incidents.mentions import aid, meeting, report, strike, table
from transforms.incidents.reports import EVENT, FLOATING, PROCESS, reports
from transforms.incidents.rule_files import incident_rules


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        pytest.param(strike(date="2025-03-04"), EVENT, id="a dated strike"),
        pytest.param(strike(), EVENT, id="the news of the day"),
        pytest.param(strike(basis="before"), EVENT, id="an undated strike"),
        pytest.param(strike(status="ongoing"), PROCESS, id="keeps striking"),
        pytest.param(strike(status="ongoing", at="Brevna/UKR"), EVENT, id="is striking a town"),
        pytest.param(strike(status="ongoing", at="/UKR"), PROCESS, id="is striking a country"),
        pytest.param(strike(status="ongoing", date="2025-03-04"), EVENT, id="is striking today"),
        pytest.param(strike(status="ongoing", date="2025-02-24..2025-03-05"), PROCESS, id="has been striking since"),
        pytest.param(strike(basis="before", trigger="Attacks"), FLOATING, id="after the attacks"),
        pytest.param(strike(basis="before", trigger="attacks", at="Brevna/UKR"), EVENT, id="after the attacks on a town"),
        pytest.param(strike(date="2025-03-04", trigger="attacks"), EVENT, id="the attacks of a day"),
        pytest.param(strike(date="2025-02-01..2025-02-28", trigger="attacks"), PROCESS, id="the attacks of a month"),
        pytest.param(strike(date="2025-02-01..2025-02-28", trigger="attack"), EVENT, id="an attack in a month"),
        pytest.param(strike(casualties_scope="cumulative"), PROCESS, id="a total"),
        pytest.param(strike(casualties_scope="cumulative", date="2025-03-03..2025-03-04"), EVENT, id="the toll of a night"),
        pytest.param(meeting(["A", "B"], status="ongoing"), FLOATING, id="talks are under way"),
        pytest.param(meeting(["A", "B"], status="ongoing", at="Istra/TUR"), EVENT, id="talks are under way in a town"),
        pytest.param(meeting(["A", "B"], basis="before", trigger="talks"), FLOATING, id="after talks"),
        pytest.param(meeting(["A", "B"], basis="before", trigger="meeting"), EVENT, id="after a meeting"),
        pytest.param(aid("A", "B", amount_scope="total_to_date", date="2025-03-04"), PROCESS, id="has given so far"),
        pytest.param(aid("A", "B", decision="delivered", status="ongoing"), PROCESS, id="keeps giving"),
    ],
)
def test_what_is_a_process(row: dict[str, Any], kind: int) -> None:
    assert report(row).features.kind == kind


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"event_date": "2025-03-04", "event_date_end": "2025-03-05", "date_basis": "text"}, ("text", "2025-03-04", "2025-03-05")),
        ({"event_date": "2025-03-04", "event_date_end": None, "date_basis": "text"}, ("text", "2025-03-04", "2025-03-04")),
        ({"event_date": "2025-03-04", "event_date_end": "2025-03-04", "date_basis": None}, ("text", "2025-03-04", "2025-03-04")),
        ({"event_date": None, "event_date_end": "2025-03-05", "date_basis": "before"}, ("before", None, "2025-03-05")),
        ({"event_date": "2025-03-05", "event_date_end": None, "date_basis": "after"}, ("after", "2025-03-05", None)),
        ({"event_date": None, "event_date_end": None, "date_basis": "before"}, ("none", None, None)),
        ({"event_date": "2025-03-06", "event_date_end": "2025-03-05", "date_basis": "text"}, ("text", "2025-03-05", "2025-03-06")),
        ({"event_date": "0001-01-01", "event_date_end": "9999-12-31", "date_basis": "text"}, ("text", "0001-01-01", "9999-12-31")),
    ],
)
def test_days(given: dict[str, str | None], expected: tuple[str, str | None, str | None]) -> None:
    days = {name: datetime.date.fromisoformat(value) if value and name != "date_basis" else value for name, value in given.items()}
    features = report(strike() | days).features
    ends = tuple(None if day is None else datetime.date.fromordinal(day).isoformat() for day in (features.first, features.last))
    assert (features.basis, *ends) == expected


def test_lists_stay_with_their_rows() -> None:
    rows = [strike("RUS", at=[]), strike(["ISR", "USA"], at="Brevna/UKR"), strike(), strike("?", at=["Kolin/UKR", "/POL"])]
    rows[2] |= {"actors": None, "locations": None}
    found = {each.event_id: each.features for each in reports([table(rows)], incident_rules("strike"))}
    features = [found[row["event_id"]] for row in rows]
    assert [set(each.sides[0]) for each in features] == [{"RUS"}, {"ISR", "USA"}, set(), set()]
    assert [[town.name for town in each.towns] for each in features] == [[], ["brevna"], [], ["kolin"]]
    assert features[3].countries == {"UKR", "POL"}


def test_a_sliced_table_is_read_from_its_first_row() -> None:
    rows = table([strike("RUS", at=f"Town{index}/UKR", event_id=f"{index}") for index in range(5)])
    assert [each.features.towns[0].name for each in reports([rows.slice(3)], incident_rules("strike"))] == ["town3", "town4"]
