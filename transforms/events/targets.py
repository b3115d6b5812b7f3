"""Whose weapons strike, and whose people, forces, territory or facility they hit."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from transforms.events.actors import ActorResolver
from transforms.events.arguments import agents, patients, surface_subject
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.parties import PLACE_IN, Party, noun_phrase
from transforms.events.reference import Entity, states
from transforms.events.slots import is_origin
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import is_passive, is_verb, prepositions
from transforms.events.where import NamedPlace
from transforms.language.parse import Token
from transforms.language.words import word_set

_OCCUPIED = re.compile(r"(?i)\b(\w+)-(?:occupied|controlled|held|annexed|installed|administered)\b")
WEAPONS = word_set("roles", "weapon_subject")
_NAMED_SITES = word_set("places", "named_sites")
_HOLDING = word_set("roles", "holding")
SHIPS = word_set("roles", "ships")
_SUPPOSING = word_set("roles", "supposing")
HARMING = word_set("roles", "harming")
_GROUND_OF_FORCES = word_set("roles", "ground_of_forces")


def weapon_owners(resolver: ActorResolver, sentence: ParsedSentence, weapon: Token) -> list[Party]:
    """Whose a weapon is: a nationality before it, a possessor, `launched by` or `fired from` behind it."""
    first, _ = noun_phrase(weapon)
    found = []
    for name in sentence.names:
        if (
            name.entity is not None
            and name.entity.kind in ("armed_group", "state")
            and weapon.i < name.first < weapon.i + 6
            and sentence.doc.text[name.end - sentence.offset :].startswith(("-controlled", "-held"))
        ):
            found.append(Party(name.text, name.start, name.end, name.entity, f"from whose ground the {weapon.lower_} came"))
    for name in sentence.within(first, weapon.i):
        if (
            name.entity is not None
            and name.entity.kind in ("state", "armed_group", "organisation")
            and name.form in ("demonym", "name", "people")
            and not sentence.doc[name.last - 1].lower_.endswith(("-made", "-supplied", "-built", "-provided"))
        ):
            follows = sentence.doc[name.last : name.last + 2].text.lower()
            if not follows.startswith(("-made", "- made", "-supplied", "made", "-built")):
                found.append(Party(name.text, name.start, name.end, name.entity, f"whose {weapon.lower_} it is"))
    for owner in weapon.subtree:
        if owner.tag_ == "PRP$" and owner.i < weapon.i and owner.lower_ in ("its", "their"):
            # `says that its missile strikes damaged`
            found.extend(party for party in resolver.resolve(sentence, owner) if party.is_named)
    if not found:
        # `a USAF MQ-9 Reaper`, `Navy F/A-18s`: the force before what flies for it
        forces = [name for name in sentence.within(first, weapon.i) if name.entity is not None and name.form == "body" and name.entity.sector == "MIL"]
        found.extend(Party(name.text, name.start, name.end, name.entity, f"whose {weapon.text} it is") for name in forces)
    for child in _clauses(weapon):
        if is_verb(child):
            # `mortar rounds fired from rebel positions`
            sources = [each for word, heads in prepositions(child) if word == "from" for each in heads if lemma_of(each) in _GROUND_OF_FORCES]
            found.extend(p for each in sources for p in _owned(sentence, each, noun_phrase(each)[0]))
            if not is_passive(child) and child.tag_ != "VBN" and child.lemma_ != "blame":
                # `a missile that the group claims to have fired`
                found.extend(p for p in resolver.parties(sentence, [each for each in surface_subject(child) if each.i > weapon.i]) if p.is_named)
            for grandchild in child.children:
                if grandchild.dep_ in ("agent", "prep") and grandchild.lower_ in (("on",) if child.lemma_ == "blame" else ("by", "from")):
                    heads = [t for t in grandchild.children if t.dep_ == "pobj"]
                    found.extend(p for p in resolver.parties(sentence, heads) if p.is_named)
    return found


def _clauses(weapon: Token) -> Iterator[Token]:
    """The clauses that say whose a weapon is: `launched by`, `believed to have been planted by`."""
    own = [child for child in weapon.children if child.dep_ in ("acl", "relcl")]
    over = weapon.head
    supposed = (
        [over]
        if weapon.dep_ in ("nsubj", "nsubjpass") and over.lemma_ in _SUPPOSING and any(each.text == "," for each in weapon.doc[weapon.i : over.i])
        else []
    )
    yield from own
    for clause in (*own, *supposed):
        if clause.lemma_ in _SUPPOSING:
            yield from (child for child in clause.children if child.dep_ == "xcomp")


def fill_target(resolver: ActorResolver, sentence: ParsedSentence, filled: Filled, places: list[NamedPlace]) -> None:
    """Whose people, forces, territory or facility is hit: the parties that the target's words name, else the state of its place."""
    for head in filled.target_heads:
        ship = _ship_in_apposition(sentence, head)
        if ship:
            filled.add("target", ship)
            continue
        parties = [p for p in resolver.resolve(sentence, head) if p.entity is not None]
        attackers = {p.key for p in filled.roles.get("attacker", ())}
        if parties and all(p.key in attackers and p.reason.endswith("refers back") for p in parties):
            # `called on Israel to end its strikes on the country`: not on itself, but on the one that is told of
            others = [states()[code] for code in resolver.memory.countries_told_of() if code in states() and code not in attackers]
            parties = [dataclasses.replace(parties[0], entity=others[0])] if others else []
        first, last = noun_phrase(head)
        name = sentence.name_of.get(head.i)
        town = any(p.token == head or (head.dep_ == "conj" and p.token == head.head) for p in places)
        known = [p for p in parties if p.entity is not None and (p.entity.actor_id is not None or p.entity.country is not None or p.entity.kind == "group")]
        if not known:
            belongs = _belonging(resolver, sentence, head) or _owned(sentence, head, first)
            if belongs:
                filled.add("target", belongs)
                continue
        if not known and any(p.place.country and (p.token == head or stands_under(p, head)) for p in places):
            parties = []
        if parties and not (name is not None and name.form == "capital") and not (town and not known):
            filled.add("target", [_people_of(p) for p in parties])
            continue
        holder = holders(sentence, head)
        if holder:
            filled.add("target", holder)
            continue
        acting = {p.key for p in filled.roles.get("attacker", ())}
        owned = _owned(sentence, head, first) or [party for party in _its(resolver, sentence, head) if party.key not in acting]
        if owned:
            filled.add("target", owned)
            continue
        inside = [p for p in places if p.place.country and (first <= p.token.i < last or p.token == head or stands_under(p, head))]
        filled.add("target", [_state_party(p) for p in inside if p.place.country in states()])


def _ship_in_apposition(sentence: ParsedSentence, head: Token) -> list[Party]:
    """`struck the Gibraltar Eagle, a U.S.-owned vessel`: whose ship a name is that says something else."""
    for child in head.children:
        if child.dep_ == "appos" and lemma_of(child) in SHIPS:
            return _owned(sentence, child, noun_phrase(child)[0])
    return []


def victims(resolver: ActorResolver, sentence: ParsedSentence, candidate: Candidate) -> list[Party]:
    """Whose people are killed or hurt in an attack: `Three Mexican soldiers are killed in an ambush`, `injures 10 American soldiers`."""
    day = resolver.memory.day
    found: list[Party] = []
    for head in harmed(candidate):
        first, _ = noun_phrase(head)
        name = sentence.name_of.get(head.i)
        parties = resolver.resolve(sentence, head) if name is not None and not is_origin(sentence, name) else []
        found += [p for p in parties if p.entity is not None and (p.entity.kind in ("state", "armed_group") or (p.entity.kind == "person" and p.acts_for(day)))]
        found += _owned(sentence, head, first)
    return found


def harmed(candidate: Candidate) -> Iterator[Token]:
    """Who and what an attack kills, hurts or damages, by the verbs over and under its trigger: `Two plants were damaged in the airstrikes`."""
    if any(token.lemma_ in HARMING for token in candidate.token.doc):
        for verb in (*candidate.token.ancestors, *(inner for anchor in candidate.anchors for inner in anchor.subtree)):
            if verb.lemma_ in HARMING and is_verb(verb):
                yield from (head for head in patients(verb) if lemma_of(head) not in WEAPONS)


def _owned(sentence: ParsedSentence, head: Token, first: int) -> list[Party]:
    """`a Ukrainian military base`, `Israel's embassy`, `an American ship`: nationality before what is hit."""
    found = []
    # `the Saudi Maternity Hospital` of El Fasher is nobody's but the town's
    if head.pos_ == "PROPN" and lemma_of(head).lower() in _NAMED_SITES:
        return []
    for name in sentence.within(first, head.i):
        if (
            name.entity is not None
            and name.entity.kind in ("state", "organisation", "armed_group", "person")
            and name.form in ("demonym", "name", "people", "body")
            and not is_origin(sentence, name)
            and sentence.doc[name.last : name.last + 1].text not in ("World", "Heritage")  # `a UNESCO World Heritage Site`
        ):
            found.append(Party(name.text, name.start, name.end, name.entity, f"whose {head.lower_} it is"))
    return found


def _its(resolver: ActorResolver, sentence: ParsedSentence, head: Token) -> list[Party]:
    """`on its Dyagilevo Air Base`: the state, group or body that a possessive pronoun goes back to."""
    owners = [each for each in head.children if each.dep_ == "poss" and each.lower_ in ("its", "their", "our")]
    parties = [party for owner in owners for party in resolver.resolve(sentence, owner)]
    home = resolver.memory.entity_of(resolver.memory.home)
    if not parties and home is not None:
        # `the attack on our troops`, in a statement of a government
        parties = [Party(each.text, sentence.start_of(each), sentence.end_of(each), home, "the publisher's country") for each in owners if each.lower_ == "our"]
    return [party for party in parties if party.entity is not None and party.entity.kind in ("state", "armed_group", "organisation")]


def _belonging(resolver: ActorResolver, sentence: ParsedSentence, head: Token, depth: int = 2) -> list[Party]:
    """`a bunker held by the Islamic State`, `a gathering of Hamas fighters`, `the headquarters of the Sudanese army`: whose it is by the words behind it."""
    for child in head.children:
        verb = next((each for each in child.subtree if each.lemma_ in _HOLDING and is_verb(each)), None) if child.dep_ in ("acl", "relcl") else None
        if verb is not None:
            holders = [p for p in resolver.parties(sentence, agents(verb)) if p.entity is not None and p.entity.kind in ("armed_group", "state")]
            if holders:
                return holders
    for heads in (found for word, found in prepositions(head) if word == "of"):
        for inner in heads:
            parties = [p for p in resolver.resolve(sentence, inner) if p.entity is not None and p.entity.kind in ("armed_group", "state", "group")]
            name = sentence.name_of.get(inner.i)
            if parties and not (name is not None and name.form == "capital"):
                return [_people_of(p) for p in parties]
            owned = _owned(sentence, inner, noun_phrase(inner)[0]) or (_belonging(resolver, sentence, inner, depth - 1) if depth else [])
            if owned:
                return owned
    return []


def holders(sentence: ParsedSentence, head: Token) -> list[Party]:
    """Who holds the ground where the text says so: `Russian-occupied Donetsk`, `rebel-held Idlib`."""
    first, last = noun_phrase(head)[0], head.right_edge.i + 1
    match = _OCCUPIED.search(sentence.doc[first:last].text)
    if match is None:
        return []
    for name in sentence.names:
        if name.entity is not None and name.entity.kind != "person" and first - 1 <= name.first and name.last <= last and match[1].lower() in name.text.lower():
            return [Party(name.text, name.start, name.end, name.entity, "holds the ground")]
    return []


def stands_under(place: NamedPlace, head: Token) -> bool:
    """Whether a place hangs on a noun phrase, at most through its own nouns."""
    current = place.governor
    for _ in range(4):
        if current is None:
            return False
        if current == head:
            return True
        if is_verb(current) or current.head == current:
            return False
        current = current.head
    return False


def _people_of(party: Party) -> Party:
    """`Afghan civilians`, who act for nobody: hit is the state whose people they are."""
    entity = party.entity
    if entity is None or entity.kind != "group" or entity.acts_for is not None or entity.country not in states():
        return party
    return dataclasses.replace(party, entity=states()[entity.country], reason="whose people they are")


def _state_party(place: NamedPlace) -> Party:
    entity: Entity = states()[place.place.country or ""]
    return Party(place.place.text, place.start, place.end, entity, f"{PLACE_IN} {entity.name}")
