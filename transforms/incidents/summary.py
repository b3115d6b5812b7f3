"""The rows of incidents from their mentions.

What reports say changes: the latest word counts. Each own field is that of the latest-published mention that states it and is not `denied` (ties: confidence,
then `event_id`); null and `unknown` state nothing. Fields that mean something only together (a least and a greatest count, an amount and its currency) are
taken from one mention. The status is that of the latest-published mention, but what occurred is not undone by a plan or by one party's denial.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.event_types import event_types, own_columns
from schemas.tables import tables
from transforms.incidents.protocol import COUNTED, LINKED
from transforms.incidents.reports import EVENT, Features, Town
from transforms.incidents.rule_files import incident_rules
from transforms.incidents.rules import IncidentRules, Together

SEEN = pa.schema([("kind", pa.int8()), ("whole", pa.bool_()), ("towns", pa.list_(pa.string()))])
"""What clustering has seen in a mention and its incident's row wants to know, so that it is not made out a second time."""

_REALISED = pa.array(["occurred", "ongoing"])
_FINENESS = ("point", "city", "admin1", "region", "country")
_DATED, _REPORTED, _BOUNDED, _UNDATED = range(4)
"""How well a day is known: by words, as the news of the day, on one side only, not at all."""

_Places = NDArray[np.int64]
_Mask = NDArray[np.bool_]


def incident_columns() -> list[str]:
    """The columns of `incidents` that are made here."""
    return [name for name in tables()["incidents"].schema.names if name not in {*COUNTED, *LINKED}]


def seen(features: Sequence[Features]) -> list[pa.Array]:
    """The columns of `SEEN`."""
    columns = ([each.kind for each in features], [each.whole for each in features], [_labels(each.towns) for each in features])
    return [pa.array(column, field.type) for column, field in zip(columns, SEEN, strict=True)]


@functools.lru_cache(maxsize=65_536)
def _labels(towns: tuple[Town, ...]) -> tuple[str, ...]:
    return tuple(f"{town.name}/{town.country or ''}" for town in towns)


def summarise(mentions: pa.Table, members: pa.Table) -> pa.Table:
    """A row for each incident, with `incident_columns()`, sorted by incident_id; those of other event types are null.

    Args:
        mentions: All mentions of some incidents of one type, in `protocol.light_schema()`, in any order.
        members: `incident_id` and the columns of `SEEN` of each, in the same order.
    """
    schema = pa.schema([tables()["incidents"].schema.field(name) for name in incident_columns()])
    if not mentions.num_rows:
        return schema.empty_table()
    rules = incident_rules(mentions.column("event_type")[0].as_py())
    told = _Told(mentions, members)
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        "incident_id": told.incident_ids,
        "event_type": pa.repeat(rules.event_type, len(told.starts)),
        "status": told.column("status").take(pa.array(told.first(told.realised, otherwise=told.starts))),
        "disputed": pa.array(told.any(told.denied) & told.any(told.realised)),
        # It is told as a habit or a total alone.
        "scope": pc.if_else(pa.array(told.any(told.numbers("kind") == EVENT)), "event", "process"),
        "gathers": pa.array(_gathers(told, rules)),
        "towns": _towns(told),
        # Reports repeat one another, so they are no independent evidence: an incident is as sure as the surest of them.
        "confidence": told.greatest("confidence"),
    }
    columns |= _date(told) | _place(told) | _own_fields(told, rules)
    return pa.table(
        [columns[field.name].cast(field.type) if field.name in columns else pa.nulls(len(told.starts), field.type) for field in schema], schema=schema
    )


class _Told:
    """Mentions, those of one incident together, the latest first: by publication, unknown last, then by confidence and event_id.

    Attributes:
        incident_ids: The incidents, ascending.
        starts: The place of the first mention of each.
        incidents: The number of each mention's incident.
        realised, denied: Which mentions tell of what happened, and which deny it.
    """

    def __init__(self, mentions: pa.Table, members: pa.Table) -> None:
        incident_ids = members["incident_id"]
        keys = pa.table([incident_ids, mentions["published"], pc.fill_null(mentions["confidence"], 0.0), mentions["event_id"]], names=["i", "p", "c", "e"])
        self._columns = {name: table[name] for table in (mentions, members.select(SEEN.names)) for name in table.column_names}
        self._order = pc.sort_indices(keys, sort_keys=[("i", "ascending"), ("p", "descending"), ("c", "descending"), ("e", "descending")])
        sorted_ids = incident_ids.take(self._order).combine_chunks()
        self.starts: _Places = np.concatenate([[0], np.flatnonzero(np.asarray(pc.not_equal(sorted_ids[1:], sorted_ids[:-1]))) + 1])
        self.incidents: _Places = np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=len(sorted_ids)))
        self.incident_ids = sorted_ids.take(pa.array(self.starts))
        self.realised, self.denied = self.among("status", _REALISED), self.among("status", pa.array(["denied"]))

    def column(self, name: str) -> pa.Array:
        """A column of the mentions."""
        return self._columns[name].take(self._order).combine_chunks()

    def numbers(self, name: str) -> _Places:
        """A column of whole numbers, of days or of booleans, as numbers; null is 0."""
        return np.asarray(pc.fill_null(self.column(name).cast(pa.int32()), 0), np.int64)

    def among(self, name: str, values: pa.Array) -> _Mask:
        """Which mentions have one of some values."""
        return np.asarray(pc.is_in(self.column(name), value_set=values))

    def valid(self, name: str) -> _Mask:
        """Which mentions have a value."""
        return np.asarray(self.column(name).is_valid())

    def any(self, mask: _Mask) -> _Mask:
        """The incidents of which a mention is in a mask."""
        return np.logical_or.reduceat(mask, self.starts)

    def first(self, mask: _Mask, *, otherwise: _Places) -> _Places:
        """The place of each incident's first mention in a mask, or another where none is in it."""
        found = np.minimum.reduceat(np.where(mask, np.arange(len(mask)), len(mask)), self.starts)
        return np.where(found < len(mask), found, otherwise)

    def least(self, *keys: _Places | _Mask) -> _Places:
        """The place of the mention of each incident with the least keys, of which the first counts most; of equals, the first."""
        return np.lexsort((*reversed(keys), self.incidents))[self.starts]

    def greatest(self, name: str) -> pa.Array:
        """The greatest value of each incident in a column of numbers; null where none is told."""
        values = np.asarray(pc.fill_null(self.column(name), -np.inf))
        found = np.maximum.reduceat(values, self.starts)
        return pa.array(found, mask=~self.any(self.valid(name)))


def _gathers(told: _Told, rules: IncidentRules) -> _Mask:
    """Whether an incident is told as a whole; where towns make a whole, a report of one town says that it is none."""
    towns = np.asarray(told.column("towns").value_lengths())
    single = told.any((towns > 0) & (towns < rules.whole.towns))
    return ~single & told.any(told.numbers("whole") > 0)


def _towns(told: _Told) -> pa.Array:
    """The towns of each incident, each once and in order."""
    lists = told.column("towns")
    towns = pa.table([pa.array(np.repeat(told.incidents, np.asarray(lists.value_lengths()))), lists.flatten()], names=["incident", "town"])
    once = towns.group_by(["incident", "town"]).aggregate([]).sort_by([("incident", "ascending"), ("town", "ascending")])
    ends = np.cumsum(np.bincount(np.asarray(once["incident"]), minlength=len(told.starts)))
    return pa.ListArray.from_arrays(pa.array(np.concatenate([[0], ends]), pa.int32()), once["town"].combine_chunks())


def _date(told: _Told) -> dict[str, pa.Array]:
    """The date of what happened before that of a plan, of words before that of the news, the finest first, and then the latest word.

    News of the day can only be late: of several days, the earliest is nearest to the event.
    """
    first, last = told.valid("event_date"), told.valid("event_date_end")
    start, end = told.numbers("event_date"), told.numbers("event_date_end")
    worded = told.among("date_basis", pa.array(["text", "carried", None, ""]))
    basis = np.select([~first & ~last, worded, told.among("date_basis", pa.array(["published"]))], [_UNDATED, _DATED, _REPORTED], default=_BOUNDED)
    # A plan's stated day is better than none at all.
    of_done = told.any(told.realised & (basis <= _REPORTED))[told.incidents]
    left_out = of_done & ~told.realised
    span = np.where(first & last, end - start, 0)
    earliest = np.where(basis == _REPORTED, np.where(first, start, end), 0)
    best = pa.array(told.least(left_out, basis, span, earliest))
    return {name: told.column(name).take(best) for name in ("event_date", "event_date_end", "date_precision", "date_basis")}


def _place(told: _Told) -> dict[str, pa.Array]:
    """The main place that is finest, then told most often, then told last."""
    lists = told.column("locations")
    counts = np.asarray(pc.fill_null(lists.value_lengths(), 0), np.int64)
    placed = counts > 0
    mains = lists.flatten().take(pa.array((np.cumsum(counts) - counts)[placed]))
    fields = {name: pc.struct_field(mains, name) for name in ("name", "country", "latitude", "longitude")}
    fineness, often = np.zeros(len(counts), np.int64), np.zeros(len(counts), np.int64)
    fineness[placed] = np.asarray(pc.fill_null(pc.index_in(pc.struct_field(mains, "precision"), value_set=pa.array(_FINENESS)), len(_FINENESS)))
    often[placed] = _repeated(told.incidents[placed], fields["name"], fields["country"])
    best = told.least(~placed, fineness, -often)
    # Of the mentions that have a place; null for incidents of which none has.
    chosen = pa.array(np.cumsum(placed)[best] - 1, mask=~placed[best])
    names = {"name": "location_name", "country": "location_country", "latitude": "latitude", "longitude": "longitude"}
    return {names[name]: column.take(chosen) for name, column in fields.items()}


def _repeated(numbers: _Places, *columns: pa.Array) -> _Places:
    """How often each row is there."""
    codes = [np.asarray(each.dictionary_encode(null_encoding="encode").indices, np.int64) for each in columns]
    _, which, times = np.unique(np.stack([numbers, *codes], axis=1), axis=0, return_inverse=True, return_counts=True)
    return times[which.ravel()]


def _own_fields(told: _Told, rules: IncidentRules) -> dict[str, pa.Array]:
    """Own fields, those of a group from the latest mention that states it and is not denied; where all is denied, the denial speaks."""
    admitted = ~told.denied | ~told.any(~told.denied)[told.incidents]
    latest = told.first(admitted, otherwise=told.starts)
    unknown = _unknown_values(rules.event_type)
    found: dict[str, pa.Array] = {}
    for together in _groups(rules.event_type):
        stating = admitted & np.logical_or.reduce([_stated(told, name, unknown) for name in together.stated_with])
        preferred = stating & np.logical_and.reduce([stating, *(told.among(name, pa.array(sorted(values))) for name, values in together.prefer.items())])
        source = pa.array(told.first(preferred, otherwise=told.first(stating, otherwise=latest)))
        found |= {name: told.column(name).take(source) for name in together.fields}
    return found


def _stated(told: _Told, name: str, unknown: frozenset[str]) -> _Mask:
    return told.valid(name) & ~told.among(name, pa.array(["unknown"])) if name in unknown else told.valid(name)


@functools.cache
def _unknown_values(event_type: str) -> frozenset[str]:
    """The own fields for which `unknown` is a value."""
    return frozenset(each.name for each in own_columns(event_types()[event_type]) if "unknown" in each.values)


@functools.cache
def _groups(event_type: str) -> tuple[Together, ...]:
    """Groups of own fields that are taken from one mention; a field that no rule groups stands alone."""
    given = incident_rules(event_type).together
    grouped = {name for each in given for name in each.fields}
    alone = (each.name for each in own_columns(event_types()[event_type]) if each.name not in grouped)
    return (*given, *(Together((name,), (name,), {}) for name in alone))
