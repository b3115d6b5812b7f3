from __future__ import annotations

import pathlib

from tests.transforms.storage.synthetic import contents, document, extraction, mention, store
from transforms.storage.files import LocalFiles
from transforms.storage.retention import find_leftovers, remove_leftovers


def test_leftovers_are_found_and_removed_and_the_store_stays(tmp_path: pathlib.Path) -> None:
    source = document("a")
    store(tmp_path, "r1", [extraction(source, mention(source, 1))])
    files = LocalFiles(str(tmp_path))
    assert find_leftovers(files) == []
    before = contents(tmp_path)
    planted = [
        "staging/r9/part.parquet",
        "tables/strike/month=2025-03/part-00.parquet",
        "tables/duplicates/part-00.parquet",
        "manifest/00000002.json.r9.ab.tmp",
        ".events.duckdb.0a1b2c3d.wal",
    ]
    for path in planted:
        with files.create(path) as out:
            out.write(b"half a file")
    with files.create("tables/strike/schema-older.parquet") as out:
        out.write(b"")
    found = sorted({each.replace("staging/r9/part.parquet", "staging/r9") for each in planted})
    assert find_leftovers(files) == found
    assert remove_leftovers(files) == found
    assert find_leftovers(files) == []
    assert (tmp_path / "tables/strike/schema-older.parquet").exists()
    assert not any((tmp_path / path).exists() for path in planted)
    assert contents(tmp_path) == before
