"""RSS and Atom: each entry of a feed is a document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import feedparser

from transforms.documents.html import html_to_text
from transforms.documents.records import ContentError, RawRecord, Unreadable


def read_feed(data: bytes) -> Iterator[RawRecord | Unreadable]:
    """Reads a feed; places are `row N`, the entries counted from 1. A feed cut off gives the entries before the cut and one Unreadable.

    Raises:
        ContentError: It is no feed.
    """
    # A stream, never a string: feedparser takes strings for addresses to fetch.
    parsed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    problem = parsed.get("bozo_exception") if parsed.get("bozo") else None
    if isinstance(problem, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType):
        problem = None
    if not parsed.get("version") and not parsed.entries:
        raise ContentError(f"no RSS or Atom feed{f': {problem}' if problem else ''}")
    for number, entry in enumerate(parsed.entries, 1):
        yield RawRecord(f"row {number}", _values(entry, parsed.feed), inferred=True)
    if problem is not None:
        yield Unreadable(f"row {len(parsed.entries) + 1}", f"the feed is no well-formed XML and may be cut off: {problem}")


def _values(entry: Any, feed: Any) -> dict[str, Any]:
    contents = [str(each.get("value", "")) for each in entry.get("content", [])]
    markup = max(contents, key=len, default="") or str(entry.get("summary", ""))
    identity = str(entry.get("id", ""))
    title = entry.get("title")
    return {
        # Ids that are no address, URN or tag are counted by the feed alone (`123`) and would meet those of other feeds.
        "doc_id": identity if ":" in identity else None,
        "uri": entry.get("link"),
        "title": html_to_text(str(title)) if title else None,
        "published": entry.get("published") or entry.get("updated"),
        "source": (entry.get("source") or {}).get("title") or feed.get("title"),
        "language": entry.get("language") or feed.get("language"),
        "text": html_to_text(markup) if markup.strip() else "",
    }
