"""Wars and battles: the words for attacks also tell of invasions and of fights on the ground, which are no attacks of their own."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from schemas.event_types import event_types
from schemas.place import Place
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.memory import DocumentMemory
from transforms.events.parties import Party
from transforms.events.spans import ParsedSentence
from transforms.language.words import word_set, word_sets

# The words for what troops do on the ground as well as for what weapons do.
_FOR_BOTH = frozenset({"attack", "attack-noun", "assault-noun"})
# A year, and not the section of a law: `50 U.S.C. 1701`.
_YEAR = re.compile(r"(?<!ection )(?<!ections )(?:(?<=[a-z] )|(?<=, ))(1[5-9]\d\d|20\d\d)\b(?! ?\(| et seq)")
# Before it nothing flew and no missile was launched.
_FIRST_AIR_WAR = 1914
# A war on the ground told as history lies at least so many years back.
_HISTORY_YEARS = 40
# How far back a text is read for the year it is in.
_CONTEXT_CHARACTERS = 2_000


def is_warfare(sentence: ParsedSentence, candidate: Candidate, filled: Filled, locations: list[Place], memory: DocumentMemory) -> bool:
    """Whether a word for an attack tells of an invasion or of a battle: `Russia's attack on Ukraine`, `In 1814 the British attacked the fort`.

    A weapon, the air or the sea in the sentence makes it an attack of its own all the same.

    Args:
        sentence: Its sentence.
        candidate: The word.
        filled: Its parties.
        locations: Its places.
        memory: What the document has told before.
    """
    if event_types()[candidate.frame.event_type].RECEIVING != "target" or (
        candidate.trigger.name not in _FOR_BOTH and lemma_of(candidate.token) != "onslaught"
    ):
        return False
    lemmas = {lemma_of(token) for token in sentence.doc}
    if lemmas & (candidate.frame.lexicons["weapons"] | _ARMS):
        return False
    return _is_invasion(sentence, candidate, filled, locations, memory) or _is_battle(sentence, lemmas, memory)


_ARMS = word_set("warfare", "arms")
_GROUND = word_set("warfare", "ground")
_NEAR = word_set("warfare", "near")
_OLD_WARS = re.compile("|".join(sorted(re.escape(name) for name in word_set("warfare", "old_wars"))))
_NAMED_BATTLE = re.compile(r"\b(?:Battle|Siege) of (?:the )?[A-Z]")


@functools.cache
def _invaded() -> Mapping[str, frozenset[str]]:
    return word_sets("invasions")


def _is_invasion(sentence: ParsedSentence, candidate: Candidate, filled: Filled, locations: list[Place], memory: DocumentMemory) -> bool:
    """`since Russia attacked Ukraine`, `Putin's attack on the country`: one word for a whole war, on a whole state and on no day of the last ones."""
    if candidate.token.tag_ in ("NNS", "NNPS") or any(place.precision != "country" for place in locations):
        return False
    hit = {_state(party) for party in filled.roles.get("target", ())}
    attacking = {_state(party) for party in filled.roles.get("attacker", ())} - {None}
    if len(hit) != 1 or any(token.lower_ in _NEAR for token in sentence.doc):
        return False
    hitting = {head for slot in ("object", "on", "against") for head in candidate.slots.get(slot)}
    if any(sentence.name_of.get(head.i) is None and lemma_of(head) not in _STATE_WORDS for head in hitting):
        return False  # `attacks the forces of Ukraine`
    invaded = hit.pop()
    if attacking:
        return any(invaded in _invaded().get(each, ()) for each in attacking if each is not None)
    return any(invaded in _invaded().get(each, ()) for each in memory.countries)


_STATE_WORDS = word_set("parties", "state_words")


def _state(party: Party) -> str | None:
    return party.entity.country if party.entity is not None else None


def _is_battle(sentence: ParsedSentence, lemmas: set[str], memory: DocumentMemory) -> bool:
    """`The next day Redcoats began an attack to drive them off the hill`: a fight of long ago by its year, its war or its name."""
    text = sentence.doc.text
    if _NAMED_BATTLE.search(text) is not None:
        return True
    ground = bool(lemmas & _GROUND)
    if ground and "enemy" in lemmas:
        return True
    year = _year(sentence, memory)
    if year is not None and year < _FIRST_AIR_WAR:
        return True
    history = year is not None and memory.day is not None and memory.day.year - year >= _HISTORY_YEARS
    return ground and (history or _OLD_WARS.search(text) is not None)


def _year(sentence: ParsedSentence, memory: DocumentMemory) -> int | None:
    """The year that a sentence is told in: one in it, else the last one that the text has named."""
    own = _YEAR.search(sentence.doc.text)
    if own is not None:
        return int(own[1])
    before = _YEAR.findall(memory.text, max(0, sentence.offset - _CONTEXT_CHARACTERS), sentence.offset)
    return int(before[-1]) if before else None
