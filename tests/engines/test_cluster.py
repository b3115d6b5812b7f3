"""What a cluster is to the program: a job server, here Prism, and workers in an environment of their own."""

from __future__ import annotations

import json
import os
import pathlib
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.engines.conftest import INPUT, ROOT, dateline, free_port, listens, readme_command, running, started, wait_for
from tests.transforms.storage.synthetic import contents


class Pool(NamedTuple):
    """A pool that starts workers where a job server asks for them."""

    address: str
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The workers that it has started (Linux)."""
        lists = pathlib.Path("/proc", str(self.process.pid), "task").glob("*/children")
        return [int(each) for children in lists for each in children.read_text().split()]


@pytest.fixture
def job_server(prism: str, tmp_path: pathlib.Path) -> Iterator[str]:
    port = free_port()
    (tmp_path / "prism").mkdir()
    with running(prism, "--job_port", str(port), "--serve_http=false", folder=tmp_path / "prism"):
        wait_for(lambda: listens(port), "Prism listens")
        yield f"localhost:{port}"


@pytest.fixture
def pool(worker_python: str, tmp_path: pathlib.Path) -> Iterator[Pool]:
    port = free_port()
    (tmp_path / "pool").mkdir()
    with running(
        worker_python, *readme_command("pool", service_port=str(port)), folder=tmp_path / "pool", environment=worker_environment(worker_python)
    ) as process:
        wait_for(lambda: listens(port), "the worker pool listens")
        yield Pool(f"localhost:{port}", process)


def worker_environment(python: str) -> dict[str, str]:
    """Workers are started as what `python` is on the path, and find only what is installed there."""
    return {"PATH": os.pathsep.join([str(pathlib.Path(python).parent), os.environ["PATH"]]), "PYTHONPATH": ""}


def cluster_command(store: pathlib.Path, job_server: str, pool: Pool) -> list[str]:
    return readme_command("cluster", INPUT=INPUT, store=str(store), job_endpoint=job_server, environment_config=pool.address)


def test_workers_of_a_pool_make_the_store_of_the_local_runner(job_server: str, pool: Pool, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    done = dateline(*cluster_command(store, job_server, pool))
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)


def test_workers_install_what_the_launcher_stages(job_server: str, boot: str, worker_python: str, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    environment = {"command": boot, "env": worker_environment(worker_python) | {"RUN_PYTHON_SDK_IN_DEFAULT_ENVIRONMENT": "1"}}
    workers = ["--environment_type", "PROCESS", "--environment_config", json.dumps(environment), "--setup_file", str(ROOT / "setup.py")]
    done = dateline("run", INPUT, "--store", str(store), "--runner", "PortableRunner", "--job_endpoint", job_server, *workers)
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)


def test_a_lost_worker_fails_the_run_and_the_same_command_goes_on(job_server: str, pool: Pool, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    command = cluster_command(store, job_server, pool)
    with started(*command) as process:
        wait_for(lambda: (store / "staging").exists() or pool.workers(), "a worker has started")
        time.sleep(5)
        for worker in pool.workers():
            os.kill(worker, signal.SIGKILL)
        _, errors = process.communicate(timeout=600)
    assert process.returncode == 3, errors
    assert "nothing is published" in errors
    assert not store.exists()
    done = dateline(*command)
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)
