from __future__ import annotations

import pytest

from tests.transforms.incidents.mentions import aid, meeting, report, strike
from transforms.incidents.parties import PartyMatch, compare_parties
from transforms.incidents.rule_files import incident_rules

MEETING, STRIKE, AID = (incident_rules(each).parties for each in ("meeting", "strike", "aid_decision"))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (["UKR", "FRA"], ["FRA", "UKR"], PartyMatch(2, True, 0, 0)),
        (["UKR", "FRA"], ["UKR"], PartyMatch(1, False, 0, 0)),
        (["UKR", "FRA"], ["UKR", "DEU"], None),
        (["UKR", "FRA", "POL"], ["UKR", "FRA", "DEU"], PartyMatch(2, False, 0, 0)),
        (["UKR", "FRA", "POL"], ["UKR", "ITA", "DEU"], None),
        (["UKR", "FRA"], [], PartyMatch(0, False, 0, 0)),
        (["UKR", "?"], ["UKR"], PartyMatch(1, True, 0, 0)),
        (["A", "B", "C", "D", "E"], ["A", "B"], PartyMatch(2, False, 0, 0)),
        (["A", "B", "C", "D", "E", "F"], ["A", "B"], None),
        (["A", "B", "C", "D", "E", "F"], ["A"], PartyMatch(1, False, 0, 0)),
        (["velin:UKR", "macel:FRA"], ["velin:UKR", "FRA"], PartyMatch(2, True, 1, 0)),
        (["velin:UKR", "macel:FRA"], ["velin:UKR", "barrel:FRA"], PartyMatch(2, True, 1, 1)),
        (["velin:UKR", "macel:FRA"], ["sybin:UKR", "barrel:FRA"], None),
        (["hamas", "ISR"], ["PSE", "ISR"], None),
    ],
)
def test_participants(first: list[str], second: list[str], expected: PartyMatch | None) -> None:
    a, b = (report(meeting(each)).features for each in (first, second))
    assert compare_parties(a, b, MEETING) == expected
    assert compare_parties(b, a, MEETING) == expected


def test_host_and_participant_are_on_one_footing() -> None:
    a, b = report(meeting(["UKR"], host=["TUR"])).features, report(meeting(["UKR", "TUR"])).features
    assert compare_parties(a, b, MEETING) == PartyMatch(2, True, 0, 0)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("RUS", "UKR"), ("RUS", "UKR"), PartyMatch(2, True, 0, 0)),
        (("RUS", "UKR"), ("UKR", "RUS"), None),
        (("RUS", "UKR"), ([], "UKR"), PartyMatch(1, False, 0, 0)),
        (("ISR", "hamas"), ("ISR", "PSE"), PartyMatch(1, False, 0, 0)),
        (("hezbollah", "ISR"), ("hamas", "ISR"), None),
        ((["RUS", "BLR"], "UKR"), ("RUS", "UKR"), PartyMatch(2, False, 0, 0)),
    ],
)
def test_sides_of_a_strike(first: tuple[list[str], list[str]], second: tuple[list[str], list[str]], expected: PartyMatch | None) -> None:
    a, b = report(strike(*first)).features, report(strike(*second)).features
    assert compare_parties(a, b, STRIKE) == expected


def test_who_asks_for_another_is_no_party_of_the_step() -> None:
    row = aid("USA", "UKR")
    asked = row | {"actors": [*row["actors"], row["actors"][0] | {"role": "requester", "acts_for": "POL", "actor_id": "POL"}]}
    assert compare_parties(report(row).features, report(asked).features, AID) == PartyMatch(2, True, 0, 0)
