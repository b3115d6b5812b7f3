"""One incident's row from its mentions.

What reports say changes: the latest word counts. Each own field is that of the latest-published mention that states it and is not `denied` (ties: confidence,
then `event_id`); null and `unknown` state nothing. Fields that mean something only together (a least and a greatest count, an amount and its currency) are
taken from one mention. The status is that of the latest-published mention, but what occurred is not undone by a plan or by one party's denial.
"""

from __future__ import annotations

import collections
import datetime
import functools
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from schemas.event_types import event_types, own_columns
from schemas.tables import tables
from transforms.incidents.protocol import COUNTED, LINKED
from transforms.incidents.reports import EVENT, Features, Town
from transforms.incidents.rule_files import incident_rules
from transforms.incidents.rules import IncidentRules, Together

READ = frozenset({"event_id", "event_type", "published", "status", "event_date", "event_date_end", "date_precision", "date_basis", "locations", "confidence"})
"""What is read of a mention, beside the own fields of its type."""

SEEN = pa.schema([("kind", pa.int8()), ("whole", pa.bool_()), ("towns", pa.list_(pa.string()))])
"""What clustering has seen in a mention and its incident's row wants to know, so that it is not made out a second time."""

_REALISED = ("occurred", "ongoing")
_FINENESS = {"point": 0, "city": 1, "admin1": 2, "region": 3, "country": 4}
_BASES = {"text": 0, "carried": 0, "published": 1}
_UNPUBLISHED = datetime.datetime.min.replace(tzinfo=datetime.UTC)

Row = Mapping[str, Any]


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


def summarise(mentions: Sequence[Row], incident_id: str) -> dict[str, Any]:
    """The row of an incident, with `incident_columns()`; those of other event types are left out.

    Args:
        mentions: Its mentions as rows of `protocol.light_schema()` with the columns of `SEEN`, in any order; all of one type.
        incident_id: Its id.
    """
    rules = incident_rules(mentions[0]["event_type"])
    latest = sorted(mentions, key=_age, reverse=True)
    row: dict[str, Any] = {
        "incident_id": incident_id,
        "event_type": rules.event_type,
        "status": _status(latest)["status"],
        "disputed": _disputed(mentions),
        # It is told as a habit or a total alone.
        "scope": "process" if all(mention["kind"] != EVENT for mention in mentions) else "event",
        "gathers": _gathers(mentions, rules),
        "towns": sorted({town for mention in mentions for town in mention["towns"]}),
        # Reports repeat one another, so they are no independent evidence: an incident is as sure as the surest of them.
        "confidence": max((mention["confidence"] for mention in mentions if mention["confidence"] is not None), default=None),
    }
    return row | _date(latest) | _place(latest) | _own_fields(latest, rules)


def _age(mention: Row) -> tuple[datetime.datetime, float, str]:
    """Sorts mentions by publication, unknown first, then by confidence and event_id."""
    return mention["published"] or _UNPUBLISHED, mention["confidence"] or 0.0, mention["event_id"]


def _status(latest: Sequence[Row]) -> Row:
    """The mention whose status is the incident's."""
    return next((mention for mention in latest if mention["status"] in _REALISED), latest[0])


def _disputed(mentions: Sequence[Row]) -> bool:
    statuses = {mention["status"] for mention in mentions}
    return "denied" in statuses and not statuses.isdisjoint(_REALISED)


def _gathers(mentions: Sequence[Row], rules: IncidentRules) -> bool:
    """Whether it is told as a whole; where towns make a whole, a report of one town says that it is none."""
    single = rules.whole.towns > 0 and any(0 < len(mention["towns"]) < rules.whole.towns for mention in mentions)
    return not single and any(mention["whole"] for mention in mentions)


def _date(latest: Sequence[Row]) -> dict[str, Any]:
    """The date of what happened before that of a plan, of words before that of the news, the finest first, and then the latest word.

    News of the day can only be late: of several days, the earliest is nearest to the event.
    """
    done = [mention for mention in latest if mention["status"] in _REALISED]

    def rank(mention: Row) -> tuple[bool, int, int, int]:
        first, last = mention["event_date"], mention["event_date_end"]
        basis = _BASES.get(mention["date_basis"] or "text", 2) if first is not None or last is not None else 3
        span = (last - first).days if first is not None and last is not None else 0
        return basis > 1, basis, span, (first or last or datetime.date.max).toordinal() if basis == 1 else 0

    # A plan's stated day is better than none at all.
    pool = done if any(not rank(mention)[0] for mention in done) else latest
    best = min(pool, key=rank)
    return {name: best[name] for name in ("event_date", "event_date_end", "date_precision", "date_basis")}


def _place(latest: Sequence[Row]) -> dict[str, Any]:
    """The main place that is finest, then told most often, then told last."""
    mains = [mention["locations"][0] for mention in latest if mention["locations"]]
    if not mains:
        return {}
    told = collections.Counter((place["name"], place["country"]) for place in mains)
    best = min(mains, key=lambda place: (_fineness(place), -told[place["name"], place["country"]]))
    return {"location_name": best["name"], "location_country": best["country"], "latitude": best["latitude"], "longitude": best["longitude"]}


def _fineness(place: Mapping[str, Any]) -> int:
    return _FINENESS.get(place["precision"] or "", len(_FINENESS))


def _own_fields(latest: Sequence[Row], rules: IncidentRules) -> dict[str, Any]:
    admitted = [mention for mention in latest if mention["status"] != "denied"] or latest
    found: dict[str, Any] = {}
    for together in _groups(rules.event_type):
        source = _stating(admitted, together, _unknown_values(rules.event_type)) or admitted[0]
        found.update({name: source[name] for name in together.fields})
    return found


def _stating(admitted: Sequence[Row], together: Together, unknown: frozenset[str]) -> Row | None:
    """The first mention that states a group of fields, of those that are preferred if any does."""
    stating = [mention for mention in admitted if any(_stated(name, mention[name], unknown) for name in together.stated_with)]
    preferred = [mention for mention in stating if all(mention[name] in values for name, values in together.prefer.items())]
    return next(iter(preferred or stating), None)


def _stated(name: str, value: object, unknown: frozenset[str]) -> bool:
    return value is not None and not (name in unknown and value == "unknown")


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


def to_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of `summarise` as a table with `incident_columns()`."""
    schema = tables()["incidents"].schema
    return pa.Table.from_pylist(list(rows), schema=pa.schema([schema.field(name) for name in incident_columns()]))
