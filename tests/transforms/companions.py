"""What companions do in tests: functions that answer, fail, crash and hang."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable


def echo(prefix: str) -> Callable[[str], str]:
    """Answers with what it was asked for, and its process id; some words have their own answer."""

    def answer(word: str) -> str:
        if word == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if word == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "leave":
            os._exit(5)
        if word == "spin":
            while True:
                pass
        if word == "sleep":
            time.sleep(600)
        if word == "fail":
            raise ValueError(f"cannot say {word}")
        if word == "odd":
            raise _OddError(1, 2)
        return f"{prefix}{word} {os.getpid()}"

    return answer


class _OddError(Exception):
    """Is written as a pickle and cannot be read again."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def broken() -> Callable[[str], str]:
    raise LookupError("there is nothing to start with")


def absent() -> Callable[[str], str]:
    os._exit(4)
