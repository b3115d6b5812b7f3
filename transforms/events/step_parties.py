"""Who gives, who gets and who asks in a step: what its verb, the thing given, the clause and the document say."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable

from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.parties import Party, inferred_party, noun_phrase
from transforms.events.receiving import ReceivingPhrases, parties_of
from transforms.events.reference import states
from transforms.events.roles import RoleFiller
from transforms.events.spans import ParsedSentence, SentenceName
from transforms.events.syntax import OBJECT_CONTROL, agents, conjuncts, is_passive, is_verb, patients, prepositions, surface_subject
from transforms.events.things import Kind, Thing, is_need, names_a_carrier
from transforms.events.where import NamedPlace
from transforms.events.words import word_set
from transforms.language.parse import Token

_TO = frozenset({"to", "for", "in", "into", "inside", "toward", "towards", "across", "throughout"})
_HELPERS = frozenset({"IGO", "NGO", "REL"})
_MEMBERS = word_set("aid", "members")
_JOINED = re.compile(r"\s*(?:,|[-–/]|,?\s*(?:and|or|&))\s*")


class StepParties:
    """Completes the parties of one candidate step."""

    def __init__(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled, filler: RoleFiller, places: list[NamedPlace]) -> None:
        """Takes what the frame's slots have filled so far; `filled` is changed in place."""
        self.sentence, self.candidate, self.filled, self.places = sentence, candidate, filled, places
        self.resolver = filler.resolver
        self._phrases = ReceivingPhrases(sentence, filler.resolver, places)
        self.memory = filler.resolver.memory
        self.day = self.memory.day
        self.lexicons = candidate.frame.lexicons

    # ---- whom a party stands for ------------------------------------------------------------------------------------------------------------------

    def stand(self, party: Party) -> str:
        """What tells the sides of a step apart: the state or body that a party acts for, else the state that it is of, else itself."""
        country = party.entity.country if party.entity is not None and party.entity.kind != "armed_group" else None
        return party.acts_for(self.day) or country or party.key

    def counts(self, party: Party) -> bool:
        """Whether a party is one that can grant, refuse or be granted: it acts for a state, an armed group or a body that is no business."""
        if party.entity is None:
            return False
        if party.entity.kind == "organisation" and party.entity.acts_for == party.entity.actor_id:
            return party.entity.sector in _HELPERS
        if party.titled is not None and party.titled.sector == "LEG":
            return party.entity.country is not None
        return party.acts_for(self.day) is not None or party.entity.kind == "state"

    def named(self, role: str) -> list[Party]:
        """The parties of a role that have an identity."""
        return [party for party in self.filled.roles.get(role, ()) if party.is_named]

    # ---- what the thing given says ----------------------------------------------------------------------------------------------------------------

    def complete(self, thing: Thing) -> None:
        """Adds donors and recipients from the thing given, the clause around it and the sentence."""
        for role, parties in self.filled.roles.items():
            self.filled.roles[role] = [p for p in parties if not self._is_paper(p) and not self._is_part(p)]
        if self._is_needed():
            # `underscored the need to increase aid`: who says so does not give by that
            self.filled.roles.pop("donor", None)
        self._late_recipients(thing)
        self._from_request()
        holders = self._holders(thing)
        for holder in holders:
            self._from_clauses(holder)
            self._from_prepositions(holder)
            self._from_modifiers(holder)
        for child in self.candidate.token.children:
            if child.dep_ == "conj" and child.pos_ == "NOUN" and is_verb(self.candidate.token):
                self._from_prepositions(child)  # `received tents from Denmark, and generators from Norway`, coordinated with the verb
        self._from_slots()
        self._from_ways(thing)
        self._from_helpers()
        self._from_purpose(thing)
        self._from_pronoun()
        self._from_governor()
        self._from_teller()
        self._from_members()
        self._from_authority()
        self._of_peoples()
        if not self.named("recipient") and (thing.kind is Kind.AID or self.candidate.trigger.sure):
            self._from_objects_places()
            self._from_disaster(thing)

    def _is_needed(self) -> bool:
        """`the need to increase`, `the importance of expanding`: a verb under a noun that says what ought to be done."""
        over = self.candidate.token.head
        while over.pos_ in ("ADP", "SCONJ") and over.head != over:
            over = over.head
        return is_verb(self.candidate.token) and is_need(self.candidate.frame, over)

    def _from_authority(self) -> None:
        """`I hereby delegate the authority to direct … to provide assistance to Ukraine`: who speaks gives where no one else does."""
        if self.named("donor"):
            return
        for over in self.candidate.token.ancestors:
            speakers = [head for head in surface_subject(over) if head.lower_ == "i"] if is_verb(over) else []
            if speakers:
                self.add_side("donor", [party for party in self.resolver.parties(self.sentence, speakers) if party.is_named])
                return
            publisher = self.memory.entity_of(self.memory.home)
            if over.dep_ == "ROOT" and lemma_of(over) == "authority" and is_verb(self.candidate.token) and publisher is not None:
                # `I hereby delegate: (1) the authority to direct …`
                self.add_side("donor", [inferred_party(self.sentence, over, publisher, "the publisher's country")])
                return

    def _from_members(self) -> None:
        """`Leaders at the G7 summit agree to lend`: the body whose members decide."""
        verb = self.candidate.token
        if self.named("donor") or not is_verb(verb) or self.candidate.trigger.roles.get("subject") != ("donor",):
            return
        for head in surface_subject(verb):
            if lemma_of(head) not in _MEMBERS:
                continue
            for word, objects in prepositions(head):
                for each in objects if word in ("of", "at", "in", "from") else ():
                    names = self.sentence.within(each.left_edge.i, each.i + 1)
                    bodies = [name for name in names if name.entity is not None and name.entity.kind == "organisation"]
                    self.add_side("donor", [Party(n.text, n.start, n.end, n.entity, f"whose {head.lower_} they are") for n in bodies[:1]])

    def _of_peoples(self) -> None:
        """`aid to the people of Haiti`, `to the Afghan people` is aid to their state."""
        found = []
        for party in self.filled.roles.get("recipient", ()):
            people = party.entity is not None and party.entity.kind == "group" and "people" in party.text.lower().split()
            state = states().get(party.entity.country or "") if people and party.entity is not None else None
            found.append(dataclasses.replace(party, entity=state) if state is not None else party)
        if "recipient" in self.filled.roles:
            self.filled.roles["recipient"] = list({party.key: party for party in reversed(found)}.values())[::-1]

    def _is_paper(self, party: Party) -> bool:
        """A law or a plan that the model takes for an organisation (`the Budget provides`)."""
        known = party.entity is not None and (party.entity.actor_id is not None or party.entity.kind == "person")
        return not known and bool({word.lower() for word in party.text.split()} & self.lexicons["papers"])

    def _is_part(self, party: Party) -> bool:
        """`the State of Georgia`: a part of a state that has the name of another."""
        words = self.sentence.doc.text[max(0, party.start - self.sentence.offset - 15) : party.end - self.sentence.offset + len(" of ")].lower()
        return any(part in words for part in self.lexicons["parts"])

    def _late_recipients(self, thing: Thing) -> None:
        """`asked Congress for aid to El Salvador`: who stands after `to` behind what is asked for gets it, where before it he is asked."""
        if self.candidate.trigger.theme != ("for",):
            return
        late = self.receiving([head for head in self.candidate.slots.get("to") if head.i > thing.token.i])
        keys = {party.key for party in late}
        self.filled.roles["donor"] = [p for p in self.filled.roles.get("donor", ()) if p.key not in keys]
        self.add_side("recipient", late)

    def _holders(self, thing: Thing) -> list[Token]:
        """The noun of the thing, the nouns that hold it (`a package of`, `$5 million in`), and what is coordinated with it."""
        if thing.kind is Kind.ACT:
            return []
        token = thing.token
        found = [token]
        while token.dep_ in ("pobj", "compound", "nmod", "amod", "conj", "appos") and len(found) < 6:
            over = token.head.head if token.dep_ == "pobj" else token.head
            if token.dep_ == "pobj" and token.head.lower_ not in ("of", "in", "with", "for", "on"):
                break
            if over == self.candidate.token or is_verb(over) or over.pos_ not in ("NOUN", "PROPN", "SYM", "NUM", "ADJ") or over in found:
                break
            found.append(over)
            token = over
        found.extend(other for other in conjuncts(thing.token) if other not in found)
        for word, objects in prepositions(thing.token):
            if word in ("of", "in"):
                found.extend(each for each in objects if each not in found and self.sentence.name_of.get(each.i) is None)
        return found[:8]

    def _from_slots(self) -> None:
        """`contributed $2 million to a fund for Ukraine`: the state named with what the money goes to."""
        slots = [slot for slot, roles in self.candidate.trigger.roles.items() if "recipient" in roles and slot in _TO]
        if not self.named("recipient"):
            self.add_side("recipient", [p for p in self.receiving(head for slot in slots for head in self.candidate.slots.get(slot)) if p.is_named])

    def _from_ways(self, thing: Thing) -> None:
        """`let aid trucks travel through the crossing into Gaza`: where what is let through goes."""
        if self.named("recipient") or not is_verb(self.candidate.token):
            return
        for clause in self.candidate.token.children:
            if clause.dep_ in ("ccomp", "xcomp") and any(child.dep_ == "nsubj" and thing.token in conjuncts(child) for child in clause.children):
                ways = [pair for each in (clause, *(inner for _, objects in prepositions(clause) for inner in objects)) for pair in prepositions(each)]
                self.add_side("recipient", self.receiving([each for word, objects in ways if word in _TO and word not in ("for", "in") for each in objects]))

    def _from_request(self) -> None:
        """`approved an Israeli request to use two of its drones`: whose request it is gets what it asks for."""
        if self.candidate.trigger.step == "request" or self.named("recipient"):
            return
        for head in self.candidate.slots.get("object"):
            if lemma_of(head) in self.lexicons["asking"] and head.pos_ == "NOUN":
                first, _ = noun_phrase(head)
                names = [n for n in self.sentence.within(first, head.i) if n.entity is not None and n.entity.kind != "person"]
                self.add_side("recipient", [Party(n.text, n.start, n.end, n.entity, f"whose {head.lower_} it is") for n in names[:1]])

    def _from_helpers(self) -> None:
        """`Ukraine's allies promised more missiles`: whose allies they are gets them; `the IMF's board approved …`: the body gives."""
        subjects = self.candidate.slots.get("subject")
        owners = {role: self._owners_of(subjects, self.lexicons[words]) for role, words in (("recipient", "helpers"), ("donor", "organs"))}
        if self.candidate.trigger.roles.get("subject") == ("donor",):
            if not self.named("recipient") and owners["recipient"]:
                keys = {p.key for p in owners["recipient"]}
                self.filled.roles["donor"] = [p for p in self.filled.roles.get("donor", ()) if p.key not in keys]
                self.add_side("recipient", owners["recipient"])
            if not self.named("donor"):
                self.add_side("donor", owners["donor"])
        verb = self.candidate.token.head
        if not is_verb(self.candidate.token) and not self.named("recipient") and is_verb(verb) and lemma_of(verb) in self.lexicons["accepting"]:
            # `accepted an offer of vaccines from India`
            self.add_side("recipient", [p for p in self.resolver.parties(self.sentence, agents(verb)) if p.is_named])

    def _owners_of(self, heads: Iterable[Token], words: frozenset[str]) -> list[Party]:
        owners = [child for each in heads if lemma_of(each) in words for child in each.children if child.dep_ == "poss"]
        return [p for p in self.resolver.parties(self.sentence, owners) if p.is_named]

    def _from_clauses(self, holder: Token) -> None:
        for clause in holder.children:
            if clause.dep_ in ("acl", "relcl") and is_verb(clause):
                if lemma_of(holder) in self.lexicons["debts"]:
                    # `debt owed by Zambia`
                    self.add_side("recipient", [p for p in self.resolver.parties(self.sentence, agents(clause)) if p.is_named])
                elif is_passive(clause) and not self.filled.roles.get("donor"):
                    self.add_side("donor", [p for p in self.resolver.parties(self.sentence, agents(clause)) if p.is_named])
                if clause != self.candidate.token:
                    for word, objects in prepositions(clause):
                        if word in ("to", "for", "toward", "towards"):
                            self.add_side("recipient", self.receiving(objects))

    def _from_prepositions(self, holder: Token) -> None:
        phrases = [*prepositions(holder), *self._stray_phrases(holder)]
        for word, objects in phrases:
            gets = word in _TO or (word == "of" and lemma_of(holder) in self.lexicons["moral_nouns"])
            if gets or (word in ("from", "by") and lemma_of(holder) in self.lexicons["asking"]):
                self.add_side("recipient", self.receiving(objects))
            elif word in ("from", "by") and all(self._stands_after(word, p) for p in self.named("donor")):
                self.add_side("donor", [p for p in self.resolver.parties(self.sentence, objects) if p.is_named])
            if word in ("from", "under", "through", "via") and not self.named("recipient"):
                self.add_side("recipient", self._named_in_programs(objects))

    def _stands_after(self, word: str, party: Party) -> bool:
        """Whether a party is one of those that several phrases with one preposition name: `tents from Denmark, and generators from Norway`."""
        before = self.sentence.doc.text[: party.start - self.sentence.offset].lower().removesuffix("the ")
        return not party.inferred and before.endswith(f" {word} ")

    def _named_in_programs(self, heads: Iterable[Token]) -> list[Party]:
        """`from the Ukraine Security Assistance Initiative`: the state that a programme of help bears the name of."""
        return [
            Party(name.text, name.start, name.end, name.entity, f"in the name of {head.text!r}")
            for head in heads
            if lemma_of(head) in self.lexicons["programs"]
            for name in self.sentence.within(head.left_edge.i, head.i)
            if name.entity is not None and name.entity.kind == "state" and name.form == "name"
        ]

    def _stray_phrases(self, holder: Token) -> list[tuple[str, list[Token]]]:
        """`condemned arms deliveries to Kyiv`: the phrases behind a noun that the small models hang on the verb, up to the next verb."""
        verb = next((each for each in itertools.islice(holder.ancestors, 5) if is_verb(each)), None)
        if verb is None or verb == self.candidate.token or verb.i > holder.i:
            return []
        found = []
        for child in verb.children:
            if child.i > holder.i and child.lower_ in _TO and child.dep_ in ("prep", "dative") and child.i - holder.i < 10:
                if any(is_verb(each) or each.is_punct for each in holder.doc[holder.i + 1 : child.i]):
                    break
                found.append((child.lower_, [each for inner in child.children if inner.dep_ == "pobj" for each in conjuncts(inner)]))
        return found

    def _from_modifiers(self, holder: Token) -> None:
        """`U.S. aid`, `Ukraine aid`, `an IMF loan`: a nationality or a body before the thing gives it, the bare name of a state gets it."""
        first, _ = noun_phrase(holder)
        for name in self.sentence.within(first, holder.i):
            possessive = self.sentence.doc[name.last - 1].dep_ == "poss"
            if name.entity is None or (name.entity.kind == "person" and not possessive) or name.form == "capital":
                continue
            following = self.sentence.doc[name.last].lower_ if name.last < len(self.sentence.doc) else ""
            if following in ("-", "–", "dollars") or self.sentence.doc[name.last - 1].lower_.endswith(("-made", "-backed", "-led", "-built", "-style")):
                continue
            party = Party(name.text, name.start, name.end, name.entity, f"before {holder.lower_!r}")
            attributive = name.text.casefold() in self.lexicons["attributive"]
            giving = name.form in ("demonym", "people") or possessive or attributive or name.entity.kind == "organisation"
            if self._owes_or_asks(name.form == "demonym" or possessive, holder):
                if not self.filled.roles.get("recipient"):
                    self.add_side("recipient", [party])
            elif giving and self._turns_down_what(party, holder):
                # `Cuba rejected a U.S. offer of aid`: who turns down what another offers would have got it
                self.filled.roles["recipient"] = self.filled.roles.pop("donor")
                self.add_side("donor", [party])
            elif giving and self.candidate.trigger.step != "request":
                if (not self.named("donor") or self._goes_with(party)) and self.stand(party) not in {self.stand(p) for p in self.named("recipient")}:
                    self.add_side("donor", [*self._before(name), party])
            elif giving:
                if not self.named("donor") and self.stand(party) not in {self.stand(p) for p in self.named("requester")}:
                    self.add_side("donor", [party])
            elif name.entity.kind in ("state", "armed_group") and not self.named("recipient"):
                self.add_side("recipient", [party])

    def _before(self, name: SentenceName) -> list[Party]:
        """The nationalities coordinated with one, where the parser reads the first ones otherwise: `Danish, Dutch and Norwegian aid`."""
        found: list[Party] = []
        text, offset, last = self.sentence.doc.text, self.sentence.offset, name
        for other in reversed(self.sentence.names):
            if other.entity is None or other.form != "demonym" or other.end > last.start:
                continue
            if last.form != "demonym" or not _JOINED.fullmatch(text, other.end - offset, last.start - offset):
                break
            found.insert(0, Party(other.text, other.start, other.end, other.entity, f"coordinated with {name.text!r}"))
            last = other
        return found

    def _goes_with(self, party: Party) -> bool:
        """`French and German weapons`: a name that is coordinated with a donor right before it."""
        text, offset = self.sentence.doc.text, self.sentence.offset
        return any(
            not donor.inferred and donor.end < party.start and _JOINED.fullmatch(text, donor.end - offset, party.start - offset)
            for donor in self.named("donor")
        )

    def _owes_or_asks(self, owns: bool, holder: Token) -> bool:
        """`Zambia's debt`, `turned down a Ukrainian request for missiles`: whose it is gets the help."""
        asked = owns and lemma_of(holder) in self.lexicons["asking"] and self.candidate.trigger.step != "request"
        return asked or lemma_of(holder) in self.lexicons["debts"]

    def _turns_down_what(self, party: Party, holder: Token) -> bool:
        offered = lemma_of(holder) in self.lexicons["offers"] or lemma_of(holder) in self.lexicons["aid_nouns"]
        refusers = self.named("donor")
        refused = self.candidate.trigger.step == "reject" and offered and not self.filled.roles.get("recipient")
        return refused and bool(refusers) and self.stand(party) not in {self.stand(p) for p in refusers}

    def _from_purpose(self, thing: Thing) -> None:
        """`$203 million to help civilians in Sudan`, `weapons to defend Ukraine`: whom the help is for."""
        if self.named("recipient"):
            return
        tops = [each for each in (self.candidate.token, thing.token, thing.token.head, thing.token.head.head) if each is not None]
        for top in tops:
            clauses = [each for child in top.children for each in (child, *child.children) if each.dep_ == "pcomp" or each.head == top]
            for clause in clauses:
                if clause.dep_ in ("advcl", "xcomp", "acl", "relcl", "ccomp", "pcomp") and lemma_of(clause) in self.lexicons["helping"] and clause.i > top.i:
                    self.add_side("recipient", self.receiving([*patients(clause), *(c for c in clause.children if c.dep_ == "nsubj" and c.i > clause.i)]))
                    if not self.named("recipient"):
                        # `to help flood victims in Pakistan`, the place hung on the verb
                        there = [each for word, objects in prepositions(clause) if word in ("in", "across", "throughout") for each in objects]
                        self.add_side("recipient", [p for p in self.receiving(there, people=False) if p.is_named])
            if self.named("recipient"):
                return

    def _from_governor(self) -> None:
        """Who decides on a step that a noun or an infinitive tells: `passed a bill providing …`, `a decision by … to send`."""
        token = self.candidate.token
        if (
            self.filled.roles.get("donor")
            or self._is_needed()
            or not is_verb(token)
            or is_passive(token)
            or self.candidate.trigger.roles.get("subject") != ("donor",)
        ):
            return
        for _ in range(4):
            related = token.dep_ == "relcl" and not names_a_carrier(self.candidate.frame, token.head)
            if token.head == token or token.dep_ == "ccomp" or related:
                return
            token = token.head
            if not is_verb(token) and token.pos_ not in ("NOUN", "ADP", "SCONJ"):
                return
            if is_verb(token) and token.dep_ not in ("aux", "auxpass"):
                controllers = [each for each in token.children if each.dep_ in ("dobj", "dative") and each.i < self.candidate.token.i]
                asked = any(lemma_of(each) in self.lexicons["givers"] for each in controllers) or bool(self.resolver.parties(self.sentence, controllers))
                if token.lemma_ in OBJECT_CONTROL and asked:
                    return
                parties = [p for p in self.resolver.parties(self.sentence, agents(token)) if p.is_named]
                if parties:
                    self.add_side("donor", [p for p in parties if self.stand(p) not in {self.stand(q) for q in self.named("recipient")}])
                    return

    def _from_pronoun(self) -> None:
        """`support the Ukrainian people and provide them with weapons`: `them` is the object of the verb before."""
        verb = self.candidate.token
        heads = [*self.candidate.slots.get("object"), *self.candidate.slots.get("indirect")]
        if not self.named("recipient") and is_verb(verb) and verb.dep_ == "conj" and any(head.lower_ in ("them", "it") for head in heads):
            self.add_side("recipient", self.receiving(patients(verb.head)))

    def _from_teller(self) -> None:
        """Who promises to go on, or says what somebody will get: `reaffirmed continued assistance to …`, `the Commission says that Moldova will receive …`."""
        if self.filled.roles.get("donor"):
            return
        wanted = (
            self.lexicons["affirming"] if not is_verb(self.candidate.token) else self.lexicons["saying"] if self.candidate.trigger.needs_roles else frozenset()
        )
        for head in self.candidate.token.ancestors:
            if is_verb(head):
                if lemma_of(head) in wanted or (
                    is_verb(self.candidate.token) and is_passive(self.candidate.token) and lemma_of(head) in self.lexicons["announcing"]
                ):
                    recipients = {self.stand(p) for p in self.named("recipient")}
                    tellers = [p for p in self.resolver.parties(self.sentence, surface_subject(head)) if self.counts(p)]
                    self.add_side("donor", [p for p in tellers if self.stand(p) not in recipients])
                return

    def _from_objects_places(self) -> None:
        """The state of the place where something is given: `airdropped food over northern Gaza`."""
        if self.candidate.trigger.theme == ("any",):
            donors = {self.stand(p) for p in self.filled.roles.get("donor", ())}
            near = [p for p in self.places if p.place.country in states() and p.preposition in ("in", "across", "throughout") and p.place.country not in donors]
            self.add_side("recipient", parties_of(near[:1]))
        if not is_verb(self.candidate.token):
            return
        for word, objects in prepositions(self.candidate.token):
            if word in ("in", "into", "inside", "over", "across", "throughout", "near"):
                donors = {self.stand(p) for p in self.filled.roles.get("donor", ())}
                self.add_side("recipient", [p for p in self.receiving(objects, people=False) if self.stand(p) not in donors])

    def _from_disaster(self, thing: Thing) -> None:
        """`sent emergency aid after the earthquake in southern Turkey`: the state that was struck."""
        if self.named("recipient"):
            return
        phrases = [*prepositions(self.candidate.token), *prepositions(thing.token)]
        heads = [each for word, objects in phrases if word in ("after", "following", "amid", "since", "for") for each in objects]
        donors = {self.stand(p) for p in self.filled.roles.get("donor", ())}
        struck = self.receiving([each for each in heads if lemma_of(each) in self.lexicons["disasters"]], people=False)
        self.add_side("recipient", [p for p in struck if p.is_named and self.stand(p) not in donors])

    def receiving(self, heads: Iterable[Token], *, people: bool = True) -> list[Party]:
        """Whom phrases name as receiving."""
        return self._phrases.parties(heads, people=people)

    def add_side(self, role: str, parties: list[Party]) -> None:
        """Adds parties to one side of the step that are not on the other."""
        other = {"donor": "recipient", "recipient": "donor"}.get(role, "")
        taken = {p.key for p in self.filled.roles.get(other, ())}
        self.filled.add(role, [p for p in parties if p.key not in taken and not self._is_part(p)])
