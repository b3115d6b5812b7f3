"""An explained document as one HTML page that needs nothing beside itself."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.explain import Explained, ExplainedEvent
from pipeline.marks import KINDS, Mark, date_label, segments
from pipeline.query import cell_text

_CONTEXT = 40
_STYLE = """
:root { color-scheme: light dark; --line: #8886; }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem; }
@media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr); } }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.facts, .why { color: #777; font-size: .9rem; overflow-wrap: anywhere; }
mark { color: inherit; background: none; border-bottom: 3px solid; padding: 0 1px; }
mark.trigger { border-color: #d33; font-weight: 600; } mark.actor { border-color: #27c; } mark.place { border-color: #292; }
mark.date { border-color: #a2a; } mark.amount { border-color: #c80; }
article { border: 1px solid var(--line); border-radius: 6px; padding: .6rem .9rem; margin-bottom: 1rem; }
article h2 { font-size: 1rem; margin: 0 0 .3rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem .8rem; margin: .5rem 0 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
"""


def page(explained: Explained) -> str:
    """The page: the text with every event's words marked, a card an event, and what was turned down where that is known."""
    document = explained.document
    title = _text(document["title"] or document["doc_id"])
    marks = tuple(mark for event in explained.events for mark in event.marks)
    body = "".join(_piece(words, covering) for words, covering in segments(document["text"], 0, len(document["text"]), marks))
    facts = " · ".join(_text(each) for each in (document["doc_id"], document["source"], document["published_date"], document["uri"]) if each)
    legend = " ".join(f'<mark class="{kind}">{kind}</mark>' for kind in KINDS)
    cards = "".join(_card(number, event) for number, event in enumerate(explained.events, start=1)) or "<p>No events.</p>"
    head = f"<title>{title}</title>\n<style>{_STYLE}</style>"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f'{head}\n</head>\n<body>\n<h1>{title}</h1>\n<p class="facts">{facts}</p>\n<p>{legend}</p>\n'
        f'<main>\n<div class="text">{body}</div>\n<div>{cards}</div>\n</main>\n{_rejected(explained)}</body>\n</html>\n'
    )


def _text(value: object) -> str:
    return html.escape(str(value), quote=True)


def _piece(words: str, covering: tuple[Mark, ...]) -> str:
    if not covering:
        return _text(words)
    kind = min((mark.kind for mark in covering), key=KINDS.index)
    labels = "; ".join(dict.fromkeys(mark.label for mark in covering))
    return f'<mark class="{kind}" title="{_text(labels)}">{_text(words)}</mark>'


def _card(number: int, event: ExplainedEvent) -> str:
    row = event.row
    sentence = "".join(_piece(words, covering) for words, covering in segments_of_sentence(event))
    judged = "" if row["confidence"] is None else f" · confidence {row['confidence']:.2f}"
    rows = "".join(f"<dt>{_text(name)}</dt><dd>{value}</dd>" for name, value in _details(event))
    return (
        f'<article id="event-{number}"><h2>{number}. {_text(row["event_type"])} · {_text(row["status"])}</h2><div>{sentence}</div>'
        f'<dl>{rows}</dl><p class="why">rule {_text(row["rule"])}{judged} · {_text(row["event_id"])}</p></article>'
    )


def segments_of_sentence(event: ExplainedEvent) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    """The evidence sentence of an event in pieces with their marks."""
    row, start = event.row, event.row["sentence_start"]
    shifted = tuple(Mark(mark.start - start, mark.end - start, mark.kind, mark.label) for mark in event.marks)
    return segments(row["sentence"], 0, len(row["sentence"]), shifted)


def _details(event: ExplainedEvent) -> Iterator[tuple[str, str]]:
    row = event.row
    for actor in row["actors"]:
        yield actor["role"], _actor(actor)
    words = f"“{_text(row['date_text'])}” → " if row["date_text"] else ""
    yield "date", words + _text(date_label(row))
    for each in row["locations"]:
        known = ", ".join(part for part in (each["name"], each["admin1"], each["country"]) if part) or "not in the gazetteer"
        yield "place", f"“{_text(each['text'])}” → {_text(known)}"
    for name, value in event.fields.items():
        yield name, _text(cell_text(value))


def _actor(actor: Mapping[str, Any]) -> str:
    details = ", ".join(_text(actor[name]) for name in ("kind", "acts_for", "sector", "office") if actor[name])
    shown = f"“{_text(actor['text'])}” → {_text(actor['name'] or 'not resolved')}" + (f" ({details})" if details else "")
    return f'{shown} <span class="why">{_text(actor["reason"])}</span>'


def _rejected(explained: Explained) -> str:
    if explained.rejected is None:
        return ""
    body = str(explained.document["text"])
    rows = ""
    for each in explained.rejected:
        before, after = body[max(0, each.start - _CONTEXT) : each.start], body[each.end : each.end + _CONTEXT]
        words = f'…{_text(before)}<mark class="trigger">{_text(body[each.start : each.end])}</mark>{_text(after)}…'
        cells = (_text(each.event_type), _text(each.rule), words, _text(each.reason))
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    return f"<h2>Turned down</h2>\n<table><tr><th>type</th><th>rule</th><th>words</th><th>what spoke against it</th></tr>{rows}</table>\n"
