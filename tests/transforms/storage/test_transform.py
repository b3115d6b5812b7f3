from __future__ import annotations

import dataclasses
import pathlib

import apache_beam as beam
import pyarrow as pa
import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.document import Document, DocumentAgain
from schemas.tables import tables
from tests.transforms.storage.synthetic import STARTED, ByDayAndPlace, contents, document, extraction, mention, reject, store
from transforms.events.extraction import Extraction
from transforms.storage.errors import StorePathError
from transforms.storage.files import LocalFiles
from transforms.storage.publish import find_run
from transforms.storage.transform import GIVEN_AGAIN, KNOWN, NEW, SkipKnown, StaleDocuments, WriteStore


def extract(source: Document) -> Extraction:
    return extraction(source, mention(source, 1), mention(source, 2, date="2025-02-01"))


def reference() -> pa.Table:
    row = {"actor_id": "UKR", "name": "Ukraine", "kind": "state", "acts_for": "UKR", "country": "UKR", "sector": "GOV", "offices": []}
    return pa.Table.from_pylist([row], schema=tables()["actors"].schema)


def write(folder: pathlib.Path, run_id: str, **options: object) -> WriteStore:
    return WriteStore(str(folder), run_id, STARTED.isoformat(), "FnApiRunner", "model 1", "version 1", ByDayAndPlace(), **options)


def run(folder: pathlib.Path, run_id: str, documents: list[Document], *, read: list[int] | None = None) -> None:
    with TestPipeline("FnApiRunner") as pipeline:
        split = pipeline | beam.Create(documents) | SkipKnown(str(folder))
        inputs = {"extractions": split[NEW] | "Extract" >> beam.Map(extract), "known": split[KNOWN], "rejects": pipeline | "Rejects" >> beam.Create([reject()])}
        if read is not None:
            inputs["read"] = pipeline | "Read" >> beam.Create(read)
        runs = inputs | write(folder, run_id, actors=reference)
        assert_that(runs | beam.Map(lambda each: each.run_id), equal_to([run_id]))


def test_a_pipeline_writes_what_publishing_writes(tmp_path: pathlib.Path) -> None:
    documents = [document(f"d{number}", f"2025-0{1 + number % 3}-10") for number in range(5)]
    run(tmp_path / "beam", "r1", documents, read=[2, 4])
    store(tmp_path / "plain", "r1", map(extract, documents), [reject()], actors=reference)
    assert contents(tmp_path / "beam") == contents(tmp_path / "plain")
    run(tmp_path / "beam", "r2", [*documents, document("new")], read=[7])
    done = find_run(LocalFiles(str(tmp_path / "beam")), "r2")
    assert done is not None
    assert (done.read, done.added, done.unchanged, done.skipped, done.event_count) == (7, 1, 5, 1, 2)


def test_a_record_lost_between_reading_and_writing_fails_the_run(tmp_path: pathlib.Path) -> None:
    with pytest.raises(Exception, match="9 records were read and 2 are accounted for"):
        run(tmp_path, "r1", [document("a")], read=[9])
    assert not (tmp_path / "manifest").exists()


def test_nothing_read_is_a_run_too(tmp_path: pathlib.Path) -> None:
    with TestPipeline("FnApiRunner") as pipeline:
        runs = {"extractions": pipeline | beam.Create([])} | write(tmp_path, "r1")
        assert_that(runs | beam.Map(lambda each: (each.read, each.added)), equal_to([(0, 0)]))


def again(source: Document) -> DocumentAgain:
    return DocumentAgain(**{field.name: getattr(source, field.name) for field in dataclasses.fields(source)})


@pytest.mark.parametrize(
    ("given", "new", "known", "duplicates"),
    [
        (document("a"), [], [1], ["duplicate"]),
        (again(document("a")), [], [1], []),
        (document("a", title="another"), ["a"], [], []),
        (again(document("a", title="another")), [], [1], []),
        (again(document("a", text="another")), ["a"], [], []),
    ],
)
def test_documents_that_the_store_has_pass_by(tmp_path: pathlib.Path, given: Document, new: list[str], known: list[int], duplicates: list[str]) -> None:
    store(tmp_path, "r1", [extract(document("a"))])
    with TestPipeline("FnApiRunner") as pipeline:
        split = pipeline | beam.Create([given]) | SkipKnown(str(tmp_path), "r2")
        assert_that(split[NEW] | beam.Map(lambda each: each.doc_id), equal_to(new), "New")
        assert_that(split[KNOWN] | "Counts" >> beam.Map(lambda each: each.count), equal_to(known), "Known")
        assert_that(split[GIVEN_AGAIN] | "Errors" >> beam.Map(lambda each: each.error), equal_to(duplicates), "GivenAgain")


def test_stale_documents_are_read_as_they_were(tmp_path: pathlib.Path) -> None:
    old = document("b", title="Old")
    store(tmp_path, "r1", [extract(document("a")), extraction(old, version="version 0")])
    with TestPipeline("FnApiRunner") as pipeline:
        assert_that(pipeline | StaleDocuments(str(tmp_path), "model 1", "version 1"), equal_to([old]))
    with TestPipeline("FnApiRunner") as pipeline:
        assert_that(pipeline | StaleDocuments(str(tmp_path / "none"), "model 1", "version 1"), equal_to([]))


def test_wrong_arguments_are_said_before_anything_runs(tmp_path: pathlib.Path) -> None:
    with pytest.raises(StorePathError):
        write(tmp_path / "what?", "r1")
    with pytest.raises(ValueError, match="names a folder"):
        write(tmp_path, "a/b")


@pytest.mark.slow
def test_two_workers_write_the_same_store(tmp_path: pathlib.Path) -> None:
    from apache_beam.options.pipeline_options import PipelineOptions

    documents = [document(f"d{number}", f"2025-0{1 + number % 3}-10") for number in range(40)]
    options = PipelineOptions(["--direct_running_mode=multi_processing", "--direct_num_workers=2"])
    with TestPipeline("FnApiRunner", options=options) as pipeline:
        split = pipeline | beam.Create(documents) | SkipKnown(str(tmp_path / "beam"))
        _ = {"extractions": split[NEW] | "Extract" >> beam.Map(extract), "known": split[KNOWN]} | write(tmp_path / "beam", "r1")
    store(tmp_path / "plain", "r1", map(extract, documents))
    assert contents(tmp_path / "beam") == contents(tmp_path / "plain")
