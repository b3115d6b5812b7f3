"""Who does what to whom: the logical subjects and objects of a verb, whatever its voice or clause."""

from __future__ import annotations

from transforms.events.syntax import CAP, child, conjuncts, governing_verb, is_passive, is_verb, objects_of, own_subject, prepositions
from transforms.language.parse import Token
from transforms.language.words import word_set

_OBJECTS = frozenset({"dobj", "attr", "oprd"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
# Verbs whose object does what the infinitive says: `urged the EU to send`.
OBJECT_CONTROL = word_set("roles", "object_control")
# Whose weapons do what the infinitive behind them says.
_WIELDING = word_set("roles", "wielding")
# Verbs whose object did what is told after `of` or `for`.
THANKING = word_set("roles", "thanking")
BLAMING = word_set("roles", "blaming")
# What is laid on somebody for what he did: `sanctions on Iran for supplying missiles`.
_PENALTIES = word_set("roles", "penalties")
_LOCAL = word_set("roles", "local")
# What attacks do, and whom they are on.
_DOING_HARM = word_set("roles", "harming") | {"strike", "target"}
_HAPPENINGS = word_set("judging", "happenings")
_TOWARDS = _LOCAL | {"against", "on"}
# Of whom one says that they have it to do something.
_POWERS = word_set("roles", "powers")


def _relative(token: Token, verb: Token) -> list[Token]:
    """A relative pronoun stands for what the relative clause modifies."""
    if token.lower_ in _RELATIVES and token.tag_ in ("WP", "WDT", "IN", "WP$"):
        clause = verb
        while clause.dep_ in ("conj", "xcomp", "ccomp", "aux") and clause.head != clause:
            clause = clause.head
        # `which appear to have struck`
        doing = {verb.lemma_, *(each.lemma_ for each in verb.children if each.dep_ == "xcomp")}
        attack = _attack_on(clause.head) if token.lower_ != "who" and doing & _DOING_HARM else None
        if clause.dep_ == "relcl" and attack is not None:
            return [attack]
        if clause.dep_ == "relcl":
            return conjuncts(clause.head) if _spans_conjuncts(clause) else [clause.head]
        return []
    return conjuncts(token)


def _attack_on(hit: Token) -> Token | None:
    """`attacks on the city, which killed nine`: the attacks killed, and not the city."""
    over = hit.head.head
    return over if hit.dep_ == "pobj" and hit.head.lower_ in _TOWARDS and over.lemma_ in _HAPPENINGS else None


def _spans_conjuncts(clause: Token) -> bool:
    """Whether a relative clause after a coordination is about all of it; a comma before it says about the last alone, or not clear."""
    return clause.head.dep_ != "conj" and any(each.dep_ == "conj" for each in clause.head.children)


def surface_subject(verb: Token, depth: int = 0) -> list[Token]:
    """What stands as subject of a verb's clause, found through coordination, control, relative clauses and participles."""
    if depth > CAP:
        return []
    own = own_subject(verb)
    if own is not None:
        # `A, B and a Chinese delegation meet`: the last one read as a compound of the verb
        last = verb.nbor(-1) if verb.i > own.i + 1 else None
        misread = [last] if last is not None and last.head == verb and last.dep_ == "compound" and last.pos_ in ("NOUN", "PROPN") else []
        return [*_relative(own, verb), *misread]
    head = verb.head
    if head == verb:
        return []
    if verb.dep_ == "conj" and is_verb(head):
        return surface_subject(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "prep") or (verb.dep_ == "acl" and head.pos_ != "NOUN" and is_verb(head)):
        return _controller(verb, head, depth)
    if verb.dep_ == "appos" and verb.tag_ == "VBG":
        return conjuncts(head)  # `NATO ambassadors, meeting in Brussels, agreed …`
    if verb.dep_ in ("acl", "relcl") and head.dep_ == "attr" and verb.tag_ == "VB" and is_verb(head.head):
        # `Orbán is the first leader to meet …`
        return surface_subject(head.head, depth + 1)
    if verb.dep_ == "acl" and (claimants := claiming(head)):
        return claimants
    if verb.dep_ == "acl":
        if verb.tag_ == "VB":
            over = next((each for each in head.ancestors if is_verb(each)), None) if head.dep_ == "pobj" else None
            if over is not None and over.lemma_ in _WIELDING:
                # `warships fired missiles through its airspace to strike`
                return surface_subject(over, depth + 1)
            return _invited(head, verb) or _holder(head, depth)
        if verb.tag_ == "VBG" and head.dep_ == "pobj" and head.head.lower_ in _LOCAL and _is_nominal(head.head.head) and head.pos_ == "PROPN":
            # `air strikes in Somalia targeting militants`: the strikes target, not the place
            return [head.head.head]
        return [head]
    if verb.dep_ == "relcl":
        return [head]
    if verb.dep_ == "acomp":
        return surface_subject(head, depth + 1)  # `is committed`
    return []


def _controller(verb: Token, head: Token, depth: int) -> list[Token]:
    """The understood subject of an infinitive, participle or gerund: the object of the governing verb or its subject."""
    if head.dep_ == "prep" or head.pos_ in ("ADP", "SCONJ"):
        governor = head.head
        if is_verb(governor) and governor.lemma_ in BLAMING:
            # `accused Jordan of firing`, `the group suspected of bombing`
            return patients(governor)
        if head.lower_ in ("for", "over") and (punished := _punished(governor, head)):
            return punished
        if head.lower_ == "for" and governor.dep_ == "pobj" and governor.head.lower_ in ("on", "against", "upon"):
            return conjuncts(governor)  # `attacks against Iran for striking Israel`
        if is_verb(governor):
            return _thanked(governor, head) or surface_subject(governor, depth + 1)
        if governor.pos_ == "ADJ" and governor.dep_ in ("acomp", "conj") and is_verb(governor.head):
            return surface_subject(governor.head, depth + 1)  # `is committed to providing`
        if governor.dep_ == "dobj" and governor.head.lemma_ in BLAMING:
            return conjuncts(governor)  # `accused the rebels of bombing`, with the phrase on `rebels`
        return _holder(governor, depth)
    if is_verb(head):
        plan = child(head, "dobj") if verb.dep_ == "advcl" and verb.tag_ == "VB" else None
        if plan is not None and (guests := _invited(plan, verb)):
            return guests
        if verb.dep_ in ("xcomp", "ccomp", "advcl") and head.lemma_ in OBJECT_CONTROL and verb.tag_ == "VB":
            patient = child(head, "dobj", "dative")
            if patient is not None:
                return conjuncts(patient)
            called = next((each for each in head.children if each.dep_ == "prep" and each.lower_ in ("on", "upon", "for")), None)
            if called is not None and child(called, "pobj") is not None:
                return conjuncts(child(called, "pobj"))  # type: ignore[arg-type]
        return surface_subject(head, depth + 1)
    if head.pos_ == "ADJ" and head.dep_ in ("acomp", "conj"):
        return surface_subject(head.head, depth + 1)
    return _holder(head, depth)


def _thanked(governor: Token, preposition: Token) -> list[Token]:
    """Who did what is told after `for`: `thanked Poland for providing tanks`, `thanked him for Poland's partnership in providing them`."""
    if governor.lemma_.lower() not in THANKING:
        return []
    reasons = [each for each in governor.children if each.dep_ == "prep" and each.lower_ == "for" and each.i <= preposition.i]
    owners = [owner for each in reasons for what in each.children if (owner := child(what, "poss")) is not None]
    if not reasons:
        return []
    return [each for owner in owners[:1] for each in conjuncts(owner)] if owners and owners[0].pos_ != "PRON" else patients(governor)


def _punished(governor: Token, preposition: Token) -> list[Token]:
    """Who did what is told after `for`: `strikes against Iran for attacking Israel`, `imposed sanctions on Iran for supplying missiles`."""
    verb = governor if is_verb(governor) else governing_verb(governor)
    laid = patients(verb) if verb is not None else []
    for over in (governor, *(each for each in laid if each.lemma_.lower() in _PENALTIES)):
        for word, objects in prepositions(over):
            if word in ("on", "against", "upon") and objects and objects[0].i < preposition.i:
                return objects
    return laid if verb is not None and verb.lemma_ in ("sanction", "fine", "punish", "penalize", "penalise") else []


def _is_nominal(token: Token) -> bool:
    """A noun, or what the tagger takes for a verb where a noun stands: `airstrikes`."""
    return token.pos_ == "NOUN" or token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")


def _invited(plan: Token, verb: Token) -> list[Token]:
    """`an invitation for the premier to visit`: who is to do what a noun plans."""
    invited = next((each for each in plan.children if each.dep_ == "prep" and each.lower_ == "for" and plan.i < each.i < verb.i), None)
    guest = child(invited, "pobj") if invited is not None else None
    return conjuncts(guest) if guest is not None else []


def _holder(noun: Token, depth: int) -> list[Token]:
    """Whose plan, decision or request a noun is: the possessor, a by-phrase, or the subject of the verb that it is object of."""
    # `Poland's generosity and leadership in providing`
    possessor = child(noun, "poss") or (child(noun.head, "poss") if noun.dep_ == "conj" else None)
    if possessor is not None and possessor.pos_ == "PRON" and noun.dep_ == "dobj" and is_verb(noun.head):
        # `announce their intention to`: the pronoun goes back to who announces it
        return surface_subject(noun.head, depth + 1)
    if possessor is not None:
        return conjuncts(possessor)
    for each in noun.children:
        # `the ability of the group to attack`; but `the deployment of troops`
        if each.dep_ in ("prep", "agent") and (each.lower_ in ("by", "from") or (each.lower_ == "of" and noun.lemma_.lower() in _POWERS)):
            actor = child(each, "pobj")
            if actor is not None:
                return conjuncts(actor)
    modifiers = [each for each in noun.children if each.dep_ in ("compound", "amod", "nmod") and each.text[:1].isupper()]
    if modifiers:
        return modifiers
    governor = noun.head
    while governor.pos_ == "ADP" and governor.head != governor:
        governor = governor.head
    if governor != noun and is_verb(governor):
        return surface_subject(governor, depth + 1)
    return []


def claiming(noun: Token) -> list[Token]:
    """Who claims, where the parser takes `The Houthis claim that` or `The Houthis claim responsibility` for one noun."""
    claim = noun if noun.lower_ == "claim" else next((each for each in noun.children if each.lower_ == "claim" and each.dep_ == "compound"), None)
    if claim is None or is_verb(noun):
        return []
    return [each for each in noun.children if each.i == claim.i - 1 and each.dep_ == "compound" and each.tag_ in ("NNPS", "NNP") and each.lower_.endswith("s")]


def agents(verb: Token) -> list[Token]:
    """Logical subjects: who does it, in the active or by the passive's by-phrase."""
    if is_passive(verb):
        found: list[Token] = []
        for each in verb.children:
            if each.dep_ in ("agent", "prep") and each.lower_ == "by":
                found.extend(objects_of(each))
        if not found and verb.dep_ == "conj" and is_verb(verb.head) and is_passive(verb.head) and not own_subject(verb):
            return agents(verb.head)
        if not found:
            # `was shot and killed by police`
            later = (each for each in verb.children if each.dep_ == "conj" and each.tag_ == "VBN" and is_verb(each) and not own_subject(each))
            found = [head for other in later for each in other.children if each.dep_ == "agent" for head in objects_of(each)]
        return found
    return surface_subject(verb)


def patients(verb: Token) -> list[Token]:
    """Logical objects: what it is done to, as object in the active, as subject in the passive."""
    if is_passive(verb):
        if verb.dep_ == "acl":
            return [verb.head]
        return surface_subject(verb)
        # `was given aid`: the object that stays is what is given.
    found = []
    for each in verb.children:
        if each.dep_ in _OBJECTS or _is_name_read_as_clause(each):
            found.extend(_relative(each, verb))
    found.extend(_counted(found))
    if not found and verb.dep_ == "relcl" and own_subject(verb) is not None and own_subject(verb).lower_ not in _RELATIVES:  # type: ignore[union-attr]
        return [verb.head]
    return found


def _is_name_read_as_clause(token: Token) -> bool:
    """`will see Prime Minister Modi in Delhi a day later`."""
    return token.dep_ == "ccomp" and token.tag_ == "NNP" and not any(each.dep_ in ("nsubj", "nsubjpass", "aux", "mark") for each in token.children)


def _counted(heads: list[Token]) -> list[Token]:
    """What a number or measure counts: `38 of 45 drones`, `dozens of rockets`."""
    found = []
    for head in heads:
        if head.pos_ == "NUM" or head.lemma_ in ("dozen", "score", "hundred", "thousand", "majority", "number", "most", "half"):
            for each in head.children:
                if each.dep_ == "prep" and each.lower_ == "of":
                    found.extend(objects_of(each))
    return found
