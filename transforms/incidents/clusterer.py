"""The clusterer that the store works with (`protocol.Clusterer`): tables in, tables out, the rules of `seeds/incidents/` in between."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types
from transforms.incidents import summary
from transforms.incidents.blocking import block_keys
from transforms.incidents.clustering import cluster
from transforms.incidents.packages import find_packages, package_key
from transforms.incidents.parts import by_type, find_parts, part_keys
from transforms.incidents.protocol import LINKS, MEMBERS, light_schema
from transforms.incidents.reports import Features, reports
from transforms.incidents.rule_files import incident_rules, rule_files
from transforms.incidents.rules import IncidentRules

_ROWS = 50_000
"""So many mentions are turned into Python rows at a time."""


class IncidentClusterer:
    """Joins mentions of one real-world event, by the rules of `seeds/incidents/`.

    What it returns depends on the mentions given alone, not on their order.
    """

    version: str

    def __init__(self) -> None:
        self.version = fingerprint()

    def blocks(self, mentions: pa.Table) -> list[set[str]]:
        """The block keys of each mention, in the order of the rows (`transforms.incidents.blocking`)."""
        found: list[set[str]] = [set() for _ in range(mentions.num_rows)]
        for rows, rules in _by_type(mentions):
            for row, report in zip(rows, reports(mentions.take(pa.array(rows, pa.int64())), rules), strict=True):
                found[row] = block_keys(report, rules)
        return found

    def assign(self, mentions: pa.Table) -> pa.Table:
        """The incident and the component of each mention, in `MEMBERS`, in the order of the rows (`transforms.incidents.clustering`)."""
        ids = mentions.column("event_id").to_pylist()
        incidents, components = list(ids), list(ids)
        for rows, rules in _by_type(mentions):
            found = cluster(reports(mentions.take(pa.array(rows, pa.int64())), rules), rules)
            for row, incident, component in zip(rows, found.incidents, found.components, strict=True):
                incidents[row], components[row] = ids[rows[incident]], ids[rows[component]]
        return pa.table([ids, incidents, components], schema=MEMBERS)

    def summarise(self, mentions: pa.Table, members: pa.Table) -> pa.Table:
        """One row an incident, sorted by incident_id (`transforms.incidents.summary`)."""
        members = members.sort_by([("incident_id", "ascending"), ("event_id", "ascending")])
        place = pc.index_in(members.column("event_id"), value_set=mentions.column("event_id").combine_chunks())
        incident_ids = members.column("incident_id").to_pylist()
        rows: list[dict[str, Any]] = []
        for start, end in _spans(incident_ids):
            part = mentions.take(place.slice(start, end - start))
            features = _features(part)
            told = part.select([name for name in part.column_names if name != "actors"]).to_pylist()
            at = 0
            for incident_id, count in _runs(incident_ids[start:end]):
                rows.append(summary.summarise(told[at : at + count], features[at : at + count], incident_id))
                at += count
        return summary.to_table(rows)

    def link_keys(self, incidents: pa.Table) -> list[set[str]]:
        """The keys by which incidents belong together (`transforms.incidents.parts`, `transforms.incidents.packages`)."""
        found = []
        for row in incidents.to_pylist():
            rules = incident_rules(row["event_type"])
            keys = part_keys(row, rules.parts) if rules.parts is not None else set()
            package = package_key(row) if rules.package is not None else None
            found.append(keys | {package} if package is not None else keys)
        return found

    def link(self, incidents: pa.Table) -> pa.Table:
        """Wholes and packages of incidents."""
        part_of: dict[str, str] = {}
        packages: dict[str, str] = {}
        wholes: set[str] = set()
        for event_type, rows in by_type(incidents.to_pylist()):
            rules = incident_rules(event_type)
            packages |= find_packages(rows, rules)
            if rules.parts is not None:
                found = find_parts(rows, rules.parts)
                part_of |= found.part_of
                wholes |= found.told_by_parts
        ids = incidents.column("incident_id").to_pylist()
        columns = [ids, [part_of.get(each) for each in ids], [packages.get(each) for each in ids], [each in wholes for each in ids]]
        return pa.table(columns, schema=LINKS)


def _by_type(mentions: pa.Table) -> Iterator[tuple[list[int], IncidentRules]]:
    """The rows of each event type, in the order of the contract (published, nulls last, then event_id), with its rules."""
    types = mentions.column("event_type")
    order = pc.sort_indices(mentions.select(["published", "event_id"]), sort_keys=[("published", "ascending"), ("event_id", "ascending")])
    for event_type in sorted(pc.unique(types).to_pylist()):
        yield order.filter(pc.equal(types.take(order), event_type)).to_pylist(), incident_rules(event_type)


def _features(mentions: pa.Table) -> list[Features]:
    """Mentions of any type as clustering sees them, in the order of the rows."""
    found: dict[int, Features] = {}
    for rows, rules in _by_type(mentions):
        found |= {row: report.features for row, report in zip(rows, reports(mentions.take(pa.array(rows, pa.int64())), rules), strict=True)}
    return [found[row] for row in range(mentions.num_rows)]


def _runs(values: list[str]) -> Iterator[tuple[str, int]]:
    """Equal neighbours, and how many."""
    start = 0
    for index in range(1, len(values) + 1):
        if index == len(values) or values[index] != values[start]:
            yield values[start], index - start
            start = index


def _spans(incident_ids: list[str]) -> Iterator[tuple[int, int]]:
    """Spans of rows of about `_ROWS`, none of which parts an incident."""
    start = end = 0
    for _, count in _runs(incident_ids):
        if end - start >= _ROWS:
            yield start, end
            start = end
        end += count
    if end > start:
        yield start, end


@functools.cache
def fingerprint() -> str:
    """A digest of all that decides on incidents: the modules of this folder, the rules, and what a mention has."""
    digest = hashlib.blake2b(digest_size=8)
    modules = importlib.resources.files("transforms.incidents")
    for file in sorted(modules.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for name, text in rule_files().items():
        digest.update(name.encode() + b"\0" + text.encode() + b"\0")
    schema = "\n".join(f"{field.name} {field.type}" for field in light_schema())
    roles = [f"{name} {record.ROLES} {record.ACTING} {record.RECEIVING}" for name, record in event_types().items()]
    digest.update("\n".join([schema, *roles]).encode())
    return digest.hexdigest()
