"""Which incidents are parts of which: the attacks on single places of a wave, the bilaterals of a summit.

Read from the incidents' rows. Whether one is a part of another depends on those two alone; a part that fits several wholes goes to the one that fits best. So
what
an incident belongs to depends on the incidents that share a key with it (`part_keys`) and on no others. There is one level: a whole is part of nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from transforms.incidents.rules import Parts

_REALISED = ("occurred", "ongoing")
_BASES = ("text", "carried", "published")

Row = Mapping[str, Any]


class _Sides(NamedTuple):
    acting: frozenset[str]
    receiving: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.acting | self.receiving


def part_keys(incident: Row, rules: Parts) -> set[str]:
    """The keys of an incident that is a whole or may be a part: one shared by each whole and part that belong together."""
    days = _days(incident, rules)
    if days is None:
        return set()
    names = [f"party|{party}" for party in _sides(incident).all]
    if rules.place == "town":
        names += [f"town|{town}" for town in incident["towns"]]
    return {f"{incident['event_type']}|part|{day}|{name}" for day in range(days[0], days[1] + 1) for name in names}


def _days(incident: Row, rules: Parts) -> tuple[int, int] | None:
    """First and last day as ordinals, for single events that are dated closely enough."""
    first: datetime.date | None = incident["event_date"]
    last: datetime.date | None = incident["event_date_end"] or first
    if first is None or last is None or incident["scope"] != "event" or incident["date_basis"] not in _BASES:
        return None
    return (first.toordinal(), last.toordinal()) if (last - first).days < rules.longest_days else None


def _sides(incident: Row) -> _Sides:
    acting, receiving = (frozenset((incident[name] or "").split("+")) - {""} for name in ("acting", "receiving"))
    return _Sides(acting, receiving)


class Wholes(NamedTuple):
    """How incidents of one type belong together.

    Attributes:
        part_of: Part -> its whole, by incident_id.
        told_by_parts: Wholes that counts leave out, since incidents that may be their parts are counted and name all of their parties.
    """

    part_of: dict[str, str]
    told_by_parts: set[str]


def find_parts(incidents: Sequence[Row], rules: Parts) -> Wholes:
    """The wholes among incidents, and their parts.

    Args:
        incidents: Rows of one event type, in any order.
        rules: What makes a part.
    """
    wholes: dict[str, list[Row]] = {}
    for incident in incidents:
        if incident["gathers"]:
            for key in part_keys(incident, rules):
                wholes.setdefault(key, []).append(incident)
    part_of: dict[str, str] = {}
    untold = {incident["incident_id"]: incident for found in wholes.values() for incident in found}
    parties_of = {whole: (set(_sides(row).acting), set(_sides(row).receiving)) for whole, row in untold.items()}
    fitted = set()
    for incident in incidents:
        if incident["gathers"] or any(incident[name] in values for name, values in rules.bars.items()):
            continue
        near = {whole["incident_id"]: whole for key in part_keys(incident, rules) for whole in wholes.get(key, ())}
        ranked = ((_fit(incident, whole, rules), whole_id) for whole_id, whole in near.items())
        fits = [(rank, whole_id) for rank, whole_id in ranked if rank is not None]
        if fits:
            part_of[incident["incident_id"]] = min(fits)[1]
        for _, whole_id in fits:
            fitted.add(whole_id)
            for missing, named in zip(parties_of[whole_id], _sides(incident), strict=True):
                missing.difference_update(named)
    told = {whole for whole in fitted if not any(parties_of[whole])} if rules.counts == "parts" else set()
    return Wholes(part_of, told)


def _fit(part: Row, whole: Row, rules: Parts) -> tuple[int, int] | None:
    """How well one incident is a part of another, the least best; None where it is none."""
    if part["status"] != whole["status"] and not (part["status"] in _REALISED and whole["status"] in _REALISED):
        return None
    days, around = _days(part, rules), _days(whole, rules)
    if days is None or around is None or days[0] > around[1] or around[0] > days[1]:
        return None
    # Two nights that share a day are two.
    if rules.place == "area" and days[0] < days[1] and around[0] < around[1] and days != around:
        return None
    place = _in_area(part, whole) if rules.place == "area" else _in_town(part, whole)
    return None if place is None else (place, abs(days[0] - around[0]) + abs(days[1] - around[1]))


def _in_area(part: Row, whole: Row) -> int | None:
    """One side's attacks on the places of a country: the parties that both name agree."""
    mine, others = _sides(part), _sides(whole)
    if not mine.all & others.all or (mine.acting and others.acting and not mine.acting & others.acting):
        return None
    country = part["location_country"] is not None and part["location_country"] == whole["location_country"]
    if mine.receiving and others.receiving and not mine.receiving & others.receiving and not country:
        return None
    if whole["towns"]:
        return 0 if set(part["towns"]) & set(whole["towns"]) else None
    if part["location_country"] is not None and whole["location_country"] is not None:
        return 1 if country else None
    return 2 if mine.receiving & others.receiving else None


def _in_town(part: Row, whole: Row) -> int | None:
    """An encounter of some of those who gather, in the town where they gather; a gathering of organisations alone has no list of who was there."""
    mine, others = _sides(part).all, _sides(whole).all
    shared = mine & others
    if part["towns"] and whole["towns"]:
        if not set(part["towns"]) & set(whole["towns"]):
            return None
        return 0 if shared or not any(_is_state(party) for party in others) else None
    return 1 if len(shared) > 1 and shared == mine and len(mine) < len(others) else None


def _is_state(party: str) -> bool:
    return len(party) == 3 and party.isupper()
