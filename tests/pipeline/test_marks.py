from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.marks import Mark, date_label, find_marks, segments

TEXT = "Talks began in Oslo on Monday. They ended in Oslo; $5 million was raised."


def row(**fields: Any) -> dict[str, Any]:
    start = TEXT.index("They")
    shared = {
        "event_type": "meeting",
        "rule": "meeting/end",
        "trigger_start": start + 5,
        "trigger_end": start + 10,
        "sentence_start": start,
        "sentence_end": len(TEXT),
    }
    return (
        shared
        | {"actors": [], "locations": [], "date_text": None, "event_date": None, "event_date_end": None, "date_precision": None, "date_basis": None}
        | fields
    )


def place(text: str) -> dict[str, Any]:
    return {"text": text, "name": text, "country": None}


@pytest.mark.parametrize(
    ("fields", "kind", "words", "start"),
    [
        ({}, "trigger", "ended", 36),
        ({"locations": [place("Oslo")]}, "place", "Oslo", 45),
        ({"date_text": "on Monday"}, "date", "on Monday", 20),
        ({"amount": 5e6, "currency": "USD"}, "amount", "$5 million", 51),
    ],
)
def test_parts_are_found_where_the_text_says_them(fields: dict[str, Any], kind: str, words: str, start: int) -> None:
    found = [mark for mark in find_marks(TEXT, row(**fields)) if mark.kind == kind]
    assert [(TEXT[mark.start : mark.end], mark.start) for mark in found] == [(words, start)]


def test_words_within_other_words_are_no_place() -> None:
    assert [mark.kind for mark in find_marks(TEXT, row(locations=[place("Os")]))] == ["trigger"]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_pieces_make_up_the_text_and_know_their_marks(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(min(a, b, len(text)), min(max(a, b), len(text)), "actor", str(number)) for number, (a, b) in enumerate(spans)]
    marks = [mark for mark in marks if mark.start < mark.end]
    pieces = list(segments(text, 0, len(text), marks))
    assert "".join(piece for piece, _ in pieces) == text
    at = 0
    for piece, covering in pieces:
        for position in range(at, at + len(piece)):
            assert set(covering) == {mark for mark in marks if mark.start <= position < mark.end}
        at += len(piece)


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        (None, None, "no date"),
        ("2025-03-10", "2025-03-10", "2025-03-10, day, text"),
        (None, "2025-03-10", "… to 2025-03-10, day, text"),
        ("2025-03-10", None, "2025-03-10 to …, day, text"),
    ],
)
def test_dates_are_readable(start: str | None, end: str | None, label: str) -> None:
    assert date_label({"event_date": start, "event_date_end": end, "date_precision": "day", "date_basis": "text"}) == label


def test_a_stretch_of_the_text_gives_the_marks_within_it() -> None:
    start = TEXT.index("They")
    fields = row(locations=[place("Oslo")], date_text="on Monday")
    found = find_marks(TEXT[start:], fields, start)
    assert [(mark.kind, TEXT[start:][mark.start : mark.end]) for mark in found] == [("trigger", "ended"), ("place", "Oslo")]
