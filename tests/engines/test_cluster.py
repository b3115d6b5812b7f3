"""What a cluster is to the program: a job server, here Prism, and workers in an environment of their own."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from tests.engines.processes import INPUT, SECONDS, Pool, dateline, extracts, free_port, kill_workers, listens, readme_command, running, started, wait_for
from tests.transforms.storage.synthetic import contents


@pytest.fixture
def job_server(prism: str, tmp_path: pathlib.Path) -> Iterator[str]:
    port = free_port()
    (tmp_path / "prism").mkdir()
    with running(prism, "--job_port", str(port), "--serve_http=false", folder=tmp_path / "prism"):
        wait_for(lambda: listens(port), "Prism listens")
        yield f"localhost:{port}"


def cluster_command(store: pathlib.Path, job_server: str, pool: Pool) -> list[str]:
    return readme_command("cluster", INPUT=INPUT, store=str(store), job_endpoint=job_server, environment_config=pool.address)


def test_workers_of_a_pool_make_the_store_of_the_local_runner(job_server: str, pool: Pool, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    done = dateline(*cluster_command(store, job_server, pool))
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)


def test_a_lost_worker_fails_the_run_and_the_same_command_goes_on(job_server: str, pool: Pool, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    command = cluster_command(store, job_server, pool)
    with started(*command) as process:
        wait_for(lambda: extracts(pool.process) or process.poll() is not None, "a worker extracts")
        kill_workers(pool.process)
        _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 3, errors
    assert "nothing is published" in errors
    assert not store.exists()
    done = dateline(*command)
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)
