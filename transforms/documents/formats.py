"""Which reader a file needs: by its extension, else by its first bytes."""

from __future__ import annotations

import posixpath
import re

from transforms.documents.compression import without_suffix
from transforms.documents.encoding import marked_encoding
from transforms.documents.records import ContentError

FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".text", ".md"),
    "jsonl": (".jsonl", ".ndjson", ".jsonlines", ".jl"),
    "json": (".json",),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "parquet": (".parquet", ".pq", ".parq"),
    "html": (".html", ".htm", ".xhtml"),
    "warc": (".warc",),
    "xml": (".rss", ".atom", ".rdf", ".xml", ".nitf"),
}
READABLE = "plain text, JSON Lines, JSON, CSV, TSV, Parquet, HTML, WARC, RSS, Atom and NITF are read, also compressed by gzip, bzip2, xz or zstd"
_BY_EXTENSION = {extension: name for name, extensions in FORMATS.items() for extension in extensions}
_OTHERS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"{\\rtf": "RTF",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
    b"ORC": "an ORC file",
    b"Obj\x01": "an Avro file",
    b"ARROW1": "an Arrow file",
}
_XML_ROOT = re.compile(rb"<(?:\?xml|rss|feed|rdf:rdf|nitf|newsml|newsitem)\b", re.IGNORECASE)
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
_XHTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
HEAD_BYTES = 4096


def extension_of(path: str) -> str:
    """The extension of a file name in lower case, after that of a compression is taken off: `.jsonl` for `news.JSONL.gz`."""
    return posixpath.splitext(without_suffix(path).replace("\\", "/"))[1].lower()


def format_of(path: str, head: bytes) -> str:
    """The format of a file.

    Args:
        path: Its name, of which the extension counts.
        head: Its first bytes (`HEAD_BYTES`, or all that it has) after decompression.

    Returns:
        A key of `FORMATS`.

    Raises:
        ContentError: It is of a kind that is not read; the message says which kinds are.
    """
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, kind in _OTHERS.items():
        if head.startswith(magic) and (b"\0" in head or kind in ("PDF", "RTF")):
            raise ContentError(f"is {kind}; {READABLE}")
    if head[257:262] == b"ustar":
        raise ContentError(f"is a tar archive: unpack it; {READABLE}")
    named = _BY_EXTENSION.get(extension_of(path))
    if named == "xml" and not head.lstrip().startswith(b"<?xml") and _XHTML.match(head.lstrip()):
        return "html"
    return named or _sniffed(head)


def _sniffed(head: bytes) -> str:
    if head.startswith(b"WARC/"):
        return "warc"
    if marked_encoding(head) in (None, "utf-8-sig"):
        if b"\0" in head or _share_of_controls(head) > 0.02:
            raise ContentError(f"is of a binary kind that is not known; {READABLE}")
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if start.startswith(b"{"):
            return "jsonl"
        if start.startswith(b"["):
            return "json" if re.match(rb"\[\s*[\[{]", start) else "text"
        if _XML_ROOT.match(start):
            return "html" if _XHTML.search(start[:1000]) else "xml"
        if _HTML_ROOT.match(start):
            return "html"
    return "text"


def _share_of_controls(head: bytes) -> float:
    return sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) / max(len(head), 1)
