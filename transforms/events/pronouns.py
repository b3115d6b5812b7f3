"""Whom a pronoun stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.events.arguments import claiming, patients, surface_subject
from transforms.events.parties import Party
from transforms.events.person_titles import agent_noun
from transforms.events.reference import Entity
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import is_verb
from transforms.language.parse import Token
from transforms.language.words import word_set

if TYPE_CHECKING:
    from transforms.events.actors import ActorResolver

_SHIPS = word_set("roles", "ships")
_TALKING = word_set("parties", "talking")
_MET = word_set("parties", "met")


def pronoun_parties(resolver: ActorResolver, sentence: ParsedSentence, head: Token) -> list[Party]:
    """Whom a pronoun stands for: by number, gender and what the document has told; none where that is not plain."""
    start, end = sentence.start_of(head), sentence.end_of(head)
    lower = head.lower_
    itself = _says_of_itself(resolver, sentence, head)
    if itself:
        return itself
    fighters = _fighters_before(sentence, head) if lower == "they" else None
    if fighters is not None:
        return resolver.resolve(sentence, fighters)
    if lower == "they" and head.dep_ == "nsubj" and head.head.lemma_ in ("confer", "meet", "negotiate", "talk") and not patients(head.head):
        here = resolver.memory.two_named(start, sentences=1)
        if here:
            return [Party(head.text, start, end, each, "'they': the two of the sentence") for each in here]
    if lower in ("they", "them", "both", "their", "themselves"):
        told = (resolver.memory.acting_before(start) if lower == "they" else []) or resolver.memory.last_parties(lower)
        if not told and lower == "them" and head.dep_ == "dobj" and head.head.lemma_ in _MET:
            pair = resolver.memory.two_named(start, sentences=1)
            return [Party(head.text, start, end, each, "'them' refers back") for each in pair if each.kind == "person"]
        if not told and lower == "they" and head.dep_ == "nsubj" and head.head.lemma_ in _TALKING:
            pair = resolver.memory.parties_of_title()
            return [Party(head.text, start, end, each, "'they': the two of the title") for each in pair]
        return told
    gender = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f"}.get(lower)
    if gender:
        for subject in (each for each in sentence.doc[: head.i] if each.dep_ == "nsubj"):
            if body := resolver.head_of_body(sentence, subject):
                return body  # `The Secretary-General is in Kyiv, where he will meet …`
        entity = resolver.memory.person_before(start, gender)
        return [Party(head.text, start, end, entity, f"{head.text!r} refers back")] if entity else []
    if lower in ("it", "its"):
        if _is_thing(head):
            return []
        entity = _charged(sentence, head) or _own_subject(resolver, sentence, head) or resolver.memory.body_before(start)
        return [Party(head.text, start, end, entity, f"{head.text!r} refers back")] if entity else []
    if lower in ("we", "us", "our") and resolver.memory.signatory is not None:
        return [Party(head.text, start, end, resolver.memory.signatory, "in whose name the text speaks")]
    if lower == "we" and (pair := resolver.memory.parties_of_title(joint=True)):
        return [Party(head.text, start, end, each, "in whose names the text speaks") for each in pair]
    if lower in ("we", "us") and resolver.memory.home is not None:
        entity = resolver.memory.entity_of(resolver.memory.home)
        return [Party(head.text, start, end, entity, "the publisher's country")] if entity else []
    if lower == "you" and head.dep_ == "nsubj" and resolver.memory.home is not None and sentence.doc.text.rstrip().endswith("?"):
        entity = resolver.memory.entity_of(resolver.memory.home)
        return [Party(head.text, start, end, entity, "whom the press asks")] if entity else []
    if lower in ("i", "me") and resolver.memory.home is not None:
        speaker = resolver.memory.speaker
        before = sentence.doc[: head.i].text
        if speaker is None and before.count("“") <= before.count("”") and before.count('"') % 2 == 0:
            speaker = resolver.memory.entity_of(resolver.memory.home)
        return [Party(head.text, start, end, speaker, "the speaker")] if speaker else []
    return []


def _says_of_itself(resolver: ActorResolver, sentence: ParsedSentence, head: Token) -> list[Party]:
    """`Ukrainian forces say that they have shot down …`: the subject of what is said is who says it."""
    verb = head.head
    if head.lower_ == "they" and verb.dep_ == "acl" and claiming(verb.head):
        return resolver.parties(sentence, claiming(verb.head))
    if (
        head.lower_ not in ("they", "it")
        or head.dep_ not in ("nsubj", "nsubjpass")
        or verb.dep_ != "ccomp"
        or verb.head.lemma_ not in ("say", "claim", "report", "announce")
    ):
        return []
    subjects = [each for each in surface_subject(verb.head) if each.pos_ != "PRON"]
    return [
        party
        for party in resolver.parties(sentence, subjects)
        if party.is_named and (head.lower_ == "it" or len(subjects) > 1 or _is_many(party) or _is_body(party))
    ]


def _fighters_before(sentence: ParsedSentence, head: Token) -> Token | None:
    """`Rebels hold the town, and they may attack others`: the armed plural that is the subject before in the sentence."""
    if head.dep_ not in ("nsubj", "nsubjpass"):
        return None
    subjects = [each for each in sentence.doc[: head.i] if each.dep_ in ("nsubj", "nsubjpass") and each.tag_ == "NNS"]
    noun = agent_noun(sentence, subjects[-1]) if subjects else None
    return subjects[-1] if noun is not None and noun.sector in ("UAF", "REB", "CRM") else None


def _own_subject(resolver: ActorResolver, sentence: ParsedSentence, head: Token) -> Entity | None:
    """`The army has kept up its air raids`: its subject's, where that is a noun which stands for somebody."""
    verb = next((each for each in head.ancestors if is_verb(each)), None) if head.lower_ == "its" else None
    subjects = [each for each in surface_subject(verb) if each.pos_ == "NOUN" and each.i < head.i] if verb is not None else []
    found = [party.entity for party in resolver.parties(sentence, subjects) if party.entity is not None and party.reason.endswith("refers back")]
    return found[0] if len(found) == 1 else None


def _charged(sentence: ParsedSentence, head: Token) -> Entity | None:
    """`condemned Russia for its attacks`, `holds Iran accountable for its attacks`: theirs of whom it is said, not the subject's."""
    over = head.head.head
    if head.dep_ != "poss" or over.dep_ != "prep" or over.lower_ not in ("due", "for", "over", "in"):
        return None
    verb = next((each for each in over.ancestors if is_verb(each)), None)
    if verb is None:
        return None
    objects = [child for child in verb.children if child.dep_ in ("dobj", "dative")]
    # `hold Russia accountable`: the parser makes it the subject of a clause without a verb
    objects += [inner for child in verb.children if not is_verb(child) for inner in child.children if inner.dep_ == "nsubj"]
    objects += [name for each in objects for name in each.children if name.dep_ == "appos"]
    for each in objects:
        name = sentence.name_of.get(each.i)
        if each.i < over.i and name is not None and name.entity is not None and name.entity.kind != "person":
            return name.entity
    return None


def _is_thing(pronoun: Token) -> bool:
    """`The vessel was heading north when it was struck`: what is said of a ship."""
    clause = pronoun.head
    if pronoun.lower_ != "it" or clause.dep_ != "advcl" or not is_verb(clause.head):
        return False
    subjects = surface_subject(clause.head)
    return bool(subjects) and all(each.lemma_.lower() in _SHIPS and each.i < pronoun.i for each in subjects)


def _is_body(party: Party) -> bool:
    return party.entity is not None and party.entity.kind == "organisation"


def _is_many(party: Party) -> bool:
    """Whether `they` can stand for a party: several, or a group or a force under one name."""
    return party.plural or (party.entity is not None and (party.entity.kind == "armed_group" or party.entity.sector == "MIL"))
