"""Which steps are steps of one aid package: asked for, promised, authorised, given, stopped.

The steps for one list of recipients are taken in order of time. A step joins the package of a donor of its own whose amounts are the same sum, the nearest in
time where several are. The same step told again long after is that of another package of the same size. A step without an amount joins a package only where
one alone fits. So the packages depend on the incidents for the same recipients and on no others (`package_key`).
"""

from __future__ import annotations

import dataclasses
import datetime
import math
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.incidents.details import same_amount, words_of
from transforms.incidents.rules import Detail, IncidentRules, Package

Row = Mapping[str, Any]

_BUCKET = 0.12
"""Width of the classes of amounts by which packages are looked up [of the natural logarithm]; wider than any tolerance."""


def package_key(incident: Row) -> str | None:
    """What the steps of one package share; None for what is no single step, or names no donor or no recipient."""
    if incident["scope"] != "event" or not incident["acting"] or not incident["receiving"]:
        return None
    return f"{incident['event_type']}|package|{incident['receiving']}"


@dataclasses.dataclass(slots=True)
class _Step:
    incident: Row
    day: int
    donors: frozenset[str]


@dataclasses.dataclass(slots=True)
class _PackageSoFar:
    """A package as it grows: its steps with amounts in order of time, and the day on which each kind of step was last told."""

    steps: list[_Step]
    told: dict[str, int]
    number: int


def find_packages(incidents: Sequence[Row], rules: IncidentRules) -> dict[str, str]:
    """incident_id -> the package: the id of its first step. Steps that belong to no other have one of their own.

    Args:
        incidents: Rows of one event type, in any order; all that share a `package_key`, for each.
        rules: The rules of that type, with `package`.
    """
    if rules.package is None:
        return {}
    groups: dict[str, list[_Step]] = {}
    found = {}
    for incident in incidents:
        if incident["scope"] != "event":
            continue
        found[incident["incident_id"]] = incident["incident_id"]
        key, day = package_key(incident), _day(incident)
        if key is not None and day is not None:
            groups.setdefault(key, []).append(_Step(incident, day, frozenset(incident["acting"].split("+"))))
    details = {detail.field: detail for detail in rules.details}
    for steps in groups.values():
        steps.sort(key=lambda step: (step.day, step.incident["incident_id"]))
        for package in _group(steps, rules.package, details):
            found.update(dict.fromkeys(package[1:], package[0]))
    return found


def _day(incident: Row) -> int | None:
    day: datetime.date | None = incident["event_date"] or incident["event_date_end"] or incident["first_published_date"]
    return None if day is None else day.toordinal()


def _group(steps: Sequence[_Step], rules: Package, details: Mapping[str, Detail]) -> list[list[str]]:
    """Packages of more than one step, as ids in order of time."""
    open_by_size: dict[tuple[str, int], list[_PackageSoFar]] = {}
    packages: list[_PackageSoFar] = []
    for step in steps:
        if step.incident[rules.amount] is None:
            continue
        nearby = {
            id(package): package
            for donor in step.donors
            for size in _sizes(step.incident, details[rules.amount])
            for package in open_by_size.get((donor, size), ())
            if step.day - package.steps[-1].day <= rules.window_days
        }
        fitting = [package for package in nearby.values() if _fits(step, package, rules, details[rules.amount])]
        if fitting:
            package = min(fitting, key=lambda each: (step.day - each.steps[-1].day, each.number))
            package.steps.append(step)
        else:
            package = _PackageSoFar([step], {}, len(packages))
            packages.append(package)
        package.told[step.incident[rules.step]] = step.day
        for donor in step.donors:
            for size in _sizes(step.incident, details[rules.amount])[:1]:
                listed = [each for each in open_by_size.get((donor, size), ()) if step.day - each.steps[-1].day <= rules.window_days and each is not package]
                open_by_size[donor, size] = [*listed, package]
    joined = _untold(steps, packages, rules, details[rules.items])
    whole = [sorted([*package.steps, *joined.get(package.number, ())], key=lambda each: (each.day, each.incident["incident_id"])) for package in packages]
    return [[step.incident["incident_id"] for step in package] for package in whole if len(package) > 1]


def _sizes(incident: Row, amount: Detail) -> list[int]:
    """The class of an amount, and its neighbours: amounts that agree are in the same or in neighbouring ones."""
    value = incident[amount.converted] if amount.converted is not None and incident[amount.converted] is not None else incident[amount.field]
    size = math.floor(math.log(max(value, 1e-9)) / _BUCKET)
    return [size, size - 1, size + 1]


def _fits(step: _Step, package: _PackageSoFar, rules: Package, amount: Detail) -> bool:
    last = package.told.get(step.incident[rules.step])
    if last is not None and step.day - last > rules.repeat_days:
        return False
    return all(
        step.donors & other.donors and same_amount(amount, step.incident, other.incident) and _same_kind(step.incident, other.incident, rules)
        for other in package.steps
    )


def _same_kind(a: Row, b: Row, rules: Package) -> bool:
    kinds = {a[rules.kind], b[rules.kind]} - rules.kind_unknown - {"unknown", None}
    return len(kinds) < 2


def _untold(steps: Sequence[_Step], packages: Sequence[_PackageSoFar], rules: Package, items: Detail) -> dict[int, list[_Step]]:
    """Steps without an amount, by the number of the one package that each fits."""
    by_day: dict[int, list[_PackageSoFar]] = {}
    for package in packages:
        for week in {step.day // rules.untold_days for step in package.steps}:
            by_day.setdefault(week, []).append(package)
    found: dict[int, list[_Step]] = {}
    for step in steps:
        if step.incident[rules.amount] is not None:
            continue
        week = step.day // rules.untold_days
        near = {package.number: package for each in (week - 1, week, week + 1) for package in by_day.get(each, ())}
        fitting = [
            package
            for package in near.values()
            if min(abs(step.day - other.day) for other in package.steps) <= rules.untold_days
            and all(_alike(step, other, rules, items) for other in package.steps)
        ]
        if len(fitting) == 1:
            found.setdefault(fitting[0].number, []).append(step)
    return found


def _alike(step: _Step, other: _Step, rules: Package, items: Detail) -> bool:
    """Whether a step without an amount may be of the same package: one donor, and the same things where both name them, else the same kind."""
    if not step.donors & other.donors or not _same_kind(step.incident, other.incident, rules):
        return False
    mine, others = (words_of(each.incident[rules.items] or "") - items.unknown for each in (step, other))
    if mine and others:
        return bool(mine & others)
    return step.incident[rules.kind] == other.incident[rules.kind] and step.incident[rules.kind] not in rules.kind_unknown | {"unknown"}
