"""Whether something happened, in the five ways that the report draws and counts apart."""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "happened": "happened",
    "planned": "planned",
    "asked": "asked for or weighed",
    "stopped": "called off or stopped",
    "denied": "denied or refused",
}
"""Standing -> how people read it; `happened` is the first, and the others are never added to it."""

_OF_STATUS = {"occurred": "happened", "ongoing": "happened", "planned": "planned", "proposed": "asked", "cancelled": "stopped", "denied": "denied"}
# A step that was taken and by which nothing was given: asking for aid has occurred, the aid has not.
_OF_DECISION = {"requested": "asked", "proposed": "asked", "rejected": "denied", "suspended": "stopped"}


def standing(status: str, decision: str | None = None) -> str:
    """How an incident or a mention stands.

    Args:
        status: Its status.
        decision: Its step, of an event type that has steps.

    Returns:
        A key of `LABELS`.
    """
    found = _OF_STATUS[status]
    return found if found != "happened" or decision is None else _OF_DECISION.get(decision, found)
