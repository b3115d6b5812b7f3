"""Whether two mentions report one event: agreement of dates, places, parties and own fields, and the joins of the rules over it.

The method is rule-based record linkage with two kinds of answers: evidence that joins a pair (*joins*, of decreasing strength), and what excludes a pair
(*contradictions*), which a whole cluster must be free of (`transforms.incidents.clustering`). Type, date, place and actors are the features that
deduplication of event data against ACLED's hand-made incidents was found to need, and a place no finer than a country to be what makes it wrong (Joint
Research Centre of the European Commission, work on deduplication of news-derived conflict events); hence the grades of place, and joins that ask for more
where the place is coarse.

All answers depend on the two mentions alone and are the same in either order.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from transforms.incidents.dates import compare_dates
from transforms.incidents.details import compare_details
from transforms.incidents.parties import PartyMatch, compare_parties
from transforms.incidents.places import compare_places
from transforms.incidents.reports import EVENT, PROCESS, Features
from transforms.incidents.rules import IncidentRules


class Agreement(NamedTuple):
    """How two mentions agree that do not contradict one another; grades and counts as `rules.Join` has them."""

    date: int
    place: int
    parties: int
    exact: bool
    persons: int
    details: int
    clashes: int
    carried: bool
    whole: bool

    @property
    def strength(self) -> int:
        """Which of two pairs that the same join makes one comes first."""
        return 4 * self.details + 3 * self.persons + 2 * (self.parties + self.exact) + 4 * self.whole + self.place + self.date - 2 * self.clashes


class Match(NamedTuple):
    """A join that holds: its index in the rules (0 is the strongest), and how well it holds."""

    level: int
    strength: int


def agreement(a: Features, b: Features, rules: IncidentRules, *, least_date: int = 0, agreed: tuple[PartyMatch, int] | None = None) -> Agreement | None:
    """How two mentions of one type agree, or None where they contradict: they are never in one incident.

    Args:
        a: One mention.
        b: The other.
        rules: The rules of their type.
        least_date: Also None where their dates do not agree so well: what asks for more need not compare the rest.
        agreed: How well their parties and their places agree, where that is known.
    """
    # What is a process never is a single event.
    if (a.kind == PROCESS) != (b.kind == PROCESS) and EVENT in (a.kind, b.kind):
        return None
    date = compare_dates(a, b, rules.dates)
    if date is None or date < least_date:
        return None
    if agreed is None:
        parties = compare_parties(a, b, rules.parties)
        place = compare_places(a, b, rules.places) if parties is not None else None
        if parties is None or place is None:
            return None
    else:
        parties, place = agreed
    details = compare_details(a, b, rules.details)
    if details is None:
        return None
    clashes = details[1] + parties.clashes
    carried, whole = "carried" in (a.basis, b.basis), a.whole and b.whole
    return Agreement(date, place, parties.shared, parties.exact, parties.persons, details[0], clashes, carried, whole)


def match(a: Features, b: Features, rules: IncidentRules, *, same_document: bool, agreed: tuple[PartyMatch, int] | None = None) -> Match | None:
    """The strongest join that makes two mentions one incident, or None; `agreed` as in `agreement`.

    Processes have no joins: those that are told alike are put together by `blocking.process_key`.
    """
    if PROCESS in (a.kind, b.kind):
        return None
    found = agreement(a, b, rules, least_date=0 if same_document else rules.least_date, agreed=agreed)
    if found is None:
        return None
    return strongest(found, rules, same_document=same_document)


@functools.lru_cache(maxsize=65_536)
def strongest(found: Agreement, rules: IncidentRules, *, same_document: bool) -> Match | None:
    """The strongest join of the rules that an agreement satisfies, or None."""
    for level, join in enumerate(rules.joins):
        if (
            found.date >= join.date
            and found.place >= join.place
            and found.parties >= join.parties
            and found.details >= join.details
            and found.clashes <= join.clashes
            and found.persons >= join.persons
            and (same_document or not join.same_document)
            and join.exact in (None, found.exact)
            and (found.carried or not join.carried)
            and (found.whole or not join.whole)
        ):
            return Match(level, found.strength)
    return None


def contradict(a: Features, b: Features, rules: IncidentRules) -> bool:
    """Whether two mentions can never be in one incident, whoever else is in it."""
    return agreement(a, b, rules) is None
