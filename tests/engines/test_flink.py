"""Apache Flink: embedded in Beam's job server, and a cluster of a JobManager and two TaskManagers from Flink's own distribution."""

from __future__ import annotations

import json
import pathlib

import pytest

from tests.engines.flink_cluster import FlinkCluster
from tests.engines.processes import INPUT, ROOT, Pool, dateline, readme_command, started, wait_for, worker_environment
from tests.transforms.storage.synthetic import contents


def embedded_command(store: pathlib.Path, job_server: str) -> list[str]:
    return readme_command("flink", INPUT=INPUT, store=str(store), flink_job_server_jar=job_server)


def cluster_command(store: pathlib.Path, job_server: str, cluster: FlinkCluster, pool: Pool, parallelism: str = "2") -> list[str]:
    return readme_command(
        "flink-cluster",
        INPUT=INPUT,
        store=str(store),
        parallelism=parallelism,
        flink_master=cluster.address,
        flink_job_server_jar=job_server,
        environment_config=pool.address,
    )


def test_the_store_is_that_of_the_local_runner(flink_job_server: str, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    done = dateline(*embedded_command(store, flink_job_server))
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)


def test_workers_install_what_the_launcher_stages(
    flink_job_server: str, boot: str, worker_python: str, local_store: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    store = tmp_path / "store"
    environment = {"command": boot, "env": worker_environment(worker_python) | {"RUN_PYTHON_SDK_IN_DEFAULT_ENVIRONMENT": "1"}}
    workers = ["--environment_type", "PROCESS", "--environment_config", json.dumps(environment), "--setup_file", str(ROOT / "setup.py")]
    done = dateline(*embedded_command(store, flink_job_server), *workers)
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)


@pytest.mark.parametrize("parallelism", ["2", "4"])
def test_a_cluster_makes_the_store_of_the_local_runner(
    parallelism: str, flink_job_server: str, flink_cluster: FlinkCluster, pool: Pool, local_store: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    store = tmp_path / "store"
    done = dateline(*cluster_command(store, flink_job_server, flink_cluster, pool, parallelism))
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)


def test_a_lost_task_manager_costs_nothing(
    flink_job_server: str, flink_cluster: FlinkCluster, pool: Pool, local_store: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    store = tmp_path / "store"
    with started(*cluster_command(store, flink_job_server, flink_cluster, pool)) as process:
        wait_for(lambda: pool.extracts() or process.poll() is not None, "a worker extracts", 600)
        assert not flink_cluster.restarted()
        flink_cluster.kill_a_task_manager()
        _, errors = process.communicate(timeout=900)
    assert process.returncode == 0, errors
    assert flink_cluster.restarted()
    assert contents(store) == contents(local_store)


def test_a_lost_worker_costs_nothing_or_the_same_command_goes_on(
    flink_job_server: str, flink_cluster: FlinkCluster, pool: Pool, local_store: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    store = tmp_path / "store"
    command = cluster_command(store, flink_job_server, flink_cluster, pool)
    with started(*command) as process:
        wait_for(lambda: pool.extracts() or process.poll() is not None, "a worker extracts", 600)
        pool.kill_workers()
        _, errors = process.communicate(timeout=900)
    if process.returncode != 0:
        assert process.returncode == 3, errors
        assert not store.exists()
        done = dateline(*command)
        assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)
