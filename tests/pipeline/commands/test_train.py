from __future__ import annotations

import pathlib

import pytest

from pipeline.main import main
from transforms.events.confidence import parse_judge

GOLD = pathlib.Path(__file__).parents[2] / "gold"


def train(to: pathlib.Path, *more: str) -> int:
    return main(["train", "--gold", str(GOLD / "strikes.jsonl"), "--gold", str(GOLD / "hard.jsonl"), "--judged", str(to.parent), "--to", str(to), *more])


@pytest.fixture
def judged(tmp_path: pathlib.Path) -> pathlib.Path:
    rows = ["id\tsection\tpublished\tevents\tsentence"]
    rows.append("s1\tworld\t2024-05-14\tstrike/struck/occurred\tRussian missiles struck a power plant in Kharkiv, Ukraine, on Monday.")
    (tmp_path / "sentences.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    (tmp_path / "verdicts.tsv").write_text("doc_id\ttype\tstart\ttrigger\tverdict\tstatus\tactors\n", "utf-8")
    return tmp_path


def test_training_twice_gives_the_same_file(judged: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(judged / "first.tsv") == 0
    assert "written sentences 1: 1 candidates, of which 1 are mentions" in capsys.readouterr().out
    assert train(judged / "second.tsv", "--folds") == 0
    assert (judged / "first.tsv").read_bytes() == (judged / "second.tsv").read_bytes()
    told = capsys.readouterr().out
    assert "confidence   mentions   right" in told
    assert parse_judge((judged / "first.tsv").read_text("utf-8").splitlines()).weights


def test_a_folder_without_tables_is_told(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(tmp_path / "model.tsv") == 2
    assert "sentences.tsv cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "model.tsv").exists()
