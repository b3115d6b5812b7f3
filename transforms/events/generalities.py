"""Attacks of which a text speaks without any of its own: what is guarded against, counted or forbidden."""

from __future__ import annotations

from schemas.event_types import event_types
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.syntax import is_verb
from transforms.events.words import word_set
from transforms.language.parse import Token

_WARDING = word_set("judging", "warding")
_COUNTING = word_set("judging", "counting")
_BACK = word_set("judging", "back")


def is_in_general(candidate: Candidate, filled: Filled) -> bool:
    """Whether a noun for an attack, without an attacker, names none: `security against external attack`, `fighting any attack`, `the number of shootings`."""
    noun = candidate.token
    if event_types()[candidate.frame.event_type].RECEIVING != "target" or is_verb(noun) or candidate.slots.light is not None:
        return False
    if any(party.is_named for party in filled.roles.get("attacker", ())):
        return False
    words = {child.lower_ for child in noun.children if child.dep_ in ("det", "poss", "nummod", "amod")}
    if "any" in words:
        return True
    if words & (_BACK | {"a", "an", "recent", "no"}) or any(child.dep_ == "nummod" or child.ent_type_ == "DATE" for child in noun.children):
        return False
    over = noun.head
    if noun.dep_ != "pobj" or over.dep_ != "prep":
        return False
    if over.lower_ == "of":
        return noun.tag_ in ("NNS", "NNPS") and lemma_of(over.head) in _COUNTING and _is_changed(over.head)
    return over.lower_ in ("against", "from") and any(lemma_of(each) in _WARDING for each in (over.head, over.head.head))


def _is_changed(count: Token) -> bool:
    """`reduced the number of shootings`, and not `injured in a number of attacks`."""
    return count.dep_ in ("dobj", "nsubj", "nsubjpass") and is_verb(count.head)
