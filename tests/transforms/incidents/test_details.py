from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.incidents.mentions import aid, meeting, report, strike
from transforms.incidents.details import compare_details, words_of
from transforms.incidents.rule_files import incident_rules


def compared(first: dict[str, Any], second: dict[str, Any]) -> tuple[int, int] | None:
    rules = incident_rules(first["event_type"]).details
    found = compare_details(report(first).features, report(second).features, rules)
    assert compare_details(report(second).features, report(first).features, rules) == found
    return found


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"weapon": "drone"}, {"weapon": "drone"}, (1, 0)),
        ({"weapon": "drone"}, {"weapon": "missile"}, (0, 1)),
        ({"weapon": "drone"}, {"weapon": "unknown"}, (0, 0)),
        ({"weapon": "drone"}, {"weapon": "other"}, (0, 0)),
        ({"weapon": "drone"}, {"weapon": "mine"}, None),
        ({"weapon": "bomb"}, {"weapon": "vehicle"}, (0, 1)),
        ({"target_kind": "energy"}, {"target_kind": "port"}, (0, 0)),
        ({"killed_min": 4}, {"killed_min": 4}, (2, 0)),
        ({"killed_min": 0}, {"killed_min": 0}, (0, 0)),
        ({"killed_min": 4}, {}, (0, 0)),
        ({"killed_min": 4}, {"killed_min": 9}, (0, 0)),
        ({"killed_min": 4}, {"killed_min": 90}, (0, 1)),
        ({"killed_min": 4}, {"killed_min": 4, "casualties_scope": "part"}, (0, 0)),
        ({"killed_min": 4}, {"killed_min": 9, "published": "2025-03-07"}, (0, 0)),
        ({"killed_min": 9}, {"killed_min": 4, "published": "2025-03-07"}, (0, 1)),
        ({"killed_min": 0}, {"killed_min": 2, "published": "2025-03-07"}, (0, 0)),
        ({"injured_min": 9}, {"injured_min": 4, "published": "2025-03-07"}, (0, 0)),
    ],
)
def test_strikes(first: dict[str, Any], second: dict[str, Any], expected: tuple[int, int] | None) -> None:
    assert compared(strike(**first), strike(**second)) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"decision": "pledged"}, {"decision": "approved"}, None),
        ({"amount": 5e8, "currency": "USD"}, {"amount": 5e8, "currency": "USD"}, (2, 0)),
        ({"amount": 5e8, "currency": "USD"}, {"amount": 5.05e8, "currency": "USD"}, (2, 0)),
        ({"amount": 5e8, "currency": "USD"}, {"amount": 5.5e8, "currency": "USD"}, None),
        ({"amount": 4e8, "amount_max": 6e8, "currency": "USD"}, {"amount": 5.5e8, "currency": "USD"}, (2, 0)),
        ({"amount": 5e8, "currency": "USD"}, {"currency": "USD"}, (0, 0)),
        ({"amount": 5e8, "currency": "USD"}, {"amount": 5e8, "currency": "EUR"}, (0, 0)),
        ({"amount": 5e8, "currency": "USD", "amount_usd": 5e8}, {"amount": 4.6e8, "currency": "EUR", "amount_usd": 5.1e8}, (2, 0)),
        ({"amount": 5e8, "currency": "USD", "amount_usd": 5e8}, {"amount": 5e8, "currency": "EUR", "amount_usd": 5.7e8}, None),
        ({"amount": 0.0, "currency": "USD"}, {"amount": 0.0, "currency": "USD"}, (2, 0)),
        ({"aid_kind": "military"}, {"aid_kind": "financial"}, (0, 1)),
        ({"items": "two Larkspur batteries"}, {"items": "a Larkspur battery"}, (1, 0)),
        ({"items": "air defence systems"}, {"items": "power generators"}, (0, 1)),
        ({"items": "more aid"}, {"items": "power generators"}, (0, 0)),
    ],
)
def test_aid(first: dict[str, Any], second: dict[str, Any], expected: tuple[int, int] | None) -> None:
    assert compared(aid("USA", "UKR", **first), aid("USA", "UKR", **second)) == expected


def test_a_call_is_no_visit() -> None:
    assert compared(meeting(["A", "B"], format="phone"), meeting(["A", "B"], format="in_person")) is None
    assert compared(meeting(["A", "B"], topic="grain exports"), meeting(["A", "B"], topic="the export of grain")) == (1, 0)
    assert compared(meeting(["A", "B"], topic="grain exports"), meeting(["A", "B"], topic="prisoners")) == (0, 0)


def test_words() -> None:
    assert words_of("Two Générateurs, 155 mm shells") == {"two", "generateur", "shell"}
