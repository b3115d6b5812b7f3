"""From a record as its format gives it to a `Document`, or the reason why there is none."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable, Mapping

from schemas.document import Document
from transforms.documents.datelines import file_name_date, stated_date
from transforms.documents.fields import Fields, check_overrides, map_fields
from transforms.documents.identity import document_id
from transforms.documents.language import detect_language, language_code
from transforms.documents.records import DEFAULT_LIMITS, ContentError, Limits, RawRecord, excerpt
from transforms.documents.times import Publication, parse_time

KnownLanguage = Callable[[str, str], str | None]
"""The language of a document by its id and text, None for one that is not known."""

# Lead sections of the longest records; a payload is only their beginning.
_SHOWN_VALUE = 200


@dataclasses.dataclass(frozen=True)
class Rules:
    """What holds for every record of a run.

    Attributes:
        fields: For a field of the contract the name that it has in the input (`--field`).
        published: The time of publication of what states none (`--published`).
        id_prefix: What is set before every id (`--id-prefix`).
        languages: The ISO 639-1 codes that go on.
        limits: How much is read.
    """

    fields: Mapping[str, str] = dataclasses.field(default_factory=dict)
    published: str | None = None
    id_prefix: str = ""
    languages: tuple[str, ...] = ("en",)
    limits: Limits = DEFAULT_LIMITS

    def check(self) -> None:
        """Checks the rules before anything is read.

        Raises:
            ValueError: A field, the time or a language is none; the message says what would be right.
        """
        check_overrides(self.fields)
        if self.published is not None:
            parse_time(self.published)
        if not self.languages:
            raise ValueError("at least one language has to go on")
        for language in self.languages:
            if language != "en" and language_code(language) != language:  # the usual one is known without the table
                raise ValueError(f"{language!r} is no ISO 639-1 code of a language")


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal:
    """Why a record makes no document: `kind` is one of `schemas.ledger.REJECT_KINDS`."""

    kind: str
    error: str
    payload: str | None


def nothing_known(doc_id: str, text: str) -> None:
    """A `KnownLanguage` that knows no document."""


def make_document(raw: RawRecord, path: str, rules: Rules, known_language: KnownLanguage = nothing_known) -> Document | Refusal:
    """Makes a document of a record.

    Args:
        raw: The record.
        path: The file that it was read from: its `uri` where it has no link, and for a file of one record the last place to look for a date.
        rules: What holds for the run.
        known_language: What an earlier run has detected, so that it need not be detected again.
    """
    try:
        fields = map_fields(raw.values, rules.fields)
        if len(fields.text) > rules.limits.text_characters:
            return Refusal("failed", f"the text has {len(fields.text)} characters, over the limit of {rules.limits.text_characters}", _payload(raw))
        publication, basis = _publication(raw, fields, path, rules)
    except ContentError as error:
        return Refusal("failed", str(error), _payload(raw))
    doc_id = document_id(fields.doc_id, fields.uri, fields.text, rules.id_prefix)
    language = (language_code(fields.language) if fields.language else None) or known_language(doc_id, fields.text) or detect_language(fields.text)
    if language is not None and language not in rules.languages:
        return Refusal("skipped", "language", _payload(raw))
    return Document(
        doc_id=doc_id,
        uri=fields.uri or clean_path(path),
        source=fields.source,
        title=fields.title,
        published=publication.published if publication else None,
        published_date=publication.day if publication else None,
        published_basis=basis,
        # What is too short or too mixed to tell goes on as what is asked for.
        language=language or rules.languages[0],
        text=fields.text,
    )


def clean_path(path: str) -> str:
    """A path as text: bytes of a name that are no UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _publication(raw: RawRecord, fields: Fields, path: str, rules: Rules) -> tuple[Publication | None, str | None]:
    if fields.published is not None:
        try:
            return _given(fields), "given"
        except ValueError as error:
            if not raw.inferred:
                raise ContentError(f"published: {error}") from None
    if rules.published is not None:
        return parse_time(rules.published), "option"
    if raw.plain and (dated := stated_date(fields.text)) is not None:
        return dated, "dateline"
    if raw.record is None and (named := file_name_date(path)) is not None:
        return named, "file_name"
    return None, None


def _given(fields: Fields) -> Publication:
    given = parse_time(fields.published)
    if fields.published_date is None:
        return given
    # An export of a store has both: the day in the offset of the source is lost in a time in UTC. Another day than the time's neighbours is none of it.
    day = parse_time(fields.published_date).day
    return Publication(given.published, day) if abs(day - given.published.date()) <= datetime.timedelta(days=1) else given


def _payload(raw: RawRecord) -> str | None:
    shown = {str(key): value[:_SHOWN_VALUE] if isinstance(value, str) else value for key, value in list(raw.values.items())[:50] if value is not None}
    try:
        return excerpt(json.dumps(shown, ensure_ascii=False, default=str))
    except (ValueError, TypeError, RecursionError):
        return excerpt(", ".join(shown))
