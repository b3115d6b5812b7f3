"""A Flink cluster on loopback: a JobManager and TaskManagers of Flink's distribution, as the package `apache-flink-libraries` ships it."""

from __future__ import annotations

import contextlib
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.engines.processes import free_port, kill, listens, running, wait_for

VERSION = "1.19.3"
"""The newest that was served of the Flink that the job server is made for."""

_SETTINGS = """
jobmanager.rpc.address: localhost
jobmanager.rpc.port: {rpc}
jobmanager.memory.process.size: 1g
rest.address: localhost
rest.port: {rest}
taskmanager.host: localhost
taskmanager.numberOfTaskSlots: 4
taskmanager.cpu.cores: 2
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.task.heap.size: 384m
taskmanager.memory.task.off-heap.size: 0
taskmanager.memory.network.min: 512m
taskmanager.memory.network.max: 512m
taskmanager.memory.managed.size: 128m
taskmanager.memory.jvm-metaspace.size: 256m
taskmanager.memory.jvm-overhead.min: 192m
taskmanager.memory.jvm-overhead.max: 192m
cluster.evenly-spread-out-slots: true
heartbeat.interval: 1000
heartbeat.timeout: 60000
slot.request.timeout: 600000
pekko.startup-timeout: 300 s
pekko.ask.timeout: 300 s
web.timeout: 300000
taskmanager.registration.timeout: 10 min
restart-strategy.type: fixed-delay
restart-strategy.fixed-delay.attempts: 5
restart-strategy.fixed-delay.delay: 1 s
"""
# What Flink's own scripts open of Java's modules for what it serialises.
_OPENED = (
    "java.lang",
    "java.lang.invoke",
    "java.lang.reflect",
    "java.net",
    "java.io",
    "java.nio",
    "java.text",
    "java.time",
    "java.util",
    "java.util.concurrent",
)
_JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"
_TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner"


class FlinkCluster:
    """A cluster that runs.

    Args:
        port: That of the JobManager's REST interface.
        task_managers: The processes of its TaskManagers.
    """

    def __init__(self, port: int, task_managers: list[subprocess.Popen[bytes]]) -> None:
        self.address = f"localhost:{port}"
        self.task_managers = task_managers

    def ask(self, path: str) -> Any:
        """What the JobManager answers."""
        with urllib.request.urlopen(f"http://{self.address}{path}", timeout=30) as answer:
            return json.load(answer)

    def members(self) -> int:
        """How many TaskManagers the JobManager has; it answers 503 while it starts."""
        try:
            return len(self.ask("/taskmanagers")["taskmanagers"])
        except urllib.error.HTTPError:
            return 0

    def restarted(self) -> bool:
        """Whether a job was started again."""
        jobs = [self.ask(f"/jobs/{each['id']}") for each in self.ask("/jobs")["jobs"]]
        return any(job["timestamps"]["RESTARTING"] > 0 for job in jobs)

    def kill_a_task_manager(self) -> None:
        """Kills one that is at work with the workers that it has started, as where its machine is lost."""
        kill(self.task_managers.pop())


def distribution(cache: pathlib.Path) -> pathlib.Path:
    """The folder with the jars of Flink's distribution; where it is not served the test is skipped aloud."""
    folder = cache / f"flink-{VERSION}"
    if shutil.which("java") is None:
        pytest.skip("java is not installed: Flink runs on Java")
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as download:
            package = f"apache-flink-libraries=={VERSION}"
            fetched = subprocess.run(
                [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-build-isolation", "-d", download, package],
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            if fetched.returncode != 0:
                pytest.skip(f"{package} cannot be had: {fetched.stderr.strip().splitlines()[-1]}")
            (archive,) = pathlib.Path(download).glob("*.tar.gz")
            with tarfile.open(archive) as file:
                file.extractall(download, [each for each in file.getmembers() if "/deps/lib/" in each.name], filter="data")
            (jars,) = pathlib.Path(download).glob("*/deps/lib")
            jars.replace(folder)
    return folder


@contextlib.contextmanager
def flink(jars: pathlib.Path, folder: pathlib.Path, task_managers: int) -> Iterator[FlinkCluster]:
    """A cluster for as long as the block lasts.

    Args:
        jars: As `distribution` gives it.
        folder: For settings and logs.
        task_managers: How many.
    """
    rest = free_port()
    (folder / "conf").mkdir(parents=True)
    (folder / "conf" / "config.yaml").write_text(_SETTINGS.format(rpc=free_port(), rest=rest), encoding="utf-8")
    classpath = ":".join(str(each) for each in jars.glob("*.jar") if each.name.startswith(("flink-dist", "log4j")))
    java = ["java", "-Xmx768m", *(f"--add-opens=java.base/{each}=ALL-UNNAMED" for each in _OPENED), "-cp", classpath]
    with contextlib.ExitStack() as stack:
        for name in ("manager", *(f"task-{each}" for each in range(task_managers))):
            (folder / name).mkdir()
        stack.enter_context(running(*java, _JOB_MANAGER, "--configDir", str(folder / "conf"), folder=folder / "manager"))
        wait_for(lambda: listens(rest), "Flink's JobManager listens")
        cluster = FlinkCluster(
            rest,
            [
                stack.enter_context(running(*java, _TASK_MANAGER, "--configDir", str(folder / "conf"), folder=folder / f"task-{each}"))
                for each in range(task_managers)
            ],
        )
        wait_for(lambda: cluster.members() == task_managers, "Flink's TaskManagers are there")
        yield cluster
