"""What readers hand on: records with their place in the file, what could not be read, and the limits that both keep."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

PAYLOAD_CHARACTERS = 500


class ContentError(Exception):
    """The content of an input cannot be read; the message says why, and what would be right."""


@dataclasses.dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as its format gives it.

    Attributes:
        record: Its place in the file (`line 17`, `row 17`, `byte 1048576`), None where the file is one record.
        values: Its fields by the names that the file uses.
        inferred: Whether the values were found by extraction (HTML, feeds) rather than stated: a date that cannot be read is then none, not an error.
        plain: Whether the file is plain text, whose dateline or date line may say when it was published.
    """

    record: str | None
    values: Mapping[str, Any]
    inferred: bool = False
    plain: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Unreadable:
    """One record, or the rest of a file, that could not be read.

    Attributes:
        record: Its place in the file, None for the file as a whole.
        error: What is wrong and what would be right.
        payload: The beginning of what was read.
    """

    record: str | None
    error: str
    payload: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before input counts as broken or hostile.

    Attributes:
        text_characters: The longest text of a document, in code points.
        record_bytes: The longest line or text file, in bytes after decompression.
        page_bytes: The longest HTML page, in bytes after decompression.
        file_bytes: The longest file of a format that has to be read as a whole (JSON, XML), in bytes after decompression.
        decompressed_bytes: What a compressed file may always grow to.
        decompressed_ratio: How many times its compressed size a file may grow to beyond `decompressed_bytes`; news text reaches about 10.
    """

    text_characters: int = 5_000_000
    record_bytes: int = 64_000_000
    page_bytes: int = 20_000_000
    file_bytes: int = 256_000_000
    decompressed_bytes: int = 512_000_000
    decompressed_ratio: int = 200


DEFAULT_LIMITS = Limits()


def excerpt(value: str | bytes | None) -> str | None:
    """The beginning of what was read, as text that every store can hold; None where there is nothing."""
    if not value:
        return None
    text = value[: 4 * PAYLOAD_CHARACTERS].decode("utf-8", "replace") if isinstance(value, bytes) else value
    return clean(text[:PAYLOAD_CHARACTERS])


def clean(text: str) -> str:
    r"""A text as it is kept and as offsets count in it.

    `\r\n` and `\r` become `\n`; a NUL or a lone surrogate, which not every store can hold, becomes U+FFFD, one for one.
    Nothing else changes.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # A pair of surrogates that stands for one character is joined, only lone ones are replaced.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
