"""How well the parties of two mentions agree, side by side, with unknowns."""

from __future__ import annotations

from typing import NamedTuple

from transforms.incidents.reports import Features
from transforms.incidents.rules import Parties


class PartyMatch(NamedTuple):
    """What two mentions have in common.

    Attributes:
        shared: Parties that both name, over all sides.
        exact: Every side names the same parties in both.
        persons: Persons that both name.
        clashes: Parties for which each names other persons.
    """

    shared: int
    exact: bool
    persons: int
    clashes: int


def compare_parties(a: Features, b: Features, rules: Parties) -> PartyMatch | None:
    """What two mentions have in common, or None where their parties exclude one event.

    A side that one of them does not name says nothing. Otherwise the sides must share a party; where neither holds the other, a share of `overlap`; and of two
    lists of two and more, the longer may have `surplus` more. Other persons for one party are a clash (another delegate), for two parties another encounter.
    """
    if rules.sidelines and (_on_the_sidelines(a, b) or _on_the_sidelines(b, a)):
        return None
    shared = 0
    exact = True
    for index, (first, second) in enumerate(zip(a.sides, b.sides, strict=True)):
        if first == second:
            shared += len(first)
            continue
        exact = False
        if not first or not second:
            continue
        common = len(first & second)
        if not common:
            if rules.bases and ((first | a.bases[index]) & (second | b.bases[index])):
                continue
            return None
        if common < min(len(first), len(second)):
            if common < rules.overlap * len(first | second):
                return None
        elif rules.surplus is not None and common > 1 and abs(len(first) - len(second)) > rules.surplus:
            return None
        shared += common
    persons = clashes = 0
    if a.persons and b.persons:
        others = dict(b.persons)
        for party, ids in a.persons:
            against = others.get(party)
            if against is not None:
                common = len(ids & against)
                persons += common
                clashes += not common
        if clashes > 1:
            return None
    return PartyMatch(shared, exact, persons, clashes)


def _on_the_sidelines(gathering: Features, other: Features) -> bool:
    return gathering.whole and not other.whole and len(other.parties) == 2 and len(gathering.parties) not in (0, 2)
