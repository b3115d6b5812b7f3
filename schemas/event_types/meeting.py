"""Meetings: encounters or conversations between parties in order to talk."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from schemas.columns import column
from schemas.mention import Mention

FORMATS = ("in_person", "phone", "video", "unknown")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Mention):
    """One report of a meeting, talks, a summit, a call, an official visit or a mediation round."""

    EVENT_TYPE: ClassVar[str] = "meeting"
    VIEW: ClassVar[str] = "meetings"
    ROLES: ClassVar[tuple[str, ...]] = ("participant", "host", "mediator")
    ACTING: ClassVar[str] = "participant"
    RECEIVING: ClassVar[str | None] = None

    format: str = column("how the parties meet", values=FORMATS)
    topic: str | None = column("what is discussed: the words after `on`, `about`, `to discuss`", optional=True)
