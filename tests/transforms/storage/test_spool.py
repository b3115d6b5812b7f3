from __future__ import annotations

import contextlib
import datetime
import pathlib

import numpy as np
import pyarrow as pa
import pytest

from schemas.tables import tables
from transforms.storage import spool as spool_module
from transforms.storage.spool import MonthlySpool, Spool

NUMBERS = pa.schema([("number", pa.int64()), ("names", pa.list_(pa.struct([("name", pa.string())])))])


def numbers(*values: int) -> pa.Table:
    return pa.table([list(values), [[{"name": str(each)}] for each in values]], schema=NUMBERS)


@pytest.fixture(params=[0, 100, 1 << 20], autouse=True, ids=["on disk", "some at a time on disk", "in memory"])
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_module, "_HELD_BYTES", request.param)


def test_rows_are_found_by_their_key_in_their_order(tmp_path: pathlib.Path) -> None:
    with contextlib.closing(Spool(tmp_path, NUMBERS)) as spool:
        spool.append("b", numbers(3, 1))
        spool.append("a", numbers(5))
        spool.append("b", numbers(2))
        spool.append("c", numbers())
        assert (spool.rows, spool.found_by) == (4, ["b", "a"])
        assert spool.collect("b").equals(numbers(3, 1, 2))
        assert spool.collect("a").equals(numbers(5))
        assert spool.collect("b", ["names"]).column_names == ["names"]
        assert spool.collect("c").equals(numbers())
        assert sorted(spool.collect().column("number").to_pylist()) == [1, 2, 3, 5]
        for key in ("a", "b", "c"):
            assert spool.collect().take(pa.array(spool.positions(key))).equals(spool.collect(key))
    assert list(tmp_path.iterdir()) == []


def test_small_pieces_are_read_together(tmp_path: pathlib.Path) -> None:
    with contextlib.closing(Spool(tmp_path, NUMBERS)) as spool:
        for start in range(0, 60_000, 500):
            spool.append(str(start % 1000), numbers(*range(start, start + 500)))
        assert [rows.num_rows >= 25_000 for rows in spool.read()][:-1] == [True] * (len(list(spool.read())) - 1)
        assert spool.collect("0", ["number"]).column("number").to_pylist() == [n for start in range(0, 60_000, 1000) for n in range(start, start + 500)]
        assert spool.collect("0").equals(spool.collect().take(pa.array(spool.positions("0"))))


def test_rows_are_scattered_by_numbers(tmp_path: pathlib.Path) -> None:
    with contextlib.closing(Spool(tmp_path, NUMBERS)) as spool:
        spool.scatter(np.array([1, 0, 1, 0]), numbers(10, 20, 30, 40))
        spool.scatter(np.array([0]), numbers(50))
        spool.scatter(np.empty(0, np.int64), numbers())
        assert spool.collect("0").equals(numbers(20, 40, 50))
        assert spool.collect("1").equals(numbers(10, 30))


@pytest.mark.parametrize("days", [
    ["0001-01-31", "0001-02-01"],
    ["2024-02-29", "2024-03-01", None, "2024-02-01"],
    ["9999-12-31", "9999-12-01"],
])  # fmt: skip
def test_rows_by_month(days: list[str | None], tmp_path: pathlib.Path) -> None:
    parsed = [None if day is None else datetime.date.fromisoformat(day) for day in days]
    schema = pa.schema([("day", pa.date32())])
    with contextlib.closing(MonthlySpool(tmp_path, schema, "day")) as spool:
        for day in parsed:
            spool.put(pa.table([[day]], schema=schema))
        found = {month: spool.collect(month).column("day").to_pylist() for month in spool.found_by}
    expected: dict[str, list[datetime.date | None]] = {}
    for day in parsed:
        expected.setdefault("undated" if day is None else f"{day.year:04d}-{day.month:02d}", []).append(day)
    assert found == expected


def test_months_are_those_of_the_store(tmp_path: pathlib.Path) -> None:
    with contextlib.closing(MonthlySpool.of(tmp_path, "incidents")) as spool:
        assert spool.schema.equals(tables()["incidents"].schema)
    with pytest.raises(ValueError, match="duplicates is not kept by month"):
        MonthlySpool.of(tmp_path, "duplicates")
