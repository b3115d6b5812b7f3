from __future__ import annotations

import itertools

import pytest

from pipeline.report.standing import LABELS, standing
from schemas.event_types.aid_decision import DECISIONS
from schemas.mention import STATUSES


@pytest.mark.parametrize(
    ("status", "decision", "expected"),
    [
        ("occurred", None, "happened"),
        ("ongoing", "delivered", "happened"),
        ("occurred", "pledged", "happened"),
        ("occurred", "requested", "asked"),
        ("planned", "requested", "planned"),
        ("occurred", "rejected", "denied"),
        ("denied", "approved", "denied"),
        ("occurred", "suspended", "stopped"),
        ("cancelled", None, "stopped"),
        ("proposed", None, "asked"),
    ],
)
def test_what_did_not_happen_has_another_standing(status: str, decision: str | None, expected: str) -> None:
    assert standing(status, decision) == expected


def test_every_status_with_every_decision_stands_somehow() -> None:
    assert {standing(*each) for each in itertools.product(STATUSES, (None, *DECISIONS))} == set(LABELS)
