from __future__ import annotations

import datetime
import json
import pathlib

import pytest

from transforms.storage.errors import NewerStoreError, NotAStoreError, StoreDamagedError
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import EMPTY, StoredFile, commit, current, current_or_empty, manifest_path

FILE = StoredFile("documents", "tables/documents/month=2025-03/part-a.parquet", "2025-03", 3, 100, "blake2b:00", "abc")
NOW = datetime.datetime(2025, 4, 1, tzinfo=datetime.UTC)


def test_a_manifest_reads_as_it_was_written(tmp_path: pathlib.Path) -> None:
    files = LocalFiles(str(tmp_path))
    first = EMPTY.next(run_id="r1", created=NOW, clusterer="c", files=[FILE])
    assert commit(files, first)
    assert current(files) == first
    second = first.next(run_id="r2", created=NOW, clusterer="c", files=[])
    assert commit(files, second)
    assert current(files).runs == ("r1", "r2")
    assert sorted(path.name for path in (tmp_path / "manifest").iterdir()) == ["00000001.json", "00000002.json"]


def test_a_version_is_committed_once(tmp_path: pathlib.Path) -> None:
    files = LocalFiles(str(tmp_path))
    assert commit(files, EMPTY.next(run_id="r1", created=NOW, clusterer="c", files=[]))
    assert not commit(files, EMPTY.next(run_id="r2", created=NOW, clusterer="c", files=[FILE]))
    assert current(files).run_id == "r1"


def _altered(tmp_path: pathlib.Path, **changes: object) -> LocalFiles:
    files = LocalFiles(str(tmp_path))
    commit(files, EMPTY.next(run_id="r1", created=NOW, clusterer="c", files=[FILE]))
    path = tmp_path / manifest_path(1)
    content = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({name: value for name, value in content.items() if value is not None}))
    return files


def test_a_newer_contract_is_refused_and_unknown_keys_are_not(tmp_path: pathlib.Path) -> None:
    with pytest.raises(NewerStoreError, match="contract version 2, and this dateline knows version 1"):
        current(_altered(tmp_path / "newer", contract=2))
    assert current(_altered(tmp_path / "more", note="from a later writer")).files == (FILE,)


def test_a_broken_manifest_is_no_store_to_guess_at(tmp_path: pathlib.Path) -> None:
    with pytest.raises(StoreDamagedError, match="lacks a part"):
        current(_altered(tmp_path / "lacks", created=None))
    files = _altered(tmp_path / "cut")
    path = tmp_path / "cut" / manifest_path(1)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(StoreDamagedError, match="cannot be read"):
        current(files)


def test_where_a_first_run_may_make_a_store(tmp_path: pathlib.Path) -> None:
    assert current_or_empty(LocalFiles(str(tmp_path / "new"))) is EMPTY
    (tmp_path / "empty" / "staging" / "r0").mkdir(parents=True)
    (tmp_path / "empty" / "lock").touch()
    assert current_or_empty(LocalFiles(str(tmp_path / "empty"))) is EMPTY
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").touch()
    with pytest.raises(NotAStoreError, match=r"cat\.jpg"):
        current_or_empty(LocalFiles(str(tmp_path / "photos")))
    with pytest.raises(NotAStoreError, match="is a file"):
        current_or_empty(LocalFiles(str(tmp_path / "photos" / "cat.jpg")))
    with pytest.raises(NotAStoreError, match="no manifest"):
        current(LocalFiles(str(tmp_path / "photos")))
