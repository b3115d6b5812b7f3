"""The commands maintain and forget, and `run --refresh`, from the command line."""

from __future__ import annotations

import json
import pathlib
import shutil
from typing import Any

import pytest

from pipeline.digests import digests
from pipeline.main import main
from pipeline.verify import verify
from schemas.event_types import event_types
from tests.pipeline.tampering import change
from transforms.storage.lock import locked


@pytest.fixture
def copy(news_store: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(shutil.copytree(news_store, tmp_path / "S"))


def ask(store: pathlib.Path, query: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["sql", "--store", str(store), "--format", "json", query]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_maintain_changes_nothing_that_can_be_asked(copy: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(str(copy))
    assert main(["maintain", "--store", str(copy)]) == 0
    assert "merged 0 files" in capsys.readouterr().out
    assert digests(str(copy)) == before
    assert verify(str(copy)).version == 2
    assert main(["maintain", "--store", str(copy), "--keep", "3"]) == 2
    assert main(["maintain", "--store", str(copy / "none")]) == 2
    assert not (copy / "none").exists()
    with locked(str(copy)):
        assert main(["maintain", "--store", str(copy)]) == 3
    assert "another run is writing" in capsys.readouterr().err


def test_forget_takes_documents_out(copy: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [str(row["doc_id"]) for row in ask(copy, "SELECT doc_id FROM documents ORDER BY event_count DESC", capsys)]
    assert main(["forget", "--store", str(copy), ids[0]]) == 0
    assert "removed 1 documents" in capsys.readouterr().out
    for view in ("documents", "events", "event_actors"):
        assert ask(copy, f"SELECT * FROM {view} WHERE doc_id = '{ids[0]}'", capsys) == []
    assert verify(str(copy)).faults == ()
    assert main(["forget", "--store", str(copy), ids[0]]) == 2
    assert verify(str(copy)).version == 2
    assert main(["forget", "--store", str(copy)]) == 2


def older(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row |= {"version": "0.0.1+seeds.00000000"}


def test_what_another_version_made_is_told_and_made_again(copy: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    as_made_now = digests(str(copy))
    for table in ("documents", *event_types()):
        change(copy, table, older)
    assert main(["sql", "--store", str(copy), "SELECT 1"]) == 0
    assert "3 documents were extracted by another version, model or seeds; dateline run --refresh" in capsys.readouterr().err
    assert main(["run", "--store", str(copy), "--refresh", "--workers", "1", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (shown["read"], shown["replaced"], shown["stale"]) == (3, 3, 0)
    assert digests(str(copy)) == as_made_now
    assert verify(str(copy)).faults == ()
    assert main(["run", "--store", str(copy / "none"), "--refresh"]) == 2
