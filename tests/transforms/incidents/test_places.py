from __future__ import annotations

import pytest

from tests.transforms.incidents.mentions import aid, meeting, report, strike
from transforms.incidents.places import ANYWHERE, COUNTRY, DISTRICT, TOWN, compare_places
from transforms.incidents.rule_files import incident_rules

STRIKE, MEETING = incident_rules("strike").places, incident_rules("meeting").places


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Brevna/UKR", "brévna/UKR", TOWN),
        ("Brevna/UKR", "Brevna", TOWN),
        ("Brevna/UKR", "Brevna/POL", None),
        ("Brevna/UKR", "Kolin/UKR", None),
        ("Brevna/UKR 50 30", "Brewno/UKR 50.01 30", TOWN),
        ("Brevna/UKR 50 30", "Kolin/UKR 50.1 30", None),
        ("=Square/UKR 50 30", "Kolin/UKR 50.1 30", DISTRICT),
        ("=Square/UKR 50 30", "Kolin/UKR 51 30", None),
        ("=Square/UKR", "Kolin/UKR", None),
        ("?Kvitkove", "Brevna/UKR", ANYWHERE),
        ("Brevna@Nord/UKR", "@Nord/UKR", DISTRICT),
        ("Brevna@Nord/UKR", "@Sud/UKR", None),
        ("Brevna/UKR", "@Sud/UKR", COUNTRY),
        ("Brevna/UKR", "/UKR", COUNTRY),
        ("/UKR", "/UKR", COUNTRY),
        ("/UKR", "/RUS", None),
        ("Brevna/UKR", "/RUS", None),
        ([], "Brevna/UKR", ANYWHERE),
        ([], [], ANYWHERE),
    ],
)
def test_grades(first: str, second: str, expected: int | None) -> None:
    a, b = (report(strike(at=each)).features for each in (first, second))
    assert compare_places(a, b, STRIKE) == expected
    assert compare_places(b, a, STRIKE) == expected


def test_several_towns_are_the_wave_that_one_of_them_is_a_part_of() -> None:
    wave, part, again = (report(strike(at=each)).features for each in (["Brevna/UKR", "Kolin/UKR"], "Kolin/UKR", ["Kolin/UKR", "Tresk/UKR"]))
    assert compare_places(wave, part, STRIKE) is None
    assert compare_places(wave, again, STRIKE) == TOWN
    assert compare_places(wave, part, MEETING) == TOWN


def test_where_aid_is_announced_says_nothing() -> None:
    a, b = (report(aid(at=each)).features for each in ("Lorcy/FRA", "Thames/GBR"))
    assert compare_places(a, b, incident_rules("aid_decision").places) == ANYWHERE


def test_one_of_several_countries_is_enough() -> None:
    a, b = report(meeting(["UKR"], at=["/UKR", "/POL"])).features, report(meeting(["UKR"], at="/POL")).features
    assert compare_places(a, b, MEETING) == COUNTRY
