from __future__ import annotations

import pathlib
import shutil

from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.storage.synthetic import document, extraction, store
from transforms.storage.files import LocalFiles
from transforms.storage.known import DigestSet, KnownDocuments, digest_of, inputs_read, known_documents, known_languages
from transforms.storage.manifest import EMPTY, current
from transforms.storage.rows import text_hash


def test_a_store_knows_its_documents(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [extraction(document("a")), extraction(document("b", None))])
    files = LocalFiles(str(tmp_path))
    known = KnownDocuments.load(files, current(files))
    assert len(known) == 2
    assert known.has_text(document("a"))
    assert known.has_text(document("b", "2025-01-01"))
    assert not known.has_text(document("a", text="another text"))
    assert not known.has_text(document("c"))


def test_a_record_is_known_by_all_of_its_fields(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [extraction(document("a", title="=")), extraction(document("b", None, source=None))])
    files = LocalFiles(str(tmp_path))
    known = KnownDocuments.load(files, current(files))
    assert known.has_record(document("a", title="="))
    assert known.has_record(document("b", None, source=None))
    for other in (document("a"), document("a", title=""), document("a", "2025-03-11", title="="), document("b", None, source="")):
        assert known.has_text(other)
        assert not known.has_record(other)


def test_what_is_known_is_that_of_the_newest_version(tmp_path: pathlib.Path) -> None:
    assert len(known_documents(str(tmp_path))) == 0
    store(tmp_path, "r1", [extraction(document("a"))])
    assert known_documents(str(tmp_path)).has_text(document("a"))
    store(tmp_path, "r2", [extraction(document("b"))])
    assert known_documents(str(tmp_path)).has_text(document("b"))
    assert known_documents(str(tmp_path)) is known_documents(str(tmp_path))
    # Another store in the same place, as far along: nothing of the old one holds.
    shutil.rmtree(tmp_path)
    store(tmp_path, "r3", [extraction(document("c"))])
    store(tmp_path, "r4", [extraction(document("d"))])
    assert [known_documents(str(tmp_path)).has_text(document(each)) for each in "abcd"] == [False, False, True, True]


def test_languages_are_known_by_id_and_text(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [extraction(document("a", language="en")), extraction(document("b", language="de"))])
    known = known_languages(str(tmp_path))
    text = document("a").text
    assert (known("a", text), known("b", document("b").text)) == ("en", "de")
    assert (known("b", text), known("a", "another text")) == (None, None)


def test_an_empty_store_knows_nothing(tmp_path: pathlib.Path) -> None:
    known = KnownDocuments.load(LocalFiles(str(tmp_path)), EMPTY)
    assert not known.has_text(document("a"))
    assert inputs_read(str(tmp_path)) == frozenset()


def test_the_files_that_runs_have_read_are_kept_once(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", inputs=("/in/a", "/in/b"))
    second = store(tmp_path, "r2", inputs=("/in/b", "/in/c"))
    assert second.inputs == ("/in/c",)
    assert inputs_read(str(tmp_path)) == {"/in/a", "/in/b", "/in/c"}


@given(st.sets(st.integers(0, 300)), st.integers(0, 300))
def test_membership_is_that_of_a_set(ids: set[int], probe: int) -> None:
    digests = b"".join(digest_of(f"d{each}", text_hash(f"The text of d{each}.")) for each in sorted(ids))
    assert (digest_of(f"d{probe}", text_hash(f"The text of d{probe}.")) in DigestSet(digests)) == (probe in ids)
