from __future__ import annotations

import contextlib
import itertools
import pathlib
import random
import tempfile

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.incidents.mentions import strike, table
from transforms.incidents.protocol import light_schema
from transforms.storage import told
from transforms.storage.told import Told

DAYS = [None, *(f"2025-03-{day:02d}" for day in range(1, 9))]


def _mentions(days: list[str | None]) -> pa.Table:
    rows = [strike("RUS", "UKR", published=day, doc=f"d{number % 3}", event_id=f"{number * 7919 % 1000:03d}") for number, day in enumerate(days)]
    return table(rows).cast(light_schema())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(DAYS), max_size=30), st.integers(1, 9), st.randoms(use_true_random=False))
def test_mentions_come_in_order_whatever_the_pieces(days: list[str | None], size: int, chance: random.Random) -> None:
    ordered = _mentions(days)
    shuffled = ordered.take(pa.array(chance.sample(range(len(days)), len(days)), pa.int64()))
    cuts = sorted(chance.randrange(len(days) + 1) for _ in range(4))
    parts = [shuffled.slice(start, end - start) for start, end in itertools.pairwise([0, *cuts, len(days)])]
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(told, "_TOGETHER", size)
        with contextlib.closing(Told(pathlib.Path(folder), iter(parts))) as found:
            read = list(found.read())
            assert pa.concat_tables([ordered.slice(0, 0), *read]).equals(ordered)
            assert pa.concat_tables([ordered.slice(0, 0), *found.read()]).equals(ordered)
            assert max((rows.num_rows for rows in read), default=0) <= size
            assert found.rows == len(days)
            assert found.event_ids.to_pylist() == ordered.column("event_id").to_pylist()
            assert set(found.doc_ids.to_pylist()) == set(ordered.column("doc_id").to_pylist())
            assert found.months == {"undated" if day is None else day[:7] for day in days}
        assert list(pathlib.Path(folder).iterdir()) == []
