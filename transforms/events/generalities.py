"""Attacks of which a text speaks without any of its own: what is guarded against, counted or forbidden."""

from __future__ import annotations

import itertools

from schemas.event_types import event_types
from transforms.events.arguments import patients, surface_subject
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.syntax import conjuncts, is_passive, is_verb
from transforms.events.verb_status import is_asked_for
from transforms.language.parse import Token
from transforms.language.words import word_set

_WARDING = word_set("judging", "warding")
_COUNTING = word_set("judging", "counting")
_BACK = word_set("judging", "back")
_UNCERTAIN = word_set("judging", "uncertain")
_FORBIDDING = word_set("judging", "forbidding")
_HAPPENINGS = word_set("judging", "happenings")
_PATTERNS = word_set("judging", "patterns")
_TURNING = word_set("judging", "turning")
_PRECLUDING = word_set("judging", "precluding")
_ANYONE = word_set("judging", "anyone")
_CRIMES = word_set("judging", "crimes")
_WORRYING = word_set("judging", "worrying")
_UNDERGOING = word_set("judging", "undergoing")
_CALLING = word_set("judging", "calling")
_PURPOSES = word_set("judging", "purposes")
# Behind people: which ones.
_WHICH = word_set("judging", "which")
_PRECISE = frozenset({"CARDINAL", "DATE", "FAC", "GPE", "LOC", "TIME"})


def is_in_general(candidate: Candidate, filled: Filled) -> bool:
    """Whether a noun for an attack, without an attacker, names none: `security against external attack`, `fighting any attack`, `the number of shootings`."""
    noun = candidate.token
    if event_types()[candidate.frame.event_type].RECEIVING != "target":
        return False
    attackers = any(party.is_named for party in filled.roles.get("attacker", ()))
    if not attackers and not is_verb(noun) and (_purposed(noun) or _undergone(noun)):
        return True
    if candidate.slots.light is not None:
        return False
    if is_verb(noun):
        # `live in fear of being gunned down`
        return (noun.dep_ == "pcomp" and noun.head.lower_ == "of" and lemma_of(noun.head.head) in _PATTERNS) or _suffered_by_anyone(noun)
    if attackers:
        return False
    words = {child.lower_ for child in noun.children if child.dep_ in ("det", "poss", "nummod", "amod")}
    if words & _UNCERTAIN or _called(noun) or _whenever(noun) or _counted_off(noun) or _outlawed(noun) or _precluded(noun) or _of_no_day(noun):
        return True
    if words & (_BACK | {"a", "an", "recent", "no"}) or any(child.dep_ == "nummod" or child.ent_type_ == "DATE" for child in noun.children):
        return False
    over = conjuncts_head(noun).head
    if conjuncts_head(noun).dep_ != "pobj" or over.dep_ != "prep":
        return False
    if over.lower_ == "of" and noun.tag_ == "NN" and not words and _is_bare(noun):
        # `a campaign of assassination and terror`
        return lemma_of(over.head) in _PATTERNS
    if over.lower_ == "of":
        return noun.tag_ in ("NNS", "NNPS") and lemma_of(over.head) in _COUNTING and _is_changed(over.head)
    return over.lower_ in ("against", "from", "to") and any(
        lemma_of(each) in _WARDING or each.lower_ in _WARDING for each in (over.head, over.head.head, over.nbor(-1))
    )


def conjuncts_head(noun: Token) -> Token:
    """The first of the nouns that one is coordinated with: `of terror, rape and assassination`."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun


def _is_bare(noun: Token) -> bool:
    return not any(child.dep_ in ("compound", "amod", "prep", "poss", "acl", "relcl") for child in noun.children)


def _called(noun: Token) -> bool:
    """`The new law is an attack on us all`: what somebody calls an attack, and none was told."""
    verb = noun.head
    called = (noun.dep_ == "attr" and lemma_of(verb) == "be") or (noun.dep_ == "dobj" and lemma_of(verb) in _CALLING)
    if not called or not any(child.lower_ in ("a", "an", "another") for child in noun.children):
        return False
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    return bool(subjects) and all(each.pos_ in ("NOUN", "PROPN") and lemma_of(each) not in _HAPPENINGS for each in subjects)


def _whenever(noun: Token) -> bool:
    """`When a mass shooting overwhelms a town`: what happens each time."""
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or verb.dep_ != "advcl" or not any(child.lower_ in ("a", "an") for child in noun.children):
        return False
    present = verb.tag_ in ("VBZ", "VBP") or any(child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBZ", "VBP") for child in verb.children)
    return present and any(child.lower_ in ("when", "whenever", "if", "once") and child.i < noun.i for child in verb.children)


def _counted_off(noun: Token) -> bool:
    """`shootings fell 40 percent from the year before`: figures of crime."""
    verb = noun.head
    if noun.dep_ != "nsubj" or noun.tag_ not in ("NNS", "NNPS") or lemma_of(verb) not in _TURNING:
        return False
    return any(each.text == "%" or each.lower_ in ("percent", "percentage") for each in verb.subtree)


def _outlawed(noun: Token) -> bool:
    """`Attacks on civilians are prohibited under international law`."""
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or noun.tag_ not in ("NNS", "NNPS") or any(child.lower_ in _BACK for child in noun.children):
        return False
    if lemma_of(verb) == "be":
        return any(child.dep_ in ("acomp", "attr") and lemma_of(child) in _FORBIDDING for child in verb.children)
    return noun.dep_ == "nsubjpass" and lemma_of(verb) in _FORBIDDING and verb.tag_ == "VBN"


def _precluded(noun: Token) -> bool:
    """`to prevent another attack on our people`: what is not to come, unless somebody is told to see to it that it ends."""
    first = conjuncts_head(noun)
    verb = first.head
    if first.dep_ != "dobj" or lemma_of(verb) not in _PRECLUDING or verb.tag_ not in ("VB", "VBG") or is_asked_for(verb):
        return False
    return not any(child.lower_ in _BACK for child in noun.children)


def _of_no_day(noun: Token) -> bool:
    """`communities after a mass shooting`, `worry about school shootings`, `threats, harassment and attacks`: whatever attack there may be."""
    if noun.dep_ == "compound":
        # `reduce shooting incidents`
        return lemma_of(noun.head) == "incident" and noun.head.tag_ == "NNS" and _tells_nothing(noun.head)
    indefinite = noun.tag_ == "NN" and any(child.lower_ in ("a", "an") for child in noun.children)
    bare = noun.tag_ == "NN" and not indefinite and not any(child.dep_ in ("det", "compound", "amod") for child in noun.children)
    if not (indefinite or bare or noun.tag_ in ("NNS", "NNPS")) or not _tells_nothing(noun):
        return False
    others = [each for each in conjuncts(conjuncts_head(noun)) if each != noun]
    if bare:
        # `assassination, murder, or other unlawful killing`
        return any(lemma_of(each) in _CRIMES for each in others)
    if not indefinite and any(lemma_of(each) in _CRIMES and _tells_nothing(each) for each in others):
        return True
    first = conjuncts_head(noun)
    if first.dep_ not in ("pobj", "dobj"):
        return False
    over = first.head.head if first.dep_ == "pobj" else first.head
    if lemma_of(over) in _WORRYING:
        return not indefinite
    if first.dep_ == "pobj" and first.head.lower_ == "of" and not indefinite:
        return _is_anyone(over, whose=True)  # `victims of shootings`
    if first.dep_ != "pobj" or first.head.lower_ not in ("after", "by", "following"):
        return False
    return any(_is_anyone(each) for each in ((*surface_subject(over), *patients(over)) if is_verb(over) else (over,)))


def _tells_nothing(noun: Token) -> bool:
    """Whether no word of a noun's own says which one, where, when or against whom."""
    return not any(
        (child.dep_ in ("acl", "relcl", "nummod", "poss") and child.lower_ != "happening")
        or (child.dep_ == "prep" and child.lower_ != "of")
        or child.lower_ in _BACK
        or child.ent_type_ in _PRECISE
        for child in noun.children
    )


def _is_anyone(noun: Token, *, whose: bool = False) -> bool:
    """`people`, `their lives`, and not `two people`, `the families of Uvalde`; `whose`: whatever follows after `of` or `in`."""
    plural = noun.tag_ in ("NNS", "NNPS") or lemma_of(noun) == "people"
    if not plural or lemma_of(noun) not in _ANYONE:
        return False
    return not any(
        child.dep_ in ("det", "nummod") or (not whose and child.dep_ == "prep" and child.lower_ in _WHICH) or child.ent_type_ == "CARDINAL"
        for child in noun.children
    )


def _purposed(noun: Token) -> bool:
    """`the territory is not used for launching terrorist attacks`, `who intend to commit attacks`: what some would do against nobody that is named."""
    verb = conjuncts_head(noun).head
    if conjuncts_head(noun).dep_ != "dobj" or noun.tag_ != "NNS" or verb.tag_ not in ("VB", "VBG") or not _tells_nothing(noun):
        return False
    return any(lemma_of(each) in _PURPOSES for each in itertools.islice(verb.ancestors, 4))


def _undergone(noun: Token) -> bool:
    """`too many women continue to face attacks`: what people suffer at all, by no hand, on no day and at no place."""
    verb = conjuncts_head(noun).head
    if conjuncts_head(noun).dep_ != "dobj" or noun.tag_ != "NNS" or lemma_of(verb) not in _UNDERGOING or not _tells_nothing(noun):
        return False
    subjects = surface_subject(verb)
    return bool(subjects) and all(_is_anyone(each, whose=True) for each in subjects)


def _suffered_by_anyone(verb: Token) -> bool:
    """`people who have been shot`, `as Jews are attacked`: what befalls people at all."""
    if not is_passive(verb) or any(child.dep_ == "agent" for child in verb.children):
        return False
    if not any(child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBZ", "VBP", "MD") for child in verb.children):
        return False
    if any(each.ent_type_ in _PRECISE or each.dep_ == "advcl" for child in verb.children if child.i > verb.i for each in child.subtree):
        return False
    subjects = surface_subject(verb)
    return bool(subjects) and all(_is_anyone(each) for each in subjects)


def _is_changed(count: Token) -> bool:
    """`reduced the number of shootings`, and not `injured in a number of attacks`."""
    return count.dep_ in ("dobj", "nsubj", "nsubjpass") and is_verb(count.head)
