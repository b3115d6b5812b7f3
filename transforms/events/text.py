"""Events of one text, without files, a pipeline or a store: for a notebook or another program."""

from __future__ import annotations

import datetime
import functools

from schemas.document import Document
from schemas.mention import Mention
from transforms.documents.identity import document_id
from transforms.documents.times import parse_time
from transforms.events.extractor import Extractor
from transforms.language.model import DEFAULT_MODEL


def extract_events(text: str, published: str | datetime.date | None = None, *, title: str | None = None, model: str = DEFAULT_MODEL) -> tuple[Mention, ...]:
    """The events that a text reports, in its order.

    Args:
        text: The text, in English.
        published: The day or time of its publication, ISO 8601 or a date: "on Monday" counts from it. None where it is not known.
        title: Its headline, if that is no part of it.
        model: An installed spaCy pipeline or the path of one; it is loaded once.

    Returns:
        Mentions: each a record of its event type (`schemas.event_types`), whose offsets count in the text.

    Raises:
        ValueError: `published` is no date.
        transforms.language.model.ModelNotFoundError: The pipeline is not installed.
    """
    when = None if published is None else parse_time(published)
    document = Document(
        doc_id=document_id(None, None, text),
        title=title,
        published=None if when is None else when.published,
        published_date=None if when is None else when.day,
        published_basis=None if when is None else "given",
        language="en",
        text=text,
    )
    (extraction,) = _extractor(model).extract([document])
    return extraction.mentions


@functools.lru_cache(maxsize=1)
def _extractor(model: str) -> Extractor:
    return Extractor(model)
