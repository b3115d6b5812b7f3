"""Which government publishes a document."""

from __future__ import annotations

import pytest

from schemas.document import Document
from transforms.events.publishers import home_of


@pytest.mark.parametrize(
    ("source", "uri", "home"),
    [
        ("White House", None, "USA"),
        ("U.S. Department of State", None, "USA"),
        (None, "https://www.gov.uk/government/news/1", "GBR"),
        ("Ministry of Foreign Affairs of Japan", None, "JPN"),
        ("Government of Canada", None, "CAN"),
        ("Embassy of Norway", None, "NOR"),
        ("The Japan Times", None, None),
        ("Ministry of Sound", None, None),
        (None, None, None),
    ],
)
def test_source_or_link_says_who_publishes(source: str | None, uri: str | None, home: str | None) -> None:
    assert home_of(Document(doc_id="1", text="Some words.", source=source, uri=uri)) == home


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("QUESTION: Any news?\nMS. ORTAGUS: None from the Department.\nQUESTION: None?\nMS. ORTAGUS: None.", "USA"),
        ("Q: Has the Pentagon decided?\nGEN. RYDER: No.\nQ: When will it?\nGEN. RYDER: Soon.", "USA"),
        ("Question: Any news?\nSpokesman: None from the Secretariat.\nQuestion: None?\nSpokesman: None.", None),
        ("The State Department has no news.", None),
        ("QUESTION: Any news? MR. MILLER: None. QUESTION: None at all? MR. MILLER: None.", "USA"),
        ("QUESTION: Any news? Spokesman: None. QUESTION: None at all? Spokesman: None.", None),
    ],
)
def test_a_transcript_shows_it_by_its_form(text: str, home: str | None) -> None:
    assert home_of(Document(doc_id="1", text=text)) == home


@pytest.mark.parametrize(
    ("title", "home"),
    [
        ("Government of Canada announces flood relief", "CAN"),
        ("Embassy of Japan: Handover of ambulances", "JPN"),
        ("Embassy of Japan attacked in Lima", None),
        ("Government of Chad falls", None),
    ],
)
def test_a_title_in_the_name_of_a_government(title: str, home: str | None) -> None:
    assert home_of(Document(doc_id="1", text="Some words.", title=title)) == home
