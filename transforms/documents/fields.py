"""Which field of a record is which: the usual names, those of well-known exports, and overrides."""

from __future__ import annotations

import dataclasses
import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from transforms.documents.html import html_to_text, is_markup
from transforms.documents.records import ContentError, clean

# For each field the names that it goes by, in order of preference: lower case with underscores (`publishedAt` is `published_at`), a point leads into
# a nested record. Exports: NewsAPI, The Guardian (`web_…`, `fields.…`), Webz.io (`thread.…`), GDELT DOC (`seendate`), EventRegistry (`date_time_pub`),
# WordPress (`….rendered`), schema.org (`article_body`, `date_published`), New York Times (`headline.main`), Common Crawl news (`maintext`).
NAMES: dict[str, tuple[str, ...]] = {
    "doc_id": ("doc_id", "document_id", "id", "_id", "article_id", "uuid", "guid"),
    "uri": ("uri", "url", "link", "web_url", "article_url", "source_url", "canonical_url", "permalink", "href", "thread.url"),
    "source": (
        *("source", "publisher", "source_name", "publication", "outlet", "site_name", "sitename", "newspaper", "media", "provider"),
        *("thread.site_full", "thread.site", "source_domain", "site", "domain"),
    ),
    "title": ("title", "headline", "web_title", "headline.main", "head", "heading", "hedline"),
    "published": (
        *(
            "published",
            "published_at",
            "date_published",
            "publication_date",
            "pub_date",
            "publish_date",
            "date_publish",
            "web_publication_date",
            "first_publication_date",
        ),
        *(
            "published_time",
            "published_on",
            "date_time_pub",
            "date_time",
            "datetime",
            "timestamp",
            "date_gmt",
            "date",
            "seendate",
            "seen_date",
            "time",
            "created_at",
        ),
        *("published_date", "fields.first_publication_date"),
    ),
    "language": ("language", "lang", "language_code", "lang_code", "thread.language", "locale"),
    "text": (
        *("text", "body", "body_text", "fields.body_text", "fields.body", "full_text", "fulltext", "maintext", "main_text", "article_body", "article_text"),
        *("article_content", "content", "article", "story", "plain_text", "raw_text", "cleaned_text", "text_content", "content_text", "content_html"),
    ),
}
# Field -> its names, each with the steps that lead to it.
_STEPS = {field: tuple((name, *name.split(".")) for name in names) for field, names in NAMES.items()}
_WRAPPED = ("rendered", "main", "name", "title", "value", "text", "content", "uri", "$date", "$oid", "#text", "_")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOTHING = frozenset({"", "null", "none", "nan", "n/a", "na"})


@dataclasses.dataclass(frozen=True, slots=True)
class Fields:
    """A record's fields under the names of the contract; None where it has none. `published` and `published_date` are as stated, not yet read as times."""

    doc_id: str | None
    uri: str | None
    source: str | None
    title: str | None
    published: Any
    published_date: Any
    language: str | None
    text: str


def check_overrides(overrides: Mapping[str, str]) -> None:
    """Checks what `--field NAME=COLUMN` gave.

    Raises:
        ValueError: A name is no field of a document, or a column is empty.
    """
    for name, column in overrides.items():
        if name not in NAMES:
            raise ValueError(f"--field {name}={column}: {name!r} is no field of a document; the fields are {', '.join(NAMES)}")
        if not column:
            raise ValueError(f"--field {name}=: a column's name is missing after the equals sign")


def check_columns(columns: Sequence[str], overrides: Mapping[str, str]) -> None:
    """Checks that a table's columns can make documents, so that a table without a text is one reject and not one a row.

    Raises:
        ContentError: No column holds the text.
    """
    normalised = {_normalised(column) for column in columns}
    if "text" in overrides:
        if overrides["text"] not in columns and overrides["text"].split(".")[0] not in columns:
            raise ContentError(f"there is no column {overrides['text']!r} for the text; the columns are {_listed(columns)}")
    elif not any(name.split(".")[0] in normalised for name in NAMES["text"]):
        raise ContentError(f"no column is known as the text; the columns are {_listed(columns)}: --field text=COLUMN would say which")


_GENERIC_IDS = frozenset({"id", "_id"})


def map_fields(values: Mapping[str, Any], overrides: Mapping[str, str] | None = None) -> Fields:
    """Finds a document's fields in a record.

    Args:
        values: The record by its own names.
        overrides: For a field of the contract the only name under which it is looked for; a point leads into a nested record.

    Raises:
        ContentError: There is no text, or a value is of a type that its field cannot have.
    """
    chosen = overrides or {}
    columns = _columns(tuple(values))
    if columns.generic_ids and "doc_id" not in chosen:
        # The running number of a row is no identity: two files without links would replace each other's documents.
        columns = _columns(tuple(key for key in values if key not in columns.generic_ids or not str(values[key]).strip().isdigit()))
    text = _text(values, columns, chosen)
    doc_id, uri = (_string(name, *_found(name, values, columns, chosen)) for name in ("doc_id", "uri"))
    if uri is not None and "uri" not in chosen and "://" not in uri:
        # EventRegistry's `uri` is a number, its `url` the link.
        others = [value for name, value in _stated("uri", values, columns) if name != "uri" and isinstance(value, str) and "://" in value]
        if others:
            doc_id, uri = doc_id or uri, others[0].strip()
    day = columns.value(values, "published_date") if "published" not in chosen and not _is_nothing(columns.value(values, "published")) else None
    return Fields(
        doc_id=doc_id,
        uri=uri,
        source=_string("source", *_found("source", values, columns, chosen)),
        title=_title(*_found("title", values, columns, chosen)),
        published=_unwrapped(_found("published", values, columns, chosen)[1]),
        published_date=None if _is_nothing(day) else day,
        language=_string("language", *_found("language", values, columns, chosen)),
        text=text,
    )


class _Columns(NamedTuple):
    """What can be said of records by the names of their values alone; those of a file nearly always have the same."""

    by_name: Mapping[str, Any]
    """The key of each usual name."""
    fields: Mapping[str, tuple[tuple[str, Any, tuple[str, ...]], ...]]
    """For each field the names under which it may stand, in order of preference, with the key and the steps that lead on from its value."""
    generic_ids: frozenset[Any]
    """Keys that often hold the running number of a row."""

    def value(self, values: Mapping[str, Any], name: str) -> Any:
        """The value of a record under a usual name; None where it has none."""
        return values[self.by_name[name]] if name in self.by_name else None


# Few, because the names of a hostile record may be long.
@functools.lru_cache(maxsize=64)
def _columns(keys: tuple[Any, ...]) -> _Columns:
    by_name: dict[str, Any] = {}
    for key in keys:
        by_name.setdefault(_normalised(str(key)), key)
    fields = {field: tuple((name, by_name[first], tuple(rest)) for name, first, *rest in steps if first in by_name) for field, steps in _STEPS.items()}
    return _Columns(by_name, fields, frozenset(key for key in keys if _normalised(str(key)) in _GENERIC_IDS))


@functools.lru_cache(maxsize=4096)
def _normalised(name: str) -> str:
    return re.sub(r"[\s-]+", "_", _CAMEL.sub("_", name.strip())).lower()


def _found(field: str, values: Mapping[str, Any], columns: _Columns, overrides: Mapping[str, str]) -> tuple[str, Any]:
    """The name under which a field stands, and its value; None where it has none."""
    if field in overrides:
        return overrides[field], _chosen(values, overrides[field])
    return next(_stated(field, values, columns), (field, None))


def _stated(field: str, values: Mapping[str, Any], columns: _Columns) -> Iterator[tuple[str, Any]]:
    """The names under which a field stands, with the values, in order of preference."""
    for name, key, steps in columns.fields[field]:
        value = values[key]
        for step in steps:
            value = next((inner for key, inner in value.items() if _normalised(str(key)) == step), None) if isinstance(value, Mapping) else None
        if not _is_nothing(value):
            yield name, value


def _chosen(values: Mapping[str, Any], column: str) -> Any:
    if column in values:
        return None if _is_nothing(values[column]) else values[column]
    inner: Any = values
    for step in column.split("."):
        inner = inner.get(step) if isinstance(inner, Mapping) else None
    return None if _is_nothing(inner) else inner


def _is_nothing(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) < 9 and value.strip().lower() in _NOTHING
    return value is None or (isinstance(value, float) and math.isnan(value)) or value in ([], {})


def _unwrapped(value: Any) -> Any:
    """The value in a small nested record: `{"name": "Example Post"}`, `{"rendered": "<p>…"}`, `{"$date": …}`."""
    depth = 0
    while isinstance(value, Mapping) and depth < 3:
        value = next((value[key] for key in _WRAPPED if not _is_nothing(value.get(key))), value)
        depth += 1
    return value


def _string(field: str, name: str, value: Any) -> str | None:
    value = _unwrapped(value)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise _wrong_type(field, name, value)
    return clean(value).strip() or None


def _title(name: str, value: Any) -> str | None:
    title = _string("title", name, value)
    if title is None:
        return None
    if is_markup(title):
        title = html_to_text(title)
    return " ".join(title.split()) or None


def _text(values: Mapping[str, Any], columns: _Columns, overrides: Mapping[str, str]) -> str:
    name, value = _found("text", values, columns, overrides)
    value = _unwrapped(value)
    if value is None:
        if "seendate" in columns.by_name and "domain" in columns.by_name:
            raise ContentError("is from a GDELT article list, which holds links and no text: the pages themselves (HTML, WARC) would be right")
        known = {_normalised(str(key)) for key in values}
        if "text" in overrides:
            raise ContentError(f"no text under {overrides['text']!r}; the record has {_listed(list(values))}")
        if any(each.split(".")[0] in known for each in NAMES["text"]):
            raise ContentError("the text is empty")
        raise ContentError(f"no field is known as the text; the record has {_listed(list(values))}: --field text=NAME would say which")
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        value = "\n\n".join(value)
    if not isinstance(value, str):
        raise _wrong_type("text", name, value)
    text = clean(value)
    if is_markup(text):
        text = html_to_text(text)
    if not text.strip():
        raise ContentError("the text is empty")
    return text


def _wrong_type(field: str, name: str, value: Any) -> ContentError:
    kind = {dict: "an object", list: "a list", bool: "true or false", float: "a number", int: "a number"}.get(type(value), f"a {type(value).__name__}")
    return ContentError(f"{field} (in {name!r}) is {kind}: a string would be right")


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(map(str, columns[:20]))
    return f"{shown}, …" if len(columns) > 20 else shown or "nothing"
