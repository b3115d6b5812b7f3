from __future__ import annotations

import threading

import pytest

from pipeline import work
from pipeline.errors import RunFailedError
from pipeline.work import LocalWork, reason
from transforms.storage.errors import StoreBusyError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            StoreBusyError("another run has published; run the same command again [while running 'WriteStore/Publish']"),
            "another run has published; run the same command again",
        ),
        (
            RuntimeError(
                'Traceback (most recent call last):\n  File "x.py", line 1, in f\ntransforms.storage.errors.StoreDamagedError: a file is missing\n\n'
                "Traceback …\ntransforms.storage.errors.StoreDamagedError: a file is missing [while running 'WriteStore/Publish-ptransform-77']\n"
            ),
            "a file is missing",
        ),
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
        (ValueError("one\ntwo"), "ValueError: two"),
        (RuntimeError(""), "RuntimeError"),
    ],
)
def test_the_last_exception_says_why(error: BaseException, said: str) -> None:
    assert reason(error) == said


class _Pipeline:
    """Stands for a Beam pipeline whose run does what a test wants."""

    def __init__(self, work: object) -> None:
        self._work = work

    def run(self) -> _Pipeline:
        self._work()  # type: ignore[operator]
        return self

    def wait_until_finish(self) -> None:
        return None


def test_a_pipeline_that_ends_is_done() -> None:
    ran: list[bool] = []
    LocalWork(_Pipeline(lambda: ran.append(True))).wait()
    assert ran == [True]


def test_a_pipeline_that_fails_says_why() -> None:
    def fail() -> None:
        raise ValueError("the disk is full [while running 'Publish']")

    with pytest.raises(RunFailedError, match=r"^ValueError: the disk is full; nothing is published$"):
        LocalWork(_Pipeline(fail)).wait()


def test_a_lost_worker_ends_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def lose_a_worker() -> None:
        def worker() -> None:
            raise RuntimeError("Worker subprocess exited with return code 137")

        threading.Thread(target=worker, name="run_worker").start()
        released.wait(30)

    monkeypatch.setattr(work, "_LOST_SECONDS", 0.2)
    try:
        with pytest.raises(RunFailedError, match="a worker process was lost"):
            LocalWork(_Pipeline(lose_a_worker)).wait()
    finally:
        released.set()
    assert threading.excepthook is threading.__excepthook__ or threading.excepthook.__module__ != "pipeline.work"


def test_a_worker_that_hangs_up_is_a_lost_one() -> None:
    def fail() -> None:
        raise RuntimeError("Channel closed prematurely.")

    with pytest.raises(RunFailedError, match="a worker process was lost"):
        LocalWork(_Pipeline(fail)).wait()
