"""Visits and encounters of officials: told beside something else, told again, by title or pronoun, and in statements that their titles complete."""

from __future__ import annotations

import datetime

import pytest

from schemas.document import Document
from schemas.mention import Mention
from transforms.events.extractor import Extractor

JOINT = "Joint Statement by President Joe Biden of the United States and President Luis Lacalle Pou of Uruguay"
QUAD = (
    "Today the Quad Leaders – Prime Minister Anthony Albanese of Australia, Prime Minister Narendra Modi of India, Prime Minister Fumio Kishida of Japan, and "
    "President Joe Biden – convened. The Quad Leaders also discussed trade."
)
READOUT = "Readout of Vice President Kamala Harris's Meeting with President Cyril Ramaphosa of South Africa"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def meetings(extractor: Extractor, text: str, title: str | None = None) -> list[Mention]:
    source = "White House" if title is not None else None
    document = Document(doc_id="d", published_date=datetime.date(2024, 3, 20), language="en", text=text, title=title, source=source)
    return [mention for mention in extractor.explain(document)[0].mentions if mention.event_type == "meeting"]


def sides(mention: Mention) -> set[str]:
    return {f"{actor.role}:{actor.acts_for}" for actor in mention.actors if actor.acts_for}


@pytest.mark.parametrize(
    "sentence",
    [
        "During a visit to Kyiv, German Chancellor Olaf Scholz said that Berlin stands by Ukraine.",
        "During his visit to Kyiv, German Chancellor Olaf Scholz promised new air defences.",
        "German Chancellor Olaf Scholz, on a trip to Ukraine, said that Berlin stands by Kyiv.",
        "Chancellor Olaf Scholz's travel to Ukraine in February lasted a day.",
    ],
)
def test_visit_of_who_acts_beside_it(extractor: Extractor, sentence: str) -> None:
    assert sides(meetings(extractor, sentence)[0]) == {"participant:DEU", "participant:UKR", "host:UKR"}


@pytest.mark.parametrize(
    "sentence",
    [
        "A reporter was arrested during a trip to Iran.",
        "Police searched a flat in Kyiv after a visit to the zoo.",
        "The travel agency sells travel to Kenya.",
        "The visit was a success.",
    ],
)
def test_no_visit(extractor: Extractor, sentence: str) -> None:
    assert meetings(extractor, sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The visit will focus on trade.",
        "The visit provides an opportunity to speak about trade.",
        "The President's visit will deepen the friendship of both peoples.",
    ],
)
def test_visit_told_again(extractor: Extractor, sentence: str) -> None:
    first, again = meetings(extractor, f"President Biden will welcome President William Ruto of Kenya to the White House on May 23. {sentence}", "Statement")
    assert sides(again) == sides(first) == {"participant:USA", "participant:KEN", "host:USA"}
    assert (again.status, again.event_date) == ("planned", datetime.date(2024, 5, 23))


def test_visit_that_others_condemn(extractor: Extractor) -> None:
    _, again = meetings(extractor, "Guatemalan President Bernardo Arévalo visited Taiwan on Monday. China condemned Arévalo's visit.")
    assert sides(again) == {"participant:GTM", "participant:TWN", "host:TWN"}


def test_same_trip_adds_no_host(extractor: Extractor) -> None:
    _, visit = meetings(extractor, "President Macron visited Ghana on Monday. He will also visit Kenya on the same trip.")
    assert sides(visit) == {"participant:FRA", "participant:KEN", "host:KEN"}


def test_host_and_guest_talk_on(extractor: Extractor) -> None:
    text = "Vice President Harris hosted President Ramaphosa in Washington. Harris and Ramaphosa had a long conversation. They also discussed trade."
    assert [sides(mention) for mention in meetings(extractor, text)] == [{"participant:USA", "participant:ZAF", "host:USA"}] * 3


def test_host_and_guest_speak_by_phone_later(extractor: Extractor) -> None:
    text = "Vice President Harris hosted President Ramaphosa at the White House. Harris and Ramaphosa spoke by phone on Friday."
    assert sides(meetings(extractor, text)[1]) == {"participant:USA", "participant:ZAF"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The President spoke with Prime Minister Benjamin Netanyahu.", {"participant:USA", "participant:ISR"}),
        ("Prime Minister Benjamin Netanyahu met with the President.", {"participant:USA", "participant:ISR"}),
    ],
)
def test_the_president_is_no_prime_minister(extractor: Extractor, sentence: str, expected: set[str]) -> None:
    assert sides(meetings(extractor, sentence, "Readout")[0]) == expected


def test_title_says_which_of_a_name(extractor: Extractor) -> None:
    (visit,) = meetings(extractor, "Vice President Harris paid an official visit to Paris.")
    assert sides(visit) == {"participant:USA", "participant:FRA", "host:FRA"}


def test_two_leaders_of_the_title(extractor: Extractor) -> None:
    (mention,) = meetings(extractor, "The two leaders discussed trade and health.", READOUT)
    assert sides(mention) == {"participant:USA", "participant:ZAF"}


def test_we_of_a_joint_statement(extractor: Extractor) -> None:
    (mention,) = meetings(extractor, "We met today to celebrate two centuries of friendship.", JOINT)
    assert sides(mention) == {"participant:USA", "participant:URY"}


def test_we_of_another_statement(extractor: Extractor) -> None:
    assert meetings(extractor, "We met today to celebrate two centuries of friendship.", READOUT.replace("Readout of", "Remarks on")) == []


def test_them_are_the_two_before(extractor: Extractor) -> None:
    (mention,) = meetings(extractor, "As I told Chancellor Olaf Scholz and President Emmanuel Macron when I hosted them in May, we are committed.", "Statement")
    assert sides(mention) == {"participant:USA", "host:USA", "participant:DEU", "participant:FRA"}


def test_what_is_talked_about_is_an_encounter_of_others(extractor: Extractor) -> None:
    talk, topic = meetings(extractor, "President Macron and Chancellor Scholz discussed the upcoming NATO summit in Washington.")
    assert (sides(talk), sides(topic)) == ({"participant:FRA", "participant:DEU"}, {"participant:nato"})
    assert (talk.status, topic.status) == ("occurred", "planned")


@pytest.mark.parametrize(
    ("sentence", "expected", "status"),
    [
        ("Kenya's foreign minister had several engagements with President Felix Tshisekedi.", {"participant:KEN", "participant:COD"}, "occurred"),
        ("USAID Administrator Samantha Power engaged Angolan officials on food.", {"participant:USA", "participant:AGO"}, "occurred"),
        ("Diplomatic contacts between Chad and Sudan were renewed in January.", {"participant:TCD", "participant:SDN"}, "occurred"),
        ("Heads of state of Japan and Kenya met in Rome on Thursday.", {"participant:JPN", "participant:KEN"}, "occurred"),
        (
            "Ahead of and in anticipation of the meeting between India and Pakistan on May 26, both named envoys.",
            {"participant:IND", "participant:PAK"},
            "planned",
        ),
        (
            "President Macron looks forward to the meeting with Chancellor Scholz in Rome, where they will continue the talk.",
            {"participant:FRA", "participant:DEU"},
            "planned",
        ),
        ("Chancellor Scholz was unable to meet President Macron.", {"participant:FRA", "participant:DEU"}, "denied"),
    ],
)
def test_encounters(extractor: Extractor, sentence: str, expected: set[str], status: str) -> None:
    mention = meetings(extractor, sentence)[0]
    assert (sides(mention), mention.status) == (expected, status)


@pytest.mark.parametrize(
    "sentence",
    [
        "Civic engagement with young voters rose.",
        "The two armies had several military engagements with rebels.",
        "Zelenskyy received the Order of the White Eagle, Poland's highest order.",
        "The firm lost its business contacts with Russia.",
    ],
)
def test_no_encounter(extractor: Extractor, sentence: str) -> None:
    assert meetings(extractor, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected", "status"),
    [
        ("Guterres welcomed the talks between Ethiopia and Eritrea.", {"participant:ETH", "participant:ERI"}, "occurred"),
        (
            "Guterres welcomed Israeli President Isaac Herzog's visit to the United Arab Emirates.",
            {"participant:ISR", "participant:ARE", "host:ARE"},
            "occurred",
        ),
        ("President Biden noted the April visit by Chancellor Scholz to Beijing.", {"participant:DEU", "participant:CHN", "host:CHN"}, "planned"),
        ("President Biden noted the February visit by Chancellor Scholz to Beijing.", {"participant:DEU", "participant:CHN", "host:CHN"}, "occurred"),
        ("Chancellor Scholz met the Pope in Rome.", {"participant:DEU", "participant:VAT"}, "occurred"),
    ],
)
def test_who_only_speaks_of_an_encounter(extractor: Extractor, sentence: str, expected: set[str], status: str) -> None:
    (mention,) = meetings(extractor, sentence)
    assert (sides(mention), mention.status) == (expected, status)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Following their February 9 phone call, President Macron and Chancellor Scholz met in Rome.", 2),
        ("Building on President Macron's January 2023 visit to Ghana, President Macron and President Akufo-Addo reviewed the progress made.", 2),
        ("Jake Sullivan met President Irfaan Ali of Guyana to build on previous meetings between U.S. and Guyanese officials.", 2),
        ("President Macron met Chancellor Scholz in Rome. During the meeting, President Macron thanked Chancellor Scholz and discussed trade.", 2),
        ("After talks in Rome, President Macron and Chancellor Scholz met the press.", 1),
    ],
)
def test_one_encounter_or_two(extractor: Extractor, text: str, count: int) -> None:
    assert len(meetings(extractor, text)) == count


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (
                "On April 18, Coordinator Kurt Campbell convened a meeting in Honolulu with Adm. John C. Aquilino, Commander, U.S. Indo-Pacific Command and "
                "senior officials from Australia and Japan on the Pacific."
            ),
            {"participant:USA", "host:USA", "participant:AUS", "participant:JPN"},
        ),
        ("EXIM Chair Reta Jo Lewis visited Angola in May.", {"participant:USA", "participant:AGO", "host:AGO"}),
    ],
)
def test_long_titles(extractor: Extractor, sentence: str, expected: set[str]) -> None:
    (mention,) = meetings(extractor, sentence, "Statement")
    assert sides(mention) == expected


def test_place_and_day_of_a_reception_go_on(extractor: Extractor) -> None:
    text = "Vice President Harris hosted President Ramaphosa at the Naval Observatory on Monday. Harris and Ramaphosa had a long conversation about health."
    _, talk = meetings(extractor, text, "Statement")
    assert (talk.event_date, talk.date_basis, [place.name for place in talk.locations]) == (datetime.date(2024, 3, 18), "carried", ["Naval Observatory"])


def test_met_where_the_others_met(extractor: Extractor) -> None:
    (mention,) = meetings(extractor, "President Macron met Chancellor Scholz on the margins of the steelworkers' convention in Lyon.")
    assert [place.name for place in mention.locations] == ["Lyon"]


def test_visit_told_again_is_in_person(extractor: Extractor) -> None:
    mention = meetings(extractor, "President Biden will visit Kenya in May. The visit will deepen the friendship of both peoples.")[-1]
    assert mention.format == "in_person"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Readout on Senior Administration Official Travel to Haiti", "The delegation met with Prime Minister Ariel Henry.", {"USA", "HTI"}),
        (
            "Readout of President Biden's Meeting with Prime Minister Rishi Sunak of the United Kingdom",
            "They discussed the blast in Poland.",
            {"USA", "GBR"},
        ),
        ("Readout of President Biden's Meeting with Prime Minister Rishi Sunak", "The two sides had candid discussions on trade.", {"USA", "GBR"}),
        ("Joint Statement from Mexico, Canada, and the United States", "We met in Ottawa on Monday to speak about drugs.", {"USA", "MEX", "CAN"}),
        ("Statement", "President Biden met with the leaders of the Quad on Friday.", {"USA", "quad"}),
        ("Statement", QUAD, {"AUS", "IND", "JPN", "USA"}),
        ("Statement", "President Biden and President Lourenço will co-host a summit on railways in Lobito.", {"USA", "AGO"}),
    ],
)
def test_who_takes_part_in_a_statement(extractor: Extractor, title: str, text: str, expected: set[str]) -> None:
    mention = meetings(extractor, text, title)[-1]
    assert {actor.acts_for for actor in mention.actors if actor.role == "participant"} == expected


def test_guest_is_welcomed_for_a_meeting(extractor: Extractor) -> None:
    text = "President Biden will welcome President Andrzej Duda of Poland for a joint meeting at the White House on May 12."
    (mention,) = meetings(extractor, text, "Statement")
    assert (sides(mention), mention.event_date) == ({"participant:USA", "participant:POL", "host:USA"}, datetime.date(2024, 5, 12))


def test_delegation_in_a_newspaper_is_not_the_publishers(extractor: Extractor) -> None:
    assert all(actor.acts_for != "USA" for mention in meetings(extractor, "The delegation met with Prime Minister Ariel Henry.") for actor in mention.actors)


def test_summit_goes_on_while_others_meet_beside_it(extractor: Extractor) -> None:
    meeting, summit = meetings(extractor, "President Macron met today with Chancellor Scholz on the margins of the G7 summit.")
    assert (meeting.status, summit.status) == ("occurred", "ongoing")


def test_who_is_visited_does_not_host_every_talk(extractor: Extractor) -> None:
    _, talk = meetings(extractor, "Jake Sullivan travelled to India on Monday. He met with Prime Minister Narendra Modi.")
    assert sides(talk) == {"participant:USA", "participant:IND"}
