"""The event types: every module of this folder declares one `Mention` subclass, and that is all a new type needs here."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from schemas.columns import Column, columns
from schemas.mention import Mention


@functools.cache
def event_types() -> dict[str, type[Mention]]:
    """Event type -> its record class, by name of the type."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {each.EVENT_TYPE: each for each in sorted(Mention.__subclasses__(), key=lambda each: each.EVENT_TYPE)}


def own_columns(record: type) -> tuple[Column, ...]:
    """The columns that an event type adds to those of every mention."""
    shared = {each.name for each in columns(Mention)}
    return tuple(each for each in columns(record) if each.name not in shared)
