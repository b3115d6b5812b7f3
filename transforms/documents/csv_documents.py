"""CSV and TSV: a header line, then one record a row; cells may hold line breaks within quotes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from transforms.documents.encoding import utf8_stream
from transforms.documents.records import DEFAULT_LIMITS, ContentError, Limits, RawRecord, Unreadable, excerpt

_DELIMITERS = (",", ";", "\t", "|")
_HEADER_BYTES = 1 << 20
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_UNDECODED = re.compile("[\udc80-\udcff]")


def delimiter_of(header: str) -> str:
    """The delimiter of a header line: of comma, semicolon, tab and bar the one that stands most often outside of quotes."""
    bare = _QUOTED.sub("", header)
    return max(_DELIMITERS, key=bare.count)


def read_csv(
    stream: io.BufferedReader, limits: Limits = DEFAULT_LIMITS, *, delimiter: str | None = None, check_header: Callable[[Sequence[str]], None] | None = None
) -> Iterator[RawRecord | Unreadable]:
    """Reads a file with a header; places are `row N`, where the row after the header is row 1.

    Args:
        stream: The content, uncompressed.
        limits: `record_bytes` bounds a cell.
        delimiter: The delimiter, None to find it in the header.
        check_header: Called with the names of the columns; raises ContentError where they cannot make documents.

    Raises:
        ContentError: There is no header that serves, or the stream cannot be read further.
    """
    csv.field_size_limit(limits.record_bytes)
    plain = utf8_stream(stream)
    if delimiter is None:
        delimiter = delimiter_of(_first_line(plain))
    # Undecodable bytes become lone surrogates, so that only the row that holds them is lost.
    text = io.TextIOWrapper(plain, "utf-8", errors="surrogateescape", newline="")
    try:
        rows = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            header = [name.strip() for name in next(rows, [])]
        except csv.Error as error:
            raise ContentError(f"the header line cannot be read: {error}") from None
        if not header:
            raise ContentError("is empty: a header line and rows would be right")
        if check_header is not None:
            check_header(header)
        yield from _rows(rows, header)
    finally:
        text.detach()


def _rows(rows: Iterator[list[str]], header: list[str]) -> Iterator[RawRecord | Unreadable]:
    number = 0
    while True:
        number += 1
        place = f"row {number}"
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(place, f"not CSV: {error}")
            continue
        if not any(cells):
            number -= 1
            continue
        if len(cells) > len(header):
            yield Unreadable(
                place, f"has {len(cells)} cells, the header has {len(header)}: quotes around cells with delimiters would be right", excerpt(" | ".join(cells))
            )
        elif undecoded := next(filter(None, map(_UNDECODED.search, cells)), None):
            byte = ord(undecoded[0]) - 0xDC00
            yield Unreadable(place, f"0x{byte:02x} is not UTF-8: UTF-8, or UTF-16 with a byte order mark, would be right", excerpt(" | ".join(cells)))
        else:
            # Cells that are missing at the end of a row are empty.
            yield RawRecord(place, dict(zip(header, cells, strict=False)))


def _first_line(stream: io.BufferedReader) -> str:
    head = stream.peek(_HEADER_BYTES)
    return re.split(rb"[\r\n]", head.lstrip(b"\r\n"), maxsplit=1)[0].decode("utf-8", "replace")
