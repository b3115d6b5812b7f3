from __future__ import annotations

import os
import pathlib

import pytest

from transforms.documents.inputs import NoMatchingInputError, is_remote, matched


def none(pattern: str) -> list[tuple[str, int]]:
    raise AssertionError(f"the local disk was asked for {pattern} as a remote one")


def names(*patterns: str) -> list[str]:
    return [os.path.relpath(path) for path, _ in matched(patterns, none)]


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    for name in (
        "in/b.txt",
        "in/a.txt",
        "in/sub/c.jsonl",
        "in/.hidden.txt",
        "in/_tmp.txt",
        "in/.git/x.txt",
        "in/_staging/x.txt",
        "in/q'\"\n[1]*?.txt",
        "out/secret.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    (tmp_path / "in/inner.txt").symlink_to(tmp_path / "in/a.txt")
    (tmp_path / "in/outer.txt").symlink_to(tmp_path / "out/secret.txt")
    (tmp_path / "in/outer").symlink_to(tmp_path / "out")
    (tmp_path / "in/dangling.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "in/pipe.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_folders() -> None:
    assert names("in") == ["in/a.txt", "in/b.txt", "in/q'\"\n[1]*?.txt", "in/sub/c.jsonl"]
    assert names("in/") == names("in")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("in/[ab].txt", ["in/a.txt", "in/b.txt"]),
        ("in/**/*.jsonl", ["in/sub/c.jsonl"]),
        ("*/sub", ["in/sub/c.jsonl"]),
        ("./in/b*", ["in/b.txt"]),
        ("in/q'\"\n[1]*?.txt", ["in/q'\"\n[1]*?.txt"]),
        ("in/_tmp.txt", ["in/_tmp.txt"]),
        ("in/outer.txt", ["in/outer.txt"]),
    ],
)
def test_globs_and_files_by_name(pattern: str, expected: list[str]) -> None:
    assert names(pattern) == expected


def test_absolute_patterns_and_file_urls(folder: pathlib.Path) -> None:
    assert [pathlib.Path(path).name for path, _ in matched([f"{folder}/in/?.txt"], none)] == ["a.txt", "b.txt"]
    assert matched([f"file://{folder}/in/a.txt"], none) == [(f"{folder}/in/a.txt", 4)]


@pytest.mark.usefixtures("folder")
def test_a_file_named_twice_is_read_once() -> None:
    assert names("in/a.txt", "in", "in/inner.txt")[:2] == ["in/a.txt", "in/b.txt"]
    assert len(names("in", "in/*.txt")) == len(names("in"))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("pattern", ["nothing", "in/*.pdf", "in/dangling.txt", "in/pipe.txt", "in/_none*", ""])
def test_no_match_names_the_pattern(pattern: str) -> None:
    with pytest.raises(NoMatchingInputError) as caught:
        matched(["in", pattern], none)
    assert repr(pattern) in str(caught.value)


def test_an_empty_folder(tmp_path: pathlib.Path) -> None:
    with pytest.raises(NoMatchingInputError, match="holds no file to read"):
        matched([str(tmp_path)], none)


def test_remote_file_systems() -> None:
    stored = {"gs://b/in/a.txt": 1, "gs://b/in/_tmp/a.txt": 2, "gs://b/in/sub/.x": 3}

    def listing(pattern: str) -> list[tuple[str, int]]:
        return [(path, size) for path, size in stored.items() if path == pattern or (pattern == "gs://b/in/**")]

    assert is_remote("gs://b")
    assert not is_remote("file:///a")
    assert matched(["gs://b/in/"], listing) == [("gs://b/in/a.txt", 1)]
    assert matched(["gs://b/in/_tmp/a.txt"], listing) == [("gs://b/in/_tmp/a.txt", 2)]
    with pytest.raises(NoMatchingInputError, match="gs://c"):
        matched(["gs://c"], listing)
