from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.documents.identity import document_id, text_hash

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_link_and_text_make_the_id(link: str, text: str, other_link: str, other_text: str) -> None:
    same = (link, text) == (other_link, other_text)
    assert (document_id(None, link, text) == document_id(None, other_link, other_text)) is same


@given(TEXTS)
def test_no_link_is_an_empty_link(text: str) -> None:
    assert document_id(None, None, text) == document_id(None, "", text)
    assert len(document_id(None, None, text)) == len(text_hash(text)) == 32


def test_ids_do_not_change_between_versions() -> None:
    assert document_id(None, "https://example.org/a", "Text.") == "9588e7f831c478e3b7963cad671938b9"


def test_given_ids_and_prefixes() -> None:
    assert document_id("7", "https://example.org", "text", "agency-") == "agency-7"
    assert document_id(None, None, "text", "agency-") == "agency-" + document_id(None, None, "text")
