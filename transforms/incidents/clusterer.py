"""The clusterer that the store works with (`protocol.Clusterer`): tables in, tables out, the rules of `seeds/incidents/` in between."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types, own_columns
from schemas.tables import tables
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


_LINKING = frozenset(
    {
        *("incident_id", "event_type", "status", "scope", "event_date", "event_date_end", "date_basis", "first_published_date"),
        *("location_country", "towns", "acting", "receiving", "gathers"),
    }
)
"""What is read of an incident to find what it belongs to, beside own fields that the rules name."""


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
        for rows, told, rules in _by_type(mentions):
            for row, report in zip(rows, reports(told, rules), strict=True):
                found[row] = block_keys(report, rules)
        return found

    def assign(self, mentions: pa.Table) -> pa.Table:
        """The incident and the component of each mention, in `MEMBERS`, in the order of the rows (`transforms.incidents.clustering`)."""
        ids = mentions.column("event_id").to_pylist()
        incidents, components = list(ids), list(ids)
        for rows, told, rules in _by_type(mentions):
            found = cluster(reports(told, rules), rules)
            for row, incident, component in zip(rows, found.incidents, found.components, strict=True):
                incidents[row], components[row] = ids[rows[incident]], ids[rows[component]]
        return pa.table([ids, incidents, components], schema=MEMBERS)

    def summarise(self, mentions: pa.Table, members: pa.Table) -> pa.Table:
        """One row an incident, sorted by incident_id (`transforms.incidents.summary`)."""
        members = members.sort_by([("incident_id", "ascending"), ("event_id", "ascending")])
        place = pc.index_in(members.column("event_id"), value_set=mentions.column("event_id").combine_chunks())
        incident_ids = members.column("incident_id").to_pylist()
        found = [summary.to_table([])]
        for start, end in _spans(incident_ids):
            part = mentions.take(place.slice(start, end - start))
            features = _features(part)
            told = part.select(_told_columns(part)).to_pylist()
            rows: list[dict[str, Any]] = []
            at = 0
            for incident_id, count in _runs(incident_ids[start:end]):
                rows.append(summary.summarise(told[at : at + count], features[at : at + count], incident_id))
                at += count
            found.append(summary.to_table(rows))
        return pa.concat_tables(found)

    def link_keys(self, incidents: pa.Table) -> list[set[str]]:
        """The keys by which incidents belong together (`transforms.incidents.parts`, `transforms.incidents.packages`)."""
        found = []
        for row in incidents.select(_linking_columns()).to_pylist():
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
        for event_type, rows in by_type(incidents.select(_linking_columns()).to_pylist()):
            rules = incident_rules(event_type)
            packages |= find_packages(rows, rules)
            if rules.parts is not None:
                found = find_parts(rows, rules.parts)
                part_of |= found.part_of
                wholes |= found.told_by_parts
        ids = incidents.column("incident_id").to_pylist()
        columns = [ids, [part_of.get(each) for each in ids], [packages.get(each) for each in ids], [each in wholes for each in ids]]
        return pa.table(columns, schema=LINKS)


def _by_type(mentions: pa.Table) -> Iterator[tuple[Sequence[int], pa.Table, IncidentRules]]:
    """The rows of each event type by number, and they themselves in the order of the contract (published, nulls last, then event_id), with its rules."""
    types = mentions.column("event_type")
    order = pc.sort_indices(mentions.select(["published", "event_id"]), sort_keys=[("published", "ascending"), ("event_id", "ascending")])
    found = sorted(pc.unique(types).to_pylist())
    if len(found) == 1 and order.equals(pa.array(np.arange(len(order), dtype=np.uint64))):
        # As the store gives them: there is no need for a copy.
        yield range(len(order)), mentions, incident_rules(found[0])
        return
    for event_type in found:
        rows = order.filter(pc.equal(types.take(order), event_type))
        yield rows.to_pylist(), mentions.take(rows), incident_rules(event_type)


def _told_columns(mentions: pa.Table) -> list[str]:
    """The columns of mentions that their incidents' rows are made of."""
    own = {each.name for event_type in pc.unique(mentions.column("event_type")).to_pylist() for each in own_columns(event_types()[event_type])}
    return [name for name in mentions.column_names if name in own or name in summary.READ]


def _features(mentions: pa.Table) -> list[Features]:
    """Mentions of any type as clustering sees them, in the order of the rows."""
    found: dict[int, Features] = {}
    for rows, told, rules in _by_type(mentions):
        found |= {row: report.features for row, report in zip(rows, reports(told, rules), strict=True)}
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
def _linking_columns() -> list[str]:
    """The columns of incidents by which they belong together."""
    own: set[str] = set()
    for rules in map(incident_rules, event_types()):
        package = rules.package
        own |= set(rules.parts.bars) if rules.parts is not None else set()
        if package is not None:
            own |= {package.step, package.kind}
            own |= {name for detail in rules.details if detail.field in (package.amount, package.items) for name in detail.fields}
    return [name for name in tables()["incidents"].schema.names if name in own or name in _LINKING]


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
