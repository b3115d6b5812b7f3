from __future__ import annotations

import collections
import datetime

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from schemas.tables import tables
from transforms.storage.months import by_month, month_names, split_by_month
from transforms.storage.periods import month_name

DAYS = st.lists(st.none() | st.dates(), max_size=30)


@given(DAYS)
def test_rows_are_split_by_month_in_their_order(days: list[datetime.date | None]) -> None:
    rows = pa.table({"day": pa.array(days, pa.date32()), "number": pa.array(range(len(days)), pa.int64())})
    expected: dict[str, list[int]] = collections.defaultdict(list)
    for number, day in enumerate(days):
        expected[month_name(day)].append(number)
    assert {month: found.column("number").to_pylist() for month, found in split_by_month(rows, "day").items()} == expected
    assert month_names(rows.column("day")) == expected.keys()


def test_a_table_in_one_piece_is_not_split() -> None:
    rows = tables()["duplicates"].schema.empty_table()
    assert by_month("duplicates", rows) == {}
    one = pa.Table.from_pylist([{"doc_id": "b", "duplicate_of": "a"}], schema=rows.schema)
    assert by_month("duplicates", one) == {"": [one]}
