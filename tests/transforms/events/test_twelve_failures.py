"""The failures that event coders of the field show, twelve kinds: what must not come out, or with which status, role or place it must."""

from __future__ import annotations

import datetime

import pytest

from tests.transforms.events.conftest import Reader


def parties(read: Reader, text: str, role: str, published: str = "2025-03-20") -> list[set[str | None]]:
    """Whom each mention of a text has in a role, by whom it acts for."""
    return [{actor.acts_for for actor in each.actors if actor.role == role} for each in read(text, published)]


@pytest.mark.parametrize(
    "text",
    [
        "Teachers in Belgium went on strike over pensions.",
        "Nurses ended a three-day strike in Manchester.",
        "The jailed journalist began a hunger strike in Minsk.",
        "A general strike paralysed Argentina on Monday.",
        "Rail workers called off a strike in Germany.",
        "Pilots of the airline threatened to strike in April.",
        "A lightning strike killed three cows in Kenya.",
        "Lightning struck a tower in Toronto.",
        "The club struck a deal with the striker.",
        "Greece and Italy struck a balance between tourism and farming.",
        "Brazil's attack scored twice against Peru.",
        "The bowler opened the attack for India against Australia.",
        "Students at the university joined a climate strike in Stockholm.",
    ],
)
def test_1_strikes_that_are_none(text: str, read: Reader) -> None:
    assert [(each.rule, each.trigger) for each in read(text) if each.event_type == "strike"] == []


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        ("Washington sent weapons to Ukraine.", "donor", {"USA"}),
        ("London and Paris pledged military aid to Ukraine.", "donor", {"GBR", "FRA"}),
        ("The Kremlin rejected talks with Kyiv.", "participant", {"RUS", "UKR"}),
        ("Georgia and Armenia held talks in Tbilisi.", "participant", {"GEO", "ARM"}),
        ("Jordan sent aid to Gaza.", "donor", {"JOR"}),
        ("Keir Starmer met Emmanuel Macron in Paris.", "participant", {"GBR", "FRA"}),
        ("India and China held talks in London.", "participant", {"IND", "CHN"}),
        ("Serbia and Kosovo held talks in Washington.", "participant", {"SRB", "XKX"}),
    ],
)
def test_2_a_capital_is_a_government_or_only_a_place(text: str, role: str, expected: set[str], read: Reader) -> None:
    assert parties(read, text, role) == [expected]


@pytest.mark.parametrize("text", ["Michael Jordan visited a school in Chicago.", "Denzel Washington met fans in Rome.", "Paris Hilton arrived in London."])
def test_2_a_person_named_like_a_state_is_not_that_state(text: str, read: Reader) -> None:
    assert [actor.acts_for for each in read(text) for actor in each.actors if actor.acts_for in ("JOR", "USA", "FRA")] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The 1998 bombing of the embassy in Nairobi was remembered on Monday.", datetime.date(2025, 3, 17)),
        ("Survivors of the 1995 shelling of Tuzla gathered on Tuesday.", datetime.date(2025, 3, 18)),
        ("A memorial for the victims of the 2004 attack on a school in Beslan opened today.", datetime.date(2025, 3, 20)),
        ("The bombing of Guernica in 1937 inspired the painter.", datetime.date(2025, 3, 20)),
        ("In 1986, American jets bombed Tripoli.", datetime.date(2025, 3, 20)),
        ("Nixon visited China in 1972.", datetime.date(2025, 3, 20)),
    ],
)
def test_3_history_is_no_news(text: str, day: datetime.date, read: Reader) -> None:
    assert [each.date_text for each in read(text) if each.event_date == day] == []


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Russia warned that it would strike Ukraine.", "strike"),
        ("The United States is considering air strikes on Iran.", "strike"),
        ("If Iran attacked Israel, oil prices would rise.", "strike"),
        ("Israel could bomb Iran.", "strike"),
        ("Trump threatened to attack Iran.", "strike"),
        ("Putin might meet Zelensky in Istanbul.", "meeting"),
        ("China suggested talks between Iran and the United States.", "meeting"),
        ("Germany would send missiles to Ukraine if Washington agreed.", "aid_decision"),
    ],
)
def test_4_what_is_only_possible_has_not_happened(text: str, event_type: str, read: Reader) -> None:
    found = [each for each in read(text) if each.event_type == event_type]
    assert found
    for mention in found:
        assert mention.status in ("proposed", "planned") or getattr(mention, "decision", None) == "proposed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hungary refused to provide weapons to Ukraine.", ("aid_decision", "rejected", "occurred")),
        ("Poland suspended deliveries of weapons to Ukraine.", ("aid_decision", "suspended", "occurred")),
        ("Belgium did not approve military aid for Rwanda.", ("aid_decision", "rejected", "occurred")),
        ("Israel did not strike Iran.", ("strike", None, "denied")),
        ("Russia denied attacking the port of Odesa.", ("strike", None, "denied")),
        ("Israel stopped bombing Gaza.", ("strike", None, "cancelled")),
        ("Turkey halted attacks on Kurdish forces in Syria.", ("strike", None, "cancelled")),
        ("Armenia refused to meet Azerbaijan.", ("meeting", None, "denied")),
        ("Pakistan cancelled talks with India.", ("meeting", None, "cancelled")),
    ],
)
def test_5_negation_and_cessation(text: str, expected: tuple[str, str | None, str], read: Reader) -> None:
    assert [(each.event_type, getattr(each, "decision", None), each.status) for each in read(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Macron will meet Merz next month.", ("planned", None)),
        ("Xi Jinping will visit Serbia in May.", ("planned", None)),
        ("The two Koreas are to hold talks in April.", ("planned", None)),
        ("Ukraine will provide 25,000 tons of grain to Sudan.", ("occurred", "pledged")),
        ("Sweden is going to send tanks to Ukraine.", ("occurred", "pledged")),
        ("Australia will continue to supply ammunition to Ukraine.", ("occurred", "pledged")),
        ("Israel will bomb Hezbollah.", ("planned", None)),
    ],
)
def test_6_the_future_is_not_done(text: str, expected: tuple[str, str | None], read: Reader) -> None:
    assert [(each.status, getattr(each, "decision", None)) for each in read(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "attacker"),
    [
        ("Israel said a mortar bomb was fired at its soldiers.", "ISR"),
        ("Ukraine said that missiles hit Kyiv.", "UKR"),
        ("Pakistan reported an attack on its soldiers.", "PAK"),
        ("The United Nations condemned the bombing of a hospital in Gaza.", "united-nations"),
        ("Poland announced that a drone had struck a house in Lublin.", "POL"),
        ("France accused Russia of bombing a hospital in Kyiv.", "FRA"),
        ("India confirmed that gunmen had killed nine soldiers in Kashmir.", "IND"),
    ],
)
def test_7_who_tells_of_an_attack_is_not_who_attacks(text: str, attacker: str, read: Reader) -> None:
    found = [each for each in read(text) if each.event_type == "strike"]
    assert found
    assert [actor.text for each in found for actor in each.actors if actor.role == "attacker" and actor.acts_for == attacker] == []


@pytest.mark.parametrize(
    "text",
    [
        "Macron and Merz met and discussed Ukraine.",
        "Starmer held talks with Tusk during a meeting in Warsaw.",
        "Russia launched a drone and missile attack on Kyiv, striking a hospital.",
        "Gunmen attacked a village in Mali, shooting dead ten people.",
        "Israel carried out an air strike on Beirut that hit a building.",
        "Congress approved a package of military aid for Ukraine.",
        "Rubio met with Lavrov for talks in Riyadh.",
    ],
)
def test_8_one_event_is_one_mention(text: str, read: Reader) -> None:
    found = read(text)
    assert len(found) == 1, [(each.rule, each.trigger) for each in found]


@pytest.mark.parametrize(
    ("text", "role", "wrong"),
    [
        ("KABUL – Turkish jets bombed Kurdish positions in Iraq.", "target", "AFG"),
        ("GENEVA – Iran and Oman held talks in Muscat.", "participant", "CHE"),
        ("A shipment of aid from Mexico to Cuba was delivered.", "donor", "CUB"),
        ("Militants attacked American troops in Iraq.", "attacker", "IRQ"),
        ("Russia attacked Ukraine with Iranian drones.", "attacker", "IRN"),
        ("France sent weapons to Ukraine through Poland.", "recipient", "POL"),
    ],
)
def test_9_a_preposition_or_dateline_makes_no_party(text: str, role: str, wrong: str, read: Reader) -> None:
    found = read(text)
    assert found
    assert [actor.text for each in found for actor in each.actors if actor.role == role and actor.acts_for == wrong] == []


@pytest.mark.parametrize("text", ["KABUL – A drone hit a depot in Moscow.", "WARSAW, Poland (Wire) – Russian missiles hit Kyiv.", "BEIRUT – Israel bombed Gaza."])
def test_9_a_dateline_is_not_the_place(text: str, read: Reader) -> None:
    (mention,) = read(text)
    assert {place.country for place in mention.locations} & {"AFG", "POL", "LBN"} == set()
    assert mention.locations


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Joe Biden met Keir Starmer.", "2024-09-13", {"USA", "GBR"}),
        ("Joe Biden met Keir Starmer.", "2025-06-01", {"GBR", None}),
        ("Boris Johnson met Volodymyr Zelensky.", "2022-04-09", {"GBR", "UKR"}),
        ("Boris Johnson met Volodymyr Zelensky.", "2023-01-22", {None, "UKR"}),
        ("Former Chancellor Angela Merkel met Emmanuel Macron.", "2021-11-03", {None, "FRA"}),
        ("Jens Stoltenberg met Volodymyr Zelensky.", "2023-04-20", {"nato", "UKR"}),
    ],
)
def test_10_an_office_counts_while_it_is_held(text: str, published: str, expected: set[str | None], read: Reader) -> None:
    assert parties(read, text, "participant", published) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The United States has provided more than $5 billion in aid to Yemen since 2015.", {"amount": 5e9, "amount_scope": "total_to_date"}),
        ("Canada pledged up to $1.5 billion in military aid to Ukraine.", {"amount": 1.5e9, "decision": "pledged"}),
        ("Somalia asked the World Bank for a loan of $282 million.", {"amount": 282e6, "decision": "requested"}),
        ("Norway will give Moldova 100 million euros a year in aid.", {"amount": 100e6, "amount_scope": "per_year", "decision": "pledged"}),
        ("Japan approved a three-year aid package worth $900 million for Laos.", {"amount": 900e6, "amount_scope": "multi_year", "decision": "approved"}),
    ],
)
def test_11_totals_ceilings_and_wishes_are_not_new_grants(text: str, expected: dict[str, object], read: Reader) -> None:
    (mention,) = read(text)
    assert {name: getattr(mention, name) for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sudan expelled four aid workers.",
        "Gunmen attacked an aid convoy in Darfur.",
        "A court ordered the bank to pay a fine of 3 million euros to the state.",
        "The kidnappers received a ransom of $2 million.",
        "A lifeguard gave first aid to a swimmer in Nice.",
        "The head of the aid agency resigned.",
        "The hearing aid was sent to a customer in Spain.",
        "The company sold trucks to Kenya.",
    ],
)
def test_12_aid_words_that_are_no_decision(text: str, read: Reader) -> None:
    assert [(each.rule, each.trigger) for each in read(text) if each.event_type == "aid_decision"] == []
