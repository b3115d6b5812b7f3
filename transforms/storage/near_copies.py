"""Texts that are nearly the same: a wire report as several outlets print it, with another headline, a sentence less, a byline more.

MinHash (Broder 1997; datasketch) of runs of five words estimates which share of their runs two texts have in common, and bands of it (locality-sensitive
hashing; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3) find the pairs that can have enough in common.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import re
import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from transforms.disjoint_sets import DisjointSets

if TYPE_CHECKING:
    import datasketch

_WORD = re.compile(r"\w+")
_RUN = 5
_LEAST_WORDS = 40
_HASHES = 64
_ROWS = 4
"""Hashes in a band. With 16 bands, texts that share four fifths of their runs miss one another once in 5,000 times."""

_MIX = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93], np.uint64).view(np.int64)
_SHARED = 0.8
"""The least share of runs in common; a copy that lost a sentence in ten has about this."""

_DAYS = 3
"""Copies are printed within so many days. Far apart, the same words are a form: the proclamation of last year."""


class Printed(NamedTuple):
    """A document as far as copies are told by it."""

    doc_id: str
    published: datetime.datetime | None
    published_date: datetime.date | None
    text_hash: str
    signature: Sequence[int] | None


@functools.cache
def _empty() -> datasketch.MinHash:
    import datasketch  # it loads SciPy, for which a run without new documents need not wait

    # CRC-32 in C: datasketch's own SHA-1 in Python takes as long as all the rest, and 64 random permutations need no better.
    return datasketch.MinHash(num_perm=_HASHES, seed=1, hashfunc=zlib.crc32)


def signature(text: str) -> tuple[int, ...]:
    """The MinHash of a text's runs of words, as 32-bit integers with sign; empty for texts that are too short to be told apart by it."""
    words = _WORD.findall(text.casefold())
    if len(words) < _LEAST_WORDS:
        return ()
    minhash = _empty().copy()
    minhash.update_batch([" ".join(words[start : start + _RUN]).encode("utf-8", "surrogatepass") for start in range(len(words) - _RUN + 1)])
    return tuple(np.asarray(minhash.hashvalues, np.uint64).astype(np.uint32).view(np.int32).tolist())


def band_keys(signatures: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The bands of signatures, a row each (16 hashes of 64 bits), and the positions that these have among the signatures; short texts have none.

    Texts that share enough of their runs nearly always share a band.
    """
    positions = np.flatnonzero(np.asarray(pc.fill_null(pc.list_value_length(signatures), 0)) == _HASHES)
    values = np.asarray(pc.list_flatten(signatures.take(pa.array(positions))), np.int64).reshape(len(positions), _HASHES // _ROWS, _ROWS)
    with np.errstate(over="ignore"):
        mixed = (values * _MIX).sum(axis=2) * _MIX[0] + np.arange(_HASHES // _ROWS)
    return mixed, positions


class _Text(NamedTuple):
    """A text and all that print it."""

    printed: list[Printed]
    signature: Sequence[int]
    days: list[datetime.date]


def is_near(one: _Text, other: _Text) -> bool:
    """Whether two texts are nearly the same and were printed within days."""
    if sum(map(int.__eq__, one.signature, other.signature)) < _SHARED * _HASHES:
        return False
    at = 0
    for day in one.days:
        while at < len(other.days) and (day - other.days[at]).days > _DAYS:
            at += 1
        if at < len(other.days) and (other.days[at] - day).days <= _DAYS:
            return True
    return False


def months_around(days: Iterable[datetime.date | None]) -> set[datetime.date]:
    """The first days of the months in which copies of documents of these days may have been published."""
    first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()  # which some feeds give where they know no day
    around = {min(max(day.toordinal() + offset, first), last) for day in set(days) if day is not None for offset in (-_DAYS, _DAYS)}
    return {datetime.date.fromordinal(day).replace(day=1) for day in around}


def originals(documents: Iterable[Printed]) -> dict[str, str]:
    """Document -> the earliest that it repeats, directly or over others: by `published`, nulls last, then `doc_id`.

    Args:
        documents: All that may repeat one of them, in any order.
    """
    printed: dict[str, list[Printed]] = {}
    for document in documents:
        printed.setdefault(document.text_hash, []).append(document)
    texts = [_Text(each, each[0].signature or (), sorted(one.published_date for one in each if one.published_date is not None)) for each in printed.values()]
    alike = DisjointSets(len(texts))
    by_band: dict[tuple[int, ...], list[int]] = {}
    for index, text in enumerate(texts):
        for start in range(0, len(text.signature), _ROWS):
            by_band.setdefault((start, *text.signature[start : start + _ROWS]), []).append(index)
    for band in by_band.values():
        for one, other in itertools.combinations(band, 2):
            if alike.find(one) != alike.find(other) and is_near(texts[one], texts[other]):
                alike.union(one, other)
    families: dict[int, list[Printed]] = {}
    for index, text in enumerate(texts):
        families.setdefault(alike.find(index), []).extend(text.printed)
    found: dict[str, str] = {}
    for family in families.values():
        earliest = min(family, key=_age)
        found |= {each.doc_id: earliest.doc_id for each in family if each is not earliest}
    return found


def _age(document: Printed) -> tuple[bool, datetime.datetime, str]:
    return document.published is None, document.published or datetime.datetime.min.replace(tzinfo=datetime.UTC), document.doc_id
