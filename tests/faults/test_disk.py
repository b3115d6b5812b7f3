"""A disk that is full, a folder that may not be written or has gone, a file that vanishes: one clear line, exit 3 or 2, the store as before."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from pipeline.database import open_store
from pipeline.digests import digests
from pipeline.main import main
from pipeline.verify import verify
from tests.pipeline.articles import MEETING, STRIKE, article, write_articles
from transforms.storage.files import LocalFiles

mounts = pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="only root can mount a small file system")


@pytest.fixture
def small_disk(tmp_path: pathlib.Path) -> Iterator[pathlib.Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", str(folder)], check=False, capture_output=True)
    if done.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {done.stderr.decode()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    shown = capsys.readouterr()
    [line] = shown.err.strip().splitlines()
    assert line.startswith("dateline: ")
    return line


@mounts
def test_a_full_disk(small_disk: pathlib.Path, tmp_path: pathlib.Path, news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = small_disk / "S"
    shutil.copytree(news_store, store)
    before = digests(str(store))
    free = shutil.disk_usage(small_disk).free
    (small_disk / "ballast").write_bytes(os.urandom(max(0, free - 30_000)))
    inputs = write_articles(tmp_path / "in.jsonl", *(article(f"n{number}", f"{f'{MEETING} {STRIKE} ' * 6}{os.urandom(2_000).hex()}") for number in range(40)))
    capsys.readouterr()
    assert main(["run", inputs, "--store", str(store), "--quiet", "--workers", "1"]) == 3
    assert "No space left on device" in one_line(capsys)
    assert digests(str(store)) == before
    assert verify(str(store)).faults == ()
    (small_disk / "ballast").unlink()
    assert not list((store / "staging").iterdir())
    assert main(["run", inputs, "--store", str(store), "--quiet", "--workers", "1"]) in (0, 3)


@mounts
def test_a_folder_that_may_only_be_read(small_disk: pathlib.Path, tmp_path: pathlib.Path, news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(news_store, small_disk / "S")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    inputs = write_articles(tmp_path / "in.jsonl", article("n", MEETING))
    capsys.readouterr()
    for store in ("S", "new"):
        assert main(["run", inputs, "--store", str(small_disk / store), "--quiet"]) == 3
        assert "Read-only file system" in one_line(capsys)
    for command in (["maintain"], ["forget", "n"], ["catalog"]):
        assert main([*command, "--store", str(small_disk / "S")]) in (2, 3)
        one_line(capsys)
    assert main(["sql", "--store", str(small_disk / "S"), "SELECT count(*) FROM events"]) == 0
    assert main(["verify", "--store", str(small_disk / "S")]) == 0


ROOT = pathlib.Path(__file__).parents[2]
# Root may read and write whatever the permission bits say, so these runs go without that right.
BOUND = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
permissions = pytest.mark.skipif(bool(BOUND) and shutil.which("setpriv") is None, reason="root cannot be denied anything without setpriv")


def dateline(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process that permission bits bind."""
    return subprocess.run([*BOUND, sys.executable, "-m", "pipeline", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@permissions
def test_a_store_that_may_not_be_written(tmp_path: pathlib.Path, news_store: pathlib.Path) -> None:
    shutil.copytree(news_store, tmp_path / "kept" / "S")
    before = digests(str(tmp_path / "kept" / "S"))
    inputs = write_articles(tmp_path / "in.jsonl", article("n", MEETING))
    closed = [tmp_path / "kept" / "S", *(path for path in (tmp_path / "kept" / "S").rglob("*") if path.is_dir()), tmp_path / "kept"]
    for folder in closed:
        folder.chmod(0o500)
    (tmp_path / "kept" / "S" / "lock").chmod(0o400)
    try:
        for store in ("S", "new"):
            done = dateline("run", inputs, "--store", str(tmp_path / "kept" / store), "--quiet", "--workers", "1")
            assert done.returncode == 3
            [line] = done.stderr.strip().splitlines()
            assert line.startswith("dateline: ")
            assert "Permission denied" in line
        assert digests(str(tmp_path / "kept" / "S")) == before
        assert not (tmp_path / "kept" / "new").exists()
    finally:
        for folder in closed:
            folder.chmod(0o700)


@permissions
def test_an_input_that_may_not_be_read_is_lost_alone(tmp_path: pathlib.Path) -> None:
    for name in ("closed", "open"):
        write_articles(tmp_path / "in" / f"{name}.jsonl", article(name, f"{MEETING} It was {name}."))
    (tmp_path / "in" / "closed.jsonl").chmod(0)
    assert dateline("run", str(tmp_path / "in"), "--store", str(tmp_path / "S"), "--quiet", "--workers", "1").returncode == 1
    with open_store(str(tmp_path / "S")) as connection:
        assert connection.execute("SELECT doc_id FROM documents").fetchall() == [("open",)]
        [(kind, error)] = connection.execute("SELECT kind, error FROM rejects").fetchall()
    assert kind == "failed"
    assert "Permission denied" in error


def test_a_store_that_is_deleted_while_a_run_writes(
    news_store: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "S"
    shutil.copytree(news_store, store)
    inputs = write_articles(tmp_path / "in.jsonl", article("n", MEETING))
    real = LocalFiles.move

    def move(self: LocalFiles, source: str, target: str) -> None:
        shutil.rmtree(store, ignore_errors=True)
        real(self, source, target)

    monkeypatch.setattr(LocalFiles, "move", move)
    capsys.readouterr()
    assert main(["run", inputs, "--store", str(store), "--quiet", "--workers", "1"]) == 3
    one_line(capsys)
    assert not (store / "manifest").exists()


def test_a_file_that_vanishes_is_lost_alone(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import transforms.documents.transform as reading

    for name in ("gone", "there"):
        write_articles(tmp_path / "in" / f"{name}.jsonl", article(name, f"{MEETING} It was {name}."))
    real = reading._opened

    def opened(path: str) -> object:
        if path.endswith("gone.jsonl"):
            pathlib.Path(path).unlink(missing_ok=True)
        return real(path)

    monkeypatch.setattr(reading, "_opened", opened)
    assert main(["run", str(tmp_path / "in"), "--store", str(tmp_path / "S"), "--quiet", "--workers", "1"]) == 1
    assert [each.rows for each in digests(str(tmp_path / "S")) if each.table in ("documents", "rejects")] == [1, 1]
