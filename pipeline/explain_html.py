"""An explained document as one HTML page that needs nothing beside itself, not even a script: the article on one side, its events and why on the other."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.explain import Explained, ExplainedEvent, Rejected
from pipeline.marks import KINDS, Mark, date_label, segments
from pipeline.query import cell_text
from pipeline.reasons import BASES
from pipeline.report.standing import standing
from pipeline.web_page import policy, style

_CONTEXT = 40


def page(explained: Explained) -> str:
    """The page: the text with every event's words marked, a card an event with why each field was read so, and what was turned down where that is known."""
    document = explained.document
    title = _text(document["title"] or document["doc_id"])
    facts = " · ".join(_text(each) for each in (document["doc_id"], document["source"], document["published_date"], document["uri"]) if each)
    other = (
        f'<p class="quiet">Read by {_text(explained.read_by)}, another version than this one: its rules may have said something else.</p>'
        if explained.read_by
        else ""
    )
    legend = " ".join(f'<mark class="{kind}">{kind}</mark>' for kind in KINDS) + (' <mark class="rejected">turned down</mark>' if explained.rejected else "")
    cards = "".join(_card(number, event) for number, event in enumerate(explained.events, start=1)) or "<p>No events.</p>"
    head = f"<title>{title}</title>\n<style>{style('explain')}{_glow(len(explained.events))}</style>"
    sides = (
        f'<section class="article" aria-label="The article" tabindex="0"><div class="text">{_article(explained)}</div></section>\n'
        f'<section aria-label="Its events and why"><h2>{_events(len(explained.events))}</h2>\n{cards}\n{_rejected(explained)}</section>'
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_text(policy())}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{head}\n</head>\n'
        f'<body>\n<h1>{title}</h1>\n<p class="quiet">{facts}</p>{other}\n<p class="legend">{legend}</p>\n<main>\n{sides}\n</main>\n</body>\n</html>\n'
    )


def _text(value: object) -> str:
    return html.escape(str(value), quote=True)


def _events(count: int) -> str:
    return f"{count} event{'' if count == 1 else 's'}"


def _glow(events: int) -> str:
    """Style rules by which an event's words and its card light up together."""
    return "".join(
        f"main:has(#event-{each}:hover,#event-{each}:target,.e{each}:hover) .e{each},main:has(.e{each}:hover) #event-{each}{{background:var(--cell)}}\n"
        for each in range(1, events + 1)
    )


def _article(explained: Explained) -> str:
    """The document's text; a trigger is followed by its event's number, which leads to the card."""
    body = str(explained.document["text"])
    owner: dict[int, list[int]] = {}
    for number, event in enumerate(explained.events, start=1):
        for mark in event.marks:
            owner.setdefault(id(mark), []).append(number)
    marks = [mark for event in explained.events for mark in event.marks]
    turned_down = [Mark(each.start, each.end, "rejected", each.reason) for each in explained.rejected or ()]
    pieces: list[str] = []
    at = 0
    for words, covering in segments(body, 0, len(body), [*marks, *turned_down]):
        at += len(words)
        told = [mark for mark in covering if mark.kind != "rejected"]
        numbers = sorted({number for mark in told for number in owner[id(mark)]})
        pieces.append(_piece(words, told or covering, numbers))
        for mark in told:
            if mark.kind == "trigger" and mark.end == at:
                pieces += [f'<sup id="mark-{number}"><a href="#event-{number}" aria-label="event {number}">{number}</a></sup>' for number in owner[id(mark)]]
    return "".join(pieces)


def _piece(words: str, covering: tuple[Mark, ...] | list[Mark], numbers: list[int]) -> str:
    if not covering:
        return _text(words)
    kind = min((mark.kind for mark in covering), key=(*KINDS, "rejected").index)
    labels = "; ".join(dict.fromkeys(mark.label for mark in covering))
    classes = " ".join([kind, *(f"e{number}" for number in numbers)])
    return f'<mark class="{classes}" title="{_text(labels)}">{_text(words)}</mark>'


def _card(number: int, event: ExplainedEvent) -> str:
    row = event.row
    happened = standing(row["status"], event.fields.get("decision")) == "happened"
    rows = "".join(f"<dt>{_text(name)}</dt><dd>{value}</dd>" for name, value in _details(event))
    return (
        f'<article id="event-{number}" class="{"happened" if happened else "other"}"><h3><a href="#mark-{number}">{number}.</a> '
        f'{_text(row["event_type"].replace("_", " "))} <span class="status">· {_text(row["status"])}</span></h3><dl>{rows}</dl></article>'
    )


def _details(event: ExplainedEvent) -> Iterator[tuple[str, str]]:
    row = event.row
    for actor in row["actors"]:
        yield actor["role"], _actor(actor)
    yield "date", _with_reason(_text(date_label(row)), row["date_text"], BASES.get(row["date_basis"] or "", "the text gives none"))
    for each in row["locations"]:
        known = ", ".join(part for part in (each["name"], each["admin1"], each["country"]) if part)
        yield "place", _with_reason(_text(known or "not in the gazetteer"), each["text"], each["precision"] or "")
    if row["attributed_to"] or row["blame"]:
        said = [f"according to {row['attributed_to']}" if row["attributed_to"] else "", row["blame"] or ""]
        yield "who says so", _text(", ".join(each for each in said if each))
    for name, value in event.fields.items():
        yield name.replace("_", " "), _text(cell_text(value))
    yield "rule", _rule(event)
    judged = "" if row["confidence"] is None else f"confidence {row['confidence']:.2f} · "
    yield "event", f'<span class="quiet">{_text(judged + row["event_id"])}</span>'


def _with_reason(value: str, words: str | None, reason: str) -> str:
    said = " · ".join(each for each in (f"“{_text(words)}”" if words else "", _text(reason)) if each)
    return f'{value} <span class="quiet">{said}</span>' if said else value


def _actor(actor: Mapping[str, Any]) -> str:
    details = ", ".join(_text(actor[name]) for name in ("kind", "acts_for", "sector", "office") if actor[name])
    return _with_reason(f"{_text(actor['name'] or 'not resolved')}" + (f" ({details})" if details else ""), actor["text"], actor["reason"])


def _rule(event: ExplainedEvent) -> str:
    if event.rule is None:
        return _with_reason(_text(event.row["rule"]), None, "the frames of this version have no such rule")
    return _with_reason(f"{_text(event.rule.name)}, {_text(event.rule.trigger)}", None, "; ".join((event.rule.file, *event.rule.conditions)))


def _rejected(explained: Explained) -> str:
    if explained.rejected is None:
        return ""
    if not explained.rejected:
        return "<h2>Nothing was turned down</h2>"
    body = str(explained.document["text"])
    rows = "".join(_turned_down(body, each) for each in explained.rejected)
    return f'<h2>Turned down</h2>\n<ul class="rejected-list">{rows}</ul>\n'


def _turned_down(body: str, rejected: Rejected) -> str:
    before, after = body[max(0, rejected.start - _CONTEXT) : rejected.start], body[rejected.end : rejected.end + _CONTEXT]
    words = f'…{_text(before)}<mark class="rejected">{_text(body[rejected.start : rejected.end])}</mark>{_text(after)}…'
    return f'<li>{words}<br><span class="quiet">{_text(rejected.event_type)}, rule {_text(rejected.rule)}: {_text(rejected.reason)}</span></li>'
