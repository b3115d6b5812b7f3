"""What is no event of its own: attacks in general, figures of speech, what moves and visits nobody."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    "text",
    [
        "The shield will deter enemies from attacks on the United States.",
        "The treaty guarantees the security of Qatar against external attack.",
        "The governor promised to fight any attack on Kenya.",
        "She helped in reducing the number of shootings in Richmond.",
        "The minister praised the strike readiness of the French navy.",
        "The budget amounts to an attack on Medicare in the United States.",
        "Voters in France were bombarded with demands in phone calls.",
        "The order answers an epidemic of missing and murdered people in Canada.",
        "France remembers the million Armenians who were massacred in the genocide.",
        "Six people were hurt by gunfire between soldiers and militiamen near Goma.",
        "France faced a wave of ransomware. These attacks disrupted schools.",
        "The gangs rule the border of Mexico through a campaign of assassination and terror.",
        "North Korea launched a long-range ballistic missile over Japan.",
        "Poets wrote of the beauty which first struck Britain's greatest prime minister.",
        "Instead of working for France, deputies are attacking the minister with lies.",
        "The decision left Americans defenseless against attacks.",
        "The city of Chicago saw 62,700 fewer attacks.",
        "Legislators in Texas put forth a plan that attacks the sacred right to vote.",
        "Attacks against peacekeepers are prohibited under international law in Mali.",
        "In Chicago, shootings dropped nearly 40% from the previous year.",
        "In June 1944 American soldiers stormed the beaches of Normandy.",
        "The United States detonated the first nuclear device in New Mexico.",
        "Violent mobs have attacked shops in Paris.",
        "Students left Kyrgyzstan following attacks by nationalist mobs on hostels in Bishkek.",
        "The mayor said that the new rules are an attack on us all in France.",
        "Families in France live in fear of being gunned down.",
        "The chancellor condemned recent attacks on NATO.",
        # nobody is visited
        "Israeli jets flew at low altitude to Beirut.",
        "Ukraine said that 130 Ukrainian soldiers returned to Kyiv in a prisoner swap.",
        "The president of Niger was on a personal visit to Paris.",
        "The alert level of the volcano in the Philippines was raised after an eruption at the summit vent.",
        "South Koreans gather in central Seoul to protest against Japan's plan.",
    ],
)
def test_no_event(read: Reader, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "event_type", "status"),
    [
        ("She arrived in Paris shortly before the bombing of a market there killed two.", "strike", "occurred"),
        ("In the wake of the attack in Kabul, hundreds were abandoned.", "strike", "occurred"),
        ("Zelensky is ready to meet with Putin.", "meeting", "proposed"),
        ("Lavrov cancels his scheduled visit to Serbia.", "meeting", "cancelled"),
    ],
)
def test_an_event_all_the_same(read: Reader, text: str, event_type: str, status: str) -> None:
    assert [(each.event_type, each.status) for each in read(text)] == [(event_type, status)]


def test_what_happens_at_all_is_not_laid_to_the_publishers_country(read: Reader) -> None:
    text = "Agents are often among the first on the scene of a mass shooting."
    assert read(text, source="White House", uri="https://www.whitehouse.gov/briefing-room/1") == []
