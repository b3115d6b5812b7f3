from __future__ import annotations

import pathlib

import apache_beam as beam
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that

from pipeline.beam_yaml import Event, ExtractEvents, ReadDocuments, WriteStore
from pipeline.database import open_store
from tests.pipeline.articles import MEETING


def test_the_transforms_fit_each_other(tmp_path: pathlib.Path) -> None:
    (tmp_path / "news.txt").write_text(MEETING, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    store = tmp_path / "store"

    def rows(found: list[Event]) -> None:
        assert found
        assert {each.event_type for each in found} == {"meeting"}
        assert all(isinstance(each, Event) and each.sentence in MEETING and each.actors for each in found)

    with TestPipeline("FnApiRunner") as pipeline:
        read = pipeline | ReadDocuments([str(tmp_path / "*.txt")], published="2025-03-20", id_prefix="x-")
        extracted = read["documents"] | ExtractEvents()
        rejects = (read["rejects"], extracted["rejects"]) | beam.Flatten()
        {"extractions": extracted["extractions"], "rejects": rejects} | WriteStore(str(store))
        assert_that(extracted["events"], rows)
    with open_store(str(store)) as connection:
        assert connection.execute("SELECT read, added, failed, runner FROM runs").fetchall() == [(2, 1, 1, "Beam YAML")]
        assert connection.execute("SELECT doc_id[1:2], published_basis FROM documents").fetchall() == [("x-", "option")]
