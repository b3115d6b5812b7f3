"""Mentions into incidents: agglomerative clustering with exclusions.

Plain connected components chain errors: a report without a town joins two towns, a report without a day joins two days. So joins are taken from the strongest
to the weakest, and two clusters become one only if no mention of one contradicts a mention of the other (constrained agglomerative clustering, as in Davidson
and Ravi 2005, with cannot-link pairs from `similarity.contradict`). Where a join of a weaker kind holds between a cluster and two others that exclude one
another, the evidence does not say which it is, and it joins neither (`rules.Join.apart`).

The result depends on the set of mentions alone: reports are put in one order first, and all ties are broken by it. What connects mentions, directly or over
others, is a component; clustering a component alone gives what clustering everything gives.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from transforms.incidents.blocking import block_keys, process_key
from transforms.incidents.parties import compare_parties
from transforms.incidents.places import compare_places
from transforms.incidents.reports import EVENT, PROCESS, Features, Report
from transforms.incidents.rules import IncidentRules
from transforms.incidents.similarity import contradict, match

_COMPARED = 24
"""So many neighbours of a cluster are looked at to tell whether they exclude one another."""


@dataclasses.dataclass(frozen=True, slots=True)
class Membership:
    """Where each report belongs, in the order of the reports given: the index of its incident's first report, and that of its component's."""

    incidents: list[int]
    components: list[int]


@dataclasses.dataclass(slots=True)
class _Node:
    """Reports that are alike to clustering and are joined by one of the rules: compared once."""

    features: Features
    members: list[int]
    documents: set[str]


class _Sets:
    """Disjoint sets of 0 to n-1; the least element stands for its set."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        parent = self.parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def union(self, a: int, b: int) -> int:
        a, b = self.find(a), self.find(b)
        low, high = (a, b) if a < b else (b, a)
        self.parent[high] = low
        return low


def cluster(reports: Sequence[Report], rules: IncidentRules) -> Membership:
    """The incidents and components of the reports of one event type.

    Args:
        reports: In the order that says which report of an incident is the first (`published`, nulls last, then `event_id`).
        rules: The rules of their type.
    """
    nodes = _alike(reports, rules)
    keys = [block_keys(reports[node.members[0]], rules).union(*(block_keys(reports[member], rules) for member in node.members[1:])) for node in nodes]
    edges = _edges(nodes, keys, rules)
    processes = _processes(nodes, reports, rules)

    components = _Sets(len(nodes))
    for _, _, a, b in edges:
        components.union(a, b)
    for group in processes:
        for other in group[1:]:
            components.union(group[0], other)

    by_component: dict[int, list[tuple[int, int, int, int]]] = {}
    for edge in edges:
        by_component.setdefault(components.find(edge[2]), []).append(edge)
    merged = _Sets(len(nodes))
    clusters = _Clusters(nodes, rules, merged)
    for root in sorted(by_component):
        clusters.join(by_component[root])
    for group in processes:
        clusters.join_processes(group)

    incidents, component_of = [0] * len(reports), [0] * len(reports)
    for index, node in enumerate(nodes):
        first, first_of_component = nodes[merged.find(index)].members[0], nodes[components.find(index)].members[0]
        for member in node.members:
            incidents[member], component_of[member] = first, first_of_component
    return Membership(incidents, component_of)


def _alike(reports: Sequence[Report], rules: IncidentRules) -> list[_Node]:
    """Nodes in the order of their first reports; reports with equal features are one where a join holds between any two, within a document or at all."""
    joined: dict[Features, tuple[bool, bool]] = {}
    nodes: dict[tuple[Features, str], _Node] = {}
    for index, report in enumerate(reports):
        features = report.features
        if features not in joined:
            joined[features] = (
                match(features, features, rules, same_document=False) is not None,
                match(features, features, rules, same_document=True) is not None,
            )
        anywhere, within = joined[features]
        key = (features, "" if anywhere else f"in {report.doc_id}" if within else f"is {report.event_id}")
        node = nodes.get(key)
        if node is None:
            nodes[key] = _Node(features, [index], {report.doc_id})
        else:
            node.members.append(index)
            node.documents.add(report.doc_id)
    return list(nodes.values())


def _edges(nodes: Sequence[_Node], keys: Sequence[set[str]], rules: IncidentRules) -> list[tuple[int, int, int, int]]:
    """All joins that hold between nodes that share a key, as (level, -strength, first node, second node), strongest first.

    Within a block, nodes that are alike in what excludes most others (`_Kinds`) are one group: a node is compared with the members of those groups alone that
    it does not contradict. So a block of many towns does not cost the square of its size.
    """
    blocks: dict[str, dict[int, list[int]]] = {}
    kinds = _Kinds(rules)
    edges = []
    for index, node in enumerate(nodes):
        kind = kinds.number(node.features)
        others: set[int] = set()
        for key in keys[index]:
            groups = blocks.setdefault(key, {})
            for other_kind, members in groups.items():
                if kinds.agree(kind, other_kind):
                    others.update(members)
            groups.setdefault(kind, []).append(index)
        if node.features.kind == PROCESS:
            continue
        for other in others:
            before = nodes[other]
            found = match(before.features, node.features, rules, same_document=not before.documents.isdisjoint(node.documents))
            if found is not None:
                edges.append((found.level, -found.strength, other, index))
    edges.sort()
    return edges


class _Kinds:
    """Kinds of nodes by what excludes most others: who takes part and where. Neither hangs on a date."""

    def __init__(self, rules: IncidentRules) -> None:
        self._rules = rules
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._examples: list[Features] = []
        self._known: dict[tuple[int, int], bool] = {}

    def number(self, features: Features) -> int:
        """The kind of a node."""
        place = (features.towns, features.districts, features.countries, features.basis == "carried") if self._rules.places.counts else ()
        number = self._numbers.setdefault((*place, features.sides, features.bases, features.persons, features.whole), len(self._examples))
        if number == len(self._examples):
            self._examples.append(features)
        return number

    def agree(self, one: int, other: int) -> bool:
        """Whether nodes of two kinds do not contradict one another in this."""
        key = (one, other) if one < other else (other, one)
        found = self._known.get(key)
        if found is None:
            a, b = self._examples[one], self._examples[other]
            found = compare_parties(a, b, self._rules.parties) is not None and compare_places(a, b, self._rules.places) is not None
            self._known[key] = found
        return found


def _processes(nodes: Sequence[_Node], reports: Sequence[Report], rules: IncidentRules) -> list[list[int]]:
    """Nodes that are told as one process, if they are told as processes at all."""
    groups: dict[str, list[int]] = {}
    for index, node in enumerate(nodes):
        if node.features.kind == EVENT:
            continue
        for key in {process_key(reports[member], rules) for member in node.members}:
            if key is not None:
                groups.setdefault(key, []).append(index)
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


class _Clusters:
    """Clusters of nodes as they grow; none that holds an event ever holds two nodes that contradict one another."""

    def __init__(self, nodes: Sequence[_Node], rules: IncidentRules, merged: _Sets) -> None:
        self._nodes = nodes
        self._rules = rules
        self._merged = merged
        self._members: dict[int, list[int]] = {}
        self._known: dict[tuple[int, int], bool] = {}

    def join(self, edges: Iterable[tuple[int, int, int, int]]) -> None:
        """Takes the edges of one component, strongest first; those that are equally strong are weighed together."""
        self._known.clear()
        for (level, _), tier in itertools.groupby(edges, key=lambda edge: edge[:2]):
            pairs = [(a, b) for _, _, a, b in tier]
            unclear = self._unclear(pairs) if self._rules.joins[level].apart else frozenset()
            roots = [(self._merged.find(a), self._merged.find(b)) for a, b in pairs]
            for first, second in roots:
                if (first, second) not in unclear and (second, first) not in unclear:
                    self._merge(first, second)

    def join_processes(self, group: Sequence[int]) -> None:
        """Puts those nodes together whose clusters hold no single event.

        What would tell two encounters apart (by phone, in person) does not tell two processes apart, which have the parties and the month in common.
        """
        roots = sorted({self._merged.find(index) for index in group})
        processes = [root for root in roots if all(self._nodes[index].features.kind != EVENT for index in self._of(root))]
        for root in processes[1:]:
            members = self._of(processes[0]) + self._of(root)
            self._members[self._merged.union(processes[0], root)] = members

    def _of(self, root: int) -> list[int]:
        return self._members.get(root) or [root]

    def _merge(self, a: int, b: int) -> None:
        a, b = self._merged.find(a), self._merged.find(b)
        if a == b or self._exclude(a, b):
            return
        members = self._of(a) + self._of(b)
        self._members[self._merged.union(a, b)] = members

    def _exclude(self, a: int, b: int) -> bool:
        """Whether a member of one cluster contradicts one of the other."""
        return any(self._contradict(one, other) for one in self._of(a) for other in self._of(b))

    def _contradict(self, one: int, other: int) -> bool:
        key = (one, other) if one < other else (other, one)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = contradict(self._nodes[one].features, self._nodes[other].features, self._rules)
        return found

    def _unclear(self, pairs: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """Pairs of clusters of which one fits two that exclude one another equally well."""
        neighbours: dict[int, set[int]] = {}
        for a, b in pairs:
            first, second = self._merged.find(a), self._merged.find(b)
            if first != second and not self._exclude(first, second):
                neighbours.setdefault(first, set()).add(second)
                neighbours.setdefault(second, set()).add(first)
        unclear: set[tuple[int, int]] = set()
        for root, around in neighbours.items():
            compared = sorted(around)[:_COMPARED]
            if any(self._exclude(one, other) for one, other in itertools.combinations(compared, 2)):
                unclear.update((root, other) for other in around)
        return frozenset(unclear)
