"""Repairs of a parse: what the small models are known to get wrong and the words themselves decide.

Each repair changes heads and labels of a `Doc` in place, and none moves a token: offsets stay. They run once, right after the parser, so that everything
behind them can trust the labels.
"""

from __future__ import annotations

from spacy.attrs import DEP, HEAD, ORTH
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from transforms.language.words import word_set

_TAKES_OBJECT = word_set("repairs", "takes_object")
_GENERATIONS = word_set("repairs", "generations")
_SUBJECTS = ("nsubj", "nsubjpass")
# Of whom it is said right behind the noun whose they are: `officials from Japan`.
_DELEGATES = word_set("repairs", "delegates")
_PREPOSITIONAL = ("prep", "agent", "dative")
# A string's number is its hash, the same in every vocabulary.
_GENERATION_IDS, _DELEGATE_IDS, _PREPOSITIONAL_IDS = (frozenset(map(get_string_id, words)) for words in (_GENERATIONS, _DELEGATES, _PREPOSITIONAL))
_POBJ, _MARK, _AGENT, _NMOD = map(get_string_id, ("pobj", "mark", "agent", "nmod"))
# Heads are differences, written as unsigned numbers.
_WRAP = 1 << 64


def repair(doc: Doc) -> Doc:
    """Repairs the parse of one sentence in place.

    Args:
        doc: A parsed sentence.

    Returns:
        The same Doc.
    """
    if not doc.has_annotation("DEP"):
        return doc
    rows = doc.to_array([ORTH, DEP, HEAD]).tolist()
    for i, (word, _, _) in enumerate(rows):
        if word in _GENERATION_IDS:
            _attach_generation(doc[i])
    # Most prepositions have their object behind them, and nothing is to be looked for.
    served = {over for i, (_, label, head) in enumerate(rows) if label == _POBJ and (over := (i + head) % _WRAP) < i}
    for i, (word, label, _) in enumerate(rows):
        if label in _PREPOSITIONAL_IDS and i not in served:
            _give_preposition_its_object(doc[i])
        if label == _MARK:
            _free_preposition_of_infinitive(doc[i])
        if word in _DELEGATE_IDS and i:
            _join_delegates(doc[i])
        if label == _AGENT:
            _free_active_verb_of_agent(doc[i])
        if label == _NMOD:
            _join_owned_names(doc[i])
    return doc


def _attach_generation(token: Token) -> None:
    """`Joseph R. Biden, Jr. spoke`: what follows a name is no second subject."""
    if token.text not in _GENERATIONS or token.i < 2 or token.dep_ not in (*_SUBJECTS, "conj", "appos", "dep", "npadvmod", "ROOT"):
        return
    name = token.doc[token.i - 1]
    if name.text == "," and token.i >= 2:
        name = token.doc[token.i - 2]
    if name.pos_ != "PROPN" or name == token:
        return
    if token.dep_ == "ROOT" or name in token.subtree:
        return
    if name.dep_ == "compound" and name.head == token:
        return
    token.head = name
    token.dep_ = "appos"


def _join_owned_names(name: Token) -> None:
    """`met Kenya's A and Rwanda's B`: two names side by side, and not the first a part of the second."""
    other = name.head
    owner = next((child for child in name.children if child.dep_ == "conj"), None)
    if name.pos_ != "PROPN" or other.pos_ != "PROPN" or owner is None or owner.pos_ != "PROPN" or not name.i < owner.i < other.i:
        return
    if not any(child.dep_ == "case" for child in owner.children) or not any(child.dep_ == "cc" and child.i < owner.i for child in name.children):
        return
    over, label = other.head, other.dep_
    name.head, name.dep_ = (name if over == other else over), label
    other.head, other.dep_ = name, "conj"
    owner.head, owner.dep_ = other, "poss"


def _give_preposition_its_object(preposition: Token) -> None:
    """`spoke with Prime Minister A of B to congratulate him`: the noun phrase behind a bare preposition is its object, not the infinitive's subject."""
    if preposition.dep_ not in _PREPOSITIONAL or preposition.lower_ not in _TAKES_OBJECT or preposition.i + 1 >= len(preposition.doc):
        return
    clause = next((child for child in preposition.children if child.dep_ == "pcomp"), None)
    if any(child.i > preposition.i and child != clause and child.dep_ in ("pobj", "prep", "amod", "advmod", "mark") for child in preposition.children):
        return
    following = preposition.doc[preposition.i + 1]
    noun = next((each for each in (following, *following.ancestors) if each.dep_ in (*_SUBJECTS, "ROOT")), following)
    if noun.dep_ not in _SUBJECTS or noun.left_edge != following or noun.pos_ not in ("PROPN", "NOUN", "PRON"):
        return
    verb = noun.head
    if clause is None and (verb == preposition.head or verb in preposition.ancestors or verb.i < noun.i):
        return
    if not any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children) or (clause is not None and clause != verb):
        return
    noun.head, noun.dep_ = preposition, "pobj"
    if clause is not None:
        clause.head, clause.dep_ = preposition.head, "advcl"


def _join_delegates(noun: Token) -> None:
    """`met with Admiral A, Commander, B Command and officials from Japan`: beside the one who is named, and `from Japan` is said of them."""
    over = noun.head
    while noun.dep_ == "conj" and over.dep_ == "conj" and over.head.i < over.i:
        over = over.head
    if noun.dep_ == "conj" and over.dep_ == "appos" and over.head.pos_ == "PROPN":
        noun.head = over.head
    if noun.i + 1 < len(noun.doc):
        behind = noun.doc[noun.i + 1]
        if behind.dep_ == "prep" and behind.lower_ in ("from", "of") and behind.head.i < noun.i and behind.head.pos_ in ("NOUN", "PROPN"):
            behind.head = noun


def _free_preposition_of_infinitive(mark: Token) -> None:
    """`spoke today with Prime Minister A of B to discuss trade`: who stands behind `with` is its object, and no subject of what they spoke for."""
    verb = mark.head
    noun = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if mark.lower_ not in ("with", "between", "alongside") or noun is None or noun.left_edge.i != mark.i + 1 or verb.head.i > mark.i:
        return
    if any(child.dep_ == "aux" and child.lower_ == "to" and child.i > noun.i for child in verb.children):
        mark.head, mark.dep_ = verb.head, "prep"
        noun.head, noun.dep_ = mark, "pobj"


def _free_active_verb_of_agent(token: Token) -> None:
    """`talked by video link`: a verb in the active has no agent."""
    if token.dep_ != "agent":
        return
    verb = token.head
    if (
        verb.tag_ in ("VBD", "VBZ", "VBP", "VB", "VBG")
        and any(child.dep_ == "nsubj" for child in verb.children)
        and not any(child.dep_ == "auxpass" for child in verb.children)
    ):
        token.dep_ = "prep"
