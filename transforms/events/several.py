"""Whom a word for several stands for: `both sides`, `the two presidents`, `negotiators for the two sides`, `their leaders`."""

from __future__ import annotations

import re

from transforms.events.memory import DocumentMemory
from transforms.events.parties import Party
from transforms.events.person_titles import agent_noun
from transforms.events.reference import Entity, standing
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import prepositions
from transforms.language.parse import Token
from transforms.language.words import word_set

_NEWCOMERS = word_set("parties", "newcomers")
_SIDES = word_set("parties", "sides")
_COUNTRIES = word_set("parties", "country_nouns") | {"neighbor", "neighbour", "state"}
_SINGLE_PERSONS = word_set("parties", "single_persons")
_TWO = re.compile(r"(?i)both |(?:the )?two |each |(?:the )?(?:warring|opposing|rival) ")
_GROUP_PHRASE = re.compile(
    r"(?i)^(?:the |both |two |these |those |all )*(?:two |three |four |five |six |seven |\d+ )?(?:\w+ )?"
    r"(?:leaders|sides|parties|countries|nations|presidents|"
    r"ministers|governments|"
    r"delegations|men|officials|counterparts|negotiators|heads of state|capitals|states|principals|group|teams|"
    r"foreign ministers|defen[cs]e ministers|participants)$"
    r"|^(?:the two|both) (?:\w+ |national security )?(?:advis[eo]rs|ambassadors|chancellors|envoys)$"
)


def several(sentence: ParsedSentence, head: Token, memory: DocumentMemory) -> list[Party]:
    """The parties of the last meeting, else the two that are named before, where a noun stands for them."""
    phrase = _phrase(sentence, head)
    if any(child.lower_ == "neither" for child in head.children):
        return _pair(sentence, head, memory)  # `Neither general will sit down with the other`
    known = phrase.lower().startswith(("the ", "both ", "these ")) or (phrase.lower().startswith("two ") and head.lemma_ not in _NEWCOMERS)
    if not known or _GROUP_PHRASE.match(phrase) is None:
        return []
    start, end = sentence.start_of(head.left_edge), sentence.end_of(head)
    two = _TWO.match(phrase) is not None
    is_pair = two and head.lemma_.lower() in _SIDES
    here = memory.two_named(start, sentences=1) if is_pair else []
    group = [] if here else memory.last_parties(phrase, states_alone=head.lemma_.lower() in _COUNTRIES)
    if group:
        return group
    pair = here or (memory.two_named(start, sentences=3) if is_pair else [])
    if not pair and two and head.lemma_.lower() in _SINGLE_PERSONS:
        pair = [each for each in memory.two_named(start, sentences=3) if each.kind == "person"]
    if not pair and is_pair:
        pair = memory.sides_of_attack()
    if not pair and (is_pair or head.lemma_.lower() in _SINGLE_PERSONS):
        pair = memory.parties_of_title()
    return [Party(phrase, start, end, each, f"{phrase!r}: the two that are named before") for each in pair] if len(pair) == 2 else []


def the_two(sentence: ParsedSentence, head: Token, memory: DocumentMemory) -> list[Party]:
    """`The two last met in Rome`: the number alone."""
    if not any(child.lower_ == "the" for child in head.children) or any(child.lower_ == "of" for child in head.children):
        return []
    return _pair(sentence, head, memory)


def _pair(sentence: ParsedSentence, head: Token, memory: DocumentMemory) -> list[Party]:
    start, end = sentence.start_of(head.left_edge), sentence.end_of(head)
    pair = memory.two_named(start, sentences=3) or memory.sides_of_attack()
    return memory.last_parties("the two") or [Party(head.text, start, end, each, "'the two': the two that are named before") for each in pair]


def of_several(sentence: ParsedSentence, head: Token, memory: DocumentMemory) -> list[Party]:
    """`negotiators for the two sides`, `advisers of both countries`, `their leaders`: officials of each of those that the words behind or before stand for."""
    office = agent_noun(sentence, head)
    if office is None or not office.acts_for_state:
        return []
    held = [each for word, objects in prepositions(head) if word in ("of", "for", "from") for each in objects]
    held += [child for child in head.children if child.dep_ == "poss"]
    phrase = _phrase(sentence, head)
    start, end = sentence.start_of(head.left_edge), sentence.end_of(head)
    for each in held:
        if each.lower_ == "their":
            whose = memory.sides_of_attack() or memory.two_named(start, sentences=3)
        else:
            whose = [party.entity for party in several(sentence, each, memory) if party.entity is not None]
        if len(whose) > 1:
            states = list(dict.fromkeys(_whose_official(each, memory) for each in whose))
            return [Party(phrase, start, end, state, f"{head.lower_} of {state.name}", plural=True, titled=office) for state in states]
    return []


def _whose_official(entity: Entity, memory: DocumentMemory) -> Entity:
    return memory.entity_of(standing(entity, memory.day).acts_for) or entity


def _phrase(sentence: ParsedSentence, head: Token) -> str:
    return sentence.doc[head.left_edge.i : head.i + 1].text
