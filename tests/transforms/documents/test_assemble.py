from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.document import Document
from transforms.documents.assemble import Refusal, Rules, make_document
from transforms.documents.records import Limits, RawRecord

ENGLISH = "The two ministers met in Oslo on Monday to discuss how the ceasefire could be kept, officials of both sides said after the talks."
GERMAN = "Die beiden Minister trafen sich am Montag in Oslo, um über die Waffenruhe zu beraten, wie Vertreter beider Seiten nach dem Gespräch sagten."


def made(values: dict[str, object], path: str = "in.jsonl", rules: Rules | None = None, record: str | None = "line 1", inferred: bool = False) -> Document:
    document = make_document(RawRecord(record, values, inferred), path, rules or Rules())
    assert isinstance(document, Document), document
    return document


def refused(values: dict[str, object], rules: Rules | None = None) -> Refusal:
    refusal = make_document(RawRecord("line 1", values), "in.jsonl", rules or Rules())
    assert isinstance(refusal, Refusal), refusal
    return refusal


def test_a_whole_record() -> None:
    values = {"doc_id": "7", "url": "https://e.org/1", "source": "E", "title": "T", "date": "2025-03-20T23:00:00-05:00", "text": ENGLISH, "n_sentences": 1}
    assert made(values) == Document(
        doc_id="7",
        uri="https://e.org/1",
        source="E",
        title="T",
        published=datetime.datetime(2025, 3, 21, 4, tzinfo=datetime.UTC),
        published_date=datetime.date(2025, 3, 20),
        published_basis="given",
        language="en",
        text=ENGLISH,
    )


@given(st.text(min_size=1).filter(str.strip), st.text(), st.text())
def test_the_path_never_makes_the_id(text: str, path: str, other_path: str) -> None:
    one = make_document(RawRecord(None, {"text": text, "language": "en"}), path, Rules())
    other = make_document(RawRecord("row 2", {"body": text, "language": "en"}), other_path, Rules())
    if isinstance(one, Document) and isinstance(other, Document):
        assert one.doc_id == other.doc_id
    else:
        assert type(one) is type(other)


@pytest.mark.parametrize(
    ("values", "record", "option", "basis", "day"),
    [
        ({"published": "2025-01-01"}, None, "2025-02-02", "given", "2025-01-01"),
        ({"text": f"OSLO, March 20, 2025 – {ENGLISH}"}, None, "2025-02-02", "option", "2025-02-02"),
        # a dateline counts in plain text alone: a record that states no date has none
        ({"text": f"OSLO, March 20, 2025 – {ENGLISH}"}, None, None, "file_name", "2025-04-04"),
        ({}, None, None, "file_name", "2025-04-04"),
        ({}, "row 3", None, None, None),
        ({"published": "2025-03-21T03:00:00Z", "published_date": "2025-03-20"}, "row 1", None, "given", "2025-03-20"),
    ],
)
def test_where_the_time_of_publication_comes_from(
    values: dict[str, object], record: str | None, option: str | None, basis: str | None, day: str | None
) -> None:
    document = made({"text": ENGLISH} | values, "news-2025-04-04.txt", Rules(published=option), record)
    assert (document.published_basis, document.published_date and document.published_date.isoformat()) == (basis, day)


def test_a_dateline_of_a_plain_text_says_when_it_was_published() -> None:
    raw = RawRecord(None, {"text": f"OSLO, March 20, 2025 – {ENGLISH}"}, plain=True)
    document = make_document(raw, "news-2025-04-04.txt", Rules())
    assert isinstance(document, Document)
    assert (document.published_basis, document.published_date) == ("dateline", datetime.date(2025, 3, 20))


def test_a_date_within_a_sentence_is_no_dateline() -> None:
    raw = RawRecord(None, {"text": f"The army has held the town since 24 March 2022: the troops came at night. {ENGLISH}"}, plain=True)
    document = make_document(raw, "news-2025-04-04.txt", Rules())
    assert isinstance(document, Document)
    assert document.published_basis == "file_name"


def test_a_stated_time_that_cannot_be_read_fails_and_an_inferred_one_is_none() -> None:
    assert "ISO 8601" in refused({"text": ENGLISH, "published": "some day"}).error
    assert made({"text": ENGLISH, "published": "some day"}, inferred=True).published is None


def test_languages() -> None:
    assert refused({"text": GERMAN}) == Refusal("skipped", "language", refused({"text": GERMAN}).payload)
    assert refused({"text": ENGLISH, "language": "fra"}).error == "language"
    assert made({"text": GERMAN}, rules=Rules(languages=("en", "de"))).language == "de"
    assert made({"text": "Zwei Tote."}).language == "en"
    assert made({"text": ENGLISH, "language": "en-GB"}).language == "en"


def test_a_language_that_is_known_is_not_detected_again() -> None:
    def known(doc_id: str, text: str) -> str | None:
        return "de" if (doc_id, text) == ("a", ENGLISH) else None

    def language(**values: object) -> str | None:
        document = make_document(RawRecord("line 1", {"text": ENGLISH} | values), "in.jsonl", Rules(languages=("de", "en")), known)
        assert isinstance(document, Document)
        return document.language

    assert (language(doc_id="a"), language(doc_id="b")) == ("de", "en")
    # What the record states counts more.
    assert language(doc_id="a", language="en") == "en"


def test_the_limit_of_a_text() -> None:
    refusal = refused({"text": "a" * 101, "title": "T"}, Rules(limits=Limits(text_characters=100)))
    assert refusal.kind == "failed"
    assert "101 characters, over the limit of 100" in refusal.error
    assert refusal.payload is not None
    assert len(refusal.payload) <= 500


def test_the_file_is_the_uri_where_there_is_no_link() -> None:
    assert made({"text": ENGLISH}, "in\udcff.txt").uri == "in\ufffd.txt"


@pytest.mark.parametrize("rules", [Rules(published="soon"), Rules(languages=()), Rules(languages=("english",)), Rules(fields={"x": "y"})])
def test_rules_are_checked(rules: Rules) -> None:
    with pytest.raises(ValueError, match=r"."):
        rules.check()
