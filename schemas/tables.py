"""The tables of the store: name, record, and by which day a table is split into years and months.

Event types add their tables, and their own fields to `incidents`, by being declared in `schemas.event_types`; none is named here.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import typing
from typing import TYPE_CHECKING

from schemas.actor import Actor
from schemas.columns import Column, arrow_schema, column, columns
from schemas.document import StoredDocument
from schemas.event_types import event_types, own_columns
from schemas.incident import SCOPES, Incident, IncidentActor, IncidentAlias, IncidentMember
from schemas.ledger import Reject, Run
from schemas.mention import DATE_BASES, DATE_PRECISIONS, STATUSES

if TYPE_CHECKING:
    import pyarrow as pa  # whoever only asks SQL does not wait for it

UNDATED = "undated"
"""The month of rows that have no day."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EventActor(Actor):
    """One actor of one mention, beside what aggregates group by, so that none needs a join or an unnest."""

    event_id: str = column("the mention")
    incident_id: str = column("the incident that the mention reports")
    event_type: str = column("kind of event")
    status: str = column("whether it happened", values=STATUSES)
    event_date: datetime.date | None = column("first day of the event", optional=True)
    date_precision: str | None = column("how fine the date is", values=DATE_PRECISIONS, optional=True)
    date_basis: str | None = column("what the date rests on", values=DATE_BASES, optional=True)
    month: datetime.date | None = column("first day of the month of event_date", optional=True)
    doc_id: str = column("the document")
    published_date: datetime.date | None = column("calendar day of publication", optional=True)
    scope: str = column("scope of the incident", values=SCOPES)
    position: int = column("place in the mention's list of actors, from 0")
    first_in_event: bool = column("first row of this actor in the mention")
    first_in_role: bool = column("first row of this actor in this role of the mention")
    first_for_party: bool = column("first row of this acts_for in this role of the mention")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A document that repeats the text of an earlier one, or nearly."""

    doc_id: str = column("the later document")
    duplicate_of: str = column("the earliest document with the same text or, within three days, nearly the same: by published, nulls last, then doc_id")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that a person holds or held."""

    office: str = column("kind of office")
    title: str | None = column("usual English title", optional=True)
    # A dataclass field cannot be called `from`; the store's columns are named by `renamed` below.
    from_: str | None = column("first day, month or year", optional=True)
    to: str | None = column("last day, month or year; null while in office", optional=True)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceActor:
    """An actor that the reference tables know."""

    actor_id: str = column("ISO 3166-1 alpha-3 code for a state, else a slug of seeds/actors/")
    name: str = column("usual English full name")
    kind: str | None = column("what it is", optional=True)
    acts_for: str | None = column("in whose name it counts", optional=True)
    country: str | None = column("its country, for an armed group its base; ISO 3166-1 alpha-3", optional=True)
    sector: str | None = column("PLOVER sector, IGO or NGO", optional=True)
    offices: tuple[Office, ...] = column("offices with title, from and to")


@dataclasses.dataclass(frozen=True)
class Table:
    """A table of the store.

    Attributes:
        name: Its folder under `tables/`.
        record: The dataclass that declares its columns.
        meaning: One row of it, in a few words.
        month_of: The date column by whose years and months it is split where it is large; None for a table in one piece.
        order: The columns that rows are sorted by within a file, so that a filter on them skips what it does not need.
    """

    name: str
    record: type
    meaning: str
    month_of: str | None = None
    order: tuple[str, ...] = ()

    @functools.cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema of its files."""
        return _renamed(arrow_schema(self.record))

    @functools.cached_property
    def schema_digest(self) -> str:
        """A digest of column names and types: files with the same one need no matching of columns."""
        text = "\n".join(f"{each.name} {each.arrow_name} {each.nullable}" for each in columns(self.record))
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _renamed(schema: pa.Schema) -> pa.Schema:
    """The schema with `from_` as `from`, which Python keeps for itself, in columns and in structs within lists."""
    import pyarrow as pa

    fields = []
    for field in schema:
        if pa.types.is_list(field.type) and pa.types.is_struct(field.type.value_type):
            inner = [each.with_name(each.name.rstrip("_")) for each in field.type.value_type]
            field = field.with_type(pa.list_(field.type.value_field.with_type(pa.struct(inner))))
        fields.append(field)
    return pa.schema(fields)


@functools.cache
def incident_record() -> type:
    """The record of the table `incidents`: `Incident` and the own fields of all event types, null where they belong to another type.

    Raises:
        TypeError: Two event types give one name to fields of different types.
    """
    own: dict[str, tuple[object, object]] = {}
    for record in event_types().values():
        hints = typing.get_type_hints(record)
        for each in own_columns(record):
            hint = hints[each.name] | None
            if each.name in own and own[each.name][0] != hint:
                raise TypeError(f"the field {each.name} of {record.__name__} has another type in another event type; give it another name")
            own[each.name] = (hint, column(each.meaning, unit=each.unit, values=each.values, optional=True))
    fields = [(name, hint, declared) for name, (hint, declared) in own.items()]
    return dataclasses.make_dataclass("IncidentRow", fields, bases=(Incident,), frozen=True, slots=True, kw_only=True)


def stored_mention(record: type) -> type:
    """The record of an event type's table: the mention, and beside it what aggregates group by, so that no view needs a join."""
    return _stored_mention(record)


@functools.cache
def _stored_mention(record: type) -> type:
    fields = [
        ("incident_id", str, column("the incident that the mention reports")),
        ("scope", str, column("scope of the incident", values=SCOPES)),
        ("month", datetime.date | None, column("first day of the month of event_date", optional=True)),
        ("acting", str | None, column("whom the acting parties act for, sorted and joined by `+`", optional=True)),
        ("receiving", str | None, column("whom the receiving parties act for, sorted and joined by `+`", optional=True)),
    ]
    return dataclasses.make_dataclass(f"Stored{record.__name__}", fields, bases=(record,), frozen=True, slots=True, kw_only=True)


@functools.cache
def mention_columns() -> tuple[Column, ...]:
    """The columns that the tables of all event types share."""
    record = next(iter(event_types().values()))
    own = {each.name for each in own_columns(record)}
    return tuple(each for each in columns(stored_mention(record)) if each.name not in own)


@functools.cache
def tables() -> dict[str, Table]:
    """All tables of the store, by name."""
    found = [
        Table("documents", StoredDocument, "a document", "published_date", ("published_date",)),
        *(Table(name, stored_mention(record), f"a mention of type {name}", "published_date", ("event_date",)) for name, record in event_types().items()),
        Table("event_actors", EventActor, "an actor of a mention", "event_date", ("event_date",)),
        Table("incident_members", IncidentMember, "a mention and the incident that it reports", "published_date", ("day",)),
        Table("incidents", incident_record(), "a real-world event", "event_date", ("event_date",)),
        Table("incident_actors", IncidentActor, "an actor of an incident in a role", "event_date", ("event_date",)),
        Table("incident_aliases", IncidentAlias, "an incident id that has changed"),
        Table("duplicates", Duplicate, "a document that repeats an earlier one"),
        Table("actors", ReferenceActor, "an actor of the reference tables"),
        Table("rejects", Reject, "input that could not be used"),
        Table("runs", Run, "a run"),
    ]
    return {each.name: each for each in found}
