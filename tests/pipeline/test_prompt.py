from __future__ import annotations

import pathlib

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from pipeline.database import open_store
from pipeline.prompt import is_whole, prompt


def typed(store: pathlib.Path, keys: str) -> None:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()), open_store(str(store)) as connection:
        pipe.send_text(f"{keys}\x04")
        prompt(connection, "csv")


@pytest.fixture(autouse=True)
def own_history(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "dateline" / "sql_history"


def test_queries_are_answered_until_the_end(news_store: pathlib.Path, own_history: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed(news_store, "SELECT 6 * 7 AS a\n;\nSELECT wrong;\nDROP VIEW events;\n.tables\nSELECT 8 AS b;\n.quit\nSELECT 9 AS c;\n")
    shown = capsys.readouterr()
    answers = shown.out.splitlines()
    assert answers[1:3] == ["a", "42"]
    assert answers[-2:] == ["b", "8"]
    assert any(line.startswith("meetings ") for line in answers)
    assert [line for line in shown.err.splitlines() if "only SELECT" in line or "not found" in line or line.endswith(" s")] == shown.err.splitlines()
    assert "SELECT 6 * 7 AS a" in own_history.read_text("utf-8")


def test_a_file_that_has_ended_ends_it(news_store: pathlib.Path) -> None:
    typed(news_store, "")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", True),
        (".tables", True),
        ("exit", True),
        ("SELECT 1", False),
        ("SELECT 1;", True),
        ("SELECT 1 ; -- said", True),
        ("SELECT ';", False),
        ("SELECT ';'", False),
        ("SELECT 'it''s;' ;", True),
        ("SELECT 1 -- not yet;", False),
        ("SELECT 1 /* ; ", False),
        ('SELECT "a;b" FROM x;', True),
    ],
)
def test_enter_ends_what_is_whole(text: str, whole: bool) -> None:
    assert is_whole(text) is whole


def test_a_query_of_several_lines_is_one_entry_of_the_history(news_store: pathlib.Path, own_history: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed(news_store, "SELECT 1 AS a,\r';' AS b\r;\r.quit\r")
    assert capsys.readouterr().out.splitlines()[1:] == ["a,b", "1,;"]
    assert own_history.read_text("utf-8").splitlines()[2:5] == ["+SELECT 1 AS a,", "+';' AS b", "+;"]


def test_several_queries_are_answered_in_turn(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed(news_store, "SELECT 1 AS a; SELECT 2 AS b;\r.mode line\rSELECT 3 AS c;\r")
    shown = capsys.readouterr()
    assert shown.out.splitlines()[1:] == ["a", "1", "b", "2", "answers are shown as line", "c  3", "", "(1 row)"]
    assert [line.endswith(" s") for line in shown.err.splitlines()] == [True, True, True]


def test_the_timer_and_examples(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed(news_store, ".timer off\r.example aid-by-donor\r.tabels\rSELECT evnt_id FROM events;\r")
    shown = capsys.readouterr()
    assert "Germany" in shown.out
    assert "did you mean .tables?" in shown.err
    assert "Did you mean event_id?" in shown.err
    assert len(shown.err.splitlines()) == 2
