"""What the tests on real runners share: programs, kept outside of the repository, and the local runner's store that all others must equal."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

import apache_beam
import psutil
import pytest

from tests.engines.flink_cluster import FlinkCluster, distribution, flink
from tests.engines.java import java_program
from tests.engines.kafka_broker import KafkaBroker, kafka
from tests.engines.processes import (
    CACHE,
    INPUT,
    ROOT,
    Pool,
    adopt_orphans,
    dateline,
    descendants,
    free_port,
    listens,
    readme_command,
    running,
    wait_for,
    worker_environment,
)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Everything in this folder runs on a real runner."""
    for item in items:
        if pathlib.Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.engines)


def _go_program(package: str) -> pathlib.Path:
    """A program of Beam's Go module, built once for the version of Beam that is installed here."""
    binary = CACHE / "bin" / package.rpartition("/")[2]
    if not binary.exists():
        if shutil.which("go") is None:
            pytest.skip("Go is not installed: it builds Beam's Prism")
        built = subprocess.run(
            ["go", "install", f"github.com/apache/beam/sdks/v2/{package}@v{apache_beam.__version__}"],
            env=os.environ | {"GOBIN": str(binary.parent)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if built.returncode != 0:
            pytest.skip(f"Go cannot build {package}: {built.stderr.strip().splitlines()[-1]}")
    return binary


@pytest.fixture(autouse=True)
def nothing_stays_behind() -> Iterator[None]:
    """A process that outlives the test that has started it fails the test, and is ended."""
    adopt_orphans()
    before = descendants()
    yield
    # What has lost its server tries again before it gives up.
    _, left = psutil.wait_procs(descendants() - before, timeout=300)
    found = [" ".join(each.cmdline()) for each in left]
    for each in left:
        each.kill()
    psutil.wait_procs(left)
    assert not found


@pytest.fixture(scope="session")
def prism() -> str:
    """Beam's Prism."""
    return str(_go_program("go/cmd/prism"))


@pytest.fixture(scope="session")
def boot() -> str:
    """What a worker's container starts with: it fetches and installs what was staged, then starts Beam's Python worker."""
    return str(_go_program("python/container"))


@pytest.fixture(scope="session")
def local_store(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The store that the local runner makes of the inputs."""
    store = tmp_path_factory.mktemp("local") / "store"
    done = dateline("run", INPUT, "--store", str(store), "--quiet")
    assert done.returncode == 0, done.stderr
    return store


@pytest.fixture(scope="session")
def worker_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Python of a virtual environment with what Beam ships to workers, the source distribution that `setup.py` makes, and what that needs.

    The environment is kept for as long as `setup.py` stays as it is; the distribution in it is always a new one.
    """
    folder = tmp_path_factory.mktemp("worker")
    source = shutil.copytree(ROOT, folder / "source", ignore=shutil.ignore_patterns(".*", "*.egg-info", "__pycache__"))
    subprocess.run([sys.executable, "setup.py", "-q", "sdist", "--dist-dir", str(folder)], cwd=source, check=True, capture_output=True)
    (distribution,) = folder.glob("dateline-*.tar.gz")
    needs = hashlib.blake2b((ROOT / "setup.py").read_bytes() + sys.version.encode(), digest_size=8).hexdigest()
    environment = CACHE / f"worker-{needs}"
    python = environment / "bin" / "python"
    whole = environment / "whole"
    if not whole.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        # Beam's worker images have setuptools and wheel as well: what is staged is built with them.
        subprocess.run([python, "-m", "pip", "install", "-q", str(distribution), "setuptools>=77", "wheel"], check=True)
        whole.touch()
    subprocess.run([python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", str(distribution)], check=True)
    return str(python)


@pytest.fixture
def pool(worker_python: str, tmp_path: pathlib.Path) -> Iterator[Pool]:
    port = free_port()
    (tmp_path / "pool").mkdir()
    with running(
        worker_python, *readme_command("pool", service_port=str(port)), folder=tmp_path / "pool", environment=worker_environment(worker_python)
    ) as process:
        wait_for(lambda: listens(port), "the worker pool listens")
        yield Pool(f"localhost:{port}", process)


@pytest.fixture(scope="session")
def flink_job_server() -> str:
    """Beam's job server for Flink: what `DATELINE_FLINK_JOB_SERVER` names, else one built of Beam's libraries."""
    return os.environ.get("DATELINE_FLINK_JOB_SERVER") or java_program("flink-job-server", CACHE / "jars")


@pytest.fixture
def flink_cluster(tmp_path: pathlib.Path) -> Iterator[FlinkCluster]:
    """A Flink cluster of two TaskManagers."""
    with flink(distribution(CACHE), tmp_path / "flink", task_managers=2) as cluster:
        yield cluster


@pytest.fixture
def flink_cluster_of_one(tmp_path: pathlib.Path) -> Iterator[FlinkCluster]:
    """A Flink cluster of one TaskManager: as much of a cluster as a pool of workers can serve, because TaskManagers give their workers the same names."""
    with flink(distribution(CACHE), tmp_path / "flink", task_managers=1) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def flink_workers(boot: str, worker_python: str) -> str:
    """What TaskManagers start as workers."""
    return json.dumps({"command": boot, "env": worker_environment(worker_python) | {"RUN_PYTHON_SDK_IN_DEFAULT_ENVIRONMENT": "1"}})


@pytest.fixture
def kafka_broker(tmp_path: pathlib.Path) -> Iterator[KafkaBroker]:
    """A Kafka broker without topics."""
    with kafka(java_program("kafka-broker", CACHE / "jars"), tmp_path / "kafka") as broker:
        yield broker


@pytest.fixture(scope="session")
def yaml_python() -> str:
    """The Python of an environment with this one's packages and, before them, what Beam YAML needs (it holds pandas back)."""
    needs = [each for each in importlib.metadata.requires("apache-beam") or [] if each.endswith('extra == "yaml"')]
    environment = CACHE / f"yaml-{hashlib.blake2b(repr((needs, sys.prefix)).encode(), digest_size=8).hexdigest()}"
    python, whole = environment / "bin" / "python", environment / "whole"
    if not whole.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        (packages,) = environment.glob("lib/python*/site-packages")
        (packages / "beside.pth").write_text("\n".join(each for each in sys.path if each.endswith("site-packages")), encoding="utf-8")
        wanted = [each.partition(";")[0].strip() for each in needs]
        installed = subprocess.run([python, "-m", "pip", "install", "-q", *wanted], capture_output=True, encoding="utf-8", check=False)
        if installed.returncode != 0:
            pytest.skip(f"what Beam YAML needs cannot be had: {installed.stderr.strip().splitlines()[-1]}")
        whole.touch()
    return str(python)
