from __future__ import annotations

import codecs
import io

import pytest

from transforms.documents.encoding import declared_encoding, decode, utf8_stream
from transforms.documents.records import ContentError

TEXT = "Zażółć – “Élysée”\nsecond line\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marks_say_the_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT
    assert utf8_stream(io.BufferedReader(io.BytesIO(TEXT.encode(encoding)))).read().decode() == TEXT


def test_big_endian() -> None:
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == TEXT


@pytest.mark.parametrize(
    ("data", "html", "declared"),
    [
        (b'<?xml version="1.0" encoding="ISO-8859-2"?><rss/>', False, "ISO-8859-2"),
        (b"<html><head><meta charset=windows-1251>", True, "windows-1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', True, "koi8-r"),
        (b"<meta charset=koi8-r>", False, None),
        (b"plain", True, None),
    ],
)
def test_declarations(data: bytes, html: bool, declared: str | None) -> None:
    assert declared_encoding(data, html=html) == declared


def test_declared_latin_1_is_windows_1252() -> None:
    assert decode("café “quoted”".encode("cp1252"), "iso-8859-1") == "café “quoted”"
    assert decode(b"caf\xe9 \x81", "latin-1") == "café \x81"


def test_a_byte_that_does_not_belong_is_named() -> None:
    with pytest.raises(ContentError, match="0xe9 at byte 3 is not UTF-8"):
        decode(b"caf\xe9 au lait")


@pytest.mark.parametrize("name", ["no-such-encoding", "hex", "rot13"])
def test_what_is_no_encoding_of_text(name: str) -> None:
    with pytest.raises(ContentError, match=name):
        decode(b"abc", name)


def test_half_a_character_of_utf_16() -> None:
    with pytest.raises(ContentError, match="utf-16 near byte"):
        utf8_stream(io.BufferedReader(io.BytesIO(codecs.BOM_UTF16_LE + b"a\0b"))).read()
