from __future__ import annotations

import itertools
import random
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.incidents.mentions import aid, assigned, incidents_of, keys_of, meeting, partition, report, strike, summarised, table
from tests.transforms.incidents.random_mentions import mentions
from transforms.incidents.reports import EVENT
from transforms.incidents.rule_files import incident_rules
from transforms.incidents.similarity import contradict, match

_RU = {"attacker": "RUS", "target": "UKR"}


def _by_first_letter(rows: list[dict[str, Any]]) -> set[str]:
    """The incidents with event ids shortened to the part before the dash: `{"a", "ab"}` are two incidents."""
    return {"".join(sorted(event_id.partition("-")[0] for event_id in incident)) for incident in partition(rows)}


def test_a_report_without_a_town_joins_no_two_towns() -> None:
    rows = [
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", event_id="a"),
        strike(**_RU, date="2025-03-04", at="Kolin/UKR", event_id="b"),
        strike(**_RU, date="2025-03-04", at="/UKR", event_id="c"),
    ]
    assert _by_first_letter(rows) == {"a", "b", "c"}
    assert _by_first_letter(rows[1:]) == {"bc"}


def test_a_week_of_a_plan_joins_no_two_days() -> None:
    rows = [
        meeting(["FRA", "UKR"], date="2025-03-10..2025-03-16", status="planned", published="2025-03-05", doc="p", event_id="a"),
        meeting(["FRA", "UKR"], date="2025-03-11", published="2025-03-12", doc="q", event_id="b"),
        meeting(["FRA", "UKR"], date="2025-03-14", published="2025-03-15", doc="r", event_id="c"),
    ]
    assert _by_first_letter(rows) == {"a", "b", "c"}
    assert _by_first_letter(rows[:2]) == {"ab"}


def test_a_report_between_two_days_takes_the_one_that_agrees_better() -> None:
    rows = [
        strike(**_RU, date="2025-03-03", at="Brevna/UKR", published="2025-03-03", killed_min=4, weapon="drone", target_kind="energy", event_id="a", doc="p"),
        strike(**_RU, date="2025-03-05", at="Brevna/UKR", published="2025-03-05", killed_min=9, weapon="drone", event_id="b", doc="q"),
        strike(**_RU, at="Brevna/UKR", published="2025-03-04", killed_min=4, weapon="drone", target_kind="energy", event_id="c", doc="r"),
    ]
    assert _by_first_letter(rows) == {"ac", "b"}


def test_days_told_a_day_late_do_not_chain() -> None:
    rows = [
        strike(**_RU, at="Brevna/UKR", published=f"2025-03-{day:02d}", killed_min=2, weapon="drone", target_kind="energy", doc=f"d{day}", event_id=f"{day}")
        for day in range(1, 9)
    ]
    for incident in partition(rows):
        assert max(map(int, incident)) - min(map(int, incident)) <= 1


def test_a_daily_bombardment_is_an_incident_a_day() -> None:
    days = range(1, 11)
    rows = [
        strike(
            **_RU,
            date=f"2025-03-{day:02d}",
            published=f"2025-03-{day + 1:02d}",
            at="Brevna/UKR",
            weapon="artillery",
            doc=f"{outlet}{day}",
            event_id=f"{day}-{outlet}",
        )
        for day in days
        for outlet in "xyz"
    ]
    assert _by_first_letter(rows) == {str(day) * 3 for day in days}


def test_rounds_of_talks_stay_apart_and_undated_talks_join_the_round_of_their_document() -> None:
    rows = [
        meeting(["RUS", "UKR"], date="2025-05-16", published="2025-05-16", at="Istra/TUR", doc="p", event_id="a"),
        meeting(["RUS", "UKR"], basis="before", published="2025-05-16", trigger="talks", doc="p", event_id="b"),
        meeting(["RUS", "UKR"], date="2025-06-02", published="2025-06-02", at="Istra/TUR", doc="q", event_id="c"),
        meeting(["RUS", "UKR"], basis="before", published="2025-06-02", trigger="talks", doc="q", event_id="d"),
        meeting(["RUS", "UKR"], basis="before", published="2025-06-20", trigger="talks", doc="r", event_id="e"),
        meeting(["RUS", "UKR"], basis="before", published="2025-06-21", trigger="negotiations", doc="s", event_id="f"),
    ]
    assert _by_first_letter(rows) == {"ab", "cd", "ef"}


def test_undated_talks_of_a_document_with_two_rounds_join_neither() -> None:
    rows = [
        meeting(["RUS", "UKR"], date="2025-05-16", published="2025-06-03", at="Istra/TUR", event_id="a"),
        meeting(["RUS", "UKR"], date="2025-06-02", published="2025-06-03", at="Istra/TUR", event_id="b"),
        meeting(["RUS", "UKR"], basis="before", published="2025-06-03", trigger="talks", event_id="c"),
    ]
    assert _by_first_letter(rows) == {"a", "b", "c"}


def test_processes_are_one_a_month_and_take_no_event() -> None:
    habit = {"status": "ongoing", "trigger": "attacks", "target_kind": "energy"}
    rows = [
        strike(**_RU, **habit, published="2025-03-02", doc="p", event_id="a"),
        strike(**_RU, **habit, published="2025-03-20", doc="q", event_id="b"),
        strike(**_RU, **habit, published="2025-04-02", doc="r", event_id="c"),
        strike(**_RU, **habit | {"target_kind": "port"}, published="2025-03-20", doc="q", event_id="d"),
        strike(**_RU, date="2025-03-02", published="2025-03-02", target_kind="energy", doc="p", event_id="e"),
    ]
    assert _by_first_letter(rows) == {"ab", "c", "d", "e"}


def test_wire_copies_are_one_incident() -> None:
    rows = [aid("USA", "UKR", amount=5e8, currency="USD", doc=f"d{index}", event_id=f"{index:03d}") for index in range(300)]
    assert len(partition(rows)) == 1


def test_many_reports_of_two_contradicting_amounts_stay_two() -> None:
    rows = [
        aid("USA", "UKR", amount=amount, currency="USD", doc=f"{amount}-{index}", event_id=f"{letter}-{index}")
        for letter, amount in (("a", 5e8), ("b", 3e8))
        for index in range(20)
    ]
    assert _by_first_letter(rows) == {"a" * 20, "b" * 20}


def test_the_incident_is_named_by_its_first_mention() -> None:
    rows = [
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", published=None, event_id="a"),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", published="2025-03-06", event_id="b", doc="p"),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", published="2025-03-05", event_id="d", doc="q"),
        strike(**_RU, date="2025-03-04", at="Brevna/UKR", published="2025-03-05", event_id="c", doc="r"),
    ]
    assert set(incidents_of(rows).values()) == {"c"}


def _assigned(rows: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    found = assigned(table(rows)).to_pylist()
    return {each["event_id"]: (each["incident_id"], each["component_id"]) for each in found}


@settings(max_examples=80, deadline=None)
@given(mentions(), st.randoms(use_true_random=False))
def test_incidents_are_summarised_alike_in_any_order_of_the_rows(rows: list[dict[str, Any]], chance: random.Random) -> None:
    ordered = table(rows)
    members = assigned(ordered)
    orders = [chance.sample(range(len(rows)), len(rows)) for _ in range(2)]
    shuffled, shuffled_members = (each.take(pa.array(order, pa.int64())) for each, order in zip((ordered, members), orders, strict=True))
    assert summarised(shuffled, shuffled_members).to_pylist() == summarised(ordered, members).to_pylist()


@settings(max_examples=80, deadline=None)
@given(mentions())
def test_a_component_alone_gives_what_everything_gives(rows: list[dict[str, Any]]) -> None:
    everything = _assigned(rows)
    components: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        components.setdefault(everything[row["event_id"]][1], []).append(row)
    assert {event_id: found for part in components.values() for event_id, found in _assigned(part).items()} == everything


@settings(max_examples=80, deadline=None)
@given(mentions(), mentions(4))
def test_what_shares_no_block_changes_nothing(rows: list[dict[str, Any]], added: list[dict[str, Any]]) -> None:
    before = _assigned(rows)
    blocks = set().union(*(keys_of(report(row), incident_rules(row["event_type"])) for row in rows))
    new = [row | {"event_id": f"n{row['event_id']}"} for row in added]
    unrelated = [row for row in new if not keys_of(report(row), incident_rules(row["event_type"])) & blocks]
    after = _assigned(rows + unrelated)
    assert {event_id: after[event_id] for event_id in before} == before


@settings(max_examples=80, deadline=None)
@given(mentions())
def test_no_incident_holds_a_contradiction(rows: list[dict[str, Any]]) -> None:
    by_id = {row["event_id"]: row for row in rows}
    first_mention = {each: index for index, each in enumerate(table(rows).column("event_id").to_pylist())}
    for incident in partition(rows):
        members = [report(by_id[event_id]) for event_id in incident]
        rules = incident_rules(by_id[next(iter(incident))]["event_type"])
        # What is told as a process is no single encounter: by phone and in person, called off and under way are one.
        if any(member.features.kind == EVENT for member in members):
            assert not any(contradict(a.features, b.features, rules) for a, b in itertools.combinations(members, 2))
        assert incidents_of(rows)[min(incident, key=first_mention.__getitem__)] in incident
        assert {incidents_of(rows)[event_id] for event_id in incident} == {min(incident, key=first_mention.__getitem__)}


@settings(max_examples=80, deadline=None)
@given(mentions())
def test_members_of_an_incident_hang_together(rows: list[dict[str, Any]]) -> None:
    """Every mention of an incident is joined to another of it, or told as the same process; no incident spreads over components."""
    by_id = {row["event_id"]: row for row in rows}
    assigned = _assigned(rows)
    for incident in partition(rows):
        assert len({assigned[event_id][1] for event_id in incident}) == 1
        if len(incident) == 1:
            continue
        rules = incident_rules(by_id[next(iter(incident))]["event_type"])
        members = {event_id: report(by_id[event_id]) for event_id in incident}
        for event_id, member in members.items():
            others = [other for other_id, other in members.items() if other_id != event_id]
            joined = any(match(member.features, other.features, rules, same_document=member.doc_id == other.doc_id) for other in others)
            process = any(keys_of(member, rules) & keys_of(other, rules) for other in others) and member.features.kind != EVENT
            assert joined or process


@settings(max_examples=80, deadline=None)
@given(mentions())
def test_an_incident_given_alone_is_one_incident(rows: list[dict[str, Any]]) -> None:
    for incident in partition(rows):
        assert partition([row for row in rows if row["event_id"] in incident]) == {incident}


@settings(max_examples=50, deadline=None)
@given(mentions())
def test_clustering_again_gives_the_same(rows: list[dict[str, Any]]) -> None:
    assert _assigned(rows) == _assigned(rows)
