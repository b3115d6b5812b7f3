"""JSON files: one record, a list of records, or an export that holds the list somewhere within."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from transforms.documents.encoding import decode
from transforms.documents.records import ContentError, RawRecord, Unreadable, excerpt

# Where exports hold their records; each step is a key. NewsAPI and GDELT DOC: articles; EventRegistry: articles.results; The Guardian: response.results;
# Webz.io: posts; New York Times and Solr: response.docs; Elasticsearch: hits.hits.
_LISTS = (
    ("articles",),
    ("articles", "results"),
    ("response", "results"),
    ("response", "docs"),
    ("response", "content"),
    ("hits", "hits"),
    ("posts",),
    ("results",),
    ("documents",),
    ("docs",),
    ("items",),
    ("entries",),
    ("data",),
    ("records",),
    ("stories",),
    ("news",),
)
_TEXT_KEYS = frozenset({"text", "body", "content", "fulltext", "full_text"})
_LIST_START = re.compile(r'"(?:articles|results|documents|docs|posts|items|entries|data|records|stories|news|hits)"\s*:\s*\[')
_SPACE_OR_COMMA = re.compile(r"[\s,]*")


def records_of(value: Any) -> Iterator[Any]:
    """The records that a JSON value holds: itself, its elements, or those of the export that it is."""
    if isinstance(value, list):
        for element in value:
            yield _unwrapped(element)
        return
    if isinstance(value, dict) and not any(isinstance(value.get(key), str) for key in _TEXT_KEYS):
        for path in _LISTS:
            inner: Any = value
            for key in path:
                inner = inner.get(key) if isinstance(inner, dict) else None
            if isinstance(inner, list) and (len(path) > 1 or len(value) == 1 or all(isinstance(each, dict) for each in inner)):
                for element in inner:
                    yield _unwrapped(element)
                return
            if path[-1] == "content" and isinstance(inner, dict):
                yield inner
                return
    yield _unwrapped(value)


def _unwrapped(element: Any) -> Any:
    """A hit of Elasticsearch as the document that it holds, with its id."""
    if isinstance(element, dict) and isinstance(element.get("_source"), dict):
        return {"_id": element.get("_id"), **element["_source"]}
    return element


def read_json(data: bytes) -> Iterator[RawRecord | Unreadable]:
    """Reads a JSON file; places are `row N`, counted from 1. A file cut off gives the records before the cut and one Unreadable.

    Raises:
        ContentError: It is not in its encoding, or nothing in it can be read.
    """
    text = decode(data)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        yield from _salvaged(text, error)
        return
    except (RecursionError, ValueError) as error:
        raise ContentError(f"not usable JSON: {error}") from None
    for number, record in enumerate(records_of(value), 1):
        yield _item(record, number)


def _item(record: Any, number: int) -> RawRecord | Unreadable:
    if isinstance(record, dict):
        return RawRecord(f"row {number}", record)
    return Unreadable(f"row {number}", f"is a JSON {type(record).__name__}: an object with the document's fields would be right", excerpt(str(record)))


def _salvaged(text: str, error: json.JSONDecodeError) -> Iterator[RawRecord | Unreadable]:
    """The records of a list before the place where it breaks; of values one after the other (JSON Lines under the name .json) all."""
    stripped = len(text) - len(text.lstrip())
    if text.startswith("[", stripped):
        position = stripped + 1
    elif found := _LIST_START.search(text, 0, error.pos):
        position = found.end()
    else:
        position = stripped
    decoder = json.JSONDecoder()
    number = 0
    while position < len(text):
        skipped = _SPACE_OR_COMMA.match(text, position)
        position = skipped.end() if skipped else position
        if position >= len(text):
            break
        try:
            value, end = decoder.raw_decode(text, position)
        except (json.JSONDecodeError, RecursionError, ValueError) as broken:
            place = f"byte {len(text[:position].encode('utf-8', 'surrogatepass'))}"
            message = f"not JSON: {broken}" if isinstance(broken, json.JSONDecodeError) else f"not usable JSON: {broken}"
            following = _next_line(text, position)
            yield Unreadable(
                place, message if following is not None else f"{message}; the rest of the file is not read", excerpt(text[position : position + 2000])
            )
            if following is None:
                return
            position = following
            continue
        position = end
        for record in records_of(value):
            number += 1
            yield _item(record, number)
    if number == 0:
        raise ContentError(f"not JSON: {error}")


def _next_line(text: str, position: int) -> int | None:
    """Where the next line begins that can be a record of its own: the lines of JSON Lines go on after a broken one."""
    found = re.compile(r"\n(?=\{)").search(text, position)
    return found.end() if found else None
