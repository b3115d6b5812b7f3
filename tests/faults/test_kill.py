"""`kill -9` at any moment: the store stays whole, holds exactly the runs that were committed, and the same command again ends as if nothing had happened.

`DATELINE_TRIALS=60` runs as many trials of each kind; by default there are a few. `--log-cli-level=INFO` shows how they ended.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pathlib
import random
import shutil
import signal
import time

import duckdb
import pytest

from pipeline.catalog import identifier, views, write_catalog
from pipeline.database import open_store
from pipeline.digests import TableDigest, digests
from pipeline.main import main
from pipeline.verify import verify
from tests.faults.launcher import Launcher
from tests.pipeline.articles import AID, MEETING, STRIKE, article, write_articles
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import CATALOG, current
from transforms.storage.retention import find_leftovers

TRIALS = int(os.environ.get("DATELINE_TRIALS", "2"))
LOGGER = logging.getLogger(__name__)


class Scene:
    """A store of one run, and a second run that adds, replaces, repeats and rejects."""

    def __init__(self, folder: pathlib.Path, launcher: Launcher) -> None:
        texts = (MEETING, STRIKE, AID)
        first = [article(f"a{number}", f"{texts[number % 3]} It was report {number}.") for number in range(6)]
        second = [
            *(article(f"b{number}", f"{texts[number % 3]} It was report {number}.", published=f"2025-0{3 + number % 2}-13") for number in range(6)),
            article("a1", f"{MEETING} The report was corrected."),
            article("a2", f"{AID} It was report 2."),
            "no JSON",
            article("fr", "Le ministre a rencontré son homologue à Paris pour parler de la pêche et du commerce entre les deux pays voisins."),
        ]
        self.base, self.whole = folder / "base", folder / "whole"
        self.second = write_articles(folder / "in" / "second.jsonl", *second)
        launcher.start(["run", write_articles(folder / "in" / "first.jsonl", *first), "--store", str(self.base), "--quiet"])
        assert launcher.wait() == 0
        shutil.copytree(self.base, self.whole)
        began = time.monotonic()
        launcher.start(self.command(self.whole))
        assert launcher.wait() == 1
        self.seconds = time.monotonic() - began
        self.before, self.after = digests(str(self.base)), digests(str(self.whole))
        self.counts_before, self.counts_after = counts_of_views(self.base), counts_of_views(self.whole)

    def copy(self, store: pathlib.Path) -> pathlib.Path:
        """A copy of the first run's store, its database file written anew for its own path."""
        shutil.copytree(self.base, store)
        write_catalog(str(store))
        return store

    def command(self, store: pathlib.Path, workers: int = 1) -> list[str]:
        return ["run", self.second, "--store", str(store), "--quiet", "--workers", str(workers)]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, launcher: Launcher) -> Scene:
    return Scene(tmp_path_factory.mktemp("scene"), launcher)


def counts_of_views(store: pathlib.Path) -> dict[str, int]:
    with open_store(str(store)) as connection:
        return _counts(connection)


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {name: connection.execute(f"SELECT count(*) FROM {identifier(name)}").fetchall()[0][0] for name in views()}


def check(scene: Scene, store: pathlib.Path) -> bool:
    """The store is whole and is that of before or that of after, also for who opens its database file; says whether the run had committed."""
    assert verify(str(store)).faults == ()
    found: list[TableDigest] = digests(str(store))
    with open_store(str(store)) as connection:
        runs = connection.execute("SELECT run_id FROM runs").fetchall()
    counts = counts_of_views(store)
    committed = len(runs) == 2
    assert counts == (scene.counts_after if committed else scene.counts_before)
    # Where the kill came after the commit and before the database file, that is still the one of the version before, whose files are there.
    with duckdb.connect(str(store / CATALOG), read_only=True) as connection:
        assert _counts(connection) in (counts, scene.counts_before)
    assert found == (scene.after if committed else scene.before)
    assert [each for (each,) in sorted(runs)] == list(current(LocalFiles(str(store))).runs)
    return committed


def check_again(scene: Scene, store: pathlib.Path, launcher: Launcher) -> None:
    """Leftovers are found and deleted, and the same command brings the store to where it would have been."""
    files = LocalFiles(str(store))
    leftovers = find_leftovers(files)
    assert main(["catalog", "--store", str(store), "--check"]) == (1 if leftovers else 0)
    before = digests(str(store))
    assert main(["catalog", "--store", str(store), "--repair"]) == 0
    assert main(["catalog", "--store", str(store), "--check"]) == 0
    assert digests(str(store)) == before
    launcher.start(scene.command(store))
    assert launcher.wait() in (0, 1)
    assert digests(str(store)) == scene.after
    assert verify(str(store)).faults == ()


def test_a_run_that_is_killed_at_a_random_moment(scene: Scene, launcher: Launcher, tmp_path: pathlib.Path) -> None:
    chance, committed = random.Random(1), 0
    for number in range(TRIALS):
        store = scene.copy(tmp_path / f"S{number}")
        process = launcher.start(scene.command(store))
        time.sleep(chance.uniform(0, scene.seconds))
        with contextlib.suppress(ProcessLookupError):  # a run that was quicker has ended already
            os.killpg(process, signal.SIGKILL)
        assert launcher.wait() in (-signal.SIGKILL, 1)
        committed += check(scene, store)
        check_again(scene, store, launcher)
        shutil.rmtree(store)
    LOGGER.info("%s", f"{TRIALS} kills at random moments: {committed} after the commit")


def test_a_run_that_is_killed_while_it_writes_and_commits(scene: Scene, launcher: Launcher, tmp_path: pathlib.Path) -> None:
    """The run kills itself at one of its file operations, of which most are those of publishing."""
    chance, committed, number, last = random.Random(2), 0, 0, 128
    while number < TRIALS:
        store = scene.copy(tmp_path / f"S{number}")
        at = chance.randrange(last)
        launcher.start(scene.command(store), at=at)
        if launcher.wait() != -signal.SIGKILL:
            last = at  # a run has fewer operations than that
            shutil.rmtree(store)
            continue
        committed += check(scene, store)
        check_again(scene, store, launcher)
        shutil.rmtree(store)
        number += 1
    LOGGER.info("%s", f"{TRIALS} kills at one of {last} file operations: {committed} after the commit")


def test_a_worker_that_is_killed(scene: Scene, launcher: Launcher, tmp_path: pathlib.Path) -> None:
    chance, told = random.Random(3), []
    for number in range((TRIALS + 1) // 2):
        store = scene.copy(tmp_path / f"S{number}")
        process = launcher.start(scene.command(store, workers=2))
        workers: list[int] = []
        limit = time.monotonic() + 60
        while not workers and time.monotonic() < limit:
            time.sleep(0.02)
            workers = _workers_of(process)
        time.sleep(chance.uniform(0, 2 * scene.seconds))
        alive = _workers_of(process)
        if alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(alive), signal.SIGKILL)
        status = launcher.wait()
        # A worker that had nothing more to do is not missed.
        assert status in (1, 3)
        assert check(scene, store) == (status == 1)
        check_again(scene, store, launcher)
        shutil.rmtree(store)
        told.append(status)
    LOGGER.info("%s", f"{len(told)} kills of a worker: exit status {told}")


def _workers_of(launcher: int) -> list[int]:
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                group = int((entry / "stat").read_text().rpartition(")")[2].split()[2])
                command = (entry / "cmdline").read_bytes()
            except (OSError, IndexError):
                continue
            if group == launcher and b"pipeline.worker" in command:
                found.append(int(entry.name))
    return found
