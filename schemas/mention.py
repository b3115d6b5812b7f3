"""A mention: one event of one type reported in one sentence. Event types add fields of their own (`schemas.event_types`)."""

from __future__ import annotations

import dataclasses
import datetime
from typing import ClassVar

from schemas.actor import Actor
from schemas.columns import column
from schemas.place import Place

STATUSES = ("occurred", "ongoing", "planned", "proposed", "cancelled", "denied")
DATE_PRECISIONS = ("day", "week", "month", "year", "range")
DATE_BASES = ("text", "carried", "published", "before", "after")
BLAMES = ("asserted", "claimed", "alleged")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What every event type has. A subclass names its type, its view and its roles, and adds its own fields."""

    EVENT_TYPE: ClassVar[str]
    VIEW: ClassVar[str]
    ROLES: ClassVar[tuple[str, ...]]
    # The role that acts and the role that is acted on, for dyads; None where parties are on one footing.
    ACTING: ClassVar[str]
    RECEIVING: ClassVar[str | None]

    event_id: str = column("hash of document, type, trigger offsets and a counter where these coincide")
    event_type: str = column("kind of event")
    doc_id: str = column("the document")
    published: datetime.datetime | None = column("when the document was published", unit="UTC", optional=True)
    published_date: datetime.date | None = column("calendar day of publication", optional=True)
    status: str = column("whether it happened", values=STATUSES)
    event_date: datetime.date | None = column("first day of the event, inclusive", optional=True)
    event_date_end: datetime.date | None = column("last day of the event, inclusive", optional=True)
    date_precision: str | None = column("how fine the date is", values=DATE_PRECISIONS, optional=True)
    date_basis: str | None = column("what the date rests on", values=DATE_BASES, optional=True)
    date_text: str | None = column("the time expression as written", optional=True)
    locations: tuple[Place, ...] = column("where it happens; the first is the main place")
    sentence: str = column("the evidence")
    sentence_start: int = column("where the sentence begins in the document's text", unit="code points")
    sentence_end: int = column("where it ends, exclusive", unit="code points")
    trigger: str = column("the word or phrase that reports the event")
    trigger_start: int = column("where the trigger begins in the document's text", unit="code points")
    trigger_end: int = column("where it ends, exclusive", unit="code points")
    actors: tuple[Actor, ...] = column("who takes part, in which role")
    attributed_to: str | None = column("who says so; null where the text asserts it", optional=True)
    blame: str | None = column("how the acting party is named", values=BLAMES, optional=True)
    rule: str = column("the frame and rule that made it")
    confidence: float | None = column(
        "0 to 1: how probable it is that type, sentence, every actor and status are right; of the mentions at 0.8 about 80 % are", optional=True
    )
    model: str = column("spaCy pipeline and its version")
    version: str = column("version of dateline and fingerprint of its seeds")
    run_id: str = column("the run that stored it")
