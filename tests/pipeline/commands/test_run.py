from __future__ import annotations

import gzip
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import duckdb
import pytest

from pipeline.main import main
from tests.pipeline.articles import AID, MEETING, STRIKE, article, write_articles
from tests.transforms.storage.synthetic import contents

FRENCH = "Les ministres se sont rencontrés à Paris mardi afin de discuter de la situation et de la suite des livraisons promises."


def asked(store: pathlib.Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(store / "events.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_documents_come_out_as_events(news_store: pathlib.Path) -> None:
    rows = asked(
        news_store,
        "SELECT doc_id, event_type, event_date, location_country, list_sort([a.role || ':' || a.acts_for FOR a IN actors]) "
        "FROM events ORDER BY doc_id, trigger_start",
    )
    shown = [(row[0], row[1], str(row[2]), row[3], row[4]) for row in rows]
    assert shown[0] == ("one", "meeting", "2025-03-10", "KEN", ["participant:KEN", "participant:NOR"])
    assert [row[:2] for row in shown[1:]] == [("three", "aid_decision"), ("three", "strike"), ("two", "strike")]
    assert asked(news_store, "SELECT amount, currency FROM aid_decisions") == [(30_000_000.0, "EUR")]
    assert asked(news_store, "SELECT read, added, failed, event_count FROM runs") == [(3, 3, 0, 4)]
    assert asked(news_store, "SELECT count(*) FROM actors")[0] > (1000,)


def test_a_run_says_what_it_did(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [article("one", MEETING), article("one", MEETING), article("fr", FRENCH), "no JSON", json.dumps({"id": "empty", "text": ""})]
    inputs = write_articles(tmp_path / "in.jsonl", *lines)
    store = tmp_path / "S"
    assert main(["run", inputs, "--store", str(store), "--json"]) == 1
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) == 1
    summary = json.loads(shown)
    counts = {name: summary[name] for name in ("read", "added", "replaced", "unchanged", "skipped", "failed")}
    assert counts == {"read": 5, "added": 1, "replaced": 0, "unchanged": 0, "skipped": 2, "failed": 2}
    assert sum(each["count"] for each in summary["rejects"]) == 4
    assert summary["events"]["meeting"] == 1
    assert asked(store, "SELECT kind, stage, record FROM rejects ORDER BY record NULLS FIRST") == [
        ("skipped", "identify", None),
        ("skipped", "read", "line 3"),
        ("failed", "read", "line 4"),
        ("failed", "read", "line 5"),
    ]


def test_a_second_run_adds_nothing_and_says_what_to_do_next(news_store: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "S"
    inputs = str(news_store.parent / "in")
    assert main(["run", inputs, "--store", str(store), "--quiet"]) == 0
    before = contents(store)
    capsys.readouterr()
    assert main(["run", inputs, "--store", str(store)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "read 3 = 0 added + 0 replaced + 3 unchanged + 0 skipped + 0 failed"
    assert shown[-1].startswith(f"next: dateline sql --store {store}")
    assert contents(store) == before
    assert main(["run", inputs, "--store", str(store), "--quiet", "--refresh", "--no-gate"]) == 0
    assert contents(store) == before


def test_skipped_documents_are_no_failure(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = write_articles(tmp_path / "in.jsonl", article("fr", FRENCH))
    assert main(["run", inputs, "--store", str(tmp_path / "S"), "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert asked(tmp_path / "S", "SELECT kind, error FROM rejects") == [("skipped", "language")]
    assert asked(tmp_path / "S", "SELECT count(*) FROM events") == [(0,)]


def test_options_reach_the_reader(tmp_path: pathlib.Path) -> None:
    inputs = write_articles(tmp_path / "in.jsonl", {"number": "7", "words": MEETING})
    arguments = ["--published", "2025-03-12", "--field", "text=words", "--field", "doc_id=number", "--id-prefix", "x-", "--runner", "DirectRunner"]
    assert main(["run", inputs, "--store", str(tmp_path / "S"), "--quiet", *arguments]) == 0
    assert asked(tmp_path / "S", "SELECT doc_id, published_date::VARCHAR, published_basis FROM documents") == [("x-7", "2025-03-12", "option")]
    assert asked(tmp_path / "S", "SELECT event_date::VARCHAR FROM events") == [("2025-03-10",)]


def test_a_dry_run_writes_nothing(news_store: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(news_store.parent / "in"), "--store", str(tmp_path / "S"), "--dry-run", "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["dry_run"], plan["runner"], plan["store_documents"], len(plan["inputs"])) == (True, "FnApiRunner", 0, 1)
    assert not (tmp_path / "S").exists()


@pytest.mark.parametrize(
    "arguments", [["--store", "a*b"], ["--store", "in.jsonl"], ["--store", "."], ["--store", "S", "--field", "text"], ["absent", "--store", "S"]]
)
def test_wrong_usage_writes_nothing(arguments: list[str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    write_articles(tmp_path / "in.jsonl", article("one", MEETING))
    assert main(["run", "in.jsonl", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_busy_store_is_left_alone(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    from transforms.storage.lock import locked

    before = sorted(news_store.rglob("*"))
    with locked(str(news_store)):
        assert main(["run", str(news_store.parent / "in"), "--store", str(news_store)]) == 3
    assert "run the same command again" in capsys.readouterr().err
    assert sorted(news_store.rglob("*")) == before


def test_a_run_that_fails_leaves_no_store(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("transforms.storage.publish_transform.finish", fail)
    inputs = write_articles(tmp_path / "in.jsonl", article("one", MEETING))
    assert main(["run", inputs, "--store", str(tmp_path / "S")]) == 3
    assert capsys.readouterr().err.splitlines()[-1] == "dateline: [Errno 28] No space left on device; nothing is published"
    assert not (tmp_path / "S").exists()
    monkeypatch.undo()
    assert main(["run", inputs, "--store", str(tmp_path / "S"), "--quiet"]) == 0


def test_log_lines_are_json_where_asked_for(tmp_path: pathlib.Path) -> None:
    inputs = write_articles(tmp_path / "in.jsonl", article("one", MEETING))
    command = [sys.executable, "-m", "pipeline", "run", inputs, "--store", str(tmp_path / "S"), "--log-format", "json", "--verbose"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert lines
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)


@pytest.mark.slow
def test_workers_make_the_same_store_in_silence(tmp_path: pathlib.Path) -> None:
    articles = [article(f"d{number}", f"{STRIKE} {MEETING} {AID}", f"2025-03-{number + 1:02d}") for number in range(24)]
    inputs = write_articles(tmp_path / "in" / "a.jsonl", *articles[:12])
    (tmp_path / "in" / "b.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, articles[12:])).encode()))
    assert main(["run", str(tmp_path / "in"), "--store", str(tmp_path / "one"), "--workers", "1", "--quiet"]) == 0
    command = [sys.executable, "-m", "pipeline", "run", str(pathlib.Path(inputs).parent), "--store", str(tmp_path / "two"), "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if " INFO " not in line] == []
    assert done.stdout.startswith("read 24 = 24 added")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_no_store_and_no_worker(sent: signal.Signals, tmp_path: pathlib.Path) -> None:
    inputs = write_articles(tmp_path / "in.jsonl", *(article(f"d{number}", f"{STRIKE} {MEETING} " * 20) for number in range(2000)))
    command = [sys.executable, "-m", "pipeline", "run", inputs, "--store", str(tmp_path / "S"), "--workers", "2"]
    # A shell's background jobs ignore the interrupt, and so would what they start.
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))
    deadline = time.monotonic() + 60
    while not (tmp_path / "S" / "lock").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(2)
    process.send_signal(sent)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.splitlines()[-1].startswith("dateline: interrupted")
    assert not (tmp_path / "S").exists()
    time.sleep(2)
    assert _children_of(process.pid) == []


@pytest.mark.slow
@pytest.mark.parametrize(("lost", "status"), [("pipeline.worker", 3), ("transforms.isolation", 0)])
def test_a_killed_process_hangs_nothing(lost: str, status: int, tmp_path: pathlib.Path) -> None:
    # Without one of Beam's workers the run fails; a process that extracts is started again.
    inputs = write_articles(tmp_path / "in.jsonl", *(article(f"d{number}", f"{STRIKE} {MEETING} {AID}") for number in range(200)))
    arguments = ["run", inputs, "--store", str(tmp_path / "S"), "--workers", "2"]
    process = subprocess.Popen([sys.executable, "-m", "pipeline", *arguments], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while len(_children_of(process.pid, "transforms.isolation")) < 2 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    killed = _children_of(process.pid, lost)[0]
    os.kill(int(killed), signal.SIGKILL)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == status, errors
    if status:
        assert errors.splitlines()[-1].startswith("dateline: a worker process was lost")
        assert not (tmp_path / "S").exists()
        assert main([*arguments, "--quiet"]) == 0
    assert asked(tmp_path / "S", "SELECT count(*), count(DISTINCT event_id) FROM events") == [(600, 600)]


def _children_of(launcher: int, module: str = "") -> list[str]:
    """Processes that were told to follow a launcher (Linux), or those of them that run a module."""
    found = []
    for each in pathlib.Path("/proc").glob("[0-9]*/environ"):
        try:
            follows = f"DATELINE_LAUNCHER={launcher}\0".encode() in each.read_bytes() and int(each.parent.name) != os.getpid()
            if follows and module.encode() in each.with_name("cmdline").read_bytes():
                found.append(each.parent.name)
        except OSError:
            continue
    return found
