"""Chains of place names: what is one, and what only looks like one."""

from __future__ import annotations

import pytest

from transforms.events.chains import find_chains
from transforms.language.sentences import Span


def chains(text):
    return [(text[each.start : each.first_end], text[each.start : each.end]) for each in find_chains(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two people died in Hroza, Kharkiv Oblast, Ukraine.", [("Hroza", "Hroza, Kharkiv Oblast, Ukraine")]),
        ("A bomb exploded in Peshawar, Pakistan, on Friday.", [("Peshawar", "Peshawar, Pakistan")]),
        ("They met in Jeddah, Saudi Arabia, and in Geneva, Switzerland.", [("Jeddah", "Jeddah, Saudi Arabia"), ("Geneva", "Geneva, Switzerland")]),
        # a town that no gazetteer knows lies where the chain says
        ("An air strike hit a car in Kfar Qwerty, Lebanon.", [("Kfar Qwerty", "Kfar Qwerty, Lebanon")]),
        # the country speaks
        ("In Kyiv, Ukraine said that it would answer.", []),
        # enumerations
        ("They flew to Kyiv, Moscow and Washington.", []),
        ("Talks in Israel, Lebanon and Syria failed.", []),
        ("On Monday, Ukraine asked for help.", []),
    ],
)
def test_chains(text, expected):
    assert chains(text) == expected


def test_offsets_count_in_the_document():
    text = "Nothing here. A bomb exploded in Peshawar, Pakistan."
    (chain,) = find_chains(text, Span(14, len(text)))
    assert text[chain.start : chain.end] == "Peshawar, Pakistan"
    assert chain.within(text) == "Pakistan"
