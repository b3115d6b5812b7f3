"""How well reports of real news items are joined, extraction and clustering together: a gold of ids and offsets (`incidents/form.md`) over the corpus."""

from __future__ import annotations

import csv
import gzip
import json
import logging
import pathlib

import pytest

from schemas.document import Document
from schemas.event_types import event_types
from schemas.mention import Mention
from tests.gold.incident_gold import b_cubed, errors
from tests.gold.test_incidents import light_row
from tests.transforms.incidents.mentions import incidents_of
from transforms.documents.assemble import Rules, make_document
from transforms.documents.records import RawRecord
from transforms.events.extractor import Extractor

LOGGER = logging.getLogger(__name__)

GOLD = pathlib.Path(__file__).parent / "incidents" / "current_events.tsv"
CORPUS = pathlib.Path(__file__).parents[3] / "shared" / "corpora" / "current_events.jsonl.gz"
# Measured on 29 November 2026, precision and recall: strike 0.974 and 0.924 (F1 0.948, 192 reports), meeting 0.972 and 0.945 (0.959, 84), aid_decision
# 1.000 and 0.867 (0.929, 30); 306 of 315 reports were found again. Most of what is split has a wrong date, party or step from the extraction.
FLOORS = {"strike": 0.92, "meeting": 0.93, "aid_decision": 0.88}
FOUND_FLOOR = 0.85


def read_gold() -> dict[tuple[str, str, int], tuple[int, str]]:
    """Document, type and start of the trigger -> start of the sentence and incident."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {(row["doc_id"], row["event_type"], int(row["trigger_start"])): (int(row["sentence_start"]), row["incident"]) for row in rows}


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpora lie beside the repository and are not part of it")
def test_incidents_of_real_news() -> None:
    gold = read_gold()
    wanted = {doc_id for doc_id, _, _ in gold}
    mentions = [mention for extraction in Extractor().extract(_documents(wanted)) for mention in extraction.mentions]
    gold_of = _matched(mentions, gold)
    incidents = incidents_of([light_row(mention, "Portal") for mention in mentions])
    found = {event_type: {each.event_id for each in mentions if each.event_type == event_type} & gold_of.keys() for event_type in event_types()}
    assert len(gold_of) >= FOUND_FLOOR * len(gold), f"{len(gold_of)} of {len(gold)} reports were found again"
    told = {}
    for event_type, event_ids in found.items():
        true, made = ({event_id: incident_of[event_id] for event_id in event_ids} for incident_of in (gold_of, incidents))
        score = b_cubed(true, made)
        merged, split = errors(true, made)
        told[event_type] = (score.f1, f"{len(true)} reports: {score}; {len(merged)} merged, {len(split)} split")
        LOGGER.info("%s, %s", event_type, told[event_type][1])
    assert {event_type: f1 >= FLOORS[event_type] for event_type, (f1, _) in told.items()} == dict.fromkeys(event_types(), True), told


def _documents(wanted: set[str]) -> list[Document]:
    made = []
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["doc_id"] in wanted:
                made.append(make_document(RawRecord("line", record), "current_events.jsonl", Rules()))
    return [each for each in made if isinstance(each, Document)]


def _matched(mentions: list[Mention], gold: dict[tuple[str, str, int], tuple[int, str]]) -> dict[str, str]:
    """event_id -> gold incident: by the trigger, else by the sentence where that tells of one incident alone."""
    by_sentence: dict[tuple[str, str, int], set[str]] = {}
    for (doc_id, event_type, _), (sentence, incident) in gold.items():
        by_sentence.setdefault((doc_id, event_type, sentence), set()).add(incident)
    found = {}
    for each in mentions:
        exact = gold.get((each.doc_id, each.event_type, each.trigger_start))
        near = by_sentence.get((each.doc_id, each.event_type, each.sentence_start), set())
        if exact is not None:
            found[each.event_id] = exact[1]
        elif len(near) == 1 and not _any_exact(mentions, each, gold):
            [found[each.event_id]] = near
    return found


def _any_exact(mentions: list[Mention], mention: Mention, gold: dict[tuple[str, str, int], tuple[int, str]]) -> bool:
    """Whether another report of the sentence has the very trigger of the gold."""
    return any(
        (each.doc_id, each.event_type, each.trigger_start) in gold
        for each in mentions
        if (each.doc_id, each.event_type, each.sentence_start) == (mention.doc_id, mention.event_type, mention.sentence_start)
    )
