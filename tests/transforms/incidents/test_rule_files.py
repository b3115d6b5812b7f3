from __future__ import annotations

import tomllib
from typing import Any

import pytest

from schemas.event_types import event_types
from transforms.incidents.rule_files import incident_rules, parse_rules, rule_files


def changed(change: str, by: str) -> dict[str, Any]:
    text = rule_files()["strike.toml"]
    assert change in text
    return tomllib.loads(text.replace(change, by, 1))


@pytest.mark.parametrize("event_type", sorted(event_types()))
def test_every_event_type_has_rules(event_type: str) -> None:
    rules = incident_rules(event_type)
    assert rules.joins
    assert {role for side in rules.parties.sides for role in side} <= set(event_types()[event_type].ROLES)


def test_a_type_without_a_file_takes_its_sides_from_the_schema() -> None:
    default = tomllib.loads(rule_files()["default.toml"])
    assert parse_rules("strike", default, "default.toml").parties.sides == (("attacker",), ("target",))
    assert parse_rules("meeting", default, "default.toml").parties.sides == (("participant", "host", "mediator"),)


@pytest.mark.parametrize(
    ("change", "by", "said"),
    [
        ('field = "weapon"', 'field = "calibre"', "calibre is no own field of strike"),
        ('["attacker"]', '["aggressor"]', "aggressor is no role of strike"),
        ('compare = "toll"', 'compare = "count"', "'count' is none of choice, words, toll, amount"),
        ('differ = "clashes"', 'differ = "clash"', "'clash' is none of nothing, clashes, contradicts"),
        ('place = "town"', 'place = "city"', "'city' is missing, or is not one of the grades"),
        ('date = "day"\nplace = "town"\nparties = 1\n', 'date = "day"\n', "needs parties or place = 'town'"),
        ('date = "day"\nplace = "town"', 'place = "town"', "holds between documents and needs a date"),
        ("counts = true", "counts = false", "asks for a place, and [place] counts is false"),
        ('ongoing = "process"', 'ongoing = "habit"', "'habit' is neither"),
        ("longest_days = 3", "longest_days = 3\nshortest_days = 1", "unknown key shortest_days"),
        ("bucket_days = 2", "bucket = 2", "bucket"),
        ('key = ["target_kind"]', 'key = ["aim"]', "aim is no own field"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_reason(change: str, by: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"^seeds/incidents/strike.toml: ") as error:
        parse_rules("strike", changed(change, by), "seeds/incidents/strike.toml")
    assert said in str(error.value)
