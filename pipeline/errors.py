"""What a command can fail with, and the exit status that each kind of failure has (the contract's table)."""

from __future__ import annotations

DONE = 0
SOME_FAILED = 1
WRONG_USAGE = 2
FAILED = 3
INTERRUPTED = 130


class UsageError(Exception):
    """The command line, the input or the store is not one that this version can work with; one line that says what would be right. Nothing was written."""


class RunFailedError(Exception):
    """The run failed: nothing is published, the store is as before, and the same command goes on."""


def one_line(error: BaseException) -> str:
    """An error's message as one line, control characters shown as spaces."""
    text = str(error).strip() or type(error).__name__
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
