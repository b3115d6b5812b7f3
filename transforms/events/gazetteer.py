"""Places: what a text calls a place as `schemas.place.Place`, from GeoNames' towns and the tables of `seeds/places/`."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from schemas.place import Place
from transforms.events.cities import Centre, City, cities, fold
from transforms.events.reference import read_table
from transforms.language.words import word_set

_NOWHERE = Centre(None, None, 0)
_LONGEST = 120
"""Characters; what is longer is no name."""

_DIRECTION_PAIRS = re.compile(r"\b(north|south) (east|west)(ern)?\b")
_BEFORE = re.compile(r"^(?:the|in|inside|at|over|across) (?=.)")
_POSSESSIVE = re.compile(r"^(.+?)(?:['’]s|(?<=s)['’])\s+(.+)$")
_COMMA = re.compile(r"^([^,]+),\s*(.+)$")
_ARTICLES = word_set("places", "articles")
_ABBREVIATIONS = {"st": "saint", "mt": "mount", "ft": "fort"}
# Points on a scale of powers of ten of inhabitants.
_STATE = 3.0
_CAPITAL = 1.0
_TABLE = 20.0
_IN_CONTEXT = 2.0
# Towns of the United States named after others are many, and the country is named in nearly every document: it says little about which is meant.
_IN_CONTEXT_USA = 0.6
_OTHER_NAME = -1.0
# A town of `spellings.tsv` is the one that news mostly means: Rafah in Gaza, Bethlehem in the West Bank.
_IN_NEWS = 2.0
# Towns below this need the text's support: a country that the document names, or no hint at all.
_SMALL = 100_000
# A town that stands for itself even where its region or country does not fit what trails it in the text.
_GREAT = 1_000_000
# A town from this size on is meant rather than the division of the same name.
_TOWN_BEFORE_DIVISION = 100_000
# Names whose places are kept, about a kilobyte each.
_KEPT = 4_000
_MARKS = re.compile("['`´‘’ʹʻʼʽʾʿ\u0300-\u036f]")


def _many(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _name_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table("places", "name_words.tsv"):
        found.setdefault(row["use"], set()).update(_many(row["words"]))
    return {use: frozenset(words) for use, words in found.items()}


_WORDS = _name_words()
_DIVISIONS, _TOWNS, _DIRECTIONS = _WORDS["division"], _WORDS["town"], _WORDS["direction"]
_KINDS = _DIVISIONS | _TOWNS | _WORDS["site"]
# `the outskirts of Damascus`, `off the coast of Yemen`
_OF = re.compile(rf"^(?:[a-z]+ ){{0,4}}?(?:{'|'.join(sorted(_KINDS))}|parts?|centre|center|heart|shores|side) (?:of|in) (?:the )?(?=.)")


@dataclasses.dataclass(frozen=True, slots=True)
class _Candidate:
    """A place that a name may mean."""

    name: str
    country: str | None
    admin1: str | None
    """Code of the division, not its name."""
    latitude: float | None
    longitude: float | None
    precision: str
    score: float
    population: int = 0
    capital: bool = False
    usual: bool = False
    """Whether `spellings.tsv` has it: what news mostly means by the name."""

    @property
    def great(self) -> bool:
        """Whether it stands for itself, whatever else the text names."""
        return self.capital or self.usual or self.population >= _GREAT or self.score >= _TABLE or self.precision == "country"


class Gazetteer:
    """Finds places by name.

    Disputed ground has the state that the UN General Assembly recognises, parts of Kashmir the one that administers them; seas and regions of several
    states have none.
    """

    def __init__(self) -> None:
        """Reads the tables and GeoNames' towns: about half a second and 100 MB, once a process."""
        self._cities = cities()
        self._centres = self._cities.centres()
        self._divisions: dict[tuple[str, str], str] = {}
        self._known: dict[str, list[_Candidate]] = {}
        self._capitals: set[tuple[str, str]] = set()
        self._codes: set[str] = set()
        self._spellings: dict[str, list[tuple[str, str, str]]] = {}
        self._usual: dict[tuple[str, str], str] = {}
        # News names the same places again and again.
        self._candidates = functools.lru_cache(maxsize=_KEPT)(self._all_candidates)
        self._meant = functools.lru_cache(maxsize=_KEPT)(self._looked_up)
        self._load_tables()
        self._load_states()
        self._load_divisions()
        for row in read_table("places", "spellings.tsv"):
            key = fold(row["geonames"] or row["name"])
            self._usual[key, row["country"]] = row["name"]
            for name in _names(row):
                self._spellings.setdefault(fold(name), []).append((key, row["country"], row["name"]))

    def lookup(self, name: str, *, within: str | None = None, context: Collection[str] = ()) -> Place | None:
        """The place that a name means.

        Args:
            name: As the text has it: `Hroza`, `southern Lebanon`, `the outskirts of Damascus`, `Nangarhar province`, `Ukraine's Kharkiv`, `Paris, Texas`.
            within: ISO 3166-1 alpha-3 code or name of the country or region that trails the name in the text.
            context: ISO alpha-3 codes of the countries that the document names, most frequent first: they decide between namesakes.

        Returns:
            The place; where only `within` is known, the name with its country as a town without coordinates; None where nothing is known.
        """
        text = " ".join(name.split())
        return self._meant(text, within, tuple(context)) if text and len(text) <= _LONGEST else None

    def _looked_up(self, text: str, within: str | None, context: Collection[str]) -> Place | None:
        areas = self._areas(within, context)
        rest = text
        for inner, outer in _splits(text):
            own = self._areas(outer, context) if outer else areas
            found = self._best(inner, own, context)
            if found is not None and not (outer and found.precision == "country"):
                return self._place(text, found)
            if outer and own:
                # `Hroza, Ukraine` says where an unknown place lies; its namesakes elsewhere are not meant.
                areas, rest = own, inner
                break
        if areas:
            country, admin1 = areas[0]
            return Place(text=text, name=rest, country=country, admin1=self._divisions.get((country, admin1 or "")), precision="city")
        return None

    def _best(self, text: str, areas: list[tuple[str, str | None]], context: Collection[str]) -> _Candidate | None:
        first = text.partition(" ")[0]
        part_alone = first.islower() and first in _DIRECTIONS
        for number, (key, preferred) in enumerate(_forms(text)):
            candidates = self._candidates(key, preferred)
            if part_alone and not number:
                # `in east London` is in London, and not the town of East London
                candidates = [each for each in candidates if each.precision != "city"]
            if not areas and not context and key in _WORDS["generic"]:
                continue
            if areas:
                fitting = [each for each in candidates if _inside(each, areas, exact=True)]
                fitting = fitting or [each for each in candidates if each.great and (_inside(each, areas, exact=False) or each.country is None)]
                candidates = fitting or [each for each in candidates if each.great and each.precision != "admin1"]
            elif context:
                candidates = [each for each in candidates if each.population >= _SMALL or each.great or each.precision != "city" or each.country in context]
                if key in _WORDS["generic"]:
                    candidates = [each for each in candidates if each.country in context]
            if candidates:
                ranks = {code: rank for rank, code in enumerate(context)}
                return max(candidates, key=lambda each: _score(each, ranks))
        return None

    def _all_candidates(self, key: str, preferred: str | None) -> list[_Candidate]:
        """All that a folded name can mean, less what the preferred precision rules out."""
        known = self._known.get(key, [])
        towns = {}
        for geonames, country, usual in self._spellings.get(key, []):
            for city in self._cities.find(geonames):
                if city.country == country and city.main:
                    towns[city.latitude, city.longitude] = self._town(city, key, True, usual)
                    break
        for city in self._cities.find(key):
            towns.setdefault((city.latitude, city.longitude), self._town(city, key, city.main, None))
        if preferred == "admin1" and any(each.precision == "admin1" for each in known):
            # `the Red Sea region` is the sea's, though a division is called after it
            # … and behind a town `Niger` is the state as well as a division of Nigeria
            return [each for each in known if each.precision in ("admin1", "country") or (each.precision == "region" and each.country is None)]
        if preferred == "city" and towns:
            return list(towns.values())
        large = {each.country: each.population for each in towns.values() if each.score >= math.log10(max(each.population, 1))}
        return [
            *(each for each in known if each.precision != "admin1" or large.get(each.country, 0) < min(_TOWN_BEFORE_DIVISION, max(each.population // 4, 1))),
            *towns.values(),
        ]

    def _town(self, city: City, key: str, main: bool, usual: str | None) -> _Candidate:
        capital = (key, city.country) in self._capitals
        return _Candidate(
            name=usual or self._usual.get((fold(city.name), city.country)) or _english(city.name, city.country),
            country=city.country,
            admin1=city.admin1,
            latitude=city.latitude,
            longitude=city.longitude,
            precision="city",
            score=math.log10(max(city.population, 1)) + (0 if main or capital else _OTHER_NAME) + (_CAPITAL if capital else 0) + (_IN_NEWS if usual else 0),
            population=city.population,
            capital=capital,
            usual=usual is not None,
        )

    def _areas(self, within: str | None, context: Collection[str]) -> list[tuple[str, str | None]]:
        """The countries and divisions that `within` may mean, likeliest first; none where it means nothing with a country."""
        if not within:
            return []
        if within in self._codes:
            return [(within, None)]
        ranks = {code: rank for rank, code in enumerate(context)}
        for inner, outer in _splits(" ".join(within.split())[:_LONGEST]):
            outside = self._areas(outer, context) if outer else []
            for key, preferred in _forms(inner):
                candidates = [
                    each for each in self._candidates(key, preferred or "admin1") if each.country and (not outside or _inside(each, outside, exact=False))
                ]
                wide = [each for each in candidates if each.precision != "city"] or candidates
                if wide:
                    best = sorted(wide, key=lambda each: -_score(each, ranks))
                    return [(each.country, each.admin1 or None) for each in best if each.country]
            if outside:
                return outside  # `the Kansai region, Japan`: an unknown part of what is known
        return []

    def _place(self, text: str, found: _Candidate) -> Place:
        admin1 = self._divisions.get((found.country or "", found.admin1 or ""))
        return Place(
            text=text, name=found.name, country=found.country, admin1=admin1, latitude=found.latitude, longitude=found.longitude, precision=found.precision
        )

    def _know(self, names: Iterable[str], candidate: _Candidate) -> None:
        for key in dict.fromkeys(fold(name) for name in names):
            if key:
                self._known.setdefault(key, []).append(candidate)

    def _load_tables(self) -> None:
        for file, precision in (("landmarks.tsv", None), ("regions.tsv", "region"), ("seas.tsv", "region")):
            for row in read_table("places", file):
                place = _Candidate(
                    row["name"], row.get("country") or None, None, float(row["latitude"]), float(row["longitude"]), precision or row["precision"], _TABLE
                )
                self._know(_names(row), place)

    def _load_states(self) -> None:
        for row in read_table("actors", "states.tsv"):
            centre = self._centres.get((row["code"], None), _NOWHERE)
            score = math.log10(max(centre.population, 1)) + _STATE
            state = _Candidate(row["name"], row["code"], None, centre.latitude, centre.longitude, "country", score, centre.population)
            self._codes.add(row["code"])
            self._know(itertools.chain(_names(row), _many(row["former"])), state)
            self._capitals.update((fold(name), row["code"]) for name in _many(row["capital"]))

    def _load_divisions(self) -> None:
        for row in read_table("places", "admin1.tsv"):
            code = row["country"], row["code"]
            self._divisions[code] = row["name"]
            centre = self._centres.get(code, _NOWHERE)
            score = math.log10(max(centre.population, 1))
            division = _Candidate(row["name"], *code, centre.latitude, centre.longitude, "admin1", score, centre.population)
            forms = [fold(name) for name in _names(row)]
            self._know([*forms, *(_without_kind(form)[0] for form in forms)], division)


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded at first use and kept for the process."""
    return Gazetteer()


def _names(row: dict[str, str]) -> list[str]:
    return [row["name"], *_many(row["aliases"])]


def _english(name: str, country: str) -> str:
    """A name of GeoNames without the marks of a transliteration."""
    if country not in _WORDS["transliterated"]:
        return name
    return _MARKS.sub("", unicodedata.normalize("NFKD", name))


def _inside(candidate: _Candidate, areas: list[tuple[str, str | None]], *, exact: bool) -> bool:
    """Whether a place lies in one of some areas; sites and regions of the tables have no division, and fit by country."""
    return any(candidate.country == country and (not exact or admin1 is None or candidate.admin1 in (None, admin1)) for country, admin1 in areas)


def _score(candidate: _Candidate, ranks: dict[str, int]) -> float:
    rank = ranks.get(candidate.country or "")
    if rank is None:
        return candidate.score
    bonus = _IN_CONTEXT_USA if candidate.country == "USA" else _IN_CONTEXT
    return candidate.score + bonus * max(1 - 0.1 * rank, 0.5)


def _splits(text: str) -> Iterator[tuple[str, str | None]]:
    """A name whole, then what it says itself of where it lies: `Paris, Texas`, `Ukraine's Kharkiv`."""
    yield text, None
    if found := _COMMA.match(text):
        yield found[1], found[2]
        yield found[1], None
    if found := _POSSESSIVE.match(text):
        if all(word in _DIRECTIONS | _KINDS for word in fold(found[2]).split()):
            # `Beirut's southern suburbs`: a part without a name of its own
            yield found[1], None
        else:
            yield found[2], found[1]
            yield found[2], None


def _without_kind(key: str) -> tuple[str, str | None]:
    """A folded name without the words for its kind behind it, and the precision that these prefer."""
    words = key.split(" ")
    preferred: str | None = None
    while len(words) > 1 and (words[-1] in _KINDS or (preferred is not None and words[-1] in _WORDS["modifier"])):
        preferred = ("admin1" if words[-1] in _DIVISIONS else "city" if words[-1] in _TOWNS else preferred or "any") if preferred is None else preferred
        words.pop()
    return " ".join(words), preferred


@functools.lru_cache(maxsize=_KEPT)
def _forms(text: str) -> tuple[tuple[str, str | None], ...]:
    """Folded forms of a name to look up, the fullest first, with the precision that a word left out prefers."""
    seen: dict[tuple[str, str | None], None] = {}
    for key, preferred in _shortened(fold(text)):
        variants = [key]
        first, _, rest = key.partition(" ")
        if rest and first in _ABBREVIATIONS:
            variants.append(f"{_ABBREVIATIONS[first]} {rest}")
        bare = next((key.removeprefix(article) for article in _ARTICLES if key.startswith(article)), None)
        variants += [bare, *(article + bare for article in ("al ", "el "))] if bare else [article + key for article in ("al ", "ar ", "as ")]
        for form in variants:
            if len(form) > 1 and form not in _WORDS["empty"]:
                seen[form, preferred] = None
    return tuple(seen)


def _shortened(key: str) -> Iterator[tuple[str, str | None]]:
    """A folded name as it is, then without what may stand around it, step by step."""
    preferred: str | None = None
    for _ in range(6):
        if not key:
            return
        yield key, preferred
        shorter, kind = _without_kind(key)
        if kind is not None:
            yield shorter, kind
        if found := _OF.match(key) or _BEFORE.match(key):
            key = key[found.end() :]
            continue
        words = _DIRECTION_PAIRS.sub(r"\1\2\3", key).split(" ")
        if len(words) > 1 and words[0] in _DIRECTIONS:
            key = " ".join(itertools.dropwhile(_DIRECTIONS.__contains__, words))
            continue
        if kind is None:
            return
        key, preferred = shorter, kind
