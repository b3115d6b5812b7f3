"""What tells one incident from another, by event type, as the rest of this folder reads it. The rules are data: `transforms.incidents.rule_files`."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping

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
        sidelines: Two parties who meet are not the gathering of one or of many (a whole) that one of them is told to take part in.
    """

    sides: tuple[tuple[str, ...], ...]
    overlap: float = 0.0
    surplus: int | None = None
    bases: bool = False
    persons: bool = False
    sidelines: bool = False


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
        habits: Trigger words that tell of a process where no day is told and it is under way: contacts that continue are no round of talks.
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
    habits: frozenset[str] = frozenset()

    @property
    def totals(self) -> tuple[str, ...]:
        """The own fields that may make a mention a process."""
        return tuple(dict.fromkeys([*self.always, *self.unless_day]))


@dataclasses.dataclass(frozen=True, slots=True)
class Whole:
    """What a mention tells as a whole that may have parts.

    Attributes:
        towns: So many towns in one mention make a whole; 0 is none. With it, a mention of a single town is none whatever its trigger.
        parties: So many parties make a whole; 0 is none.
        triggers: Trigger words that tell of one.
    """

    towns: int = 0
    parties: int = 0
    triggers: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True)
class Parts:
    """Which incidents are parts of a whole.

    Attributes:
        place: `area`: the whole names the part's town, or no town and its country. `town`: they share a town, or the part has no place but its parties, all of
            which are among those of the whole.
        longest_days: A whole or part over a longer span has none.
        bars: Own field -> values of a part that is none.
        counts: `parts`: a whole whose parties its parts name is not counted beside them. `both`: whole and parts are events of their own.
    """

    place: str
    longest_days: int
    counts: str
    bars: Mapping[str, frozenset[str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Package:
    """Which incidents are steps of one package.

    Attributes:
        step: The own field that says which step it is.
        amount: The own field whose `Detail` says when two amounts are one.
        kind: The own field that two steps must not differ in.
        kind_unknown: Values of it that say nothing, beside `unknown`.
        items: The own field whose `Detail` says when two phrases name one thing.
        window_days: A step is no farther from the last one.
        repeat_days: The same step told again after so long is that of another package.
        untold_days: A step without an amount joins the one package that it fits, no farther away.
    """

    step: str
    amount: str
    kind: str
    items: str
    window_days: int
    repeat_days: int
    untold_days: int
    kind_unknown: frozenset[str] = frozenset()


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
        whole: Both are told as a whole.
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
    whole: bool
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


@dataclasses.dataclass(frozen=True, eq=False)
class IncidentRules:
    """All rules of one event type; equal to itself alone, so that answers can be remembered by it."""

    event_type: str
    parties: Parties
    dates: Dates
    places: Places
    process: Process
    details: tuple[Detail, ...]
    joins: tuple[Join, ...]
    together: tuple[Together, ...]
    whole: Whole = dataclasses.field(default_factory=Whole)
    parts: Parts | None = None
    package: Package | None = None

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
        return tuple(dict.fromkeys([*names, *self.process.key, *self.process.totals]))
