"""Offices by the words for them, and who held them."""

from __future__ import annotations

import datetime
import functools

from transforms.events.reference import Entity, Office, persons

OFFICES = {
    "president": ("president",),
    "vice president": ("vice",),
    "prime minister": ("head_of_government",),
    "foreign minister": ("foreign_minister",),
    "defense minister": ("defence_minister",),
    "defence minister": ("defence_minister",),
    "premier": ("head_of_government",),
    "minister": ("head_of_government", "foreign_minister", "defence_minister"),
    "chancellor": ("head_of_government",),
    "king": ("head_of_state",),
    "queen": ("head_of_state",),
    "emir": ("head_of_state",),
    "secretary": ("foreign_minister", "defence_minister"),
}
# Offices that one state alone has.
SOLE_HOLDERS = {"pope": ("head_of_state", "VAT"), "pontiff": ("head_of_state", "VAT"), "taoiseach": ("head_of_government", "IRL")}
HEADS = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")


@functools.lru_cache(maxsize=10_000)
def holder(offices: tuple[str, ...], country: str, day: datetime.date | None) -> Entity | None:
    """Who held one of some offices in a country on a day."""
    return next((e for e, _ in persons().values() if any(o.country == country and is_office(o, offices) and o.held_on(day) for o in e.offices)), None)


def is_office(office: Office, wanted: tuple[str, ...]) -> bool:
    """Whether an office is one of those that a word means."""
    if wanted == ("vice",):
        return office.title.lower().startswith("vice president")
    if wanted == ("president",):
        # by the title and not the rank: beside a prime minister `the President` is somebody else
        return office.office in ("head_of_state", "head_of_government") and "president" in office.title.lower()
    return office.office in wanted
