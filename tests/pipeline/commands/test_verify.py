from __future__ import annotations

import json
import pathlib
import shutil

import pytest

from pipeline.main import main


def test_a_whole_and_a_broken_store(news_store: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--store", str(news_store)]) == 0
    assert "all is well" in capsys.readouterr().out
    shutil.copytree(news_store, tmp_path / "S")
    next((tmp_path / "S").glob("tables/meeting/part-*.parquet")).write_bytes(b"PAR1")
    assert main(["verify", "--store", str(tmp_path / "S")]) == 3
    shown = capsys.readouterr()
    assert "files are there and hold what was written: tables/meeting/" in shown.out
    assert "1 checks failed" in shown.err
    assert main(["verify", "--store", str(tmp_path / "S"), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["faults"][0]["count"] == 1
    assert main(["verify", "--store", str(tmp_path)]) == 2


def test_digests_are_printed_one_a_table(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--store", str(news_store), "--digest"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert "documents" in [name for name, _ in lines]
    assert not {"runs", "incident_aliases"} & {name for name, _ in lines}
    assert main(["verify", "--store", str(news_store), "--digest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == dict(lines)
