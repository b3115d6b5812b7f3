from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.incidents.mentions import aid, incidents_of, meeting, report, strike
from transforms.incidents.rule_files import incident_rules
from transforms.incidents.similarity import contradict, match

_RU = {"attacker": "RUS", "target": "UKR"}

STRIKES_SAME = {
    "two outlets, one town and day": (strike(**_RU, date="2025-03-04", at="Brevna/UKR"), strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="b")),
    "attacker not told": (strike(target="UKR", date="2025-03-04", at="Brevna/UKR"), strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="b")),
    "toll grows": (
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", killed_min=3, killed_max=3),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="b", published="2025-03-06", killed_min=40, killed_max=40),
    ),
    "a night and its day": (strike(**_RU, date="2025-03-03..2025-03-04", at="Brevna/UKR"), strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="b")),
    "the same night": (
        strike(**_RU, date="2025-03-03..2025-03-04", at="Brevna/UKR"),
        strike(**_RU, date="2025-03-03..2025-03-04", at="Brevna/UKR", doc="b"),
    ),
    "drones and missiles of one wave": (
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", weapon="drone"),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="b", weapon="missile"),
    ),
    "group and its base state": (
        strike("ISR", "hamas", date="2025-03-04", at="Deralun/PSE"),
        strike("ISR", "PSE", date="2025-03-04", at="Deralun/PSE", doc="b"),
    ),
    "town in its district with one toll": (
        strike(**_RU, date="2025-03-04", at="@Nord/UKR", killed_min=7),
        strike(**_RU, date="2025-03-04", at="Brevna@Nord/UKR", doc="b", killed_min=7),
    ),
    "country alone, same toll and weapon": (
        strike(**_RU, date="2025-03-04", at="/UKR", killed_min=7, weapon="drone"),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="b", killed_min=7, weapon="drone"),
    ),
    "bomber and bomb in one document": (
        strike(target="UGA", basis="before", at="Brevna/UGA", weapon="suicide_bomb", target_kind="person"),
        strike(target="UGA", at="Brevna/UGA", weapon="bomb", target_kind="military"),
    ),
    "other weapon of one wave, in one document": (
        strike(**_RU, at="/UKR", weapon="air_strike", killed_min=14),
        strike(**_RU, date="2025-03-04..2025-03-05", at="/UKR", weapon="drone"),
    ),
    "other kind of target in one document": (
        strike(target="SDN", at="/SDN", killed_min=5, target_kind="transport"),
        strike(target="SDN", at="/SDN", basis="before", target_kind="military"),
    ),
    "country alone in one document": (strike(**_RU, date="2025-03-04", at="/UKR"), strike(**_RU, date="2025-03-04", at="Brevna/UKR")),
    "anaphora": (strike(**_RU, date="2025-03-04", at="Brevna/UKR"), strike(**_RU, date="2025-03-04", basis="carried")),
    "told a day late, same toll": (
        strike(**_RU, published="2025-03-04", at="Brevna/UKR", killed_min=7, weapon="drone"),
        strike(**_RU, published="2025-03-05", at="Brevna/UKR", killed_min=7, weapon="drone", doc="b"),
    ),
    "name that no gazetteer has, in one document": (
        strike(**_RU, date="2025-03-04", at="?Kvitkove"),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR"),
    ),
    "two names of one town": (
        strike(**_RU, date="2025-03-04", at="Brevna/UKR 50.0 30.0", weapon="drone", target_kind="energy"),
        strike(**_RU, date="2025-03-04", at="Brewno/UKR 50.01 30.0", weapon="drone", target_kind="energy", doc="b"),
    ),
    "accents and case": (strike(**_RU, date="2025-03-04", at="Brévna/UKR"), strike(**_RU, date="2025-03-04", at="BREVNA/UKR", doc="b")),
    "denied by one side": (
        strike(**_RU, date="2025-03-04", at="Brevna/UKR"),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", status="denied", doc="b"),
    ),
    "the same wave over towns": (
        strike(**_RU, date="2025-03-04", at=["Brevna/UKR", "Kolin/UKR", "Tresk/UKR"]),
        strike(**_RU, date="2025-03-04", at=["Brevna/UKR", "Kolin/UKR"], doc="b"),
    ),
}

STRIKES_OTHER = {
    "next day": (strike(**_RU, date="2025-03-04", at="Brevna/UKR"), strike(**_RU, date="2025-03-05", at="Brevna/UKR", doc="b")),
    "next night": (
        strike(**_RU, date="2025-03-03..2025-03-04", at="Brevna/UKR"),
        strike(**_RU, date="2025-03-04..2025-03-05", at="Brevna/UKR", doc="b"),
    ),
    "news of the next day": (
        strike(**_RU, published="2025-03-04", at="Brevna/UKR", weapon="drone"),
        strike(**_RU, published="2025-03-05", at="Brevna/UKR", weapon="drone", doc="b"),
    ),
    "other town": (strike(**_RU, date="2025-03-04", at="Brevna/UKR"), strike(**_RU, date="2025-03-04", at="Kolin/UKR", doc="b")),
    "other town in one document": (strike(**_RU, date="2025-03-04", at="Brevna/UKR"), strike(**_RU, date="2025-03-04", at="Kolin/UKR")),
    "other district": (strike(**_RU, date="2025-03-04", at="@Nord/UKR", killed_min=7), strike(**_RU, date="2025-03-04", at="@Sud/UKR", killed_min=7)),
    "country alone, nothing else agrees": (strike(**_RU, date="2025-03-04", at="/UKR"), strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="b")),
    "country alone, same weapon and kind of target": (
        strike(**_RU, published="2025-03-04", at="/UKR", weapon="drone", target_kind="residential"),
        strike(**_RU, published="2025-03-04", at="Brevna/UKR", doc="b", weapon="drone", target_kind="residential"),
    ),
    "namesake in another country": (strike(**_RU, date="2025-03-04", at="Brevna/UKR"), strike(date="2025-03-04", at="Brevna/POL", doc="b")),
    "other attacker": (strike("ISR", "IRN", date="2025-03-04", at="Brevna/IRN"), strike("USA", "IRN", date="2025-03-04", at="Brevna/IRN", doc="b")),
    "the other way round": (strike("RUS", "UKR", date="2025-03-04"), strike("UKR", "RUS", date="2025-03-04")),
    "a habit": (strike(**_RU, status="ongoing", trigger="attacks"), strike(**_RU, date="2025-03-05", at="Brevna/UKR")),
    "a habit told as a plural noun, other document": (
        strike(**_RU, basis="before", trigger="attacks", target_kind="energy"),
        strike(**_RU, date="2025-03-05", target_kind="energy", weapon="drone", doc="b"),
    ),
    "a total": (
        strike(**_RU, date="2025-02-24..2025-03-04", killed_min=300, casualties_scope="cumulative"),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", killed_min=300),
    ),
    "stabbing and missile": (
        strike(target="ISR", date="2025-03-04", at="Jaron/ISR", weapon="small_arms"),
        strike(target="ISR", date="2025-03-04", at="Jaron/ISR", weapon="missile", doc="b"),
    ),
    "a wave and one of its towns": (
        strike(**_RU, date="2025-03-04", at=["Brevna/UKR", "Kolin/UKR"]),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", doc="b"),
    ),
    "drones on a bus, shells on a school, in one document": (
        strike(**_RU, date="2025-03-04", target_kind="transport", weapon="drone"),
        strike(**_RU, date="2025-03-04", target_kind="education", weapon="artillery"),
    ),
    "a threat and a strike before it": (
        strike(**_RU, date="2025-03-04", at="Brevna/UKR"),
        strike(**_RU, at="Brevna/UKR", status="proposed", basis="after"),
    ),
    "none since": (strike(**_RU, date="2025-03-04", at="Brevna/UKR"), strike(**_RU, at="Brevna/UKR", status="denied", basis="before")),
}

MEETINGS_SAME = {
    "same parties and day": (meeting(["USA", "UKR"], date="2025-03-04"), meeting(["UKR", "USA"], date="2025-03-04", doc="b")),
    "one of them with the host state": (
        meeting(["USA", "UKR"], date="2025-03-04", at="Jedra/SAU"),
        meeting(["UKR", "USA", "SAU"], date="2025-03-04", at="/SAU", doc="b"),
    ),
    "planned for a week, then held": (
        meeting(["FRA", "UKR"], published="2025-03-04", date="2025-03-10..2025-03-16", status="planned", at="Lorcy/FRA"),
        meeting(["FRA", "UKR"], published="2025-03-13", date="2025-03-12", at="Lorcy/FRA", doc="b"),
    ),
    "planned without a date, then held, same persons": (
        meeting(["macel:FRA", "velin:UKR"], published="2025-03-04", basis="after", status="planned"),
        meeting(["macel:FRA", "velin:UKR"], published="2025-03-07", date="2025-03-07", doc="b"),
    ),
    "planned, then called off": (
        meeting(["FRA", "UKR"], published="2025-03-04", date="2025-03-12", status="planned"),
        meeting(["FRA", "UKR"], published="2025-03-09", date="2025-03-12", status="cancelled", doc="b"),
    ),
    "background noun, same persons": (
        meeting(["macel:FRA", "velin:UKR"], date="2025-03-04"),
        meeting(["macel:FRA", "velin:UKR"], published="2025-03-06", basis="before", doc="b"),
    ),
    "the talks, in one document": (meeting(["RUS", "UKR"], date="2025-03-04", at="Istra/TUR"), meeting(["RUS", "UKR"], basis="before", trigger="talks")),
    "one party told, in one document": (meeting(["RUS", "UKR"], date="2025-03-04"), meeting(["UKR"], date="2025-03-04", basis="carried")),
    "one party alone, referred to by its date": (meeting(["USA", "?"], date="2025-03-04"), meeting(["USA"], date="2025-03-04", basis="carried")),
    "parties not named": (
        meeting(["NOR", "SWE", "DNK"], date="2025-03-04", at="Haavn/NOR"),
        meeting(["?"], date="2025-03-04", at="Haavn/NOR", doc="b"),
    ),
    "other delegates, one town and day": (
        meeting(["rudd:USA", "UKR"], date="2025-03-04", at="Jedra/SAU"),
        meeting(["waltham:USA", "UKR"], date="2025-03-04", at="Jedra/SAU", doc="b"),
    ),
    "format told by one": (
        meeting(["USA", "RUS"], date="2025-03-04", format="phone"),
        meeting(["USA", "RUS"], date="2025-03-04", doc="b"),
    ),
    "told a day late, same persons": (
        meeting(["macel:FRA", "velin:UKR"], published="2025-03-04"),
        meeting(["macel:FRA", "velin:UKR"], published="2025-03-05", doc="b"),
    ),
    "a square in the town": (
        meeting(["FRA", "UKR"], date="2025-03-04..2025-03-05", at="=Palace/FRA 48.87 2.31"),
        meeting(["FRA", "UKR"], date="2025-03-04", at="Lorcy/FRA 48.85 2.35", doc="b"),
    ),
}

MEETINGS_OTHER = {
    "second round": (
        meeting(["RUS", "UKR"], date="2025-05-16", published="2025-05-16", at="Istra/TUR"),
        meeting(["RUS", "UKR"], date="2025-06-02", published="2025-06-02", at="Istra/TUR", doc="b"),
    ),
    "held, and to be held again": (meeting(["RUS", "UKR"], at="Istra/TUR"), meeting(["RUS", "UKR"], status="planned", basis="after")),
    "held after one article, planned in a later one": (
        meeting(["macel:FRA", "velin:UKR"], published="2025-03-04", date="2025-03-04"),
        meeting(["macel:FRA", "velin:UKR"], published="2025-03-06", status="planned", basis="after", doc="b"),
    ),
    "other counterpart": (meeting(["USA", "RUS"], date="2025-03-04"), meeting(["USA", "UKR"], date="2025-03-04")),
    "summit and a bilateral beside it": (
        meeting(["USA", "FRA", "DEU", "ITA", "GBR", "JPN", "CAN"], date="2025-06-16", at="Ridgeview/CAN"),
        meeting(["USA", "JPN"], date="2025-06-16", at="Ridgeview/CAN"),
    ),
    "call and visit": (
        meeting(["USA", "UKR"], date="2025-03-04", format="phone"),
        meeting(["USA", "UKR"], date="2025-03-04", format="in_person", doc="b"),
    ),
    "presidents and ministers": (
        meeting(["velin:UKR", "macel:FRA"], date="2025-03-04"),
        meeting(["sybin:UKR", "barrel:FRA"], date="2025-03-04", doc="b"),
    ),
    "other capital": (
        meeting(["GBR", "UKR"], date="2025-03-04", at="Lorcy/FRA"),
        meeting(["GBR", "UKR"], date="2025-03-04", at="Thames/GBR", doc="b"),
    ),
    "regular contacts": (meeting(["USA", "RUS"], status="ongoing", trigger="consultations"), meeting(["USA", "RUS"], date="2025-03-05", doc="b")),
    "one party alone, in one document": (meeting(["USA", "?"]), meeting(["USA"], basis="before")),
    "undated, one party": (meeting(["UKR"], basis="before"), meeting(["UKR", "FRA"], date="2025-03-05", doc="b")),
    "undated, long ago": (
        meeting(["macel:FRA", "velin:UKR"], date="2025-01-04", published="2025-01-04"),
        meeting(["macel:FRA", "velin:UKR"], published="2025-03-06", basis="before", doc="b"),
    ),
}

_US = {"donor": "USA", "recipient": "UKR"}

AID_SAME = {
    "same amount": (aid(**_US, amount=5e8, currency="USD"), aid(**_US, amount=5e8, currency="USD", published="2025-03-07", doc="b")),
    "amount told by one, one day": (aid(**_US, amount=5e8, currency="USD"), aid(**_US, doc="b")),
    "rounded": (aid(**_US, amount=5.2e9, currency="USD"), aid(**_US, amount=5.25e9, currency="USD", doc="b")),
    "a range and its upper end": (
        aid(**_US, amount=4e9, amount_max=5e9, currency="USD"),
        aid(**_US, amount=5e9, currency="USD", doc="b"),
    ),
    "two currencies": (
        aid("DEU", "UKR", amount=5e8, currency="EUR", amount_usd=5.4e8),
        aid("DEU", "UKR", amount=5.5e8, currency="USD", amount_usd=5.5e8, doc="b"),
    ),
    "to be voted, then voted": (
        aid(**_US, decision="approved", status="planned", basis="after", published="2025-03-01", amount=5e8, currency="USD"),
        aid(**_US, decision="approved", amount=5e8, currency="USD", doc="b"),
    ),
    "same items within days": (
        aid(**_US, items="two Larkspur batteries", published="2025-03-05"),
        aid(**_US, items="Larkspur battery", published="2025-03-07", doc="b"),
    ),
    "who asks is told, who is asked is not": (
        aid(recipient="UKR", decision="requested", aid_kind="military", items="Larkspur batteries"),
        aid(**_US, decision="requested", aid_kind="military", items="Larkspur missiles", doc="b"),
    ),
    "again in the document": (aid(**_US, amount=5e8, currency="USD"), aid(recipient="UKR", basis="before")),
}

AID_OTHER = {
    "two packages": (aid(**_US, amount=5e8, currency="USD"), aid(**_US, amount=3e8, currency="USD", doc="b")),
    "two packages in one document": (aid(**_US, amount=5e8, currency="USD"), aid(**_US, amount=3e8, currency="USD")),
    "two steps": (aid(**_US, decision="pledged", amount=5e8, currency="USD"), aid(**_US, decision="approved", amount=5e8, currency="USD")),
    "other donor": (aid("DEU", "UKR", amount=5e8, currency="EUR"), aid("FRA", "UKR", amount=5e8, currency="EUR", doc="b")),
    "other recipient": (aid("USA", "ISR"), aid("USA", "UKR")),
    "other currency, other worth": (
        aid("DEU", "UKR", amount=5e8, currency="EUR", amount_usd=5.4e8),
        aid("DEU", "UKR", amount=5e8, currency="SEK", amount_usd=4.8e7, doc="b"),
    ),
    "a month later": (
        aid(**_US, amount=5e8, currency="USD", published="2025-03-05"),
        aid(**_US, amount=5e8, currency="USD", published="2025-04-05", doc="b"),
    ),
    "donor alone, in one document": (aid("USA", aid_kind="military"), aid("USA", aid_kind="financial")),
    "a total to date": (aid(**_US, amount=6e10, currency="USD", amount_scope="total_to_date"), aid(**_US)),
    "a habit": (aid(**_US, decision="delivered", status="ongoing"), aid(**_US, decision="delivered", date="2025-03-05")),
    "other things, other days": (
        aid(**_US, items="Larkspur batteries", aid_kind="military"),
        aid(**_US, items="field hospitals", aid_kind="humanitarian", published="2025-03-07", doc="b"),
    ),
    "days apart, nothing else told": (aid(**_US), aid(**_US, published="2025-03-08", doc="b")),
}


def cases(*groups: dict[str, tuple[dict[str, Any], dict[str, Any]]]) -> list[Any]:
    return [pytest.param(*pair, id=name) for group in groups for name, pair in group.items()]


@pytest.mark.parametrize(("first", "second"), cases(STRIKES_SAME, MEETINGS_SAME, AID_SAME))
def test_one_incident(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert first["event_id"] != second["event_id"]
    assert len(set(incidents_of([first, second]).values())) == 1


@pytest.mark.parametrize(("first", "second"), cases(STRIKES_OTHER, MEETINGS_OTHER, AID_OTHER))
def test_two_incidents(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert len(set(incidents_of([first, second]).values())) == 2


@pytest.mark.parametrize(("first", "second"), cases(STRIKES_SAME, STRIKES_OTHER, MEETINGS_SAME, MEETINGS_OTHER, AID_SAME, AID_OTHER))
def test_the_order_of_a_pair_does_not_matter(first: dict[str, Any], second: dict[str, Any]) -> None:
    rules = incident_rules(first["event_type"])
    a, b = report(first), report(second)
    for same_document in (True, False):
        assert match(a.features, b.features, rules, same_document=same_document) == match(b.features, a.features, rules, same_document=same_document)
    assert contradict(a.features, b.features, rules) == contradict(b.features, a.features, rules)


def test_what_joins_does_not_contradict() -> None:
    for first, second in (*STRIKES_SAME.values(), *MEETINGS_SAME.values(), *AID_SAME.values()):
        assert not contradict(report(first).features, report(second).features, incident_rules(first["event_type"]))


def test_the_strongest_join_is_named() -> None:
    rules = incident_rules("strike")
    first, second = (report(each).features for each in STRIKES_SAME["two outlets, one town and day"])
    found = match(first, second, rules, same_document=False)
    assert found is not None
    assert rules.joins[found.level].name == "same town and day"
