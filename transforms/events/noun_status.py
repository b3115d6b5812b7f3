"""Whether an event that a noun names has happened: its modifiers, the verb that it makes one trigger with, and the words over it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from transforms.events.status import Status, fate_of, is_negated, negate, status_words, turn, was_to_be
from transforms.events.syntax import ancestors, is_verb
from transforms.events.verb_status import is_asked_for, verb_status
from transforms.language.parse import Token
from transforms.language.words import word_set

_SPELLS = word_set("judging", "spells")
_EFFECTS = word_set("judging", "effects")
_COMING_FOR = word_set("judging", "coming_for")
# With these what will go on is a session to come: `will continue tomorrow`.
_COMING = word_set("judging", "to_come")


def noun_status(noun: Token, light: Token | None, overrides: Mapping[str, str] | None = None, *, retold: bool = False) -> Status:
    """The status of the event that a noun names, from its modifiers and from the verb or preposition over it.

    Args:
        noun: The trigger.
        light: The verb that the noun makes one trigger with (`held talks`), if there is one.
        overrides: Words that say another status of this type of event.
        retold: Events of this type are discussed, answered and mourned after they have happened, whatever the tense of that.
    """
    words = status_words()
    if overrides:
        words = dataclasses.replace(words, governors={**words.governors, **overrides})
    if light is not None and light.dep_ == "relcl" and light.head == noun and any(each.dep_ == "dobj" and each.pos_ == "NOUN" for each in light.children):
        light = None  # `the meeting in Rome, where they will continue the conversation`
    if light is not None and light.lemma_ == "call" and _is_named_so(light):
        light = None  # `for what he called a difficult conversation`
    if any(child.lower_ == "pending" for child in noun.children):
        return Status("planned", "pending")
    if light is not None and words.governors.get(light.lemma_.lower()) == "cancelled" and noun.dep_ in ("dobj", "nsubjpass"):
        above = verb_status(light)
        if above.value != "denied":
            return Status("ongoing" if is_asked_for(light) else "cancelled", light.lemma_.lower())
    if is_negated(noun):
        return Status("denied", "no")
    fate = fate_of(noun)
    if fate in ("cancelled", "denied", "proposed") and verb_status(noun.head).value in ("occurred", "denied"):
        return Status(fate, noun.head.lemma_.lower())
    for child in noun.children:
        if (
            child.dep_ in ("amod", "compound", "nmod")
            and not (child.lower_ == "due" and child.nbor().lower_ == "to")
            and not (child.i and child.nbor(-1).text in ("-", "–"))  # `Iran-backed attacks`
            and (status := words.governors.get(child.lower_) or (words.governors.get(child.lemma_.lower()) if child.pos_ in ("ADJ", "VERB") else None))
            and (
                child.lower_ == "next"
                or status in ("planned", "proposed", "cancelled", "ongoing")
                or child.lower_ in ("previous", "recent", "past", "earlier", "last", "latest")
            )
        ):
            if light is not None and status == "ongoing" and (held := verb_status(light)).value in ("planned", "proposed"):
                return held  # `agreed to hold regular meetings`
            return Status(status, child.lower_, background=status == "occurred")
    over = noun.head
    if light is not None and light.head == noun and noun.dep_ == "nsubj" and is_verb(over) and words.governors.get(over.lemma_.lower()) == "cancelled":
        # `Talks in Rome mediated by Oman broke down`: the verb of the sentence, and not the one of the clause behind the noun
        light = None
    if light is not None:
        lemma = light.lemma_.lower()
        above = verb_status(light)
        status = words.governors.get(lemma)
        if lemma == "call" and any(child.dep_ == "prt" and child.lower_ == "off" for child in light.children):
            status = "cancelled"
        if lemma in ("ramp", "step") and any(child.dep_ == "prt" and child.lower_ == "up" for child in light.children):
            status = "ongoing"
        if lemma == "rule":
            status = "denied"
        if lemma == "open" and noun.lower_ == "fire":
            status = None  # who opens fire is not ready to
        if lemma == "commit" and noun.dep_ in ("dobj", "nsubjpass"):
            status = None  # who commits an attack does not commit to one
        if lemma in ("break", "walk", "pull") and not any(child.lower_ in ("off", "down", "out", "away") for child in light.children):
            status = None
        if (
            lemma in ("call", "set", "look", "open", "back", "support", "order", "announce", "need", "want", "invite")
            and status is not None
            and noun.dep_ == "dobj"
            and lemma in ("set", "look", "support", "back")
        ):
            status = "planned" if lemma == "set" else None
        if status == "ongoing":
            coming = any(each.lower_ in _COMING for each in light.subtree)
            goes_on = lemma == "continue" and above.value == "planned" and above.governor != "would" and not coming
            return above if above.value != "occurred" and not goes_on else Status("ongoing", lemma)
        if status == "occurred" and lemma in ("end", "fail"):
            return Status("occurred", lemma) if above.value in ("occurred", "ongoing", "denied") else above
        if status in ("planned", "proposed", "cancelled", "denied"):
            if above.value == "denied":
                return Status(negate(status, lemma), lemma)
            if status == "cancelled" and above.value in ("planned", "proposed"):
                return Status("ongoing" if is_asked_for(light) else "cancelled", lemma)
            return Status(status, lemma)
        if above.value == "occurred" and above.governor is None and light.tag_ == "VBG" and light.dep_ == "ROOT":
            return Status("ongoing", lemma)
        return above
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.head.lemma_ == "be" and noun.head.head.tag_ in ("VBZ", "VBP"):
        held = verb_status(noun.head.head)
        return Status("ongoing", "in") if held.value == "occurred" else held  # `is in talks with`
    if noun.dep_ == "pobj" and noun.head.lower_ == "to" and noun.head.head.lemma_ == "invite" and is_negated(noun.head.head):
        # who is not invited to a summit does not undo it
        return Status("planned") if verb_status(noun.head.head).governor else Status("occurred", background=True)
    if noun.dep_ == "pobj" and noun.head.lower_ == "for" and noun.head.head.lemma_ == "be":
        planned = next((each for each in noun.head.head.children if each.dep_ == "acomp" and words.governors.get(each.lower_) == "planned"), None)
        if planned is not None:
            return Status("planned", planned.lower_)  # `is due in Tehran for talks`
    if noun.dep_ == "pobj" and noun.head.lower_ == "for" and is_verb(noun.head.head) and noun.head.head.lemma_ in _COMING_FOR:
        journey = verb_status(noun.head.head)
        if journey.value != "occurred":
            return journey  # `will be in Rome on Friday for meetings`
    loose = False
    for head, label in ancestors(noun, 5):
        lower = head.lower_
        if label == "csubj":
            label = "nsubj"
        if head.tag_ == "VBG" and label == "conj" and head.dep_ in ("pobj", "pcomp", "dobj", "nsubj"):
            continue  # `by shelling and airstrikes`
        if head.pos_ in ("ADP", "SCONJ") and lower not in ("of", "for", "to", "on", "about", "into", "with", "in"):
            loose = True
        if head.lemma_ in ("sideline", "margin"):
            if any(each.lower_ == "today" for each in noun.doc):
                return Status("ongoing", lower)  # `met today on the margins of the summit`
            loose = True
        if (head.pos_ in ("ADP", "SCONJ") or (lower == "following" and label in ("pobj", "dobj"))) and lower in words.prepositions:
            if lower in ("at", "from", "during", "upon", "amid"):
                continue
            if retold and lower == "before" and head.head.tag_ in ("VBD", "VBN"):
                return Status("occurred", background=True)  # `arrived in Paris shortly before the attack`
            return Status(words.prepositions[lower], lower, background=words.prepositions[lower] == "occurred")
        if (head.pos_ == "ADV" and lower == "ahead") or (lower == "advance" and head.head.lower_ == "in"):
            return Status("planned", lower)
        if head.pos_ in ("NOUN", "ADJ") or is_verb(head):
            lemma = head.lemma_.lower()
            found = words.governors.get(lemma)
            if found == "planned" and was_to_be(head):
                found = "cancelled"
            if lemma == "call" and is_verb(head) and (label == "oprd" or (noun.head == head and (retold or _is_named_so(head)))):
                found = None  # `called the attacks barbaric`
            if lemma == "confirm" and retold:
                found = None  # `confirmed strikes on five bases`
            if lemma == "decline" and label == "nsubj":
                found = None  # attacks that decline are not refused
            if retold and lemma in words.answers and not is_verb(head):
                return Status("occurred", background=True)
            if retold and is_verb(head) and lemma in words.retelling and label in ("dobj", "nsubjpass", "prep", "pobj"):
                return Status("occurred", background=True)
            if is_verb(head) and loose:
                above = verb_status(head)
                if above.value in ("planned", "proposed") and above.governor in words.modals:
                    return above
                through = next((a for a, _ in ancestors(noun, 3) if a.pos_ == "ADP"), None)
                return Status("occurred", background=through is None or through.lower_ not in ("at", "during", "by", "from"))
            if is_verb(head):
                if label == "nsubj" and lemma == "be" and head.tag_ in ("VBZ", "VBP") and any(child.lower_ == "still" for child in head.children):
                    return Status("ongoing", "still")
                if label == "nsubj" and lemma == "be" and any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in head.children):
                    return Status("planned", "be to")  # `A new round is to begin in May`
                if (
                    label == "nsubj"
                    and lemma == "be"
                    and any(child.lower_ == "likely" and any(is_verb(each) for each in child.children) for child in head.children)
                ):
                    return Status("planned", "likely")  # `Talks are likely to start in May`
                if (
                    label == "nsubj"
                    and lemma == "get"
                    and any(each.lower_ in ("way", "underway") and each.i - head.i < 3 for each in head.subtree if each.i > head.i)
                ):
                    return Status("ongoing", "under way")
                if label == "nsubj" and _moves_on(head):
                    return Status("ongoing", lemma)
                if retold and label == "nsubj" and _has_effects(noun, head):
                    return Status("ongoing", lemma)
                if label in ("nsubj", "nsubjpass") and lemma == "be":
                    said = next(
                        (
                            words.governors[child.lower_]
                            for child in head.children
                            if child.dep_ in ("acomp", "attr", "advmod", "prep", "oprd")
                            and child.lower_ in words.governors
                            and not (child.lower_ == "due" and any(each.lower_ == "to" and each.dep_ in ("prep", "pcomp") for each in child.children))
                        ),
                        None,
                    )
                    if said is not None:
                        return Status(words.negated.get(said, said) if is_negated(head) else said, lemma)
                if label in ("nsubj", "nsubjpass"):
                    if found in ("cancelled", "ongoing", "denied") or (found == "planned" and label == "nsubjpass"):
                        above = verb_status(head)
                        if lemma == "continue" and above.value == "planned":
                            return Status("planned" if any(each.lower_ in _COMING for each in head.subtree) else "ongoing", lemma)
                        if found == "cancelled" and above.value == "denied":
                            # `bombings have not abated`
                            return Status("ongoing", lemma)
                        return (
                            Status("denied" if above.value == "denied" and found != "cancelled" else found, lemma)
                            if above.value in ("occurred", "denied", "ongoing")
                            else above
                        )
                    return verb_status(head)
                if found in ("planned", "proposed") and label == "prep" and _is_circumstance(noun, head):
                    above = verb_status(head)
                    if found == "planned" and head.tag_ in ("VBZ", "VBP") and any(each.dep_ == "xcomp" for each in head.children):
                        return Status("planned", lemma)  # `During the meeting they plan to discuss trade`
                    return above if above.value in ("planned", "proposed") else Status("occurred", background=above.background)
                if found in ("planned", "proposed", "cancelled", "denied"):
                    above = verb_status(head)
                    return Status(negate(found, lemma) if above.value == "denied" else found, lemma)
                if found == "ongoing":
                    return Status("ongoing", lemma)
                above = verb_status(head)
                if above.value == "denied":
                    return Status("occurred", background=True)
                if label in ("pobj", "prep", "pcomp", "agent") or above.value == "occurred":
                    # `killed in a wave of strikes`
                    through = next((a for a, _ in ancestors(noun, 3) if a.pos_ == "ADP" and a.lower_ != "of"), None)
                    news = label == "dobj" or (through is not None and through.lower_ in ("in", "by", "from", "at", "during", "on") and through.head == head)
                    return Status("occurred", background=not news or above.background)
                if above.value == "ongoing" and found in (None, "occurred") and not above.governor:
                    # `police are investigating a shooting`: the inquiry goes on
                    return Status("occurred", background=True)
                return Status("occurred", background=True) if head.lemma_ in words.telling else above
            if found in ("planned", "proposed", "cancelled", "denied") and label in ("prep", "pobj", "acl", "compound", "poss"):
                return turn(found, head)
    return Status("occurred", background=True)


def _is_named_so(call: Token) -> bool:
    """`what she called a frank talk`."""
    return any(child.lower_ == "what" for child in call.children)


def _is_circumstance(noun: Token, verb: Token) -> bool:
    """`In a telephone call with him she urged restraint`: where something is said, not what it asks for."""
    over = noun.head
    if over.lower_ == "on" and verb.lemma_ in ("agree", "decide", "insist", "press", "push"):
        return False
    return over.head == verb and over.lower_ in ("in", "at", "during", "over", "by", "on") and over.dep_ == "prep"


def _moves_on(verb: Token) -> bool:
    """`The talks moved into their sixth day`."""
    return verb.lemma_ in ("drag", "go", "move", "stretch") and any(
        each.dep_ == "prep" and each.lower_ in ("in", "into") and any(noun.lemma_ in _SPELLS for noun in each.children) for each in verb.children
    )


def _has_effects(noun: Token, verb: Token) -> bool:
    """`Attacks on ships have pushed rates up`: what many attacks have brought about but the dead, they bring about as long as they go on."""
    if noun.tag_ != "NNS" or verb.lemma_ not in _EFFECTS or any(each.dep_ in ("det", "nummod") for each in noun.children):
        return False
    return verb.tag_ == "VBN" and any(each.dep_ == "aux" and each.lower_ in ("has", "have") for each in verb.children)
