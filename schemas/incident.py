"""Incidents: what happened, as against who reported it. One row of `Incident` is one real-world event."""

from __future__ import annotations

import dataclasses
import datetime

from schemas.actor import ACTOR_KINDS, SECTORS
from schemas.columns import column
from schemas.mention import DATE_BASES, DATE_PRECISIONS, STATUSES

SCOPES = ("event", "process")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What every incident has; the store's table adds the own fields of all event types (`schemas.tables`)."""

    incident_id: str = column("the event_id of its first mention: earliest published, nulls last, then event_id")
    event_type: str = column("kind of event")
    status: str = column("whether it happened", values=STATUSES)
    event_date: datetime.date | None = column("first day of the event, inclusive", optional=True)
    event_date_end: datetime.date | None = column("last day of the event, inclusive", optional=True)
    date_precision: str | None = column("how fine the date is", values=DATE_PRECISIONS, optional=True)
    date_basis: str | None = column("what the date rests on", values=DATE_BASES, optional=True)
    month: datetime.date | None = column("first day of the month of event_date", optional=True)
    location_name: str | None = column("usual English name of the main place", optional=True)
    location_country: str | None = column("ISO 3166-1 alpha-3", optional=True)
    latitude: float | None = column("latitude, WGS 84", unit="degrees", optional=True)
    longitude: float | None = column("longitude, WGS 84", unit="degrees", optional=True)
    acting: str | None = column("whom the acting parties act for, sorted and joined by `+`", optional=True)
    receiving: str | None = column("whom the receiving parties act for, sorted and joined by `+`", optional=True)
    mentions: int = column("reports of it")
    documents: int = column("documents that report it")
    sources: int = column("publishers that report it; a document that repeats another's text adds none")
    first_published: datetime.datetime | None = column("when it was first reported", unit="UTC", optional=True)
    first_published_date: datetime.date | None = column("calendar day of its first report", optional=True)
    disputed: bool = column("one report denies what another tells as done")
    towns: tuple[str, ...] = column("towns that its mentions name, folded, each with its country")
    gathers: bool = column("it is told as a whole that may have parts: a wave over several places, a summit")
    part_of: str | None = column("the incident that it is a part of", optional=True)
    told_by_parts: bool = column("its parts are counted in its place")
    link_blocks: tuple[int, ...] = column("hashed keys: only incidents that share one can belong together")
    package_id: str | None = column("what the steps of one aid package share", optional=True)
    scope: str = column("one event, or a process that is told as a habit or a total", values=SCOPES)
    confidence: float | None = column("0 to 1, the highest of its mentions; null where nothing has judged them")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMember:
    """Which mention reports which incident, and what a run needs to cluster it again."""

    event_id: str = column("the mention")
    incident_id: str = column("the incident that it reports")
    event_type: str = column("kind of event")
    status: str = column("whether it happened, as this mention has it", values=STATUSES)
    doc_id: str = column("the document")
    published_date: datetime.date | None = column("calendar day of publication", optional=True)
    day: datetime.date = column("published_date, or 0001-01-01 where that is null: joins by it are never null")
    source: str | None = column("publisher that the mention adds to `sources`; null in a document that repeats another's text", optional=True)
    scope: str = column("scope of the incident", values=SCOPES)
    component_id: str = column("mentions that clustering had to look at together share it")
    blocks: tuple[int, ...] = column("hashed keys: only mentions that share one can be the same incident")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentActor:
    """One actor in one role of an incident, over all its mentions."""

    incident_id: str = column("the incident")
    event_type: str = column("kind of event")
    status: str = column("whether the incident happened", values=STATUSES)
    event_date: datetime.date | None = column("first day of the incident", optional=True)
    date_precision: str | None = column("how fine the date is", values=DATE_PRECISIONS, optional=True)
    date_basis: str | None = column("what the date rests on", values=DATE_BASES, optional=True)
    month: datetime.date | None = column("first day of the month of event_date", optional=True)
    scope: str = column("one event, or a process", values=SCOPES)
    told_by_parts: bool = column("parts of the incident are counted in its place")
    role: str = column("the part it takes")
    actor_id: str | None = column("the actor", optional=True)
    name: str | None = column("usual English full name", optional=True)
    kind: str | None = column("what it is", values=ACTOR_KINDS, optional=True)
    acts_for: str | None = column("in whose name it counts", optional=True)
    country: str | None = column("its country", optional=True)
    sector: str | None = column("PLOVER sector, IGO or NGO", values=SECTORS, optional=True)
    first_in_role: bool = column("first row of this actor in this role of the incident: counts of actors add these alone")
    first_for_party: bool = column("first row of this acts_for in this role of the incident: counts of parties add these alone")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAlias:
    """An id that once was published and has changed."""

    old_incident_id: str = column("the id that was published")
    incident_id: str = column("the incident that it now is")
    run_id: str = column("the run that changed it")
