"""Where events are, by names that a small model takes for persons and bodies, and by the ground that is hit."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # named by its kind, whatever the model takes the name for
        ("A Russian missile strike on a bakery in the city of Zaporizhzhia killed a man.", [("Zaporizhzhia", "UKR")]),
        # sites of the tables
        ("Hamas launched rockets at the Kerem Shalom border crossing.", [("Kerem Shalom crossing", "ISR")]),
        ("Shells were fired toward Aden Adde International Airport.", [("Aden Adde International Airport", "SOM")]),
        ("Houthi attacks in the Red Sea region continued on Sunday.", [("Red Sea", None)]),
        # a list of towns
        ("Hezbollah fired rockets on Kiryat Shmona and Metula.", [("Kiryat Shmona", "ISR"), ("Metula", "ISR")]),
        # between two places
        ("Four Yemeni soldiers died in an attack by Houthi fighters at the border between Al Bayda and Lahij.", [("Al Bayda", "YEM"), ("Lahij", "YEM")]),
        # held by somebody, and a chain with its region
        ("A car bomb went off in Russian-occupied Melitopol, Zaporizhzhia Oblast, and injured three people.", [("Melitopol", "UKR")]),
        ("A Russian missile strike on Mykolaiv in Kherson Oblast, kills a farmer.", [("Mykolaiv", "UKR")]),
        # unknown ones, in the country of the next
        ("Gunmen killed a judge in Addow Dibille near Afgoye, Somalia.", [("Addow Dibille", "SOM"), ("Afgooye", "SOM")]),
        # a division of a country, whatever the model takes its name for
        ("A roadside bomb killed three soldiers in Pakistan's Bajaur district on Wednesday.", [("Bajaur", "PAK"), ("Pakistan", "PAK")]),
        ("Ukrainian drones killed two workers in Korenevo in the Kursk region on Sunday.", [("Korenevo", "RUS")]),
        # a part of a town
        ("Russian missiles struck the centre of Sumy on Sunday, killing 35 people.", [("Sumy", "UKR")]),
        ("Syrian jets bombed the outskirts of Idlib city on Sunday.", [("Idlib", "SYR")]),
        ("Israeli jets attacked the port of Hodeidah and a cement factory on Monday.", [("Hodeidah", "YEM")]),
        # a capital by whose it is
        ("Gangs opened fire on a minibus in the Haitian capital on Tuesday.", [("Port-au-Prince", "HTI")]),
        ("A bomb killed nine people at a hotel in Somalia's capital on Friday.", [("Mogadishu", "SOM")]),
        # where those who were hurt come from is not where it was
        ("Drones hit a United Nations base in Kadugli in Sudan on Saturday, killing six peacekeepers from Bangladesh.", [("Kadugli", "SDN")]),
        # the south of a country, but nothing of one
        ("An air raid in the south of Lebanon killed two people.", [("Lebanon", "LBN")]),
        # not this side of a border
        ("Gunmen killed two Turkish soldiers near the border with Syria.", []),
        # where others were arrested, and where the answer was
        ("Police in Lyon arrested a man over the bombing in Nairobi.", [("Nairobi", "KEN")]),
        # the facility's state where no place is named
        ("Two Iranian oil refineries were damaged in the airstrikes.", [("Iran", "IRN")]),
    ],
)
def test_places_of_strikes(read: Reader, text: str, expected: list[tuple[str, str | None]]) -> None:
    told = next(mention for mention in read(text) if mention.event_type == "strike")
    assert [(place.name, place.country) for place in told.locations] == expected


def test_the_place_of_an_attack_goes_with_what_is_told_of_it_next(read: Reader) -> None:
    *_, last = read("Russia fired missiles at Kharkiv on Monday. At least 40 houses were hit in the attack.")
    assert [place.country for place in last.locations] == ["UKR"]


def test_a_quarter_of_the_sky_is_no_province(read: Reader) -> None:
    (told,) = read("The minister said on Monday that strikes inside Russia would anger the West.")
    assert [place.name for place in told.locations] == ["Russia"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A shooting at a school in Georgia killed four students.", "USA"),
        ("The shooting in Georgia happened near Tbilisi and killed four people.", "GEO"),
    ],
)
def test_a_states_namesake_at_home(read: Reader, text: str, country: str) -> None:
    (told,) = read(text, source="White House", uri="https://www.whitehouse.gov/briefing-room/1")
    assert (told.locations[0].country, told.actors[0].acts_for) == (country, country)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # named after a town
        ("Leaders condemned the war at the 2023 Cairo Peace Summit.", ["EGY"]),
        # during a visit
        ("Scholz meets with Biden during his first visit to the United States in order to discuss the war in Ukraine.", ["USA"]),
        # whose relations
        ("Modi met Muizzu on Friday to discuss the growth in India-Maldives relations.", []),
        ("Sullivan spoke on Friday with Sauli Niinistö in the Office of the President of Finland.", []),
        # what others do elsewhere
        ("Putin will march on Kyiv unless Zelensky meets with him.", []),
        ("Markets rose in Japan after Putin said that talks with Ukraine went well.", []),
    ],
)
def test_places_of_meetings(read: Reader, text: str, expected: list[str]) -> None:
    told = next(mention for mention in read(text) if mention.event_type == "meeting")
    assert [place.country for place in told.locations] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Macron met with Modi in Delhi on Monday. Macron is the first president to meet with Modi since the vote.",
        "US Secretary of State Marco Rubio arrives in Kyiv, Ukraine. During a two-day visit, Rubio will meet with Ukrainian President Volodymyr Zelensky.",
        "The G7 summit opens in Krün, Germany. Kishida and Scholz speak at the summit.",
        "Harris met Guterres in Bletchley Park, the United Kingdom, on the margins of the AI summit.",
    ],
)
def test_the_place_of_an_encounter_goes_with_what_is_told_of_it_next(read: Reader, text: str) -> None:
    first, *others = [mention for mention in read(text) if mention.event_type == "meeting"]
    assert others
    assert {each.locations[0].country for each in others} == {first.locations[0].country}


def test_a_plan_is_not_where_the_last_meeting_was(read: Reader) -> None:
    *_, last = read("Macron met with Modi in Delhi on Monday. The leaders will meet again next year.")
    assert last.status == "planned"
    assert not last.locations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jordan airdropped medical aid to a field hospital inside the Gaza Strip.", ["PSE"]),
        ("Children have died of hunger in Gaza due to the Israeli aid blockade.", ["PSE"]),
        ("Spain announced $4 million in aid for families in Gaza.", []),
        ("The EU will increase military assistance to Ukraine and impose costs on Moscow.", []),
    ],
)
def test_places_of_aid(read: Reader, text: str, expected: list[str]) -> None:
    told = next(mention for mention in read(text) if mention.event_type == "aid_decision")
    assert [place.country for place in told.locations] == expected
