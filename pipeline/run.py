"""A run from plan to summary: builds the graph, runs it, waits for it, and leaves the store as before where it fails."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import pathlib
import secrets
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

from pipeline.catalog import refresh_catalog
from pipeline.display import shown
from pipeline.environment import importing
from pipeline.errors import RunFailedError
from pipeline.options import LOCAL_RUNNER, pipeline_options, works_here
from pipeline.plan import Plan
from pipeline.summary import Summary, read_summary
from pipeline.work import LocalWork, SubmittedWork, local_runner
from transforms.documents.inputs import canonical
from transforms.events.batches import extractor_task
from transforms.isolation import start_ahead
from transforms.storage.files import Files, open_files
from transforms.storage.lock import locked
from transforms.storage.manifest import LOCK, STAGING, versions
from transforms.storage.publish import find_run
from transforms.storage.retention import discard_staging


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
    run_id = new_run_id(started)
    with locked(plan.options.store), tempfile.TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True) as folder:
        files = open_files(plan.options.store)
        try:
            with terminable(), shown(folder, plan.files, quiet=quiet or not works_here(plan.options), log=log):
                _execute(plan, run_id, started, folder, verbose=verbose)
        except BaseException:
            clean(files, run_id)
            raise
        published = find_run(files, run_id)
        if published is None:
            raise RunFailedError(f"the runner {plan.runner} has ended and nothing was published into {files.root}; run the same command again with --verbose")
        if files.local:
            refresh_catalog(plan.options.store)
    return read_summary(plan.options.store, published, time.monotonic() - clock)


def new_run_id(started: datetime.datetime) -> str:
    """An id that no other run has."""
    return f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def _execute(plan: Plan, run_id: str, started: datetime.datetime, progress: str, *, verbose: bool) -> None:
    if plan.runner == LOCAL_RUNNER and plan.workers == 1 and plan.unread:
        start_ahead(extractor_task(plan.options.model, gate=plan.options.gate))  # beside Beam's own start, which takes as long
    pipeline = build_pipeline(plan, run_id, started, verbose=verbose, progress=progress if works_here(plan.options) else None)
    work = LocalWork(pipeline) if plan.runner == LOCAL_RUNNER else SubmittedWork(pipeline)
    work.wait()


def build_pipeline(plan: Plan, run_id: str, started: datetime.datetime, *, verbose: bool = False, progress: str | None = None, stop: str = "") -> Any:
    """The Beam pipeline of a run, not started yet.

    Args:
        plan: The run's plan.
        run_id: Its id.
        started: When it started.
        verbose: Keep what Beam logs.
        progress: The folder that its workers count in.
        stop: With `--watch`, the file that ends it.
    """
    with importing():
        import apache_beam as beam  # logging and threads are set up before Beam is imported

        from pipeline.graph import RunFacts, build

    options = pipeline_options(plan.options, workers=plan.workers, verbose=verbose)
    runner = local_runner(options, plan.workers, verbose=verbose) if plan.runner == LOCAL_RUNNER else plan.runner
    facts = RunFacts(
        run_id=run_id,
        started=started.isoformat(),
        runner=plan.runner,
        model=plan.model,
        version=plan.version,
        chunk_bytes=plan.chunk_bytes,
        spread=plan.spread,
        inputs=() if plan.options.watch else tuple(canonical(path) for path, _ in plan.files),
        progress=progress,
        stop=stop,
    )
    pipeline = beam.Pipeline(runner, options=options)
    with _labels_as_given():
        build(pipeline, dataclasses.replace(plan.options, store=plan.store), facts)
    return pipeline


@contextlib.contextmanager
def _labels_as_given() -> Iterator[None]:
    """Within the block a notebook's cell does not get into labels: for that Beam would import its interactive runner, which fails beside pandas 3."""
    from apache_beam import pipeline as construction

    altering = construction.alter_label_if_ipython
    construction.alter_label_if_ipython = lambda _transform, _pvalueish: None
    try:
        yield
    finally:
        construction.alter_label_if_ipython = altering


@contextlib.contextmanager
def terminable() -> Iterator[None]:
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


def clean(files: Files, run_id: str) -> None:
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
