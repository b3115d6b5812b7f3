from __future__ import annotations

import logging
import pathlib
import time

import pytest

from pipeline import display
from pipeline.display import Pace, describe, duration, shown
from pipeline.progress import Counts


@pytest.mark.parametrize(("seconds", "text"), [(0.04, "0.0 s"), (9.96, "10.0 s"), (42, "42 s"), (207, "3 min 27 s"), (3600, "1 h 0 min"), (9000, "2 h 30 min")])
def test_time_spans_are_readable(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("counts", "rate", "total", "text"),
    [
        (Counts(1200, 840, 3), 41.24, None, "1,200 documents, 840 events, 3 rejects, 41.2/s"),
        (Counts(90, 5, 10), 10.0, 200, "90 of 200 documents, 5 events, 10 rejects, 10.0/s, 10 s left"),
        (Counts(200, 5, 0), 10.0, 200, "200 of 200 documents, 5 events, 0 rejects, 10.0/s"),
        (Counts(0, 0, 0), 0.0, 200, "0 of 200 documents, 0 events, 0 rejects, 0.0/s"),
    ],
)
def test_progress_in_a_line(counts: Counts, rate: float, total: int | None, text: str) -> None:
    assert describe(counts, rate, total) == text


def test_the_pace_is_that_of_the_last_half_minute() -> None:
    pace = Pace()
    assert pace.update(0, 0) == 0
    assert pace.update(10, 100) == 10
    for second in range(20, 200, 10):
        rate = pace.update(second, 100)
    assert rate == 0


def test_elsewhere_than_on_a_terminal_it_is_logged(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(display, "_LOG_SECONDS", 0.02)
    (tmp_path / "counts").mkdir()
    (tmp_path / "counts" / "one").write_text(f"{7:20}{5:20}{1:20}")
    (tmp_path / "a.jsonl").write_text("{}\n" * 9)
    with caplog.at_level(logging.INFO, "dateline"), shown(str(tmp_path / "counts"), [(str(tmp_path / "a.jsonl"), 27)], quiet=False, log=True):
        time.sleep(0.3)
    assert caplog.messages[-1].startswith("7 of 9 documents, 5 events, 1 rejects")
    caplog.clear()
    with shown(str(tmp_path / "counts"), [], quiet=True, log=True):
        time.sleep(0.1)
    assert caplog.messages == []
