from __future__ import annotations

import pytest

from transforms.language.inflection import forms


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
