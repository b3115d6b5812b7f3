from __future__ import annotations

import re

import pytest

from transforms.events.wording import Wording


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?i)\\b(?:UAVs?|Storm Shadows?)\\b", "a STORM shadow"),
        ("(?i)\\b(?:UAVs?|Storm Shadows?)\\b", "two uavs"),
        ("(?i)fire\\S+ (?P<Where>[A-Z]+)", "FIREPOWER Here"),
        ("(?i)É\\W+\\d", "É, 5"),
        ("\\bIs\\b", "Is it"),
        ("(?i)\\bair strike\\b", "İzmir: AIR strike"),
    ],
)
def test_it_finds_what_a_regular_expression_finds(pattern: str, text: str) -> None:
    found, expected = Wording(pattern).search(text), re.search(pattern, text)
    assert found is not None
    assert expected is not None
    assert found.span() == expected.span()
    assert [each.span() for each in Wording(pattern).finditer(text)] == [each.span() for each in re.finditer(pattern, text)]


def test_capitals_count_where_the_pattern_does_not_say_otherwise() -> None:
    assert Wording("\\bIs\\b").search("is it") is None


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(re.error):
        Wording("(?i)(")
