from __future__ import annotations

import random
import time
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.tables import tables
from tests.transforms.incidents.mentions import aid, assigned, incident_rows, meeting, of_each_type, strike, summarised, table
from tests.transforms.incidents.random_mentions import mentions
from tests.transforms.incidents.synthetic import stream
from transforms.incidents.clusterer import IncidentClusterer, fingerprint
from transforms.incidents.protocol import COUNTED, LINKED, LINKS, MEMBERS, light_schema

ROWS = [
    strike("RUS", "UKR", date="2025-03-04", at="Brevna/UKR", event_id="s1"),
    strike("RUS", "UKR", date="2025-03-04", at="Brevna/UKR", doc="b", event_id="s2"),
    meeting(["RUS", "UKR"], date="2025-03-04", event_id="m1"),
    aid("USA", "UKR", amount=5e8, currency="USD", event_id="a1"),
    aid("USA", "UKR", amount=5e8, currency="USD", published="2025-03-04", doc="b", event_id="a2"),
]


def test_it_is_what_the_store_asks_for() -> None:
    rows = table(ROWS)
    members = assigned(rows)
    assert members.select(MEMBERS.names).schema.equals(MEMBERS)
    assert members.column("event_id").to_pylist() == rows.column("event_id").to_pylist()
    assert dict(zip(*(members.column(name).to_pylist() for name in ("event_id", "incident_id")), strict=True)) == {
        "s1": "s1",
        "s2": "s1",
        "m1": "m1",
        "a1": "a2",
        "a2": "a2",
    }
    summary = summarised(rows, members)
    assert summary.column("incident_id").to_pylist() == ["a2", "m1", "s1"]
    schema = tables()["incidents"].schema
    assert set(summary.column_names) == set(schema.names) - set(COUNTED) - set(LINKED)
    assert all(summary.schema.field(name).type == schema.field(name).type for name in summary.column_names)
    assert summary.column("amount").to_pylist() == [5e8, None, None]


@settings(max_examples=60, deadline=None)
@given(mentions(), st.randoms(use_true_random=False))
def test_links_depend_on_what_shares_a_key_and_on_no_order(rows: list[dict[str, Any]], chance: random.Random) -> None:
    clusterer = IncidentClusterer()
    incidents = incident_rows(rows)
    everything = clusterer.link(incidents)
    assert everything.schema.equals(LINKS)
    by_id = {row["incident_id"]: row for row in everything.to_pylist()}
    order = list(range(incidents.num_rows))
    chance.shuffle(order)
    assert {row["incident_id"]: row for row in clusterer.link(incidents.take(pa.array(order, pa.int64()))).to_pylist()} == by_id
    keys = clusterer.link_keys(incidents)
    for index, mine in enumerate(keys):
        around = [other for other, theirs in enumerate(keys) if other == index or mine & theirs]
        alone = {row["incident_id"]: row for row in clusterer.link(incidents.take(pa.array(around, pa.int64()))).to_pylist()}
        incident_id = incidents.column("incident_id")[index].as_py()
        assert alone[incident_id] == by_id[incident_id]


def test_no_mentions() -> None:
    clusterer = IncidentClusterer()
    empty = light_schema().empty_table()
    assert clusterer.blocks(empty).to_pylist() == []
    assert list(clusterer.assign([empty])) == []
    assert clusterer.summarise(empty, MEMBERS.empty_table()).num_rows == 0
    assert clusterer.link(incident_rows([])).num_rows == 0


def test_the_version_is_a_fingerprint() -> None:
    assert IncidentClusterer().version == IncidentClusterer().version == fingerprint()
    assert len(fingerprint()) == 16


@settings(max_examples=80, deadline=None)
@given(mentions(12))
def test_runs_over_touched_components_give_what_one_run_gives(rows: list[dict[str, Any]]) -> None:
    """What the store does: a run clusters its new mentions with the components that share a block with them, and leaves the others."""
    clusterer = IncidentClusterer()
    known: dict[str, tuple[str, str]] = {}
    stored: list[dict[str, Any]] = []
    for start in range(0, len(rows), 4):
        new = rows[start : start + 4]
        blocks = {key for told in of_each_type(table(new)) for keys in clusterer.blocks(told).to_pylist() for key in keys}
        touched = {
            known[event_id][1]
            for old in of_each_type(table(stored))
            for event_id, keys in zip(old.column("event_id").to_pylist(), clusterer.blocks(old).to_pylist(), strict=True)
            if blocks.intersection(keys)
        }
        again = [row for row in stored if known[row["event_id"]][1] in touched]
        found = assigned(table(new + again)).to_pylist()
        known |= {each["event_id"]: (each["incident_id"], each["component_id"]) for each in found}
        stored += new
    everything = assigned(table(rows)).to_pylist()
    assert known == {each["event_id"]: (each["incident_id"], each["component_id"]) for each in everything}


def test_incidents_are_summarised_from_their_own_mentions_in_any_division() -> None:
    rows = stream(300)
    members = assigned(rows)
    whole = {each["incident_id"]: each for each in summarised(rows, members).to_pylist()}
    assert len(whole) > 50
    for incident_id in sorted(whole)[:20]:
        mask = pa.array([each == incident_id for each in members.column("incident_id").to_pylist()])
        assert summarised(rows.filter(mask), members.filter(mask)).to_pylist() == [whole[incident_id]]


def test_twenty_thousand_mentions_take_seconds() -> None:
    clusterer = IncidentClusterer()
    rows = stream(20_000)
    start = time.process_time()
    for told in of_each_type(rows):
        clusterer.blocks(told)
    members = assigned(rows)
    summarised(rows, members)
    taken = time.process_time() - start
    assert rows.num_rows / 6 < len(set(members.column("incident_id").to_pylist())) < rows.num_rows / 1.5
    assert taken < 15, f"{taken:.1f} s of processor time; about 5 s are usual"
