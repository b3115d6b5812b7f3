"""Starts many runs of dateline quickly, to be killed: one process imports everything once and forks for each.

`Launcher` is what a test holds. Run as a module, this is the process: it reads orders from standard input, one JSON object a line: `arguments` of the command
line, `at` (the number of the file operation of the launcher's process at which it kills itself, or null) and `log` (a file for what it writes). It answers each
with a line: the process id, and when it has ended its wait status.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import os
import pathlib
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

# Whatever changes a store on local disk passes one of these.
OPERATIONS = ("create", "create_exclusively", "move", "delete", "delete_folder")
_ROOT = pathlib.Path(__file__).parents[2]


class Launcher:
    """Runs of dateline in processes of their own that can be killed."""

    def __init__(self, log: pathlib.Path) -> None:
        self._log = log
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.launcher"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def start(self, arguments: list[str], at: int | None = None) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"arguments": arguments, "at": at, "log": str(self._log)}) + "\n")
        return self._answer()

    def wait(self) -> int:
        """The exit status, negative for the signal that ended the run."""
        return os.waitstatus_to_exitcode(self._answer())

    def _answer(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)


def kill_at(number: int) -> None:
    """Makes this process kill itself before its file operation of that number: no handler, no clean-up, as by `kill -9`."""
    from transforms.storage.files import LocalFiles

    left = [number]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def operation(*arguments: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return operation

    for name in OPERATIONS:
        setattr(LocalFiles, name, counted(getattr(LocalFiles, name)))


def _run(order: dict[str, Any]) -> int:
    out = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    if order["at"] is not None:
        kill_at(order["at"])
    from pipeline.main import main

    sys.argv = ["dateline", *order["arguments"]]
    return main(None)


def serve() -> None:
    """Forks for each order until standard input ends."""
    from pipeline import environment

    environment.prepare()
    for module in ("pipeline.commands.run", "pipeline.graph", "pipeline.run"):
        importlib.import_module(module)  # here once, so that no fork has to
    from schemas.document import Document
    from tests.pipeline.articles import AID, MEETING, STRIKE
    from transforms.events import batches, transform
    from transforms.events.extractor import Extractor

    # A fork has model and tables already; a run of several workers starts processes of its own, which extract as ever.
    extractor = Extractor()
    list(extractor.extract(Document(doc_id=text, text=text, language="en") for text in (MEETING, STRIKE, AID)))
    transform.extract = lambda _task, batch: batches.read_batch(extractor, batch)

    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            status = 3
            try:
                status = _run(order)
            finally:
                os._exit(status)
        with contextlib.suppress(OSError):
            os.setpgid(child, child)  # on both sides, so that its group is there when the answer is read
        print(child, flush=True)  # noqa: T201 - the answer
        _, status = os.waitpid(child, 0)
        print(status, flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
