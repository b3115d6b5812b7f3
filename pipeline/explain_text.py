"""An explained document as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.explain import Explained, ExplainedEvent
from pipeline.marks import Mark, date_label
from pipeline.query import cell_text
from pipeline.text_table import escaped

_COLOURS = {"trigger": "1;31", "actor": "1;34", "place": "1;32", "date": "1;35", "amount": "1;33"}
_CONTEXT = 40


def text(explained: Explained, *, colour: bool = False) -> Iterator[str]:
    """The lines that show a document's events.

    Args:
        explained: The document.
        colour: Mark words by colours rather than by brackets alone.
    """
    document = explained.document
    yield escaped(document["title"] or document["doc_id"])
    facts = [document["doc_id"], document["source"], document["published_date"], document["uri"]]
    yield escaped(" · ".join(str(each) for each in facts if each))
    if not explained.events:
        yield "\nno events"
    for number, event in enumerate(explained.events, start=1):
        yield ""
        yield from _event(number, event, str(document["text"]), colour=colour)
    if explained.rejected is not None:
        yield "\nturned down" if explained.rejected else "\nnothing was turned down"
        for each in explained.rejected:
            around = _around(str(document["text"]), each.start, each.end)
            yield escaped(f"  {each.event_type}/{each.rule.removeprefix(each.event_type + '/')}  {around}: {each.reason}")


def _around(body: str, start: int, end: int) -> str:
    before, after = body[max(0, start - _CONTEXT) : start], body[end : end + _CONTEXT]
    return " ".join(f"…{before}[{body[start:end]}]{after}…".split())


def _event(number: int, event: ExplainedEvent, body: str, *, colour: bool) -> Iterator[str]:
    row = event.row
    place = ", ".join(each for each in (row["location_name"] or row["location_text"], row["location_country"]) if each)
    judged = "" if row["confidence"] is None else f"confidence {row['confidence']:.2f}"
    head = [row["event_type"], row["status"], date_label(row), place, f"rule {row['rule']}", judged]
    yield escaped(f"{number}. " + " · ".join(each for each in head if each))
    yield "   " + _marked(body, row, event.marks, colour=colour)
    for actor in row["actors"]:
        yield escaped(f"   {actor['role']:<16} {_actor(actor)}")
    if row["date_text"]:
        yield escaped(f"   {'date':<16} “{row['date_text']}” → {date_label(row)}")
    for each in row["locations"]:
        known = ", ".join(part for part in (each["name"], each["admin1"], each["country"]) if part) or "not in the gazetteer"
        yield escaped(f"   {'place':<16} “{each['text']}” → {known}")
    for name, value in event.fields.items():
        yield escaped(f"   {name:<16} {cell_text(value)}")


def _actor(actor: Mapping[str, Any]) -> str:
    details = [f"{name} {actor[name]}" for name in ("kind", "acts_for", "country", "sector", "office") if actor[name]]
    return f"“{actor['text']}” → {actor['name'] or 'not resolved'}" + (f" ({', '.join(details)})" if details else "") + f": {actor['reason']}"


def _marked(body: str, row: Mapping[str, Any], marks: tuple[Mark, ...], *, colour: bool) -> str:
    """The sentence with its words marked; where marks overlap the longer one is shown."""
    shown: list[str] = []
    at = row["sentence_start"]
    for mark in marks:
        if mark.start < at or mark.end > row["sentence_end"]:
            continue
        words = f"[{escaped(body[mark.start : mark.end])}]"
        shown += [escaped(body[at : mark.start]), f"\x1b[{_COLOURS[mark.kind]}m{words}\x1b[0m" if colour else f"{words}{{{mark.kind}}}"]
        at = mark.end
    return "".join([*shown, escaped(body[at : row["sentence_end"]])])
