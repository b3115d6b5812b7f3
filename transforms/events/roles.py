"""Which party has which role in a candidate: the frame's slots, the verb over an event noun, and what earlier sentences told."""

from __future__ import annotations

import re

from transforms.events.actors import ActorResolver
from transforms.events.arguments import agents, surface_subject
from transforms.events.attackers import attackers_around, attackers_charged, owners_attack
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.parties import PLACE_IN, Party, noun_phrase
from transforms.events.receiving import OWN_PARTS
from transforms.events.reference import states
from transforms.events.slots import UNATTENDED
from transforms.events.spans import ParsedSentence, SentenceName
from transforms.events.status import is_negated, status_words
from transforms.events.syntax import clause_verb, conjuncts, is_verb, prepositions
from transforms.events.targets import holders, stands_under, weapon_owners
from transforms.events.where import NamedPlace
from transforms.language.parse import Token
from transforms.language.words import word_set

# Slots whose meaning the frame gives by these words, beside the event type's own roles.
PLACE, ORIGIN, VISITED, INTERCEPTED, BY_OF, OF_BY = "place", "origin", "visited", "intercepted", "by_of", "of_by"

_BROKERED = re.compile(r"[-–](?:brokered|mediated|facilitated|moderated)\b")
_ACCOMPANYING = {"participation": "participant", "attendance": "participant", "presence": "participant", "mediation": "mediator", "auspices": "mediator"}
_BEHIND = 25
"""Tokens behind an event noun within which a phrase can say who else takes part."""


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
        mediators = {p.key for p in filled.roles.get("mediator", ())}
        if "attended" in trigger.roles and (trigger.body or not any(p.is_named and p.key not in mediators for p in filled.roles.get("participant", ()))):
            filled.add("participant", [p for p in self.resolver.parties(sentence, list(slots.get("attended"))) if p.is_named])
        if trigger.pos == "noun" and trigger.kind is None and trigger.roles.get("with") == ("participant",) and slots.get("with"):
            self._teller(sentence, candidate, filled)
        if trigger.pos == "noun" and trigger.kind is None and "participant" in trigger.roles.get("with", ()):
            self._ruling_out(sentence, candidate, filled)
        if trigger.kind == "visit" and trigger.pos == "noun" and not filled.roles.get("participant"):
            filled.add("participant", self._travelling(candidate))
        if trigger.name == "negotiation":
            self._acceding(sentence, candidate, filled)
        if trigger.pos == "noun" and "participant" in trigger.roles.get("with", ()):
            self._accompanied(sentence, candidate, filled)
            self._arranged(sentence, candidate, filled)
            self._brokered(sentence, candidate, filled)
        if trigger.pos == "noun" and "attacker" in trigger.roles.get("by", ()):
            attackers_around(self.resolver, sentence, candidate, filled)
        if trigger.kind == "weapon_subject" or (trigger.pos == "verb" and "attacker" in trigger.roles.get("subject", ())):
            owners_attack(self.resolver, sentence, candidate, filled)
        if trigger.kind == "weapon_subject" or "attacker" in {role for roles in trigger.roles.values() for role in roles}:
            attackers_charged(self.resolver, sentence, candidate, filled)
        start, end = sentence.start_of(candidate.token), sentence.end_of(candidate.token)
        for role, parties in filled.roles.items():
            # `hosted the Third Summit of the Sahara`: the event is not one of its parties
            filled.roles[role] = [party for party in parties if not (party.start <= start and end <= party.end and not party.inferred)]
        return filled

    def _slot(self, sentence: ParsedSentence, candidate: Candidate, slot: str, role: str, heads: list[Token], filled: Filled, places: list[NamedPlace]) -> None:
        if role == PLACE:
            return
        if role == ORIGIN:
            # `launched from Houthi-controlled territory`
            filled.add("attacker", [p for head in heads for p in holders(sentence, head)])
            filled.origin = next((p.place.country for p in places if any(p.token.i in range(*noun_phrase(h)) or p.token == h for h in heads)), None)
            return
        if role == INTERCEPTED:
            for head in heads:
                filled.add("attacker", weapon_owners(self.resolver, sentence, head))
            return
        if role == "target" and candidate.trigger.kind == "interception":
            if any(each.place.country is None and each.place.precision == "region" for each in places):
                return  # over a sea warships defend whoever sails there
            owners = [owner for head in heads for owner in head.children if owner.dep_ == "poss"]
            # `the kingdom's air defences intercept`
            filled.add("target", [p for p in self.resolver.parties(sentence, heads) or self.resolver.parties(sentence, owners) if p.is_named])
            return
        if role == VISITED:
            if filled.visited is None or not any(p.token == filled.visited or stands_under(p, filled.visited) for p in places):
                filled.visited = heads[0]
                filled.visited_heads = list(heads)
            return
        if role == BY_OF:
            role = "attacker"
        if role == OF_BY:
            role = "attacker" if candidate.slots.get("of") else "target"
        if role == "target":
            filled.target_heads.extend(head for head in heads if head.lower_ != "behalf")  # `an attack on behalf of the group`
            return
        if role == "recipient" or slot in ("in", "into"):
            parties = self.resolver.parties(sentence, heads) or self._states_of([head for head in heads if head.lemma_.lower() not in OWN_PARTS], places)
        else:
            parties = self.resolver.parties(sentence, heads)
        filled.add(role, [party for party in parties if self._fits(sentence, candidate, party, heads)])

    def _fits(self, sentence: ParsedSentence, candidate: Candidate, party: Party, heads: list[Token]) -> bool:
        """A capital after `in` or as a bare modifier is a place; themes of an aid step are nobody."""
        theme = set(candidate.theme) if candidate.trigger.theme[:1] in (("object",), ("for",)) else set()
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
                if head.dep_ == "conj" and head.pos_ == "NOUN" and each.token.dep_ == "poss":
                    continue  # `aid to Gaza and Israel's decision`
                inside = first <= each.token.i < last or each.token == head or (each.governor is not None and each.governor == head)
                if inside and each.place.country in states():
                    entity = states()[each.place.country]
                    found.append(Party(each.place.text, each.start, each.end, entity, f"{PLACE_IN} {entity.name}"))
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
                if role == "attacker" and _is_hit(candidate.token, name):
                    filled.add("target", [party])
                elif acting:
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
        if lemma == "welcome" and candidate.token.dep_ in ("dobj", "nsubjpass"):
            return  # who welcomes talks, a visit or a summit says that they are good
        subjects = list(candidate.slots.light_subject)
        parties = self.resolver.parties(sentence, subjects)
        if not parties and "attacker" in lights:
            parties = [owner for head in subjects for owner in weapon_owners(self.resolver, sentence, head)]
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
        if roles == ["participant"] and candidate.slots.get("between") and _is_wish(lemma) and sum(p.is_named for p in filled.roles.get("participant", ())) > 1:
            # who `calls for dialogue between` two has no part in it
            return
        for role in roles:
            if role != "target":
                filled.add(role, parties)

    def _teller(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`Trump announces the suspension of talks with Canada`: who tells of talks with one party is the other one."""
        named = [p for p in filled.roles.get("participant", ()) if p.is_named]
        others = {p.key for p in self.resolver.parties(sentence, list(candidate.slots.get("with")))}
        if len(named) != 1 and not {p.key for p in named} <= others:
            return
        day = self.resolver.memory.day
        for verb in candidate.token.ancestors:
            if not is_verb(verb) or lemma_of(verb) in UNATTENDED:
                continue
            for party in self.resolver.parties(sentence, surface_subject(verb)):
                body = party.entity is not None and party.entity.kind == "organisation"
                whom = party.acts_for(day) or (party.key if body else None)
                if whom is not None and not any(whom in (each.acts_for(day), each.key) for each in named):
                    filled.add("participant", [party])
                    return

    def _ruling_out(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`The Kremlin said there could be no talks`: who says so of talks with nobody named would be a party to them."""
        noun, be = candidate.token, candidate.token.head
        if any(p.is_named for p in filled.roles.get("participant", ())) or lemma_of(be) != "be" or not is_negated(noun):
            return
        if any(each.dep_ == "expl" for each in be.children) and is_verb(be.head) and lemma_of(be.head) in status_words().telling:
            sayers = self.resolver.parties(sentence, surface_subject(be.head))
            filled.add("participant", [p for p in sayers if p.entity is not None and p.entity.sector != "IGO"])

    def _travelling(self, candidate: Candidate) -> list[Party]:
        """`The stop in Amman was put off`: the guests of the visit or meeting told before."""
        if not any(child.lower_ == "the" for child in candidate.token.children):
            return []
        told = self.resolver.memory.last_told(candidate.frame.event_type)
        hosts = {p.key for p in told.filled.roles.get("host", ())} if told is not None else set()
        return [p for p in told.filled.roles.get("participant", ()) if p.key not in hosts and p.is_named] if told is not None and hosts else []

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

    def _arranged(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> None:
        """`held talks in Rome, hosted by A and mediated by B`: who does it for them, wherever the parser hangs the participle."""
        below = [token for token in candidate.token.subtree if token.dep_ == "acl" and not any(is_verb(each) for each in _up_to(token, candidate.token))]
        beside = [child for anchor in candidate.anchors for child in anchor.children if child.dep_ == "advcl"]
        for clause in (other for each in (*below, *beside) for other in conjuncts(each)):
            if clause.tag_ == "VBN" and clause.i > candidate.token.i:
                for role in ("host", "mediator"):
                    if lemma_of(clause) in candidate.frame.light_verbs.get(role, ()) and lemma_of(clause) != "hold":
                        filled.add(role, [party for party in self.resolver.parties(sentence, agents(clause)) if party.is_named])

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
        for token in sentence.doc:
            # `joined Qatari and Egyptian mediators for talks`
            if token.lower_ == "mediators" and token.dep_ in ("dobj", "pobj", "appos"):
                for name in sentence.within(noun_phrase(token)[0], token.i):
                    if name.entity is not None and name.form in ("demonym", "name") and name.entity.kind in ("state", "organisation"):
                        filled.add("mediator", [Party(name.text, name.start, name.end, name.entity, "whose mediators they are")])

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


def _up_to(token: Token, top: Token) -> list[Token]:
    found = []
    for each in token.ancestors:
        if each == top:
            break
        found.append(each)
    return found


_STRUCK = word_set("roles", "struck")


def _is_hit(noun: Token, name: SentenceName) -> bool:
    """`the Charlie Hebdo attack`, `the Iranian consulate bombing`, `the Pan American Flight 103 bombing`: a name before an attack that is what it hits."""
    entity = name.entity
    if entity is not None and entity.kind == "organisation" and entity.sector not in ("MIL", "GOV", "IGO", "UAF") and name.form == "name":
        return True
    # but not `the Russian anti-ship missile strike`
    return any(each.lower_ in _STRUCK and each.nbor(-1).text not in ("-", "‑") for each in noun.doc[name.last : noun.i])


def _is_wish(lemma: str) -> bool:
    return status_words().governors.get(lemma) in ("planned", "proposed", "denied")


def _is_possessive(noun: Token, name: SentenceName) -> bool:
    """`the United States’ announcement`: the small models read the apostrophe as a quotation mark."""
    return name.last < len(noun.doc) and noun.doc[name.last].text in ("'", "’")
