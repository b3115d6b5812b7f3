"""Parquet: one record a row, of a whole file or of some of its row groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.documents.records import ContentError, RawRecord, Unreadable

# Few rows at a time: a text may be long, and only this many are held.
_BATCH_ROWS = 64


def row_group_sizes(file: IO[bytes]) -> list[int]:
    """The uncompressed bytes of each row group.

    Raises:
        ContentError: The file is cut off, damaged or no Parquet file.
    """
    metadata = _opened(file).metadata
    return [metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups)]


def read_parquet(
    file: IO[bytes], row_groups: Sequence[int] | None = None, *, check_header: Callable[[Sequence[str]], None] | None = None
) -> Iterator[RawRecord | Unreadable]:
    """Reads rows; places are `row N` in the whole file, counted from 1.

    Args:
        file: A file that can seek.
        row_groups: The row groups to read, None for all.
        check_header: Called with the names of the columns; raises ContentError where they cannot make documents.

    Raises:
        ContentError: The file is cut off, damaged or no Parquet file. Of a damaged row group the readable rows are given, and one Unreadable.
    """
    parquet = _opened(file)
    if check_header is not None:
        check_header(parquet.schema_arrow.names)
    counts = [parquet.metadata.row_group(index).num_rows for index in range(parquet.metadata.num_row_groups)]
    for group in range(len(counts)) if row_groups is None else row_groups:
        row = sum(counts[:group])
        try:
            for batch in parquet.iter_batches(batch_size=_BATCH_ROWS, row_groups=[group], use_threads=False):
                for values in _in_microseconds(batch).to_pylist():
                    row += 1
                    yield RawRecord(f"row {row}", values)
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            yield Unreadable(f"row {row + 1}", f"the rest of row group {group} cannot be read: {error}")


def _opened(file: IO[bytes]) -> Any:
    try:
        return pq.ParquetFile(file)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ContentError(f"no readable Parquet file: {error}") from error


def _in_microseconds(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Times in nanoseconds have no Python type without pandas; microseconds have."""
    columns = [
        column.cast(pa.timestamp("us", column.type.tz), safe=False) if pa.types.is_timestamp(column.type) and column.type.unit == "ns" else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
