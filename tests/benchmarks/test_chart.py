from __future__ import annotations

import dataclasses
import pathlib

import pytest

from tests.benchmarks.chart import draw, series
from tests.benchmarks.measure import Figure

FIGURES = [
    dataclasses.asdict(Figure(f"{count:,} documents: {what}", value, unit))
    for count, seconds, worker in ((10_000, 200.0, 410.0), (1_000, 30.0, 400.0))
    for what, value, unit in (("processor time", seconds, "s"), ("largest worker", worker, "MB"), ("launcher", 300.0, "MB"))
]


def test_figures_are_ordered_by_documents() -> None:
    found = series([*FIGURES, dataclasses.asdict(Figure("timeline: whole", 3.0, "s"))])
    assert found["processor time"] == [(1_000, 30.0), (10_000, 200.0)]
    assert set(found) == {"processor time", "largest worker", "launcher"}


def test_the_same_figures_give_the_same_drawing(tmp_path: pathlib.Path) -> None:
    for name in ("one.svg", "other.svg"):
        draw(FIGURES, tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()
    assert "processor time [s]" in (tmp_path / "one.svg").read_text("utf-8")


def test_figures_without_runs_are_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ValueError, match="--only growth"):
        draw([], tmp_path / "none.svg")
