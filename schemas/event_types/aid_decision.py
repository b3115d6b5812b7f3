"""Aid decisions: steps in deciding on or giving assistance."""

from __future__ import annotations

import dataclasses
import datetime
from typing import ClassVar

from schemas.columns import column
from schemas.mention import Mention

DECISIONS = ("requested", "proposed", "pledged", "approved", "delivered", "rejected", "suspended")
DIRECTIONS = ("give", "cut")
AID_KINDS = ("military", "financial", "humanitarian", "reconstruction", "other", "unknown")
AMOUNT_SCOPES = ("once", "per_year", "multi_year", "total_to_date")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AidDecision(Mention):
    """One report of a step: asked, weighed, promised, authorised, given, refused or stopped."""

    EVENT_TYPE: ClassVar[str] = "aid_decision"
    VIEW: ClassVar[str] = "aid_decisions"
    ROLES: ClassVar[tuple[str, ...]] = ("donor", "recipient", "requester")
    ACTING: ClassVar[str] = "donor"
    RECEIVING: ClassVar[str | None] = "recipient"

    decision: str = column("which step it is", values=DECISIONS)
    direction: str = column("`cut` for suspended steps and plans to reduce", values=DIRECTIONS)
    aid_kind: str = column("what is given; mixed takes the first named", values=AID_KINDS)
    amount: float | None = column("money, the lower end of a range", unit="units of `currency`", optional=True)
    amount_max: float | None = column("upper end of a range", unit="units of `currency`", optional=True)
    currency: str | None = column("ISO 4217 code", optional=True)
    amount_scope: str | None = column("what the amount covers", values=AMOUNT_SCOPES, optional=True)
    items: str | None = column("the things given, as written", optional=True)
    amount_usd: float | None = column(
        "amount at the ECB rate of the last banking day on or before the earlier of event and publication", unit="USD", optional=True
    )
    usd_rate_date: datetime.date | None = column("the day of that rate", optional=True)
