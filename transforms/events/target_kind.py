"""What kind of thing an attack hits: by the words for its target, else by where it happens, else by who is hurt."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from transforms.events.arguments import patients
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.frames import FieldFrame
from transforms.events.parties import noun_phrase
from transforms.events.person_groups import casualty_words
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import conjuncts, is_verb, prepositions
from transforms.events.targets import harmed
from transforms.events.wording import Wording
from transforms.language.parse import Token
from transforms.language.words import word_set

# Prepositions before where an attack happens.
_AT = word_set("target_kind", "at")
# Parts of what is hit: `the roof of the cabinet building`.
_PARTS = word_set("target_kind", "parts")
# What holds no target: `on a road`.
_PASSAGES = word_set("target_kind", "passages")
_TOLL = word_set("target_kind", "toll")
# Verbs for attacks on one whose name or office is then why.
_ON_ONE = word_set("target_kind", "on_one")
# What the words before it tell the kind of: `an aid distribution site`, `a medical facility`.
_GROUNDS = word_set("target_kind", "grounds")
_NUMBERS = word_set("target_kind", "numbers")
_SAYING = word_set("judging", "saying")
# Attacks on whoever is there: `six people are killed in a mass shooting`.
_ON_PERSONS = word_set("target_kind", "on_persons")
# Before an attack: on whoever is there.
_AT_HAND = word_set("target_kind", "at_hand")
# Who is attacked as the person he is.
_OFFICES = word_set("target_kind", "offices")
_FACILITIES = word_set("target_kind", "facilities")
_PERSON = "person"


def kind_of_target(sentence: ParsedSentence, candidate: Candidate, filled: Filled, rivals: Sequence[Token], field: FieldFrame) -> str | None:
    """The value of the field for an attack, None where its words say nothing.

    Args:
        sentence: The parsed sentence.
        candidate: The attack.
        filled: Who attacks, and the words for what is hit.
        rivals: The triggers of the other attacks of the sentence.
        field: The field with the patterns of its values.
    """
    fixed = candidate.trigger.fields.get(field.name)
    if fixed is not None:
        return fixed  # who is assassinated is the target, whatever he commanded
    if lemma_of(candidate.token) in _ON_ONE and _names_person(candidate, filled):
        return _PERSON
    heads = [head for head in (*filled.target_heads, *harmed(candidate)) if not _is_toll(head)]
    found = [kind for head in heads if (kind := _kind_of(head, field)) is not None]
    strong = [kind for kind in found if kind != _PERSON]
    if strong:
        return strong[0]
    places = [kind for head in _places(sentence, candidate, rivals) if (kind := _kind_of(head, field, exactly=True)) not in (None, _PERSON)]
    if places:
        return places[0]
    behind = [
        kind
        for head in heads
        if lemma_of(head) not in _PARTS and (kind := _first(sentence.doc[noun_phrase(head)[0] : _clause_end(head)].text, field.values)) is not None
    ]
    if behind or found:
        return (found or behind)[0]
    if not rivals:
        # What is only somewhere in the sentence may be its dead or the attacker rather than what was hit.
        nouns = [each for each in sentence.doc if each.pos_ == "NOUN" and each.dep_ not in ("compound", "nmod")] if not heads else []
        kinds = (kind for each in nouns if (kind := _kind_of(each, field, exactly=True)) is not None and kind not in field.options["stated_only"])
        elsewhere = next(kinds, None) or _first(sentence.doc.text, field.otherwise)
        if elsewhere is not None:
            return elsewhere
    return _PERSON if _names_person(candidate, filled) or _is_on_persons(candidate) else None


def _is_toll(head: Token) -> bool:
    """`killed five people` counts the dead and names no target."""
    token = head
    while head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN", "NUM"):
        head = head.head
    return (
        head.head.lemma_ in _TOLL
        and head.dep_ in ("dobj", "nsubjpass", "conj")
        and bool({lemma_of(token), token.lower_} & _persons() or token.tag_ in ("NNPS", "CD"))
    )


@functools.cache
def _persons() -> frozenset[str]:
    groups = casualty_words()["groups"]
    return frozenset({*groups["persons"], *groups["plurals"], *groups["wholes"], *_NUMBERS})


def _kind_of(head: Token, field: FieldFrame, *, exactly: bool = False) -> str | None:
    """What kind of thing a noun phrase names, without whose it is: `a students' hostel` is a hostel.

    Args:
        head: The noun.
        field: The field with its patterns.
        exactly: Only where the noun itself is one of the words.
    """
    doc = head.doc
    told_by_others = lemma_of(head) in _PARTS or lemma_of(head) in _GROUNDS
    if exactly and not told_by_others and not any(begin < head.idx + len(head) and head.idx < end for begin, end in _spots(doc.text, field.values)):
        return None
    first, last = noun_phrase(head)
    owner = max((each.i for each in doc[first : head.i] if each.tag_ == "POS" or each.dep_ == "poss"), default=first - 1)
    own, start = doc[owner + 1 : last].text, doc[owner + 1].idx
    at, end = head.idx - start, head.idx - start + len(head.text)
    covering = [
        (match.start(), rank, value)
        for rank, (value, pattern) in enumerate(field.values)
        for match in pattern.finditer(own)
        if match.start() <= at and match.end() >= end
    ]
    whole = [each for word, objects in prepositions(head) if word == "of" for each in objects]
    if whole and lemma_of(head) in _PARTS and not any(begin < at for begin, _, _ in covering):
        inner = next((kind for each in whole if (kind := _kind_of(each, field)) is not None), None)
        if inner is not None or lemma_of(head) not in _FACILITIES:
            return inner
    before = _first(own[:end], field.values)
    if lemma_of(head) in _GROUNDS and before is not None:
        return before
    if covering or exactly:
        return min(covering)[2] if covering else None
    return before or _first(own, field.values)


# Each noun of a sentence asks for the same.
@functools.lru_cache(maxsize=16)
def _spots(text: str, values: tuple[tuple[str, Wording], ...]) -> list[tuple[int, int]]:
    """Where a text has words for any value."""
    return [match.span() for _, pattern in values for match in pattern.finditer(text)]


def _first(text: str, values: Sequence[tuple[str, Wording]]) -> str | None:
    """The value whose words stand first; the order of the values decides between those at one place."""
    found = [(match.start(), rank, value) for rank, (value, pattern) in enumerate(values) if (match := pattern.search(text))]
    return min(found)[2] if found else None


def _clause_end(head: Token) -> int:
    """Where what belongs to a noun ends, without the clauses behind it."""
    clauses = [each.left_edge.i for each in head.subtree if each.i > head.i and each.dep_ in ("relcl", "acl", "advcl", "ccomp")]
    return min([*clauses, head.right_edge.i + 1])


def _places(sentence: ParsedSentence, candidate: Candidate, rivals: Sequence[Token]) -> Iterator[Token]:
    """The nouns for where an attack happens: `at a funeral`, `outside the court`, `on a train`."""
    for token in sentence.doc:
        if token.dep_ != "pobj" or token.head.lower_ not in _AT or lemma_of(token) in _PASSAGES:
            continue
        if token.tag_ == "NN" and not any(each.i < token.i for each in token.children):
            continue  # `17 people in hospital`
        own = _steps_to(token, candidate.anchors)
        if own is not None and not any((other := _steps_to(token, (rival,))) is not None and other < own for rival in rivals):
            yield from conjuncts(token)


def _steps_to(token: Token, anchors: Sequence[Token]) -> int | None:
    """Steps in the parse from a noun to a trigger with no verb of saying between; None where it stands under another event."""
    above = [token, *token.ancestors]
    for steps, each in enumerate(above):
        if each in anchors:
            return steps
    over = {each.i: up for anchor in anchors for up, each in enumerate((anchor, *anchor.ancestors))}
    for steps, each in enumerate(above):
        if each.i in over:
            said = any(is_verb(word) and lemma_of(word) in _SAYING for word in above[: steps + 1])
            return None if said else steps + over[each.i]
    return None


def _names_person(candidate: Candidate, filled: Filled) -> bool:
    """Whether one person by name or office is who was hit or killed: `A bomb killed General Kirillov`."""
    killed = [head for verb in candidate.anchors if is_verb(verb) for head in patients(verb)]
    named = (head for head in (*filled.target_heads, *killed) if head.tag_ in ("NNP", "NN"))
    return any(lemma_of(head) in _OFFICES or (head.ent_type_ == "PERSON" and any(each.dep_ == "compound" for each in head.children)) for head in named)


def _is_on_persons(candidate: Candidate) -> bool:
    token = candidate.token
    back = any(child.dep_ == "det" and child.lower_ in ("the", "this", "that") for child in token.children)
    named = lemma_of(token) in _ON_PERSONS or (lemma_of(token) == "attack" and any(lemma_of(child) in _AT_HAND for child in token.children))
    return named and not is_verb(token) and not back
