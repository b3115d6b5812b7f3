"""Own fields of an event type, read as its frame file says: lexicons of patterns, tolls, money, topic, items."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from transforms.events.arguments import patients
from transforms.events.candidates import Candidate
from transforms.events.filled import Filled
from transforms.events.frames import FieldFrame
from transforms.events.money import Amount, find_amounts, to_usd
from transforms.events.parties import noun_phrase
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import conjuncts, is_verb
from transforms.events.target_kind import kind_of_target
from transforms.events.tolls import toll_of
from transforms.events.where import NamedPlace
from transforms.language.parse import Token

_COURTESY = re.compile(r"(?i)^(?:mark|welcome|congratulate|thank|celebrate|express|reaffirm|commemorate|offer|pay|honou?r)\b")


@dataclasses.dataclass(frozen=True)
class Reading:
    """What the extractors of own fields look at."""

    text: str
    sentence: ParsedSentence
    candidate: Candidate
    filled: Filled
    places: list[NamedPlace]
    day: datetime.date | None
    span: tuple[datetime.date, datetime.date] | None
    """The first and the last day of the event, where they are known."""
    rivals: tuple[Token, ...]
    """The triggers of the other mentions of the type in the sentence."""

    @property
    def alone(self) -> bool:
        """No other mention of the type in the sentence: what the sentence counts, it counts for this one."""
        return not self.rivals


def _span_text(reading: Reading, scope: str) -> str:
    sentence, candidate = reading.sentence, reading.candidate
    doc = sentence.doc
    if scope == "sentence":
        return doc.text
    if scope == "theme":
        spans = []
        for token in candidate.theme:
            first, last = noun_phrase(token)
            spans.append(doc[first : max(last, min(token.right_edge.i + 1, last + 14))].text)
        return " ; ".join([*spans, candidate.token.text])
    if scope == "event":
        pieces = [_clause(candidate.token), *[_clause(anchor) for anchor in candidate.anchors[1:]]]
        return " ; ".join(pieces)
    first, last = _window(candidate.token)
    return doc[first:last].text


def _window(token: Token) -> tuple[int, int]:
    """A trigger with the words of its clause on both sides."""
    head = token
    for _ in range(3):
        if is_verb(head) or head.head == head:
            break
        head = head.head
    return head.left_edge.i, head.right_edge.i + 1


def _clause(token: Token) -> str:
    """The words right around a trigger: what modifies it, and its own phrases without further clauses."""
    doc = token.doc
    first = min((child.left_edge.i for child in token.children if child.dep_ in ("amod", "compound", "nmod", "poss", "nsubj", "nsubjpass")), default=token.i)
    keep = [token.i]
    for child in token.children:
        if (child.i > token.i and child.dep_ in ("prep", "dobj", "agent", "prt", "acl", "dative", "npadvmod", "advmod", "oprd")) or (
            child.dep_ == "advcl" and child.lower_ in ("using", "killing", "firing")
        ):
            keep.extend(t.i for t in child.subtree)
    return doc[first : max(keep) + 1].text


def lexicon(reading: Reading, field: FieldFrame) -> dict[str, Any]:
    """The value whose pattern is found first in the field's scope; the order of the values decides between patterns at one place."""
    fixed = reading.candidate.trigger.fields.get(field.name)
    scope = _span_text(reading, field.scope)
    best: tuple[int, int, str] | None = None
    for rank, (value, pattern) in enumerate(field.values):
        match = pattern.search(scope)
        if match is not None:
            key = (rank, match.start(), value) if field.options.get("by_rank") else (match.start(), rank, value)
            if best is None or key < best:
                best = key
    found = best[2] if best else None
    if found is None and field.options.get("widen", True) and reading.alone and field.scope == "event":
        for value, pattern in field.values:
            if pattern.search(reading.sentence.doc.text):
                found = value
                break
    if found is None and fixed is None:
        found = next((value for value, pattern in field.otherwise if pattern.search(scope)), None)
    return {field.name: found or fixed or field.default}


def target_kind(reading: Reading, field: FieldFrame) -> dict[str, Any]:
    """What kind of thing an attack hits."""
    found = kind_of_target(reading.sentence, reading.candidate, reading.filled, reading.rivals, field)
    return {field.name: found or field.default}


def casualties(reading: Reading, _field: FieldFrame) -> dict[str, Any]:
    """Killed and injured as the sentence states them, where they belong to this mention; what they count (`event`, `part`, `cumulative`)."""
    return toll_of(reading.text, reading.sentence, reading.candidate, reading.rivals, reading.filled, reading.span)


def money(reading: Reading, _field: FieldFrame) -> dict[str, Any]:
    """The amount that a step is about: the nearest to the thing given, its own currency and not the conversion in brackets."""
    sentence = reading.sentence
    givers = {party.entity.country for party in reading.filled.roles.get("donor", ()) if party.entity is not None}
    # Crowns, pounds and rupees are those of the one country that gives.
    amounts = [
        each
        for each in find_amounts(reading.text, sentence.offset, sentence.end, next(iter(givers)) if len(givers) == 1 else None)
        if each.conversion_of is None
    ]
    empty: dict[str, Any] = {"amount": None, "amount_max": None, "currency": None, "amount_scope": None, "amount_usd": None, "usd_rate_date": None}
    for whole, first, last in _totals(sentence):
        is_whole = reading.candidate.token in whole
        amounts = [each for each in amounts if is_whole == (first <= each.start - sentence.offset < last)]
        if is_whole and amounts:
            return _told_amount(reading, amounts[0])
    if not amounts:
        return empty
    themes = [sentence.start_of(token) for token in reading.candidate.theme] or [sentence.start_of(reading.candidate.token)]
    nearest = min(amounts, key=lambda each: min(abs(each.start - at) for at in themes))
    if not reading.alone and min(abs(nearest.start - at) for at in themes) > 60:
        return empty
    return _told_amount(reading, nearest)


def _totals(sentence: ParsedSentence) -> Iterator[tuple[list[Token], int, int]]:
    """`bringing total U.S. assistance to $37 million`: what is summed up, and where in the sentence the sum stands."""
    for verb in sentence.doc:
        if verb.lemma_ == "bring" and is_verb(verb):
            whole = [each for head in patients(verb) for each in conjuncts(head)]
            for each in verb.subtree if whole else ():
                if each.lower_ == "to" and each.i > whole[0].i and any(child.pos_ == "NUM" for child in each.children):
                    yield whole, each.idx, each.right_edge.idx + 1
                    break


def _told_amount(reading: Reading, nearest: Amount) -> dict[str, Any]:
    usd = (
        to_usd(nearest.amount, nearest.currency, reading.day)
        if nearest.amount is not None and nearest.currency is not None and reading.day is not None
        else None
    )
    return {
        "amount": nearest.amount,
        "amount_max": nearest.amount_max,
        "currency": nearest.currency,
        "amount_scope": (nearest.scope or "once") if nearest.amount is not None else None,
        "amount_usd": usd[0] if usd else None,
        "usd_rate_date": usd[1] if usd else None,
    }


def topic(reading: Reading, _field: FieldFrame) -> dict[str, Any]:
    """What is discussed: the words after `on`, `about`, `to discuss`, or the object of the verb where the trigger says so."""
    candidate, doc = reading.candidate, reading.sentence.doc
    if candidate.trigger.topic_from == "object":
        heads = candidate.slots.get("object")
        if heads:
            last = max(conjuncts(heads[0]), key=lambda token: token.i)
            return {"topic": doc[heads[0].left_edge.i : max(last.right_edge.i + 1, heads[0].right_edge.i + 1)].text.strip(" ,.")}
    for anchor in candidate.anchors:
        for child in anchor.children:
            if child.i > anchor.i and child.dep_ == "prep" and child.lower_ in ("on", "about", "over", "regarding", "concerning"):
                obj = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
                if obj is not None and obj.ent_type_ not in ("DATE", "TIME") and not _names_day(obj):
                    return {"topic": doc[obj.left_edge.i : obj.right_edge.i + 1].text.strip(" ,.")}
            if (
                child.dep_ in ("advcl", "acl", "xcomp", "relcl")
                and child.lemma_ in ("discuss", "address", "negotiate", "review", "explore", "consider")
                and child.i > anchor.i
            ):
                obj = next((c for c in child.children if c.dep_ == "dobj"), None)
                if obj is not None and not _COURTESY.match(child.text):
                    return {"topic": doc[obj.left_edge.i : obj.right_edge.i + 1].text.strip(" ,.")}
    return {"topic": None}


def _names_day(token: Token) -> bool:
    return token.text in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def items(reading: Reading, field: FieldFrame) -> dict[str, Any]:
    """The things given, as written: the noun phrases of the theme that are no bare words for aid."""
    doc = reading.sentence.doc
    aid = reading.candidate.frame.lexicons.get("aid_nouns", frozenset()) | reading.candidate.frame.lexicons.get("support_nouns", frozenset())
    found = []
    for token in reading.candidate.theme:
        if (token.lemma_.lower() not in aid or any(child.dep_ in ("amod", "compound") for child in token.children)) and token.pos_ in ("NOUN", "PROPN"):
            found.append(doc[noun_phrase(token)[0] : token.i + 1].text)
    return {field.name: "; ".join(dict.fromkeys(found)) or None}


EXTRACTORS: Mapping[str, Callable[[Reading, FieldFrame], dict[str, Any]]] = {
    "lexicon": lexicon,
    "casualties": casualties,
    "target_kind": target_kind,
    "money": money,
    "topic": topic,
    "items": items,
}


def read_fields(reading: Reading) -> dict[str, Any]:
    """All own fields of a candidate's event type, by name."""
    found: dict[str, Any] = {}
    for field in reading.candidate.frame.fields:
        found |= EXTRACTORS[field.kind](reading, field)
    for name, value in reading.candidate.trigger.fields.items():
        found.setdefault(name, value)
    return found


_CALL_IN_TITLE = re.compile(r"\b(?:Readout|Read-out)\b.*\b(?P<video>Video |Virtual )?(?:Phone |Telephone )?Call\b", re.IGNORECASE)


def format_by_title(fields: dict[str, Any], title: str | None) -> dict[str, Any]:
    """The document's own meeting is a call where its title says so: `Readout of … Call`."""
    match = _CALL_IN_TITLE.search(title or "")
    if match is None or fields.get("format") != "unknown":
        return fields
    return fields | {"format": "video" if match["video"] else "phone"}


def hosted_in_person(fields: dict[str, Any], *, has_place: bool) -> dict[str, Any]:
    """A meeting with a host or a place and no word of phone or video is one in person."""
    if fields.get("format") == "unknown" and has_place:
        return fields | {"format": "in_person"}
    return fields
