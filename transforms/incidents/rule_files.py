"""What tells one incident from another, by event type: data of `seeds/incidents/`, read and checked here.

One file an event type, `default.toml` for a type that has none. No code of this folder names an event type or one of its fields.

A file says, under
    `[parties]` which roles are set against one another (`sides`, each a list of roles that are pooled) and how far two lists may differ,
    `[date]` how far apart two days may be told,
    `[place]` whether the place decides,
    `[process]` what is told as a habit or a total and is no single event,
    `[whole]` what is told as a whole of several (a wave of attacks, a summit), and `[parts]` which incidents are its parts (`transforms.incidents.parts`),
    `[package]` which steps are steps of one package (`transforms.incidents.packages`),
    `[[details]]` how own fields are compared (`transforms.incidents.details`),
    `[[joins]]` the evidence that makes two mentions one incident, from the strongest to the weakest,
    `[[summary]]` own fields that are taken from one mention together.
"""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from typing import Any

from schemas.event_types import event_types, own_columns
from transforms.incidents.rules import (
    COMPARISONS,
    DATE_GRADES,
    DIFFERENCES,
    PLACE_GRADES,
    Dates,
    Detail,
    IncidentRules,
    Join,
    Package,
    Parties,
    Parts,
    Places,
    Process,
    Together,
    Whole,
)


def rule_files() -> dict[str, str]:
    """The texts of `seeds/incidents/`, by name of the file."""
    folder = importlib.resources.files("seeds").joinpath("incidents")
    return {file.name: file.read_text("utf-8") for file in sorted(folder.iterdir(), key=lambda each: each.name) if file.name.endswith(".toml")}


@functools.cache
def incident_rules(event_type: str) -> IncidentRules:
    """The rules of an event type.

    Raises:
        ValueError: The file names a field, role or grade that does not exist, or a join that would compare all mentions with all.
    """
    files = rule_files()
    name = f"{event_type}.toml" if f"{event_type}.toml" in files else "default.toml"
    return parse_rules(event_type, tomllib.loads(files[name]), f"seeds/incidents/{name}")


def parse_rules(event_type: str, data: Mapping[str, Any], file: str) -> IncidentRules:
    """Rules from the contents of a file.

    Args:
        event_type: A type of `schemas.event_types`.
        data: The file as TOML gives it.
        file: Its name, for errors.

    Raises:
        ValueError: As `incident_rules`.
    """
    record = event_types()[event_type]
    try:
        acting = [[record.ACTING], [record.RECEIVING]] if record.RECEIVING else [list(record.ROLES)]
        parties = dict(data.get("parties", {}))
        process = dict(data["process"])
        rules = IncidentRules(
            event_type=event_type,
            parties=Parties(**parties | {"sides": tuple(tuple(side) for side in parties.get("sides", acting))}),
            dates=Dates(**data["date"]),
            places=Places(**data["place"]),
            process=Process(
                ongoing=process.pop("ongoing"),
                longest_days=process.pop("longest_days"),
                triggers=frozenset(process.pop("triggers", ())),
                habits=frozenset(process.pop("habits", ())),
                always=_values(process.pop("always", {})),
                unless_day=_values(process.pop("unless_day", {})),
                key=tuple(process.pop("key", ())),
            ),
            details=tuple(_detail(each) for each in data.get("details", ())),
            joins=tuple(_join(each) for each in data["joins"]),
            together=tuple(_together(each) for each in data.get("summary", ())),
            whole=Whole(**_sets(data.get("whole", {}), "triggers")),
            parts=Parts(**dict(data["parts"]) | {"bars": _values(data["parts"].get("bars", {}))}) if "parts" in data else None,
            package=Package(**_sets(data["package"], "kind_unknown")) if "package" in data else None,
        )
    except KeyError as error:
        raise ValueError(f"{file}: {error} is missing, or is not one of the grades {', '.join((*DATE_GRADES, *PLACE_GRADES))}") from error
    except TypeError as error:
        raise ValueError(f"{file}: {error}") from error
    problems = [*_unknown_names(rules, process), *_unbounded(rules)]
    if problems:
        raise ValueError(f"{file}: {'; '.join(problems)}")
    return rules


def _values(given: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(values) for name, values in given.items()}


def _sets(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return dict(given) | {name: frozenset(given.get(name, ())) for name in names}


def _detail(given: Mapping[str, Any]) -> Detail:
    return Detail(**dict(given) | {"unknown": frozenset(given.get("unknown", ())), "groups": tuple(frozenset(group) for group in given.get("groups", ()))})


def _join(given: Mapping[str, Any]) -> Join:
    rest = dict(given)
    return Join(
        name=rest.pop("name"),
        same_document={"same": True, "any": False}[rest.pop("document", "any")],
        date=_grade(DATE_GRADES, rest.pop("date", "any")),
        place=_grade(PLACE_GRADES, rest.pop("place", "any")),
        apart={"apart": True, "join": False}[rest.pop("ambiguous", "join")],
        **{"parties": 0, "exact": None, "carried": False, "persons": 0, "details": 0, "clashes": 0, "whole": False} | rest,
    )


def _grade(grades: tuple[str, ...], name: str) -> int:
    return {grade: index for index, grade in enumerate(grades)}[name]


def _together(given: Mapping[str, Any]) -> Together:
    fields = tuple(given["fields"])
    return Together(fields, tuple(given.get("stated_with", fields)), _values(given.get("prefer", {})))


def _unknown_names(rules: IncidentRules, leftover: Mapping[str, Any]) -> list[str]:
    record = event_types()[rules.event_type]
    own = {each.name for each in own_columns(record)}
    fields = {*rules.fields, *(name for each in rules.together for name in (*each.fields, *each.stated_with, *each.prefer))}
    fields.update(rules.parts.bars if rules.parts is not None else ())
    if rules.package is not None:
        fields.update((rules.package.step, rules.package.amount, rules.package.kind, rules.package.items))
    found = [f"{name} is no own field of {rules.event_type}" for name in sorted(fields - own)]
    found += [f"{role} is no role of {rules.event_type}" for side in rules.parties.sides for role in side if role not in record.ROLES]
    found += [f"compare = {each.compare!r} is none of {', '.join(COMPARISONS)}" for each in rules.details if each.compare not in COMPARISONS]
    found += [f"differ = {each.differ!r} is none of {', '.join(DIFFERENCES)}" for each in rules.details if each.differ not in DIFFERENCES]
    found += [f"unknown key {name} in [process]" for name in leftover]
    if rules.parts is not None:
        found += [f"place = {rules.parts.place!r} is neither 'area' nor 'town'"] if rules.parts.place not in ("area", "town") else []
        found += [f"counts = {rules.parts.counts!r} is neither 'parts' nor 'both'"] if rules.parts.counts not in ("parts", "both") else []
    if rules.package is not None:
        compared = {each.field for each in rules.details}
        found += [f"{name} of [package] has no [[details]]" for name in (rules.package.amount, rules.package.items) if name not in compared]
    if rules.process.ongoing not in ("process", "floating"):
        found.append(f"ongoing = {rules.process.ongoing!r} is neither 'process' nor 'floating'")
    return found


def _unbounded(rules: IncidentRules) -> list[str]:
    """Joins that no block key can serve: they would compare all mentions with all (`transforms.incidents.blocking`)."""
    found = []
    for join in rules.joins:
        anchored = join.parties > 0 or join.place == _grade(PLACE_GRADES, "town")
        if not anchored:
            found.append(f"the join {join.name!r} needs parties or place = 'town'")
        if not join.same_document and join.date == 0:
            found.append(f"the join {join.name!r} holds between documents and needs a date")
        if join.place and not rules.places.counts:
            found.append(f"the join {join.name!r} asks for a place, and [place] counts is false")
    return found
