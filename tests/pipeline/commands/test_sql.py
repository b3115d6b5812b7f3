from __future__ import annotations

import csv
import io
import json
import pathlib
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.main import main


def sql(store: pathlib.Path, *arguments: str) -> int:
    return main(["sql", "--store", str(store), *arguments])


def test_a_query_is_answered_by_a_table(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sql(news_store, "SELECT event_type, count(*) AS n FROM events GROUP BY ALL ORDER BY ALL") == 0
    assert capsys.readouterr().out.splitlines() == [
        "event_type    n",
        "────────────  ─",
        "aid_decision  1",
        "meeting       1",
        "strike        2",
        "(3 rows)",
    ]


def test_formats_hold_the_same(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path) -> None:
    query = "SELECT event_id, event_date, confidence, actors FROM events ORDER BY event_id"
    for form in ("json", "csv", "parquet", "arrow"):
        assert sql(news_store, query, "--format", form, "--to", str(tmp_path / form)) == 0
    assert capsys.readouterr().out == ""
    of_json = json.loads((tmp_path / "json").read_text("utf-8"))
    of_csv = list(csv.DictReader(io.StringIO((tmp_path / "csv").read_text("utf-8"))))
    of_parquet = pq.read_table(tmp_path / "parquet").to_pylist()
    of_arrow = pa.ipc.open_file(tmp_path / "arrow").read_all().to_pylist()
    assert of_parquet == of_arrow
    assert len(of_json) == len(of_csv) == len(of_parquet) == 4
    for first, second, third in zip(of_json, of_csv, of_parquet, strict=True):
        assert first["event_id"] == second["event_id"] == third["event_id"]
        assert first["event_date"] == second["event_date"] == third["event_date"].isoformat()
        assert first["actors"] == json.loads(second["actors"]) == third["actors"]


def test_a_query_is_read_from_a_pipe(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 6 * 7 AS answer\n"))
    assert sql(news_store, "--format", "csv") == 0
    assert capsys.readouterr().out == "answer\n42\n"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("DROP VIEW events", "only SELECT"),
        ("SELECT 1; SELECT 2", "one query at a time"),
        ("", "no query"),
        ("SELECT nothing FROM events", 'column "nothing" not found'),
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM read_csv('/etc/hostname')", "disabled by configuration"),
        ("SELECT 'x'::INTEGER", "Could not convert"),
    ],
)
def test_what_is_no_question_is_refused(
    query: str, said: str, news_store: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(query))
    assert sql(news_store) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert len(shown.err.splitlines()) == 1


def test_a_file_that_cannot_be_written_keeps_what_was_there(news_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")
    assert sql(news_store, "SELECT 'x'::INTEGER", "--format", "csv", "--to", str(target)) == 2
    assert target.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
    assert sql(news_store, "SELECT 1", "--to", str(tmp_path / "absent" / "out")) == 2
    assert sql(news_store, "SELECT 1", "--to", str(tmp_path)) == 2


def test_what_a_document_holds_cannot_steer_the_terminal(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sql(news_store, "SELECT chr(27) || '[2J' AS a, E'two\\nlines' AS b, chr(8238) || 'x' AS c") == 0
    assert capsys.readouterr().out.splitlines()[2].split("  ") == [r"\x1b[2J", r"two\nlines", r"\u202ex"]


def test_a_copied_store_answers_from_itself(news_store: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    original, copy = tmp_path / "original", tmp_path / "it's a copy"
    shutil.copytree(news_store, original)
    shutil.copytree(original, copy)
    shutil.rmtree(original)
    assert sql(copy, "SELECT count(*) AS n FROM events", "--format", "csv") == 0
    assert capsys.readouterr().out == "n\n4\n"


def test_no_store_is_wrong_usage(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sql(tmp_path / "none", "SELECT 1") == 2
    assert "make one with `dateline run" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_example_is_run_by_name(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sql(news_store, "--example", "aid-by-donor", "--format", "json") == 0
    assert [row["donors"] for row in json.loads(capsys.readouterr().out)] == ["Germany"]
    assert sql(news_store, "--example", "aid-by-donor", "SELECT 1") == 2
    assert "leave out the other one" in capsys.readouterr().err


def test_examples_are_listed_without_a_store(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "--examples"]) == 0
    assert "aid-by-donor" in capsys.readouterr().out


def test_a_query_may_begin_with_a_comment(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sql(news_store, "-- what is it?\nSELECT 6 * 7 AS answer", "--format", "csv") == 0
    assert capsys.readouterr().out == "answer\n42\n"


def test_a_wide_row_can_stand_in_lines(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sql(news_store, "SELECT 1 AS a, 'x' AS longer UNION ALL SELECT 2, chr(27) ORDER BY a", "--format", "line") == 0
    assert capsys.readouterr().out == "     a  1\nlonger  x\n\n     a  2\nlonger  \\x1b\n\n(2 rows)\n"
