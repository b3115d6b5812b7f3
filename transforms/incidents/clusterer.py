"""The clusterer that the store works with (`protocol.Clusterer`): tables in, tables out, the rules of `seeds/incidents/` in between."""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import importlib.resources
import itertools
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from schemas.event_types import event_types
from schemas.tables import tables
from transforms.incidents import summary
from transforms.incidents.blocking import Keys, block_keys, process_key
from transforms.incidents.clustering import cluster
from transforms.incidents.packages import find_packages, package_key
from transforms.incidents.parts import find_parts, part_keys
from transforms.incidents.population import gather
from transforms.incidents.protocol import BLOCKS, LINKS, MEMBERS, light_schema
from transforms.incidents.reports import reports
from transforms.incidents.rule_files import incident_rules, rule_files

_TOGETHER = 50_000
"""So many mentions are assigned at a time."""

_KEYED = ("event_type", "scope", "event_date", "event_date_end", "date_basis", "acting", "receiving", "towns")
"""What the keys of an incident are made of by which it belongs with others."""

_LINKING = frozenset({*_KEYED, "incident_id", "status", "first_published_date", "location_country", "gathers"})
"""What is read of an incident to find what it belongs to, beside own fields that the rules name."""


class IncidentClusterer:
    """Joins mentions of one real-world event, by the rules of `seeds/incidents/`.

    What it returns depends on the mentions given alone, not on their order.
    """

    version: str
    link_columns: Sequence[str]

    def __init__(self) -> None:
        self.version = fingerprint()
        read = {name for event_type in event_types() for name in _linking_columns(event_type)}
        self.link_columns = [name for name in tables()["incidents"].schema.names if name in read]

    def blocks(self, mentions: pa.Table) -> pa.Array:
        """The block keys of each mention, in the order of the rows (`transforms.incidents.blocking`)."""
        if not mentions.num_rows:
            return pa.array([], BLOCKS)
        rules = incident_rules(mentions.column("event_type")[0].as_py())
        keys = Keys.empty()
        for report in reports([mentions], rules):
            keys.add(block_keys(report, process_key(report, rules), rules))
        return keys.stored(0, mentions.num_rows)

    def assign(self, parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """The incident and the component of each mention (`transforms.incidents.clustering`), its block keys and `summary.SEEN`, in the order of the rows."""
        parts = (part for part in parts if part.num_rows)
        first = next(parts, None)
        if first is None:
            return
        rules = incident_rules(first.column("event_type")[0].as_py())
        chunks: list[pa.Array] = []
        with _no_garbage():
            population = gather(reports(_noting(itertools.chain([first], parts), chunks), rules), rules)
            membership = cluster(population, rules)
        ids = pa.chunked_array(chunks, pa.string())
        schema = pa.schema([*MEMBERS, pa.field("blocks", BLOCKS), *summary.SEEN])
        for start in range(0, len(ids), _TOGETHER):
            end = min(start + _TOGETHER, len(ids))
            named = (ids.take(pa.array(each[start:end])) for each in (membership.incidents, membership.components))
            seen = summary.seen([population.features[number] for number in population.alike[start:end]])
            yield pa.table([ids.slice(start, end - start), *named, population.keys.stored(start, end), *seen], schema=schema)

    def summarise(self, mentions: pa.Table, members: pa.Table) -> pa.Table:
        """One row an incident, sorted by incident_id (`transforms.incidents.summary`)."""
        place = pc.index_in(mentions.column("event_id"), value_set=members.column("event_id").combine_chunks())
        return summary.summarise(mentions, members.take(place))

    def link_keys(self, incidents: pa.Table) -> list[set[str]]:
        """The keys by which incidents belong together (`transforms.incidents.parts`, `transforms.incidents.packages`)."""
        found = []
        for row in incidents.select(_KEYED).to_pylist():
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
        for event_type in pc.unique(incidents.column("event_type")).to_pylist():
            rules = incident_rules(event_type)
            of_type = incidents.filter(pc.equal(incidents.column("event_type"), event_type))
            if rules.package is None and not pc.any(of_type.column("gathers")).as_py():
                # Without a whole there are no parts.
                continue
            rows = of_type.select(_linking_columns(event_type)).to_pylist()
            packages |= find_packages(rows, rules)
            if rules.parts is not None:
                found = find_parts(rows, rules.parts)
                part_of |= found.part_of
                wholes |= found.told_by_parts
        ids = incidents.column("incident_id").to_pylist()
        columns = [ids, [part_of.get(each) for each in ids], [packages.get(each) for each in ids], [each in wholes for each in ids]]
        return pa.table(columns, schema=LINKS)


@contextlib.contextmanager
def _no_garbage() -> Iterator[None]:
    """Keeps Python from looking for cycles: what clustering makes has none, and to look through millions of features takes an eighth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _noting(parts: Iterable[pa.Table], event_ids: list[pa.Array]) -> Iterator[pa.Table]:
    """The parts as they are; on the way their ids are put into a list."""
    for part in parts:
        event_ids.extend(part.column("event_id").chunks)
        yield part


@functools.cache
def _linking_columns(event_type: str) -> list[str]:
    """The columns of incidents of a type by which they belong together."""
    rules = incident_rules(event_type)
    package = rules.package
    own = set(rules.parts.bars) if rules.parts is not None else set()
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
