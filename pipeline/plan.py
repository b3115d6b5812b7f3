"""What a run would do: everything that can be wrong is found here, before anything is written."""

from __future__ import annotations

import dataclasses
import math
import os
import pathlib
import socket

from pipeline.errors import UsageError
from pipeline.options import LOCAL_RUNNER, DatelineOptions, job_endpoint, runner_name, stated_workers
from transforms.documents.compression import without_suffix
from transforms.documents.formats import FORMATS, extension_of
from transforms.documents.inputs import NoMatchingInputError, canonical, is_remote
from transforms.documents.kafka import KafkaError, TopicReader
from transforms.documents.offsets import topic_url
from transforms.documents.transform import CHUNK_BYTES, ReadDocuments, matched_inputs
from transforms.events.version import version
from transforms.language.installed import ModelMissingError, installed_model
from transforms.storage.errors import NewerStoreError, NotAStoreError, StorePathError
from transforms.storage.files import Files, open_files
from transforms.storage.known import inputs_read
from transforms.storage.manifest import Manifest, current_or_empty

# Below this much text the start of worker processes takes longer than it saves.
_SMALL_BYTES = 1_000_000
# What may pass through memory as a whole in order to be handed out to all workers.
_SPREAD_BYTES = 64_000_000
# News text takes about a quarter of its size when compressed.
_COMPRESSION = 4
_SPLITTABLE = FORMATS["jsonl"] + FORMATS["parquet"]
# Parts of a file that are read by several workers: some for each of them, so that none waits for the other.
_SMALLEST_CHUNK = 64 << 10
_ANSWER_SECONDS = 10.0


@dataclasses.dataclass(frozen=True)
class Plan:
    """A run that can be started.

    Attributes:
        options: What it was asked to do.
        files: Inputs and their sizes in bytes.
        store: Path or URL of the store, absolute.
        store_version: The store's version before the run; 0 where there is no store yet.
        store_documents: Documents in the store before the run.
        runner: The Beam runner.
        unread: Bytes that no run of the store has read yet, as far as the files tell; nothing of a topic.
        workers: Worker processes on this machine.
        chunk_bytes: How long the parts are in which large files are read.
        spread: Documents are handed out to all workers after reading.
        model: The spaCy pipeline and its version.
        version: The version of dateline and fingerprint of its seeds.
    """

    options: DatelineOptions
    files: tuple[tuple[str, int], ...]
    store: str
    store_version: int
    store_documents: int
    runner: str
    unread: int
    workers: int
    chunk_bytes: int
    spread: bool
    model: str
    version: str

    @property
    def bytes(self) -> int:
        """The size of all inputs."""
        return sum(size for _, size in self.files)


def make_plan(options: DatelineOptions) -> Plan:
    """Looks at inputs, store and model, and settles what the options leave open.

    Raises:
        UsageError: Something is not as it must be; the message says what would be right.
        OSError: The store's folder cannot be read.
        transforms.storage.errors.StoreDamagedError: The store's manifest cannot be read.
    """
    if not options.inputs and not options.refresh and options.topic is None:
        raise UsageError("no INPUT is given: a file, a folder, a glob or a URL of a Beam file system would be right")
    files, manifest = _store(options.store)
    if options.refresh and not options.inputs and not manifest.version:
        raise UsageError(f"{files.root} holds no store whose documents could be extracted again; give an INPUT too, or the path of a store")
    try:
        ReadDocuments(run_id="plan", fields=options.fields, published=options.published, id_prefix=options.id_prefix)
        model = installed_model(options.model)
        matched = _matched(options)
    except (NoMatchingInputError, ModelMissingError, ValueError) as error:
        raise UsageError(str(error)) from error
    _check_apart(matched, files)
    _check_job_server(options)
    _check_topic(options)
    runner = runner_name(options)
    weight = sum(_weight(path, size) for path, size in _changed(matched, options.store, manifest))
    if options.refresh:
        weight += _COMPRESSION * sum(each.bytes for each in manifest.of("documents"))
    workers = _workers(options, weight) if runner == LOCAL_RUNNER else 1
    chunk_bytes = CHUNK_BYTES if workers == 1 else min(CHUNK_BYTES, max(_SMALLEST_CHUNK, weight // (4 * workers)))
    return Plan(
        options=options,
        files=matched,
        store=files.root,
        store_version=manifest.version,
        store_documents=sum(each.rows for each in manifest.of("documents")),
        runner=runner,
        unread=weight,
        workers=workers,
        chunk_bytes=chunk_bytes,
        spread=workers > 1 and weight <= _SPREAD_BYTES and _largest_part(matched, chunk_bytes) > weight / (4 * workers),
        model=model,
        version=version(),
    )


def _check_job_server(options: DatelineOptions) -> None:
    """Beam would wait for a job server that does not answer for as long as it would wait for the job."""
    endpoint = job_endpoint(options)
    if endpoint is None or endpoint == "embed":
        return
    host, _, port = endpoint.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_ANSWER_SECONDS).close()
    except (OSError, ValueError) as error:
        raise UsageError(f"no job server answers at --job_endpoint {endpoint} ({error}): HOST:PORT of one that runs would be right") from error


def _check_topic(options: DatelineOptions) -> None:
    if options.topic is None:
        return
    try:
        reader = TopicReader(*options.topic)
        reader.partitions()
        reader.close()
    except KafkaError as error:
        raise UsageError(str(error)) from error


def _matched(options: DatelineOptions) -> tuple[tuple[str, int], ...]:
    try:
        return tuple(matched_inputs(options.inputs))
    except NoMatchingInputError:
        if options.watch:
            return ()  # what is waited for need not be there yet
        raise


def _store(store: str) -> tuple[Files, Manifest]:
    try:
        files = open_files(store)
        return files, current_or_empty(files)
    except (StorePathError, NotAStoreError, NewerStoreError) as error:
        raise UsageError(str(error)) from error
    except ValueError as error:
        # Beam says so where it knows no file system for a URL's scheme.
        raise UsageError(f"the store's path {store!r} cannot be used: {error}") from error


def _check_apart(matched: tuple[tuple[str, int], ...], files: Files) -> None:
    if not files.local:
        return
    root = pathlib.Path(files.root)
    for path, _ in matched:
        if not is_remote(path) and root in pathlib.Path(path).resolve().parents:
            raise UsageError(f"the input {path!r} lies in the store {files.root}: a store outside of the inputs would be right")


def _changed(matched: tuple[tuple[str, int], ...], store: str, manifest: Manifest) -> list[tuple[str, int]]:
    """The files that bring something new as far as their names and times tell: what is known again and again is not worth the start of worker processes."""
    read = inputs_read(store)
    since = manifest.created.timestamp()
    return [(path, size) for path, size in matched if canonical(path) not in read or is_remote(path) or _modified(path) > since]


def _modified(path: str) -> float:
    try:
        return pathlib.Path(path.removeprefix("file://")).stat().st_mtime
    except OSError:
        return math.inf  # it has vanished since it was listed


def _workers(options: DatelineOptions, weight: int) -> int:
    stated = stated_workers(options)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if stated is not None:
        return stated or cores  # Beam's 0 is one a core too
    return 1 if weight < _SMALL_BYTES else cores


def _weight(path: str, size: int) -> int:
    return size if without_suffix(path) == path else _COMPRESSION * size


def _largest_part(matched: tuple[tuple[str, int], ...], chunk_bytes: int) -> int:
    """The most that one worker has to read by itself."""
    largest = 0
    for path, size in matched:
        splittable = without_suffix(path) == path and extension_of(path) in _SPLITTABLE
        largest = max(largest, min(size, chunk_bytes) if splittable else _weight(path, size))
    return largest


def describe(plan: Plan, *, shown: int = 10) -> str:
    """A plan in a few lines, for `--dry-run`."""
    topic = plan.options.topic
    lines = (
        [f"topic    {topic_url(*topic)}"]
        if topic is not None
        else [f"inputs   {len(plan.files):,} file{'' if len(plan.files) == 1 else 's'}, {size_text(plan.bytes)}"]
    )
    lines += [f"         {size_text(size):>9}  {path}" for path, size in plan.files[:shown]]
    if len(plan.files) > shown:
        lines.append(f"         and {len(plan.files) - shown:,} more")
    state = f"version {plan.store_version}, {plan.store_documents:,} documents" if plan.store_version else "new"
    lines.append(f"store    {plan.store} ({state})")
    lines.append(f"runner   {plan.runner}" + (f", {plan.workers} worker{'s' if plan.workers > 1 else ''}" if plan.runner == LOCAL_RUNNER else ""))
    lines.append(f"model    {plan.model}, dateline {plan.version}")
    return "\n".join(lines)


def as_json(plan: Plan) -> dict[str, object]:
    """A plan as an object of JSON."""
    return {
        "dry_run": True,
        "inputs": [{"path": path, "bytes": size} for path, size in plan.files],
        "bytes": plan.bytes,
        "store": plan.store,
        "store_version": plan.store_version,
        "store_documents": plan.store_documents,
        "runner": plan.runner,
        "workers": plan.workers,
        "model": plan.model,
        "version": plan.version,
    }


def size_text(size: float) -> str:
    """A number of bytes as people read it: `1.2 MB`."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
