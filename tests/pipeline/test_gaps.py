from __future__ import annotations

import json
import pathlib

import pytest

from pipeline.main import main

TEXT = "Gunmen attacked a market in Kano, Nigeria, on Monday. France envies Germany. Rwanda envies Germany. Keir Starmer met Emmanuel Macron in Paris."


@pytest.fixture
def article(tmp_path: pathlib.Path) -> str:
    path = tmp_path / "article.jsonl"
    path.write_text(json.dumps({"doc_id": "a", "published": "2025-03-20", "text": TEXT}) + "\n", "utf-8")
    return str(path)


def test_what_no_table_and_no_frame_knows_is_counted(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gaps", article, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(gap["kind"], gap["words"], gap["times"]) for gap in found] == [("actor", "strike attacker: Gunmen", 1), ("verb", "envy", 2)]
    assert found[1]["sentence"] == "France envies Germany."


def test_lines_show_the_first_sentence(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gaps", article, "--limit", "1"]) == 0
    assert "verb       2  envy  | France envies Germany." in capsys.readouterr().out


def test_a_file_that_is_not_there_is_told(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gaps", str(tmp_path / "none.jsonl")]) == 2
    assert "cannot be read" in capsys.readouterr().err
