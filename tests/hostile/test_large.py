"""A document that tells of more than any person would read is published whole, and in time that grows with its length."""

from __future__ import annotations

import os
import pathlib

from pipeline.database import open_store
from tests.transforms.storage.synthetic import document, extraction, mention, store
from transforms.incidents.clusterer import IncidentClusterer

MENTIONS = int(os.environ.get("DATELINE_MENTIONS", "5000"))
"""In one document; the full count is 100,000."""


def test_a_document_of_very_many_mentions(tmp_path: pathlib.Path) -> None:
    source = document("a", text="Drones hit Odesa. " * MENTIONS)
    told = [
        mention(source, number, date=f"2025-03-{1 + number % 28:02d}", sentence_start=18 * number, sentence_end=18 * number + 17) for number in range(MENTIONS)
    ]
    run = store(tmp_path, "r1", [extraction(source, *told), extraction(document("b"))], clusterer=IncidentClusterer())
    assert (run.added, run.event_count) == (2, MENTIONS)
    with open_store(str(tmp_path)) as connection:
        assert connection.execute("SELECT count(*), sum(mentions)::INTEGER FROM incidents").fetchall() == [(28, MENTIONS)]
