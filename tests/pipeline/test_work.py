from __future__ import annotations

import signal
import threading
import time

import pytest

from pipeline import work
from pipeline.errors import RunFailedError
from pipeline.work import LocalWork, SubmittedWork, reason
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


class _BrokenCallError(Exception):
    """As gRPC raises it."""

    def details(self) -> str:
        return "Socket closed"


def test_a_call_to_a_job_server_that_breaks_off_says_why() -> None:
    assert reason(_BrokenCallError("<_MultiThreadedRendezvous of RPC\n>")) == "the job server: Socket closed"


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


class _Submitted:
    """Stands for a pipeline that was submitted, and its result: it works until it is asked to end, or cancelled."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.ends, self.cancelled, self._fails = threading.Event(), False, fails

    def run(self) -> _Submitted:
        return self

    def wait_until_finish(self) -> None:
        assert self.ends.wait(60)
        if self._fails is not None:
            raise self._fails

    def cancel(self) -> None:
        self.cancelled = True
        self.ends.set()


def test_a_submitted_pipeline_that_fails_says_why() -> None:
    pipeline = _Submitted(RuntimeError("Pipeline job-1 failed in state FAILED: worker lost"))
    pipeline.ends.set()
    with pytest.raises(RunFailedError, match=r"^Pipeline job-1 failed in state FAILED: worker lost; nothing is published$"):
        SubmittedWork(pipeline).wait()


def test_an_interrupt_cancels_a_submitted_pipeline() -> None:
    pipeline = _Submitted()
    threading.Timer(0.3, signal.raise_signal, [signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        SubmittedWork(pipeline).wait()
    assert pipeline.cancelled


def test_the_first_interrupt_asks_a_pipeline_without_end_to_end_and_is_waited_for() -> None:
    pipeline = _Submitted()
    asked: list[float] = []

    def stop() -> None:
        asked.append(time.monotonic())
        threading.Timer(1.0, pipeline.ends.set).start()

    threading.Timer(0.3, signal.raise_signal, [signal.SIGINT]).start()
    SubmittedWork(pipeline, stop=stop).wait()
    assert time.monotonic() - asked[0] > 0.9
    assert not pipeline.cancelled


def test_the_second_interrupt_cancels_it() -> None:
    pipeline = _Submitted()
    for seconds in (0.3, 1.0):
        threading.Timer(seconds, signal.raise_signal, [signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        SubmittedWork(pipeline, stop=lambda: None).wait()
    assert pipeline.cancelled
