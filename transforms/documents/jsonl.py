"""JSON Lines: one record a line, of a whole file or of a range of its bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from transforms.documents.encoding import utf8_stream
from transforms.documents.json_documents import records_of
from transforms.documents.records import DEFAULT_LIMITS, Limits, RawRecord, Unreadable, excerpt

_SKIP = 1 << 20


def read_jsonl(stream: io.BufferedReader, limits: Limits = DEFAULT_LIMITS) -> Iterator[RawRecord | Unreadable]:
    """Reads a whole file; places are `line 1` and so on. Blank lines are left out.

    Raises:
        ContentError: The stream itself cannot be read further (cut-off compression, UTF-16 that is none).
    """
    plain = utf8_stream(stream)
    number = 0
    while line := plain.readline(limits.record_bytes + 1):
        number += 1
        if len(line) > limits.record_bytes and not line.endswith(b"\n"):
            _skip_line(plain)
            yield _too_long(f"line {number}", line, limits)
        else:
            yield from parse_line(line, f"line {number}")


def read_jsonl_range(stream: io.BufferedReader, start: int, stop: int, limits: Limits = DEFAULT_LIMITS) -> Iterator[RawRecord | Unreadable]:
    """Reads the lines that begin in `[start, stop)` of an uncompressed UTF-8 file; places are `byte N`, where the line begins.

    Ranges that together cover a file give each of its lines once, wherever they cut.
    """
    if start == 0:
        stream.seek(0)
        position = 3 if stream.read(3) == b"\xef\xbb\xbf" else 0
        stream.seek(position)
    else:
        # A line belongs to the range that holds its first byte: from the byte before, so that a line beginning at `start` is not lost.
        stream.seek(start - 1)
        position = start - 1 + _skip_line(stream)
    # The first line belongs to the first range even where that ends within the byte order mark.
    first = start == 0
    while (first or position < stop) and (line := stream.readline(limits.record_bytes + 1)):
        first = False
        place = f"byte {position}"
        position += len(line)
        if len(line) > limits.record_bytes and not line.endswith(b"\n"):
            position += _skip_line(stream)
            yield _too_long(place, line, limits)
        else:
            yield from parse_line(line, place)


def parse_line(line: bytes, place: str) -> Iterator[RawRecord | Unreadable]:
    """The record of one line (several where the line is a whole export), or why there is none."""
    if not line.strip():
        return
    try:
        value: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        yield Unreadable(place, f"0x{line[error.start]:02x} at byte {error.start} of the line is not UTF-8", excerpt(line))
    except json.JSONDecodeError as error:
        yield Unreadable(place, f"not JSON: {error.msg} at character {error.pos} of the line", excerpt(line))
    except (RecursionError, ValueError) as error:
        yield Unreadable(place, f"not usable JSON: {error}", excerpt(line))
    else:
        for record in records_of(value):
            if isinstance(record, dict):
                yield RawRecord(place, record)
            else:
                yield Unreadable(place, f"is a JSON {type(record).__name__}: an object with the document's fields would be right", excerpt(line))


def _skip_line(stream: io.BufferedReader) -> int:
    """Reads to the end of the line, without holding it; the bytes read."""
    skipped = 0
    while part := stream.readline(_SKIP):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _too_long(place: str, line: bytes, limits: Limits) -> Unreadable:
    return Unreadable(place, f"the line is longer than {limits.record_bytes} bytes", excerpt(line))
