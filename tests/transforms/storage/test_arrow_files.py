from __future__ import annotations

import pathlib

import pyarrow as pa

from transforms.storage.arrow_files import arrow_writer, collect_arrow, new_path, read_arrow, write_arrow
from transforms.storage.files import LocalFiles

SCHEMA = pa.schema([("a", pa.int64()), ("b", pa.string())])


def test_rows_come_back_as_they_were(tmp_path: pathlib.Path) -> None:
    files, path = LocalFiles(str(tmp_path)), new_path("r", "rows")
    parts = [pa.table([[1, 2], ["x", None]], schema=SCHEMA), SCHEMA.empty_table(), pa.table({"a": [3]})]
    assert write_arrow(files, path, SCHEMA, parts) == 3
    expected = [{"a": 1, "b": "x"}, {"a": 2, "b": None}, {"a": 3, "b": None}]
    assert collect_arrow(files, path, SCHEMA).to_pylist() == expected
    assert [row for rows in read_arrow(files, path) for row in rows.to_pylist()] == expected


def test_no_rows_and_no_file(tmp_path: pathlib.Path) -> None:
    files, path = LocalFiles(str(tmp_path)), new_path("r", "rows")
    with arrow_writer(files, path, SCHEMA):
        pass
    assert collect_arrow(files, path, SCHEMA) == SCHEMA.empty_table()
    assert collect_arrow(files, "", SCHEMA) == SCHEMA.empty_table()
    assert new_path("r", "rows") != path
