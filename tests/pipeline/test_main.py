from __future__ import annotations

import pathlib
import subprocess
import sys

import click
import pytest

from pipeline.main import dateline, main

HEAVY = ("apache_beam", "spacy", "duckdb", "pyarrow", "numpy", "rich", "prompt_toolkit")


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["sql", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = f"import sys; from pipeline.main import main; status = main({arguments!r}); print([m for m in {HEAVY!r} if m in sys.modules]); sys.exit(status)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "[]"


def test_module_and_script_are_one_program() -> None:
    done = subprocess.run([sys.executable, "-m", "pipeline", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: dateline")


@pytest.mark.parametrize("name", dateline.list_commands(None))  # type: ignore[arg-type]
def test_every_command_says_what_it_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    command = dateline.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert f"dateline {name}" in shown
    assert [each.name for each in command.params if isinstance(each, click.Option) and not each.help] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rum"], "No such command 'rum'"),
        (["run"], "Missing option '--store'"),
        (["sql", "SELECT 1"], "Missing option '--store'"),
        (["run", "x", "--store", "S", "--workers", "many"], "not a valid integer"),
        (["run", "x", "--store", "S", "--log-format", "xml"], "'xml' is not one of"),
        (["export", "--store", "S", "--to", "D", "--format", "xlsx"], "'xlsx' is no format of export; parquet or csv would be right"),
        (["schema", "meeting"], "there is no view or table 'meeting'"),
        (["catalog", "--store", "S", "--check", "--repair"], "leave out --repair"),
        (["evaluate", "--gold", "missing.jsonl"], "missing.jsonl"),
    ],
)
def test_wrong_usage_is_said_in_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert len(shown.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "status"),
    [(KeyboardInterrupt(), 130), (PermissionError(13, "Permission denied", "S"), 3), (RuntimeError("a fault"), 3)],
)
def test_failures_have_their_exit_status(error: BaseException, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_store: str) -> None:
        raise error

    monkeypatch.setattr("pipeline.database.open_store", fail)
    assert main(["sql", "--store", "S", "SELECT 1"]) == status
    assert capsys.readouterr().err


def test_output_that_nobody_reads_is_no_failure(news_store: pathlib.Path) -> None:
    command = f"{sys.executable} -m pipeline sql --store {news_store} --format csv 'SELECT range FROM range(300000)' | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "range\n", "")


def test_asking_sql_loads_neither_beam_nor_spacy(news_store: pathlib.Path) -> None:
    heavy = ("apache_beam", "spacy", "pandas", "pyarrow.compute", "pyarrow.parquet", "rich", "prompt_toolkit", "lxml")
    code = (
        f"import sys; from pipeline.main import main; status = main(['sql', '--store', {str(news_store)!r}, 'SELECT 1 AS one']);"
        f"print([m for m in {heavy!r} if m in sys.modules]); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "[]")


def test_help_shows_its_examples_on_lines_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert [line.split()[:2] for line in lines if line.startswith("dateline ")] == [["dateline", "run"], ["dateline", "sql"]]
