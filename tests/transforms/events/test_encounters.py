"""Meetings told over several sentences: who takes part, when and where is carried from the sentence that says it."""

from __future__ import annotations

import datetime

import pytest

from schemas.document import Document
from transforms.events.extractor import Extractor

DAY = datetime.date(2022, 6, 8)


@pytest.fixture(scope="module")
def extractor():
    return Extractor()


def meetings(extractor, text, title=None, source=None):
    document = Document(
        doc_id="d", uri=None, source=source, title=title, published=None, published_date=DAY, published_basis=None, language="en", text=text
    )  # fmt: skip
    return [mention for mention in extractor.explain(document)[0].mentions if mention.event_type == "meeting"]


def participants(mention):
    return {actor.acts_for for actor in mention.actors if actor.role == "participant" and actor.acts_for}


@pytest.mark.parametrize(
    "second",
    [
        "They discussed the drought in Somalia.",
        "The two leaders discussed trade.",
        "The leaders also reviewed the situation in Sudan.",
        "Ruto and Scholz talked about visas.",
        "During the meeting, Scholz praised Kenya's reforms.",
        "Participants discussed ways to store grain.",
    ],
)
def test_what_goes_on_about_a_meeting_has_its_parties_day_and_place(extractor, second):
    first = "Kenyan President William Ruto met German Chancellor Olaf Scholz in Nairobi on Monday."
    told, later = meetings(extractor, f"{first} {second}")
    assert participants(told) == participants(later) == {"KEN", "DEU"}
    assert (later.event_date, later.date_basis) == (datetime.date(2022, 6, 6), "carried")
    assert later.locations[0].country == "KEN"


def test_upcoming_meeting_is_the_planned_one_and_not_the_last_told(extractor):
    text = (
        "The presidents of Chile and Peru will meet in Lima next week. Brazil and Argentina held talks on Monday. "
        "The upcoming meeting is to settle the border, a spokesman said."
    )
    planned, _, upcoming = meetings(extractor, text)
    assert participants(planned) == participants(upcoming) == {"CHL", "PER"}
    assert (upcoming.status, upcoming.event_date) == ("planned", datetime.date(2022, 6, 13))


def test_place_that_is_talked_about_is_not_where_they_meet(extractor):
    (mention,) = meetings(extractor, "The foreign ministers of Turkey and Qatar discussed the war in Sudan by phone on Tuesday.")
    assert [place.name for place in mention.locations] == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Participants in the call included President Emmanuel Macron of France and Prime Minister Boris Johnson of the United Kingdom.", {"FRA", "GBR"}),
        ("The Quad leaders – Prime Minister Fumio Kishida of Japan and Prime Minister Narendra Modi of India – met on Tuesday.", {"JPN", "IND"}),
        ("Talks held by Kyiv and Moscow in Istanbul, with Turkish participation, ended on Monday.", {"UKR", "RUS", "TUR"}),
        ("A delegation led by Foreign Minister Sergei Lavrov held talks with Algerian officials.", {"RUS", "DZA"}),
        ("The talks, which involved envoys of Egypt and Ethiopia, ended on Sunday.", {"EGY", "ETH"}),
        ("President Joseph R. Biden, Jr. spoke with Prime Minister Anthony Albanese of Australia to congratulate him on his election.", {"USA", "AUS"}),
        ("Israel's security cabinet will meet on Thursday.", {"ISR"}),
        ("President Biden and his Chinese counterpart, Xi Jinping, spoke on Wednesday, according to the Foreign Ministry in Paris.", {"USA", "CHN"}),
        ("A delegation of Hamas officials arrived in Cairo on Saturday for another round of talks.", {"hamas", "EGY"}),
        ("The pope will meet President Sergio Mattarella in Rome on Saturday.", {"VAT", "ITA"}),
    ],
)
def test_who_takes_part(extractor, sentence, expected):
    (mention,) = meetings(extractor, sentence)
    assert participants(mention) == expected


def test_office_without_a_name_is_whoever_holds_it_where_the_publisher_is(extractor):
    (mention,) = meetings(extractor, "The Vice President met with President Andrzej Duda of Poland today.", source="The White House")
    assert participants(mention) == {"USA", "POL"}
    assert {actor.name for actor in mention.actors} >= {"Kamala Harris"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # who agrees on something after a mediation was brought together by it
        ("Armenia and Azerbaijan exchanged 20 prisoners after mediation by Qatar.", {"ARM", "AZE"}),
        ("Hamas frees two hostages following mediation by Egypt and Qatar.", {"hamas"}),
        # who acts for a leader; a delegation that the parser reads into the verb
        ("Representatives of Prime Minister of Hungary Viktor Orbán meet with Kenyan officials in Nairobi.", {"HUN", "KEN"}),
        ("Kim Jong-un, Russian minister Sergei Shoigu and a Chinese delegation meet in Pyongyang.", {"PRK", "RUS", "CHN"}),
        # a group without a body of its own speaks for itself where nobody is named
        ("The Quad leaders discussed the crisis in Myanmar.", {"quad"}),
        # part of a longer name, and a currency
        ("Talks between the Social Democratic Party and Angola's government collapsed.", {"AGO"}),
        ("Angola's government and Zambia agree on a fee of US$43 after talks.", {"AGO", "ZMB"}),
        # the conference is where the visitor goes, and no visit to the country
        ("William Ruto will travel to Munich to attend the Security Conference.", {"KEN"}),
    ],
)
def test_parties_at_a_distance(extractor, sentence, expected):
    assert participants(meetings(extractor, sentence)[0]) == expected


def test_who_meets_beside_a_summit_is_at_both(extractor):
    told = meetings(extractor, "William Ruto holds a meeting with Emmanuel Macron on the sidelines of the G20 summit in Rome, Italy.")
    assert [participants(each) for each in told] == [{"KEN", "FRA"}, {"KEN", "FRA", "g20"}]


def test_who_tells_of_talks_with_two_is_the_third(extractor):
    (mention,) = meetings(extractor, "The EU announces the opening of accession talks with Moldova and Ukraine.")
    assert participants(mention) == {"european-union", "MDA", "UKR"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kenya is in talks with Somalia on the border.", "ongoing"),
        ("Kenya ends all attempts to negotiate with Somalia.", "cancelled"),
        ("Talks between Kenya and Somalia will continue tomorrow.", "planned"),
        ("Kenya and Somalia met in Nairobi. Uganda was not invited to the summit.", "occurred"),
        ("Kenya and Somalia will meet on Monday. The meeting is part of a larger effort.", "planned"),
    ],
)
def test_standing_of_talks(extractor, text, status):
    assert meetings(extractor, text)[-1].status == status


@pytest.mark.parametrize(
    "text",
    [
        "A Kenyan police helicopter goes missing near Somalia.",
        "The president of Kenya goes on trial in Uganda.",
        "Families urged Kenya's president to return their relatives to Somalia.",
        "Kenyan airlines resumed landing in Uganda.",
    ],
)
def test_what_goes_somewhere_and_meets_nobody(extractor, text):
    assert meetings(extractor, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Secretary of State Rubio saw Turkish Foreign Minister Hakan Fidan yesterday.", [{"USA", "TUR"}]),
        ("President Ruto will see King Mohammed VI in Rabat on Sunday.", [{"KEN", "MAR"}]),
        ("Jimmy Carter flew to Pyongyang to see Kim Il Sung.", [{"PRK"}]),
        # most of what is seen is nobody met
        ("President Ruto saw King Mohammed VI on television.", []),
        ("President Macron wants to see President Putin stop the war.", []),
        ("Chancellor Scholz saw his party lose.", []),
        ("President Biden saw President Zelenskyy as a friend.", []),
    ],
)
def test_who_sees_somebody(extractor, text, expected):
    assert [participants(each) for each in meetings(extractor, text)] == expected
