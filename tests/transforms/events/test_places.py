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
