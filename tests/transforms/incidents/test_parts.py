"""Which incidents are parts of which, from mentions to `part_of`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.incidents.mentions import linked, meeting, strike

_RU: dict[str, Any] = {"attacker": "RUS", "target": "UKR"}
_WAVE: dict[str, Any] = _RU | {"date": "2025-03-04", "trigger": "attacks", "at": "/UKR", "doc": "w", "event_id": "wave"}


def parts(*rows: dict[str, Any]) -> dict[str, str | None]:
    return {incident_id: row["part_of"] for incident_id, row in linked(list(rows)).items()}


def test_attacks_on_towns_are_parts_of_the_wave_that_names_the_country() -> None:
    rows = [strike(**_RU, date="2025-03-04", at=f"{town}/UKR", doc=town, event_id=town) for town in ("Brevna", "Kolin")]
    assert parts(strike(**_WAVE), *rows) == {"wave": None, "Brevna": "wave", "Kolin": "wave"}


def test_a_wave_that_names_its_towns_holds_those_alone() -> None:
    rows = [strike(**_RU, date="2025-03-04", at=f"{town}/UKR", doc=town, event_id=town) for town in ("Brevna", "Kolin", "Durno")]
    assert parts(strike(**_WAVE | {"at": ["Brevna/UKR", "Kolin/UKR"]}), *rows) == {"wave": None, "Brevna": "wave", "Kolin": "wave", "Durno": None}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"date": "2025-03-05"}, id="another day"),
        pytest.param({"attacker": "USA"}, id="another attacker"),
        pytest.param({"at": "Lorcy/FRA"}, id="another country"),
        pytest.param({"status": "planned"}, id="only planned"),
        pytest.param({"date": None, "basis": "before"}, id="no day"),
        pytest.param({"date": "2025-03-01..2025-03-31"}, id="a month"),
    ],
)
def test_no_part_of_the_wave(other: dict[str, Any]) -> None:
    town = {"at": "Brevna/UKR", "date": "2025-03-04", "doc": "t", "event_id": "town"}
    assert parts(strike(**_WAVE), strike(**_RU | town | other))["town"] is None


def test_two_nights_that_share_a_day_are_two() -> None:
    town = strike(**_RU, date="2025-03-03..2025-03-04", at="Brevna/UKR", doc="t", event_id="town")
    assert parts(strike(**_WAVE | {"date": "2025-03-04..2025-03-05"}), town)["town"] is None
    assert parts(strike(**_WAVE | {"date": "2025-03-03..2025-03-04"}), town)["town"] == "wave"


def test_a_single_attack_somewhere_in_the_country_is_no_wave() -> None:
    town = strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="t", event_id="town")
    assert parts(strike(**_WAVE | {"trigger": "strike"}), town)["town"] is None


def test_the_wave_that_names_the_town_goes_before_the_one_that_names_the_country() -> None:
    named = strike(**_WAVE | {"at": ["Brevna/UKR", "Kolin/UKR"], "event_id": "named", "doc": "n", "weapon": "small_arms"})
    town = strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="t", event_id="town")
    assert parts(strike(**_WAVE | {"weapon": "missile"}), named, town)["town"] == "named"


def test_a_wave_is_counted_by_its_parts_where_they_name_all_of_its_parties() -> None:
    told = {"date": "2025-03-04", "at": "Brevna/UKR", "doc": "t", "event_id": "town"}
    assert {key: row["told_by_parts"] for key, row in linked([strike(**_WAVE), strike(**_RU, **told)]).items()} == {"wave": True, "town": False}
    assert not linked([strike(**_WAVE), strike(target="UKR", **told)])["wave"]["told_by_parts"]


_SUMMIT: dict[str, Any] = {"date": "2025-06-24..2025-06-25", "at": "Lorcy/FRA", "trigger": "summit", "doc": "s", "event_id": "summit"}


def test_bilaterals_in_the_town_of_a_summit_are_its_parts_and_are_counted_beside_it() -> None:
    rows = [
        meeting(["nato"], **_SUMMIT),
        meeting(["USA", "UKR"], date="2025-06-25", at="Lorcy/FRA", doc="b", event_id="both"),
        meeting(["USA", "UKR"], date="2025-06-26", at="Lorcy/FRA", doc="c", event_id="later"),
        meeting(["USA", "TUR"], date="2025-06-25", at="Brevna/UKR", doc="d", event_id="elsewhere"),
        meeting(["USA", "POL"], date="2025-06-25", at="Lorcy/FRA", format="phone", doc="e", event_id="call"),
    ]
    assert parts(*rows) == {"summit": None, "both": "summit", "later": None, "elsewhere": None, "call": None}
    assert not any(row["told_by_parts"] for row in linked(rows).values())


def test_two_of_those_who_gather_are_on_the_sidelines_though_no_town_is_told() -> None:
    gathered = meeting(["USA", "UKR", "FRA", "DEU", "POL", "GBR"], **_SUMMIT | {"trigger": "met"})
    both = {"date": "2025-06-24", "doc": "b", "event_id": "both"}
    assert parts(gathered, meeting(["USA", "UKR"], **both))["both"] == "summit"
    assert parts(gathered, meeting(["USA", "TUR"], **both))["both"] is None
