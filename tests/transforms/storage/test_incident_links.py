"""Links between incidents over runs: the whole may come after its parts, and go before them."""

from __future__ import annotations

import pathlib

from tests.transforms.storage.synthetic import document, extraction, mention, store
from transforms.events.extraction import Extraction
from transforms.storage.draft import Draft
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import current


def told(doc_id: str, *, wave: bool = False, date: str | None = "2025-03-09", text: str | None = None) -> Extraction:
    source = document(doc_id, text=text)
    return extraction(source, mention(source, 1, date=date, trigger="wave" if wave else "hit"))


def links(folder: pathlib.Path) -> dict[str, tuple[str | None, str | None, bool]]:
    """Document of the incident's first mention -> document of its whole and of its package, and whether counts take its parts."""
    files = LocalFiles(str(folder))
    draft = Draft(files, "", current(files))
    document_of = {row["event_id"]: row["doc_id"] for row in draft.collect("strike", ["event_id", "doc_id"]).to_pylist()}
    rows = draft.collect("incidents", ["incident_id", "part_of", "package_id", "told_by_parts"]).to_pylist()
    actors = draft.collect("incident_actors", ["incident_id", "told_by_parts"]).to_pylist()
    told = {row["incident_id"]: row["told_by_parts"] for row in rows}
    assert all(row["told_by_parts"] == told[row["incident_id"]] for row in actors)
    named = {None: None} | document_of
    return {document_of[row["incident_id"]]: (named[row["part_of"]], named[row["package_id"]], row["told_by_parts"]) for row in rows}


def test_incidents_of_earlier_runs_are_linked_with_what_comes_later_and_let_go_when_it_leaves(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [told("town"), told("other", date="2025-02-01")])
    assert links(tmp_path) == {"town": (None, None, False), "other": (None, None, False)}
    store(tmp_path, "r2", [told("wave", wave=True)])
    assert links(tmp_path) == {"town": ("wave", "wave", False), "wave": (None, "wave", True), "other": (None, None, False)}
    # The wave is told of another day now.
    store(tmp_path, "r3", [told("wave", wave=True, date="2025-02-01", text="corrected")])
    assert links(tmp_path) == {"town": (None, None, False), "wave": (None, "wave", True), "other": ("wave", "wave", False)}


def test_a_whole_that_is_now_named_by_another_mention_keeps_its_parts(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [told("town"), told("wave", wave=True)])
    source = document("earlier", "2025-03-09")
    store(tmp_path, "r2", [extraction(source, mention(source, 1, trigger="wave"))])
    assert links(tmp_path) == {"town": ("earlier", "earlier", False), "earlier": (None, "earlier", True)}
