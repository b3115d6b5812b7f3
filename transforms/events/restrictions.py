"""Whether subject and object are of the class that a trigger's frame asks for: `@official`, `@armed`, `@target`."""

from __future__ import annotations

import re

from transforms.events.candidates import Candidate, lemma_of
from transforms.events.carrying import is_visit_again
from transforms.events.filled import Filled
from transforms.events.memory import DocumentMemory
from transforms.events.parties import is_official
from transforms.events.reference import agent_nouns
from transforms.events.roles import RoleFiller
from transforms.events.spans import PLACE_LABELS, ParsedSentence
from transforms.language.parse import Token

_OBJECTS = frozenset({"him", "her", "them", "people", "person"})
# What these kill they strike; soldiers may kill in fighting.
_FLYING = re.compile(r"(?i)\b(?:air force|navy|naval|jets?|warplanes?|drones?|helicopters?|missiles?)\b")
_ARMED = frozenset({"MIL", "UAF", "REB", "CRM"})
# Classes of which nothing is where no words stand.
_FIGHTING = frozenset({"armed", "armed_party", "armed_group"})


def subject_missing(candidate: Candidate) -> str | None:
    """Why a candidate is none, whatever its sentence may name: its frame asks for somebody armed as its subject, and it has none."""
    category = candidate.trigger.subject.category
    if category not in _FIGHTING or candidate.slots.get("subject") or candidate.slots.light_subject:
        return None
    return _is_none_of("subject", category)


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


def _is_guest(head: Token) -> bool:
    """`received elders`, `hosted ministers`: who is received in some function, though the text names nobody."""
    noun = agent_nouns().get(lemma_of(head))
    return noun is not None and (noun.acts_for_state or noun.sector in ("ELI", "LEG", "OPP", "PTY", "REL"))


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
        ) or any(_is_guest(head) for head in heads)
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
