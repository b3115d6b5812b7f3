"""What is told as a whole does not become one incident with its part."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.incidents.mentions import incidents_of, meeting, report, strike

_RU: dict[str, Any] = {"attacker": "RUS", "target": "UKR", "date": "2025-03-03..2025-03-04"}
_FR: dict[str, Any] = {"date": "2025-03-04", "at": "Lorcy/FRA"}


def together(*rows: dict[str, Any]) -> bool:
    return len(set(incidents_of(list(rows)).values())) == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (strike(**_RU, at="/UKR", trigger="attacks"), True),
        (strike(**_RU, at=["Brevna/UKR", "Kolin/UKR"]), True),
        (strike(**_RU, at="Brevna/UKR", trigger="attacks"), False),
        (strike(**_RU, at="/UKR", trigger="strike"), False),
        (meeting(["FRA", "UKR"], trigger="summit"), True),
        (meeting(["FRA", "UKR"]), False),
        (meeting(["FRA", "UKR", "DEU", "POL", "GBR", "ITA"]), True),
    ],
)
def test_a_whole_is_told_by_its_towns_its_parties_or_its_word(row: dict[str, Any], expected: bool) -> None:
    assert report(row).features.whole is expected


def test_two_reports_of_the_wave_of_one_night_are_one() -> None:
    first = strike(**_RU, at="/UKR", trigger="attacks", doc="a", event_id="a")
    assert together(first, strike(**_RU, at="/UKR", trigger="launched", weapon="drone", doc="b", event_id="b"))
    assert not together(first, strike(**_RU, at="/UKR", trigger="strike", doc="b", event_id="b"))
    assert not together(first, strike(**_RU | {"date": "2025-03-04..2025-03-05"}, at="/UKR", trigger="attacks", doc="b", event_id="b"))


def test_a_wave_over_the_country_and_the_attack_on_a_town_are_two_even_in_one_document() -> None:
    town = strike(**_RU, at="Brevna/UKR", event_id="a")
    assert not together(town, strike(**_RU, at="/UKR", trigger="attacks", event_id="b"))
    # "The attacks killed three": what only refers to the town's attack has no place of its own, or takes it over.
    assert together(town, strike(**_RU, trigger="attacks", event_id="b"))
    assert together(town, strike(**_RU | {"basis": "carried"}, at="/UKR", trigger="attacks", event_id="b"))


def test_two_who_meet_at_a_gathering_are_not_the_gathering() -> None:
    assert not together(meeting(["nato"], trigger="summit", event_id="a", **_FR), meeting(["nato", "UKR"], event_id="b", **_FR))
    assert together(meeting(["UKR", "USA"], trigger="summit", event_id="a", **_FR), meeting(["USA", "UKR"], doc="b", event_id="b", **_FR))


def test_of_a_gathering_and_a_meeting_of_two_a_report_of_the_gathering_joins_the_gathering() -> None:
    gathering = meeting(["UKR", "FRA", "DEU"], trigger="conference", doc="a", event_id="a", **_FR)
    two = meeting(["macel:FRA", "velin:UKR"], doc="b", event_id="b", **_FR)
    planned = meeting(["FRA", "UKR"], trigger="conference", status="planned", published="2025-03-01", doc="c", event_id="c", **_FR)
    found = incidents_of([gathering, two, planned])
    assert found["a"] == found["c"] != found["b"]


def test_contacts_that_go_on_are_no_round() -> None:
    dated = meeting(["RUS", "UKR"], date="2025-03-04", at="Lorcy/FRA", event_id="a")
    assert not together(dated, meeting(["RUS", "UKR"], status="ongoing", trigger="contacts", event_id="b"))
    assert together(dated, meeting(["RUS", "UKR"], status="ongoing", trigger="talks", event_id="b"))
