"""Readers and writers at once: who has opened a version reads it to the end, and nobody who reads keeps a run from publishing."""

from __future__ import annotations

import contextlib
import pathlib
import subprocess
import sys
from collections.abc import Iterator

import duckdb
import pytest

from pipeline.catalog import write_catalog
from pipeline.database import open_store
from pipeline.digests import digests
from pipeline.main import main
from tests.faults.launcher import Launcher
from tests.pipeline.articles import AID, MEETING, STRIKE, article, write_articles
from tests.transforms.storage.synthetic import document, extraction, mention, store
from transforms.events.extraction import Extraction
from transforms.storage.errors import StoreBusyError
from transforms.storage.files import LocalFiles
from transforms.storage.lock import locked
from transforms.storage.manifest import current

COMMITS = 50
ROOT = pathlib.Path(__file__).parents[2]
# Every commit replaces all three documents and their mentions: an answer with two texts, or with mentions of another version's number, is a mixture.
QUESTION = """
SELECT count(*), count(DISTINCT d.text), min(d.text), max(d.text), (SELECT sum(mentions)::INTEGER FROM incidents), (SELECT count(*) FROM event_actors)
FROM documents d JOIN strikes s USING (doc_id)"""
READER = f"""
import duckdb, sys, time
from pipeline.database import open_store
from tests.faults.test_readers import QUESTION, whole
store, kind = sys.argv[1:]
opened = (lambda: open_store(store)) if kind == "store" else (lambda: duckdb.connect(store + "/events.duckdb", read_only=True))
answers = set()
# DuckDB gives one database to all connections of a process to one file: what is held open here is the store itself.
with open_store(store) as first:
    held = first.execute(QUESTION).fetchone()
    print("reading", flush=True)
    asked, limit = 0, time.monotonic() + 1800
    while asked < 2 or max(answers)[2] != "text {COMMITS:02d}":
        assert time.monotonic() < limit, "the last commit was never seen"
        with opened() as now:
            answers.add(now.execute(QUESTION).fetchone())
        assert first.execute(QUESTION).fetchone() == held, "the version that was opened has changed"
        asked += 1
        time.sleep(0.1)
assert all(map(whole, answers)), answers
print(asked, len(answers), flush=True)
"""


def told(number: int) -> list[Extraction]:
    found = []
    for doc_id in ("a", "b", "c"):
        source = document(doc_id, text=f"text {number:02d}", source=doc_id)
        found.append(extraction(source, *(mention(source, each) for each in range(1 + number % 3))))
    return found


def whole(answer: tuple[int, int, str, str, int, int]) -> bool:
    """Whether an answer is that of one version."""
    rows, texts, least, most, of_incidents, actors = answer
    return texts == 1 and least == most and rows == of_incidents == actors // 2 == 3 * (1 + int(least.removeprefix("text ")) % 3)


@contextlib.contextmanager
def python(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_readers_go_on_across_commits_that_replace_documents(tmp_path: pathlib.Path) -> None:
    """One reader in this process between commits, two in processes of their own all the time: over the manifest, and over `events.duckdb`."""
    store(tmp_path, "r0", told(0))
    catalog = write_catalog(str(tmp_path))
    with (
        python(READER, str(tmp_path), "store") as of_store,
        python(READER, str(tmp_path), "file") as of_file,
        open_store(str(tmp_path)) as first,
        duckdb.connect(catalog, read_only=True) as person,
    ):
        for reader in (of_store, of_file):
            assert reader.stdout is not None
            assert reader.stdout.readline() == "reading\n"
        answer = first.execute(QUESTION).fetchone()
        for number in range(1, COMMITS + 1):
            store(tmp_path, f"r{number:02d}", told(number))
            if number % 5 == 0:
                write_catalog(str(tmp_path))
            assert first.execute(QUESTION).fetchone() == person.execute(QUESTION).fetchone() == answer
        for reader in (of_store, of_file):
            assert reader.stdout is not None
            asked, versions = map(int, reader.stdout.readline().split())
            assert asked >= versions > 1
            assert reader.wait() == 0


@pytest.mark.parametrize("read_only", [True, False])
def test_an_open_database_file_blocks_no_run(tmp_path: pathlib.Path, read_only: bool) -> None:
    store(tmp_path, "r1", told(0))
    catalog = write_catalog(str(tmp_path))
    code = f"""
import duckdb, sys
connection = duckdb.connect({catalog!r}, read_only={read_only})
print(connection.execute("SELECT doc_id FROM documents").fetchall()[0][0], flush=True)
sys.stdin.read()
"""
    inputs = write_articles(tmp_path.parent / "in" / "news.jsonl", article("new", MEETING))
    with python(code) as person:
        assert person.stdout is not None
        assert person.stdout.readline().strip() in "abc"
        assert main(["run", inputs, "--store", str(tmp_path), "--quiet", "--workers", "1"]) == 0
        with duckdb.connect(catalog, read_only=True) as connection:
            assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(4,)]


def test_of_two_that_want_to_write_one_is_refused(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", told(0))
    code = f"from transforms.storage.lock import locked\nimport sys\nwith locked({str(tmp_path)!r}):\n    print('held', flush=True)\n    sys.stdin.read()"
    with python(code) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreBusyError, match="another run is writing"), locked(str(tmp_path)):
            pass
    # Whoever was killed holds nothing any more.
    with locked(str(tmp_path)):
        pass


def test_two_runs_at_once(tmp_path: pathlib.Path, launcher: Launcher) -> None:
    """Started together, one is refused with a line that says so, unless it comes after the other; run again, the store is that of both, in either order."""
    other = Launcher(tmp_path / "log of the other")
    try:
        inputs = [write_articles(tmp_path / "in" / f"{name}.jsonl", article(name, text)) for name, text in (("one", f"{MEETING} {AID}"), ("two", STRIKE))]
        both = str(tmp_path / "S")
        commands = [["run", each, "--store", both, "--quiet", "--workers", "1"] for each in inputs]
        launchers = (launcher, other)
        for each, command in zip(launchers, commands, strict=True):
            each.start(command)
        statuses = [each.wait() for each in launchers]
        assert set(statuses) <= {0, 3}
        assert 0 in statuses
        assert len(current(LocalFiles(both)).runs) == statuses.count(0)
        assert [each.rows for each in digests(both) if each.table == "documents"] == [statuses.count(0)]
        for each, status, command in zip(launchers, statuses, commands, strict=True):
            if status == 3:
                each.start(command)
                assert each.wait() == 0
        alone = str(tmp_path / "alone")
        launcher.start(["run", *inputs, "--store", alone, "--quiet", "--workers", "1"])
        assert launcher.wait() == 0
        assert digests(both) == digests(alone)
    finally:
        other.close()
