"""Documents, mentions and a plain clusterer for tests of the store."""

from __future__ import annotations

import datetime
import hashlib
import pathlib
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from schemas.actor import Actor
from schemas.document import Document
from schemas.event_types import event_types
from schemas.event_types.aid_decision import AidDecision
from schemas.event_types.meeting import Meeting
from schemas.event_types.strike import Strike
from schemas.ledger import Reject, Run
from schemas.mention import Mention
from schemas.place import Place
from schemas.tables import tables
from transforms.events.extraction import Extraction
from transforms.incidents.protocol import BLOCKS, LINKS, MEMBERS, Clusterer
from transforms.storage.files import LocalFiles
from transforms.storage.preparation import KnownBatch, RunFacts
from transforms.storage.publish import publish
from transforms.storage.staging import StagedWriter

STARTED = datetime.datetime(2025, 4, 1, 8, tzinfo=datetime.UTC)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def document(doc_id: str, published: str | None = "2025-03-10", text: str | None = None, **fields: Any) -> Document:
    when = None if published is None else datetime.datetime.fromisoformat(published).replace(tzinfo=datetime.UTC)
    return Document(
        doc_id=doc_id,
        published=when,
        published_date=None if when is None else when.date(),
        text=f"The text of {doc_id}." if text is None else text,
        **({"source": "The Courier", "language": "en"} | fields),
    )


def actor(role: str, acts_for: str | None, actor_id: str | None = None, **fields: Any) -> Actor:
    known = {"actor_id": actor_id or acts_for, "name": actor_id or acts_for, "kind": "state" if actor_id is None else "person", "country": acts_for}
    return Actor(role=role, text=actor_id or acts_for or "someone", acts_for=acts_for, reason="test", text_start=0, text_end=1, **(known | fields))


def mention(source: Document, number: int, record: type[Mention] = Strike, date: str | None = "2025-03-09", **fields: Any) -> Mention:
    """A mention of a document; its event_id follows from document and number."""
    own: dict[type, dict[str, Any]] = {
        Strike: {"weapon": "drone", "target_kind": "energy", "casualties_scope": "event"},
        Meeting: {"format": "in_person"},
        AidDecision: {"decision": "pledged", "direction": "give", "aid_kind": "military"},
    }
    shared: dict[str, Any] = {
        "status": "occurred",
        "event_date": None if date is None else day(date),
        "event_date_end": None if date is None else day(date),
        "date_precision": "day",
        "date_basis": "text",
        "locations": (Place(text="Odesa", name="Odesa", country="UKR", latitude=46.48, longitude=30.73, precision="city"),),
        "sentence": "Drones hit Odesa.",
        "sentence_start": 0,
        "sentence_end": 17,
        "trigger": "hit",
        "trigger_start": number,
        "trigger_end": number + 3,
        "actors": (actor("attacker", "RUS"), actor("target", "UKR")),
        "rule": "test",
        "confidence": 0.5,
        "model": "model 1",
        "version": "version 1",
        "run_id": "",
    }
    name = hashlib.blake2b(f"{source.doc_id} {record.EVENT_TYPE} {number}".encode(), digest_size=8).hexdigest()
    return record(
        event_id=name,
        event_type=record.EVENT_TYPE,
        doc_id=source.doc_id,
        published=source.published,
        published_date=source.published_date,
        **(shared | own[record] | fields),
    )


def extraction(source: Document, *mentions: Mention, version: str = "version 1") -> Extraction:
    return Extraction(document=source, sentences=3, mentions=mentions, model="model 1", version=version)


def reject(kind: str = "skipped", error: str = "language") -> Reject:
    return Reject(run_id="", uri="in.jsonl", record="line 1", stage="read", kind=kind, error=error, payload="Bonjour", seen_at=STARTED)


class ByDayAndPlace:
    """Joins mentions of one type on one day at one place; those told as ongoing are processes, those told as `wave` hold the others of their day."""

    version = "by day and place"
    link_columns = ("incident_id", "event_type", "event_date", "gathers")

    def _key(self, row: dict[str, Any]) -> str:
        place = row["locations"][0]["name"] if row["locations"] else None
        return f"{row['event_type']} {row['event_date']} {place} {row['status'] == 'ongoing'} {row['trigger'] == 'wave'}"

    def blocks(self, mentions: pa.Table) -> pa.Array:
        return pa.array([[zlib.crc32(self._key(row).encode()) >> 1] for row in mentions.to_pylist()], BLOCKS)

    def assign(self, parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
        first: dict[str, str] = {}
        for mentions in parts:
            rows = [(row["event_id"], first.setdefault(self._key(row), row["event_id"])) for row in mentions.to_pylist()]
            members = pa.table([[each for each, _ in rows], [each for _, each in rows], [each for _, each in rows]], schema=MEMBERS)
            yield members.append_column("blocks", self.blocks(mentions))

    def summarise(self, mentions: pa.Table, members: pa.Table) -> pa.Table:
        incident = dict(zip(members["event_id"].to_pylist(), members["incident_id"].to_pylist(), strict=True))
        own = {name for record in event_types().values() for name in tables()[record.EVENT_TYPE].schema.names} & set(tables()["incidents"].schema.names)
        found: dict[str, dict[str, Any]] = {}
        for row in mentions.to_pylist():
            summary = found.setdefault(incident[row["event_id"]], {"incident_id": incident[row["event_id"]]})
            summary |= {name: row[name] for name in own if row.get(name) is not None}
            if row["locations"]:
                place = row["locations"][0]
                summary |= {
                    "location_name": place["name"],
                    "location_country": place["country"],
                    "latitude": place["latitude"],
                    "longitude": place["longitude"],
                }
            summary |= {"scope": "process" if row["status"] == "ongoing" else "event", "disputed": False, "gathers": row["trigger"] == "wave", "towns": []}
        schema = tables()["incidents"].schema
        names = {name for row in found.values() for name in row}
        return pa.Table.from_pylist(list(found.values()), schema=pa.schema([field for field in schema if field.name in names]))

    def link_keys(self, incidents: pa.Table) -> list[set[str]]:
        """Those of one type and day."""
        return [{f"{row['event_type']} {row['event_date']}"} if row["event_date"] else set() for row in incidents.to_pylist()]

    def link(self, incidents: pa.Table) -> pa.Table:
        """What is no wave is a part of the first wave of its day, and one package with it."""
        wholes: dict[str, str] = {}
        rows = sorted(incidents.to_pylist(), key=lambda row: row["incident_id"])
        for row in rows:
            if row["gathers"] and row["event_date"]:
                wholes.setdefault(f"{row['event_type']} {row['event_date']}", row["incident_id"])
        found = []
        for row in rows:
            whole = wholes.get(f"{row['event_type']} {row['event_date']}")
            part = whole is not None and not row["gathers"]
            found.append({"incident_id": row["incident_id"], "part_of": whole if part else None, "package_id": whole, "told_by_parts": False})
        told = {row["part_of"] for row in found}
        return pa.Table.from_pylist([row | {"told_by_parts": row["incident_id"] in told} for row in found], schema=LINKS)


def facts(run_id: str, version: str = "version 1", **fields: Any) -> RunFacts:
    return RunFacts(run_id, STARTED, "test", "model 1", version, **fields)


def store(
    folder: pathlib.Path,
    run_id: str,
    extractions: Iterable[Extraction] = (),
    rejects: Iterable[Reject] = (),
    *,
    known: Iterable[KnownBatch] = (),
    parts: int = 1,
    refresh: bool = False,
    inputs: tuple[str, ...] = (),
    clusterer: Clusterer | None = None,
    version: str = "version 1",
    **options: Any,
) -> Run:
    """Stages and publishes a run as the transform does, without Beam."""
    files = LocalFiles(str(folder))
    writers = [StagedWriter(files, run_id) for _ in range(parts)]
    staged = []
    for index, each in enumerate(extractions):
        staged += writers[index % parts].add(each)
    for each in rejects:
        staged += writers[0].reject(each)
    for writer in writers:
        staged += writer.flush()
    return publish(files, facts(run_id, version, refresh=refresh, inputs=inputs), staged, known, clusterer or ByDayAndPlace(), **options)


def contents(folder: pathlib.Path) -> dict[str, list[str]]:
    """All rows of a store in a form that two stores can be compared by: sorted, without run_id and seen_at, without runs and aliases."""
    from transforms.storage.draft import Draft
    from transforms.storage.manifest import current

    files = LocalFiles(str(folder))
    draft = Draft(files, "", current(files))
    found = {}
    for name, table in tables().items():
        if name not in ("runs", "incident_aliases"):
            columns = [column for column in table.schema.names if column not in ("run_id", "seen_at")]
            found[name] = sorted(repr(row) for row in draft.collect(name, columns).to_pylist())
    return found
