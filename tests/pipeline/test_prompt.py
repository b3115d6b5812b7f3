from __future__ import annotations

import pathlib

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from pipeline.database import open_store
from pipeline.prompt import meta, prompt


def typed(store: pathlib.Path, keys: str) -> None:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()), open_store(str(store)) as connection:
        pipe.send_text(keys)
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
    assert [line for line in shown.err.splitlines() if "only SELECT" in line or "not found" in line] == shown.err.splitlines()
    assert "SELECT 6 * 7 AS a" in own_history.read_text("utf-8")


def test_a_file_that_has_ended_ends_it(news_store: pathlib.Path) -> None:
    typed(news_store, "\x04")


@pytest.mark.parametrize(
    ("line", "said"),
    [(".schema meetings", "topic"), (".schema", "one of actor_days"), (".schema nothing", "no view 'nothing'"), (".what", ".tables lists the views")],
)
def test_lines_with_a_point_are_about_the_views(line: str, said: str) -> None:
    assert said in meta(line)
