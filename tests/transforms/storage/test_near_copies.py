"""Which documents repeat one another, and what the store makes of it over runs."""

from __future__ import annotations

import datetime
import pathlib
import random
import tempfile

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transforms.storage.synthetic import contents, document, extraction, mention, store
from transforms.storage.near_copies import Printed, band_keys, originals, signature
from transforms.storage.rows import text_hash

_WORDS = random.Random(3).choices([f"word{number}" for number in range(400)], k=400)
REPORT = " ".join(_WORDS)
# As outlets print it: with a line of their own, without the last paragraph.
COPY = "From our correspondent. " + REPORT
CUT = " ".join(_WORDS[:360])
OTHER = " ".join(_WORDS[:150] + _WORDS[100::-1] + _WORDS[250:300])


def printed(doc_id: str, day: int | None, text: str) -> Printed:
    when = None if day is None else datetime.datetime(2025, 3, day, tzinfo=datetime.UTC)
    return Printed(doc_id, when, when and when.date(), text_hash(text), signature(text))


def test_a_signature_says_how_much_two_texts_share() -> None:
    def share(one: str, other: str) -> float:
        return sum(map(int.__eq__, signature(one), signature(other))) / 64

    assert len(signature(REPORT)) == 64
    assert signature(REPORT) == signature(REPORT.upper().replace(" ", "\n"))
    assert share(REPORT, COPY) > 0.9
    assert 0.8 <= share(REPORT, CUT) < 1
    assert share(REPORT, OTHER) < 0.7
    assert signature("Too short to be told apart.") == ()
    assert all(-(2**31) <= value < 2**31 for value in signature(REPORT))


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([printed("a", 2, REPORT), printed("b", 1, REPORT)], {"a": "b"}),
        ([printed("b", 1, REPORT), printed("a", 1, REPORT), printed("c", None, REPORT)], {"b": "a", "c": "a"}),
        ([printed("a", 1, REPORT), printed("b", 2, COPY)], {"b": "a"}),
        ([printed("a", 1, REPORT), printed("b", 4, CUT)], {"b": "a"}),
        # Days later it is a form that is used again; the same text is the same text whenever.
        ([printed("a", 1, REPORT), printed("b", 5, CUT)], {}),
        ([printed("a", 1, REPORT), printed("b", 25, REPORT)], {"b": "a"}),
        ([printed("a", 1, REPORT), printed("b", None, CUT)], {}),
        ([printed("a", 1, REPORT), printed("b", 1, OTHER)], {}),
        # Over others: the third repeats the second, and so the first.
        ([printed("a", 1, REPORT), printed("b", 3, COPY), printed("c", 6, CUT)], {"b": "a", "c": "a"}),
        ([printed("a", 1, "Short."), printed("b", 1, "Short.")], {"b": "a"}),
        ([printed("a", 1, "Short."), printed("b", 1, "Brief.")], {}),
        ([], {}),
    ],
)
def test_originals(documents: list[Printed], expected: dict[str, str]) -> None:
    assert originals(documents) == expected
    assert originals(reversed(documents)) == expected


def test_copies_share_a_band_and_short_texts_have_none() -> None:
    keys, positions = band_keys(pa.array([signature(REPORT), (), None, signature(COPY), signature(OTHER)], pa.list_(pa.int32())))
    assert positions.tolist() == [0, 3, 4]
    assert keys.shape == (3, 16)
    assert set(keys[0]) & set(keys[1])
    assert len(set(keys[0])) == 16
    assert band_keys(pa.array([], pa.list_(pa.int32())))[0].shape == (0, 16)


def test_a_near_copy_adds_no_source(tmp_path: pathlib.Path) -> None:
    for number, text in enumerate((REPORT, COPY, OTHER)):
        source = document(f"d{number}", f"2025-03-1{number}", text, source=f"Outlet {number}")
        store(tmp_path, f"r{number}", [extraction(source, mention(source, 1))])
    assert any("'d1'" in row and "'d0'" in row for row in contents(tmp_path)["duplicates"])
    assert len(contents(tmp_path)["duplicates"]) == 1
    assert "'sources': 2" in contents(tmp_path)["incidents"][0]


def test_documents_of_the_first_and_last_days_that_there_are(tmp_path: pathlib.Path) -> None:
    for number, (day, text) in enumerate((("0001-01-01", REPORT), ("0001-01-02", COPY), ("9999-12-31", REPORT), ("9999-12-30", COPY))):
        source = document(f"d{number}", day, text)
        store(tmp_path, f"r{number}", [extraction(source, mention(source, 1, date=day))])
    assert len(contents(tmp_path)["documents"]) == 4
    assert any("'d1'" in row and "'d0'" in row for row in contents(tmp_path)["duplicates"])


_PRINTED = st.tuples(st.integers(0, 5), st.integers(8, 14), st.sampled_from([REPORT, COPY, CUT, OTHER, "Short."]))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PRINTED, min_size=2, max_size=6, unique_by=lambda each: each[0]), st.randoms(use_true_random=False), st.integers(0, 6))
def test_duplicates_are_a_function_of_the_documents(world: list[tuple[int, int, str]], chance: random.Random, cut: int) -> None:
    told = []
    for number, day, text in world:
        source = document(f"d{number}", f"2025-03-{day:02d}", text, source=f"Outlet {number}")
        told.append(extraction(source, mention(source, 1)))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        store(folder / "one", "r1", told)
        chance.shuffle(told)
        store(folder / "two", "r1", told[:cut])
        store(folder / "two", "r2", told[cut:])
        # A document passes through another text, and its family is parted and joined again.
        passing = document(told[0].document.doc_id, told[0].document.published_date.isoformat(), "passing", source=told[0].document.source)
        store(folder / "two", "r3", [extraction(passing)])
        store(folder / "two", "r4", told[:1])
        assert contents(folder / "two") == contents(folder / "one")
