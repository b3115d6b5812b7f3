"""Which mentions are compared, and the joins that hold between them.

Mentions that share a block key (`transforms.incidents.blocking`) are candidates. They are gone through in order of publication, and a block is forgotten after
its last mention: blocks span days, so few of them are open at a time, however many there are.
"""

from __future__ import annotations

import array
import dataclasses
import functools
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.incidents.parties import PartyMatch, compare_parties
from transforms.incidents.places import compare_places
from transforms.incidents.population import Population
from transforms.incidents.reports import PROCESS, Features
from transforms.incidents.rules import IncidentRules
from transforms.incidents.similarity import match


@dataclasses.dataclass(slots=True)
class Node:
    """Reports that are alike to clustering and are joined by one of the rules: compared once."""

    features: Features
    members: Sequence[int]
    documents: Collection[int]


@dataclasses.dataclass(frozen=True, slots=True)
class Edges:
    """Joins that hold, a position each: how strong, and between which nodes; the first node is the smaller."""

    levels: NDArray[np.int64]
    strengths: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]


def alike(population: Population, rules: IncidentRules) -> list[Node]:
    """Nodes in the order of their first reports; reports with equal features are one where a join holds between any two, within a document or at all."""
    documents = population.documents
    alone = functools.cache(lambda document: (document,))
    nodes = []
    for features, members in population.groups():
        for some in (members,) if len(members) == 1 else _joined(features, members, documents, rules):
            nodes.append(Node(features, some, alone(documents[some[0]]) if len(some) == 1 else frozenset(documents[each] for each in some)))
    return sorted(nodes, key=lambda node: node.members[0])


def _joined(features: Features, members: Sequence[int], documents: Sequence[int], rules: IncidentRules) -> Iterable[Sequence[int]]:
    """Reports with equal features, in groups of which a join holds between any two."""
    if match(features, features, rules, same_document=False) is not None:
        return [members]
    if match(features, features, rules, same_document=True) is None:
        return [(each,) for each in members]
    by_document: dict[int, list[int]] = {}
    for each in members:
        by_document.setdefault(documents[each], []).append(each)
    return by_document.values()


def _meet(some: Collection[int], others: Collection[int]) -> bool:
    """Whether two nodes have a document in common."""
    few, many = (some, others) if len(some) <= len(others) else (others, some)
    return any(document in many for document in few)


def edges(nodes: Sequence[Node], keys: Iterable[Collection[int]], rules: IncidentRules) -> Edges:
    """All joins that hold between nodes that share a key.

    Within a block, nodes that are alike in what excludes most others (`_Kinds`) are one group: a node is compared with the members of those groups alone that
    it does not contradict; these are looked up by the parties that they share, where they tell any. So a block of many towns or parties does not cost the
    square of its size.

    Args:
        nodes: The nodes, in order of publication.
        keys: The block keys of each.
        rules: The rules of their type.
    """
    starts, shared, left = _shared_blocks(keys)
    kinds = _Kinds(rules)
    blocks: dict[int, dict[str, dict[int, list[int]]]] = {}
    columns = [array.array("q") for _ in range(4)]
    for index, node in enumerate(nodes):
        kind = kinds.number(node.features)
        names = _names(node.features, rules)
        others: dict[int, tuple[PartyMatch, int]] = {}
        for block in shared[starts[index] : starts[index + 1]].tolist():
            groups = blocks.setdefault(block, {})
            # Two that name no common party on a side that both tell contradict one another.
            for group in [groups[name] for name in (*names, "") if name in groups] if names else list(groups.values()):
                for other_kind, members in group.items():
                    agreed = kinds.compare(kind, other_kind)
                    if agreed is not None:
                        others.update(dict.fromkeys(members, agreed))
            left[block] -= 1
            if left[block]:
                for name in names or ("",):
                    groups.setdefault(name, {}).setdefault(kind, []).append(index)
            else:
                del blocks[block]
        if node.features.kind == PROCESS:
            continue
        for other, agreed in others.items():
            before = nodes[other]
            found = match(before.features, node.features, rules, same_document=_meet(before.documents, node.documents), agreed=agreed)
            if found is not None:
                for column, value in zip(columns, (found.level, found.strength, other, index), strict=True):
                    column.append(value)
    return Edges(*(np.frombuffer(column, np.int64) if column else np.empty(0, np.int64) for column in columns))


def _shared_blocks(keys: Iterable[Collection[int]]) -> tuple[list[int], NDArray[np.int32], array.array[int]]:
    """The blocks that hold several nodes, by number: where the blocks of each node start, the blocks node by node, and how many nodes each holds."""
    hashes, counts = array.array("Q"), array.array("q")
    for found in keys:
        hashes.extend(found)
        counts.append(len(found))
    values = np.frombuffer(hashes, np.uint64) if hashes else np.empty(0, np.uint64)
    ordered = np.sort(values)
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    del ordered
    # Piece by piece: of millions of keys each temporary array takes tens of megabytes.
    places = np.concatenate([np.empty(0, np.int32), *(_positions(values[start : start + _KEYS], shared) for start in range(0, len(values), _KEYS))])
    numbers = places[places >= 0]
    within = np.concatenate([np.zeros(1, np.int32), np.cumsum(places >= 0, dtype=np.int32)])
    ends = np.concatenate([[0], np.cumsum(np.array(counts, np.int64))])
    return within[ends].tolist(), numbers, array.array("i", np.bincount(numbers, minlength=len(shared)).tolist())


_KEYS = 1 << 18
"""So many keys are looked up at a time."""


def _positions(values: NDArray[np.uint64], among: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Where values are in an ascending array; -1 for those that are not."""
    if not len(among):
        return np.full(len(values), -1, np.int32)
    place = np.minimum(np.searchsorted(among, values), len(among) - 1).astype(np.int32)
    return np.where(among[place] == values, place, np.int32(-1))


def _names(features: Features, rules: IncidentRules) -> frozenset[str]:
    """What one of two nodes that both tell the first side has to share with the other."""
    side = features.sides[0]
    return side | features.bases[0] if side and rules.parties.bases else side


_REMEMBERED = 200_000
"""So many comparisons of kinds are remembered at a time."""


class _Kinds:
    """Kinds of nodes by what excludes most others: who takes part and where. Neither hangs on a date."""

    def __init__(self, rules: IncidentRules) -> None:
        self._rules = rules
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._examples: list[Features] = []
        self._known: dict[tuple[int, int], tuple[PartyMatch, int] | None] = {}

    def number(self, features: Features) -> int:
        """The kind of a node."""
        place = (features.towns, features.districts, features.countries, features.basis == "carried") if self._rules.places.counts else ()
        number = self._numbers.setdefault((*place, features.sides, features.bases, features.persons, features.whole), len(self._examples))
        if number == len(self._examples):
            self._examples.append(features)
        return number

    def compare(self, one: int, other: int) -> tuple[PartyMatch, int] | None:
        """How well the parties and the places of nodes of two kinds agree; None where they contradict one another in this."""
        key = (one, other) if one < other else (other, one)
        if key in self._known:
            return self._known[key]
        a, b = self._examples[one], self._examples[other]
        parties = compare_parties(a, b, self._rules.parties)
        place = compare_places(a, b, self._rules.places) if parties is not None else None
        found = None if parties is None or place is None else (parties, place)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = found
        return found
