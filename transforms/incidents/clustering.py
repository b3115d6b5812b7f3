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
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from transforms.disjoint_sets import DisjointSets
from transforms.incidents.pairs import Edges, Node, alike, edges
from transforms.incidents.population import Population
from transforms.incidents.reports import EVENT
from transforms.incidents.rules import IncidentRules
from transforms.incidents.similarity import contradict

_Edge = tuple[int, int, int, int]
"""Level, strength, first and second node."""

_COMPARED = 24
"""So many neighbours of a cluster are looked at to tell whether they exclude one another."""


@dataclasses.dataclass(frozen=True, slots=True)
class Membership:
    """Where each report belongs, by number in the order of the reports given.

    Attributes:
        incidents: The first report of its incident.
        components: The first report of its component.
    """

    incidents: NDArray[np.int32]
    components: NDArray[np.int32]


def cluster(population: Population, rules: IncidentRules) -> Membership:
    """The incidents and components of the reports of one event type.

    Args:
        population: The reports, in the order that says which report of an incident is the first (`published`, nulls last, then `event_id`).
        rules: The rules of their type.
    """
    nodes = alike(population, rules)
    keys = population.keys
    joins = edges(nodes, (keys.of(node.members[0]) if len(node.members) == 1 else set().union(*map(keys.of, node.members)) for node in nodes), rules)
    node_of = _node_of(nodes, len(population.alike))
    processes = [sorted(set(node_of[np.frombuffer(members, np.int32)].tolist())) for _, members in sorted(population.processes.items())]

    components = DisjointSets(len(nodes))
    for a, b in zip(joins.first.tolist(), joins.second.tolist(), strict=True):
        components.union(a, b)
    for group in processes:
        for other in group[1:]:
            components.union(group[0], other)

    merged = DisjointSets(len(nodes))
    clusters = _Clusters(nodes, rules, merged)
    for component in _by_component(joins, components):
        clusters.join(component)
    for group in processes:
        if len(group) > 1:
            clusters.join_processes(group)

    first = np.array([node.members[0] for node in nodes], np.int32)
    incidents, of_components = (first[np.fromiter(map(sets.find, range(len(nodes))), np.int32, len(nodes))][node_of] for sets in (merged, components))
    return Membership(incidents, of_components)


def _node_of(nodes: Sequence[Node], reports: int) -> NDArray[np.int32]:
    """The position of each report's node."""
    found = np.empty(reports, np.int32)
    sizes = np.array([len(node.members) for node in nodes], np.int64)
    found[np.fromiter(itertools.chain.from_iterable(node.members for node in nodes), np.int32, reports)] = np.repeat(
        np.arange(len(nodes), dtype=np.int32), sizes
    )
    return found


def _by_component(joins: Edges, components: DisjointSets) -> Iterator[list[_Edge]]:
    """The joins of each component, strongest first; those that are equally strong in the order of their nodes."""
    roots = np.array([components.find(node) for node in joins.first.tolist()], np.int64)
    order = np.lexsort((joins.second, joins.first, -joins.strengths, joins.levels, roots))
    ends = np.flatnonzero(np.diff(roots[order], append=-1)) + 1
    for start, end in itertools.pairwise([0, *ends.tolist()]):
        chosen = order[start:end]
        yield list(zip(*(column[chosen].tolist() for column in (joins.levels, joins.strengths, joins.first, joins.second)), strict=True))


class _Clusters:
    """Clusters of nodes as they grow; none that holds an event ever holds two nodes that contradict one another."""

    def __init__(self, nodes: Sequence[Node], rules: IncidentRules, merged: DisjointSets) -> None:
        self._nodes = nodes
        self._rules = rules
        self._merged = merged
        self._members: dict[int, list[int]] = {}
        self._known: dict[tuple[int, int], bool] = {}

    def join(self, joins: Sequence[_Edge]) -> None:
        """Takes the joins of one component, strongest first; those that are equally strong are weighed together."""
        # What a join holds between does not contradict.
        self._known = {(a, b): False for _, _, a, b in joins}
        for (level, _), tier in itertools.groupby(joins, key=lambda edge: edge[:2]):
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
