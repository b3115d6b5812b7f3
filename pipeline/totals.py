"""How many records inputs hold, where that can be told much faster than they are read: then a run can say how long it will take."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.documents.compression import compression_of, decompressed
from transforms.documents.formats import FORMATS, extension_of
from transforms.documents.inputs import is_remote
from transforms.documents.records import ContentError

_ONE_RECORD = FORMATS["text"] + FORMATS["html"]
_BLOCK = 1 << 20


def count_records(files: Sequence[tuple[str, int]]) -> int | None:
    """The number of records in inputs.

    Args:
        files: Paths and sizes, as `transforms.documents.transform.matched_inputs` gives them.

    Returns:
        The number; None where it cannot be told without reading the records (CSV, JSON, WARC, feeds), on another machine, or for a damaged file.
    """
    total = 0
    for path, _ in files:
        found = None if is_remote(path) else _records(path.removeprefix("file://"))
        if found is None:
            return None
        total += found
    return total


def _records(path: str) -> int | None:
    extension = extension_of(path)
    try:
        if extension in _ONE_RECORD:
            return 1
        if extension in FORMATS["jsonl"]:
            return _lines(path)
        if extension in FORMATS["parquet"]:
            return int(pq.read_metadata(path).num_rows)
    except (OSError, ContentError, pa.ArrowException):
        return None
    return None


def _lines(path: str) -> int:
    with pathlib.Path(path).open("rb") as file:
        compression = compression_of(file.read(8))
        file.seek(0)
        stream = decompressed(file, compression) if compression else file
        lines, last = 0, b"\n"
        while block := stream.read(_BLOCK):
            lines += block.count(b"\n")
            last = block[-1:]
    return lines + (last != b"\n")
