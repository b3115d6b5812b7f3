"""Parts of pages that follow from the program or stand in README.md, put in when the site is built.

A line `{{ views }}`, `{{ columns }}`, `{{ export }}`, `{{ queries }}` or `{{ readme: Heading }}` of a page is replaced. MkDocs calls `on_page_markdown`.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.describe import ColumnDescription, RelationDescription, descriptions
from pipeline.examples import examples
from pipeline.export_schema import described_tables

ROOT = pathlib.Path(__file__).parents[1]
_PLACE = re.compile(r"^\{\{ (?P<name>\w+)(?:: (?P<argument>[^}]+))? \}\}$", re.MULTILINE)
_COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?!https?:|#)(?P<target>[^)]+)\)")
_STORE = "store."


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The text of a page with its generated parts."""
    return _PLACE.sub(lambda match: _PARTS[match["name"]](*([match["argument"]] if match["argument"] else [])), markdown)


def readme_section(heading: str) -> str:
    """A section of README.md without its heading; its links lead to pages of the site, and those to other files of the repository are their text alone.

    Raises:
        ValueError: README.md has no such heading.
    """
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    if found is None:
        raise ValueError(f"README.md has no section {heading!r}; a page of docs/ shows it")
    return _LINK.sub(_page_link, _COMMENT.sub("", found[1])).strip()


def _page_link(match: re.Match[str]) -> str:
    target = match["target"]
    return f"[{match['text']}]({target.removeprefix('docs/')})" if target.startswith("docs/") else match["text"]


def views() -> str:
    """Every view and what a row is."""
    return "\n".join(
        ["| view | one row, or what it adds up |", "| --- | --- |", *(f"| [`{each.name}`](#{each.name}) | {_cell(each.meaning)} |" for each in _views())]
    )


def columns() -> str:
    """Every view with its columns, then the stored tables."""
    stored = [each for each in descriptions().values() if each.name.startswith(_STORE)]
    parts = [line for each in _views() for line in _relation(each, each.name)]
    parts += [
        "",
        "## Stored tables",
        "",
        "What the views read: `SELECT … FROM store.NAME` at the prompt. They may change between versions; the views do not.",
        "",
    ]
    parts += [line for each in stored for line in _relation(each, each.name)]
    return "\n".join(parts)


def export() -> str:
    """Every table of the star schema with its columns and keys."""
    return "\n".join(line for each in described_tables() for line in _table(f"### {each.name}", each.meaning, each.columns))


def queries() -> str:
    """Every example query."""
    parts = [
        f"## {each.name}\n\n{each.meaning}\n\n```sql\n{each.sql}\n```\n\n`dateline sql --store store --example {each.name}`\n" for each in examples().values()
    ]
    return "\n".join(parts)


def _views() -> Iterator[RelationDescription]:
    return (each for each in descriptions().values() if not each.name.startswith(_STORE))


def _relation(relation: RelationDescription, name: str) -> list[str]:
    return _table(f"### {name}", relation.meaning, relation.columns)


def _table(heading: str, meaning: str, found: tuple[ColumnDescription, ...]) -> list[str]:
    rows = [f"| `{each.name}` | {each.type} | {_cell(each.meaning)}{f' [{_cell(each.unit)}]' if each.unit else ''} |" for each in found]
    return [heading, "", meaning, "", "| column | type | meaning |", "| --- | --- | --- |", *rows, ""]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


_PARTS: dict[str, Callable[..., str]] = {"views": views, "columns": columns, "export": export, "queries": queries, "readme": readme_section}
