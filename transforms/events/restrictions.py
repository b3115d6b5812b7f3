"""Whether subject and object are of the class that a trigger's frame asks for: `@official`, `@armed`, `@target`."""

from __future__ import annotations

import re

from transforms.events.candidates import Candidate, lemma_of
from transforms.events.carrying import is_visit_again
from transforms.events.filled import Filled
from transforms.events.memory import DocumentMemory
from transforms.events.parties import is_official
from transforms.events.reference import agent_nouns, guest_nouns, title_nouns
from transforms.events.roles import RoleFiller
from transforms.events.spans import PLACE_LABELS, ParsedSentence
from transforms.language.parse import Token
from transforms.language.words import word_set

_OBJECTS = word_set("roles", "persons")
# What these kill they strike; soldiers may kill in fighting.
_FLYING = re.compile(r"(?i)\b(?:air force|navy|naval|jets?|warplanes?|drones?|helicopters?|missiles?)\b")
_ARMED = frozenset({"MIL", "UAF", "REB", "CRM"})
# Classes of which nothing is where no words stand.
_FIGHTING = frozenset({"armed", "armed_party", "armed_group"})


def class_missing(sentence: ParsedSentence, candidate: Candidate) -> str | None:
    """Why a candidate is none, whoever its sentence may name: its frame asks for somebody armed, an official or a guest, and there nobody can be meant."""
    trigger, slots = candidate.trigger, candidate.slots
    acting = (*slots.get("subject"), *slots.light_subject)
    if trigger.subject.category in _FIGHTING and not acting:
        return _is_none_of("subject", trigger.subject.category)
    if trigger.subject.category == "official" and acting and all(_is_thing(sentence, each) for each in acting):
        return _is_none_of("subject", trigger.subject.category)
    if trigger.object.category == "persons" and all(_is_thing(sentence, each) for each in slots.get("object")):
        return _is_none_of("object", trigger.object.category)
    return None


def _is_thing(sentence: ParsedSentence, head: Token) -> bool:
    """Whether no word of a phrase is a name, a pronoun or a noun for who acts: `received a letter`, `the figures return to what they were`."""
    return head.pos_ == "NOUN" and not any(
        each.pos_ in ("PROPN", "PRON") or each.i in sentence.name_of or lemma_of(each) in agent_nouns() or lemma_of(each) in title_nouns()
        for each in head.subtree
    )


def _is_none_of(slot: str, category: str) -> str:
    return f"its {slot} is no {category.replace('_', ' ')}"


def category_reason(sentence: ParsedSentence, candidate: Candidate, filled: Filled, filler: RoleFiller, memory: DocumentMemory) -> str | None:
    """Which of a candidate's subject and object is not what its frame asks for, in words; None where both are."""
    trigger, slots = candidate.trigger, candidate.slots
    checks = {"object": trigger.object, "subject": trigger.subject}
    for slot, restriction in checks.items():
        category = restriction.category
        if category is None:
            continue
        heads = slots.get(slot)
        if slot == "subject" and candidate.slots.light is not None:
            heads = (*heads, *slots.light_subject)
        if any(lemma_of(head) in restriction.lemmas for head in heads):
            continue
        if not _is_of(category, sentence, candidate, heads, filled, filler, memory):
            return _is_none_of(slot, category)
    return None


def _is_person(sentence: ParsedSentence, token: Token) -> bool:
    name = sentence.name_of.get(token.i)
    return name is not None and name.label == "PERSON"


def _is_of(
    category: str,
    sentence: ParsedSentence,
    candidate: Candidate,
    heads: tuple[Token, ...],
    filled: Filled,
    filler: RoleFiller,
    memory: DocumentMemory,
) -> bool:
    parties = filler.resolver.parties(sentence, list(heads))
    if category == "anyone":
        return bool(heads)
    if category == "party":
        return any(p.is_named for p in parties) or (not heads and bool(candidate.slots.get("with")))
    if category == "persons":
        return any(
            (p.entity is not None and p.entity.kind == "person") or p.titled is not None or (p.entity is not None and p.reason.endswith("refers back"))
            for p in parties
        ) or any(lemma_of(head) in guest_nouns() for head in heads)
    if category == "official":
        visitors = [*parties, *filled.roles.get("participant", ())]
        if not heads and not visitors and is_visit_again(candidate):
            return True  # `The visit provides an opportunity to …`: that of whoever was told to visit
        return any(is_official(p, memory.day) for p in visitors)
    if category == "leaders":
        return any(p.titled is not None or p.plural or (p.entity is not None and p.entity.kind in ("organisation", "person", "state")) for p in parties)
    if category == "victims":
        return any(p.entity is not None for p in parties) or any(
            _is_person(sentence, h)
            or lemma_of(h) in agent_nouns()
            or lemma_of(h) in candidate.frame.lexicons.get("victims", frozenset())
            or h.lower_ in _OBJECTS
            or any(c.dep_ == "appos" and _is_person(sentence, c) for c in h.children)
            for h in heads
        )
    if category == "target":
        lexicon = candidate.frame.lexicons.get("facilities", frozenset()) | candidate.frame.lexicons.get("victims", frozenset())
        named = any(sentence.name_of.get(h.i) is not None and sentence.name_of[h.i].label in PLACE_LABELS | {"ORG", "NORP"} for h in heads)
        others = any(candidate.slots.get(slot) for slot in ("at", "in", "inside", "into"))
        subjects = candidate.slots.get("subject")
        attacks = candidate.frame.lexicons.get("attack_nouns", frozenset())
        armed = bool(heads) and _is_of("armed", sentence, candidate, tuple(s for s in subjects if lemma_of(s) not in attacks), filled, filler, memory)
        ship = any(h.lower_ == "it" and h.dep_ == "nsubjpass" for h in heads)
        return named or armed or ship or any(lemma_of(h) in lexicon for h in heads) or any(p.entity is not None for p in parties) or (not heads and others)
    if category == "armed_or_none":
        # whose infinitive or gerund it is the parse seldom knows
        open_subject = not heads or candidate.token.tag_ in ("VB", "VBG") or any(h.pos_ in ("PRON", "DET", "NUM") for h in heads)
        return open_subject or _is_of("armed", sentence, candidate, heads, filled, filler, memory)
    if category == "armed_group":
        lexicon = candidate.frame.lexicons.get("groups_armed", frozenset())
        return any(lemma_of(h) in lexicon for h in heads) or any(
            (p.entity is not None and (p.entity.kind == "armed_group" or _FLYING.search(p.text) is not None))
            or (p.titled is not None and p.titled.sector in ("UAF", "REB", "CRM", "MIL"))
            for p in parties
        )
    if category in ("armed", "armed_party"):
        lexicon = candidate.frame.lexicons.get("armed_subjects", frozenset()) | (
            candidate.frame.lexicons.get("weapons", frozenset()) if category == "armed" else frozenset()
        )
        attack = candidate.frame.lexicons.get("attack_nouns", frozenset())
        return any(lemma_of(h) in lexicon or lemma_of(h) in attack for h in heads) or any(
            p.entity is not None
            and (p.entity.kind in ("state", "armed_group") or (p.titled is not None and p.titled.sector in _ARMED) or p.entity.sector in _ARMED)
            for p in parties
        )
    return True
