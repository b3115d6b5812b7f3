"""Apache Flink: embedded in Beam's job server, and a cluster of a JobManager and two TaskManagers from Flink's own distribution."""

from __future__ import annotations

import pathlib

import pytest

from tests.engines.flink_cluster import FlinkCluster
from tests.engines.processes import INPUT, ROOT, SECONDS, Pool, dateline, extracts, kill_workers, readme_command, started, wait_for
from tests.transforms.storage.synthetic import contents


def embedded_command(store: pathlib.Path, job_server: str) -> list[str]:
    return readme_command("flink", INPUT=INPUT, store=str(store), flink_job_server_jar=job_server)


def cluster_command(store: pathlib.Path, job_server: str, cluster: FlinkCluster, workers: str, parallelism: str = "2") -> list[str]:
    return readme_command(
        "flink-cluster",
        INPUT=INPUT,
        store=str(store),
        parallelism=parallelism,
        flink_master=cluster.address,
        flink_job_server_jar=job_server,
        environment_config=workers,
    )


def pool_command(store: pathlib.Path, job_server: str, cluster: FlinkCluster, pool: Pool) -> list[str]:
    return readme_command(
        "flink-pool", INPUT=INPUT, store=str(store), flink_master=cluster.address, flink_job_server_jar=job_server, environment_config=pool.address
    )


def test_the_store_is_that_of_the_local_runner(flink_job_server: str, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    done = dateline(*embedded_command(store, flink_job_server))
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)


def test_workers_install_what_the_launcher_stages(flink_job_server: str, flink_workers: str, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    workers = ["--environment_type", "PROCESS", "--environment_config", flink_workers, "--setup_file", str(ROOT / "setup.py")]
    done = dateline(*embedded_command(store, flink_job_server), *workers)
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)


@pytest.mark.parametrize("parallelism", ["2", "4"])
def test_a_cluster_makes_the_store_of_the_local_runner(
    parallelism: str, flink_job_server: str, flink_cluster: FlinkCluster, flink_workers: str, local_store: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    store = tmp_path / "store"
    done = dateline(*cluster_command(store, flink_job_server, flink_cluster, flink_workers, parallelism))
    assert done.returncode == 0, done.stderr
    assert not flink_cluster.restarted()
    assert contents(store) == contents(local_store)


def test_workers_of_a_pool_make_the_store_of_the_local_runner(
    flink_job_server: str, flink_cluster_of_one: FlinkCluster, pool: Pool, local_store: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    store = tmp_path / "store"
    done = dateline(*pool_command(store, flink_job_server, flink_cluster_of_one, pool))
    assert done.returncode == 0, done.stderr
    assert not flink_cluster_of_one.restarted()
    assert contents(store) == contents(local_store)


def test_a_lost_task_manager_costs_nothing(
    flink_job_server: str, flink_cluster: FlinkCluster, flink_workers: str, local_store: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    store = tmp_path / "store"
    with started(*cluster_command(store, flink_job_server, flink_cluster, flink_workers)) as process:
        wait_for(lambda: extracts(*flink_cluster.task_managers) or process.poll() is not None, "a worker extracts")
        assert not flink_cluster.restarted()
        flink_cluster.kill_a_task_manager()
        _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    assert flink_cluster.restarted()
    assert contents(store) == contents(local_store)


def test_a_lost_worker_costs_nothing(
    flink_job_server: str, flink_cluster: FlinkCluster, flink_workers: str, local_store: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    store = tmp_path / "store"
    with started(*cluster_command(store, flink_job_server, flink_cluster, flink_workers)) as process:
        wait_for(lambda: extracts(*flink_cluster.task_managers) or process.poll() is not None, "a worker extracts")
        assert not flink_cluster.restarted()
        kill_workers(*flink_cluster.task_managers)
        _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    assert flink_cluster.restarted()
    assert contents(store) == contents(local_store)
