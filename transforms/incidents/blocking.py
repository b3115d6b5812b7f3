"""Which mentions are compared at all: those that share a block key. The keys of a mention depend on that mention alone.

A join asks for a shared town, for two shared parties, or for one; and, between documents, for days that meet. So the keys are a town, two parties, or one
party, each with a span of days, and for joins within a document the document with a party or town. Which of them a type uses follows from its joins.
Blocks are as small as the joins allow: none is cut off at a size, since then what is compared would depend on what else there is.

A key is a number of 64 bits. Two keys that fall together by chance only make two mentions be compared that need not be.
"""

from __future__ import annotations

import array
import datetime
import functools
import hashlib
import itertools
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from transforms.incidents.dates import window
from transforms.incidents.protocol import BLOCKS
from transforms.incidents.reports import EVENT, PROCESS, Report, Town
from transforms.incidents.rules import IncidentRules

_PAIRED = 4
"""So many parties of a longer list stand for all: those with the least numbers, so that two reports of one summit choose alike."""

_ODD, _MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1


def key_of(text: str) -> int:
    """The number that stands for a name or a key."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


_number = functools.lru_cache(maxsize=65_536)(key_of)


def with_part(key: int, part: int) -> int:
    """A key for a part of what another stands for: one of its days, what one document says of it."""
    return (key + part * _ODD) & _MASK


def block_keys(report: Report, told: str | None, rules: IncidentRules) -> set[int]:
    """The keys of a mention.

    Mentions that a join makes one incident, or that are told as one process, share one. Of long lists of parties (`_PAIRED`) only those are compared that agree
    on the parties that stand for them, or on a town; of two names for one town (`rules.Places.near_km`) those that agree on parties.

    Args:
        report: The mention.
        told: Its `process_key`.
        rules: The rules of its type.
    """
    features = report.features
    found = {key_of(told)} if told is not None else set()
    if features.kind == PROCESS:
        return found or {key_of(f"{rules.event_type}|alone|{report.event_id}")}
    within, across = _anchors(features.towns, features.sides, rules.event_type, rules.anchors)
    if within:
        document = _number(f"{rules.event_type}|in|{report.doc_id}")
        found.update([with_part(document, anchor) for anchor in within])
    days = window(features, rules.dates)
    if days is not None:
        width = rules.dates.bucket_days
        found.update([with_part(anchor, bucket) for bucket in range(days[0] // width, days[1] // width + 1) for anchor in across])
    return found or {key_of(f"{rules.event_type}|alone|{report.event_id}")}


class Keys(NamedTuple):
    """The keys of many reports: all of them in a row, and where those of each report end."""

    flat: array.array[int]
    ends: array.array[int]

    @classmethod
    def empty(cls) -> Keys:
        """The keys of no report, to be added to."""
        return cls(array.array("Q"), array.array("q"))

    def of(self, report: int) -> array.array[int]:
        """The keys of one report."""
        return self.flat[self.ends[report - 1] if report else 0 : self.ends[report]]

    def add(self, found: set[int]) -> None:
        """Appends the keys of the next report."""
        self.flat.extend(found)
        self.ends.append(len(self.flat))

    def stored(self, start: int, end: int) -> pa.Array:
        """The keys of reports from `start` to before `end` as the store keeps them (`protocol.BLOCKS`), ascending: 31 bits of each."""
        offsets = np.concatenate([[0], np.frombuffer(self.ends, np.int64)])[start : end + 1] if self.ends else np.zeros(1, np.int64)
        values = np.frombuffer(self.flat, np.uint64)[offsets[0] : offsets[-1]] if self.flat else np.empty(0, np.uint64)
        values = (values >> np.uint64(33)).astype(np.int32)
        order = np.lexsort((values, np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))))
        return pa.ListArray.from_arrays(pa.array((offsets - offsets[0]).astype(np.int32)), pa.array(values[order])).cast(BLOCKS)


@functools.lru_cache(maxsize=512)
def _anchors(
    towns: tuple[Town, ...], sides: tuple[frozenset[str], ...], event_type: str, anchors: tuple[bool, bool, bool]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers of what mentions share that are compared, within a document and between documents."""
    parties = frozenset().union(*sides)
    by_town, by_one, by_two = anchors
    names = [f"{event_type}|town|{town.name}" for town in towns] if by_town else []
    if by_one:
        names += [f"{event_type}|party|{party}" for party in parties]
    elif by_two:
        chosen = sorted(sorted(parties, key=_number)[:_PAIRED]) if len(parties) > _PAIRED else sorted(parties)
        names += [f"{event_type}|parties|{first}|{second}" for first, second in itertools.combinations(chosen, 2)]
    within = [*parties, *(town.name for town in towns)]
    return tuple(map(_number, within)), tuple(map(_number, names))


def process_key(report: Report, rules: IncidentRules) -> str | None:
    """What mentions of one process share: its parties, the own fields that tell it from others, and the month in which it is told.

    A process has no day, so without a bound all reports of a war's attacks would be one incident, and each new one would have the store look at all of them.
    By month it can be followed over time. None for single events, and where no party is named.
    """
    features = report.features
    if features.kind == EVENT or not features.parties:
        return None
    told = datetime.date.fromordinal(features.published).strftime("%Y-%m") if features.published is not None else f"in {report.doc_id}"
    sides = "/".join("+".join(sorted(side)) for side in features.sides)
    values = "/".join("" if value is None else str(value) for value in features.process_key)
    return f"{rules.event_type}|process|{told}|{sides}|{values}"
