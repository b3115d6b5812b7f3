from __future__ import annotations

import pathlib

import pyarrow.parquet as pq
import pytest

from tests.transforms.storage.synthetic import ByDayAndPlace, document, extraction, mention
from transforms.storage.blocks import with_blocks
from transforms.storage.errors import StoreDamagedError
from transforms.storage.files import LocalFiles
from transforms.storage.light import light, light_columns
from transforms.storage.staged import Staged
from transforms.storage.staging import StagedFile, StagedWriter


def staged(folder: pathlib.Path) -> list[StagedFile]:
    writer = StagedWriter(LocalFiles(str(folder)), "r")
    for name in "ab":
        source = document(name)
        writer.add(extraction(source, *(mention(source, number, date=f"2025-03-0{number}") for number in range(1, 4))))
    return writer.flush()


def test_mentions_get_their_keys_row_by_row_and_other_rows_none(tmp_path: pathlib.Path) -> None:
    files, clusterer = LocalFiles(str(tmp_path)), ByDayAndPlace()
    found = [with_blocks(files, each, clusterer) for each in staged(tmp_path)]
    assert [each.table for each in found if each.blocks] == ["strike"]
    assert [with_blocks(files, each, clusterer) for each in found] == found
    rows = Staged(files, found)
    rows.check()
    (mentions,) = light(rows.rows("strike", light_columns("strike")), "strike")
    (blocks,) = rows.rows("strike", ["blocks", "doc_id"])
    assert blocks.column("blocks").to_pylist() == clusterer.blocks(mentions).to_pylist()
    # A document that does not stay takes its keys with it.
    rows.without({found[0].part: {"a"}})
    (kept,) = rows.rows("strike", ["doc_id", "blocks"])
    assert (kept.column_names, kept.column("doc_id").to_pylist()) == (["doc_id", "blocks"], ["b"] * 3)
    assert kept.column("blocks").to_pylist() == blocks.column("blocks").to_pylist()[3:]


def test_keys_that_are_gone_are_missed(tmp_path: pathlib.Path) -> None:
    files = LocalFiles(str(tmp_path))
    found = [with_blocks(files, each, ByDayAndPlace()) for each in staged(tmp_path)]
    path = next(tmp_path / each.blocks for each in found if each.blocks)
    assert pq.ParquetFile(path).metadata.num_rows == 6
    path.unlink()
    with pytest.raises(StoreDamagedError, match="missing or broken"):
        Staged(files, found).check()
