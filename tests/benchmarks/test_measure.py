from __future__ import annotations

import json
import pathlib
import sys

import pytest

from tests.benchmarks.measure import Figure, line, median, processor_seconds, spent, write_json
from tests.benchmarks.texts import documents, mixed, parts

RECORDS = [{"doc_id": f"d{n}", "text": f"Town {n} met town {n + 1}. Nothing else came of it.", "published": f"2025-03-0{n + 1}"} for n in range(5)]


def test_a_figure_knows_whether_its_goal_is_reached() -> None:
    assert median("speed", [5, 7, 9], "×", 6, at_least=True).reached
    assert median("rest", [5, 7, 9], "%", 6).reached is False
    assert Figure("time", 3.0, "s").reached is None


def test_a_line_shows_median_spread_and_goal() -> None:
    assert line(median("speed", [5, 7, 9], "×", 6, at_least=True)) == "| speed | 7 × (5 to 9) | ≥ 6 × | reached |"
    assert line(Figure("time", 3.0, "s")) == "| time | 3 s |  |  |"


def test_json_holds_every_sample(tmp_path: pathlib.Path) -> None:
    write_json(tmp_path / "figures.json", [median("speed", [5, 7, 9], "×", 6, at_least=True)], {"cores": 2})
    found = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert (found["cores"], found["figures"][0]["samples"], found["figures"][0]["reached"]) == (2, [5, 7, 9], True)


def test_processor_time_counts_work_and_not_waiting() -> None:
    assert processor_seconds(lambda: sum(range(300_000))) > 0


def test_parts_hold_every_record_once() -> None:
    assert sorted(record["doc_id"] for part in parts(RECORDS, 3) for record in part) == [f"d{n}" for n in range(5)]


def test_mixed_documents_are_new_and_the_same_every_time() -> None:
    first, again = list(mixed(RECORDS, 50)), list(mixed(RECORDS, 50))
    assert first == again
    assert len({record["text"] for record in first}) == len({record["doc_id"] for record in first}) == 50
    assert len(documents(first)) == 50


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans to another process")
def test_a_process_that_outlives_the_program_is_counted() -> None:
    grandchild = "import time\nwhile time.process_time() < 0.5: pass"
    child = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {grandchild!r}])"
    assert spent([sys.executable, "-c", child]).processor > 0.5
