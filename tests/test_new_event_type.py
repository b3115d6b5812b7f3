"""A new event type is data and one schema: the page `docs/new-event-type.md` is followed from scratch, beside an unchanged program."""

from __future__ import annotations

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "new-event-type.md").read_text("utf-8")
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A copy of the program in which the page's files are written."""
    folder = tmp_path_factory.mktemp("program")
    for package in ("pipeline", "schemas", "seeds", "transforms"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in FILES.items():
        assert not (folder / path).exists(), f"{path} is there already"
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def dateline(program: pathlib.Path, arguments: list[str]) -> str:
    environment = os.environ | {"PYTHONPATH": str(program)}
    done = subprocess.run([sys.executable, "-m", "pipeline", *arguments], cwd=program, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_takes_three_files_and_under_thirty_lines() -> None:
    code = [path for path in FILES if not path.startswith("protests/")]
    assert [pathlib.PurePath(path).parent.as_posix() for path in code] == ["schemas/event_types", "seeds/frames", "schemas/views"]
    assert sum(1 for path in code for line in FILES[path].splitlines() if line.strip()) < 30


def test_the_page_can_be_followed(program: pathlib.Path) -> None:
    (block,) = re.findall(r"<!-- commands -->\n```console\n(.*?)^```\n<!-- /commands -->", PAGE, re.DOTALL | re.MULTILINE)
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        name, *arguments = shlex.split(line)
        assert name == "dateline"
        assert dateline(program, arguments) == shown
    of_other_types = dateline(
        program, ["sql", "--store", "store", "--format", "csv", "SELECT event_type, count(*) AS n FROM incidents GROUP BY ALL ORDER BY ALL"]
    )
    assert of_other_types.splitlines() == ["event_type,n", "protest,2", "strike,1"]
    # Views that no file of the type names count it too.
    dyads = dateline(program, ["sql", "--store", "store", "--format", "csv", "SELECT DISTINCT event_type FROM country_days ORDER BY 1"])
    assert "protest" in dyads.splitlines()
    assert "protests" in dateline(program, ["schema", "protests"])
    dateline(program, ["export", "--store", "store", "--to", "bi", "--format", "csv"])
    assert ",form" in (program / "bi" / "fact_mention.csv").read_text("utf-8").splitlines()[0].replace('"', "")
