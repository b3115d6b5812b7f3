"""What a step gives: words for assistance, money meant as such, goods and arms, bare sums, and words that point back to what was told."""

from __future__ import annotations

import dataclasses
import enum
import functools
import itertools
import re

from spacy.tokens import Token

from transforms.events.candidates import Candidate, lemma_of, theme_tokens
from transforms.events.frames import Frame
from transforms.events.memory import DocumentMemory
from transforms.events.parties import noun_phrase
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import modifiers, prepositions

_MONEY = re.compile(r"(?i)[$€£¥]|\b(?:million|billion|trillion|dollars?|euros?|pounds?)\b")
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "such", "our"})
_BACK_REACH = 1200
"""How far behind, in code points, a step that was told can stand for `the package` to mean what it gave."""


class Kind(enum.IntEnum):
    """How sure a word is that something is given as assistance, the surest first."""

    AID = 0
    """A word for assistance: `aid`, `military support`, `a relief package`."""
    FINANCE = 1
    """Money that may be assistance or not: `loan`, `grant`, `funding`."""
    DELIVERY = 2
    """Goods on their way: `weapons shipments`."""
    GOODS = 3
    """Things that may be given or sold: `missiles`, `vaccines`."""
    SUM = 4
    """A bare sum: `$20 million`."""
    TOLD = 5
    """A word that points back to what a step before gave: `the package`, `these doses`."""
    ACT = 6
    """The verb itself says what is given: `arm`, `train`."""


@dataclasses.dataclass(frozen=True)
class Thing:
    """What a step is about."""

    token: Token
    kind: Kind
    abroad: bool
    """Its words say that it is for others than a state's own people: `foreign aid`, `military assistance`."""


def find_thing(sentence: ParsedSentence, candidate: Candidate, memory: DocumentMemory | None) -> Thing | str:
    """The surest thing that a candidate step decides on.

    Returns:
        The thing, or what speaks against one.
    """
    frame, trigger = candidate.frame, candidate.trigger
    if trigger.theme == ("act",):
        return Thing(candidate.token, Kind.ACT, abroad=False)
    if trigger.theme == ("self",) and candidate.token.dep_ == "compound" and candidate.token.head.i > candidate.token.i:
        return "part of another noun"
    if trigger.theme == ("any",):
        return Thing(candidate.token, Kind.AID, abroad=True)
    found: list[Thing] = []
    reason = "nothing given that counts as assistance"
    for token in theme_tokens(candidate):
        kind = kind_of(sentence, frame, token)
        if kind is None:
            continue
        word = _word_against(frame, candidate, token, kind)
        if word is not None:
            reason = f"{word!r} beside it says that it is no assistance"
            continue
        if trigger.things and kind.name.lower() not in trigger.things:
            reason = "what is given is too vague for this word"
            continue
        found.append(Thing(token, kind, abroad=bool(_words_before(token) & frame.lexicons["abroad"])))
    if found:
        return min(found, key=lambda each: each.kind)
    for token in theme_tokens(candidate):
        if token.lower_ in _PRONOUNS and (meant := _antecedent(sentence, frame, token)) is not None:
            return meant
    told = memory.last_told(frame.event_type) if memory is not None else None
    if told is not None and candidate.token.idx + sentence.offset - told.position < _BACK_REACH and (not trigger.things or "told" in trigger.things):
        for token in theme_tokens(candidate):
            if _points_back(frame, token):
                return Thing(token, Kind.TOLD, abroad=False)
    return reason


def thing_missing(sentence: ParsedSentence, candidate: Candidate) -> str | None:
    """What speaks against a thing that a candidate step decides on, whatever was told before it; None where it may have one."""
    found = find_thing(sentence, candidate, None)
    if not isinstance(found, str) or any(_points_back(candidate.frame, token) for token in theme_tokens(candidate)):
        return None
    return found


_PRONOUNS = frozenset({"it", "them", "those"})


def _antecedent(sentence: ParsedSentence, frame: Frame, pronoun: Token) -> Thing | None:
    """What `them` stands for in `asked for missiles, but Berlin refused to supply them`: the last thing of its number before it."""
    for token in reversed(sentence.doc[: pronoun.i]):
        if token.pos_ in ("NOUN", "PROPN") and (token.tag_ in ("NNS", "NNPS")) == (pronoun.lower_ != "it") and token.dep_ not in ("compound", "nmod"):
            kind = kind_of(sentence, frame, token)
            if kind is not None:
                return Thing(token, Kind.TOLD, abroad=False)
    return None


def kind_of(sentence: ParsedSentence, frame: Frame, token: Token) -> Kind | None:
    """What kind of thing a noun is, None where it is none."""
    lexicons = frame.lexicons
    lemma = lemma_of(token)
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "SYM", "VERB", "X"):
        return None
    before = _words_before(token)
    if before & lexicons["domestic"]:
        return None
    following = sentence.doc[token.i + 1].lemma_.lower() if token.i + 1 < len(sentence.doc) else ""
    if lemma in lexicons["aid_nouns"]:
        compound = token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i
        return None if compound and following in lexicons["not_aid"] else Kind.AID
    if lemma in lexicons["support_nouns"]:
        if before & (lexicons["kinds"] | lexicons["aid_nouns"]) or _holds_aid(sentence, frame, token):
            return Kind.AID
        if lemma in lexicons["paid_nouns"] and _MONEY.search(_phrase(token)):
            return Kind.AID
        if before & lexicons["finance_nouns"]:
            return Kind.FINANCE
    if lemma in lexicons["carriers"] | lexicons["measures"]:
        if before & lexicons["aid_nouns"] or (lemma in lexicons["measures"] and _holds_aid(sentence, frame, token)):
            return Kind.AID
        if before & lexicons["finance_nouns"]:
            return Kind.FINANCE
    if lemma in lexicons["finance_nouns"]:
        return Kind.AID if before & (lexicons["kinds"] | lexicons["aid_nouns"]) else Kind.FINANCE
    forms = {lemma, token.lower_, token.lower_.removesuffix("s")}
    if lemma in lexicons["deliveries"]:
        return Kind.DELIVERY
    if forms & (lexicons["arms"] | lexicons["goods"]):
        return Kind.GOODS
    if _is_sum(token):
        return Kind.SUM
    return None


@functools.cache
def _sum_words() -> frozenset[str]:
    return frozenset({"billion", "million", "trillion", "dollar", "euro", "pound", "yen", "yuan", "franc", "crown", "krone", "krona", "$", "€", "£", "¥"})


def _is_sum(token: Token) -> bool:
    """A sum of money that stands alone: `pledged $2 billion to Ukraine`."""
    return token.lemma_.lower() in _sum_words() or token.text in _sum_words() or (token.pos_ == "NUM" and _MONEY.search(_phrase(token)) is not None)


def _words_before(token: Token) -> set[str]:
    """The words that modify a noun, in all their forms, through its coordination: `military and economic aid`."""
    found = {word for child in modifiers(token) for word in {lemma_of(child), child.lower_, *child.lower_.split("-")}}
    found |= {lemma_of(child) for child in token.children if child.dep_ == "poss"}
    if token.dep_ == "conj" and not any(child.dep_ in ("amod", "compound", "det", "nummod") for child in token.children):
        # `military aid and assistance`
        found |= {word for child in modifiers(token.head) for word in {lemma_of(child), child.lower_}}
    return found


def _phrase(token: Token) -> str:
    first, last = noun_phrase(token)
    return token.doc[first:last].text


def _holds_aid(sentence: ParsedSentence, frame: Frame, token: Token) -> bool:
    """`a package of loans`, `delivery of weapons`, `support for the rebuilding of Ukraine`, `support for the flow of food aid`."""
    lexicons = frame.lexicons
    for word, objects in prepositions(token):
        heads = {lemma_of(each) for each in objects}
        if word in ("of", "in", "with") and heads & (lexicons["aid_nouns"] | lexicons["arms"] | lexicons["goods"] | lexicons["finance_nouns"]):
            return True
        if word in ("for", "including") and any(
            kind_of(sentence, frame, inner) is Kind.AID
            for each in objects
            for inner in itertools.islice(each.subtree, 12)
            if inner != token and inner.i > token.i
        ):
            return True
        if word in ("for", "of") and any(lemma_of(inner) in lexicons["arms"] | lexicons["repairs"] for each in objects for inner in each.subtree):
            return True
    return False


def _word_against(frame: Frame, candidate: Candidate, token: Token, kind: Kind) -> str | None:
    """A word of trade, courts or business around a thing that is no word for assistance itself."""
    if kind is Kind.AID:
        return None
    bad = frame.lexicons["not_given"]
    for each in [*itertools.islice(token.subtree, 30), *itertools.islice(token.ancestors, 4)]:
        # A capital letter makes a name of it: `Extraordinary Revenue Acceleration loans`.
        if (lemma_of(each) in bad or each.lower_ in bad) and each != candidate.token and not (each.pos_ == "PROPN" and each.is_title):
            return str(each.text)
    return None


def _points_back(frame: Frame, token: Token) -> bool:
    lexicons = frame.lexicons
    lemma = lemma_of(token)
    if _words_before(token) & lexicons["domestic"]:
        return False
    if lemma not in lexicons["support_nouns"] | lexicons["finance_nouns"] | lexicons["aid_nouns"]:
        return False
    if lemma in lexicons["moral_nouns"]:
        # `the support already provided by …`
        return any(child.dep_ in ("acl", "relcl") for child in token.children)
    return any(child.dep_ in ("det", "poss") and child.lower_ in _DEFINITE for child in token.children)
