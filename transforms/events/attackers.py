"""Who attacks, where the frame's slots do not say: by the words around an attack, and by whose weapons strike."""

from __future__ import annotations

import dataclasses

from schemas.place import Place
from transforms.events.actors import ActorResolver
from transforms.events.arguments import agents, claiming, patients, surface_subject
from transforms.events.attribution_words import attribution_words
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.parties import Party
from transforms.events.reference import states
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import clause_verb, conjuncts, is_passive, is_verb, prepositions
from transforms.events.targets import HARMING, WEAPONS, weapon_owners
from transforms.language.parse import Token
from transforms.language.words import word_set

_GROUNDS = word_set("roles", "launching_grounds")
_FORCES = word_set("roles", "state_forces")
_MEANS = word_set("roles", "means")
_ORDERS = word_set("roles", "orders")
_CHARGING = word_set("roles", "charging")
# An apostrophe right behind a name, or behind the noun that goes with it.
_APOSTROPHES = frozenset({"’", "'", "’s", "'s"})


def attackers_around(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """Adds who is behind a noun for an attack by the words around it."""
    weapons = [head for head in candidate.slots.get("by") if lemma_of(head) in WEAPONS]
    filled.add("attacker", [owner for head in weapons for owner in weapon_owners(resolver, sentence, head)])
    if not filled.roles.get("attacker"):
        # `an attack on their positions by rebels`: the parser hangs the second phrase on the first
        behind = [
            head for slot in ("on", "against") for hit in candidate.slots.get(slot) for word, heads in prepositions(hit) if word == "by" for head in heads
        ]
        filled.add("attacker", [party for party in resolver.parties(sentence, behind) if party.is_named])
    if candidate.trigger.kind == "weapon_noun" and not filled.roles.get("attacker"):
        filled.add("attacker", weapon_owners(resolver, sentence, candidate.token))  # `a mine believed to have been planted by rebels`
    _responsible(resolver, sentence, candidate, filled)
    _attributed(resolver, sentence, candidate, filled)
    _sent_from(resolver, sentence, candidate, filled)
    _in_front(resolver, sentence, candidate, filled)
    _by_means(resolver, sentence, candidate, filled)
    _harming(resolver, sentence, candidate, filled)
    _mutual(resolver, sentence, candidate, filled)


def _responsible(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """`The group claimed responsibility for the attack`, `blamed rebels for the bombing`: who did it, where the noun has nobody of its own."""
    if any(p.is_named for p in filled.roles.get("attacker", ())):
        return
    preposition = candidate.token.head
    if preposition.lower_ not in ("for", "of", "on", "behind") or preposition.dep_ != "prep":
        return
    over = preposition.head
    heads: list[Token] = []
    if over.lemma_ == "responsibility" and claiming(over):
        heads = claiming(over)
    elif over.lemma_ in ("responsibility", "credit") and is_verb(over.head) and over.head.lemma_ in ("claim", "take", "accept", "assume", "admit"):
        heads = surface_subject(over.head)
    elif is_verb(over) and (over.lemma_, preposition.lower_) in (("blame", "for"), ("accuse", "of")):
        heads = patients(over)
    elif preposition.lower_ == "behind":
        # `accused of being behind the attack`, `the group behind the bombing`
        heads = surface_subject(over) if is_verb(over) and over.lemma_ in ("be", "stand") else [over] if over.pos_ in ("NOUN", "PROPN") else []
        for name in sentence.within(over.left_edge.i, over.i) if heads and not is_verb(over) else ():
            if name.form in ("demonym", "people"):
                filled.add("attacker", [Party(name.text, name.start, name.end, name.entity, f"whose {over.lower_} is behind it")])
    elif over.lower_ == "responsible" and is_verb(over.head):
        heads = surface_subject(over.head)
    filled.add("attacker", [p for p in resolver.parties(sentence, heads) if p.is_named])


def _attributed(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """`a blast attributed to rebels`, `The attack was blamed on the group`, `attacks that hurt many and were perpetrated by militias`."""
    if any(p.is_named for p in filled.roles.get("attacker", ())):
        return
    noun = candidate.token
    clauses = [other for each in noun.children if each.dep_ in ("acl", "relcl") for other in conjuncts(each)]
    if noun.dep_ == "nsubjpass":
        clauses.append(noun.head)
    for clause in clauses:
        words = ("to",) if clause.lemma_ in ("attribute", "ascribe") else ("on",) if clause.lemma_ == "blame" else ("by",) if is_passive(clause) else ()
        heads = [each for word, objects in prepositions(clause) if word in words for each in objects]
        filled.add("attacker", [p for p in resolver.parties(sentence, heads) if p.is_named])


def _sent_from(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """`attacks from Iran`, `shelling from rebel forces`: whose they are, unless others attack from that ground as well."""
    if any(p.is_named for p in filled.roles.get("attacker", ())):
        return
    for head in candidate.slots.get("from"):
        for party in resolver.parties(sentence, [head]):
            name = sentence.name_of.get(head.i)
            forces = party.titled is not None or (party.entity is not None and party.entity.kind == "armed_group")
            state = party.entity is not None and party.entity.kind == "state" and name is not None and name.form != "capital"
            if party.entity is not None and (forces or (state and party.entity.actor_id not in _GROUNDS)):
                filled.add("attacker", [party])


def _by_means(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """`destroyed the site via targeted strikes`: who does it attacks."""
    over = candidate.token.head
    if filled.roles.get("attacker") or over.lower_ not in _MEANS or not is_verb(over.head):
        return
    filled.add("attacker", [party for party in resolver.parties(sentence, agents(over.head)) if party.is_named])


def _in_front(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """`Houthi missile and drone attacks`, `its missile and drone strikes`, `Hamas’ brutal attack`: whose it is where the parser reads otherwise."""
    doc, at = sentence.doc, candidate.token.i
    if filled.roles.get("attacker"):
        return
    for token in reversed(list(doc[max(0, at - 7) : at])):
        joined = any(each.pos_ == "CCONJ" for each in doc[token.i + 1 : at])
        name = sentence.name_of.get(token.i)
        if name is not None and name.entity is not None:
            owned = any(each.text in _APOSTROPHES for each in doc[name.last : name.last + 2])
            acting = name.entity.kind == "armed_group" or name.form in ("demonym", "people") or owned
            if (joined or owned) and acting and name.entity.kind != "person" and name.form != "capital":
                filled.add("attacker", [Party(name.text, name.start, name.end, name.entity, f"whose {candidate.token.lower_} it is")])
            return
        if token.tag_ == "PRP$":
            if joined:
                filled.add("attacker", [party for party in resolver.resolve(sentence, token) if party.is_named])
            return
        if token.pos_ not in ("NOUN", "ADJ", "CCONJ") and token.text not in _APOSTROPHES | {","}:
            return


def _harming(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """`Rebels killed nine people in an attack on a village`: who kills in an attack attacks."""
    over = candidate.token.head
    if filled.roles.get("attacker") or over.dep_ != "prep" or over.lower_ not in ("in", "during", "with"):
        return
    verb = over.head.head if over.head.dep_ == "dobj" else over.head
    if is_verb(verb) and lemma_of(verb) in HARMING and not is_passive(verb):
        # a fighter is oftener a man than a plane where he kills
        heads = [head for head in surface_subject(verb) if lemma_of(head) == "fighter" or lemma_of(head) not in WEAPONS]
        parties = [party for party in resolver.parties(sentence, heads) if party.is_named]
        filled.add("attacker", parties or [owner for head in heads for owner in weapon_owners(resolver, sentence, head)])


def _mutual(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """`Both sides reported shelling`, `A and B accused each other of strikes`: each tells what the other has done."""
    if filled.roles.get("attacker") or candidate.slots.light is not None:
        return
    verb = clause_verb(candidate.token)
    if verb is None or lemma_of(verb) not in attribution_words().mutual:
        return
    parties = [p for p in resolver.parties(sentence, surface_subject(verb)) if p.is_named]
    if len({p.acts_for(resolver.memory.day) or p.key for p in parties}) > 1:
        filled.add("attacker", parties)
        filled.mutual = True


def attackers_charged(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """Adds whom somebody charges in passing, where nobody else attacks: `he said, blaming gunners`, `holding Russia responsible`, `the army blames A`."""
    if any(party.is_named for party in filled.roles.get("attacker", ())):
        return
    ordering = [
        head
        for order in sentence.doc
        if order.i > candidate.token.i and lemma_of(order) in _ORDERS and order.dep_ == "pobj" and order.head.lower_ in ("at", "on", "under", "with")
        for word, heads in prepositions(order)
        if word in ("by", "from", "of")
        for head in heads
    ]
    ordered = [party for party in resolver.parties(sentence, ordering) if party.is_named]
    if ordered:
        # `attacked on orders of the president`
        filled.add("attacker", ordered)
        return
    for verb in sentence.doc:
        if verb.i < candidate.token.i or not (
            (verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl", "conj")) or (verb.tag_ in ("VBD", "VBP", "VBZ") and lemma_of(verb) == "blame")
        ):
            continue
        if lemma_of(verb) in _CHARGING and not any(
            each.dep_ == "prep" and each.lower_ == "for" and not _names_attack(each, candidate) for each in verb.children
        ):
            heads = patients(verb)
        elif lemma_of(verb) == "hold" and (responsible := next((each for each in verb.children if each.lower_ == "responsible"), None)) is not None:
            heads = [each for over in (responsible, verb) for each in over.children if each.dep_ in ("nsubj", "dobj")]
        else:
            continue
        charged = [party for party in resolver.parties(sentence, heads) if party.is_named]
        if charged:
            filled.add("attacker", charged)
            return


def _names_attack(preposition: Token, candidate: Candidate) -> bool:
    """`blaming rebels for the attack`: a noun for an attack, and not for what was left undone."""
    return any(("noun", lemma_of(each)) in candidate.frame.by_lemma for each in preposition.children)


def owners_attack(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
    """`Russian missiles hit`: who attacks is whose the weapons are."""
    for head in candidate.slots.get("subject") or ():
        craft = candidate.trigger.kind == "downing" and not filled.roles.get("attacker")  # `an Israeli F-35 shoots down`
        if lemma_of(head) in WEAPONS or candidate.trigger.kind == "weapon_subject" or craft:
            owners = weapon_owners(resolver, sentence, head)
            if owners:
                filled.roles["attacker"] = [p for p in filled.roles.get("attacker", []) if p.is_named]
                filled.add("attacker", owners)
    token = candidate.token
    if token.tag_ == "VBG" and token.i and not filled.roles.get("attacker"):
        # `killed in Ukrainian shelling of a village`, which the parser takes for a verb
        name = sentence.name_of.get(token.i - 1)
        if name is not None and name.entity is not None and name.form in ("demonym", "people"):
            filled.add("attacker", [Party(name.text, name.start, name.end, name.entity, f"whose {token.lower_} it is")])
    if candidate.trigger.kind == "weapon_subject":
        for word in ("by", "from"):
            parties = resolver.parties(sentence, [h for h in candidate.slots.get(word) if lemma_of(h) not in WEAPONS])
            filled.add("attacker", [p for p in parties if p.is_named])


def forces_of_the_ground(filled: Filled, locations: list[Place]) -> None:
    """`Police open fire on a crowd in Nairobi`, `shot by soldiers`: forces without a nation are those of the state where it happens."""
    parties = filled.roles.get("attacker", [])
    country = next((place.country for place in locations if place.country in states()), None)
    if country is None or any(party.is_named for party in parties):
        return
    filled.roles["attacker"] = [
        dataclasses.replace(party, entity=states()[country], reason="the forces of the state where it happens") if _is_of_a_state(party) else party
        for party in parties
    ]


def _is_of_a_state(party: Party) -> bool:
    words = party.text.lower().replace("-", " ").split()
    return bool(words) and party.entity is None and all(word in _FORCES for word in words)
