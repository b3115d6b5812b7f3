"""Who takes part in an event, and in which role."""

from __future__ import annotations

import dataclasses

from schemas.columns import column

ACTOR_KINDS = ("state", "person", "organisation", "armed_group", "group")
# PLOVER's sector codes (Open Event Data Alliance, PLOVER manual), and IGO and NGO.
SECTORS = (
    "GOV", "MIL", "COP", "SPY", "LEG", "JUD", "PTY", "OPP", "REB", "UAF", "CRM", "CVL", "BUS", "LAB", "JRN", "MED", "EDU", "REL", "REF",
    "ELI", "SOC", "PRE", "UNK", "IGO", "NGO",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One actor of a mention in one role; an unresolved one keeps its words and has neither id nor name."""

    role: str = column("the part it takes, one of the event type's roles")
    text: str = column("the words that name it, as written")
    actor_id: str | None = column("ISO 3166-1 alpha-3 code for a state, else a slug of seeds/actors/; null where unresolved", optional=True)
    name: str | None = column("usual English full name", optional=True)
    kind: str | None = column("what it is", values=ACTOR_KINDS, optional=True)
    acts_for: str | None = column("in whose name it counts: an ISO code, an organisation's or armed group's actor_id, or null", optional=True)
    country: str | None = column("its country, for an armed group its base; ISO 3166-1 alpha-3", optional=True)
    sector: str | None = column("PLOVER sector, IGO or NGO", values=SECTORS, optional=True)
    office: str | None = column("the office it held at the event's date", optional=True)
    reason: str = column("how the words were resolved to this actor")
    text_start: int = column("where the words begin in the document's text", unit="code points")
    text_end: int = column("where they end, exclusive", unit="code points")
