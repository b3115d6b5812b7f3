from __future__ import annotations

import pytest

from transforms.language.inflection import forms, noun_forms


@pytest.mark.parametrize(
    ("lemma", "written"),
    [
        ("meet", {"meet", "meets", "met", "meeting", "meetings"}),
        ("strike", {"strike", "strikes", "struck", "striking"}),
        ("supply", {"supply", "supplies", "supplied", "supplying"}),
        ("stop", {"stops", "stopped", "stopping"}),
        ("bomb", {"bombs", "bombed", "bombing", "bombings"}),
        ("cross", {"crosses", "crossed"}),
        ("gunman", {"gunman", "gunmen"}),
        ("carpet-bomb", {"carpet-bombed", "carpet-bombing"}),
        ("negotiate", {"negotiated", "negotiating"}),
        ("tie", {"tying", "tied"}),
    ],
)
def test_forms_that_a_text_can_hold(lemma: str, written: set[str]) -> None:
    assert written <= forms(lemma)


def test_another_word_that_begins_alike_is_no_form() -> None:
    assert not {"armies", "army", "striker"} & (forms("arm") | forms("strike"))


@pytest.mark.parametrize(
    ("lemma", "written"),
    [
        ("support", {"support", "supports"}),
        ("supply", {"supply", "supplys", "supplies"}),
        ("gunman", {"gunman", "gunmans", "gunmen"}),
        ("speech", {"speech", "speechs", "speeches"}),
        ("strike", {"strike", "strikes"}),
    ],
)
def test_forms_of_a_noun(lemma: str, written: set[str]) -> None:
    assert noun_forms(lemma) == written
