"""Which party has which role in a candidate: the frame's slots, the verb over an event noun, and what earlier sentences told."""

from __future__ import annotations

import dataclasses
import re

from spacy.tokens import Token

from transforms.events.actors import ActorResolver, Party, is_official, noun_phrase
from transforms.events.attribution_words import attribution_words
from transforms.events.candidates import Candidate, lemma_of, theme_tokens
from transforms.events.reference import Entity, states
from transforms.events.slots import UNATTENDED, is_origin
from transforms.events.spans import ParsedSentence, SentenceName
from transforms.events.syntax import conjuncts, governing_verb, is_passive, is_verb, patients, prepositions, surface_subject
from transforms.events.where import NamedPlace

# Slots whose meaning the frame gives by these words, beside the event type's own roles.
PLACE, ORIGIN, VISITED, INTERCEPTED, BY_OF = "place", "origin", "visited", "intercepted", "by_of"
_OCCUPIED = re.compile(r"(?i)\b(\w+)-(?:occupied|controlled|held|annexed|installed|administered)\b")
_WEAPON_SUBJECT = frozenset(
    [
        "missile",
        "drone",
        "rocket",
        "shell",
        "airstrike",
        "strike",
        "bomb",
        "attack",
        "uav",
        "warplane",
        "jet",
        "artillery",
        "mortar",
        "plane",
        "aircraft",
        "warship",
        "gunship",
        "helicopter",
        "tank",
        "fighter",
        "bomber",
        "gunboat",
        "submarine",
        "gun",
        "cannon",
        "barrage",
        "salvo",
    ]
)

_BROKERED = re.compile(r"[-–](?:brokered|mediated|facilitated|moderated)\b")
_ACCOMPANYING = {"participation": "participant", "attendance": "participant", "presence": "participant", "mediation": "mediator", "auspices": "mediator"}
HARMING = frozenset({"kill", "injure", "wound", "murder", "slaughter", "hurt", "leave", "hit", "destroy", "damage"})
_BEHIND = 25
"""Tokens behind an event noun within which a phrase can say who else takes part."""


@dataclasses.dataclass
class Filled:
    """The parties of a candidate by role, and what was learnt while filling them; `mutual` where each attacks the other."""

    roles: dict[str, list[Party]] = dataclasses.field(default_factory=dict)
    target_heads: list[Token] = dataclasses.field(default_factory=list)
    origin: str | None = None
    visited: Token | None = None
    visited_heads: list[Token] = dataclasses.field(default_factory=list)
    mutual: bool = False

    def add(self, role: str, parties: list[Party]) -> None:
        """Adds parties to a role, each once."""
        known = self.roles.setdefault(role, [])
        keys = {party.key for party in known}
        for party in parties:
            if party.key not in keys:
                known.append(party)
                keys.add(party.key)

    def all(self) -> list[Party]:
        """Every party of any role, each once."""
        found: dict[str, Party] = {}
        for parties in self.roles.values():
            for party in parties:
                found.setdefault(party.key, party)
        return list(found.values())


class RoleFiller:
    """Fills the roles of the candidates of one document."""

    def __init__(self, resolver: ActorResolver) -> None:
        """A filler that asks a document's resolver who a noun phrase names."""
        self.resolver = resolver

    def fill(self, sentence: ParsedSentence, candidate: Candidate, places: list[NamedPlace]) -> Filled:
        """The roles that the sentence itself gives."""
        filled = Filled()
        trigger, slots = candidate.trigger, candidate.slots
        for slot, roles in trigger.roles.items():
            if slot == "modifier":
                self._modifiers(candidate, roles, filled)
                continue
            heads = list(slots.get(slot))
            if not heads or slot == "attended":
                continue
            if slot == "subject" and trigger.kind == "weapon_subject":
                continue
            for role in roles:
                self._slot(sentence, candidate, slot, role, heads, filled, places)
        self._light(sentence, candidate, filled)
        if trigger.roles.get("with") == ("participant",) and sum(p.is_named for p in filled.roles.get("participant", ())) == 1:
            filled.add("participant", self._counterpart(sentence, candidate))
        if "attended" in trigger.roles and (trigger.body or not any(p.is_named for p in filled.roles.get("participant", ()))):
            filled.add("participant", [p for p in self.resolver.parties(sentence, list(slots.get("attended"))) if p.is_named])
        if trigger.pos == "noun" and trigger.kind is None and trigger.roles.get("with") == ("participant",) and slots.get("with"):
            self._teller(sentence, candidate, filled)
        if trigger.name == "negotiation":
            self._acceding(sentence, candidate, filled)
        if trigger.pos == "noun" and "participant" in trigger.roles.get("with", ()):
            self._accompanied(sentence, candidate, filled)
            self._brokered(sentence, candidate, filled)
        if trigger.pos == "noun" and "attacker" in trigger.roles.get("by", ()):
            self._responsible(sentence, candidate, filled)
            self._harming(sentence, candidate, filled)
            self._mutual(sentence, candidate, filled)
        if trigger.kind == "weapon_subject" or (trigger.pos == "verb" and "attacker" in trigger.roles.get("subject", ())):
            self._weapon_owner(sentence, candidate, filled)
        start, end = sentence.start_of(candidate.token), sentence.end_of(candidate.token)
        for role, parties in filled.roles.items():
            # `hosted the Third Summit of the Sahara`: the event is not one of its parties
            filled.roles[role] = [party for party in parties if not (party.start <= start and end <= party.end and not party.inferred)]
        return filled

    def _slot(self, sentence: ParsedSentence, candidate: Candidate, slot: str, role: str, heads: list[Token], filled: Filled, places: list[NamedPlace]) -> None:
        if role == PLACE:
            return
        if role == ORIGIN:
            filled.origin = next((p.place.country for p in places if any(p.token.i in range(*noun_phrase(h)) or p.token == h for h in heads)), None)
            return
        if role == INTERCEPTED:
            for head in heads:
                filled.add("attacker", self._owners(sentence, head))
            return
        if role == "target" and candidate.trigger.kind == "interception":
            filled.add("target", [p for p in self.resolver.parties(sentence, heads) if p.is_named])
            return
        if role == VISITED:
            if filled.visited is None or not any(p.token == filled.visited or _under(p, filled.visited) for p in places):
                filled.visited = heads[0]
                filled.visited_heads = list(heads)
            return
        if role == BY_OF:
            role = "attacker"
        if role == "target":
            filled.target_heads.extend(heads)
            return
        if role in ("donor", "recipient", "requester") or slot in ("in", "into"):
            parties = self.resolver.parties(sentence, heads) or self._states_of(heads, places)
        else:
            parties = self.resolver.parties(sentence, heads)
        filled.add(role, [party for party in parties if self._fits(sentence, candidate, party, heads)])

    def _fits(self, sentence: ParsedSentence, candidate: Candidate, party: Party, heads: list[Token]) -> bool:
        """A capital after `in` or as a bare modifier is a place; themes of an aid step are nobody."""
        theme = set(theme_tokens(candidate)) if candidate.trigger.theme[:1] in (("object",), ("for",)) else set()
        return (
            not any(
                head in theme and sentence.name_of.get(head.i) is None and party.start <= sentence.start_of(head) < party.end for head in heads if head in theme
            )
            or party.entity is not None
        )

    def _states_of(self, heads: list[Token], places: list[NamedPlace]) -> list[Party]:
        """The states in which places stand that a role names: aid to `Gaza`, to `earthquake victims in Aleppo`."""
        found = []
        for head in heads:
            first, last = noun_phrase(head)
            for each in places:
                inside = first <= each.token.i < last or each.token == head or (each.governor is not None and each.governor == head)
                if inside and each.place.country in states():
                    entity = states()[each.place.country]
                    found.append(Party(each.place.text, each.start, each.end, entity, f"place in {entity.name}"))
        return found

    def _modifiers(self, candidate: Candidate, roles: tuple[str, ...], filled: Filled) -> None:
        """`Israeli airstrikes`, `U.S.-Ukraine talks`, `EU summit`: nationalities act, a single state's name before a noun is oftener its object or topic."""
        names = [n for n in candidate.slots.modifiers if n.entity is not None]
        several = len({n.entity.actor_id for n in names if n.entity is not None}) > 1
        for name in names:
            entity = name.entity
            if entity is None:
                continue
            if name.form in ("capital", "former") and not (several and name.form == "capital"):
                continue
            party = Party(name.text, name.start, name.end, entity, f"{name.form} before {candidate.token.lower_!r}")
            attributive = name.text.lower() in candidate.frame.lexicons.get("attributive", ())
            acting = entity.kind != "state" or name.form in ("demonym", "people", "seat") or several or (attributive and "attacker" in roles)
            for role in roles:
                if acting:
                    filled.add(role, [party])
                elif role == "attacker":
                    filled.add("target", [party])
                elif role == "donor" and (_is_possessive(candidate.token, name) or attributive):
                    filled.add(role, [party])
                elif role == "participant" and candidate.trigger.body:
                    continue

    def _light(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """The subject of the verb that makes one trigger with the noun, and of a verb that only leads to it (`left for talks`)."""
        light = candidate.slots.light
        if light is None:
            return
        lemma = lemma_of(light)
        lights = candidate.frame.light_verbs
        if light.tag_ == "VBG" and light.dep_ == "pcomp" and light.head.head.pos_ == "NOUN" and "attacker" in lights:
            # `the importance of stopping attacks`: whose they are is not said
            return
        subjects = list(candidate.slots.light_subject)
        parties = self.resolver.parties(sentence, subjects)
        if not parties:
            return
        roles = [role for role, verbs in lights.items() if lemma in verbs and role != "sure_host"]
        if "target" in roles and lemma in lights["target"]:
            filled.target_heads.extend(subjects)
            return
        if "host" in roles:
            sure = lemma in lights.get("sure_host", ())
            if not sure and "participant" in roles:
                roles.remove("host")
            elif "participant" not in roles:
                roles.append("participant")
        for role in roles:
            if role != "target":
                filled.add(role, parties)

    def _teller(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`Trump announces the suspension of talks with Canada`: who tells of talks with one party is the other one."""
        named = [p for p in filled.roles.get("participant", ()) if p.is_named]
        if len(named) != 1:
            return
        day = self.resolver.memory.day
        for verb in candidate.token.ancestors:
            if not is_verb(verb) or lemma_of(verb) in UNATTENDED:
                continue
            for party in self.resolver.parties(sentence, surface_subject(verb)):
                whom = party.acts_for(day)
                if whom is not None and whom != named[0].acts_for(day):
                    filled.add("participant", [party])
                    return

    def _accompanied(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`talks held by A and B, with U.S. participation`, `under Qatari mediation`: who takes part or mediates behind the noun."""
        for token in sentence.doc[candidate.token.i + 1 : candidate.token.i + _BEHIND]:
            if ("noun", lemma_of(token)) in candidate.frame.by_lemma:
                return
            role = _ACCOMPANYING.get(lemma_of(token))
            if role is None or token.dep_ != "pobj" or token.head.lower_ not in ("with", "under", "through", "by"):
                continue
            first, last = noun_phrase(token)
            for name in sentence.within(first, last):
                if name.entity is not None and name.form != "capital":
                    filled.add(role, [Party(name.text, name.start, name.end, name.entity, f"whose {token.lower_} it is")])

    def _acceding(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`negotiations on the accession of A and B to C`: who is to join negotiates with what it is to join."""
        for head in (*candidate.slots.get("on"), *candidate.slots.get("for"), *candidate.slots.get("about")):
            if lemma_of(head) in ("accession", "membership", "entry", "admission"):
                heads = [each for word, objects in prepositions(head) if word in ("of", "to", "in", "into") for each in objects]
                owners = [*(each for each in head.children if each.dep_ == "poss"), *candidate.slots.get("to")]
                filled.add("participant", [party for party in self.resolver.parties(sentence, [*owners, *heads]) if party.is_named])

    def _brokered(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`Saudi-brokered talks`, `U.N.-mediated negotiations`: the mediator before the noun."""
        for name in sentence.within(candidate.token.left_edge.i, candidate.token.i):
            if name.entity is not None and _BROKERED.match(sentence.doc.text, name.end - sentence.offset):
                filled.add("mediator", [Party(name.text, name.start, name.end, name.entity, f"who brokers the {candidate.token.lower_}")])

    def _responsible(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`The group claimed responsibility for the attack`, `blamed rebels for the bombing`: who did it, where the noun has nobody of its own."""
        if any(p.is_named for p in filled.roles.get("attacker", ())):
            return
        preposition = candidate.token.head
        if preposition.lower_ not in ("for", "on") or preposition.dep_ != "prep":
            return
        over = preposition.head
        heads: list[Token] = []
        if over.lemma_ in ("responsibility", "credit") and is_verb(over.head) and over.head.lemma_ in ("claim", "take", "accept", "assume", "admit"):
            heads = surface_subject(over.head)
        elif is_verb(over) and over.lemma_ in ("blame", "condemn", "accuse") and preposition.lower_ == "for" and over.lemma_ == "blame":
            heads = patients(over)
        elif over.lower_ == "responsible" and is_verb(over.head):
            heads = surface_subject(over.head)
        filled.add("attacker", [p for p in self.resolver.parties(sentence, heads) if p.is_named])

    def _harming(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`Rebels killed nine people in an attack on a village`: who kills in an attack attacks."""
        over = candidate.token.head
        if filled.roles.get("attacker") or over.dep_ != "prep" or over.lower_ not in ("in", "during", "with"):
            return
        verb = over.head.head if over.head.dep_ == "dobj" else over.head
        if is_verb(verb) and lemma_of(verb) in HARMING and not is_passive(verb):
            # a fighter is oftener a man than a plane where he kills
            heads = [head for head in surface_subject(verb) if lemma_of(head) == "fighter" or lemma_of(head) not in _WEAPON_SUBJECT]
            filled.add("attacker", [party for party in self.resolver.parties(sentence, heads) if party.is_named])

    def _mutual(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`Both sides reported shelling`, `A and B accused each other of strikes`: each tells what the other has done."""
        if filled.roles.get("attacker") or candidate.slots.light is not None:
            return
        verb = clause_verb(candidate.token)
        if verb is None or lemma_of(verb) not in attribution_words().mutual:
            return
        parties = [p for p in self.resolver.parties(sentence, surface_subject(verb)) if p.is_named]
        if len({p.acts_for(self.resolver.memory.day) or p.key for p in parties}) > 1:
            filled.add("attacker", parties)
            filled.mutual = True

    def _counterpart(self, sentence: ParsedSentence, candidate: Candidate) -> list[Party]:
        """Who comes after `with` or `between` where the parser hung the phrase on another noun of the clause."""
        verb = clause_verb(candidate.token)
        if verb is None or candidate.trigger.topic_from:
            return []
        for token in verb.subtree:
            if (
                token.i > candidate.token.i
                and token.lower_ in ("with", "between")
                and token.dep_ == "prep"
                and not any(is_verb(each) and each != verb and each != candidate.token for each in _up_to(token, verb))
            ):
                parties = self.resolver.parties(sentence, [inner for child in token.children if child.dep_ == "pobj" for inner in conjuncts(child)])
                if any(p.is_named and p.entity is not None and p.entity.kind in ("person", "state", "organisation", "armed_group") for p in parties):
                    return [p for p in parties if p.is_named]
        return []

    def _weapon_owner(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`Russian missiles hit`: who attacks is whose the weapons are."""
        for head in candidate.slots.get("subject") or ():
            if lemma_of(head) in _WEAPON_SUBJECT or candidate.trigger.kind == "weapon_subject":
                owners = self._owners(sentence, head)
                if owners:
                    filled.roles["attacker"] = [p for p in filled.roles.get("attacker", []) if p.is_named]
                    filled.add("attacker", owners)
        if candidate.trigger.kind == "weapon_subject":
            for word in ("by", "from"):
                parties = self.resolver.parties(sentence, [h for h in candidate.slots.get(word) if lemma_of(h) not in _WEAPON_SUBJECT])
                filled.add("attacker", [p for p in parties if p.is_named])

    def _owners(self, sentence: ParsedSentence, weapon: Token) -> list[Party]:
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
        for child in weapon.children:
            if child.dep_ in ("acl", "relcl") and is_verb(child):
                for grandchild in child.children:
                    if grandchild.dep_ in ("agent", "prep") and grandchild.lower_ in (("on",) if child.lemma_ == "blame" else ("by", "from")):
                        heads = [t for t in grandchild.children if t.dep_ == "pobj"]
                        found.extend(p for p in self.resolver.parties(sentence, heads) if p.is_named)
        return found

    def target(self, sentence: ParsedSentence, filled: Filled, places: list[NamedPlace]) -> None:
        """Whose people, forces, territory or facility is hit: the parties that the target's words name, else the state of its place."""
        for head in filled.target_heads:
            parties = [p for p in self.resolver.resolve(sentence, head) if p.entity is not None]
            first, last = noun_phrase(head)
            words = sentence.doc[first : head.right_edge.i + 1].text
            name = sentence.name_of.get(head.i)
            town = any(p.token == head for p in places)
            known = [p for p in parties if p.entity is not None and (p.entity.actor_id is not None or p.entity.country is not None or p.entity.kind == "group")]
            if not known and any(p.place.country and (p.token == head or _under(p, head)) for p in places):
                parties = []
            if parties and not (name is not None and name.form == "capital") and not (town and not known):
                filled.add("target", parties)
                continue
            holder = self._holder(sentence, words, first, head.right_edge.i + 1)
            if holder:
                filled.add("target", holder)
                continue
            owned = self._owned(sentence, head, first)
            if owned:
                filled.add("target", owned)
                continue
            inside = [p for p in places if p.place.country and (first <= p.token.i < last or p.token == head or _under(p, head))]
            filled.add("target", [_state_party(p) for p in inside if p.place.country in states()])

    def victims(self, sentence: ParsedSentence, candidate: Candidate) -> list[Party]:
        """Whose people are killed or hurt in an attack: `Three Mexican soldiers are killed in an ambush`, `injures 10 American soldiers`."""
        verbs = [
            each
            for each in [*candidate.token.ancestors, *candidate.token.subtree, *(a for anchor in candidate.anchors for a in anchor.subtree)]
            if is_verb(each)
        ]
        found: list[Party] = []
        for verb in verbs:
            if verb.lemma_ in HARMING:
                for head in patients(verb):
                    if lemma_of(head) in _WEAPON_SUBJECT:
                        continue
                    first, _ = noun_phrase(head)
                    name = sentence.name_of.get(head.i)
                    parties = self.resolver.resolve(sentence, head) if name is not None else []
                    found.extend(p for p in parties if p.entity is not None and p.entity.kind in ("state", "armed_group"))
                    found.extend(self._owned(sentence, head, first))
        return found

    def _owned(self, sentence: ParsedSentence, head: Token, first: int) -> list[Party]:
        """`a Ukrainian military base`, `Israel's embassy`, `an American ship`: nationality before what is hit."""
        found = []
        for name in sentence.within(first, head.i):
            if (
                name.entity is not None
                and name.entity.kind in ("state", "organisation", "armed_group", "person")
                and name.form in ("demonym", "name", "people", "body")
                and not is_origin(sentence, name)
            ):
                found.append(Party(name.text, name.start, name.end, name.entity, f"whose {head.lower_} it is"))
        return found

    def _holder(self, sentence: ParsedSentence, words: str, first: int, last: int) -> list[Party]:
        """Who holds the ground where the text says so: `Russian-occupied Donetsk`, `rebel-held Idlib`."""
        match = _OCCUPIED.search(words)
        if match is None:
            return []
        for name in sentence.names:
            if (
                name.entity is not None
                and name.entity.kind != "person"
                and first - 1 <= name.first
                and name.last <= last
                and match[1].lower() in name.text.lower()
            ):
                return [Party(name.text, name.start, name.end, name.entity, "holds the ground")]
        return []


def _up_to(token: Token, top: Token) -> list[Token]:
    found = []
    for each in token.ancestors:
        if each == top:
            break
        found.append(each)
    return found


def _under(place: NamedPlace, head: Token) -> bool:
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


def _state_party(place: NamedPlace) -> Party:
    entity: Entity = states()[place.place.country or ""]
    return Party(place.place.text, place.start, place.end, entity, f"place in {entity.name}")


def visit_parties(sentence: ParsedSentence, filled: Filled, places: list[NamedPlace], resolver: ActorResolver) -> list[Party]:
    """The states that an official visits, none where the trip is at home or the visitor no official.

    The visited place is that of the `visited` slot; where there is none, the one after `to` or `in`.
    """
    visitors = [p for p in filled.roles.get("participant", ()) if is_official(p, resolver.memory.day)]
    home = {visitor.acts_for(resolver.memory.day) or (visitor.entity.country if visitor.entity else None) for visitor in visitors}
    found: dict[str, Party] = {}
    for head in filled.visited_heads if visitors else ():
        name: SentenceName | None = sentence.name_of.get(head.i)
        spots = [p for p in places if p.token == head or (name is not None and p.token.i in range(name.first, name.last)) or _under(p, head)]
        spot = next((p for p in spots if p.place.country), None)
        country = spot.place.country if spot else None
        if not spots and head.lemma_ in ("capital", "country", "kingdom", "republic"):
            # `a visit to the Georgian capital Tbilisi`, whose name the parser hangs elsewhere
            for state in resolver.resolve(sentence, head):
                if state.entity is not None and state.entity.kind == "state" and state.entity.country not in home:
                    found.setdefault(state.entity.country or "", dataclasses.replace(state, reason="the state that is visited"))
        if spot is not None and country is not None and country not in home and country in states():
            found.setdefault(country, Party(spot.place.text, spot.start, spot.end, states()[country], "the state that is visited"))
    return list(found.values())


def _is_possessive(noun: Token, name: SentenceName) -> bool:
    """`the United States’ announcement`: the small models read the apostrophe as a quotation mark."""
    return name.last < len(noun.doc) and noun.doc[name.last].text in ("'", "’")


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause that a trigger stands in."""
    return token if is_verb(token) else governing_verb(token)
