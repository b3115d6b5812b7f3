"""Which of a sentence's places are those of one candidate."""

from __future__ import annotations

import itertools

from schemas.event_types import event_types
from transforms.events.arguments import BLAMING
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.status import status_words
from transforms.events.syntax import is_verb
from transforms.events.where import LINES, NamedPlace
from transforms.language.parse import Token
from transforms.language.words import word_set

_INTERCEPTING = word_set("roles", "intercepting")
ABOUT = word_set("roles", "about")
_ATTENDING = word_set("judging", "attending")
_SAYING = word_set("judging", "saying")
_RULING = word_set("judging", "ruling") | BLAMING
_JOURNEYS = word_set("places", "journeys")


def own_places(candidate: Candidate, candidates: list[Candidate], places: list[NamedPlace], filled: Filled, rivals: list[Candidate]) -> list[NamedPlace]:
    """The places that belong to this candidate rather than to another one of the sentence.

    Args:
        candidate: A candidate.
        candidates: All of the sentence.
        places: All places of the sentence.
        filled: The candidate's roles.
        rivals: Takes up the candidates to which places belong that would else be this one's.
    """
    found = []
    intercepted = any(lemma_of(each) in _INTERCEPTING for each in candidate.token.ancestors)
    for place in places:
        if place.preposition in (None, "of") and place.governor is None:
            continue
        hit = place.token in filled.target_heads or (place.preposition == "object" and any(head in filled.target_heads for head in place.token.ancestors))
        if not hit and any(party.start <= place.start < party.end for party in filled.roles.get("attacker", ())):
            continue  # `suffering from Russia’s bombing`
        if intercepted and place.governor in candidate.slots.get("by"):
            continue  # `shot down drones launched by forces in Yemen`
        if place.governor is not None and place.governor in candidate.slots.get("from") and not hit:
            continue  # `drones launched from rebel-held territory in Yemen`
        if candidate.frame.steps and place.preposition == "on":
            continue  # `to impose costs on Moscow`
        if place.preposition == "of" and place.place.precision == "country" and not hit:
            # `without the support of Hungary` names whose it is
            continue
        if (
            not hit
            and place.preposition in ("from", "against", "between", "with", "to", "through", "via", "towards", "toward")
            and not (place.preposition == "to" and (candidate.trigger.kind in ("visit", "reception") or _is_visited(place, candidate)))
            and not (place.preposition == "between" and place.governor is not None and place.governor.lemma_ in LINES)
        ):
            continue
        own = _distance(place, candidate, filled)
        if own is None or (event_types()[candidate.frame.event_type].RECEIVING is None and _is_topical(place, candidate)):
            continue
        if place.preposition is None or (place.preposition == "object" and not hit and candidate.trigger.kind != "visit"):
            continue
        others = (each for each in candidates if each is not candidate) if own else ()
        nearer = next((each for each in others if (steps := _distance(place, each, None)) is not None and steps < own), None)
        if nearer is not None:
            rivals.append(nearer)
            continue
        found.append((own, place))
    return [place for _, place in sorted(found, key=lambda each: (each[1].place.precision == "country", each[0], each[1].start))]


def _is_elsewhere(candidate: Candidate, over: list[Token]) -> bool:
    """Whether what stands over an event and under what happens at a place parts the two: `in retaliation for the raid`, `unless the ministers meet`."""
    if any(lemma_of(each) in status_words().answers for each in over):
        return True
    if event_types()[candidate.frame.event_type].RECEIVING is not None:
        return False
    going = candidate.frame.every_light_verb | _ATTENDING
    marked = any(child.dep_ == "mark" and child.lower_ in ("if", "unless", "until") for each in (*candidate.anchors, *over) for child in each.children)
    purposes = (each for each in over if is_verb(each) and (each.dep_ == "advcl" or (each.dep_ == "acl" and each.head.lower_ == "order")))
    return marked or any(lemma_of(each) not in going for each in purposes)


def _is_visited(place: NamedPlace, candidate: Candidate) -> bool:
    """`met Biden during his visit to the United States`."""
    journey = place.governor
    if journey is None or event_types()[candidate.frame.event_type].RECEIVING is not None or lemma_of(journey) not in _JOURNEYS:
        return False
    return journey.head.lower_ in ("during", "on") and journey.head.head in candidate.anchors


def _is_topical(place: NamedPlace, candidate: Candidate) -> bool:
    """Whether a place belongs to what is talked about: `discussed the situation in Gaza`, `talks on Ukraine`, `met to review the war in Sudan`."""
    if candidate.trigger.kind == "visit":
        return False
    if candidate.trigger.topic_from == "object" and place.place.precision in ("country", "region", "admin1") and place.token.i > candidate.token.i:
        # whatever the parser hangs it on: leaders discuss the situation in a country, and seldom anything in it
        return True
    objects = candidate.slots.get("object") if candidate.trigger.topic_from == "object" else ()
    light = candidate.frame.every_light_verb
    below = place.token
    for head in place.token.ancestors:
        if below in objects:
            return place.place.precision != "city" or place.token.i + 1 < len(place.token.doc) - 1
        if head in candidate.anchors:
            return False
        if (
            head.pos_ == "ADP"
            and head.lower_ in ABOUT
            and below.lemma_ not in ("margin", "sideline")
            and not (below == place.token and place.place.precision in ("city", "point"))
        ):
            return True
        discussed = any(trigger.topic_from == "object" for trigger in candidate.frame.by_lemma.get(("verb", lemma_of(head)), ()))
        if is_verb(head) and (discussed or lemma_of(head) not in light) and not any(anchor in head.subtree for anchor in candidate.anchors):
            return True
        below = head
    return False


def _distance(place: NamedPlace, candidate: Candidate, filled: Filled | None) -> int | None:
    """Steps in the parse from what a place hangs on to the trigger; None where a verb of saying stands between."""
    governor = place.governor
    if governor is None:
        return None
    anchors = set(candidate.anchors)
    if filled is not None and place.token in filled.target_heads:
        return 0
    if candidate.trigger.kind == "visit" and filled is not None and filled.visited is not None and place.token == filled.visited:
        return 0
    path = [governor, *itertools.islice(governor.ancestors, 5)]
    for steps, each in enumerate(path):
        if each in anchors:
            return steps
        if is_verb(each) and lemma_of(each) in _SAYING:
            break
    for anchor in anchors:
        over = [anchor, *itertools.islice(anchor.ancestors, 6)]
        for up, head in enumerate(over[1:], start=1):
            if head in path[:5]:
                down = path.index(head)
                told = [*path[: down + 1], *over[:up]]
                if any(is_verb(each) and lemma_of(each) in _SAYING and each not in anchors for each in told):
                    return None
                if _is_elsewhere(candidate, [each for each in over[:up] if each not in anchors]):
                    return None
                if place.token.i < candidate.token.i and any(lemma_of(each) in _RULING and each not in anchors for each in told):
                    return None  # `arrested in Lyon over an attack`
                return up + down if up + down <= 6 else None
    return None
