from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.documents.compression import COMPRESSIONS, compression_of, decompressed, read_up_to, without_suffix
from transforms.documents.records import ContentError, Limits


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


COMPRESS: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "zstd": zstd}
ALL = sorted(COMPRESSIONS)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=20, deadline=None)
@given(parts=st.lists(st.binary(min_size=1, max_size=3000), min_size=1, max_size=4))
def test_members_are_read_one_after_the_other(name: str, parts: list[bytes]) -> None:
    stored = b"".join(COMPRESS[name](part) for part in parts)
    assert compression_of(stored[:8]) == name
    assert decompressed(io.BytesIO(stored), name).read() == b"".join(parts)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("cut", [3, 0.5])
def test_what_is_cut_off_is_an_error_after_what_could_be_read(name: str, cut: float) -> None:
    stored = COMPRESS[name](b"".join(b"line %d\n" % (number * 7919) for number in range(100_000)))
    stream = decompressed(io.BytesIO(stored[: -int(cut)] if cut > 1 else stored[: int(len(stored) * cut)]), name)
    with pytest.raises(ContentError, match="cut off or damaged"):
        while True:
            assert stream.readline().startswith(b"line ")


@pytest.mark.parametrize("name", ALL)
def test_damaged_data_is_an_error(name: str) -> None:
    stored = bytearray(COMPRESS[name](bytes(range(256)) * 50))
    stored[: len(stored)] = stored[:8] + bytes(len(stored) - 8)
    with pytest.raises(ContentError):
        decompressed(io.BytesIO(bytes(stored)), name).read()


@pytest.mark.parametrize("name", ALL)
def test_bombs_are_stopped(name: str) -> None:
    bomb = COMPRESS[name](bytes(30_000_000))
    with pytest.raises(ContentError, match="over the limit of 20 times"):
        decompressed(io.BytesIO(bomb), name, Limits(decompressed_bytes=1_000_000, decompressed_ratio=20)).read()


def test_an_error_of_the_disk_is_not_one_of_the_content() -> None:
    class Failing(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        decompressed(Failing(), "gzip").read()


def test_unknown_compression() -> None:
    with pytest.raises(ValueError, match="gzip"):
        decompressed(io.BytesIO(), "lha")


@pytest.mark.parametrize(("path", "without"), [("a.jsonl.gz", "a.jsonl"), ("a.TXT.XZ", "a.TXT"), ("a.zst", "a"), ("a.txt", "a.txt")])
def test_suffixes(path: str, without: str) -> None:
    assert without_suffix(path) == without


def test_reading_as_a_whole_has_a_limit() -> None:
    assert read_up_to(io.BytesIO(b"12345"), 5) == b"12345"
    with pytest.raises(ContentError, match="longer than 4 bytes"):
        read_up_to(io.BytesIO(b"12345"), 4)
