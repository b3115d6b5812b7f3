from __future__ import annotations

import pytest

from transforms.documents.formats import extension_of, format_of
from transforms.documents.records import ContentError


@pytest.mark.parametrize(("path", "extension"), [("a/b.JSONL.gz", ".jsonl"), ("b.csv", ".csv"), ("b", ""), ("dir.x/b.gz", ""), ("a.b.TXT.zst", ".txt")])
def test_extensions(path: str, extension: str) -> None:
    assert extension_of(path) == extension


@pytest.mark.parametrize(
    ("path", "head", "kind"),
    [
        ("a.txt", b"{not json", "text"),
        ("a.jsonl.gz", b"{}", "jsonl"),
        ("a.json", b"[", "json"),
        ("a.tsv", b"a\tb", "tsv"),
        ("a.rss", b"<rss>", "xml"),
        ("a.xml", b"<!DOCTYPE html><html>", "html"),
        ("a.json", b"PAR1\x15", "parquet"),
        ("a", b"PAR1\x15", "parquet"),
        ("a", b"WARC/1.0\r\n", "warc"),
        ("a", b' \n{"text": 1}\n{', "jsonl"),
        ("a", b'[ {"text": 1}', "json"),
        ("a", b"[Update] Talks go on", "text"),
        ("a", b"<?xml version='1.0'?><rss>", "xml"),
        ("a", b'<?xml version="1.0"?><!DOCTYPE html>', "html"),
        ("a", b"<!doctype HTML><p>", "html"),
        ("a.news", b"Plain words.", "text"),
        ("a.news", "Words".encode("utf-16"), "text"),
        ("PK.txt", b"PK\x03\x04 is how a ZIP begins", "text"),
    ],
)
def test_formats(path: str, head: bytes, kind: str) -> None:
    assert format_of(path, head) == kind


@pytest.mark.parametrize(
    ("path", "head", "said"),
    [
        ("a.pdf", b"%PDF-1.7 text", "is PDF"),
        ("a.docx", b"PK\x03\x04\x14\0\x06\0", "ZIP"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "image"),
        ("a.bin", b"\x01\0\x02\x03", "binary"),
        ("a.tar", b"name" + bytes(253) + b"ustar\0", "tar archive"),
    ],
)
def test_kinds_that_are_not_read(path: str, head: bytes, said: str) -> None:
    with pytest.raises(ContentError, match=f"{said}.*JSON Lines.* are read"):
        format_of(path, head)
