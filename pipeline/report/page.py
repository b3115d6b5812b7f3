"""The report's page: everything that it needs stands in it, and its content security policy forbids it to ask for more."""

from __future__ import annotations

import dataclasses
import datetime
import html
import importlib.resources
import json

from pipeline.database import open_store
from pipeline.report.evidence import CHUNK_INCIDENTS, Evidence, collect_evidence, packed
from pipeline.report.facts import Facts, collect_facts
from pipeline.web_page import policy, style

INCIDENTS = 250_000
MENTIONS = 150_000
"""What a page holds at most: above that it would be slow to open, and says what it leaves out."""

_LIBRARIES = ("d3.min.js", "plot.umd.min.js", "topojson-client.min.js")
_SHAPES = "countries-110m.json"
# In the order in which they stand on each other.
_SCRIPTS = ("facts", "filters", "drawing", "headline", "timeline", "map", "matrix", "dyads", "aid", "actors", "evidence", "incidents", "main")


@dataclasses.dataclass(frozen=True)
class Report:
    """A page and what it holds.

    Attributes:
        page: The HTML.
        incidents: Incidents in its charts and its table.
        incidents_left_out: Incidents of the store that are not.
        mentions: Mentions that can be opened.
        mentions_left_out: Mentions of the page's incidents that cannot.
    """

    page: str
    incidents: int
    incidents_left_out: int
    mentions: int
    mentions_left_out: int


def report(store: str, *, title: str | None = None, incidents: int = INCIDENTS, mentions: int = MENTIONS) -> Report:
    """Makes the report of a store.

    Args:
        store: The store.
        title: The page's heading.
        incidents: So many incidents at most, the latest.
        mentions: So many mentions with their sentences at most, those of the latest incidents.

    Raises:
        NotAStoreError, NewerStoreError, StoreDamagedError: As `open_store`.
    """
    with open_store(store) as connection:
        facts = collect_facts(connection, incidents)
        evidence = collect_evidence(connection, facts.incidents, mentions)
    return Report(_page(title or "Who met, struck and helped whom", facts, evidence), facts.incidents, facts.left_out, evidence.mentions, evidence.left_out)


def _file(folder: str, name: str) -> str:
    return (importlib.resources.files("pipeline.report") / folder / name).read_text(encoding="utf-8")


def _page(title: str, facts: Facts, evidence: Evidence) -> str:
    content = facts.content | {
        "made": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "chunk": CHUNK_INCIDENTS,
        "shown_mentions": evidence.mentions,
        "left_out": {"incidents": facts.left_out, "mentions": evidence.left_out},
        "shapes": json.loads(_file("vendor", _SHAPES)),
    }
    libraries = "\n".join(_file("vendor", name).strip() for name in _LIBRARIES)
    program = "(() => {\n" + '"use strict";\n' + "\n".join(_file("web", f"{name}.js") for name in _SCRIPTS) + "})();\n"
    blocks = [("facts", packed(content)), *((f"evidence-{number}", chunk) for number, chunk in enumerate(evidence.chunks))]
    data = "\n".join(f'<script type="application/gzip" id="{name}">{block}</script>' for name, block in blocks)
    filled = {
        "policy": html.escape(policy(libraries, program)),
        "title": html.escape(title),
        "style": style("page"),
        "data": data,
        "libraries": libraries,
        "program": program,
    }
    before, *parts = _file("web", "page.html").split("{{")
    pieces = [before]
    for part in parts:
        name, _, after = part.partition("}}")
        pieces += [filled[name], after]
    return "".join(pieces)
