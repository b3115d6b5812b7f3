from __future__ import annotations

import pathlib

from pipeline.digests import digests
from schemas.tables import tables
from tests.transforms.storage.synthetic import document, extraction, mention, reject, store
from transforms.events.extraction import Extraction


def told(doc_id: str, published: str = "2025-03-10", **fields: object) -> Extraction:
    source = document(doc_id, published, **fields)
    return extraction(source, mention(source, 1), mention(source, 2, date="2025-02-01"))


def digest(folder: pathlib.Path) -> dict[str, str]:
    return {each.table: each.digest for each in digests(str(folder))}


def test_equal_rows_have_equal_digests_whatever_the_runs_and_files(tmp_path: pathlib.Path) -> None:
    store(tmp_path / "one", "r1", [told("a"), told("b", "2025-04-10")], [reject()])
    store(tmp_path / "two", "x1", [told("b", "2025-04-10")])
    store(tmp_path / "two", "x2", [told("a")], [reject()])
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert digest(tmp_path / "one").keys() == tables().keys() - {"runs", "incident_aliases"}


def test_a_changed_a_missing_and_a_doubled_row_change_the_digest(tmp_path: pathlib.Path) -> None:
    store(tmp_path / "one", "r1", [told("a")], [reject()])
    one = digest(tmp_path / "one")
    for name, extractions, rejects in (
        ("changed", [told("a", title="another")], [reject()]),
        ("missing", [told("a")], []),
        ("doubled", [told("a")], [reject(), reject()]),
    ):
        store(tmp_path / name, "r1", extractions, rejects)
        differing = {table for table, value in digest(tmp_path / name).items() if value != one[table]}
        assert differing == ({"documents"} if name == "changed" else {"rejects"})
