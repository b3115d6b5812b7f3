from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text_table import escaped, shortened, text_table, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Île — 5 €", "Île — 5 €"),
        ("a\tb\nc", r"a\tb\nc"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\u202eabc", r"\u202eabc"),
        ("\u2028", r"\u2028"),
        ("a\xa0b", "a\xa0b"),
    ],
)
def test_control_characters_are_written_out(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text())
def test_nothing_escapes_unseen(text: str) -> None:
    shown = escaped(text)
    assert all(each.isprintable() or each.isspace() for each in shown)
    assert "\x1b" not in shown
    assert len(shown.splitlines()) <= 1


@given(st.text(), st.integers(1, 20))
def test_a_cut_text_fits(text: str, limit: int) -> None:
    assert width(shortened(text, limit)) <= limit


def test_columns_stand_below_each_other() -> None:
    assert list(text_table(["name", "n"], [["東京", "7"], ["Bern", "123"]], right=[False, True])) == ["name    n", "────  ───", "東京    7", "Bern  123"]
