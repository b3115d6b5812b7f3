"""A Beam pipeline at work: on the local runner or one that it is submitted to, waited for until it has ended, with what a failure says in one line."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from pipeline.environment import LOGGER
from pipeline.errors import RunFailedError, one_line
from pipeline.worker import LAUNCHER, VERBOSE
from transforms.storage.errors import StoreError

THREAD = "dateline-pipeline"
"""The name of the thread that a pipeline runs in; while it lives after a failure, the process has to end without waiting for it."""

_WAIT_SECONDS = 0.1
_LOST_SECONDS = 3.0
_LOOK_SECONDS = 0.5
_CANCEL_SECONDS = 30.0
_CANCELLED_SECONDS = 10.0
# What Beam says where a worker process has ended while it was waited for.
_HUNG_UP = "Channel closed prematurely"
_RUNNING = re.compile(r"\s*\[while running '[^']*'(?:-ptransform-\d+)?\]")
_EXCEPTION = re.compile(r"^(?:[A-Za-z_]\w*\.)*(?P<name>[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Invalid))(?:: (?P<message>.+))?$")


def local_runner(options: Any, workers: int, *, verbose: bool) -> Any:
    """Beam's local runner.

    Made by name it would not hand the options on to worker processes, which would then log everything; and its own worker processes would write to the
    terminal and outlive a launcher that is killed. So it gets the options, and `pipeline.worker` as workers, unless `--direct_running_mode` asks for others.
    """
    from apache_beam.portability.api import beam_provision_api_pb2
    from apache_beam.runners.portability.fn_api_runner import fn_runner
    from apache_beam.runners.portability.portable_runner import JobServiceHandle
    from apache_beam.transforms.environments import SubprocessSDKEnvironment

    encoded = JobServiceHandle.encode_pipeline_options(options.get_all_options())
    information = fn_runner.ExtendedProvisionInfo(beam_provision_api_pb2.ProvisionInfo(pipeline_options=encoded))
    environment = None
    if workers > 1:
        os.environ[LAUNCHER] = str(os.getpid())
        os.environ[VERBOSE] = "1" if verbose else ""
        environment = SubprocessSDKEnvironment.from_command_string(f"exec {shlex.quote(sys.executable)} -m pipeline.worker")
    return fn_runner.FnApiRunner(default_environment=environment, provision_info=information)


class LocalWork:
    """A pipeline on the local runner, in a thread of its own, so that an interrupt or a lost worker process ends the wait at once; Beam would wait for ever."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._error: BaseException | None = None
        self._lost: str | None = None
        self._thread = threading.Thread(target=self._run, name=THREAD, daemon=True)

    def wait(self) -> None:
        """Starts the pipeline and returns when it has ended.

        Raises:
            RunFailedError: It has failed, or a worker process was lost.
        """
        hook = threading.excepthook
        threading.excepthook = self._in_thread
        try:
            self._thread.start()
            lost_at = None
            while self._thread.is_alive():
                self._thread.join(_WAIT_SECONDS)
                if self._lost is not None:
                    # A pipeline that fails ends its workers too, and then says why by itself.
                    lost_at = lost_at or time.monotonic()
                    if time.monotonic() - lost_at > _LOST_SECONDS:
                        break
        finally:
            threading.excepthook = hook
        if self._thread.is_alive() or (self._error is not None and _HUNG_UP in str(self._error)):
            raise RunFailedError(
                "a worker process was lost, often for lack of memory: nothing is published; "
                "run the same command again with fewer --workers, or --verbose to see more"
            )
        if self._error is not None:
            raise RunFailedError(f"{reason(self._error)}; nothing is published") from self._error

    def _run(self) -> None:
        try:
            self._pipeline.run().wait_until_finish()
        except BaseException as error:  # noqa: BLE001 - told to the thread that waits
            self._error = error

    def _in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.thread is not None and arguments.thread.name == "run_worker":
            self._lost = str(arguments.exc_value)
        else:
            LOGGER.debug("a thread of Beam has failed", exc_info=arguments.exc_value)


class SubmittedWork:
    """A pipeline that a runner works on elsewhere.

    Args:
        pipeline: The Beam pipeline.
        stop: What asks a pipeline without end to end; the first interrupt does that, and only the next one cancels. None where an interrupt cancels at once.
        meanwhile: Called every second or so while it works.
    """

    def __init__(self, pipeline: Any, *, stop: Callable[[], None] | None = None, meanwhile: Callable[[], None] = lambda: None) -> None:
        self._pipeline = pipeline
        self._stop = stop
        self._meanwhile = meanwhile
        self._ended = threading.Event()
        self._error: BaseException | None = None

    def wait(self) -> None:
        """Submits the pipeline and returns when it has ended.

        Raises:
            RunFailedError: It could not be submitted, or has failed.
            KeyboardInterrupt: It was cancelled.
        """
        result = self._submitted()
        threading.Thread(target=self._wait, args=(result,), name=THREAD, daemon=True).start()
        # Not by joining the thread: a join that is interrupted takes a thread for ended that is at work (Python 3.11).
        while not self._ended.is_set():
            try:
                self._ended.wait(_LOOK_SECONDS)
                self._meanwhile()
            except KeyboardInterrupt:
                stop, self._stop = self._stop, None
                if stop is None:
                    self._cancel(result)
                    # Until it has ended it may still stage something behind the back of who clears up.
                    self._ended.wait(_CANCELLED_SECONDS)
                    raise
                stop()
        if self._error is not None:
            raise RunFailedError(f"{reason(self._error)}; nothing is published") from self._error

    def _submitted(self) -> Any:
        # Beam's job servers are processes of this terminal: they must not end by its Ctrl-C before the pipeline does, and they take the signal for themselves.
        main = threading.current_thread() is threading.main_thread()
        interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
        try:
            return self._pipeline.run()
        except Exception as error:
            raise RunFailedError(f"{reason(error)}; nothing is published") from error
        finally:
            if main:
                signal.signal(signal.SIGINT, interrupt)

    def _wait(self, result: Any) -> None:
        try:
            result.wait_until_finish()
        except BaseException as error:  # noqa: BLE001 - told to the thread that waits
            self._error = error
        finally:
            self._ended.set()

    @staticmethod
    def _cancel(result: Any) -> None:
        def cancel() -> None:
            with contextlib.suppress(Exception):  # the interrupt is what is told
                result.cancel()

        cancelling = threading.Thread(target=cancel, daemon=True)
        cancelling.start()
        cancelling.join(_CANCEL_SECONDS)


def reason(error: BaseException) -> str:
    """Why a pipeline has failed, in one line: Beam hands on the text of a traceback, of which the last exception says what happened."""
    details = getattr(error, "details", None)
    if callable(details):
        # A call to a job server that has broken off.
        return f"the job server: {one_line(RuntimeError(details()))}"
    lines = [line for line in _RUNNING.sub("", str(error)).splitlines() if line.strip()]
    for line in reversed(lines):
        found = _EXCEPTION.match(line.strip())
        if found is not None and found["message"]:
            return one_line(RuntimeError(found["message"]))
    text = one_line(RuntimeError(lines[-1] if lines else type(error).__name__))
    return text if len(lines) <= 1 and isinstance(error, RuntimeError | StoreError) else f"{type(error).__name__}: {text}"
