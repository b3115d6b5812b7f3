"""An explained document as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.explain import Explained, ExplainedEvent
from pipeline.marks import KINDS, Mark, date_label, segments
from pipeline.query import cell_text
from pipeline.reasons import BASES
from pipeline.text_table import escaped

_COLOURS = {"trigger": "1;31", "actor": "1;34", "place": "1;32", "date": "1;35", "amount": "1;33"}
_QUIET = "2"
_CONTEXT = 40


def text(explained: Explained, *, colour: bool = False) -> Iterator[str]:
    """The lines that show a document: its text with every event's words marked, then each event with its fields and why each was read so.

    Args:
        explained: The document.
        colour: Mark words by colours rather than by brackets alone.
    """
    document = explained.document
    yield escaped(document["title"] or document["doc_id"])
    facts = [document["doc_id"], document["source"], document["published_date"], document["uri"]]
    yield escaped(" · ".join(str(each) for each in facts if each))
    if explained.read_by is not None:
        yield escaped(f"read by {explained.read_by}, another version than this one: its rules may have said something else")
    yield ""
    yield from _article(explained, colour=colour)
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


def _article(explained: Explained, *, colour: bool) -> Iterator[str]:
    """The document's text; a trigger bears the number of its event, and other words that an event rests on are coloured where colours are wanted."""
    body = str(explained.document["text"])
    marks = [mark for event in explained.events for mark in event.marks]
    ends: dict[int, list[int]] = {}
    for number, event in enumerate(explained.events, start=1):
        ends.setdefault(event.row["trigger_end"], []).append(number)
    shown: list[str] = []
    at = 0
    for words, covering in segments(body, 0, len(body), marks):
        kind = min((mark.kind for mark in covering), key=KINDS.index, default=None)
        at += len(words)
        if colour and kind is not None:
            lines = [f"\x1b[{_COLOURS[kind]}m{escaped(line)}\x1b[0m" for line in words.split("\n")]
        else:
            lines = [escaped(line) for line in words.split("\n")]
        shown.append("\n".join(lines))
        if kind == "trigger" and at in ends:
            numbers = ",".join(map(str, ends[at]))
            shown.append(f"\x1b[{_QUIET}m[{numbers}]\x1b[0m" if colour else f"[{numbers}]")
    yield from "".join(shown).split("\n")


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
        yield _field(actor["role"], _actor(actor))
    basis = BASES.get(row["date_basis"] or "", "the text gives none")
    words = f"“{row['date_text']}” → " if row["date_text"] else ""
    yield _field("date", f"{words}{date_label(row)}: {basis}")
    for each in row["locations"]:
        known = ", ".join(part for part in (each["name"], each["admin1"], each["country"]) if part) or "not in the gazetteer"
        yield _field("place", f"“{each['text']}” → {known}")
    for name in ("attributed_to", "blame"):
        if row[name]:
            yield _field(name, row[name])
    for name, value in event.fields.items():
        yield _field(name, cell_text(value))
    yield _field("rule", _rule(event))


def _field(name: str, value: str) -> str:
    return escaped(f"   {name:<16} {value}")


def _rule(event: ExplainedEvent) -> str:
    if event.rule is None:
        return f"{event.row['rule']}: the frames of this version have no such rule"
    return f"{event.rule.name} of {event.rule.file}: {event.rule.trigger}" + "".join(f"; {each}" for each in event.rule.conditions)


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
