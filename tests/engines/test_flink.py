"""Apache Flink, embedded in Beam's job server: skipped, and saying why, where Maven does not serve the job server."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess

import apache_beam
import pytest

from tests.engines.conftest import CACHE, INPUT, dateline, readme_command
from tests.transforms.storage.synthetic import contents


@pytest.fixture(scope="session")
def job_server_jar() -> str:
    """Beam's job server for the Flink of the README's command: what `DATELINE_FLINK_JOB_SERVER` names, else from Maven Central."""
    given = os.environ.get("DATELINE_FLINK_JOB_SERVER")
    if given is not None:
        return given
    command = readme_command("flink")
    name = f"beam-runners-flink-{command[command.index('--flink_version') + 1]}-job-server"
    jar = CACHE / "jars" / f"{name}-{apache_beam.__version__}.jar"
    if not jar.exists():
        for tool in ("java", "mvn"):
            if shutil.which(tool) is None:
                pytest.skip(f"{tool} is not installed: Flink runs on Java, and its job server comes from Maven Central")
        copied = subprocess.run(
            ["mvn", "-B", "-q", "dependency:copy", f"-Dartifact=org.apache.beam:{name}:{apache_beam.__version__}", f"-DoutputDirectory={jar.parent}"],
            cwd=CACHE.parent if CACHE.parent.exists() else pathlib.Path.home(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if copied.returncode != 0:
            reason = next((line for line in copied.stdout.splitlines() if "artifact" in line), "mvn failed")
            pytest.skip(f"Maven serves no {name} {apache_beam.__version__}: {reason[:300]}")
    return str(jar)


@pytest.mark.parametrize("parallelism", ["1", "2"])
def test_the_store_is_that_of_the_local_runner(parallelism: str, job_server_jar: str, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store = tmp_path / "store"
    command = readme_command("flink", INPUT=INPUT, store=str(store), parallelism=parallelism)
    done = dateline(*command, "--flink_job_server_jar", job_server_jar)
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)
