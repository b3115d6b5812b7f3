"""Who says so, and how an attacker is named."""

from __future__ import annotations

import datetime

import pytest

from schemas.document import Document
from transforms.events.extractor import Extractor

DAY = datetime.date(2024, 5, 15)


@pytest.fixture(scope="module")
def extractor():
    return Extractor()


def strikes(extractor, text):
    document = Document(doc_id="d", uri=None, source=None, title=None, published=None, published_date=DAY, published_basis=None, language="en", text=text)
    extraction, _ = extractor.explain(document)
    return [mention for mention in extraction.mentions if mention.event_type == "strike"]


@pytest.mark.parametrize(
    ("sentence", "attackers", "speaker", "blame"),
    [
        ("Russian forces shelled Kherson on Monday.", {"RUS"}, None, "asserted"),
        ("Israel said it struck a Hezbollah depot in southern Lebanon.", {"ISR"}, "Israel", "claimed"),
        ("Al-Shabaab claimed responsibility for the attack on a hotel in Mogadishu.", {"al-shabaab"}, "Al-Shabaab", "claimed"),
        ("Pakistan accused India of firing missiles at three air bases.", {"IND"}, "Pakistan", "alleged"),
        ("The United States blamed Iran for the attack on two tankers in the Gulf of Oman.", {"IRN"}, "United States", "alleged"),
        ("Russian forces shelled Kherson, killing two people, the Ukrainian governor said.", {"RUS"}, "Ukraine", "alleged"),
        ("Suspected al-Qaida gunmen killed six soldiers in an ambush in Yemen.", {"al-qaeda"}, None, "alleged"),
        ("Ukrainian drones hit an oil depot in Rostov, according to the regional governor.", {"UKR"}, "the regional governor", "alleged"),
        ("Rwanda was accused by Congo of shelling Goma.", {"RWA"}, "Democratic Republic of the Congo", "alleged"),
        ("Rwandan soldiers suspected of shelling Goma on Monday were arrested.", {"RWA"}, None, "alleged"),
        # who says that it was attacked is no attacker
        ("Israel said a mortar bomb was fired at it from Syria.", set(), "Israel", None),
    ],
)
def test_speaker_and_blame(extractor, sentence, attackers, speaker, blame):
    (mention,) = strikes(extractor, sentence)
    assert {actor.acts_for for actor in mention.actors if actor.role == "attacker"} == attackers
    assert (mention.attributed_to, mention.blame) == (speaker, blame)


@pytest.mark.parametrize(
    "denial",
    ["India denied the charge.", "India's army rejected any involvement.", "The cause of the explosions remains unknown."],
)
def test_no_attacker_where_the_document_has_the_charge_denied_or_knows_none(extractor, denial):
    (mention,) = strikes(extractor, f"Pakistan accused India of firing missiles at three air bases. {denial}")
    assert [actor.acts_for for actor in mention.actors] == ["PAK"]
    assert (mention.attributed_to, mention.blame) == ("Pakistan", None)


def test_denial_of_something_else_leaves_the_attacker(extractor):
    (mention,) = strikes(extractor, "Pakistan accused India of firing missiles at three air bases. Nepal denied reports of a shortage.")
    assert {actor.acts_for for actor in mention.actors if actor.role == "attacker"} == {"IND"}
