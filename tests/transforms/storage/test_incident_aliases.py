"""Where an incident id leads that once was published."""

from __future__ import annotations

import pathlib

from tests.transforms.storage.synthetic import document, extraction, mention, store
from transforms.events.extraction import Extraction
from transforms.storage.draft import Draft
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import current


def told(doc_id: str, published: str, date: str = "2025-03-01", **fields: str) -> Extraction:
    source = document(doc_id, published, **fields)
    return extraction(source, mention(source, 1, date=date))


def event(doc_id: str) -> str:
    return mention(document(doc_id), 1).event_id


def aliases(folder: pathlib.Path) -> dict[str, tuple[str, str]]:
    files = LocalFiles(str(folder))
    rows = Draft(files, "", current(files)).collect("incident_aliases", ["old_incident_id", "incident_id", "run_id"]).to_pylist()
    assert len({row["old_incident_id"] for row in rows}) == len(rows)
    return {row["old_incident_id"]: (row["incident_id"], row["run_id"]) for row in rows}


def test_an_earlier_report_gives_the_incident_its_id(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [told("c", "2025-03-12")])
    assert aliases(tmp_path) == {}
    store(tmp_path, "r2", [told("b", "2025-03-11")])
    assert aliases(tmp_path) == {event("c"): (event("b"), "r2")}
    # What led to an id that has changed again leads on.
    store(tmp_path, "r3", [told("a", "2025-03-10")])
    assert aliases(tmp_path) == {event("c"): (event("a"), "r3"), event("b"): (event("a"), "r3")}
    store(tmp_path, "r4", [told("d", "2025-03-13")])
    assert aliases(tmp_path) == {event("c"): (event("a"), "r3"), event("b"): (event("a"), "r3")}


def test_an_id_that_names_an_incident_again_is_no_alias(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [told("b", "2025-03-12")])
    store(tmp_path, "r2", [told("a", "2025-03-11")])
    assert aliases(tmp_path) == {event("b"): (event("a"), "r2")}
    store(tmp_path, "r3", [told("a", "2025-03-11", "2025-02-01", text="corrected")])
    assert aliases(tmp_path) == {}


def test_where_the_first_mention_has_left_most_of_the_others_say_what_it_is(tmp_path: pathlib.Path) -> None:
    first = document("a", "2025-03-10")
    store(tmp_path, "r1", [extraction(first, mention(first, 1)), told("b", "2025-03-11", "2025-03-09"), told("c", "2025-03-12", "2025-03-09")])
    assert aliases(tmp_path) == {}
    store(tmp_path, "r2", [extraction(document("a", "2025-03-10", text="corrected"))])
    assert aliases(tmp_path) == {event("a"): (event("b"), "r2")}


def test_what_has_left_altogether_leads_nowhere(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [told("a", "2025-03-10")])
    store(tmp_path, "r2", [extraction(document("a", "2025-03-10", text="corrected"))])
    assert aliases(tmp_path) == {}
