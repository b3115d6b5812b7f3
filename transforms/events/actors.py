"""Who a noun phrase names: states, persons with their office, organisations, armed groups, and unnamed ones by their nouns."""

from __future__ import annotations

import re

from transforms.events.affiliations import affiliations
from transforms.events.arguments import agents
from transforms.events.enumerations import listed
from transforms.events.memory import DocumentMemory
from transforms.events.parties import BY_MODEL, Party, noun_phrase
from transforms.events.person_titles import agent_noun, leading_title, title_before, title_behind, title_beside
from transforms.events.pronouns import pronoun_parties
from transforms.events.reference import AgentNoun, Entity, agent_nouns, members, standing, titles
from transforms.events.several import of_several, several, the_two
from transforms.events.spans import PLACE_LABELS, ParsedSentence, SentenceName
from transforms.events.syntax import is_verb, prepositions
from transforms.language.parse import Token
from transforms.language.words import word_set

_FORMER = re.compile(r"(?i)\b(?:former|ex|late|then|outgoing)[- ]?$|\b(?:former|ex-|late)\b")
# Titles that bodies of states alone have, where no name stands behind them.
_OF_BODIES = re.compile(
    r"\b[Tt]he (?:Deputy |Acting )?(Secretary[- ]General|High Representative|[Ee]mergency [Rr]elief [Cc]oordinator|Humanitarian Coordinator)$"
)
_TITLE_WORDS = re.compile(r"[A-Za-z][\w.\-]*")
_PRONOUNS = word_set("parties", "pronouns")
_JOINT_BODIES = word_set("parties", "joint_bodies")
_HOME_NOUNS = word_set("parties", "home_nouns")
_LED_NOUNS = word_set("parties", "led_nouns")
_PEOPLE_NOUNS = word_set("parties", "people_nouns")
_MEMBER_NOUNS = word_set("parties", "member_nouns")
_COUNTRY_NOUNS = word_set("parties", "country_nouns")
# Of these several are never the one that was named last: `the seven industrial nations`.
_STATES = word_set("parties", "state_words") | word_set("parties", "body_words")
_TEAMS = word_set("parties", "teams")
_GROUPS = word_set("parties", "groups_meant")
_OF_GROUPS = word_set("parties", "of_groups") | {"the", "this"}


class ActorResolver:
    """Resolves noun phrases of one document; the memory holds what the document has named so far."""

    def __init__(self, memory: DocumentMemory) -> None:
        """A resolver that reads and writes a document's memory."""
        self.memory = memory

    def parties(self, sentence: ParsedSentence, heads: list[Token]) -> list[Party]:
        """The parties that some noun-phrase heads name, each once, in order of the text."""
        found: dict[str, Party] = {}
        for head in heads:
            for party in self.resolve(sentence, head):
                for each in self._members(party):
                    found.setdefault(each.key, each)
        for name in listed(sentence, heads):
            for party in self.resolve(sentence, sentence.doc[name.last - 1]):
                found.setdefault(party.key, party)
        return list(found.values())

    def resolve(self, sentence: ParsedSentence, head: Token) -> list[Party]:
        """The parties that one noun phrase names: none where it names nobody, several for `U.S. and Ukrainian officials`."""
        if head.lower_ in _PRONOUNS and head.pos_ in ("PRON", "DET", "ADJ"):
            return self._pronoun(sentence, head)
        if head.lower_ == "two" and head.pos_ == "NUM" and (pair := the_two(sentence, head, self.memory)):
            return pair
        name = sentence.name_of.get(head.i)
        first, last = noun_phrase(head)
        other = next((each for each in head.children if each.dep_ == "nmod" and each.pos_ == "NOUN" and agent_noun(sentence, each) is not None), None)
        joint = next((each for each in other.children if each.dep_ == "cc"), None) if other is not None else None
        if other is not None and joint is not None:
            # `the Philippine government and communist rebels`, parsed as one phrase
            return [*self.resolve(sentence, other), *self._common(sentence, head, joint.i + 1, last)]
        chamber = self.memory.chamber(head.text) if head.i and head.nbor(-1).lower_ == "the" else None
        if chamber is not None:
            return [Party(head.text, sentence.start_of(head), sentence.end_of(head), chamber, "the chamber of the parliament that the document is about")]
        body = self.head_of_body(sentence, head)
        if body:
            return body
        named = self._spelled_out(sentence, head)
        if named:
            return named
        if name is not None and name.entity is not None:
            return self._known(sentence, head, name, first, last)
        person = next((n for n in sentence.within(first, last) if n.label == "PERSON" and n.entity is not None), None)
        if person is not None and (head.pos_ == "PROPN" or head.lower_ in ("secretary", "minister", "president", "chief", "leader", "general", "chancellor")):
            return [self._named(sentence, person, "title before the name")]
        if (
            person is None
            and name is None
            and (head.pos_ == "PROPN" or head.lower_ in ("secretary", "minister", "president", "chief", "leader", "general", "chancellor"))
        ):
            inner = next((n for n in sentence.within(head.i + 1, last) if n.label == "PERSON" and n.entity is None), None)
            if inner is not None:
                return self._person(sentence, sentence.doc[inner.last - 1], inner, first)
        if (name is not None and name.label == "PERSON") or (name is None and head.pos_ == "PROPN" and self.memory.surname(head.text)):
            return self._person(sentence, head, name, first)
        if name is not None and name.label == "ORG":
            return self._organisation(sentence, head, name, first)
        if name is not None and name.label in PLACE_LABELS | {"NORP"}:
            return []
        return self._common(sentence, head, first, last)

    def head_of_body(self, sentence: ParsedSentence, head: Token) -> list[Party]:
        """`The Secretary-General met …`, in the briefings and statements of a body."""
        title = _OF_BODIES.search(sentence.doc[max(0, head.i - 4) : head.i + 1].text)
        if title is None:
            return []
        body = self.memory.head_of_body(title[1].lower().replace("-", " ").replace(" ", "_"))
        end = sentence.end_of(head)
        return [] if body is None else [Party(title[0], end - len(title[0]), end, body, f"{title[0]!r}: who leads it acts for it")]

    def _spelled_out(self, sentence: ParsedSentence, head: Token) -> list[Party]:
        """Who a group is, told between dashes or behind a colon: `the Quad leaders – A of Australia, B of India and C of Japan – convened`."""
        if head.tag_ not in ("NNS", "NNPS") and not head.lower_.endswith(("leaders", "ministers", "quad", "group", "trio")):
            return []
        for mark in sentence.doc[head.i + 1 : head.i + 3]:
            if mark.text in ("–", "—", "-", "--", ":") and (mark.whitespace_ or mark.text == "—"):
                stop = next((token.i for token in sentence.doc[mark.i + 1 :] if token.text in ("–", "—", "-", "--") and token.whitespace_), len(sentence.doc))
                persons = [name for name in sentence.within(mark.i + 1, stop) if name.label == "PERSON" and name.entity is not None]
                if len(persons) >= 2:
                    return [self._named(sentence, person, f"one of {head.text!r}") for person in persons]
        return []

    def _members(self, party: Party) -> list[Party]:
        """Who met for a group without a body of its own, where the text has told them all before; else the party itself."""
        states = set(members().get(party.entity.actor_id or "", ())) if party.entity is not None else set()
        told = self.memory.last_parties(party.text) if states else []
        return told if told and {state.actor_id for state in states} <= {each.acts_for(self.memory.day) for each in told} else [party]

    # ---- names that the tables know ----------------------------------------------------------------------------------------------------------------

    def _named(self, sentence: ParsedSentence, name: SentenceName, reason: str) -> Party:
        before = sentence.doc[max(0, name.first - 7) : name.first]
        former = bool(re.search(r"(?i)\b(?:former|ex|ousted|deposed|exiled)\b[- ]?(?:\S+ ){0,6}\S*$", before.text)) and not any(
            (token.is_punct and token.text not in (".", "-")) or is_verb(token) or token.lower_ in ("and", "met", "with", "to") for token in before
        )
        title = title_before(sentence, name.first)
        entity = self._by_title(name, title)
        return Party(name.text, name.start, name.end, entity, f"{reason}: {name.form} in seeds/actors", former=former, titled=title)

    def _by_title(self, name: SentenceName, title: AgentNoun | None) -> Entity:
        """Of several persons of one name, the one who holds an office on the day."""
        entity = _entity_of(name)
        if entity.kind != "person" or len(name.alternatives) < 2:
            return entity
        return next((each for each in name.alternatives if standing(each, self.memory.day).acts_for), entity) if title or self.memory.day else entity

    def _known(self, sentence: ParsedSentence, head: Token, name: SentenceName, first: int, last: int) -> list[Party]:
        entity = _entity_of(name)
        if entity.kind == "person":
            return [self._named(sentence, name, "name")]
        if name.form == "demonym" and head.pos_ not in ("PROPN", "NOUN", "ADJ"):
            return []
        affiliated = [
            n
            for n in sentence.within(first, last)
            if n.entity is not None and n is not name and n.last <= name.first and n.form in ("demonym", "name", "people")
        ]
        if name.form == "people" and affiliated and affiliated[0].entity is not None and affiliated[0].entity.kind == "state" and entity.kind == "state":
            return [self._named(sentence, name, "people")]
        return [
            self._named(
                sentence,
                name,
                {"capital": "capital for its government", "seat": "seat for its government", "people": "people of a state"}.get(name.form, "name"),
            )
        ]

    # ---- persons and organisations that only the text knows ----------------------------------------------------------------------------------------

    def _person(self, sentence: ParsedSentence, head: Token, name: SentenceName | None, first: int) -> list[Party]:
        text, start, end, start_token = (
            (name.text, name.start, name.end, name.first) if name else (head.text, sentence.start_of(head), sentence.end_of(head), head.i)
        )
        office = self.memory.sole_holder(text)
        if office is not None:
            return [Party(text, start, end, office, f"the only {text} there is")]
        title = title_before(sentence, start_token) or title_behind(sentence, head) or title_beside(sentence, head)
        words = text.replace("’s", "").replace("'s", "").split()
        while len(words) > 1 and words[-1].rstrip(".,") in ("Jr", "Sr", "II", "III", "IV"):
            words.pop()
        known = self.memory.surname(words[-1], title=bool(title)) if words else None
        if known is not None and (len(words) == 1 or words[0] in known.name.split()):
            former = bool(_FORMER.search(sentence.doc[max(0, start_token - 3) : start_token].text))
            return [Party(text, start, end, known, "surname of a person named in the document or in office", former=former, titled=title)]
        while len(words) > 1 and (words[0].lower() in titles() or words[0] in ("Lady", "Miss", "Lord", "Sir")):
            words.pop(0)
        countries = affiliations(sentence, head, first, start_token, self.memory, self._pronoun)
        entity = Entity(None, " ".join(words), "person", None, None)
        reason = "person by the model"
        if countries:
            affiliation = countries[0]
            # a secretary general is an organisation's, or heads a body of a state
            official = title is not None and (title.acts_for_state or title.sector == "IGO")
            acts_for = (affiliation.acts_for if official else None) if affiliation.kind == "state" else affiliation.acts_for
            entity = Entity(None, " ".join(words), "person", acts_for, affiliation.country, title.sector if title else None)
            reason = f"person by the model, of {affiliation.name} by the words around"
        elif title is not None and title.acts_for_state and self.memory.home is not None:
            entity = Entity(None, " ".join(words), "person", self.memory.home, self.memory.home, title.sector)
            reason = "person by the model, an official of the country that publishes"
        former = bool(re.search(r"(?i)\b(?:former|ousted|deposed|exiled|ex-)\b", sentence.doc[max(0, start_token - 5) : start_token].text))
        self.memory.learn(entity)
        return [Party(text, start, end, entity, reason, former=former, titled=title)]

    def _organisation(self, sentence: ParsedSentence, head: Token, name: SentenceName, first: int) -> list[Party]:
        if head.lemma_.lower() in _TEAMS and (leader := self._leader(sentence, head)):
            return leader
        if title_behind(sentence, head) is not None:
            # `Akiba Takeo, Secretary General of`: a person whom the model takes for a body
            return self._person(sentence, head, name, first)
        noun = agent_nouns().get(head.lower_) or agent_nouns().get(head.lemma_.lower())
        led = self._led_by(sentence, head, name.first)
        if led is not None:
            return [Party(name.text, name.start, name.end, led, f"{name.text!r}: the government of a leader", titled=noun)]
        inside = [n for n in sentence.names if n.entity is not None and n.start >= name.start and n.end <= name.end]
        members = list(dict.fromkeys(n.entity for n in inside if n.entity is not None and n.entity.kind == "state"))
        if len(members) > 1 and len(members) == len(inside):
            # `the Kenya-Uganda Joint Trade Commission`
            return [Party(name.text, name.start, name.end, each, "one of the states in a body's name") for each in members]
        countries = [n.entity for n in inside if n.entity is not None] or affiliations(sentence, head, first, name.first, self.memory, self._pronoun)
        if countries:
            of = countries[0]
            official = noun is not None and noun.acts_for_state
            if of.kind == "state" and official:
                return [Party(name.text, name.start, name.end, of, "body of a state by its noun", titled=noun)]
            if of.kind in ("organisation", "armed_group") and inside:
                return [Party(name.text, name.start, name.end, of, "body of an organisation")]
            entity = Entity(None, name.text, "organisation", None, of.country, noun.sector if noun else None)
            return [Party(name.text, name.start, name.end, entity, f"organisation by the model, of {of.name} by the words around")]
        office = leading_title(name.text)
        home = self.memory.entity_of(self.memory.home)
        if office is not None and office.acts_for_state and home is not None:
            return [Party(name.text, name.start, name.end, home, "an official of the country that publishes", titled=office)]
        return [Party(name.text, name.start, name.end, Entity(None, name.text, "organisation"), BY_MODEL)]

    # ---- common nouns --------------------------------------------------------------------------------------------------------------------------------

    def _common(self, sentence: ParsedSentence, head: Token, first: int, last: int) -> list[Party]:
        text = sentence.doc[first:last].text
        start, end = sentence.start_of(sentence.doc[first]), sentence.end_of(sentence.doc[last - 1])
        for child in head.children:
            if child.dep_ == "appos" and sentence.name_of.get(child.i) is not None and sentence.name_of[child.i].label in ("PERSON", "ORG", "GPE"):
                named = self.resolve(sentence, child)
                if named:
                    return named
        if head.lemma_.lower() in _TEAMS and (leader := self._leader(sentence, head)):
            return leader
        noun = agent_noun(sentence, head)
        if head.lemma_ in ("group", "number", "handful", "team") and (
            held := [each for word, objects in prepositions(head) if word == "of" for each in objects]
        ):
            # `a group of visiting U.S. lawmakers`
            named = [party for party in self.parties(sentence, [each for each in held if agent_noun(sentence, each) is not None]) if party.is_named]
            if named:
                return named
        if noun is None and head.lemma_ in _MEMBER_NOUNS:
            bodies = [each for each in affiliations(sentence, head, first, head.i, self.memory, self._pronoun) if each.kind in ("organisation", "armed_group")]
            return [Party(text, start, end, each, f"{head.lower_} of {each.name}", plural=True) for each in bodies]
        if noun is None and head.lemma_ not in _PEOPLE_NOUNS | _COUNTRY_NOUNS:
            return self._joint_body(sentence, head, first) or self._titled(sentence, head, first) or self._the_group(sentence, head)
        owners = affiliations(sentence, head, first, head.i, self.memory, self._pronoun)
        phrase = sentence.doc[max(first, head.left_edge.i) : head.i + 1].text
        if owners:
            parties = []
            for of in owners:
                official = noun is None or noun.acts_for_state
                if of.kind == "state" and not official:
                    entity = Entity(None, text, "group", None, of.country, noun.sector if noun else None)
                    parties.append(Party(text, start, end, entity, f"{head.lower_} of {of.name}, who do not act for it", plural=True, titled=noun))
                else:
                    parties.append(Party(text, start, end, of, f"{head.lower_} of {of.name}", titled=noun, plural=noun is not None and noun.number != "sg"))
            return parties
        led = self._led_by(sentence, head, first)
        if led is None and head.lower_ in _HOME_NOUNS and self.memory.home is not None and phrase.lower() in (f"the {head.lower_}", f"my {head.lower_}"):
            led = self.memory.entity_of(self.memory.home)
        if led is not None:
            return [Party(text, start, end, led, f"{phrase!r}: the government of a leader", titled=noun)]
        if head.lower_ == "delegation" and phrase.lower() == "the delegation" and (home := self.memory.entity_of(self.memory.home)) is not None:
            return [Party(text, start, end, home, "the delegation of the government that publishes")]
        group = several(sentence, head, self.memory) or of_several(sentence, head, self.memory)
        if group:
            return group
        if head.text[:1].isupper() or any(
            child.dep_ in ("det", "poss") and child.lower_ in ("the", "this", "that", "his", "her", "its", "their") for child in head.children
        ):
            owner = next((child for child in head.children if child.dep_ == "poss" and child.pos_ == "PRON"), None)
            two = f"{sentence.doc[head.i - 1].lower_} {head.lemma_.lower()}" if head.i else ""
            back = (
                self.memory.definite(
                    two if two in ("vice president", "prime minister", "foreign minister", "defense minister", "defence minister") else head.lemma_.lower(),
                    sentence.start_of(_owned(head).left_edge),
                )
                if owner is None and not (head.tag_ in ("NNS", "NNPS") and head.lemma_.lower() in _STATES)
                else None
            )
            if back is not None:
                return [Party(text, start, end, back, f"{phrase!r} refers back", titled=noun)]
        return [Party(text, start, end, None, "not named", plural=head.tag_ in ("NNS", "NNPS"))]

    def _the_group(self, sentence: ParsedSentence, head: Token) -> list[Party]:
        """`the group's attacks`: the armed group named before."""
        before = {each.lower_ for each in head.children if each.dep_ not in ("case", "punct")}
        if head.lower_ not in _GROUPS or not before & {"the", "this"} or before - _OF_GROUPS:
            return []
        start, end = sentence.start_of(head), sentence.end_of(head)
        group = self.memory.group_before(start)
        return [] if group is None else [Party(head.text, start, end, group, f"'the {head.lower_}' refers back")]

    def _joint_body(self, sentence: ParsedSentence, head: Token, first: int) -> list[Party]:
        """`The U.S.-Japan Energy Council`: the states in the name of a body."""
        if head.lower_ not in _JOINT_BODIES or not head.is_title:
            return []
        states = [name for name in sentence.within(first, head.i) if name.entity is not None and name.entity.kind == "state" and name.form != "capital"]
        if len({name.entity for name in states}) < 2:
            return []
        return [Party(name.text, name.start, name.end, _entity_of(name), "one of the states in a body's name") for name in states]

    def _titled(self, sentence: ParsedSentence, head: Token, first: int) -> list[Party]:
        """`Ukrainian First Lady Olena Zelenska`, whom the model takes for nobody: a name behind a nationality and a title."""
        countries = [name.entity for name in sentence.within(first, head.i) if name.entity is not None and name.form == "demonym"]
        if head.pos_ != "PROPN" or not countries:
            return []
        begin = next((i for i in range(head.i, max(first, head.i - 3), -1) if title_before(sentence, i) is not None), None)
        noun = title_before(sentence, begin) if begin is not None else None
        if begin is None or noun is None:
            return []
        words = sentence.doc[begin : head.i + 1]
        acts_for = countries[0].acts_for if noun.acts_for_state else None
        person = Entity(None, words.text, "person", acts_for, countries[0].country, noun.sector)
        self.memory.learn(person)
        start, end = sentence.start_of(words[0]), sentence.end_of(head)
        return [Party(words.text, start, end, person, f"a name behind {sentence.doc[first:begin].text!r}", titled=noun)]

    def _leader(self, sentence: ParsedSentence, head: Token) -> list[Party]:
        """`A delegation led by Ambassador A`: it acts for whom its leader acts."""
        for clause in head.children:
            if clause.dep_ in ("acl", "relcl") and clause.lemma_ in ("lead", "head"):
                return [party for party in self.parties(sentence, agents(clause)) if party.is_named]
        return []

    def _led_by(self, sentence: ParsedSentence, head: Token, first: int) -> Entity | None:
        """The state of `the Clinton administration`, `the Meloni government`: by the office of the leader before the noun, now or once."""
        if head.lemma_.lower() not in _LED_NOUNS:
            return None
        for token in sentence.doc[first : head.i]:
            name = sentence.name_of.get(token.i)
            leader = name.entity if name is not None and name.entity is not None else self.memory.surname(token.text, title=True) if token.is_title else None
            led = self.memory.entity_of(standing(leader, self.memory.day).acts_for) if leader is not None and leader.kind == "person" else None
            led = led or (self.memory.once_led_by(token.text) if token.is_title else None)
            if led is not None:
                return led
        return None

    # ---- pronouns ------------------------------------------------------------------------------------------------------------------------------------

    def _pronoun(self, sentence: ParsedSentence, head: Token) -> list[Party]:
        return pronoun_parties(self, sentence, head)


def _owned(head: Token) -> Token:
    """What a noun is told of: `U.S. payments to the country` go to another one than the one before `payments`."""
    over = head.head.head
    return over if head.dep_ == "pobj" and over.pos_ == "NOUN" and over.i < head.i else head


def _entity_of(name: SentenceName) -> Entity:
    """The entity of a name that the tables know."""
    if name.entity is None:
        raise ValueError(f"{name.text!r} is a name of the model's and stands for no entity of the tables")
    return name.entity
