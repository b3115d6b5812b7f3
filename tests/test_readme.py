"""The README says what is true: its commands run, its transcript and tables are what the program prints.

`python -m tests.test_readme` writes the transcript and the list of views again.
"""

from __future__ import annotations

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import pytest

from pipeline.database import checked, open_store
from pipeline.examples import examples
from pipeline.main import dateline as main
from pipeline.options import _beam_parser

ROOT = pathlib.Path(__file__).parents[1]
README = ROOT / "README.md"
COMMANDS = tuple(main.list_commands(None))  # type: ignore[arg-type]
# The store's folder in the README's commands.
STORE = "store"


def section(name: str, text: str | None = None) -> str:
    """What stands between `<!-- name -->` and `<!-- /name -->`."""
    found = re.findall(rf"^<!-- {name} -->\n(.*?)^<!-- /{name} -->$", README.read_text("utf-8") if text is None else text, re.DOTALL | re.MULTILINE)
    assert len(found) == 1, f"README.md must hold one section <!-- {name} --> … <!-- /{name} -->"
    return str(found[0])


def code(text: str, language: str) -> list[str]:
    """The contents of the fenced blocks of a language."""
    return [block.strip() for block in re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)]


def dateline(arguments: list[str]) -> str:
    """What a command prints on standard output when it is run from the root of the repository."""
    done = subprocess.run([sys.executable, "-m", "pipeline", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"dateline {shlex.join(arguments)} ended with {done.returncode}: {done.stderr[-2000:]}"
    return done.stdout


def newcomers_commands() -> list[str]:
    """The `dateline` commands in the line that a newcomer pastes, without the path of the virtual environment."""
    (line,) = code(section("run-command"), "sh")
    return [part.removeprefix(".venv/bin/") for part in line.split(" && ") if part.startswith(".venv/bin/dateline ")]


def transcript(store: str) -> list[tuple[str, str]]:
    """The newcomer's `dateline` commands, run on another folder, and what they print."""
    result = []
    for line in newcomers_commands():
        name, *arguments = shlex.split(line)
        assert name == "dateline"
        at = arguments.index("--store") + 1
        assert arguments[at] == STORE
        result.append((line, dateline([*arguments[:at], store, *arguments[at + 1 :]]).replace(store, STORE)))
    return result


def shown_transcript() -> list[tuple[str, str]]:
    """The commands and outputs that the README shows."""
    (block,) = code(section("transcript"), "console")
    return [(command, output) for command, _, output in (part.partition("\n") for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part)]


def view_list() -> str:
    """The views as a list, as `dateline schema` has them."""
    described = [each for each in json.loads(dateline(["schema", "--json"])) if not each["name"].startswith("store.")]
    lines = ["| view | one row, or what it adds up |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| `{each['name']}` | {cell(each['meaning'])} |" for each in described)]) + "\n"


def cell(text: str) -> str:
    """A text as a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def words(line: str) -> list[str]:
    """A line without its alignment."""
    return line.split()


def masked(text: str) -> list[list[str]]:
    """Lines as words, with every number as `N`, and without how long it took, which machines say in minutes or in seconds."""
    lines = [re.sub(r"^took [^;]*;", "took;", line) for line in text.strip().splitlines()]
    return [[re.sub(r"\d[\d.,:]*", "N", word) for word in words(line)] for line in lines]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[tuple[str, str]]]:
    """A store of the sample articles, made by the newcomer's command, and what its commands print."""
    store = str(tmp_path_factory.mktemp("readme") / "made")
    return store, transcript(store)


def test_newcomers_command_is_one_line_that_installs_runs_and_asks() -> None:
    (line,) = code(section("run-command"), "sh")
    assert "\n" not in line
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/dateline run seeds/documents ")
    assert [shlex.split(each)[1] for each in newcomers_commands()] == ["run", "sql"]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    (line,) = code(section("test-command"), "sh")
    assert "\n" not in line
    assert line.startswith("python3 -m venv .venv && ")
    assert line.endswith("-m pytest")
    taken = subprocess.run(["bash", str(ROOT / ".ci" / "run"), "--test-command"], capture_output=True, encoding="utf-8", check=True)
    assert taken.stdout.strip() == line


def test_transcript_shows_the_newcomers_commands(run: tuple[str, list[tuple[str, str]]]) -> None:
    assert [command for command, _ in shown_transcript()] == [command for command, _ in run[1]]


def test_transcript_of_the_run_has_the_shape_of_the_output(run: tuple[str, list[tuple[str, str]]]) -> None:
    shown, printed = shown_transcript()[0][1], run[1][0][1]
    assert masked(shown) == masked(printed)
    counts = re.search(r"read (\d+) = (\d+) added \+ 0 replaced \+ 0 unchanged \+ 0 skipped \+ 0 failed", printed)
    assert counts is not None
    assert int(counts[1]) == int(counts[2]) >= 14


def test_transcript_of_the_query_has_the_columns_and_most_rows_of_the_output(run: tuple[str, list[tuple[str, str]]]) -> None:
    shown, printed = (text.strip().splitlines() for text in (shown_transcript()[1][1], run[1][1][1]))
    assert words(shown[0]) == words(printed[0])
    rows, now = ([words(line) for line in lines[2:-1]] for lines in (shown, printed))
    assert rows
    # Another processor may read a sentence differently; more than that is a README to be written again.
    assert sum(row in now for row in rows) >= len(rows) / 2, "python -m tests.test_readme writes the transcript again"


@pytest.mark.parametrize("query", code(README.read_text("utf-8"), "sql"))
def test_example_query_runs_and_finds_something(run: tuple[str, list[tuple[str, str]]], query: str) -> None:
    with open_store(run[0]) as connection:
        assert connection.execute(checked(query)).fetchall()


def test_queries_are_those_that_have_a_name() -> None:
    text = README.read_text("utf-8")
    shown = re.findall(r"`--example ([a-z-]+)`\):\n\n```sql\n(.*?)\n```", text, re.DOTALL)
    assert [(name, examples()[name].sql) for name, _ in shown] == shown
    assert len(shown) == len(code(text, "sql"))


def test_views_are_those_of_the_program() -> None:
    assert section("schema").strip() == view_list().strip(), "python -m tests.test_readme writes the list again"


def test_every_command_is_described_and_every_described_one_exists() -> None:
    text = README.read_text("utf-8")
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))
    lines = "\n".join([*code(text, "sh"), *spans])
    assert set(re.findall(r"(?:^|bin/)dateline ([a-z]+)", lines, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_options_that_the_readme_names_exist(command: str) -> None:
    # An option belongs to the last command named before it on its line.
    named: set[str] = set()
    for line in README.read_text("utf-8").splitlines():
        for part in re.split(r"(?=\bdateline [a-z])", line):
            if part.startswith(f"dateline {command} "):
                named |= set(re.findall(r"(?<![\w-])--[a-z][a-z_-]*", part))
    known = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", dateline([command, "--help"])))
    assert named <= known | (set(_beam_parser()._option_string_actions) if command == "run" else set())


def test_links_lead_to_files() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text("utf-8"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def written_again(text: str) -> str:
    """The README with its transcript and list of views as the program prints them now."""
    with tempfile.TemporaryDirectory() as folder:
        shown = "\n".join(f"$ {command}\n{output.rstrip()}" for command, output in transcript(str(pathlib.Path(folder, "made"))))
    for name, content in (("transcript", f"```console\n{shown}\n```\n"), ("schema", view_list())):
        text = text.replace(f"<!-- {name} -->\n{section(name, text)}", f"<!-- {name} -->\n{content}")
    return text


if __name__ == "__main__":
    README.write_text(written_again(README.read_text("utf-8")), encoding="utf-8")
