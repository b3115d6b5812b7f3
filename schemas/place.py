"""Where an event happens."""

from __future__ import annotations

import dataclasses

from schemas.columns import column

PLACE_PRECISIONS = ("point", "city", "admin1", "country", "region")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as the text names it, and what the gazetteer knows of it."""

    text: str = column("the words that name it, as written")
    name: str | None = column("usual English name", optional=True)
    country: str | None = column("ISO 3166-1 alpha-3; null for seas and regions of several states", optional=True)
    admin1: str | None = column("first-level division", optional=True)
    latitude: float | None = column("latitude, WGS 84", unit="degrees", optional=True)
    longitude: float | None = column("longitude, WGS 84", unit="degrees", optional=True)
    precision: str | None = column("how fine the place is", values=PLACE_PRECISIONS, optional=True)
