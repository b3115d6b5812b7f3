from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.storage.identity import Copy, resolve

LINK = "https://news.example/a"


def at(day: int | None) -> datetime.datetime | None:
    return None if day is None else datetime.datetime(2025, 3, day, tzinfo=datetime.UTC)


def copy(text: str = "A", day: int | None = 1, uri: str | None = LINK, source: str | None = "Courier", part: str = "p", made_by: str = "m1") -> Copy:
    return Copy(part, "d", text, at(day), uri, source, "", made_by)


STORED = copy("A", part="")


@pytest.mark.parametrize(
    ("staged", "stored", "counts", "kept", "errors"),
    [
        ([copy()], None, (1, 0, 0), "A", []),
        ([copy(), copy(part="q")], None, (1, 0, 0), "A", ["duplicate"]),
        ([copy("A", 1), copy("B", 2)], None, (1, 1, 0), "B", []),
        ([copy("B", 1), copy("A", 2)], None, (1, 1, 0), "A", []),
        ([copy("A", None), copy("B", 2)], None, (1, 1, 0), "B", []),
        ([copy("A", 1), copy("B", 1)], None, (1, 1, 0), "B", []),
        ([copy("A", 1), copy("B", 2, uri="https://news.example/b")], None, (1, 0, 0), "A", ["id_conflict"]),
        ([copy("A", 1), copy("B", 2, source="Herald")], None, (1, 0, 0), "A", ["id_conflict"]),
        ([copy("A", 1, source=None), copy("B", 2, uri=None)], None, (1, 1, 0), "B", []),
        # A uri that is no link is the file it was read from, and a text may move to another file.
        ([copy("A", 1, uri="/in/one.txt"), copy("B", 2, uri="/in/two.txt")], None, (1, 1, 0), "B", []),
        ([copy()], STORED, (0, 0, 1), None, []),
        ([copy("B", 2)], STORED, (0, 1, 0), "B", []),
        # The later run's text stays, even if it was published earlier.
        ([copy("B", None)], STORED, (0, 1, 0), "B", []),
        ([copy("B", 2, source="Herald")], STORED, (0, 0, 0), None, ["id_conflict"]),
    ],
)
def test_rules_of_identity(staged: list[Copy], stored: Copy | None, counts: tuple[int, int, int], kept: str | None, errors: list[str]) -> None:
    verdict = resolve(staged, stored)
    assert (verdict.added, verdict.replaced, verdict.unchanged) == counts
    assert (verdict.kept and verdict.kept.text_hash) == kept
    assert [error for _, _, error in verdict.rejected] == errors
    assert verdict.removed == (stored is not None and kept is not None)


def test_kinds_of_rejects() -> None:
    assert [kind for _, kind, _ in resolve([copy(), copy(part="q")], None).rejected] == ["skipped"]
    assert [kind for _, kind, _ in resolve([copy("B", source="Herald")], STORED).rejected] == ["failed"]


def test_refresh_replaces_what_another_version_made() -> None:
    again = copy(made_by="m2")
    assert resolve([again], STORED).unchanged == 1
    verdict = resolve([again], STORED, refresh=True)
    assert (verdict.kept, verdict.removed, verdict.replaced) == (again, True, 1)
    assert resolve([copy()], STORED, refresh=True).unchanged == 1


def test_an_older_text_is_no_news_where_the_run_has_read_the_stores_as_well() -> None:
    stored = copy("A", 5, part="")
    verdict = resolve([copy("B", 2)], stored, seen_again=True)
    assert (verdict.kept, verdict.unchanged, verdict.rejected) == (None, 1, ())
    assert resolve([copy("B", 9)], stored, seen_again=True).replaced == 1


def test_of_two_copies_of_a_text_the_same_one_stays_in_one_run_and_in_two() -> None:
    one, other = copy("A", 1, uri="/in/a.txt"), copy("A", 1, uri="/in/b.txt")
    together = resolve([other, one], None)
    assert (together.kept, [each for each, *_ in together.rejected]) == (one, [other])
    for first, second in ((one, other), (other, one)):
        verdict = resolve([second], first)
        assert (verdict.kept or first) == one
        assert verdict.given_again == (other,)
        assert verdict.replaced + verdict.unchanged == 1


copies = st.builds(
    copy,
    text=st.sampled_from("ABC"),
    day=st.one_of(st.none(), st.integers(1, 3)),
    uri=st.sampled_from([None, LINK, "https://news.example/b", "/in/file"]),
    source=st.sampled_from([None, "Courier", "Herald"]),
    part=st.sampled_from("pqrs"),
    made_by=st.sampled_from(["m1", "m2"]),
)


@given(st.lists(copies, min_size=1, max_size=6), st.one_of(st.none(), copies), st.booleans(), st.booleans(), st.randoms())
def test_every_copy_is_accounted_for_and_order_does_not_matter(staged, stored, seen_again, refresh, random) -> None:
    verdict = resolve(staged, stored, seen_again=seen_again, refresh=refresh)
    assert verdict.added + verdict.replaced + verdict.unchanged + len(verdict.rejected) == len(staged)
    assert verdict.added == (stored is None)
    shuffled = list(staged)
    random.shuffle(shuffled)
    again = resolve(shuffled, stored, seen_again=seen_again, refresh=refresh)
    assert (again.kept, again.added, again.replaced, again.unchanged) == (verdict.kept, verdict.added, verdict.replaced, verdict.unchanged)
    assert sorted(map(repr, again.rejected)) == sorted(map(repr, verdict.rejected))
