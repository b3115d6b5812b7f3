"""The documentation says what is true: it builds without a warning, its commands and names exist, its snippets run."""

from __future__ import annotations

import logging
import pathlib
import re
import shlex

import nbformat
import pytest
from nbclient import NotebookClient

from pipeline.describe import descriptions
from pipeline.examples import examples
from pipeline.export_schema import star_schema
from pipeline.main import dateline, main
from tests.pipeline.articles import MEETING, STRIKE, article, write_articles

ROOT = pathlib.Path(__file__).parents[1]
PAGES = {page.name: page.read_text("utf-8") for page in sorted((ROOT / "docs").glob("*.md"))}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The site, built as CI builds it: a warning is an error."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    folder = tmp_path_factory.mktemp("site")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True))
    return folder


def test_the_site_has_every_page_and_asks_no_other_server(site: pathlib.Path) -> None:
    for page in PAGES:
        assert (site / ("index.html" if page == "index.md" else f"{page.removesuffix('.md')}/index.html")).is_file()
    texts = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    assert [str(path) for path, text in texts.items() if "{{ " in text] == []
    fetched = re.compile(r"""<(?:script|link|img)\b[^>]*(?:src|href)="(?:https?:)?//""")
    assert [str(path) for path, text in texts.items() if fetched.search(text)] == []


def test_the_data_dictionary_and_the_cookbook_are_whole(site: pathlib.Path) -> None:
    dictionary = (site / "data-dictionary" / "index.html").read_text("utf-8")
    for name, described in descriptions().items():
        assert f">{name}<" in dictionary
        assert all(f"<code>{column.name}</code>" in dictionary for column in described.columns), name
    cookbook = (site / "queries" / "index.html").read_text("utf-8")
    assert [name for name in examples() if f'id="{name}"' not in cookbook] == []
    star = (site / "bi" / "index.html").read_text("utf-8")
    assert [name for name in star_schema() if f'id="{name}"' not in star] == []


def commands() -> list[tuple[str, str]]:
    found = []
    for name, text in PAGES.items():
        blocks = "\n".join(re.findall(r"^```(?:sh|console)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
        for line in [*blocks.splitlines(), *re.findall(r"`(dateline [^`\n]+)`", text)]:
            match = re.search(r"(?:^|\s|\()(?:\.venv/bin/)?(dateline (?:[a-z]+)\b.*)", line)
            if match:
                found.append((name, match[1]))
    return found


@pytest.mark.parametrize(("page", "command"), commands())
def test_commands_and_their_options_exist(page: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = command.split()[1].rstrip(")\"'")
    assert name in dateline.list_commands(None), page  # type: ignore[arg-type]
    assert main([name, "--help"]) == 0
    known = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", capsys.readouterr().out))
    assert {each.split("=")[0] for each in shlex.split(command.split('"')[0].rstrip("()"), posix=False) if each.startswith("--")} <= known


def test_examples_that_pages_name_exist() -> None:
    named = {each for text in PAGES.values() for each in re.findall(r"(?:--example|\.example) ([a-z][a-z-]+)", text)}
    assert named
    assert named <= set(examples())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with a store called `store`, as the pages have it."""
    where = tmp_path_factory.mktemp("readers")
    articles = write_articles(where / "news.jsonl", article("one", MEETING), article("two", STRIKE))
    assert main(["run", articles, "--store", str(where / "store"), "--quiet"]) == 0
    return where


def test_snippets_run_in_their_order(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(folder)
    for name in ("bi.md", "python.md"):
        for language, snippet in re.findall(
            r"^```(python|sh)\n(.*?)^```$", re.sub(r"<!-- superset -->.*?<!-- /superset -->", "", PAGES[name], flags=re.DOTALL), re.DOTALL | re.MULTILINE
        ):
            # As they stand: a snippet may not lean on the one before it.
            if language == "python":
                exec(compile(snippet, name, "exec"), {"__name__": "snippet"})
                continue
            for line in snippet.splitlines():
                if line.startswith("dateline "):
                    assert main(shlex.split(line)[1:]) == 0, line
    shown = capsys.readouterr().out
    assert "('participant', 'Espen Barth Eide')" in shown
    assert (folder / "lake" / "fact_mention").is_dir()


@pytest.mark.slow
def test_the_notebook_runs_from_the_root_of_the_repository() -> None:
    notebook = nbformat.read(ROOT / "docs" / "notebook.ipynb", as_version=4)
    assert [cell.id for cell in notebook.cells if cell.cell_type == "code" and cell.outputs] == []
    NotebookClient(notebook, timeout=900, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    outputs = {
        cell.id: "".join(output.get("text", "") or output.data.get("text/plain", "") for output in cell.outputs) for cell in notebook.cells if "outputs" in cell
    }
    assert int(outputs["cell-03"]) >= 3
    assert "[met]" in outputs["cell-08"]
    assert outputs["cell-10"] == "0"
    assert "meeting" in outputs["cell-12"]
