"""From the bytes of one file to its records: decompression, the format's reader, and what stops either."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, cast

from transforms.documents.compression import compression_of, decompressed, read_up_to
from transforms.documents.csv_documents import read_csv
from transforms.documents.encoding import declared_encoding, decode, marked_encoding
from transforms.documents.fields import check_columns
from transforms.documents.formats import HEAD_BYTES, extension_of, format_of
from transforms.documents.html import read_html
from transforms.documents.json_documents import read_json
from transforms.documents.jsonl import read_jsonl, read_jsonl_range
from transforms.documents.parquet import read_parquet, row_group_sizes
from transforms.documents.plain import read_plain
from transforms.documents.records import DEFAULT_LIMITS, ContentError, Limits, RawRecord, Unreadable
from transforms.documents.warc import read_warc
from transforms.documents.xml_documents import read_xml

# A WARC's own reader decompresses these member by member, so that places are those that an index of the archive names.
_WARC_COMPRESSIONS = (None, "gzip", "zstd")


# Control characters that text has for its layout; beside them the one that begins terminal colours.
_LAYOUT = frozenset("\t\n\v\f\r\x1b")
_LOOKED_AT = 1 << 16


def read_records(file: IO[bytes], path: str, limits: Limits = DEFAULT_LIMITS, fields: Mapping[str, str] | None = None) -> Iterator[RawRecord | Unreadable]:
    """Reads the records of a whole file.

    Args:
        file: Its bytes as they are stored; compression is undone here.
        path: Its name, of which the extension says the format.
        limits: How much is read.
        fields: Overrides of field names, by which tables are checked for a text.

    Yields:
        Records and what could not be read, in order. Content never raises: what stops the reading is the last element.
    """
    try:
        yield from _records(_buffered(file), path, limits, fields or {})
    except ContentError as error:
        yield Unreadable(None, str(error))
    except (RecursionError, MemoryError) as error:
        yield Unreadable(None, f"too deep or too large to read: {type(error).__name__}")


def read_range(file: IO[bytes], start: int, stop: int, limits: Limits = DEFAULT_LIMITS) -> Iterator[RawRecord | Unreadable]:
    """Reads the lines of a JSON Lines file that begin in `[start, stop)`."""
    yield from read_jsonl_range(_buffered(file), start, stop, limits)


def read_row_groups(file: IO[bytes], row_groups: Sequence[int], fields: Mapping[str, str] | None = None) -> Iterator[RawRecord | Unreadable]:
    """Reads some row groups of a Parquet file."""
    try:
        yield from read_parquet(file, row_groups, check_header=lambda columns: check_columns(columns, fields or {}))
    except ContentError as error:
        yield Unreadable(f"row group {row_groups[0]}", str(error))


def split_points(file: IO[bytes], path: str, size: int, chunk_bytes: int) -> list[tuple[int, int]]:
    """Where a file can be cut so that several workers read it.

    Args:
        file: Its bytes as they are stored; it must seek.
        path: Its name.
        size: Its length in bytes.
        chunk_bytes: How long a part should be.

    Returns:
        Parts `[start, stop)` of bytes for JSON Lines and of row groups for Parquet; none where the file is read as a whole.
    """
    buffered = _buffered(file)
    head = buffered.peek(HEAD_BYTES)[:HEAD_BYTES]
    if compression_of(head) is not None:
        return []
    try:
        kind = format_of(path, head)
        if kind == "jsonl" and marked_encoding(head) in (None, "utf-8-sig"):
            return [(start, min(start + chunk_bytes, size)) for start in range(0, size, chunk_bytes)]
        if kind == "parquet" and size > chunk_bytes:
            parts = _grouped(row_group_sizes(buffered), chunk_bytes)
            return parts if len(parts) > 1 else []
    except ContentError:
        return []  # read_records says what is wrong with it
    return []


def is_parquet(file: IO[bytes]) -> bool:
    """Whether parts of the file are row groups and not bytes."""
    return _buffered(file).peek(4)[:4] == b"PAR1"


def _grouped(sizes: Sequence[int], chunk_bytes: int) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    start, held = 0, 0
    for index, size in enumerate(sizes):
        held += size
        if held >= chunk_bytes or index == len(sizes) - 1:
            parts.append((start, index + 1))
            start, held = index + 1, 0
    return parts


def _buffered(file: IO[bytes]) -> io.BufferedReader:
    return file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", file))


def _records(stored: io.BufferedReader, path: str, limits: Limits, fields: Mapping[str, str]) -> Iterator[RawRecord | Unreadable]:
    compression = compression_of(stored.peek(8))
    if compression in _WARC_COMPRESSIONS and extension_of(path) == ".warc":
        yield from read_warc(stored, limits)
        return
    stream = decompressed(stored, compression, limits) if compression else stored
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    if not head:
        raise ContentError("the file is empty")
    kind = format_of(path, head)
    if kind == "jsonl":
        yield from read_jsonl(stream, limits)
    elif kind in ("csv", "tsv"):
        yield from read_csv(stream, limits, delimiter="\t" if kind == "tsv" else None, check_header=lambda columns: check_columns(columns, fields))
    elif kind == "warc":
        yield from read_warc(stream, limits)
    elif kind == "parquet":
        whole = cast("IO[bytes]", io.BytesIO(read_up_to(stream, limits.file_bytes))) if compression else stored
        yield from read_parquet(whole, check_header=lambda columns: check_columns(columns, fields))
    elif kind == "json":
        yield from read_json(read_up_to(stream, limits.file_bytes))
    elif kind == "xml":
        yield from read_xml(read_up_to(stream, limits.file_bytes))
    elif kind == "html":
        yield read_html(read_up_to(stream, limits.page_bytes))
    else:
        yield _plain(read_up_to(stream, limits.record_bytes))


def _plain(data: bytes) -> RawRecord:
    text = decode(data, declared_encoding(data))
    head = text[:_LOOKED_AT]
    if text.count("\0") > len(text) / 10 or sum(each < " " and each not in _LAYOUT for each in head) > len(head) / 10:
        raise ContentError("is full of control characters: binary, or UTF-16 without its byte order mark")
    if not text.strip():
        raise ContentError("the text is empty")
    return read_plain(text)
