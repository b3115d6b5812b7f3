from __future__ import annotations

import datetime
from unittest import mock

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.storage import shards
from transforms.storage.shards import KEYS

DAY = datetime.date(2025, 3, 1)
told = st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 9)), st.lists(st.integers(0, 12), max_size=4, unique=True)), min_size=1, max_size=30)


def keys(rows: list[tuple[int | None, list[int]]]) -> pa.Table:
    days = [None if day is None else DAY + datetime.timedelta(day) for day, _ in rows]
    return pa.table([["d"] * len(rows), days, [sorted(blocks) for _, blocks in rows]], schema=KEYS)


@settings(max_examples=200, deadline=None)
@given(told, st.integers(1, 8))
def test_mentions_that_share_a_block_meet_in_its_shard(rows: list[tuple[int | None, list[int]]], size: int) -> None:
    with mock.patch.object(shards, "_MENTIONS", size):
        placement = shards._Placement.of(keys(rows))
    which, numbers, within = placement.shards_of(np.arange(len(rows)))
    found: dict[int, set[int]] = {}
    for mention, number in zip(which.tolist(), numbers.tolist(), strict=True):
        found.setdefault(mention, set()).add(number)
    assert sorted(found) == list(range(len(rows)))
    assert len(which) == sum(map(len, found.values()))
    assert [len(found[mention]) == 1 for mention in range(len(rows))] == within.tolist()
    for block in {each for _, blocks in rows for each in blocks}:
        holding = [mention for mention, (_, blocks) in enumerate(rows) if block in blocks]
        assert set.intersection(*(found[mention] for mention in holding))


def test_few_mentions_are_one_shard_whatever_their_blocks() -> None:
    placement = shards._Placement.of(keys([(0, [1]), (5, [2]), (None, [])]))
    _, numbers, within = placement.shards_of(np.array([2, 0, 1]))
    assert (numbers.tolist(), within.tolist()) == ([0, 0, 0], [True, True, True])


def test_shards_follow_the_days_of_publication() -> None:
    with mock.patch.object(shards, "_MENTIONS", 2):
        placement = shards._Placement.of(keys([(9, [5]), (0, [1]), (None, [7]), (1, [1, 2]), (5, [2, 3])]))
    which, numbers, within = placement.shards_of(np.arange(5))
    assert list(zip(which.tolist(), numbers.tolist(), strict=True)) == [(0, 1), (1, 0), (2, 2), (3, 0), (4, 0), (4, 1)]
    assert within.tolist() == [True, True, True, True, False]
