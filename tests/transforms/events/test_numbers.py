"""Counts in words and figures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.events.numbers import Quantity, any_of, parse_cardinal, parse_number


@pytest.mark.parametrize(
    ("words", "minimum", "maximum"),
    [
        ("12", 12, 12),
        ("12,000", 12000, 12000),
        ("1.2 million", 1200000, 1200000),
        ("twelve", 12, 12),
        ("Twenty-one", 21, 21),
        ("one hundred and five", 105, 105),
        ("two hundred thousand", 200000, 200000),
        ("one thousand two hundred and thirty-four", 1234, 1234),
        ("a hundred", 100, 100),
        ("a dozen", 12, 12),
        ("half a dozen", 6, 6),
        ("two dozen", 24, 24),
        ("dozens", 24, None),
        ("several dozen", 24, None),
        ("scores", 40, None),
        ("hundreds", 200, None),
        ("thousands", 2000, None),
        ("tens of thousands", 20000, None),
        ("no", 0, 0),
        ("none", 0, 0),
        ("nobody", 0, 0),
        ("at least 12", 12, None),
        ("at least another 12", 12, None),
        ("12 or more", 12, None),
        ("no fewer than 12", 12, None),
        ("more than 100", 101, None),
        ("over 100", 101, None),
        ("more than a dozen", 13, None),
        ("at least two dozen", 24, None),
        ("more than dozens", 24, None),
        ("up to 12", None, 12),
        ("as many as 12", None, 12),
        ("no more than 5", None, 5),
        ("fewer than 10", None, 9),
        ("less than 10", None, 9),
        ("nearly 100", 100, 100),
        ("about 100", 100, 100),
        ("some 100", 100, 100),
        ("roughly two hundred", 200, 200),
        ("between 10 and 15", 10, 15),
        ("10 to 15", 10, 15),
        ("10–15", 10, 15),
        ("three or four", 3, 4),
        ("several", None, None),
        ("a number of", None, None),
    ],
)
def test_counts(words: str, minimum: int | None, maximum: int | None) -> None:
    assert parse_number(words) == Quantity(minimum, maximum)


@pytest.mark.parametrize("words", ["", "soldiers", "the cat", "at least", "only", "12 soldiers", "twelfth"])
def test_no_counts(words: str) -> None:
    assert parse_number(words) is None


@given(st.integers(0, 10**9))
def test_figures_say_what_they_say(number: int) -> None:
    assert parse_number(f"{number:,}") == parse_number(str(number)) == Quantity(number, number)
    assert parse_number(f"at least {number:,}") == Quantity(number, None)


@given(st.integers(1, 999), st.sampled_from(["thousand", "million", "billion"]))
def test_scales_multiply(number: int, scale: str) -> None:
    assert parse_cardinal(f"{number} {scale}") == number * {"thousand": 1e3, "million": 1e6, "billion": 1e9}[scale]


@given(st.text(max_size=40))
def test_any_words_can_be_read(words: str) -> None:
    quantity = parse_number(words)
    assert quantity is None or quantity.minimum is None or quantity.maximum is None or quantity.minimum <= quantity.maximum


_WORDS = st.lists(st.text("abAB -", min_size=1, max_size=4).filter(lambda word: word.strip() == word), min_size=1, max_size=8)


@given(_WORDS, st.text("abAB -", max_size=12), st.booleans())
def test_any_of_finds_the_longest_of_its_words_at_each_place(words: list[str], text: str, any_case: bool) -> None:
    found = re.compile(any_of(words), re.IGNORECASE if any_case else 0)
    for start in range(len(text)):
        fitting = [word for word in words if (text.lower().startswith(word.lower(), start) if any_case else text.startswith(word, start))]
        match = found.match(text, start)
        assert (match.end() - start if match else None) == max(map(len, fitting), default=None)
