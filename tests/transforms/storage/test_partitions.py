from __future__ import annotations

import pathlib

import pyarrow as pa

from schemas.tables import tables
from tests.transforms.storage.synthetic import ByDayAndPlace, document, extraction, facts, mention
from transforms.storage.blocks import with_blocks
from transforms.storage.draft import Draft
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import EMPTY, STAGING
from transforms.storage.partitions import read_rows, settle
from transforms.storage.preparation import Gathered, prepare
from transforms.storage.publish import utc_now
from transforms.storage.retention import discard_staging, find_leftovers
from transforms.storage.staging import StagedWriter

ROWS = {"doc_id": ["b", "a"], "duplicate_of": ["c", "c"]}


def test_files_of_a_version_to_be_are_staged_until_they_are_settled(tmp_path: pathlib.Path) -> None:
    files, table = LocalFiles(str(tmp_path)), tables()["duplicates"]
    draft = Draft(files, "r1", EMPTY)
    draft.replace_all("duplicates", pa.table(ROWS, schema=table.schema))
    (file,) = draft.files()
    assert file.path.startswith(f"{STAGING}/r1/")
    assert [path.name for path in tmp_path.iterdir()] == [STAGING]
    settled = settle(files, file)
    assert settled.path == f"tables/duplicates/part-{file.checksum.removeprefix('blake2b:')}.parquet"
    assert settle(files, settled) == settled
    (rows,) = read_rows(files, table, settled.path)
    assert rows.num_rows == 2


def test_a_run_that_is_given_up_leaves_nothing_among_the_tables(tmp_path: pathlib.Path) -> None:
    files, clusterer, source = LocalFiles(str(tmp_path)), ByDayAndPlace(), document("a")
    writer = StagedWriter(files, "r1")
    writer.add(extraction(source, mention(source, 1)))
    prepared = prepare(files, Gathered(facts("r1"), tuple(with_blocks(files, each, clusterer) for each in writer.flush())), EMPTY, clusterer, utc_now())
    assert prepared.plan is not None
    assert len(prepared.plan.shards) == 1
    discard_staging(files, "r1")
    assert find_leftovers(files) == []
