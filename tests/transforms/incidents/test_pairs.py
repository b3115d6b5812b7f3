from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings

from schemas.event_types import event_types
from tests.transforms.incidents.mentions import report, strike, table
from tests.transforms.incidents.random_mentions import mentions
from transforms.incidents.pairs import Node, alike, edges
from transforms.incidents.population import gather
from transforms.incidents.reports import PROCESS, reports
from transforms.incidents.rule_files import incident_rules
from transforms.incidents.similarity import match


@settings(max_examples=60, deadline=None)
@given(mentions(14))
def test_edges_are_all_joins_between_nodes_that_share_a_key(rows: list[dict[str, Any]]) -> None:
    for event_type in event_types():
        rules = incident_rules(event_type)
        told = [row for row in rows if row["event_type"] == event_type]
        population = gather(reports([table(told)], rules), rules)
        nodes = alike(population, rules)
        keys = [set().union(*(population.keys.of(member) for member in node.members)) for node in nodes]
        expected = set()
        for (one, a), (other, b) in itertools.combinations(enumerate(nodes), 2):
            if keys[one] & keys[other] and PROCESS not in (a.features.kind, b.features.kind):
                join = match(a.features, b.features, rules, same_document=not set(a.documents).isdisjoint(b.documents))
                if join is not None:
                    expected.add((join.level, join.strength, one, other))
        joins = edges(nodes, keys, rules)
        assert sorted(zip(joins.levels, joins.strengths, joins.first, joins.second, strict=True)) == sorted(expected)


def test_nodes_that_share_no_key_are_not_compared() -> None:
    rules = incident_rules("strike")
    told = [strike("RUS", "UKR", date="2025-03-04", at="Brevna/UKR", doc=name) for name in ("a", "b")]
    nodes = [Node(report(row).features, [index], [index]) for index, row in enumerate(told)]
    assert len(edges(nodes, [{1}, {2}], rules).first) == 0
    assert len(edges(nodes, [set(), set()], rules).first) == 0
    assert list(edges(nodes, [{1, 3}, {2, 1, 3}], rules).second) == [1]


def test_reports_that_are_alike_are_one_node_with_all_their_documents() -> None:
    rules = incident_rules("strike")
    told = [strike("RUS", "UKR", date="2025-03-04", at="Brevna/UKR", doc=name) for name in ("a", "b", "b")]
    (node,) = alike(gather(reports([table(told)], rules), rules), rules)
    assert (sorted(node.members), node.documents) == ([0, 1, 2], {0, 1})
