"""Beam's Prism: the program is its launcher and its worker."""

from __future__ import annotations

import pathlib
import signal
import time

from tests.engines.processes import INPUT, SECONDS, dateline, readme_command, started, wait_for
from tests.transforms.storage.synthetic import contents


def test_the_store_is_that_of_the_local_runner(prism: str, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    command = readme_command("prism", INPUT=INPUT, store=str(store), prism_location=prism)
    done = dateline(*command)
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)
    again = dateline(*command)
    assert again.returncode == 0, again.stderr
    assert " 0 added + 0 replaced " in again.stdout
    assert contents(store) == contents(local_store)


def test_a_run_that_is_interrupted_leaves_no_store(prism: str, tmp_path: pathlib.Path) -> None:
    with started(*readme_command("prism", INPUT=INPUT, store=str(tmp_path / "S"), prism_location=prism)) as process:
        wait_for(lambda: (tmp_path / "S" / "lock").exists() or process.poll() is not None, "the run has begun")
        # Long before it publishes: what a run that is broken off then has written stays, unread, until `catalog --repair`.
        time.sleep(3)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 130, errors
    # Prism may still log that its bundles are cancelled.
    assert any(line.startswith("dateline: interrupted") for line in errors.splitlines()), errors
    assert not (tmp_path / "S").exists()
