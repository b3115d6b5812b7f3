"""The annotation itself: every file has the form of the contract, and values and pairs that events.md allows."""

from __future__ import annotations

import collections
import datetime
import json
import pathlib
from typing import Any

import pycountry
import pytest

from schemas.columns import columns
from schemas.event_types import event_types

FILES = sorted(pathlib.Path(__file__).parent.glob("*.jsonl"))
DOCUMENTS: list[dict[str, Any]] = [json.loads(line) for path in FILES for line in path.read_text("utf-8").splitlines()]
STATUSES = {"occurred", "ongoing", "planned", "proposed", "cancelled", "denied"}
ROLES = {"meeting": {"participant", "host", "mediator"}, "strike": {"attacker", "target"}, "aid_decision": {"donor", "recipient", "requester"}}
# The table of events.md; any decision may also be cancelled or proposed.
STATUSES_OF_DECISION = {
    "requested": {"occurred", "planned"},
    "proposed": {"occurred"},
    "pledged": {"occurred"},
    "approved": {"occurred", "planned", "denied"},
    "delivered": {"occurred", "ongoing", "denied"},
    "rejected": {"occurred", "ongoing"},
    "suspended": {"occurred", "planned"},
}
SHARED = {"type", "start", "end", "trigger", "status", "date", "date_end", "date_text", "location", "location_country", "actors"}
COUNTRIES = {each.alpha_3 for each in pycountry.countries} | {"XKX"}


@pytest.fixture(params=DOCUMENTS, ids=lambda document: document["doc_id"])
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_there_is_enough_of_every_type() -> None:
    assert len(DOCUMENTS) >= 40
    assert len({document["doc_id"] for document in DOCUMENTS}) == len(DOCUMENTS)
    counts = collections.Counter(event["type"] for document in DOCUMENTS for event in document["events"])
    assert set(counts) == set(event_types())
    assert min(counts.values()) >= 25
    assert sum(not document["events"] for document in DOCUMENTS) >= 5


def test_evidence_is_a_whole_sentence_that_holds_its_trigger(document: dict[str, Any]) -> None:
    text = document["text"]
    for event in document["events"]:
        sentence = text[event["start"] : event["end"]]
        assert sentence.strip() == sentence
        assert sentence[-1] in '.?!"”'
        assert text[: event["start"]].strip()[-1:] in ("", ".", "?", "!", '"', "”")
        assert event["trigger"] in sentence
        assert event.get("date_text", "") in sentence
    assert document["n_sentences"] >= len({event["start"] for event in document["events"]})


def test_values_are_those_of_the_definition(document: dict[str, Any]) -> None:
    for event in document["events"]:
        own = {column.name: column for column in columns(event_types()[event["type"]])}
        assert event["status"] in STATUSES
        for field in set(event) - SHARED:
            assert field in own
            if own[field].values:
                assert event[field] in own[field].values
        if event["type"] == "aid_decision":
            assert event["status"] in STATUSES_OF_DECISION[event["decision"]] | {"cancelled", "proposed"}
            assert ("amount" in event) == ("amount_scope" in event)
            assert event.get("direction") == ("cut" if event["decision"] == "suspended" else event["direction"])
        for what in ("killed", "injured"):
            low, high = event.get(f"{what}_min"), event.get(f"{what}_max")
            assert low is None or high is None or 0 <= low <= high


def test_an_event_has_an_actor_or_a_place(document: dict[str, Any]) -> None:
    for event in document["events"]:
        assert event["actors"] or "location" in event
        for actor in event["actors"]:
            assert actor["role"] in ROLES[event["type"]]
            assert actor["name"]
            assert actor.get("country") is None or actor["country"] in COUNTRIES
            if actor["role"] == "host":
                assert any(each["role"] == "participant" and each["name"] == actor["name"] for each in event["actors"])


def test_dates_are_days_in_order(document: dict[str, Any]) -> None:
    datetime.date.fromisoformat(document["published"])
    for event in document["events"]:
        if "date" in event:
            assert datetime.date.fromisoformat(event["date"]) <= datetime.date.fromisoformat(event["date_end"])
