"""Meetings and visits told in everyday words, and who takes part where the sentence names them by office or pronoun alone."""

from __future__ import annotations

import datetime

import pytest

from schemas.document import Document
from transforms.events.extractor import Extractor


@pytest.fixture(scope="module")
def extractor():
    return Extractor()


def meetings(extractor, text):
    document = Document(doc_id="d", published_date=datetime.date(2025, 3, 20), language="en", text=text)
    return [mention for mention in extractor.explain(document)[0].mentions if mention.event_type == "meeting"]


def acting_for(mention, role):
    return {actor.acts_for for actor in mention.actors if actor.role == role and actor.acts_for}


@pytest.mark.parametrize(
    ("sentence", "participants", "status"),
    [
        ("Chancellor Scholz had dinner with President Macron in Potsdam on Tuesday.", {"DEU", "FRA"}, "occurred"),
        ("Rubio spent an hour with Lavrov in Kuala Lumpur.", {"USA", "RUS"}, "occurred"),
        ("Vice President Vance sat across from Chinese Vice President Han Zheng.", {"USA", "CHN"}, "occurred"),
        ("Macron took a call from Iran's president on Friday.", {"FRA", "IRN"}, "occurred"),
        ("President Xi and President Tokayev spoke; the two exchanged views on trade.", {"CHN", "KAZ"}, "occurred"),
        ("NATO ambassadors, meeting in Brussels, agreed to widen the threat.", {"nato"}, "occurred"),
        ("The Kremlin said there could be no negotiations now.", {"RUS"}, "denied"),
    ],
)
def test_everyday_words(extractor, sentence, participants, status):
    (mention,) = meetings(extractor, sentence)
    assert (acting_for(mention, "participant"), mention.status) == (participants, status)


@pytest.mark.parametrize(
    ("sentence", "guest", "host", "status"),
    [
        ("Foreign Minister Hakan Fidan was in Moscow for consultations with President Putin.", "TUR", "RUS", "occurred"),
        ("CIA director William Burns was back in Cairo for another round of negotiations.", "USA", "EGY", "occurred"),
        ("Lavrov came to Kyiv in March.", "RUS", "UKR", "occurred"),
        ("An IMF mission landed in Kyiv on Monday for talks.", "international-monetary-fund", "UKR", "occurred"),
        ("Japanese Prime Minister Shigeru Ishiba is due in Jakarta on Friday to meet Prabowo.", "JPN", "IDN", "planned"),
    ],
)
def test_visits(extractor, sentence, guest, host, status):
    (mention,) = meetings(extractor, sentence)
    assert (acting_for(mention, "participant"), acting_for(mention, "host"), mention.status) == ({guest, host}, {host}, status)


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister was in Rome in 1989 as a student.",
        "Trump was in Palm Beach on Tuesday.",
        "Lawmakers let the agency negotiate lower prices in Germany.",
        "Coffee exports with Brazil's neighbours rose.",
        "Residents had dinner with their relatives.",
    ],
)
def test_no_meeting(extractor, sentence):
    assert meetings(extractor, sentence) == []


def test_summit_is_where_the_visitor_goes(extractor):
    (mention,) = meetings(extractor, "President Macron is on his way to Tokyo for the G7 summit.")
    assert acting_for(mention, "host") == set()


def test_office_alone_is_of_the_country_that_briefs(extractor):
    text = "QUESTION: Where is she? MS. BRUCE: The Secretary will be in Seoul on Thursday for meetings with President Yoon."
    (mention,) = meetings(extractor, text)
    assert (acting_for(mention, "participant"), mention.status) == ({"USA", "KOR"}, "planned")


def test_neither_of_two(extractor):
    mentions = meetings(extractor, "The army accused the Rapid Support Forces of shelling Omdurman. Neither general would sit down with the other.")
    assert {actor.name for actor in mentions[-1].actors} == {"Rapid Support Forces", "Sudan"}
    assert mentions[-1].status == "denied"
