from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.metrics.metric import MetricsFilter
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that

from schemas.document import Document
from transforms.events import transform
from transforms.events.transform import ExtractEvents
from transforms.isolation import Task

WHEN = datetime.datetime(2025, 3, 12, tzinfo=datetime.UTC)


def fixed_clock() -> datetime.datetime:
    return WHEN


def document(name: str, text: str) -> Document:
    return Document(doc_id=name, uri=f"https://example.org/{name}", published=WHEN, published_date=WHEN.date(), text=text)


def has(expected: set[Any], view: Callable[[Any], Any]) -> Callable[[list[Any]], None]:
    def check(found: list[Any]) -> None:
        shown = [view(each) for each in found]
        assert len(shown) == len(expected), shown
        assert set(shown) == expected

    return check


def test_events_are_extracted() -> None:
    documents = [document("one", "Russian drones hit a power station in Odesa on Monday, killing two people."), document("two", "The weather stayed mild.")]
    with TestPipeline("FnApiRunner") as pipeline:
        found = pipeline | beam.Create(documents) | ExtractEvents()
        assert_that(
            found.extractions, has({("one", ("strike",)), ("two", ())}, lambda each: (each.document.doc_id, tuple(m.event_type for m in each.mentions)))
        )
        assert_that(found.rejects, has(set(), lambda each: each), label="NoRejects")


@pytest.mark.parametrize("bad", [{0}, {299}, {3, 4, 150}])
def test_one_bad_document_loses_no_other(bad: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transform, "extractor_task", lambda *_, **__: Task("tests.transforms.events.choosy:reader"))
    documents = [document(f"d{number}", ("poison" if number % 2 else "crash") if number in bad else "fine") for number in range(300)]
    with TestPipeline("FnApiRunner") as pipeline:
        found = pipeline | beam.Create(documents) | ExtractEvents("m", gate=False, run_id="r", clock=fixed_clock)
        good = {(f"d{number}", "m") for number in range(300) if number not in bad}
        assert_that(found.extractions, has(good, lambda each: (each.document.doc_id, each.model)))
        wanted = {(f"https://example.org/d{number}", "extract", "failed", "r", WHEN) for number in bad}
        assert_that(found.rejects, has(wanted, lambda each: (each.uri, each.stage, each.kind, each.run_id, each.seen_at)), label="Rejects")
    result = pipeline.result.metrics().query(MetricsFilter().with_namespace(f"{ExtractEvents.__module__}.ExtractEvents"))
    counts = {each.key.metric.name: each.committed for each in result["counters"]}
    assert {"in": 0, "out": 0, "errors": 0} | counts == {"in": 300, "out": 300 - len(bad), "errors": len(bad)}
    assert {each.key.metric.name for each in result["distributions"]} == {"batch_msec"}


def test_a_reject_says_what_went_wrong_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transform, "extractor_task", lambda *_, **__: Task("tests.transforms.events.choosy:reader"))
    with TestPipeline("FnApiRunner") as pipeline:
        found = pipeline | beam.Create([document("one", "poison")]) | ExtractEvents("m")

        def check(rejects: list[Any]) -> None:
            assert "document 'one': ValueError: cannot read 'poison' (in extract, line " in rejects[0].error
            assert '"text": "poison"' in rejects[0].payload

        assert_that(found.rejects, check)


def test_a_model_has_a_name() -> None:
    with pytest.raises(ValueError, match="en_core_web_sm"):
        ExtractEvents("")
