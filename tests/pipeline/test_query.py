from __future__ import annotations

import datetime
import decimal
import json
import pathlib
import uuid

import duckdb
import pytest

from pipeline.query import cell_text, whole_file, write_result

VALUES = (
    "SELECT NULL AS a, 1.5::DECIMAL(4,2) AS b, [1, NULL] AS c, {'x': DATE '2025-01-02'} AS d, 'nan'::DOUBLE AS e, sum(2) AS f, true AS g, INTERVAL 1 DAY AS h"
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (2.0, "2"),
        (0.5, "0.5"),
        (1e300, "1e+300"),
        (decimal.Decimal("1.50"), "1.50"),
        (datetime.date(2025, 3, 1), "2025-03-01"),
        (datetime.datetime(2025, 3, 1, 12, tzinfo=datetime.UTC), "2025-03-01 12:00:00+00:00"),
        (["é", None, {"a": datetime.date(2025, 3, 1)}], '["é", null, {"a": "2025-03-01"}]'),
        (uuid.UUID(int=0), "00000000-0000-0000-0000-000000000000"),
        (False, "False"),
    ],
)
def test_cells(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_every_kind_of_value_is_json(tmp_path: pathlib.Path) -> None:
    with duckdb.connect() as connection:
        assert write_result(connection, VALUES, "json", str(tmp_path / "out")) == 1
    row = json.loads((tmp_path / "out").read_text())[0]
    assert row | {"h": None} == {"a": None, "b": 1.5, "c": [1, None], "d": {"x": "2025-01-02"}, "e": None, "f": 2, "g": True, "h": None}


@pytest.mark.parametrize("form", ["table", "csv", "json", "parquet", "arrow"])
def test_a_result_without_rows_is_a_result(form: str, tmp_path: pathlib.Path) -> None:
    with duckdb.connect() as connection:
        assert write_result(connection, "SELECT 1 AS a WHERE false", form, str(tmp_path / "out")) == 0
    assert (tmp_path / "out").stat().st_size > 0


def test_a_plan_is_drawn(tmp_path: pathlib.Path) -> None:
    with duckdb.connect() as connection:
        write_result(connection, "EXPLAIN SELECT 1", "table", str(tmp_path / "out"))
    assert len((tmp_path / "out").read_text("utf-8").splitlines()) > 3


def test_a_file_appears_whole_or_not_at_all(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ValueError, match="in the middle"), whole_file(str(tmp_path / "out")) as out:
        out.write(b"half")
        raise ValueError("in the middle")
    assert list(tmp_path.iterdir()) == []
