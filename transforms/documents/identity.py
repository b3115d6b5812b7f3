"""The identity of a document and of a text."""

from __future__ import annotations

import hashlib

_DIGEST_BYTES = 16


def text_hash(text: str) -> str:
    """The hash of a text, 32 hexadecimal digits of blake2b: equal texts have equal hashes, on every machine."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=_DIGEST_BYTES).hexdigest()


def document_id(given: str | None, link: str | None, text: str, prefix: str = "") -> str:
    """The id of a document: given, else a hash of its link and text; the file that it was read from never counts.

    Args:
        given: The id that comes with the document, None where none does.
        link: The link that comes with the document, None where none does.
        text: Its text.
        prefix: What is set before the id, so that ids of two sources do not meet.
    """
    if given:
        return prefix + given
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    digest.update((link or "").encode("utf-8"))
    # No link or text holds a NUL (records.clean), so that link and text cannot run into each other.
    digest.update(b"\0")
    digest.update(text.encode("utf-8"))
    return prefix + digest.hexdigest()
