"""Mentions for the tests of clustering, written briefly: `strike(date="2025-03-04", at="Brevna/UKR", attacker="RUS", target="UKR", killed_min=3)`."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types
from schemas.tables import tables
from transforms.incidents.blocking import block_keys, process_key
from transforms.incidents.clusterer import IncidentClusterer
from transforms.incidents.protocol import LINKED, MEMBERS, Clusterer, light_schema
from transforms.incidents.reports import Report, reports
from transforms.incidents.rule_files import incident_rules
from transforms.incidents.rules import IncidentRules

_PLACE = {"text": "", "name": None, "country": None, "admin1": None, "latitude": None, "longitude": None, "precision": None}
_ACTOR = dict.fromkeys(("name", "country", "sector", "office")) | {"reason": "test", "text_start": 0, "text_end": 1}
_GROUPS = {"hamas": "PSE", "hezbollah": "LBN", "houthis": "YEM"}


def place(words: str) -> dict[str, Any]:
    """`Brevna/UKR` a town, `Brevna@Nord/UKR` a town of a district, `@Nord/UKR` a district, `/UKR` a country, `?Nova` a name no gazetteer has,
    `=Square/UKR` a point; `Brevna/UKR 50.1 30.2` with coordinates."""
    words, *coordinates = words.split(" ")
    name, _, country = words.partition("/")
    town, _, district = name.partition("@")
    precision = {"?": None, "=": "point"}.get(town[:1], "city") if town else "admin1" if district else "country"
    latitude, longitude = map(float, coordinates) if coordinates else (None, None)
    return _PLACE | {
        "text": words,
        "name": town.lstrip("?=") or district or country,
        "country": country or None,
        "admin1": district or None,
        "precision": precision,
        "latitude": latitude,
        "longitude": longitude,
    }


def actor(role: str, words: str) -> dict[str, Any]:
    """`UKR` a state, `hamas` an armed group, `velin:UKR` a person who acts for a state, `?` somebody unnamed."""
    person, _, party = words.rpartition(":")
    kind = "person" if person else "armed_group" if party in _GROUPS else "state"
    known = None if party == "?" else party
    return _ACTOR | {
        "role": role,
        "text": words,
        "actor_id": person or known,
        "acts_for": known,
        "kind": kind if known else None,
        "country": _GROUPS.get(party, known),
    }


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def mention(
    event_type: str,
    *,
    doc: str = "doc",
    event_id: str | None = None,
    published: str | None = "2025-03-05",
    status: str = "occurred",
    date: str | None = None,
    basis: str | None = None,
    at: str | Iterable[str] = (),
    trigger: str = "trigger",
    confidence: float = 0.8,
    roles: dict[str, str | list[str]] | None = None,
    **own: Any,
) -> dict[str, Any]:
    """A row of `light_schema()`. `date` is `2025-03-04` or `2025-03-04..2025-03-06`; without one, the news of the day, or `basis` before or after."""
    first, _, last = (date or "").partition("..")
    if basis is None:
        basis = "text" if date else "published"
    if not date and basis == "published":
        first = last = published or ""
        basis = basis if published else "none"
    start, end = _day(first or None), _day(last or first or None)
    if basis == "before":
        start, end = None, _day(published)
    elif basis == "after":
        start, end = _day(published), None
    day = _day(published)
    row = {
        "event_type": event_type,
        "doc_id": doc,
        "published": None if day is None else datetime.datetime.combine(day, datetime.time(12), datetime.UTC),
        "published_date": day,
        "status": status,
        "event_date": start,
        "event_date_end": end,
        "date_precision": None if start is None or end is None else "day" if start == end else "range",
        "date_basis": None if basis == "none" else basis,
        "locations": [place(each) for each in ([at] if isinstance(at, str) else at)],
        "trigger": trigger,
        "actors": [actor(role, each) for role, names in (roles or {}).items() for each in ([names] if isinstance(names, str) else names)],
        "confidence": confidence,
        "source": doc,
    } | own
    row["event_id"] = event_id or hashlib.blake2b(repr(sorted(row.items(), key=lambda item: item[0])).encode(), digest_size=8).hexdigest()
    return dict.fromkeys(light_schema().names) | row


def strike(attacker: str | list[str] = (), target: str | list[str] = (), **rest: Any) -> dict[str, Any]:  # type: ignore[assignment]
    roles = {"attacker": attacker, "target": target}
    return mention("strike", roles=roles, **{"weapon": "unknown", "target_kind": "unknown", "casualties_scope": "event"} | rest)


def meeting(participants: list[str], **rest: Any) -> dict[str, Any]:
    return mention("meeting", roles={"participant": participants, "host": rest.pop("host", [])}, **{"format": "unknown"} | rest)


def aid(donor: str | list[str] = (), recipient: str | list[str] = (), decision: str = "pledged", **rest: Any) -> dict[str, Any]:  # type: ignore[assignment]
    roles = {"donor": donor, "recipient": recipient}
    direction = "cut" if decision == "suspended" else "give"
    return mention("aid_decision", roles=roles, decision=decision, **{"direction": direction, "aid_kind": "unknown"} | rest)


def table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows as the store gives them: sorted by published (nulls last), event_id."""
    found = pa.Table.from_pylist(list(rows), schema=pa.schema([field.with_nullable(True) for field in light_schema()]))
    return found.sort_by([("published", "ascending"), ("event_id", "ascending")])


def report(row: dict[str, Any]) -> Report:
    """One mention as the comparison sees it."""
    return next(reports([table([row])], incident_rules(row["event_type"])))


def assigned(mentions: pa.Table) -> pa.Table:
    """What the clusterer says of mentions of all types, given in small pieces, in the order of the rows."""
    clusterer = IncidentClusterer()
    found = [each for told in of_each_type(mentions) for each in clusterer.assign(told.slice(start, 7) for start in range(0, told.num_rows, 7))]
    members = pa.concat_tables(found) if found else MEMBERS.empty_table()
    return members.take(pc.index_in(mentions.column("event_id"), value_set=members.column("event_id").combine_chunks()))


def of_each_type(mentions: pa.Table) -> list[pa.Table]:
    """Mentions as the store gives them, type by type."""
    return [mentions.filter(pc.equal(mentions.column("event_type"), each)) for each in sorted(pc.unique(mentions.column("event_type")).to_pylist())]


def keys_of(report: Report, rules: IncidentRules) -> set[int]:
    """The block keys of one mention."""
    return block_keys(report, process_key(report, rules), rules)


def incidents_of(rows: list[dict[str, Any]]) -> dict[str, str]:
    """event_id -> incident_id."""
    members = assigned(table(rows))
    return dict(zip(members.column("event_id").to_pylist(), members.column("incident_id").to_pylist(), strict=True))


def partition(rows: list[dict[str, Any]]) -> set[frozenset[str]]:
    """The incidents as sets of event_ids."""
    found: dict[str, set[str]] = {}
    for event_id, incident_id in incidents_of(rows).items():
        found.setdefault(incident_id, set()).add(event_id)
    return {frozenset(each) for each in found.values()}


def summarised(mentions: pa.Table, members: pa.Table) -> pa.Table:
    """What the clusterer says of the incidents of mentions of all types, sorted by incident_id."""
    clusterer: Clusterer = IncidentClusterer()
    found = [clusterer.summarise(told, _only(members, told)) for told in of_each_type(mentions)]
    return pa.concat_tables(found or [clusterer.summarise(mentions, members)]).sort_by("incident_id")


def _only(members: pa.Table, mentions: pa.Table) -> pa.Table:
    return members.filter(pc.is_in(members.column("event_id"), value_set=mentions.column("event_id").combine_chunks()))


def summaries(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The incidents' rows."""
    mentions = table(rows)
    return summarised(mentions, assigned(mentions)).to_pylist()


def incident_rows(rows: list[dict[str, Any]]) -> pa.Table:
    """The incidents as the store gives them to be linked: with what it counts by itself."""
    mentions = table(rows)
    members = assigned(mentions)
    incident_of = dict(zip(members.column("event_id").to_pylist(), members.column("incident_id").to_pylist(), strict=True))
    found = []
    for incident in summarised(mentions, members).to_pylist():
        told = [row for row in rows if incident_of[row["event_id"]] == incident["incident_id"]]
        record = event_types()[incident["event_type"]]
        sides = {"acting": record.ACTING, "receiving": record.RECEIVING}
        parties = {
            side: "+".join(sorted({each["acts_for"] for row in told for each in row["actors"] if each["role"] == role and each["acts_for"]})) or None
            for side, role in sides.items()
        }
        days = [row["published_date"] for row in told if row["published_date"]]
        found.append(incident | parties | {"mentions": len(told), "first_published_date": min(days, default=None)})
    schema = tables()["incidents"].schema
    return pa.Table.from_pylist(found, schema=pa.schema([field.with_nullable(True) for field in schema if field.name not in LINKED]))


def linked(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """incident_id -> how it belongs with others."""
    return {row["incident_id"]: row for row in IncidentClusterer().link(incident_rows(rows)).to_pylist()}
