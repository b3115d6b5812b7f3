"""When an event happens: the time expression that governs it, else what it refers to, else what the form of the report says."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence

from schemas.document import Document
from transforms.events.assembly import Draft
from transforms.events.dates import TimeExpression, find_time_expressions, resolve
from transforms.events.memory import DocumentMemory, Told
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import is_verb
from transforms.events.words import word_set
from transforms.language.parse import Token

_SAYING = word_set("judging", "saying")


# `talks scheduled to take place today`: verbs behind an event noun that say when it is.
_TAKING_PLACE = word_set("judging", "taking_place")


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
    told = draft.carried or memory.last_told(draft.candidate.frame.event_type)
    for expression in _by_closeness(sentence, draft, drafts, expressions):
        found = resolve(expression, published, "future" if draft.status.future else "past", reference=told.start if told is not None else None)
        if found is not None:
            return EventDate(found.first, found.last, found.precision, "text", expression.text)
    told = draft.carried or _meant(draft, memory)
    if told is not None and told.status == draft.status.value and told.basis in ("text", "carried") and draft.candidate.frame.steps == {}:
        return EventDate(told.start, told.end, told.precision, "carried", None)
    if draft.status.value in ("planned", "proposed", "cancelled"):
        return EventDate(published, None, None, "after", None) if published else EventDate(None, None, None, "after", None)
    if draft.status.background or draft.status.value == "denied" or published is None:
        return EventDate(None, published, None, "before", None)
    return EventDate(published, published, "day", "published", None)


def _meant(draft: Draft, memory: DocumentMemory) -> Told | None:
    """What `the call`, `the attack` goes back to by its noun alone, whoever else is named with it."""
    noun = draft.candidate.token
    if is_verb(noun) or not any(each.dep_ == "det" and each.lower_ in ("the", "this", "that") for each in noun.children):
        return None
    if any(each.dep_ in ("amod", "compound", "nummod", "acl", "relcl", "poss") for each in noun.children):
        return None
    return memory.told_again(draft.candidate.frame.event_type, noun.lemma_.lower())


def _by_closeness(sentence: ParsedSentence, draft: Draft, drafts: list[Draft], expressions: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions that govern a draft, the nearest in the parse first."""
    ranked = []
    for expression in expressions:
        token = _token_at(sentence, expression.start)
        if token is None:
            continue
        if expression.kind == "event":
            # `a day after the talks`: the event that is named right behind it
            behind = [each for each in drafts if each.token.i > token.i]
            if behind and min(behind, key=lambda each: each.token.i) is draft:
                ranked.append((0, abs(token.i - draft.token.i), expression))
            continue
        distances = {id(each): _distance(token, each) for each in drafts}
        own = distances[id(draft)]
        if own is None:
            continue
        others = [d for each in drafts if each is not draft and each.candidate.frame.event_type != "" and (d := distances[id(each)]) is not None]
        if any(other < own for other in others):
            continue
        ranked.append((own, abs(token.i - draft.token.i), expression))
    # `today … her second meeting of 2024`: a day is meant rather than a year.
    return [expression for _, _, expression in sorted(ranked, key=lambda each: (each[2].kind in ("year", "bare", "years"), *each[:2]))]


def _past_under_present(time: Token, saying: Token) -> bool:
    """`says … yesterday`: what is said today does not happen yesterday, so the time is that of what is told."""
    return saying.tag_ in ("VBZ", "VBP") and time.lower_ in ("yesterday", "overnight", "earlier", "last")


def _token_at(sentence: ParsedSentence, start: int) -> Token | None:
    return next((token for token in sentence.doc if sentence.start_of(token) <= start < sentence.end_of(token)), None)


def _distance(token: Token, draft: Draft) -> int | None:
    """Steps in the parse from a time expression to a trigger; None where a verb of saying stands between, which the expression dates instead."""
    named = (
        token.dep_ in ("compound", "nummod", "amod", "nmod")
        and token.head.pos_ in ("NOUN", "PROPN")
        and token.head.ent_type_ != "DATE"
        and token.lower_ != "overnight"
    )
    anchors = draft.anchors
    if named and token.head not in anchors:
        # `survivors of the 2017 fire`: a year in the name of something else
        return None
    path = [token, *list(token.ancestors)]
    if draft.candidate.trigger.topic_from == "object" and any(each in draft.candidate.slots.get("object") for each in path):
        return None
    if draft.candidate.token in path and any(
        is_verb(each) and each not in anchors and each.lemma_ not in _TAKING_PLACE for each in path[: path.index(draft.candidate.token)]
    ):
        return None
    if any(each.dep_ == "relcl" and each.head not in anchors and each not in anchors and not any(a in each.subtree for a in anchors) for each in path):
        # `since the truce which began on 19 January`: the time of something else
        return None
    first_verb = next((each for each in path if is_verb(each)), None)
    for steps, each in enumerate(path):
        if each in anchors:
            return steps
        if is_verb(each) and each.lemma_ in _SAYING and any(anchor in each.subtree for anchor in anchors) and not _past_under_present(token, each):
            return None
    for anchor in anchors:
        for up, head in enumerate(anchor.ancestors, start=1):
            if head in path:
                down = path.index(head)
                if head == first_verb or down <= 3:
                    if is_verb(head) and head.lemma_ in _SAYING and head not in anchors and not _past_under_present(token, head):
                        return None
                    return up + down
                return None
    return None
