"""Every runner over many documents, one after the other, beside the local runner: equal stores, and how fast.

`DATELINE_ENGINES_INPUT=news.jsonl pytest -m engines tests/engines/test_comparison.py` prints a table; 2,000 documents take a quarter of an hour on two cores.
"""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import apache_beam
import pytest

from pipeline.digests import TableDigest, digests
from tests.engines.flink_cluster import VERSION, FlinkCluster
from tests.engines.processes import INPUT, dateline, processor_seconds, readme_command
from tests.engines.test_flink import cluster_command, embedded_command


@dataclasses.dataclass(frozen=True)
class Run:
    """A run that has ended.

    Attributes:
        engine: What it ran on.
        summary: What it says of itself.
        digests: Those of its store.
        processor: Seconds that all processes of this test spent on processors meanwhile, servers included.
        clock: Seconds that the command took.
        load: How many processes of this machine worked or waited for a processor meanwhile, the mean of the last minute.
    """

    engine: str
    summary: dict[str, Any]
    digests: Sequence[TableDigest]
    processor: float
    clock: float
    load: float


def finished(engine: str, command: Sequence[str]) -> Run:
    """Runs a command to its end."""
    processor, clock = processor_seconds(), time.monotonic()
    done = dateline(*command, "--quiet", "--json")
    processor, clock = processor_seconds() - processor, time.monotonic() - clock
    load, _, _ = os.getloadavg()
    assert done.returncode == 0, f"{engine}: {done.stderr}"
    store = command[command.index("--store") + 1]
    return Run(engine, json.loads(done.stdout), digests(store), processor, clock, load)


def machine() -> str:
    """What it is measured on, and the head of the table."""
    java = subprocess.run(["java", "--version"], capture_output=True, encoding="utf-8", check=True).stdout.splitlines()[0]
    return (
        f"\n\n{os.cpu_count()} processors, Beam {apache_beam.__version__}, Python {platform.python_version()}, {java}, Flink {VERSION}; {INPUT}\n\n"
        "| engine | documents | events | equal to the first | documents/s | the command, s | processor, s | load of the machine |\n"
        "| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |\n"
    )


def row(run: Run, first: Run) -> str:
    """A run's row of the table."""
    read, events, seconds = (run.summary[key] for key in ("read", "event_count", "seconds"))
    equal = "yes" if run.digests == first.digests else "NO"
    return f"| {run.engine} | {read:,} | {events:,} | {equal} | {read / seconds:.1f} | {run.clock:.0f} | {run.processor:.0f} | {run.load:.1f} |\n"


@pytest.mark.skipif("DATELINE_ENGINES_INPUT" not in os.environ, reason="DATELINE_ENGINES_INPUT names no documents to compare engines on")
def test_every_runner_makes_the_same_store(
    prism: str, flink_job_server: str, flink_cluster: FlinkCluster, flink_workers: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = {
        "local, 2 workers": ["run", INPUT, "--store", str(tmp_path / "local"), "--workers", "2"],
        "Flink, embedded, parallelism 2": embedded_command(tmp_path / "embedded", flink_job_server),
        "Flink, two TaskManagers, parallelism 2": cluster_command(tmp_path / "cluster", flink_job_server, flink_cluster, flink_workers),
        "Prism": readme_command("prism", INPUT=INPUT, store=str(tmp_path / "prism"), prism_location=prism),
    }
    runs: list[Run] = []
    with capsys.disabled():
        sys.stdout.write(machine())
        for engine, command in commands.items():
            runs.append(finished(engine, command))
            sys.stdout.write(row(runs[-1], runs[0]))
        sys.stdout.writelines(f"{each.table}: {each.rows:,} rows, {each.digest}\n" for each in runs[0].digests)
    for run in runs[1:]:
        assert run.digests == runs[0].digests, run.engine
