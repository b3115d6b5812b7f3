from __future__ import annotations

import pathlib
import shutil

import pytest
from apache_beam.io.localfilesystem import LocalFileSystem

from transforms.storage.beam_files import BeamFiles
from transforms.storage.errors import StorePathError
from transforms.storage.files import Files, LocalFiles, open_files


class FakeBucketFileSystem(LocalFileSystem):
    """`fake://` over a folder: Beam finds file systems by their subclasses, so the real dispatch is what is tested."""

    @classmethod
    def scheme(cls) -> str:
        return "fake"

    def _local(self, path: str) -> str:
        return path.removeprefix("fake:/")

    def join(self, base, *parts):
        return "/".join([base.rstrip("/"), *parts])

    def split(self, path):
        head, _, tail = path.rpartition("/")
        return head, tail

    def mkdirs(self, path):
        super().mkdirs(self._local(path))

    def create(self, path, mime_type="application/octet-stream", compression_type="auto"):
        return super().create(self._local(path), mime_type, compression_type)

    def open(self, path, mime_type="application/octet-stream", compression_type="auto"):
        return super().open(self._local(path), mime_type, compression_type)

    def rename(self, sources, targets):
        super().rename([self._local(each) for each in sources], [self._local(each) for each in targets])

    def exists(self, path):
        return super().exists(self._local(path))

    def delete(self, paths):
        for each in map(self._local, paths):
            shutil.rmtree(each) if each.endswith("/") else pathlib.Path(each).unlink()

    def match(self, patterns, limits=None):
        found = super().match([self._local(each) for each in patterns], limits)
        for result in found:
            for each in result.metadata_list:
                each.path = f"fake:/{each.path}"
        return found


@pytest.fixture(params=["local", "beam"])
def files(request, tmp_path: pathlib.Path) -> Files:
    return LocalFiles(str(tmp_path)) if request.param == "local" else open_files(f"fake:/{tmp_path}")


def write(files: Files, path: str, data: bytes = b"x") -> None:
    with files.create(path) as out:
        out.write(data)


def test_what_is_written_is_read(files: Files) -> None:
    write(files, "a/b/c.txt", b"text")
    with files.open("a/b/c.txt") as source:
        source.seek(1)
        assert source.read() == b"ext"
    assert files.exists("a/b/c.txt")
    assert files.names("a/b") == ["c.txt"]
    assert files.names("nothing") == []
    with pytest.raises(FileNotFoundError):
        files.open("a/none")


def test_move_makes_the_folders(files: Files) -> None:
    write(files, "a.txt")
    files.move("a.txt", "x/y/b.txt")
    assert not files.exists("a.txt")
    assert files.names("x/y") == ["b.txt"]


def test_delete_overlooks_what_is_gone(files: Files) -> None:
    write(files, "d/a.txt")
    files.delete(["d/a.txt", "d/none.txt"])
    assert not files.exists("d/a.txt")
    write(files, "d/e/b.txt")
    files.delete_folder("d")
    files.delete_folder("d")
    assert not files.exists("d/e/b.txt")


def test_only_the_first_creates_exclusively(files: Files) -> None:
    assert files.create_exclusively("m/1.json", b"first", "run-1")
    assert not files.create_exclusively("m/1.json", b"second", "run-2")
    with files.open("m/1.json") as source:
        assert source.read() == b"first"
    assert files.names("m") == ["1.json"]


def test_on_a_bucket_a_fresh_claim_of_another_run_stops_the_commit(tmp_path: pathlib.Path) -> None:
    files = open_files(f"fake:/{tmp_path}")
    assert isinstance(files, BeamFiles)
    import time

    write(files, "m/1.json.claim-other", str(time.time()).encode())
    assert not files.create_exclusively("m/1.json", b"mine", "run-1")
    write(files, "m/1.json.claim-other", str(time.time() - 7200).encode())
    assert files.create_exclusively("m/1.json", b"mine", "run-1")


def test_without_hard_links_a_manifest_is_still_made_once(tmp_path: pathlib.Path, monkeypatch) -> None:
    import errno
    import os

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    files = LocalFiles(str(tmp_path))
    assert files.create_exclusively("m/1.json", b"first", "run-1")
    assert not files.create_exclusively("m/1.json", b"second", "run-2")
    assert files.names("m") == ["1.json"]


@pytest.mark.parametrize("path", ["a*", "what?", ""])
def test_paths_that_no_store_can_have(path: str) -> None:
    with pytest.raises(StorePathError):
        open_files(path)
