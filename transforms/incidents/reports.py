"""A mention as clustering sees it: days as numbers, parties and places as sets, own fields in the order of the rules."""

from __future__ import annotations

import datetime
import functools
import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from transforms.incidents.rules import IncidentRules, Whole

_ROWS = 10_000
"""So many mentions are turned into Python values at a time."""

EVENT, FLOATING, PROCESS = 0, 1, 2
"""What a mention tells: one event; something undated that may be a process (it joins a dated mention of its document); a process."""

_REALISED = frozenset({"occurred", "ongoing"})
_TOWNS = frozenset({"city", "point"})


class Town(NamedTuple):
    """A town, or a building, camp or square; `known` is false for a name that no gazetteer has."""

    name: str
    country: str | None
    point: bool
    known: bool
    latitude: float | None
    longitude: float | None


class Features(NamedTuple):
    """All that the comparison of two mentions reads. Mentions with equal features are alike to clustering, but for their documents.

    Attributes:
        kind: `EVENT`, `FLOATING` or `PROCESS`.
        status: The mention's status.
        published: Day of publication as an ordinal, or None.
        basis: `date_basis`; `text` where days are given without a basis.
        first, last: The days of the event as ordinals, by `basis`: None for an open end.
        towns, districts, countries: Where it happens.
        sides: The parties of each side.
        bases: The countries in which the armed groups of each side are based.
        persons: The persons who stand for each party.
        details: The values of the fields of each detail of the rules.
        process_key: The values that tell one process from another.
        whole: It is told as a whole that may have parts.
    """

    kind: int
    status: str
    published: int | None
    basis: str
    first: int | None
    last: int | None
    towns: tuple[Town, ...]
    districts: frozenset[str]
    countries: frozenset[str]
    sides: tuple[frozenset[str], ...]
    bases: tuple[frozenset[str], ...]
    persons: tuple[tuple[str, frozenset[str]], ...]
    details: tuple[tuple[Any, ...], ...]
    process_key: tuple[str | None, ...]
    whole: bool

    @property
    def realised(self) -> bool:
        """Whether it happened or is under way."""
        return self.status in _REALISED

    @property
    def dated(self) -> bool:
        """Whether it has days of its own, be it those of the news."""
        return self.first is not None and self.last is not None and self.basis in ("text", "carried", "published")

    @property
    def parties(self) -> frozenset[str]:
        """The parties of all sides."""
        return frozenset().union(*self.sides)


class Report(NamedTuple):
    """One mention: its ids and its features."""

    event_id: str
    doc_id: str
    features: Features


def fold(name: str) -> str:
    """A name without case and accents, for comparison."""
    if name.isascii():
        return " ".join(name.lower().split())
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).casefold().split())


def reports(parts: Iterable[pa.Table], rules: IncidentRules) -> Iterator[Report]:
    """The mentions of one event type, in the order of the rows.

    Args:
        parts: Rows of `protocol.light_schema()`, all of the rules' type, in any number of pieces.
        rules: The rules of that type.
    """
    reader = _Reader(rules)
    for mentions in parts:
        for start in range(0, mentions.num_rows, _ROWS):
            yield from reader.read(mentions.slice(start, _ROWS))


class _Reader:
    """Reads mentions of one type; what several have in common (their parties, their places, days) is made once and shared."""

    def __init__(self, rules: IncidentRules) -> None:
        self._rules = rules
        self._only_one = _one_of_equals()
        role_side = {role: index for index, side in enumerate(rules.parties.sides) for role in side}
        self._who = functools.cache(functools.partial(_who, role_side=role_side, rules=rules, shared=self._only_one))
        self._where = functools.cache(_where)
        self._when = functools.cache(_when)
        self._day = functools.cache(_ordinal)
        self._kind = functools.cache(functools.partial(_kind, rules))
        self._is_whole = functools.cache(functools.partial(_is_whole, rules.whole))

    def read(self, mentions: pa.Table) -> Iterator[Report]:
        """The mentions, in the order of the rows."""
        rules = self._rules
        names = ("event_id", "doc_id", "published_date", "status", "event_date", "event_date_end", "date_basis", "trigger")
        event_ids, doc_ids, published, statuses, first, last, bases, triggers = (mentions.column(name).to_pylist() for name in names)
        own = {name: mentions.column(name).to_pylist() for name in rules.fields}

        def together(fields: Iterable[str]) -> Iterator[tuple[Any, ...]]:
            return _rows([own[name] for name in fields], mentions.num_rows)

        columns = (
            event_ids,
            doc_ids,
            statuses,
            triggers,
            map(self._day, published),
            map(self._when, first, last, bases),
            map(self._where, _structs(mentions.column("locations"), ("name", "country", "admin1", "precision", "latitude", "longitude"))),
            map(self._who, _structs(mentions.column("actors"), ("role", "actor_id", "acts_for", "kind", "country"))),
            map(self._only_one, _rows([together(detail.fields) for detail in rules.details], mentions.num_rows)),
            map(self._only_one, together(rules.process.key)),
            together(rules.process.totals),
        )
        for event_id, doc_id, status, trigger, day, when, where, who, details, key, totals in zip(*columns, strict=True):
            start, end, basis = when
            towns, districts, countries = where
            sides, bases_of, persons, parties = who
            days = end - start + 1 if start is not None and end is not None else None
            kind = self._kind(status, basis, days, trigger, totals, in_town=bool(towns))
            whole = self._is_whole(trigger, len(towns), parties)
            yield Report(
                event_id,
                doc_id,
                Features(kind, status, day, basis, start, end, towns, districts, countries, sides, bases_of, persons, details, key, whole),
            )


def _one_of_equals() -> Callable[[Any], Any]:
    """A function that gives back the first of all values that are equal, so that they are one object."""
    known: dict[Any, Any] = {}
    return lambda value: known.setdefault(value, value)


def _rows(columns: Sequence[Iterable[Any]], count: int) -> Iterator[tuple[Any, ...]]:
    """The rows of some columns, which may be none."""
    return zip(*columns, strict=True) if columns else itertools.repeat((), count)


def _structs(column: pa.ChunkedArray, names: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """The structs of each row's list, as tuples of some of their fields; a null list is empty."""
    for chunk in column.chunks:
        flat = chunk.flatten()
        fields = [flat.field(flat.type.get_field_index(name)).to_pylist() for name in names]
        items = tuple(zip(*fields, strict=True))
        at = 0
        for length in chunk.value_lengths().to_pylist():
            yield items[at : at + (length or 0)]
            at += length or 0


def _ordinal(day: datetime.date | None) -> int | None:
    return None if day is None else day.toordinal()


def _when(first: datetime.date | None, last: datetime.date | None, basis: str | None) -> tuple[int | None, int | None, str]:
    """First and last day and basis; a span without an end that should have one ends where it begins."""
    start, end = _ordinal(first), _ordinal(last)
    if start is None and end is None:
        return None, None, "none"
    based = basis or "text"
    if based in ("text", "carried", "published"):
        start, end = (end if start is None else start), (start if end is None else end)
        if start is not None and end is not None and end < start:
            start, end = end, start
    elif based == "before":
        start, end = None, start if end is None else end
    else:
        start, end = end if start is None else start, None
    return start, end, based


def _where(rows: tuple[tuple[Any, ...], ...]) -> tuple[tuple[Town, ...], frozenset[str], frozenset[str]]:
    towns: dict[Town, None] = {}
    districts, countries = set(), set()
    for name, country, admin1, precision, latitude, longitude in rows:
        if country is not None:
            countries.add(country)
        if precision == "admin1" and (admin1 or name):
            districts.add(fold(admin1 or name))
        elif admin1:
            districts.add(fold(admin1))
        if name and (precision in _TOWNS or precision is None):
            towns[Town(fold(name), country, precision == "point", precision is not None, latitude, longitude)] = None
    return tuple(sorted(towns, key=lambda town: (town.name, town.country or ""))), frozenset(districts), frozenset(countries)


def _who(
    rows: tuple[tuple[Any, ...], ...], role_side: dict[str, int], rules: IncidentRules, shared: Callable[[Any], Any]
) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...], tuple[tuple[str, frozenset[str]], ...], int]:
    """The parties, the bases and the persons of `Features`, and how many parties there are."""
    sides: list[set[str]] = [set() for _ in rules.parties.sides]
    bases: list[set[str]] = [set() for _ in rules.parties.sides]
    persons: dict[str, set[str]] = {}
    for role, actor_id, acts_for, kind, country in rows:
        side = role_side.get(role)
        party = acts_for or actor_id
        if side is None or party is None:
            continue
        sides[side].add(party)
        if rules.parties.bases and country and country != party:
            bases[side].add(country)
        if rules.parties.persons and kind == "person" and actor_id:
            persons.setdefault(party, set()).add(actor_id)
    # Of millions of mentions few have parties that no other has.
    first, second = (shared(tuple([shared(frozenset(each)) for each in parties])) for parties in (sides, bases))
    told = tuple([(party, shared(frozenset(ids))) for party, ids in sorted(persons.items())])
    return first, second, told, len(set().union(*sides))


def _is_whole(rules: Whole, trigger: str | None, towns: int, parties: int) -> bool:
    """Whether a mention tells a whole of several: a wave over several places, a gathering of many."""
    if rules.towns and towns:
        return towns >= rules.towns
    return bool(rules.parties and parties >= rules.parties) or fold(trigger or "") in rules.triggers


def _kind(rules: IncidentRules, status: str, basis: str, days: int | None, trigger: str | None, totals: tuple[Any, ...], *, in_town: bool) -> int:
    """Whether a mention tells one event, a process, or something undated between the two (events.md: habitual mentions and totals are processes)."""
    process = rules.process
    values = dict(zip(process.totals, totals, strict=True))
    stated = basis in ("text", "carried") and days is not None
    if any(values[name] in among for name, among in process.always.items()):
        return PROCESS
    if not (stated and days is not None and days <= 2) and any(values[name] in among for name, among in process.unless_day.items()):
        return PROCESS
    plural = fold(trigger or "") in process.triggers
    if stated and days is not None:
        return PROCESS if days > process.longest_days and (plural or status == "ongoing") else EVENT
    if status == "ongoing" and fold(trigger or "") in process.habits:
        return PROCESS
    if status == "ongoing" and not in_town:
        return PROCESS if process.ongoing == "process" else FLOATING
    return FLOATING if plural and not in_town and basis != "published" else EVENT
