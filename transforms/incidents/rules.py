"""What tells one incident from another, by event type: data of `seeds/incidents/`, read and checked here.

One file an event type, `default.toml` for a type that has none. No code of this folder names an event type or one of its fields.

A file says, under
    `[parties]` which roles are set against one another (`sides`, each a list of roles that are pooled) and how far two lists may differ,
    `[date]` how far apart two days may be told,
    `[place]` whether the place decides,
    `[process]` what is told as a habit or a total and is no single event,
    `[[details]]` how own fields are compared (`transforms.incidents.details`),
    `[[joins]]` the evidence that makes two mentions one incident, from the strongest to the weakest,
    `[[summary]]` own fields that are taken from one mention together.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from typing import Any

from schemas.event_types import event_types, own_columns

DATE_GRADES = ("any", "open", "adjacent", "overlap", "day")
"""How well two dates agree, from nothing said to the same single day (`transforms.incidents.dates`)."""

PLACE_GRADES = ("any", "country", "district", "town")
"""How well two places agree, from nothing said to the same town (`transforms.incidents.places`)."""

COMPARISONS = ("choice", "words", "toll", "amount")
DIFFERENCES = ("nothing", "clashes", "contradicts")


@dataclasses.dataclass(frozen=True, slots=True)
class Parties:
    """How the parties of two mentions are compared.

    Attributes:
        sides: Roles that are compared with one another; the roles of one side are pooled.
        overlap: Where neither list holds the other, the share of all parties that both must have.
        surplus: Of two lists of two and more, how many more the longer may have; None is any number.
        bases: An armed group and the state that it is based in do not contradict one another.
        persons: Persons are compared within a party: other persons of one party clash, of two parties contradict.
    """

    sides: tuple[tuple[str, ...], ...]
    overlap: float = 0.0
    surplus: int | None = None
    bases: bool = False
    persons: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Dates:
    """How the dates of two mentions are compared; all in days.

    Attributes:
        bucket_days: Width of the spans of days by which mentions are put together before they are compared.
        reported_days: How much earlier than its publication news of the day may have happened.
        undated_days: How far an event without a date may lie from the publication of its mention, for mentions of other documents.
        nights: Spans of two days are nights and are one only where they are equal.
        wide_days: A longer span is compared within its document alone.
    """

    bucket_days: int
    reported_days: int
    undated_days: int
    nights: bool = False
    wide_days: int = 45


@dataclasses.dataclass(frozen=True, slots=True)
class Places:
    """How the places of two mentions are compared.

    Attributes:
        counts: Whether the place decides at all.
        single: An incident has one town: a mention of several is another incident than a mention of one of them.
        near_km: Two towns that are no farther apart are one.
        point_km: A building, camp or square that is no farther from a town is in its district.
    """

    counts: bool
    single: bool = False
    near_km: float = 3.0
    point_km: float = 25.0


@dataclasses.dataclass(frozen=True, slots=True)
class Process:
    """What is no single event.

    Attributes:
        ongoing: What a mention is that is `ongoing` without a date of its own and names no town: `process`, or `floating` (it joins a dated mention of its
            document, else it is a process).
        triggers: Trigger words that are `floating` where neither date nor town is told.
        longest_days: What is told with such a trigger or as `ongoing` over a longer span is a process.
        always: Own field -> values that make a mention a process.
        unless_day: The same, but for a mention that is dated to one day or night.
        key: Own fields that tell one process from another, beside its parties.
    """

    ongoing: str
    triggers: frozenset[str]
    longest_days: int
    always: Mapping[str, frozenset[str]]
    unless_day: Mapping[str, frozenset[str]]
    key: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Detail:
    """How one own field is compared; see `transforms.incidents.details` for the comparisons.

    Attributes:
        field: The own field.
        compare: `choice`, `words`, `toll` or `amount`.
        differ: What a difference does: `nothing`, `clashes` (a join says how many it bears) or `contradicts` (never one incident).
        weight: What agreement adds to the details that a join asks for.
        unknown: Values that say nothing, beside null and `unknown`; of phrases, words that tell nothing apart (singular).
        groups: Choice: values that may be told of one event. Two that differ within a group are `differ`; two that share none contradict.
        scope: Toll: the field that says whether the count is that of the event.
        maximum, currency, converted: Amount: the fields with the upper end, the currency and the amount in one currency for all.
        tolerance, converted_tolerance: Amount: the relative difference that is none.
    """

    field: str
    compare: str
    differ: str
    weight: int
    unknown: frozenset[str] = frozenset()
    groups: tuple[frozenset[str], ...] = ()
    scope: str | None = None
    maximum: str | None = None
    currency: str | None = None
    converted: str | None = None
    tolerance: float = 0.0
    converted_tolerance: float = 0.0

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields that the comparison reads, `field` first."""
        return tuple(name for name in (self.field, self.scope, self.maximum, self.currency, self.converted) if name is not None)


@dataclasses.dataclass(frozen=True, slots=True)
class Join:
    """Evidence that is enough for one incident, if nothing contradicts.

    Attributes:
        name: What it says, in words.
        same_document: Holds within one document alone.
        date, place: Least grade, an index of `DATE_GRADES` and `PLACE_GRADES`.
        parties: Least number of parties that both name, over all sides.
        exact: Whether every side names the same parties in both; None is either.
        carried: One of them takes its date from what it refers to.
        persons: Least number of persons that both name.
        details: Least weight of own fields that agree.
        clashes: Greatest number of clashes.
        apart: A mention that fits two incidents equally well, which exclude one another, joins neither.
    """

    name: str
    same_document: bool
    date: int
    place: int
    parties: int
    exact: bool | None
    carried: bool
    persons: int
    details: int
    clashes: int
    apart: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Together:
    """Own fields that an incident takes from one mention.

    Attributes:
        fields: The fields.
        stated_with: A mention states them where one of these is not null.
        prefer: Own field -> values: mentions that have them come first, whatever their age.
    """

    fields: tuple[str, ...]
    stated_with: tuple[str, ...]
    prefer: Mapping[str, frozenset[str]]


@dataclasses.dataclass(frozen=True)
class IncidentRules:
    """All rules of one event type."""

    event_type: str
    parties: Parties
    dates: Dates
    places: Places
    process: Process
    details: tuple[Detail, ...]
    joins: tuple[Join, ...]
    together: tuple[Together, ...]

    @functools.cached_property
    def anchors(self) -> tuple[bool, bool, bool]:
        """Whether joins between documents rest on a town, on one party without a town, on two: what blocks are made by."""
        across = [join for join in self.joins if not join.same_document]
        elsewhere = [join.parties for join in across if join.place < len(PLACE_GRADES) - 1]
        return len(elsewhere) < len(across), 1 in elsewhere, any(parties > 1 for parties in elsewhere)

    @functools.cached_property
    def least_date(self) -> int:
        """The least grade of date that a join between documents is content with."""
        return min((join.date for join in self.joins if not join.same_document), default=len(DATE_GRADES))

    @functools.cached_property
    def fields(self) -> tuple[str, ...]:
        """The own fields that clustering reads."""
        names = [name for detail in self.details for name in detail.fields]
        return tuple(dict.fromkeys([*names, *self.process.key, *self.process.always, *self.process.unless_day]))


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
                always=_values(process.pop("always", {})),
                unless_day=_values(process.pop("unless_day", {})),
                key=tuple(process.pop("key", ())),
            ),
            details=tuple(_detail(each) for each in data.get("details", ())),
            joins=tuple(_join(each) for each in data["joins"]),
            together=tuple(_together(each) for each in data.get("summary", ())),
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
        **{"parties": 0, "exact": None, "carried": False, "persons": 0, "details": 0, "clashes": 0} | rest,
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
    found = [f"{name} is no own field of {rules.event_type}" for name in sorted(fields - own)]
    found += [f"{role} is no role of {rules.event_type}" for side in rules.parties.sides for role in side if role not in record.ROLES]
    found += [f"compare = {each.compare!r} is none of {', '.join(COMPARISONS)}" for each in rules.details if each.compare not in COMPARISONS]
    found += [f"differ = {each.differ!r} is none of {', '.join(DIFFERENCES)}" for each in rules.details if each.differ not in DIFFERENCES]
    found += [f"unknown key {name} in [process]" for name in leftover]
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
