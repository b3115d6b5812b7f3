from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.evaluation.annotation import extracted, own_fields, read_gold, silent_value, stored
from schemas.event_types import event_types
from tests.pipeline.articles import AID, MEETING, STRIKE, article, write_articles

EVENT = {
    "type": "meeting",
    "start": 0,
    "end": 9,
    "trigger": "met",
    "status": "occurred",
    "date": None,
    "date_end": None,
    "location_country": "KEN",
    "format": "phone",
    "actors": [],
}


def gold_line(**fields: Any) -> dict[str, Any]:
    return {"doc_id": "one", "text": f"{MEETING} And so on.", "published": "2025-03-12", "events": [EVENT], "n_sentences": 2} | fields


def test_annotation_is_read(tmp_path: pathlib.Path) -> None:
    path = write_articles(tmp_path / "gold.jsonl", gold_line(), "", gold_line(doc_id="two", published=None, events=[]))
    first, second = read_gold([path])
    assert (first.doc_id, first.dated, first.sentences) == ("one", True, 2)
    assert first.document is not None
    assert str(first.document.published_date) == "2025-03-12"
    assert first.mentions[0].text == MEETING[:9]
    assert first.mentions[0].fields == {"date": None, "date_end": None, "location_country": "KEN", "format": "phone"}
    assert (second.doc_id, second.dated, second.mentions) == ("two", False, ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no JSON", "line 1 of"),
        (json.dumps({"text": "x"}), "events"),
        (json.dumps(gold_line(events=[EVENT | {"type": "party"}])), "'party' is no event type"),
        ("", "hold no document"),
    ],
)
def test_what_is_no_annotation_is_told(line: str, said: str, tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=said):
        read_gold([write_articles(tmp_path / "gold.jsonl", line)])


def test_a_store_and_extraction_give_the_same(tmp_path: pathlib.Path, news_store: pathlib.Path) -> None:
    articles = [article("one", MEETING, title="A visit"), article("two", STRIKE), article("three", f"{AID} {STRIKE}")]
    gold = read_gold([write_articles(tmp_path / "gold.jsonl", *({"doc_id": each["id"], "events": []} | each for each in articles))])
    assert extracted(gold, model="en_core_web_sm") == stored(str(news_store))


def test_scored_fields_are_those_of_closed_sets_and_numbers() -> None:
    assert {name: own_fields(name) for name in event_types()} == {
        "aid_decision": ("decision", "direction", "aid_kind", "amount", "currency", "amount_scope"),
        "meeting": ("format",),
        "strike": ("weapon", "target_kind", "killed_min", "killed_max", "injured_min", "injured_max", "casualties_scope"),
    }
    silent = {field: silent_value(field) for name in event_types() for field in own_fields(name) if silent_value(field) is not None}
    assert silent == {
        "format": "unknown",
        "weapon": "unknown",
        "target_kind": "unknown",
        "aid_kind": "unknown",
        "casualties_scope": "event",
        "direction": "give",
    }
