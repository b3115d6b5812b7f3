"""Processes that the tests on real runners start: the program, servers, pools of workers; and what they read."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pathlib
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import apache_beam
import psutil

from pipeline.database import open_store
from tests.test_readme import code, section
from transforms.storage.errors import NotAStoreError

ROOT = pathlib.Path(__file__).parents[2]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache", "dateline", f"beam-{apache_beam.__version__}")
# What is read: the sample articles, or what this variable names (for runs by hand over thousands of documents).
INPUT = os.environ.get("DATELINE_ENGINES_INPUT", str(ROOT / "seeds" / "documents"))
SECONDS = 3600 if "DATELINE_ENGINES_INPUT" in os.environ else 1800
_END_SECONDS = 60
_PR_SET_CHILD_SUBREAPER = 36


def dateline(*arguments: str, python: str = sys.executable, seconds: float = SECONDS) -> subprocess.CompletedProcess[str]:
    """Runs the program to its end."""
    return subprocess.run([python, "-m", "pipeline", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=seconds, check=False)


def readme_command(name: str, **replacements: str) -> list[str]:
    """The arguments of a command that the README shows in `<!-- engine-NAME -->`, with paths and ports of the test's own.

    Args:
        name: That of the section.
        replacements: For what stands after an option, or for `INPUT`, what the test has in its place.
    """
    (line,) = code(section(f"engine-{name}"), "sh")
    program, *arguments = shlex.split(line)
    assert program in ("dateline", "python")
    replaced = {f"--{option}": value for option, value in replacements.items()}
    for at, argument in enumerate(arguments):
        if argument in replaced:
            arguments[at + 1] = replaced.pop(argument)
        elif argument.startswith(("news", "/shared/news")) and "--INPUT" in replaced:
            arguments[at] = replaced.pop("--INPUT")
    assert not replaced, f"the README's command for {name} has no {', '.join(replaced)}"
    return arguments


@contextlib.contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program at work, for as long as the block lasts."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            end(process)


def kill(process: subprocess.Popen[Any]) -> None:
    """Kills a process and those that it has started: of a program that is killed alone the job server would stay."""
    for each in [process, *psutil.Process(process.pid).children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            each.kill()


def end(process: subprocess.Popen[Any]) -> None:
    """Ends a process, one that does not listen by force."""
    process.terminate()
    try:
        process.wait(timeout=_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def count(store: pathlib.Path) -> int:
    """The documents that SQL finds in a store."""
    try:
        with open_store(str(store)) as connection:
            found = connection.execute("SELECT count(*) FROM documents").fetchone()
    except NotAStoreError:
        return 0
    return int(found[0]) if found else 0


@contextlib.contextmanager
def running(*command: str, folder: pathlib.Path, environment: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process for as long as the block lasts; its folder gets a file `log`."""
    with (folder / "log").open("ab") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=os.environ | (environment or {})) as process:
        try:
            yield process
        finally:
            end(process)


def adopt_orphans() -> None:
    """Makes this process the parent of what its descendants leave behind (Linux)."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants() -> set[psutil.Process]:
    """The processes that this one has started, and those that they have."""
    return set(psutil.Process().children(recursive=True))


def processor_seconds() -> float:
    """The time that all descendants have spent on processors, those that have ended included."""
    spent = 0.0
    for each in [psutil.Process(), *descendants()]:
        with contextlib.suppress(psutil.NoSuchProcess):
            spent += sum(each.cpu_times()[:4])
    return spent


class Pool(NamedTuple):
    """A pool that starts workers where a job server asks for them."""

    address: str
    process: subprocess.Popen[bytes]


def extracts(*servers: subprocess.Popen[bytes]) -> bool:
    """Whether workers of some servers are in the middle of their work: they have started a process that extracts."""
    return bool(_below(servers, "transforms.isolation"))


def kill_workers(*servers: subprocess.Popen[bytes]) -> None:
    """Kills the workers that some servers have started."""
    for each in _below(servers, "apache_beam.runners.worker.sdk_worker"):
        each.kill()


def _below(servers: Iterable[subprocess.Popen[bytes]], module: str) -> list[psutil.Process]:
    found = []
    for server in servers:
        for each in psutil.Process(server.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                if any(module in argument for argument in each.cmdline()):
                    found.append(each)
    return found


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return int(found.getsockname()[1])


def wait_for(condition: Callable[[], object], what: str, seconds: float = 600) -> None:
    """Waits until a function gives something true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} seconds"
        time.sleep(0.1)


def listens(port: int) -> bool:
    """Whether somebody listens at a port of this machine."""
    with contextlib.suppress(OSError), socket.create_connection(("localhost", port), timeout=1):
        return True
    return False


def worker_environment(python: str) -> dict[str, str]:
    """Workers are started as what `python` is on the path, and find only what is installed there."""
    return {"PATH": os.pathsep.join([str(pathlib.Path(python).parent), os.environ["PATH"]]), "PYTHONPATH": ""}
