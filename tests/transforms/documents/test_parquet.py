from __future__ import annotations

import datetime
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms.documents.parquet import read_parquet, row_group_sizes
from transforms.documents.records import ContentError, RawRecord, Unreadable


def stored(rows: int = 10, group: int = 4) -> bytes:
    table = pa.table(
        {
            "text": [f"text {row} " * 50 for row in range(rows)],
            "published": pa.array([datetime.datetime(2025, 3, 20, row, tzinfo=datetime.UTC) for row in range(rows)], pa.timestamp("ns", "UTC")),
            "source": [{"name": "E"}] * rows,
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=group, compression="none", use_dictionary=False)
    return out.getvalue()


def test_rows_and_their_places() -> None:
    items = list(read_parquet(io.BytesIO(stored())))
    assert [item.record for item in items] == [f"row {row}" for row in range(1, 11)]
    assert isinstance(items[9], RawRecord)
    assert items[9].values["published"] == datetime.datetime(2025, 3, 20, 9, tzinfo=datetime.UTC)
    assert items[9].values["source"] == {"name": "E"}


def test_row_groups_together_are_the_whole_file() -> None:
    data = stored()
    assert len(row_group_sizes(io.BytesIO(data))) == 3
    parts = [item for group in range(3) for item in read_parquet(io.BytesIO(data), [group])]
    assert parts == list(read_parquet(io.BytesIO(data)))


def test_a_damaged_row_group_loses_its_own_rows_alone() -> None:
    data = bytearray(stored())
    where = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1).column(0).data_page_offset
    data[where : where + 30] = b"\xff" * 30
    items = list(read_parquet(io.BytesIO(bytes(data))))
    assert [item.record for item in items if isinstance(item, RawRecord)] == [f"row {row}" for row in (1, 2, 3, 4, 9, 10)]
    (bad,) = (item for item in items if isinstance(item, Unreadable))
    assert bad.record == "row 5"
    assert "row group 1" in bad.error


@pytest.mark.parametrize("data", [b"PAR1", stored()[:-20], b"PAR1" + bytes(100) + b"PAR1"])
def test_what_is_no_parquet(data: bytes) -> None:
    with pytest.raises(ContentError, match="no readable Parquet file"):
        list(read_parquet(io.BytesIO(data)))
