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
        "France pledged to prevent another attack on its homeland.",
        "The soldiers went to Mali to prevent future attacks against France.",
        "The raids keep the group from being able to attack the French.",
        "Counsellors support communities in Texas after a mass shooting.",
        "Many families in Texas have had their lives altered by a shooting.",
        "The plan of the United States helps people following mass shooting incidents.",
        "Children in Ohio worry about school shootings.",
        "Children in Ohio worry about school shootings happening to them.",
        "Hospitals in Ohio care for people who have been shot.",
        "The order protects the United States from aliens who intend to commit terrorist attacks.",
        "Too many women in politics in Kenya continue to face attacks.",
        "The border of the United States is under attack from a variety of threats.",
        "The invasion constitutes an attack on the order in Ukraine.",
        "The rules of Canada constitute an attack on the farmers.",
        "The premier of Canada promised to help victims of shootings.",
        "The order of the United States applies to assassination, murder, or other unlawful killing of citizens.",
        "Women in politics in Kenya face threats, attacks and harassment.",
        "No one in Germany can be silent as Jews are attacked and harassed.",
        "The inquiry concerns the SolarWinds attack on the United States.",
        "The court convicted two men for their part in the January 6 attack in Washington.",
        "She joined the attack on the Capitol in the United States.",
        "April is Sexual Assault Awareness Month in the United States.",
        "The university in France must stop anti-Semitic assaults on its campus.",
        "I have been mostly struck by the courage of the people of Ukraine.",
        "I've been struck by the courage of soldiers of Ukraine.",
        "Extremism strikes at the very foundations of Germany.",
        "The soldiers fought for France, striking the shackles of bondage from millions.",
        "The act of the United States is amended by striking “men” and inserting “people”.",
        "The army of France will strike down every trafficker with the full force of the law.",
        "A senator attacked the French police as “a gang of thugs”.",
        "Politically motivated attacks on the programme continue in Canada.",
        "An armed attack on the ships of the Philippines would invoke the treaty.",
        "The treaty extends to armed attacks on Philippine vessels.",
        "Leaders in Washington affirmed that an attack on one is an attack on all.",
        "The attacker was shot dead in Lyon.",
        "North Korea fired a ballistic missile towards northern Japan.",
        "Eight people were killed in a shooting between two gangs in Mexico.",
        "Iran has lost its advanced attack drones.",
        "The police of Kenya teach schools to answer bomb threats.",
        "A million Armenians were deported, massacred or starved in Turkey.",
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
        ("Two officers died in the attack at the Capitol on Friday, March 14, in Washington.", "strike", "occurred"),
        ("Families fled Uvalde after a shooting at a school in Texas.", "strike", "occurred"),
        ("Two people have been shot in Lagos.", "strike", "occurred"),
        ("Militants plan to carry out attacks on hotels in Mali.", "strike", "planned"),
        ("Israel faces attacks from Hezbollah.", "strike", "ongoing"),
        ("Victims of the shootings in Chicago were honoured.", "strike", "occurred"),
        ("The group used the valley in Lebanon to launch attacks on Israel.", "strike", "occurred"),
        ("Four students were attacked in Lyon on Monday.", "strike", "occurred"),
        ("The minister urged Iraq to prevent attacks on American bases.", "strike", "denied"),
        ("Rockets struck the heart of Tel Aviv.", "strike", "occurred"),
        ("Lavrov cancels his scheduled visit to Serbia.", "meeting", "cancelled"),
    ],
)
def test_an_event_all_the_same(read: Reader, text: str, event_type: str, status: str) -> None:
    assert [(each.event_type, each.status) for each in read(text)] == [(event_type, status)]


def test_what_happens_at_all_is_not_laid_to_the_publishers_country(read: Reader) -> None:
    text = "Agents are often among the first on the scene of a mass shooting."
    assert read(text, source="White House", uri="https://www.whitehouse.gov/briefing-room/1") == []
