"""A run from plan to summary: builds the graph, runs it, waits for it, and leaves the store as before where it fails."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import pathlib
import re
import secrets
import shlex
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

import duckdb

from pipeline.catalog import write_catalog
from pipeline.display import shown
from pipeline.environment import LOGGER
from pipeline.errors import RunFailedError, one_line
from pipeline.options import LOCAL_RUNNER, pipeline_options
from pipeline.plan import Plan
from pipeline.summary import Summary, read_summary
from pipeline.worker import LAUNCHER, VERBOSE
from transforms.storage.errors import StoreError
from transforms.storage.files import Files, open_files
from transforms.storage.lock import locked
from transforms.storage.manifest import LOCK, STAGING, versions
from transforms.storage.publish import find_run
from transforms.storage.retention import discard_staging

THREAD = "dateline-pipeline"
"""The name of the thread that a pipeline runs in; while it lives after a failure, the process has to end without waiting for it."""

_WAIT_SECONDS = 0.1
_LOST_SECONDS = 3.0
# What Beam says where a worker process has ended while it was waited for.
_HUNG_UP = "Channel closed prematurely"
_RUNNING = re.compile(r"\s*\[while running '[^']*'(?:-ptransform-\d+)?\]")
_EXCEPTION = re.compile(r"^(?:[A-Za-z_]\w*\.)*(?P<name>[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Invalid))(?:: (?P<message>.+))?$")


def run(plan: Plan, *, quiet: bool = False, verbose: bool = False, log: bool = False) -> Summary:
    """Runs a plan and publishes what it brings.

    Args:
        plan: As `pipeline.plan.make_plan` has made it.
        quiet: Show no progress.
        verbose: Keep what Beam logs.
        log: Show progress as log lines also on a terminal.

    Raises:
        RunFailedError: Nothing is published; the message says why.
        transforms.storage.errors.StoreBusyError: Another run holds the store.
        KeyboardInterrupt: The run was interrupted; nothing is published unless it had been already.
    """
    started, clock = datetime.datetime.now(datetime.UTC), time.monotonic()
    run_id = f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    with locked(plan.options.store), tempfile.TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True) as folder:
        files = open_files(plan.options.store)
        try:
            with _terminable(), shown(folder, plan.files, quiet=quiet, log=log):
                _execute(plan, run_id, started, folder, verbose=verbose)
        except BaseException:
            _clean(files, run_id)
            raise
        published = find_run(files, run_id)
        if published is None:
            raise RunFailedError(f"the runner {plan.runner} has ended and nothing was published into {files.root}; run the same command again with --verbose")
        if files.local:
            _write_catalog(plan.options.store)
    return read_summary(plan.options.store, published, time.monotonic() - clock)


def _execute(plan: Plan, run_id: str, started: datetime.datetime, progress: str, *, verbose: bool) -> None:
    import apache_beam as beam  # logging and threads are set up before Beam is imported

    from pipeline.graph import RunFacts, build

    options = pipeline_options(plan.options, workers=plan.workers, verbose=verbose)
    runner = _local_runner(options, plan.workers, verbose=verbose) if plan.runner == LOCAL_RUNNER else plan.runner
    facts = RunFacts(
        run_id=run_id,
        started=started.isoformat(),
        runner=plan.runner,
        model=plan.model,
        version=plan.version,
        chunk_bytes=plan.chunk_bytes,
        spread=plan.spread,
        progress=progress if plan.runner == LOCAL_RUNNER else None,
    )
    pipeline = beam.Pipeline(runner, options=options)
    build(pipeline, dataclasses.replace(plan.options, store=plan.store), facts)
    work = _Work(pipeline)
    work.wait()


def _local_runner(options: Any, workers: int, *, verbose: bool) -> Any:
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


class _Work:
    """A pipeline that runs in a thread of its own, so that an interrupt or a lost worker process ends the wait at once; Beam would wait for ever."""

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


def reason(error: BaseException) -> str:
    """Why a pipeline has failed, in one line: Beam hands on the text of a traceback, of which the last exception says what happened."""
    lines = [line for line in _RUNNING.sub("", str(error)).splitlines() if line.strip()]
    for line in reversed(lines):
        found = _EXCEPTION.match(line.strip())
        if found is not None and found["message"]:
            return one_line(RuntimeError(found["message"]))
    text = one_line(RuntimeError(lines[-1] if lines else type(error).__name__))
    return text if len(lines) <= 1 and isinstance(error, RuntimeError | StoreError) else f"{type(error).__name__}: {text}"


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Within the block a request to terminate is an interrupt."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _clean(files: Files, run_id: str) -> None:
    """Takes away what a run has left that was not published; where there was no store before, also its folder."""
    discard_staging(files, run_id)
    if not files.local or versions(files):
        return
    root = pathlib.Path(files.root)
    with contextlib.suppress(OSError):
        if {each.name for each in root.iterdir()} <= {LOCK, STAGING}:
            with contextlib.suppress(OSError):
                (root / STAGING).rmdir()
            (root / LOCK).unlink(missing_ok=True)
            root.rmdir()


def _write_catalog(store: str) -> None:
    try:
        write_catalog(store)
    except (StoreError, OSError, duckdb.Error) as error:
        # The run is published all the same: the file only helps other programs.
        LOGGER.warning("events.duckdb could not be written (%s); `dateline catalog --store %s` writes it", one_line(error), store)
