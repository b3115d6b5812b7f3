"""How well clustering does on its gold: mentions that are right, and one way through the extraction."""

from __future__ import annotations

import datetime
import itertools
import logging
from typing import Any

import pytest

from schemas.columns import to_row
from schemas.document import Document
from schemas.event_types import event_types
from schemas.mention import Mention
from tests.gold.incident_gold import GoldDocument, b_cubed, errors, read_gold
from tests.transforms.incidents.mentions import incidents_of, linked
from transforms.events.extractor import Extractor
from transforms.incidents.protocol import light_schema

LOGGER = logging.getLogger(__name__)

# What is a part of another in a way that the gold leaves open: the evening after the night of a wave.
OPEN = {("s12", "s7")}
# Of the gold's mentions, those that extraction finds. Measured on 29 November 2026: 296 of 410; F1 0.86 (strike 0.84, meeting 0.88, aid_decision 0.95).
END_TO_END_FLOOR = 0.82
END_TO_END_MENTIONS = 260
# Measured on 29 November 2026: strike 0.988, meeting 1.000, aid_decision 1.000.
FLOOR = 0.98


@pytest.mark.parametrize("event_type", sorted(event_types()))
def test_incidents_of_the_gold(event_type: str) -> None:
    gold = read_gold(event_type)
    found = incidents_of(gold.mentions)
    score = b_cubed(gold.incidents, found)
    merged, split = errors(gold.incidents, found)
    LOGGER.info("%s, %d reports: %s; %d merged, %d split", event_type, len(found), score, len(merged), len(split))
    assert score.f1 >= FLOOR, f"{score}; merged {merged}; split {split}"


def test_the_gold_is_large_enough_to_say_something() -> None:
    found = [read_gold(event_type) for event_type in event_types()]
    assert sum(len(gold.mentions) for gold in found) >= 400
    assert sum(len(set(gold.incidents.values())) for gold in found) >= 150
    assert all(sentence.endswith(".") for gold in found for document in gold.documents for sentence in document.sentences)


@pytest.mark.parametrize("event_type", sorted(event_types()))
def test_wholes_and_packages_of_the_gold(event_type: str) -> None:
    gold = read_gold(event_type)
    found = incidents_of(gold.mentions)
    named = {found[event_id]: incident for event_id, incident in gold.incidents.items()}
    links = linked(gold.mentions)
    parts = {(named[part], named[row["part_of"]]) for part, row in links.items() if row["part_of"] is not None}
    assert {(part, whole) for part, whole in parts if part != whole} - OPEN == set(gold.part_of.items())
    packages: dict[str, set[str]] = {}
    for incident_id, row in links.items():
        if row["package_id"] is not None:
            packages.setdefault(row["package_id"], set()).add(named[incident_id])
    assert {frozenset(steps) for steps in packages.values() if len(steps) > 1} == set(gold.packages)


def test_incidents_of_the_gold_through_the_extraction() -> None:
    """What is extracted from the articles, clustered, and scored where a sentence of the gold has given a mention of its type."""
    extractor = Extractor()
    gold_of, found = {}, []
    for event_type in event_types():
        gold = read_gold(event_type)
        for document, extraction in zip(gold.documents, extractor.extract([article(each) for each in gold.documents]), strict=True):
            starts = itertools.accumulate((len(sentence) + 1 for sentence in document.sentences), initial=0)
            sentence_at = dict(zip(starts, range(len(document.sentences)), strict=False))
            for mention in extraction.mentions:
                event_id = f"{document.doc_id}:{sentence_at.pop(mention.sentence_start, -1):02d}"
                if mention.event_type == event_type and event_id in gold.incidents:
                    gold_of[event_id] = gold.incidents[event_id]
                    found.append(light_row(mention, document.source) | {"event_id": event_id})
    score = b_cubed(gold_of, incidents_of(found))
    LOGGER.info("%d reports as extracted: %s", len(found), score)
    assert len(found) >= END_TO_END_MENTIONS
    assert score.f1 >= END_TO_END_FLOOR, score


def article(document: GoldDocument) -> Document:
    """A gold document as it is read."""
    day = datetime.date.fromisoformat(document.published)
    return Document(
        doc_id=document.doc_id,
        source=document.source,
        published=datetime.datetime.combine(day, datetime.time(), datetime.UTC),
        published_date=day,
        language="en",
        text=document.text,
    )


def light_row(mention: Mention, source: str) -> dict[str, Any]:
    """A mention of the extraction as clustering takes it."""
    row = to_row(mention)
    return {name: row.get(name) for name in light_schema().names} | {"source": source}
