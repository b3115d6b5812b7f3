"""Whom and what an attack hits where its frame's slots do not say: by its place, its victims, what was told before."""

from __future__ import annotations

import dataclasses
import re

from schemas.event_types import event_types
from schemas.place import Place
from transforms.events.arguments import surface_subject
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.memory import DocumentMemory
from transforms.events.parties import BY_MODEL, PLACE_IN, Party, inferred_party, noun_phrase
from transforms.events.reference import agent_nouns, armed_groups, states
from transforms.events.roles import RoleFiller
from transforms.events.slots import is_origin
from transforms.events.spans import ParsedSentence, SentenceName
from transforms.events.syntax import is_verb
from transforms.events.targets import SHIPS, harmed, holders, victims
from transforms.events.where import NamedPlace
from transforms.language.parse import Token
from transforms.language.words import word_set

_HOUSE = re.compile(rf"\b(?:{'|'.join(sorted(word.capitalize() for word in word_set('places', 'houses')))})\b")
# Before an aircraft: that of the state over which it flies.
_FORCES = word_set("roles", "own_forces")
_PART = re.compile(r"\b(?:including|among them|of them|of whom|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b[^.;]*\b(?:in|by)\b")


def hit_parties(
    sentence: ParsedSentence, candidate: Candidate, candidates: list[Candidate], filled: Filled, own_places: list[NamedPlace], locations: list[Place],
    places: list[NamedPlace], filler: RoleFiller, memory: DocumentMemory, rivals: list[Candidate],
) -> None:  # fmt: skip
    """Whom an attack hits where no target is named.

    The state of its place, else whose people it hurts, the only place of the sentence, the other party of the document. `rivals` takes up the candidates
    without which it would be read otherwise.
    """
    record = event_types()[candidate.frame.event_type]
    if record.RECEIVING != "target" or filled.mutual:
        return
    if interceptions := [each for each in candidates if each.trigger.kind == "interception"]:
        rivals.extend(interceptions)
        return
    if candidate.trigger.kind == "downing" and not any(each.lower_ in _FORCES for head in filled.target_heads for each in head.children):
        _owners_of_aircraft(candidate, filled, memory)
        return
    attackers = {p.entity.country or p.key for p in filled.roles.get("attacker", []) if p.entity is not None}
    hurt = [p for p in victims(filler.resolver, sentence, candidate) if p.entity is not None and (p.entity.acts_for or p.key) not in attackers]
    if not locations:
        others = [
            p
            for p in places
            if p.preposition not in ("from", None, "between", "with")
            and p.place.country
            and (p.place.country not in attackers or p.token in filled.target_heads)
        ]
        alike = [each for each in candidates if each.frame is candidate.frame and each.token != candidate.token]
        if len({p.place.country for p in others}) == 1:
            if alike and filled.roles.get("target"):
                rivals.extend(alike)
            else:
                own_places.extend(others[:1])
                locations.append(others[0].place)
    hurt_groups = [p for p in hurt if p.acts_for(memory.day) in armed_groups()]
    if not filled.roles.get("target") and hurt_groups and len(hurt_groups) == len(list(harmed(candidate))):
        # `kills three militants in an airstrike in Baghdad`: they are hit, and not the state
        filled.add("target", hurt_groups)
    if hurt and all(_is_soldier(head) for head in harmed(candidate)) and all(p.reason.startswith(PLACE_IN) for p in filled.roles.get("target", ())):
        # `killed three American soldiers in an attack in Jordan`: whose ground it is does not matter, unless something on it is attacked
        if not candidate.slots.get("on") and not candidate.slots.get("against"):
            filled.roles["target"] = []
        filled.add("target", hurt)
    if not filled.roles.get("target"):
        # `strikes near Yalta in Russian-occupied Crimea`
        occupiers = [p for place in own_places for head in _ground(place) for p in holders(sentence, head)]
        filled.add("target", [p for p in occupiers if p.entity is not None and (p.entity.acts_for or p.key) not in attackers])
    ship = any(lemma_of(head) in SHIPS for head in filled.target_heads) and any(place.country is None for place in locations)
    houses = filled.roles.get("target", [])
    if houses and all((party.entity is None or party.reason == BY_MODEL) and _HOUSE.search(party.text) for party in houses):
        # `exploded outside the Ministry of Education in Mogadishu`: it is the state's on whose ground it stands
        filled.roles["target"] = []
    if not filled.roles.get("target") and not ship:
        abroad = any(place.country not in {None, *attackers} for place in locations)
        for place in locations:
            if place.country in states() and not (place.country in attackers and (hurt or abroad)):
                entity = states()[place.country]
                filled.add("target", [inferred_party(sentence, candidate.token, entity, f"state of the place hit, {place.text}")])
                break
        else:
            filled.add("target", hurt)
    states_hit = any(p.entity is not None and p.entity.kind == "state" for p in filled.roles.get("target", ()))
    if filled.roles.get("target") and (attackers or not states_hit):
        # `an attack on an air base in Kenya injures ten American soldiers`
        filled.add("target", hurt)
    if not filled.roles.get("target"):
        filled.add("target", [party for party in _who_responds(candidate, sentence, filler) if (party.acts_for(memory.day) or party.key) not in attackers])
    _settle(filled, locations)
    if filled.roles.get("target") or not any(p.is_named for p in filled.roles.get("attacker", [])):
        return
    if _at_sea(filled, locations):
        return
    named = {name.entity.actor_id: name for name in sentence.names if name.entity is not None and _is_side(sentence, name)}
    acting = attackers | {p.key for p in filled.roles["attacker"]}
    opposed = [name for actor_id, name in named.items() if actor_id not in acting]
    if len(attackers) == 1 and any(p.entity is not None and p.entity.kind == "state" for p in filled.roles["attacker"]):
        # `help Ukraine rebuild after Russian attacks`: who publishes is not at war
        opposed = [name for name in opposed if name.entity is None or name.entity.actor_id != memory.home] if memory.home not in attackers else []
    if len(opposed) == 1:
        (name,) = opposed
        filled.add("target", [Party(name.text, name.start, name.end, name.entity, "the only state that the sentence names", inferred=True)])
        return
    told = memory.last_told(candidate.frame.event_type, ("target",))
    if told is not None:
        known = {p.key for p in told.filled.roles.get("attacker", [])}
        if not known or known & {p.key for p in filled.roles["attacker"]}:
            filled.add("target", told.filled.roles["target"])
            return
    if len(attackers) > 1:
        return
    others_named = [e for e in memory.parties_named(before=sentence.end) if e.kind == "state" and e.actor_id not in attackers | {memory.home}]
    if len(others_named) == 1:
        filled.add("target", [inferred_party(sentence, candidate.token, others_named[0], "the only other state that the document names")])


def _owners_of_aircraft(candidate: Candidate, filled: Filled, memory: DocumentMemory) -> None:
    """Whose aircraft is shot down, whoever's ground it flew over: `they shot down the fighter jet` goes back to the one told of before."""
    filled.roles["target"] = [party for party in filled.roles.get("target", []) if not party.reason.startswith(PLACE_IN)]
    told = memory.last_told(candidate.frame.event_type, ("target",))
    shot = {lemma_of(head) for head in filled.target_heads}
    if not filled.roles["target"] and told is not None and shot & {lemma_of(head) for head in told.filled.target_heads}:
        filled.add("target", told.filled.roles["target"])


def _ground(place: NamedPlace) -> list[Token]:
    """The words for a place, and the noun that it hangs on: `areas of Yemen`."""
    return [place.token, *([place.token.head.head] if place.token.dep_ == "pobj" and place.token.head.lower_ == "of" else ())]


def _is_soldier(head: Token) -> bool:
    noun = agent_nouns().get(lemma_of(head))
    return (noun is not None and noun.sector == "MIL") or (lemma_of(head) == "member" and any(each.lower_ == "service" for each in head.children))


def _who_responds(candidate: Candidate, sentence: ParsedSentence, filler: RoleFiller) -> list[Party]:
    """`Israel deploys ships in response to attacks from Yemen`: who answers was hit."""
    over = candidate.token.head
    if candidate.token.dep_ != "pobj" or over.head.lemma_ not in ("response", "retaliation", "revenge", "reprisal"):
        return []
    verb = next((each for each in over.head.ancestors if is_verb(each)), None)
    parties = filler.resolver.parties(sentence, surface_subject(verb)) if verb is not None else []
    return [party for party in parties if party.entity is not None and party.acts_for(filler.resolver.memory.day) is not None]


def _is_side(sentence: ParsedSentence, name: SentenceName) -> bool:
    """Whether a name in the sentence of an attack can be whom it hits: a state, or a group; `Iranian-backed` names no side."""
    if name.entity is None or is_origin(sentence, name):
        return False
    return (name.entity.kind == "state" and name.form == "name") or name.entity.kind == "armed_group"


def _at_sea(filled: Filled, locations: list[Place]) -> bool:
    """Whether ships are hit of which the text does not say whose they are, or whatever sails a sea."""
    if any(lemma_of(head) in SHIPS for head in filled.target_heads):
        return True
    return bool(locations) and not filled.target_heads and all(place.country is None and place.precision == "region" for place in locations)


def share_of_whole(candidate: Candidate, filled: Filled, memory: DocumentMemory) -> None:
    """`killed in Israeli airstrikes, including nine in a strike on a school`: who is told to do the whole does the part."""
    acting = event_types()[candidate.frame.event_type].ACTING
    if event_types()[candidate.frame.event_type].RECEIVING != "target" or filled.roles.get(acting):
        return
    for told in reversed(memory.telling):
        if told.candidate.frame is candidate.frame and told.token.i < candidate.token.i and told.filled.roles.get(acting):
            if _PART.search(candidate.token.doc[told.token.i : candidate.token.i].text):
                filled.add(acting, told.filled.roles[acting])
            return


def ground_hit(sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> list[Place]:
    """The country of a facility or a piece of land that is hit, where no place is named: `attacks on the Ukrainian energy grid`, `on its air base`."""
    if event_types()[candidate.frame.event_type].RECEIVING != "target":
        return []
    if candidate.trigger.kind == "interception":
        # air defences fire over their own ground where the text says no other
        for party in filled.roles.get("target", ()):
            if party.entity is not None and party.entity.kind == "state":
                return [Place(text=party.text, name=party.entity.name, country=party.entity.country, precision="country")]
        return []
    grounds = candidate.frame.lexicons.get("grounds", frozenset())
    states_hit = {p.entity.country: p for p in filled.roles.get("target", ()) if p.entity is not None and p.entity.kind == "state"}
    head = next((each for each in (*filled.target_heads, *harmed(candidate)) if lemma_of(each) in grounds), None)
    if head is None or len(states_hit) != 1:
        return []
    country, party = next(iter(states_hit.items()))
    first, last = noun_phrase(head)
    return [Place(text=sentence.doc[first:last].text, name=party.entity.name if party.entity else None, country=country, precision="country")]


def _settle(filled: Filled, locations: list[Place]) -> None:
    """A town that no gazetteer knows lies where the place behind it does, else in the one state that is hit."""
    hit = [p.entity for p in filled.roles.get("target", []) if p.entity is not None and p.entity.kind == "state"]
    if len(locations) > 1 and locations[1].country is not None and locations[0].country is None and locations[0].precision is None:
        locations[0] = dataclasses.replace(locations[0], country=locations[1].country, precision="city")
    elif len(hit) == 1 and locations and locations[0].country is None and locations[0].precision is None:
        locations[0] = dataclasses.replace(locations[0], country=hit[0].country, precision="city")
