"""When an event happens: the time expression that governs it, else what it refers to, else what the form of the report says."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Sequence

from schemas.document import Document
from schemas.event_types import event_types
from transforms.events.assembly import Draft
from transforms.events.chronicle import NEWS_DAYS, Told
from transforms.events.dates import TimeExpression, find_time_expressions, resolve
from transforms.events.memory import DocumentMemory
from transforms.events.spans import ParsedSentence
from transforms.events.status import Status
from transforms.events.syntax import SINGULAR, is_verb
from transforms.events.time_attachment import are_simultaneous, is_behind_topic, is_part_of_name, looks_ahead, noun_named, steps_between, tokens_of
from transforms.events.time_meanings import DateSpan
from transforms.language.parse import Token

# Classes of triggers that tell what is done with the thing; decided on, it is still to be done.
_GIVING = frozenset({"give", "suspend"})
_YEAR = re.compile(r"\d{4}")
# Days: what is told without a year is rather this soon to come than that long past.
_SOON = 200
_LONG_AGO = 180


@dataclasses.dataclass(frozen=True, slots=True)
class EventDate:
    """First and last day, how fine they are, what they rest on, and the words that say so."""

    start: datetime.date | None
    end: datetime.date | None
    precision: str | None
    basis: str | None
    text: str | None


def date_of(sentence: ParsedSentence, draft: Draft, drafts: list[Draft], document: Document, memory: DocumentMemory) -> EventDate:
    """The date of one draft among those of its sentence, by events.md."""
    published = document.published_date
    expressions = find_time_expressions(document.text, sentence.offset, sentence.end)
    told = draft.carried or memory.last_dated() or memory.last_told(draft.candidate.frame.event_type)
    for expression in _by_closeness(sentence, draft, drafts, expressions):
        found = resolve(
            expression, published, "future" if looks_ahead(sentence, expression, draft) else "past", reference=told.start if told is not None else None
        )
        if found is not None and published is not None and (ahead := _sooner_ahead(expression, draft, found.first, published)) is not None:
            draft.status = Status("planned", expression.text)
            found = ahead
        if found is not None and not _is_due(expression, draft, published):
            return EventDate(found.first, found.last, found.precision, "text", expression.text)
    told = draft.carried or _meant(draft, memory)
    if told is None or told.status != draft.status.value or told.basis not in ("text", "carried") or draft.candidate.frame.steps:
        told = _told_on(draft, memory)
    if told is not None:
        return EventDate(told.start, told.end, told.precision, "carried", None)
    if draft.status.value in ("planned", "proposed", "cancelled"):
        return EventDate(published, None, None, "after", None) if published else EventDate(None, None, None, "after", None)
    if draft.status.background or draft.status.value == "denied" or published is None:
        return EventDate(None, published, None, "before", None)
    return EventDate(published, published, "day", "published", None)


def _sooner_ahead(expression: TimeExpression, draft: Draft, found: datetime.date, published: datetime.date) -> DateSpan | None:
    """`welcomed the November visit`, said in October: the month or day to come where it is far nearer than the one of last year, and no verb tells a past."""
    if draft.status.value != "occurred" or is_verb(draft.token) or draft.candidate.frame.steps:
        return None
    if draft.candidate.slots.light is not None or draft.token.dep_ in ("nsubj", "nsubjpass"):
        return None  # `The November talks were tense`, `held the November talks`
    if event_types()[draft.candidate.frame.event_type].RECEIVING is not None or _YEAR.search(expression.text):
        return None
    if (published - found).days < _LONG_AGO:
        return None
    ahead = resolve(expression, published, "future")
    return ahead if ahead is not None and 0 < (ahead.first - published).days <= min(_SOON, (published - found).days) else None


def _is_due(expression: TimeExpression, draft: Draft, published: datetime.date | None) -> bool:
    """Whether a time is when a step's thing comes and not when the step was taken: `will give $50 million next year`, `announced loans for 2026 to 2028`."""
    if draft.decision is None or draft.status.value not in ("occurred", "ongoing") or draft.decision == "delivered" or published is None:
        return False
    to_come = draft.candidate.trigger.step in _GIVING
    span = resolve(expression, published, "future" if to_come else "past", clip=False)
    if span is None or span.last <= published:
        return False
    return to_come or span.first >= published or expression.kind in ("range", "years")


def _meant(draft: Draft, memory: DocumentMemory) -> Told | None:
    """What `the call`, `the attack` goes back to by its noun alone, whoever else is named with it."""
    noun = draft.candidate.token
    if is_verb(noun) or not any(each.dep_ == "det" and each.lower_ in ("the", "this", "that") for each in noun.children):
        return None
    if any(each.dep_ in ("amod", "compound", "nummod", "acl", "relcl", "poss") for each in noun.children):
        return None
    return memory.told_again(draft.candidate.frame.event_type, noun.lemma_.lower(), single=noun.tag_ in SINGULAR)


def _told_on(draft: Draft, memory: DocumentMemory) -> Told | None:
    """The attack that `Two rockets exploded outside a school` goes on about, without a time of its own, after `Rebels shelled Goma on Tuesday`."""
    frame, token = draft.candidate.frame, draft.token
    told = memory.last_told(frame.event_type)
    if told is None or frame.steps or event_types()[frame.event_type].RECEIVING is None or told.status != "occurred":
        return None
    if told.basis not in ("text", "carried") or told.start is None or memory.day is None or not 0 <= (memory.day - told.start).days <= NEWS_DAYS:
        return None
    if draft.status.value not in ("occurred", "denied") or not (_is_past(token) if is_verb(token) else _is_the_one(token)):
        return None
    if draft.locations and not {place.name for place in draft.locations} <= {place.name for place in told.locations}:
        return None
    return told if _same_sides(draft, told, memory.day) else None


def _is_past(verb: Token) -> bool:
    """`exploded`, `was hit`, `had opened fire`, but not `bombs`, `has bombed`."""
    return verb.tag_ in ("VBD", "VBN") and not any(each.dep_ == "aux" and each.lower_ in ("has", "have") for each in verb.children)


def _is_the_one(noun: Token) -> bool:
    """`the strike`, `the Russian attack`, and no `attacks`, which may be others."""
    return noun.tag_ in SINGULAR and any(each.dep_ == "det" and each.lower_ in ("the", "this", "that") for each in noun.children)


def _same_sides(draft: Draft, told: Told, day: datetime.date) -> bool:
    """Whether those who are named on a side of one event are on that side of the other, and some are on a side of both."""
    shared = False
    for role, parties in draft.filled.roles.items():
        own = {party.acts_for(day) or party.key for party in parties if party.is_named}
        others = {party.acts_for(day) or party.key for party in told.filled.roles.get(role, ()) if party.is_named}
        if own and others and own != others:
            return False
        shared = shared or bool(own & others)
    return shared


def _by_closeness(sentence: ParsedSentence, draft: Draft, drafts: list[Draft], expressions: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions that govern a draft, the nearest in the parse first."""
    ranked = []
    for expression in expressions:
        phrase = tokens_of(sentence, expression)
        if not phrase or is_part_of_name(sentence, expression):
            continue
        first = phrase[0].i
        if expression.kind == "event":
            # `a day after the talks`: the event that is named right behind it
            behind = [each for each in drafts if each.token.i > first]
            if behind and min(behind, key=lambda each: each.token.i) is draft:
                ranked.append((0, abs(first - draft.token.i), expression))
            continue
        own = None if is_behind_topic(phrase, draft, drafts) else steps_between(phrase, draft)
        if own is None:
            continue
        if draft.token.i > first and noun_named(phrase) is None and any(is_behind_topic(phrase, each, drafts) for each in drafts):
            continue
        others = [each for each in drafts if each is not draft and not is_behind_topic(phrase, each, drafts)]
        nearer = [each for each in others if (steps := steps_between(phrase, each)) is not None and steps < own]
        if any(not are_simultaneous(draft, each, phrase) for each in nearer):
            continue
        ranked.append((own, abs(first - draft.token.i), expression))
    # `today … her second meeting of 2024`: a day is meant rather than a year.
    return [expression for _, _, expression in sorted(ranked, key=lambda each: (each[2].kind in ("year", "bare", "years"), *each[:2]))]
