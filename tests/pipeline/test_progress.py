from __future__ import annotations

import pathlib

import apache_beam as beam
from apache_beam.testing.test_pipeline import TestPipeline

from pipeline.progress import Counts, ReportProgress, read_counts
from tests.transforms.storage.synthetic import document, extraction, mention, reject
from transforms.storage.preparation import KnownBatch


def test_workers_count_together(tmp_path: pathlib.Path) -> None:
    one, two = document("one"), document("two")
    with TestPipeline("FnApiRunner") as pipeline:
        found = pipeline | "Extractions" >> beam.Create([extraction(one, mention(one, 1), mention(one, 2)), extraction(two)])
        others = pipeline | "Others" >> beam.Create([reject(), KnownBatch(40, b"")])
        found | "ReportFound" >> ReportProgress(str(tmp_path))
        others | "ReportOthers" >> ReportProgress(str(tmp_path))
    assert read_counts(str(tmp_path)) == Counts(documents=42, events=2, rejects=1)


def test_a_folder_that_is_gone_changes_nothing(tmp_path: pathlib.Path) -> None:
    with TestPipeline("FnApiRunner") as pipeline:
        pipeline | beam.Create([reject()]) | ReportProgress(str(tmp_path / "gone"))
    assert list(tmp_path.iterdir()) == []


def test_what_is_half_written_is_passed_over(tmp_path: pathlib.Path) -> None:
    (tmp_path / "whole").write_text(f"{7:20}{5:20}{1:20}")
    (tmp_path / "half").write_text(f"{7:20}")
    assert read_counts(str(tmp_path)) == Counts(7, 5, 1)
