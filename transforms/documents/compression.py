"""Decompression of gzip, bzip2, xz and zstd streams, of one member or many, with a limit on what comes out."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import IO, Any, Protocol, cast

import pyarrow as pa

from transforms.documents.records import DEFAULT_LIMITS, ContentError, Limits

COMPRESSIONS: dict[str, tuple[str, ...]] = {"gzip": (".gz", ".gzip"), "bzip2": (".bz2",), "xz": (".xz", ".lzma"), "zstd": (".zst", ".zstd")}
_MAGIC = {b"\x1f\x8b\x08": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"]\x00\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
_CHUNK = 1 << 16


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def compression_of(head: bytes) -> str | None:
    """The compression that the first bytes of a file show, whatever its name says; None for none."""
    return next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)


def without_suffix(path: str) -> str:
    """A file name without the suffix of a compression: `news.jsonl.gz` gives `news.jsonl`."""
    lowered = path.lower()
    for suffixes in COMPRESSIONS.values():
        for suffix in suffixes:
            if lowered.endswith(suffix):
                return path[: -len(suffix)]
    return path


class _Counted(io.RawIOBase):
    """The compressed stream, counting what is read of it; its own errors are kept apart from those of the content."""

    def __init__(self, source: _Readable) -> None:
        self._source = source
        self.taken = 0
        self.error: OSError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._source.read(len(buffer))
        except OSError as error:
            self.error = error
            raise
        buffer[: len(data)] = data
        self.taken += len(data)
        return len(data)


class _Zstd:
    """Reads of a zstd stream; pyarrow's says when a frame is cut off, which zstandard's reader does not."""

    def __init__(self, source: IO[bytes]) -> None:
        self._stream = pa.CompressedInputStream(pa.PythonFile(source, mode="r"), "zstd")

    def read(self, size: int = -1, /) -> bytes:
        return bytes(self._stream.read(size))


class _Decompressed(io.RawIOBase):
    def __init__(self, counted: _Counted, read: Callable[[int], bytes], compression: str, limits: Limits) -> None:
        self._counted, self._read, self._compression, self._limits = counted, read, compression, limits
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._read(min(len(buffer), _CHUNK))
        except (OSError, EOFError, zlib.error, lzma.LZMAError, pa.ArrowException) as error:
            if self._counted.error is not None:
                raise self._counted.error from None
            raise ContentError(f"the {self._compression} data is cut off or damaged after {self._given} bytes of content: {error}") from error
        self._given += len(data)
        if self._given > max(self._limits.decompressed_bytes, self._limits.decompressed_ratio * self._counted.taken):
            raise ContentError(
                f"the {self._compression} data grows to more than {self._given} bytes from {self._counted.taken},"
                f" over the limit of {self._limits.decompressed_ratio} times: not read further"
            )
        buffer[: len(data)] = data
        return len(data)


def decompressed(source: _Readable, compression: str, limits: Limits = DEFAULT_LIMITS) -> io.BufferedReader:
    """A compressed stream as the stream of its content.

    Args:
        source: The compressed bytes.
        compression: A key of `COMPRESSIONS`.
        limits: How far the content may grow.

    Returns:
        A stream whose reads raise ContentError where the data is cut off, damaged, or grows over the limits; what comes before can be read.
    """
    counted = _Counted(source)
    buffered = io.BufferedReader(counted, _CHUNK)
    read: Callable[[int], bytes]
    if compression == "gzip":
        read = gzip.GzipFile(fileobj=buffered, mode="rb").read1
    elif compression == "bzip2":
        read = bz2.BZ2File(buffered).read1
    elif compression == "xz":
        read = lzma.LZMAFile(buffered).read1  # noqa: SIM115 (read and closed with the stream that is returned)
    elif compression == "zstd":
        read = _Zstd(cast("IO[bytes]", buffered)).read
    else:
        raise ValueError(f"compression is one of {', '.join(COMPRESSIONS)}, not {compression!r}")
    return io.BufferedReader(_Decompressed(counted, read, compression, limits), _CHUNK)


def read_up_to(stream: _Readable, limit: int) -> bytes:
    """All of a stream that is read as a whole.

    Raises:
        ContentError: It holds more than `limit` bytes.
    """
    data = bytearray()
    while chunk := stream.read(1 << 20):
        data += chunk
        if len(data) > limit:
            raise ContentError(f"longer than {limit} bytes: files of this format are read as a whole; split it, or use JSON Lines")
    return bytes(data)
