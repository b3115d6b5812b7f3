from __future__ import annotations

import pathlib

from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.storage.synthetic import document, extraction, store
from transforms.storage.files import LocalFiles
from transforms.storage.known import KnownDocuments, digest_of
from transforms.storage.manifest import EMPTY, current
from transforms.storage.rows import text_hash


def test_a_store_knows_its_documents(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [extraction(document("a")), extraction(document("b", None))])
    files = LocalFiles(str(tmp_path))
    known = KnownDocuments.load(files, current(files))
    assert len(known) == 2
    assert document("a") in known
    assert document("b", "2025-01-01") in known
    assert document("a", text="another text") not in known
    assert document("c") not in known


def test_documents_that_another_version_made_are_unknown_on_refresh(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [extraction(document("a")), extraction(document("b"), version="version 0")])
    files = LocalFiles(str(tmp_path))
    known = KnownDocuments.load(files, current(files), ("model 1", "version 1"))
    assert [each for each in "ab" if document(each) in known] == ["a"]


def test_an_empty_store_knows_nothing(tmp_path: pathlib.Path) -> None:
    assert document("a") not in KnownDocuments.load(LocalFiles(str(tmp_path)), EMPTY)


@given(st.sets(st.integers(0, 300)), st.integers(0, 300))
def test_membership_is_that_of_a_set(ids: set[int], probe: int) -> None:
    digests = b"".join(digest_of(f"d{each}", text_hash(f"The text of d{each}.")) for each in sorted(ids))
    assert (document(f"d{probe}") in KnownDocuments(digests)) == (probe in ids)
