from __future__ import annotations

import pathlib
import tempfile
from typing import Any
from unittest import mock

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.incidents.mentions import of_each_type, strike, table
from tests.transforms.incidents.random_mentions import mentions
from transforms.incidents.clusterer import IncidentClusterer
from transforms.incidents.protocol import light_schema
from transforms.storage import reclustering, shards
from transforms.storage.arrow_files import collect_arrow
from transforms.storage.draft import Draft
from transforms.storage.errors import StoreDamagedError
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import EMPTY, commit
from transforms.storage.reclustering import SCHEMAS, ClusteredShard, cluster_reaching, cluster_shard
from transforms.storage.shards import KEYS, Mentions, Shard, write_shards

CLUSTERER = IncidentClusterer()
A_WEEK = [strike("RUS", "UKR", at="Brevna/UKR", date=f"2025-03-0{day}", published=f"2025-03-0{day}", doc=f"d{day}", event_id=f"s{day}") for day in range(1, 8)]


def sharded(files: LocalFiles, told: pa.Table, size: int) -> list[Shard]:
    """Mentions of one type, parted by so many."""
    told = told.cast(light_schema())
    keys = pa.table([told.column("doc_id"), told.column("published_date"), CLUSTERER.blocks(told)], schema=KEYS)
    halves = [np.arange(told.num_rows)[::2], np.arange(told.num_rows)[1::2]]
    pieces = Mentions(keys, lambda: ((places, told.take(pa.array(places))) for places in halves))
    with mock.patch.object(shards, "_MENTIONS", size):
        return write_shards(files, "r", Draft(files, "r", EMPTY), told.column("event_type")[0].as_py(), pieces, {})


def clustered(files: LocalFiles, told: pa.Table, size: int) -> tuple[list[ClusteredShard], dict[str, list[str]]]:
    """What comes of all shards, and all rows in the end."""
    done = [cluster_shard(files, each, CLUSTERER) for each in sharded(files, told, size)]
    found = [each for each in done if each is not None]
    assert len(found) == len(done)
    rows: dict[str, list[str]] = {name: [] for name in SCHEMAS}
    for shard in found:
        for name, path in shard.rows:
            rows[name] += map(repr, collect_arrow(files, path, SCHEMAS[name]).to_pylist())
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(reclustering, "_TOGETHER", size):
        for each in cluster_reaching(files, pathlib.Path(folder), found, CLUSTERER):
            for name in SCHEMAS:
                rows[name] += map(repr, getattr(each, name).to_pylist())
    return found, {name: sorted(each) for name, each in rows.items()}


@settings(max_examples=60, deadline=None)
@given(mentions(max_size=30), st.integers(1, 9))
def test_clustering_shard_by_shard_is_clustering_all_at_once(rows: list[dict[str, Any]], size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = LocalFiles(folder)
        for told in of_each_type(table(rows)):
            whole, expected = clustered(files, told, 1_000)
            assert [each.reaching for each in whole] == [""]
            assert len(expected["labels"]) == told.num_rows
            assert clustered(files, told, size)[1] == expected


def test_a_component_is_done_where_it_is_whole_and_handed_on_where_it_reaches_beyond(tmp_path: pathlib.Path) -> None:
    files = LocalFiles(str(tmp_path))
    far = [strike("ISR", "LBN", at="Lorcy/LBN", date="2025-06-01", published="2025-06-01", doc=name, event_id=name) for name in "xy"]
    found, rows = clustered(files, table([*A_WEEK, *far]), 3)
    assert len(found) == 3
    reaching = [
        set(pa.concat_tables(reclustering._pieces(files, [each.reaching])).column("event_id").to_pylist()) if each.reaching else set() for each in found
    ]
    # A mention whose blocks belong to two shards is handed on by both.
    assert any(one & other for one in reaching for other in reaching if one is not other)
    assert not {"x", "y"} & set().union(*reaching)
    assert len(rows["labels"]) == 9


def test_a_shard_that_is_clustered_twice_writes_files_of_its_own(tmp_path: pathlib.Path) -> None:
    files = LocalFiles(str(tmp_path))
    (shard,) = sharded(files, table(A_WEEK), 100)
    first, second = (cluster_shard(files, shard, CLUSTERER) for _ in range(2))
    assert first is not None
    assert second is not None
    assert not {path for _, path in first.rows} & {path for _, path in second.rows}
    assert {name for name, _ in first.rows} == SCHEMAS.keys()


def test_a_shard_that_is_gone_is_missed_unless_its_run_has_committed(tmp_path: pathlib.Path) -> None:
    files = LocalFiles(str(tmp_path))
    (shard,) = sharded(files, table(A_WEEK), 100)
    (tmp_path / shard.path).unlink()
    with pytest.raises(StoreDamagedError, match="is missing; run the same command again"):
        cluster_shard(files, shard, CLUSTERER)
    assert commit(files, EMPTY.next(run_id="r", created=EMPTY.created, clusterer="c", files=[]))
    assert cluster_shard(files, shard, CLUSTERER) is None
