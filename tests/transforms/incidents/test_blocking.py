from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import pytest
from hypothesis import given, settings

from tests.transforms.incidents.mentions import keys_of, meeting, of_each_type, report, strike, table
from tests.transforms.incidents.random_mentions import mentions
from transforms.incidents.clusterer import IncidentClusterer
from transforms.incidents.rule_files import incident_rules
from transforms.incidents.similarity import match


def keys(row: dict[str, Any]) -> set[int]:
    return keys_of(report(row), incident_rules(row["event_type"]))


@settings(max_examples=100, deadline=None)
@given(mentions())
def test_mentions_that_are_joined_share_a_key(rows: list[dict[str, Any]]) -> None:
    for first, second in itertools.combinations(rows, 2):
        if first["event_type"] != second["event_type"]:
            assert not keys(first) & keys(second)
            continue
        a, b = report(first), report(second)
        rules = incident_rules(first["event_type"])
        # What is joined by two names of one town alone is not looked for.
        rules = dataclasses.replace(rules, places=dataclasses.replace(rules.places, near_km=-1))
        if match(a.features, b.features, rules, same_document=a.doc_id == b.doc_id):
            assert keys(first) & keys(second)


def test_every_mention_has_a_key() -> None:
    assert keys(strike())
    assert keys(meeting([], published=None))


def test_keys_of_the_table_are_those_of_the_mentions() -> None:
    rows = [strike("RUS", "UKR", at="Brevna/UKR"), meeting(["RUS", "UKR"], doc="b"), strike("RUS", "UKR", doc="c")]
    by_id = {row["event_id"]: row for row in rows}
    for told in of_each_type(table(rows)):
        assert IncidentClusterer().blocks(told).to_pylist() == [
            sorted(key >> 33 for key in keys(by_id[event_id])) for event_id in told.column("event_id").to_pylist()
        ]


@pytest.mark.parametrize(
    ("row", "limit"),
    [
        pytest.param(strike("RUS", "UKR", date="2025-03-04", at="Brevna/UKR"), 5, id="one day"),
        pytest.param(strike("RUS", "UKR", date="2020-01-01..2025-03-04"), 3, id="years are compared within the document alone"),
        pytest.param(meeting([f"S{index:02d}" for index in range(40)], date="2025-03-04"), 60, id="a summit of forty has no key for each pair"),
    ],
)
def test_keys_are_few(row: dict[str, Any], limit: int) -> None:
    assert len(keys(row)) <= limit


def test_two_reports_of_a_summit_meet_although_one_names_fewer() -> None:
    states = [f"S{index:02d}" for index in range(30)]
    assert keys(meeting(states, date="2025-03-04")) & keys(meeting(states[:-1], date="2025-03-04", doc="b"))


def test_days_far_apart_share_no_key_between_documents() -> None:
    first, second = strike("RUS", "UKR", date="2025-03-04", at="Brevna/UKR"), strike("RUS", "UKR", date="2025-03-14", at="Brevna/UKR", doc="b")
    assert not keys(first) & keys(second)
