"""From bytes to text: UTF-8 unless a byte order mark, an XML declaration or an HTML meta element says otherwise."""

from __future__ import annotations

import codecs
import io
import re
from typing import Any

from transforms.documents.records import ContentError

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})[\"']")
_HTML_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
# By the WHATWG encoding standard pages that declare these are in windows-1252.
_WINDOWS = frozenset({"iso8859-1", "ascii", "cp1252"})


def marked_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark states, None where there is no mark."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def declared_encoding(data: bytes, *, html: bool = False) -> str | None:
    """The encoding that a mark or a declaration in the content states.

    Args:
        data: The content, or at least its first 4,096 bytes.
        html: Whether meta elements count as declarations.
    """
    if mark := marked_encoding(data):
        return mark
    head = data[:_DECLARED_WITHIN]
    found = _XML_DECLARATION.search(head) or (_HTML_CHARSET.search(head) if html else None)
    return found[1].decode("ascii") if found else None


def decode(data: bytes, declared: str | None = None) -> str:
    """Decodes content; a byte order mark wins over what is declared.

    Args:
        data: The content.
        declared: The name of an encoding, as a header or the content declares it; None for UTF-8.

    Raises:
        ContentError: The encoding is unknown, or a byte does not belong to it: the message names the byte.
    """
    name = marked_encoding(data) or declared or "utf-8"
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        raise ContentError(f"declares the encoding {name!r}, which is not known: UTF-8 would be right") from None
    if codec in ("utf-16-le", "utf-16-be", "utf-16", "utf-32") and declared and not marked_encoding(data) and b"\0" not in data[:64]:
        codec = "utf-8"  # a declaration that can be read as ASCII contradicts itself; the HTML standard takes UTF-8
    if declared and codec in _WINDOWS:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02x}" if error.start < len(data) else "the end"
        hint = "UTF-8, or a byte order mark or declaration of another encoding, would be right"
        raise ContentError(f"{byte} at byte {error.start} is not {codec.upper()}: {hint}") from None
    except (UnicodeError, ValueError, TypeError, LookupError) as error:
        # Codecs that are none of text (`hex`, `rot13`) end here as well.
        raise ContentError(f"cannot be decoded as {name}: {error}") from None


class _Recoded(io.RawIOBase):
    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream, self._encoding = stream, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""
        self._taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            chunk = self._stream.read1(1 << 16)
            try:
                text = self._decoder.decode(chunk, not chunk)
            except UnicodeDecodeError as error:
                raise ContentError(f"cannot be decoded as {self._encoding} near byte {self._taken + error.start}: not read further") from None
            self._taken += len(chunk)
            self._ready = text.encode("utf-8", "surrogatepass")
            if not chunk:
                break
        part = self._ready[: len(buffer)]
        self._ready = self._ready[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def utf8_stream(stream: io.BufferedReader) -> io.BufferedReader:
    """A stream of UTF-8 without a byte order mark, made of one in UTF-8, UTF-16 or UTF-32 with or (UTF-8) without a mark.

    Undecodable bytes of UTF-8 are passed on for the reader to reject the record that holds them; in UTF-16 and UTF-32 a read raises ContentError.
    """
    mark = marked_encoding(stream.peek(4)[:4])
    if mark is None:
        return stream
    if mark == "utf-8-sig":
        stream.read(len(codecs.BOM_UTF8))
        return stream
    return io.BufferedReader(_Recoded(stream, mark), 1 << 16)
