"""The grammatical slots of a trigger: who and what stands as its subject, object, possessor, modifier or after which preposition."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from transforms.events.arguments import agents, patients, surface_subject
from transforms.events.spans import ParsedSentence, SentenceName
from transforms.events.syntax import conjuncts, is_passive, is_verb, modifiers, prepositions
from transforms.language.parse import Token
from transforms.language.words import word_set

# A verb over an event noun through these makes one trigger with it: `participate in talks`, `came under attack`.
_LIGHT_PREPOSITIONS = word_set("roles", "light_prepositions")
_RESULTS = word_set("roles", "results")
_WHOLES = word_set("roles", "wholes")
# Verbs whose object takes part in what their subject names: `the talks involved`, `this meeting will include`.
_INVOLVING = word_set("roles", "involving")
# Verbs whose subject is not at the meeting under them: `the announcement follows a series of talks`.
UNATTENDED = word_set("roles", "unattended")
_STOP = word_set("roles", "no_light_verbs")


@dataclasses.dataclass(frozen=True)
class Slots:
    """Noun-phrase heads by slot, the names that modify a noun, and the verb that makes one trigger with it."""

    heads: Mapping[str, tuple[Token, ...]]
    modifiers: tuple[SentenceName, ...] = ()
    modifier_words: frozenset[str] = frozenset()
    light: Token | None = None
    light_subject: tuple[Token, ...] = ()

    def get(self, slot: str) -> tuple[Token, ...]:
        """The heads of a slot, empty where nothing stands there."""
        return self.heads.get(slot, ())


class _Collector:
    def __init__(self) -> None:
        self.heads: dict[str, list[Token]] = {}

    def add(self, slot: str, tokens: list[Token]) -> None:
        known = self.heads.setdefault(slot, [])
        known.extend(token for token in tokens if token not in known)

    def add_prepositions(self, token: Token) -> None:
        for word, objects in prepositions(token):
            self.add(word, objects)

    def freeze(self) -> dict[str, tuple[Token, ...]]:
        return {slot: tuple(tokens) for slot, tokens in self.heads.items() if tokens}


def verb_slots(verb: Token) -> Slots:
    """The slots of a verb, logical subject and object whatever the voice."""
    found = _Collector()
    found.add("subject", agents(verb))
    objects = patients(verb) or _shared_object(verb)
    found.add("object", objects)
    for child in verb.children:
        if child.dep_ == "dative" and child.pos_ not in ("ADP", "PART"):
            found.add("indirect", conjuncts(child))
        elif is_passive(verb) and child.dep_ == "dobj":
            # `Ukraine was given aid`: what is given stays an object and the subject receives.
            found.add("indirect", objects)
            found.heads["object"] = conjuncts(child)
    found.add_prepositions(verb)
    for child in verb.children:
        if child.dep_ == "acomp" and verb.lemma_ == "be":
            found.add_prepositions(child)  # `is due in Rome`
    for child in verb.children:
        if child.lower_ != "according" and child.dep_ in ("advmod", "npadvmod", "prt", "advcl", "prep") and not (child.dep_ == "advcl" and is_verb(child)):
            for word, inner in prepositions(child):
                if word in ("with", "between", "to", "by", "on"):
                    found.add(word, inner)
    if verb.dep_ == "conj" or any(child.dep_ == "conj" for child in verb.children):
        # `met and held talks with Lavrov`: a phrase after the last conjunct belongs to the others where they have none.
        for other in conjuncts(verb):
            if other != verb and is_verb(other) and not any(child.dep_ == "dobj" for child in other.children):
                for word, inner in prepositions(other):
                    if word in ("with", "between") and word not in found.heads:
                        found.add(word, inner)
    for other in conjuncts(verb):
        if other != verb and is_verb(other) and other.i > verb.i:
            for word, inner in [pair for each in (other, *patients(other)) for pair in prepositions(each)]:
                if word in ("to", "for") and word not in found.heads:
                    found.add(word, inner)
    topical = verb.lemma_ in ("discuss", "review", "negotiate", "address", "consider")
    for target in objects:
        for word, inner in prepositions(target):
            if topical and word in ("with", "between"):
                continue
            if word in ("with", "between", "to", "for", "at", "on", "against", "toward", "towards", "from", "into", "in") and word not in found.heads:
                found.add(word, inner)
    return Slots(found.freeze())


def _shared_object(verb: Token) -> list[Token]:
    """`shot and killed a pilot`: the object of the verb right behind it, joined by `and` alone."""
    if is_passive(verb) or verb.i + 2 >= len(verb.doc) or verb.nbor(1).dep_ != "cc":
        return []
    other = verb.nbor(2)
    return patients(other) if other.dep_ == "conj" and other.head == verb and is_verb(other) and not is_passive(other) else []


def light_verb(noun: Token, verbs: frozenset[str]) -> Token | None:
    """The verb that makes one trigger with an event noun: its object, its passive subject, or after a preposition."""
    for each in _through_conjuncts(noun):
        head = each.head
        if head == each:
            continue
        if is_verb(head) and each.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and head.lemma_.lower() in verbs:
            return head
        if (
            is_verb(head)
            and each.dep_ == "nsubj"
            and head.lemma_.lower() in verbs
            and head.lemma_ not in ("come", "hit", "respond", "do", "use", "make", "say", "tell")
        ):
            return head
        if head.pos_ == "ADP" and head.lower_ in _LIGHT_PREPOSITIONS and each.dep_ == "pobj":
            over = head.head
            answered = over.lemma_ in ("respond", "retaliate") and head.lower_ in ("to", "for")
            if is_verb(over) and over.lemma_.lower() in verbs and over.lemma_ not in _STOP and not answered:
                return over
        # `a series of strikes`, `another round of talks`
        if (
            head.lower_ == "of"
            and head.head.pos_ == "NOUN"
            and head.head.lemma_
            in (
                "series",
                "round",
                "wave",
                "set",
                "string",
                "barrage",
                "number",
                "part",
                "session",
                "day",
                "type",
                "kind",
                "dozen",
                "hundred",
                "spate",
                "resumption",
                "start",
                "flurry",
                "one",
                "campaign",
            )
        ):
            found = light_verb(head.head, verbs)
            if found is not None:
                return found
    for child in noun.children:
        if child.dep_ not in ("acl", "relcl") or not is_verb(child) or child.lemma_.lower() not in verbs:
            continue
        # not `attacks that threatened the lives of many`: what they did, and not who threatens them
        did = child.dep_ == "relcl" and not is_passive(child) and any(each.dep_ == "nsubj" and each.tag_ in ("WDT", "WP") for each in child.children)
        if not did and (child.dep_ == "relcl" or child.tag_ == "VBN"):
            return child
    return None


def _through_conjuncts(noun: Token) -> Iterator[Token]:
    current = noun
    yield current
    while current.dep_ == "conj" and current.head != current:
        current = current.head
        yield current


def noun_slots(sentence: ParsedSentence, noun: Token, verbs: frozenset[str]) -> Slots:
    """The slots of an event noun: its own dependents and those of the verb that makes one trigger with it."""
    found = _Collector()
    whole = _whole(noun)
    possessor = next((child for child in whole.children if child.dep_ == "poss"), None)
    if possessor is not None:
        found.add("possessor", conjuncts(possessor))
    found.add_prepositions(noun)
    if whole != noun:
        found.add_prepositions(whole)
    _add_container(found, whole)
    before = [token for each in ((noun, whole) if whole != noun else (noun,)) for token in modifiers(each) if token.i < noun.i]
    if noun.i and noun.tag_ == "VBG" and noun.doc[noun.i - 1].ent_type_ in ("NORP", "ORG", "GPE") and noun.doc[noun.i - 1] not in before:
        before.append(noun.doc[noun.i - 1])
    if possessor is None and noun.dep_ == "conj" and not before:
        before = [token for token in modifiers(noun.head) if token.i < noun.head.i]
    words = frozenset(word for token in before for word in {token.lower_, token.lemma_.lower(), *token.lower_.split("-")})
    spots = {token.i for token in before}
    names = tuple(name for name in sentence.names if any(i in spots for i in range(name.first, name.last)) and not is_origin(sentence, name))
    light = light_verb(whole, verbs)
    subjects: list[Token] = []
    if light is not None:
        subjects = [token for token in agents(light) if token.i != noun.i and noun not in conjuncts(token)]
        for word, inner in prepositions(light):
            if not any(token.i == noun.i for token in inner):
                found.add(word, [token for token in inner if token.i != noun.i])
    else:
        subject_of = whole.head if whole.dep_ in ("nsubj", "nsubjpass", "csubj") and is_verb(whole.head) else None
        if subject_of is not None:
            found.add_prepositions(subject_of)
            if noun.dep_ == "nsubj" and subject_of.lemma_ in _INVOLVING:
                found.add("involving", patients(subject_of))
            if whole.dep_ in ("nsubj", "csubj") and subject_of.lemma_ in _RESULTS:
                found.add("hitting", [token for token in patients(subject_of) if token.i != noun.i])
                for clause in subject_of.children:
                    if clause.dep_ == "advcl" and is_verb(clause) and clause.lemma_ in _RESULTS:
                        found.add("killing", patients(clause))
        elif noun.dep_ == "pobj" and noun.head.dep_ == "prep" and is_verb(noun.head.head):
            # Phrases behind the noun that the parser hangs on the verb: `killed in an airstrike on the port`.
            for word, inner in prepositions(noun.head.head):
                if inner and inner[0].i > noun.i and word in ("on", "against", "at", "with", "between", "by", "in", "near"):
                    found.add(word, inner)
        elif noun.dep_ == "dobj" and is_verb(noun.head):
            # `condemned the attacks across Israel by Hamas`
            for word, inner in prepositions(noun.head):
                if word == "by" and inner and inner[0].i > noun.i and inner[0].pos_ == "PROPN":
                    found.add(word, inner)
    found.add("attended", _attending(noun))
    found.add("suffering", _suffering(noun))
    found.add("involving", _members(noun))
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.head.lemma_ == "be":
        # `officials are in talks with …`
        found.add("involving", surface_subject(noun.head.head))
    if noun.dep_ == "pobj" and noun.head.lower_ == "for":
        found.add("involving", _come_for(noun.head))
    head_name = sentence.name_of.get(noun.head.i)
    if (
        noun.head != noun
        and head_name is not None
        and head_name.label == "PERSON"
        and noun.dep_ in ("dobj", "appos", "dep", "npadvmod")
        and noun.head.i < noun.i
    ):
        found.add("possessor", [noun.head])
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and is_verb(child):
            if child.lemma_ in _RESULTS:
                found.add("targeting", [token for token in patients(child) if token.i != noun.i])
                found.add_prepositions(child)
            elif child.lemma_ in _INVOLVING:
                found.add("involving", patients(child))
            elif child is not light:
                found.add("by", [token for token in agents(child) if token.i != noun.i] if is_passive(child) else [])
    return Slots(found.freeze(), names, words, light, tuple(subjects))


def _suffering(noun: Token) -> list[Token]:
    """Whom it is told to befall: `the town is under attack`, `towns that are under constant bombardment`."""
    over = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "under" or not (is_verb(over) or over.pos_ == "NOUN"):
        return []
    return surface_subject(over) if is_verb(over) else [over]


def _members(noun: Token) -> list[Token]:
    """`Participants in the call included A and B`; `talks that took place in London, which involved officials from A`."""
    for clause in noun.doc[noun.i + 1 :]:
        if clause.dep_ == "relcl" and clause.lemma_ == "involve" and clause.head.pos_ == "PROPN" and noun.is_ancestor(clause.head):
            return patients(clause)
    over = noun.head.head
    if noun.dep_ == "pobj" and over.lemma_.lower() in ("participant", "attendee", "guest") and over.dep_ == "nsubj" and over.head.lemma_ == "include":
        return patients(over.head)
    return []


# Who does this after talks has held them: `agreed to a ceasefire following talks`.
_AGREEING = word_set("roles", "agreeing")
# Whom one does this to during a meeting has come to it too.
_ADDRESSING = word_set("roles", "addressing")


def _attending(noun: Token) -> list[Token]:
    """Who is told to be at a meeting: `said at the summit`, `met on the sidelines of the summit`, `told the summit`."""
    if noun.dep_ == "dobj" and noun.head.lemma_ in ("tell", "address", "inform", "leave", "chair", "join"):
        return surface_subject(noun.head)
    current = noun
    beside = False
    for _ in range(3):
        preposition = current.head
        if preposition.pos_ not in ("ADP", "SCONJ", "VERB") or preposition.head == preposition or current.dep_ != "pobj":
            return []
        over = preposition.head
        if over.lemma_ in ("sideline", "margin", "day", "session", "opening", "part", "round", "series"):
            current = over
            beside = beside or over.lemma_ in ("sideline", "margin")
            continue
        if preposition.lower_ not in ("at", "in", "during", "on", "of", "after", "following", "before", "with"):
            return []
        if is_verb(over) or (over.dep_ == "ROOT" and any(each.dep_ == "nsubj" for each in over.children)):  # `ministers call for`, tagged as a noun
            if over.lemma_ in _ADDRESSING and preposition.lower_ in ("during", "in", "at"):
                # `told the envoy during talks`: who tells and who is told
                return [*surface_subject(over), *patients(over)]
            if over.lemma_ in UNATTENDED and not (over.lemma_ == "be" and preposition.lower_ == "at"):
                return []
            return [*surface_subject(over), *(_met(over) if beside else ())]
        if over.dep_ == "nsubj" and over.pos_ == "PROPN" and preposition.lower_ == "on" and over.i < preposition.i:
            return [over]  # `A, on a trip to Panama, said`
        if over.dep_ in ("dobj", "nsubjpass") and is_verb(over.head) and over.head.lemma_ not in UNATTENDED:
            return [*surface_subject(over.head), *(_met(over) if beside else ())]
        if preposition.lower_ in ("after", "following") and over.dep_ == "pobj" and is_verb(over.head.head) and over.head.head.lemma_ in _AGREEING:
            # `agreed to a ceasefire following talks`
            return surface_subject(over.head.head)
        return []
    return []


def _come_for(preposition: Token) -> list[Token]:
    """`was in Kabul for talks`, `A, in Kazakhstan for a meeting, said`: who is somewhere for a meeting takes part in it."""
    over = preposition.head
    if over.dep_ == "pobj" and over.head.lower_ in ("in", "at"):
        over = over.head.head
    elif not any(child.dep_ == "prep" and child.lower_ in ("in", "at") and child.i < preposition.i for child in over.children):
        return []
    if is_verb(over):
        return surface_subject(over) if over.lemma_ in ("be", "expect") else []
    return [over] if over.pos_ == "PROPN" else []


def _met(over: Token) -> list[Token]:
    """`A meets B on the sidelines of the summit`, `held a meeting with B on its margins`: B is at the summit too."""
    behind = [each for holder in (over, *patients(over)) for word, objects in prepositions(holder) if word == "with" for each in objects]
    return [*(patients(over) if over.lemma_ == "meet" else ()), *behind]


def _whole(noun: Token) -> Token:
    """`a bombing campaign against`, `a shooting spree in`: the noun behind an event noun that has its phrases and its verb."""
    return noun.head if noun.dep_ == "compound" and noun.head.i == noun.i + 1 and noun.head.lemma_ in _WHOLES else noun


def _add_container(found: _Collector, noun: Token) -> None:
    """`a series of strikes on`, `another round of talks with`: the phrases of the noun that holds the event noun are its own."""
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.pos_ == "NOUN"
        and noun.head.head.lemma_ in ("series", "round", "wave", "set", "string", "barrage", "number", "spate", "flurry", "campaign")
    ):
        holder = noun.head.head
        for child in holder.children:
            if child.dep_ == "poss":
                found.add("possessor", conjuncts(child))
        for word, inner in prepositions(holder):
            if word != "of":
                found.add(word, inner)


_ORIGIN_SUFFIXES = (
    "-backed",
    "-led",
    "-made",
    "-manufactured",
    "-built",
    "-supplied",
    "-occupied",
    "-controlled",
    "-held",
    "-brokered",
    "-mediated",
    "-style",
    "-designed",
    "-sponsored",
    "-era",
    "-born",
    "-provided",
    "-produced",
    "-facilitated",
    "-hosted",
)


def is_origin(sentence: ParsedSentence, name: SentenceName) -> bool:
    """Whether a name only says where something was made or who stands behind it: `Iranian-made drones`, `U.S.-backed forces`."""
    last = sentence.doc[name.last - 1]
    if name.first and sentence.doc[name.first - 1].lower_ == "ethnic":
        return True
    if last.lower_.endswith(_ORIGIN_SUFFIXES):
        return True
    return bool(
        name.last + 1 < len(sentence.doc) and sentence.doc[name.last].text in ("-", "–") and f"-{sentence.doc[name.last + 1].lower_}" in _ORIGIN_SUFFIXES
    )
