from __future__ import annotations

import pytest

from pipeline.reasons import BASES, rule_of
from schemas.event_types import event_types
from schemas.mention import DATE_BASES
from transforms.events.frames import frames


def test_every_basis_of_a_date_has_its_words() -> None:
    assert set(BASES) == set(DATE_BASES)


@pytest.mark.parametrize("event_type", event_types())
def test_every_rule_of_every_frame_says_its_words_and_roles(event_type: str) -> None:
    for trigger in frames()[event_type].triggers:
        rule = rule_of(f"{event_type}/{trigger.name}")
        assert rule is not None
        assert rule.file == f"seeds/frames/{event_type}.toml"
        assert f"{trigger.pos}: " in rule.trigger
        said = [condition for condition in rule.conditions if " → " in condition]
        assert {slot for slots in said for slot in slots.partition(" → ")[0].split(", ")} >= set(trigger.roles)


@pytest.mark.parametrize("rule", ["meeting/none", "protest/march", "meeting", ""])
def test_an_unknown_rule_is_none(rule: str) -> None:
    assert rule_of(rule) is None
