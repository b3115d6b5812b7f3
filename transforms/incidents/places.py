"""How well the places of two mentions agree: containment, with unknowns."""

from __future__ import annotations

import math

from transforms.incidents.reports import Features, Town
from transforms.incidents.rules import PLACE_GRADES, Places

ANYWHERE, COUNTRY, DISTRICT, TOWN = range(len(PLACE_GRADES))

_EARTH_KM = 6371.0


def compare_places(a: Features, b: Features, rules: Places) -> int | None:
    """The grade of agreement, or None where one event cannot be at both places.

    `TOWN`: a town or point in common. `DISTRICT`: the same first-level division, or a point near a town. `COUNTRY`: the same country, at least one of them
    no closer. `ANYWHERE`: one of them is not told. With `rules.single`, several towns, or a
    country that a wave is told of, are another place than one town: the wave and its part.
    """
    if not rules.counts:
        return ANYWHERE
    if rules.single and (_wave_against_town(a, b) or _wave_against_town(b, a)):
        return None
    near = _towns(a.towns, b.towns, rules) if a.towns and b.towns else ANYWHERE
    if near is None or near == TOWN:
        return near
    if a.countries and b.countries and not a.countries & b.countries:
        return None
    if near == DISTRICT:
        return near
    if a.districts and b.districts:
        return DISTRICT if a.districts & b.districts else None
    return COUNTRY if a.countries and b.countries else ANYWHERE


def _wave_against_town(wave: Features, other: Features) -> bool:
    """Whether one is told as a wave over a country, in its own words, and the other of one town: that is its part."""
    return wave.whole and not wave.towns and bool(wave.countries) and wave.basis != "carried" and len(other.towns) == 1


def _towns(first: tuple[Town, ...], second: tuple[Town, ...], rules: Places) -> int | None:
    common = sum(1 for town in first if any(_same(town, other, rules) for other in second))
    if rules.single and max(len(first), len(second)) > 1:
        # Two reports of a wave name most towns alike; a report of one town is of a part of it.
        return TOWN if min(len(first), len(second)) > 1 and common * 2 >= min(len(first), len(second)) else None
    if common:
        return TOWN
    if all(town.known for town in first) and all(town.known for town in second):
        within = any(_near(town, other, rules.point_km) for town in first for other in second if town.point or other.point)
        return DISTRICT if within else None
    # A name that no gazetteer has may be a quarter of the other town, a street, a village near it.
    return ANYWHERE


def _same(a: Town, b: Town, rules: Places) -> bool:
    if a.name == b.name:
        return a.country is None or b.country is None or a.country == b.country
    return not a.point and not b.point and _near(a, b, rules.near_km)


def _near(a: Town, b: Town, limit_km: float) -> bool:
    """Whether two places are at most so far apart (haversine formula on a sphere); unknown coordinates are not near."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return False
    if abs(a.latitude - b.latitude) > limit_km / 110:
        return False
    phi, other = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((other - phi) / 2) ** 2 + math.cos(phi) * math.cos(other) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half))) <= limit_km
