"""The statuses of events and the words of `seeds/status.toml` that give them: a governor, a preposition, a negation, what became of a plan."""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import tomllib
from collections.abc import Mapping

from transforms.events.syntax import is_verb
from transforms.language.parse import Token
from transforms.language.words import word_set


@dataclasses.dataclass(frozen=True, slots=True)
class Status:
    """What the text says of an event's happening.

    `governor` is the lemma of the word that decided, None where tense alone did. `background`: told as a noun or in the pluperfect beside other news, so that
    publication day is not its date. `future`: the direction in which its time expressions resolve.
    """

    value: str
    governor: str | None = None
    background: bool = False
    conditional: bool = False

    @property
    def future(self) -> bool:
        """Whether time expressions of the event look ahead."""
        return self.value in ("planned", "proposed", "cancelled") and not self.background


@dataclasses.dataclass(frozen=True)
class StatusWords:
    """The tables of `seeds/status.toml`."""

    governors: Mapping[str, str]
    prepositions: Mapping[str, str]
    modals: Mapping[str, str]
    plans: Mapping[str, str]
    negated: Mapping[str, str]
    telling: frozenset[str]
    retelling: frozenset[str]
    answers: frozenset[str]
    occasions: frozenset[str]
    journeys: frozenset[str]
    achieving: frozenset[str]
    wielding: frozenset[str]


@functools.cache
def status_words() -> StatusWords:
    """The words that decide a status, each with the status that it gives."""
    table = tomllib.loads(importlib.resources.files("seeds").joinpath("status.toml").read_text("utf-8"))
    invert = lambda entry: {word: status for status, words in entry.items() for word in words}  # noqa: E731
    return StatusWords(
        invert(table["governors"]),
        invert(table["prepositions"]),
        table["modals"],
        invert(table["plans"]),
        table["negated"],
        frozenset(table["telling"]["verbs"]),
        frozenset(table["retelling"]["verbs"]),
        frozenset(table["retelling"]["nouns"]),
        frozenset(table["occasions"]["nouns"]),
        frozenset(table["journeys"]["nouns"]),
        frozenset(table["purposes"]["achieving"]) | word_set("roles", "wielding"),
        word_set("roles", "wielding"),
    )


def is_negated(token: Token) -> bool:
    """Whether a word is negated by `not`, `never`, or `no` before a noun."""
    if any(child.dep_ == "neg" and not _is_superlative(child) for child in token.children):
        return True
    if any(child.dep_ in ("det", "advmod", "preconj") and child.lower_ in ("no", "neither", "never") for child in token.children):
        return True
    if any(child.dep_ == "nsubj" and any(each.lower_ == "neither" for each in (child, *child.children)) for child in token.children):
        return True  # `Neither general will sit down with the other`
    return is_no_longer(token)


def _is_superlative(negation: Token) -> bool:
    """`has never been more urgent than`: what is so more than ever."""
    return negation.lower_ == "never" and any(each.tag_ in ("JJR", "RBR") for each in negation.doc[negation.i + 1 : negation.i + 4])


def is_no_longer(token: Token) -> bool:
    """Whether a verb tells what was and has ended: `will no longer send`."""
    return any(child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no" for child in token.children)


def turn(status: str, governor: Token) -> Status:
    """A governing word's status, turned where the word itself is negated, refused or called off in its turn."""
    negated = is_negated(governor) or any(child.dep_ == "aux" and child.lower_ in ("wo", "n't") for child in governor.children)
    if negated:
        return Status(negate(status, governor.lemma_.lower()), governor.lemma_.lower())
    if status == "planned" and was_to_be(governor):
        return Status("cancelled", governor.lemma_.lower())
    return Status(fate_of(governor) or status if status in ("planned", "proposed") else status, governor.lemma_.lower())


def was_to_be(governor: Token) -> bool:
    """`had been expected to meet`, `had been due to visit`: a plan told as one that was, because nothing came of it."""
    verb = governor if governor.tag_ == "VBN" else governor.head if governor.pos_ == "ADJ" and governor.head.lemma_ == "be" else None
    if verb is None or governor.lemma_.lower() not in ("due", "expect", "plan", "schedule", "set", "slate", "suppose"):
        return False
    return any(child.lower_ in ("had", "'d") for child in verb.children) and (verb.lemma_ == "be" or any(child.lower_ == "been" for child in verb.children))


def negate(status: str, lemma: str) -> str:
    """A status whose word is negated: who does not deny having met has met, who has not ruled out meeting may yet meet."""
    if status == "denied" and (lemma in ("rule", "exclude") or status_words().plans.get(lemma) == "denied") and lemma != "deny":
        return "proposed"
    return status_words().negated.get(status, status)


def fate_of(plan: Token) -> str | None:
    """What became of a plan, offer, invitation or call: `declined an invitation to meet`, `rejected the offer of talks`, `scrapped plans to visit`."""
    if plan.pos_ not in ("NOUN", "PROPN"):
        return None
    verb, label = plan.head, plan.dep_
    if label == "conj":
        verb, label = plan.head.head, plan.head.dep_
    if not is_verb(verb) or label not in ("dobj", "nsubjpass", "attr"):
        return None
    words = status_words()
    lemma = verb.lemma_.lower()
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
    found = (words.plans.get(f"{lemma} {particle}") if particle else None) or words.plans.get(lemma)
    if found is None:
        return "denied" if lemma in ("be", "have", "see") and is_negated(verb) else None
    return negate(found, lemma) if is_negated(verb) else found
