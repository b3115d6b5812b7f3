from __future__ import annotations

import itertools
import pathlib

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import BoundedWindow, FixedWindows, GlobalWindows, TimestampedValue

from schemas.document import Document
from schemas.ledger import Run
from tests.transforms.storage.synthetic import ByDayAndPlace, contents, document, extraction, facts, mention, store
from transforms.events.extraction import Extraction
from transforms.storage import publish_transform, shards
from transforms.storage.errors import StoreBusyError
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import EMPTY, commit, current
from transforms.storage.publish_transform import BlockMentions, ClusterShards, PublishStaged, run_of
from transforms.storage.retention import find_leftovers
from transforms.storage.shards import Shard
from transforms.storage.staging import StagedFile, StagedWriter

DOCUMENTS = [document(f"d{number}", f"2025-0{1 + number % 3}-1{number % 4}") for number in range(12)]


def extract(source: Document) -> Extraction:
    return extraction(source, mention(source, 1, date=str(source.published_date)), mention(source, 2, date="2025-02-01"))


def staged(folder: pathlib.Path, run_id: str, documents: list[Document]) -> list[StagedFile]:
    writer = StagedWriter(LocalFiles(str(folder)), run_id, flush_rows=5)
    return [file for each in documents for file in writer.add(extract(each))] + writer.flush()


def run(folder: pathlib.Path, files: list[StagedFile], **options: int) -> None:
    with TestPipeline("FnApiRunner", options=PipelineOptions.from_dictionary(options)) as pipeline:
        blocked = pipeline | "Staged" >> beam.Create(files) | BlockMentions(str(folder), ByDayAndPlace())
        runs = blocked | PublishStaged(str(folder), facts("r1"), ByDayAndPlace())
        assert_that(runs | beam.Map(lambda each: (each.run_id, each.added)), equal_to([("r1", len(DOCUMENTS))]))


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_shards_by_beam_are_published_as_by_one_process(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    store(tmp_path / "plain", "r1", map(extract, DOCUMENTS))
    monkeypatch.setattr(shards, "_MENTIONS", size)
    run(tmp_path / "beam", staged(tmp_path / "beam", "r1", DOCUMENTS))
    assert contents(tmp_path / "beam") == contents(tmp_path / "plain")
    assert find_leftovers(LocalFiles(str(tmp_path / "beam"))) == []


def test_steps_that_are_done_once_more_change_nothing(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(tmp_path / "plain", "r1", map(extract, DOCUMENTS))
    monkeypatch.setattr(shards, "_MENTIONS", 3)
    # Beam does each bundle several times and takes the last.
    run(tmp_path / "beam", staged(tmp_path / "beam", "r1", DOCUMENTS), direct_runner_bundle_repeat=1)
    assert contents(tmp_path / "beam") == contents(tmp_path / "plain")
    assert current(LocalFiles(str(tmp_path / "beam"))).version == 1


def test_a_run_that_has_committed_is_done_and_clusters_nothing(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", map(extract, DOCUMENTS))
    before = sorted(tmp_path.rglob("*"))
    with TestPipeline("FnApiRunner") as pipeline:
        runs = pipeline | beam.Create([None]) | PublishStaged(str(tmp_path), facts("r1"), ByDayAndPlace())
        assert_that(runs | beam.Map(lambda each: (each.run_id, each.added)), equal_to([("r1", len(DOCUMENTS))]))
    assert sorted(tmp_path.rglob("*")) == before
    with TestPipeline("FnApiRunner") as pipeline:
        gone = Shard("r1", "strike", "staging/r1/cluster/gone.arrow", 3)
        late = pipeline | beam.Create([("s", gone), ("r", "another record")]) | ClusterShards(str(tmp_path), ByDayAndPlace(), "r1")
        assert_that(late, equal_to([("r1", "another record")]))


def write_windows(folder: pathlib.Path, starts: list[int]) -> None:
    """Stages a document for each window of a minute, and publishes all in one pipeline."""
    files = [
        TimestampedValue(file, start)
        for number, start in enumerate(starts)
        for file in staged(folder, run_of(facts("r1"), FixedWindows(60).assign(FixedWindows.AssignContext(start))[0]).run_id, DOCUMENTS[number : number + 1])
    ]
    with TestPipeline("FnApiRunner") as pipeline:
        windowed = pipeline | "Staged" >> beam.Create(files) | "Timed" >> beam.Map(lambda each: each) | "ByMinute" >> beam.WindowInto(FixedWindows(60))
        runs = windowed | BlockMentions(str(folder), ByDayAndPlace()) | PublishStaged(str(folder), facts("r1"), ByDayAndPlace())

        def named(each: Run, window: BoundedWindow = beam.DoFn.WindowParam) -> tuple[str, int]:
            return each.run_id, int(window.start)

        expected = [(f"r1-19700101T00{start // 60:02d}00Z", start // 60 * 60) for start in starts]
        assert_that(runs | "Named" >> beam.Map(named) | "Together" >> beam.WindowInto(GlobalWindows()), equal_to(expected))


def test_windows_that_close_together_are_published_one_after_the_other(tmp_path: pathlib.Path) -> None:
    write_windows(tmp_path / "beam", [30, 90, 200])
    store(tmp_path / "plain", "r1", map(extract, DOCUMENTS[:3]))
    assert contents(tmp_path / "beam") == contents(tmp_path / "plain")
    files = LocalFiles(str(tmp_path / "beam"))
    assert current(files).version == 3
    # What was prepared for a version that was overtaken leaves nothing.
    assert find_leftovers(files) == []


def test_a_run_that_is_overtaken_at_the_commit_is_refused(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = LocalFiles(str(tmp_path))
    real = publish_transform.finish

    def overtaken(*arguments: object, **options: object) -> object:
        assert commit(files, EMPTY.next(run_id="other", created=EMPTY.created, clusterer="x", files=[]))
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(publish_transform, "finish", overtaken)
    with pytest.raises(StoreBusyError, match="run the same command again"):
        run(tmp_path, staged(tmp_path, "r1", DOCUMENTS))
    assert current(files).run_id == "other"


def test_what_goes_between_the_steps_is_small(tmp_path: pathlib.Path) -> None:
    from apache_beam.coders import FastPrimitivesCoder

    from transforms.storage.blocks import with_blocks
    from transforms.storage.preparation import Gathered, prepare
    from transforms.storage.publish import utc_now

    files, clusterer, sizes = LocalFiles(str(tmp_path)), ByDayAndPlace(), []
    for count in (2, 200):
        documents = [document(f"d{number}") for number in range(count)]
        writer = StagedWriter(files, "r1")
        blocked = tuple(with_blocks(files, each, clusterer) for each in itertools.chain(*(writer.add(extract(each)) for each in documents), writer.flush()))
        prepared = prepare(files, Gathered(facts("r1"), blocked), EMPTY, clusterer, utc_now())
        sizes.append(len(FastPrimitivesCoder().encode(prepared)))
    assert sizes[1] < sizes[0] + 100
