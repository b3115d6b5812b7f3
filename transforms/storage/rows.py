"""An extraction as rows of the store's tables."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from typing import Any

from schemas.columns import to_row
from schemas.ledger import Reject
from schemas.mention import Mention
from transforms.events.extraction import Extraction
from transforms.storage.near_copies import signature

Row = dict[str, Any]

PAYLOAD_CHARACTERS = 500


def text_hash(text: str) -> str:
    """A digest that equal texts share: blake2b of 16 bytes over UTF-8, hexadecimal."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def rows_of(extraction: Extraction, run_id: str) -> Iterator[tuple[str, Row]]:
    """All rows that one document adds to the store, each with its table, before clustering.

    Until publishing has clustered a mention, it has its own id as `incident_id`, and scope `event`.
    """
    document = extraction.document
    yield (
        "documents",
        to_row(document)
        | {
            "text_hash": text_hash(document.text),
            "signature": signature(document.text),
            "sentences": extraction.sentences,
            "event_count": len(extraction.mentions),
            "model": extraction.model,
            "version": extraction.version,
            "run_id": run_id,
        },
    )
    for mention in extraction.mentions:
        yield (
            mention.event_type,
            to_row(mention)
            | {
                "run_id": run_id,
                "incident_id": mention.event_id,
                "scope": "event",
                "month": month_start(mention.event_date),
                "acting": _parties(mention, mention.ACTING),
                "receiving": _parties(mention, mention.RECEIVING),
            },
        )
        for row in _actor_rows(mention):
            yield "event_actors", row


def _parties(mention: Mention, role: str | None) -> str | None:
    """Whom the actors of a role act for, sorted and joined; null where nobody is known."""
    return "+".join(sorted({actor.acts_for for actor in mention.actors if actor.role == role and actor.acts_for is not None})) or None


def _actor_rows(mention: Mention) -> Iterator[Row]:
    shared = {
        "event_id": mention.event_id,
        "incident_id": mention.event_id,
        "event_type": mention.event_type,
        "status": mention.status,
        "event_date": mention.event_date,
        "date_precision": mention.date_precision,
        "date_basis": mention.date_basis,
        "month": month_start(mention.event_date),
        "doc_id": mention.doc_id,
        "published_date": mention.published_date,
        "scope": "event",
    }
    seen: set[tuple[str, ...]] = set()

    def first(*key: str | None) -> bool:
        named = tuple(each for each in key if each is not None)
        if len(named) < len(key) or named in seen:
            return False
        seen.add(named)
        return True

    for position, actor in enumerate(mention.actors):
        yield (
            to_row(actor)
            | shared
            | {
                "position": position,
                "first_in_event": first("event", actor.actor_id),
                "first_in_role": first("role", actor.role, actor.actor_id),
                "first_for_party": first("party", actor.role, actor.acts_for),
            }
        )


def month_start(day: datetime.date | None) -> datetime.date | None:
    """The first day of a day's month."""
    return None if day is None else day.replace(day=1)


def reject_row(reject: Reject) -> Row:
    """A reject as a row; characters that UTF-8 cannot hold (of broken file names and texts) are written as escapes."""
    return {name: value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value for name, value in to_row(reject).items()}
