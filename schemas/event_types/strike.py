"""Strikes: armed attacks on a target."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from schemas.columns import column
from schemas.mention import Mention

WEAPONS = ("drone", "missile", "air_strike", "artillery", "rocket", "bomb", "suicide_bomb", "small_arms", "mine", "vehicle", "other", "unknown")
TARGET_KINDS = (
    "energy", "residential", "military", "transport", "port", "medical", "education", "religious", "industry", "government", "aid", "media",
    "person", "other", "unknown",
)  # fmt: skip
CASUALTIES_SCOPES = ("event", "part", "cumulative")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Strike(Mention):
    """One report of an air, drone, missile or rocket strike, shelling, bombing, shooting attack, ambush or armed raid."""

    EVENT_TYPE: ClassVar[str] = "strike"
    VIEW: ClassVar[str] = "strikes"
    ROLES: ClassVar[tuple[str, ...]] = ("attacker", "target")
    ACTING: ClassVar[str] = "attacker"
    RECEIVING: ClassVar[str | None] = "target"

    weapon: str = column("the first weapon named, unless one covers the rest", values=WEAPONS)
    target_kind: str = column("what was hit", values=TARGET_KINDS)
    killed_min: int | None = column("killed, attackers left out, at least", unit="persons", optional=True)
    killed_max: int | None = column("killed at most; null where open", unit="persons", optional=True)
    injured_min: int | None = column("injured at least", unit="persons", optional=True)
    injured_max: int | None = column("injured at most; null where open", unit="persons", optional=True)
    casualties_scope: str = column("what the toll counts; views add `event` alone", values=CASUALTIES_SCOPES)
