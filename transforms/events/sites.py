"""Sites, regions and seas in a sentence by their names of several words, which a small model often takes for persons or bodies: `Kerem Shalom crossing`."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import ahocorasick_rs

from transforms.events.names import is_whole
from transforms.events.reference import read_table

_TABLES = ("landmarks.tsv", "regions.tsv", "seas.tsv")


def find_sites(text: str) -> Iterator[tuple[int, int]]:
    """Where a text names a site, region or sea of `seeds/places`, `[start, end)` in code points, from left to right; case counts."""
    for _, start, end in _scanner().find_matches_as_indexes(text.replace("’", "'")):
        if is_whole(text, start, end):
            yield start, end


@functools.cache
def _scanner() -> ahocorasick_rs.AhoCorasick:
    rows = (row for table in _TABLES for row in read_table("places", table))
    names = {name for row in rows for name in (row["name"], *row["aliases"].split("|")) if " " in name}
    return ahocorasick_rs.AhoCorasick(sorted(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
