"""What the tests on real runners share: the binaries, kept outside of the repository, the inputs, and the local runner's store that all others must equal."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pathlib
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

import apache_beam
import pytest

from tests.test_readme import code, section

ROOT = pathlib.Path(__file__).parents[2]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache", "dateline", f"beam-{apache_beam.__version__}")
# What is read: the sample articles, or what this variable names (for runs by hand over thousands of documents).
INPUT = os.environ.get("DATELINE_ENGINES_INPUT", str(ROOT / "seeds" / "documents"))
SECONDS = 1800 if "DATELINE_ENGINES_INPUT" in os.environ else 900


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Everything in this folder runs on a real runner."""
    for item in items:
        if pathlib.Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.engines)


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


def started(*arguments: str) -> subprocess.Popen[str]:
    """The program at work."""
    return subprocess.Popen([sys.executable, "-m", "pipeline", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextlib.contextmanager
def running(*command: str, folder: pathlib.Path, environment: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process for as long as the block lasts; its folder gets a file `log`."""
    with (folder / "log").open("ab") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=os.environ | (environment or {})) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return int(found.getsockname()[1])


def wait_for(condition: Callable[[], object], what: str, seconds: float = 300) -> None:
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
