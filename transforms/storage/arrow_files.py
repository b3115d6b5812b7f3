"""Rows on their way from one step of a commit to the next, which may be another process on another machine: Arrow streams in the run's staging folder."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterable, Iterator

import pyarrow as pa

from transforms.storage.files import Files
from transforms.storage.manifest import STAGING
from transforms.storage.partitions import conformed

_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


def new_path(run_id: str, kind: str) -> str:
    """A path that no other file has: a step that is done once more writes beside what it has written before.

    Args:
        run_id: The run, in whose staging folder it lies.
        kind: What it holds.
    """
    return f"{STAGING}/{run_id}/cluster/{secrets.token_hex(8)}-{kind}.arrow"


@contextlib.contextmanager
def arrow_writer(files: Files, path: str, schema: pa.Schema) -> Iterator[pa.ipc.RecordBatchStreamWriter]:
    """Writes rows in one schema as they come; on leaving the block the file is whole."""
    with files.create(path, lasting=False) as out, pa.ipc.new_stream(out, schema, options=_OPTIONS) as writer:
        yield writer


def write_arrow(files: Files, path: str, schema: pa.Schema, parts: Iterable[pa.Table]) -> int:
    """Writes rows in any number of pieces, and says how many there were."""
    count = 0
    with arrow_writer(files, path, schema) as writer:
        for rows in parts:
            writer.write_table(conformed(rows, schema))
            count += rows.num_rows
    return count


def read_arrow(files: Files, path: str) -> Iterator[pa.Table]:
    """The rows of a file, in the pieces in which they were written."""
    with files.open(path) as source, pa.ipc.open_stream(source) as reader:
        for batch in reader:
            yield pa.Table.from_batches([batch])


def collect_arrow(files: Files, path: str, schema: pa.Schema) -> pa.Table:
    """The rows of a file as one table in memory; none where the path is empty."""
    return pa.concat_tables([schema.empty_table(), *(read_arrow(files, path) if path else ())])
