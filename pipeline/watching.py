"""A run without end (`--watch`): documents are published as they arrive, a window at a time, until somebody stops it."""

from __future__ import annotations

import datetime
import json

import click

from pipeline import summary as summarising
from pipeline.catalog import refresh_catalog
from pipeline.environment import LOGGER
from pipeline.errors import DONE
from pipeline.plan import Plan
from pipeline.run import build_pipeline, clean, new_run_id, terminable
from pipeline.work import SubmittedWork
from transforms.documents.offsets import topic_url
from transforms.storage.files import Files, open_files
from transforms.storage.lock import locked
from transforms.storage.manifest import STAGING, current_or_empty
from transforms.storage.publish import find_run
from transforms.storage.retention import discard_staging


def watch(plan: Plan, *, quiet: bool = False, verbose: bool = False, as_json: bool = False) -> int:
    """Publishes what arrives until it is interrupted; then the windows that are open are published, and it ends.

    Args:
        plan: As `pipeline.plan.make_plan` has made it.
        quiet: Print nothing.
        verbose: Keep what Beam logs.
        as_json: A line of JSON for each window that is published.

    Returns:
        The exit status: that of the published windows together.

    Raises:
        RunFailedError: The pipeline has failed; what it had published before stays.
        transforms.storage.errors.StoreBusyError: Another run holds the store.
        KeyboardInterrupt: It was interrupted again while it ended; the windows that were open are not published.
    """
    started = datetime.datetime.now(datetime.UTC)
    run_id = new_run_id(started)
    files = open_files(plan.store)
    stop = f"{STAGING}/{run_id}/stop"

    def ask_to_stop() -> None:
        LOGGER.info("stopping: what has arrived is still published; once more to stop at once")
        with files.create(stop) as file:
            file.write(b"stop")

    with locked(plan.store), terminable():
        published = _Published(files, plan.store, run_id, quiet=quiet, as_json=as_json)
        pipeline = build_pipeline(plan, run_id, started, verbose=verbose, stop=files.absolute(stop))
        topic = plan.options.topic
        LOGGER.info("watching %s; Ctrl-C stops", ", ".join(plan.options.inputs) if topic is None else topic_url(*topic))
        try:
            SubmittedWork(pipeline, stop=ask_to_stop, meanwhile=published.look).wait()
        except BaseException:
            clean(files, run_id)
            raise
        discard_staging(files, run_id)
        published.look()
    return published.exit_status


class _Published:
    """What is published while the pipeline works: told as it appears, and shown to other programs."""

    def __init__(self, files: Files, store: str, run_id: str, *, quiet: bool, as_json: bool) -> None:
        self._files, self._store, self._run_id = files, store, run_id
        self._quiet, self._as_json = quiet, as_json
        self._seen = set(current_or_empty(files).runs)
        self.exit_status = DONE

    def look(self) -> None:
        """Tells of the windows that were published since."""
        runs = current_or_empty(self._files).runs
        new = [each for each in runs if each not in self._seen]
        if not new:
            return
        if self._files.local:
            refresh_catalog(self._store)
        for run_id in new:
            self._seen.add(run_id)
            run = find_run(self._files, run_id)
            if run is None:
                continue
            done = summarising.read_summary(self._store, run, (run.finished - run.started).total_seconds())
            self.exit_status = max(self.exit_status, done.exit_status)
            if self._as_json:
                click.echo(json.dumps(summarising.as_json(done), ensure_ascii=False))
            elif not self._quiet:
                click.echo(f"{run.finished:%H:%M:%S} {summarising.as_text(done).splitlines()[0]}; events {run.event_count:,}")
