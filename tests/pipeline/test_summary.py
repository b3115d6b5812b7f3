from __future__ import annotations

import datetime
import json
from typing import Any

from pipeline.summary import RejectCount, Summary, as_json, as_text
from schemas.ledger import Run

WHEN = datetime.datetime(2025, 4, 1, 8, tzinfo=datetime.UTC)


def summary(rejects: tuple[RejectCount, ...] = (), store: str = "S", stale: int = 0, **counts: Any) -> Summary:
    numbers = dict.fromkeys(("read", "added", "replaced", "unchanged", "skipped", "failed", "event_count"), 0) | counts
    run = Run(run_id="r1", started=WHEN, finished=WHEN, runner="FnApiRunner", version="1", model="m", inputs=(), **numbers)
    return Summary(run, {"meeting": numbers["event_count"], "strike": 0}, rejects, 2.0, store, stale)


def test_the_balance_comes_first_and_a_command_last() -> None:
    lines = as_text(summary(read=1200, added=1200, event_count=3)).splitlines()
    assert lines[0] == "read 1,200 = 1,200 added + 0 replaced + 0 unchanged + 0 skipped + 0 failed"
    assert lines[1] == "events 3: meeting 3, strike 0"
    assert lines[-2] == "took 2.0 s (600.0 documents/s); store S"
    assert lines[-1] == 'next: dateline sql --store S "SELECT event_type, status, count(*) AS mentions FROM events GROUP BY ALL ORDER BY ALL"'


def test_what_failed_is_what_to_look_at_next() -> None:
    rejects = tuple(RejectCount("read", "failed", f"not JSON:\x1b {number}" + "x" * 300, 9 - number) for number in range(8))
    found = summary(rejects, "my store", read=36, failed=36)
    lines = as_text(found).splitlines()
    assert found.exit_status == 1
    assert lines[2].startswith("failed 9: not JSON: 0xxx")
    assert max(map(len, lines[2:7])) < 200
    assert lines[7] == "and 3 more reasons in the view rejects"
    assert lines[-1] == "next: dateline sql --store 'my store' \"SELECT uri, record, error FROM rejects WHERE run_id = 'r1' AND kind = 'failed'\""


def test_json_has_all_of_it() -> None:
    shown = json.loads(json.dumps(as_json(summary((RejectCount("read", "skipped", "language", 2),), read=2, skipped=2))))
    assert summary(read=2, skipped=2).exit_status == 0
    assert shown["rejects"] == [{"stage": "read", "kind": "skipped", "error": "language", "count": 2}]
    assert (shown["started"], shown["seconds"], shown["read"]) == ("2025-04-01T08:00:00+00:00", 2.0, 2)


def test_what_another_version_made_is_said_in_a_line() -> None:
    [line] = [line for line in as_text(summary(stale=7)).splitlines() if "extracted by another" in line]
    assert line.startswith("7 documents were extracted by another version, model or seeds; dateline run --refresh --store S")
