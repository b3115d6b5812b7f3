"""Whether an event happened: tense, modals, negation, and the words over it that plan, propose, cancel or deny (`seeds/status.toml`)."""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import tomllib
from collections.abc import Mapping

from spacy.tokens import Token

from transforms.events.syntax import ancestors, governing_verb, is_verb

_SAYING = frozenset(
    [
        "say",
        "tell",
        "report",
        "state",
        "add",
        "note",
        "confirm",
        "announce",
        "claim",
        "declare",
        "believe",
        "think",
        "know",
        "show",
        "indicate",
        "find",
        "mean",
        "explain",
        "argue",
        "write",
        "reveal",
        "insist",
        "acknowledge",
        "admit",
        "allege",
        "accuse",
        "reiterate",
        "emphasize",
        "stress",
        "recall",
        "remember",
    ]
)
_CONDITIONS = frozenset({"if", "unless", "whether", "should", "lest"})
_ASPECT_ONGOING = frozenset({"continue", "keep", "resume", "begin", "start", "persist", "intensify"})


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
        frozenset(table["retelling"]["verbs"]),
        frozenset(table["retelling"]["nouns"]),
        frozenset(table["occasions"]["nouns"]),
        frozenset(table["journeys"]["nouns"]),
        frozenset(table["purposes"]["achieving"]) | frozenset(table["purposes"]["wielding"]),
        frozenset(table["purposes"]["wielding"]),
    )


def is_negated(token: Token) -> bool:
    """Whether a word is negated by `not`, `never`, or `no` before a noun."""
    if any(child.dep_ == "neg" for child in token.children):
        return True
    if any(child.dep_ in ("det", "advmod", "preconj") and child.lower_ in ("no", "neither", "never") for child in token.children):
        return True
    return is_no_longer(token)


def is_no_longer(token: Token) -> bool:
    """Whether a verb tells what was and has ended: `will no longer send`."""
    return any(child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no" for child in token.children)


def verb_status(verb: Token, depth: int = 0) -> Status:
    """The status of the event that a verb reports, from its own form and the clauses over it."""
    if depth > 8:
        return Status("occurred")
    own = _own_status(verb)
    if own is not None:
        return _conditioned(verb, own)
    head, label = verb.head, verb.dep_
    if head == verb:
        # `France to host talks`: an infinitive that rules the sentence is a headline's future
        return Status("planned", "to") if any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children) else Status("occurred")
    if label == "conj" and is_verb(head):
        return verb_status(head, depth + 1)
    if label in ("xcomp", "ccomp", "acl", "advcl", "pcomp", "relcl", "dobj", "oprd", "acomp", "nsubj", "csubj", "appos", "pobj"):
        return _governed(verb, head, label, depth)
    return Status("occurred")


def _own_status(verb: Token) -> Status | None:
    """What a verb group says by itself; None where its clause above decides (infinitives, participles, bare conjuncts)."""
    words = status_words()
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    negated = is_negated(verb)
    modal = next((aux for aux in auxiliaries if aux.tag_ == "MD"), None)
    has_to = any(aux.lower_ == "to" for aux in auxiliaries)
    if modal is not None:
        status = words.modals.get(modal.lower_, "planned")
        if modal.lower_ == "would" and _reported_in_past(verb):
            status = "planned"
        if modal.lower_ in ("would", "could", "might", "may", "should") and any(aux.lower_ == "have" for aux in auxiliaries) and modal.lower_ != "should":
            return Status("proposed", modal.lower_, conditional=True)
        if negated:
            return Status("proposed" if _has_unless(verb) else "denied", modal.lower_)
        return Status(status, modal.lower_, conditional=modal.lower_ in ("would", "could", "may", "might"))
    if has_to:
        return None
    if verb.tag_ in ("VBP", "VB") and verb.dep_ == "conj" and not auxiliaries and not any(child.dep_ == "nsubj" for child in verb.children):
        return None
    if verb.tag_ in ("VBD", "VBZ", "VBP") or any(aux.lemma_ == "do" for aux in auxiliaries):
        return Status("denied") if negated else Status("occurred")
    if verb.tag_ == "VBN":
        if any(aux.lemma_ in ("have", "be", "get") for aux in auxiliaries):
            if negated:
                return Status("denied")
            progressive = any(aux.lower_ == "being" for aux in auxiliaries)
            if progressive and len(auxiliaries) == 1 and verb.dep_ == "pcomp":
                # `before being shot dead`, `the pain of being attacked`: told as done, unless a word over it says otherwise
                return Status("occurred") if verb.head.lower_ == "before" else None
            past_perfect = any(aux.lower_ in ("had", "'d") for aux in auxiliaries)
            if progressive and any(head.lemma_ in ("show", "see", "film", "depict", "capture", "record", "hear") for head, _ in ancestors(verb, 2)):
                # `a video shows the ship being struck`
                return Status("occurred")
            return Status("ongoing") if progressive else Status("occurred", background=past_perfect)
        return None if verb.dep_ in ("conj", "xcomp", "ccomp") else Status("occurred")
    if verb.tag_ == "VBG":
        be = next((aux for aux in auxiliaries if aux.lemma_ == "be"), None)
        if be is not None:
            if negated:
                return Status("denied")
            return Status("occurred") if be.lower_ in ("was", "were") else Status("ongoing")
    if verb.tag_ == "VB" and not auxiliaries and verb.dep_ == "ROOT":
        return Status("occurred")
    return None


def _has_unless(verb: Token) -> bool:
    return any(child.dep_ == "advcl" and any(mark.lower_ in ("unless", "until") for mark in child.children) for child in verb.children)


def _reported_in_past(verb: Token) -> bool:
    return any(head.lemma_ in _SAYING and head.tag_ in ("VBD", "VBZ", "VBN") for head, label in ancestors(verb, 3) if is_verb(head))


def _conditioned(verb: Token, own: Status) -> Status:
    """A verb inside an if-clause is only possible; one whose clause a word of denying or proposing governs is what that says."""
    if any(child.dep_ == "mark" and child.lower_ in _CONDITIONS for child in verb.children) and verb.dep_ in ("advcl", "ccomp", "pcomp"):
        return Status("proposed", "if", conditional=True)
    if verb.dep_ == "ccomp" and is_verb(verb.head) and own.value in ("occurred", "ongoing"):
        governor = verb.head.lemma_.lower()
        if governor == "deny" and not is_negated(verb.head):
            return Status("denied", governor)
        if governor in ("demand", "propose", "suggest", "hope", "recommend", "insist", "request", "wish", "urge") and verb.tag_ == "VB":
            return Status("proposed", governor)
    for _head, label in ancestors(verb, 4):
        if label == "advcl" and any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.children):
            return Status("proposed", "if", conditional=True)
        break
    return own


def _governed(verb: Token, head: Token, label: str, depth: int) -> Status:
    """The status of an infinitive, participle or gerund from the word that it depends on."""
    words = status_words().governors
    governor = head
    while governor.pos_ in ("ADP", "SCONJ", "PART") and governor.head != governor:
        if governor.lower_ in status_words().prepositions and governor.lower_ in ("after", "before", "following", "since", "until"):
            return Status(status_words().prepositions[governor.lower_], governor.lower_, background=governor.lower_ in ("after", "following", "since"))
        governor = governor.head
    lemma = governor.lemma_.lower()
    if lemma == "rule" and any(child.dep_ == "prt" and child.lower_ == "out" for child in governor.children):
        return _turn("denied", governor)
    if label in ("relcl", "acl") and any(
        child.lower_ in ("first", "last", "only", "latest", "second", "third") or child.lemma_ == "most" for child in head.children
    ):
        return Status("occurred")
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    if label == "advcl" and not infinitive:
        # `killing three`, `calling for talks`: with the main clause
        if any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.children):
            return Status("proposed", "if", conditional=True)
        marked = next((child for child in verb.children if child.dep_ in ("mark", "prep") and child.lower_ in ("after", "before", "since")), None)
        if marked is not None:
            return Status("planned" if marked.lower_ == "before" else "occurred", marked.lower_, background=True)
        return verb_status(governor, depth + 1) if is_verb(governor) else Status("occurred")
    if lemma in words:
        status = words[lemma]
        if status == "cancelled" and _is_asked_for(governor):
            return Status("ongoing", lemma)
        if lemma in _ASPECT_ONGOING or status == "ongoing":
            above = verb_status(governor, depth + 1) if is_verb(governor) else Status("occurred")
            return above if above.value not in ("occurred", "ongoing") else Status("ongoing", lemma)
        if status == "occurred":
            return verb_status(governor, depth + 1) if is_verb(governor) else Status("occurred")
        return _turn(status, governor)
    if is_verb(governor):
        if infinitive and label in ("advcl", "xcomp", "ccomp", "acl") and lemma == "be":
            return _conditioned(governor, Status("planned", "be to"))
        above = verb_status(governor, depth + 1)
        if infinitive and label == "advcl" and lemma not in status_words().achieving and above.value == "occurred":
            return Status("planned", "to", background=False)
        return above
    if governor.pos_ in ("NOUN", "PROPN") and infinitive:
        if lemma in status_words().wielding:
            # `after the use of missiles by Ukraine to strike targets`
            return noun_status(governor, None)
        if governor.dep_ in ("dobj", "pobj") and (over := governing_verb(governor)) is not None and over.lemma_ in status_words().wielding:
            return verb_status(over, depth + 1)
        if lemma in status_words().occasions and governor.dep_ == "dobj" and governor.head.lemma_ in ("have", "get", "take", "use"):
            return verb_status(governor.head, depth + 1)
        if lemma in status_words().journeys and governor.dep_ in ("dobj", "pobj") and (journey := governing_verb(governor)) is not None:
            return verb_status(journey, depth + 1)
        return _turn("planned", governor)
    if governor.pos_ == "ADJ":
        return Status("proposed", lemma)
    return Status("occurred")


def _is_circumstance(noun: Token, verb: Token) -> bool:
    """`In a telephone call with him she urged restraint`: where something is said, not what it asks for."""
    over = noun.head
    return over.head == verb and over.lower_ in ("in", "at", "during", "over", "by", "on") and over.dep_ == "prep"


def _is_asked_for(stopping: Token) -> bool:
    """`urged them to stop the shelling`, `the need to cease firing`: what is to stop goes on."""
    return any(
        head.lemma_.lower() in ("call", "urge", "demand", "need", "importance", "ask", "appeal", "press", "necessity", "want", "beg", "implore", "pressure")
        for head, _ in ancestors(stopping, 3)
    )


def _turn(status: str, governor: Token) -> Status:
    """A governing word's status, turned where the word itself is negated, refused or called off in its turn."""
    negated = is_negated(governor) or any(child.dep_ == "aux" and child.lower_ in ("wo", "n't") for child in governor.children)
    if negated:
        return Status(_negate(status, governor.lemma_.lower()), governor.lemma_.lower())
    return Status(_fate(governor) or status if status in ("planned", "proposed") else status, governor.lemma_.lower())


def _negate(status: str, lemma: str) -> str:
    """A status whose word is negated: who does not deny having met has met, who has not ruled out meeting may yet meet."""
    if status == "denied" and (lemma in ("rule", "exclude") or status_words().plans.get(lemma) == "denied") and lemma != "deny":
        return "proposed"
    return status_words().negated.get(status, status)


def _fate(plan: Token) -> str | None:
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
    return _negate(found, lemma) if is_negated(verb) else found


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
    if any(child.lower_ == "pending" for child in noun.children):
        return Status("planned", "pending")
    if light is not None and words.governors.get(light.lemma_.lower()) == "cancelled" and noun.dep_ in ("dobj", "nsubjpass"):
        above = verb_status(light)
        if above.value != "denied":
            return Status("ongoing" if _is_asked_for(light) else "cancelled", light.lemma_.lower())
    if is_negated(noun):
        return Status("denied", "no")
    fate = _fate(noun)
    if fate in ("cancelled", "denied", "proposed") and verb_status(noun.head).value in ("occurred", "denied"):
        return Status(fate, noun.head.lemma_.lower())
    for child in noun.children:
        if (
            child.dep_ in ("amod", "compound", "nmod")
            and not (child.lower_ == "due" and child.nbor().lower_ == "to")
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
    if light is not None:
        lemma = light.lemma_.lower()
        above = verb_status(light)
        status = words.governors.get(lemma)
        if lemma == "call" and any(child.dep_ == "prt" and child.lower_ == "off" for child in light.children):
            status = "cancelled"
        if lemma == "rule":
            status = "denied"
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
            goes_on = lemma == "continue" and above.value == "planned" and above.governor != "would"
            return above if above.value != "occurred" and not goes_on else Status("ongoing", lemma)
        if status == "occurred" and lemma in ("end", "fail"):
            return Status("occurred", lemma) if above.value in ("occurred", "ongoing", "denied") else above
        if status in ("planned", "proposed", "cancelled", "denied"):
            if above.value == "denied":
                return Status(_negate(status, lemma), lemma)
            if status == "cancelled" and above.value in ("planned", "proposed"):
                return Status("ongoing" if _is_asked_for(light) else "cancelled", lemma)
            return Status(status, lemma)
        if above.value == "occurred" and above.governor is None and light.tag_ == "VBG" and light.dep_ == "ROOT":
            return Status("ongoing", lemma)
        return above
    loose = False
    for head, label in ancestors(noun, 5):
        lower = head.lower_
        if head.pos_ in ("ADP", "SCONJ") and lower not in ("of", "for", "to", "on", "about", "into", "with", "in"):
            loose = True
        if head.lemma_ in ("sideline", "margin"):
            loose = True
        if head.pos_ in ("ADP", "SCONJ") and lower in words.prepositions:
            if lower in ("at", "from", "during", "upon", "amid"):
                continue
            return Status(words.prepositions[lower], lower, background=words.prepositions[lower] == "occurred")
        if (head.pos_ == "ADV" and lower == "ahead") or (lower == "advance" and head.head.lower_ == "in"):
            return Status("planned", lower)
        if head.pos_ in ("NOUN", "ADJ") or is_verb(head):
            lemma = head.lemma_.lower()
            found = words.governors.get(lemma)
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
                if label in ("nsubj", "nsubjpass") and lemma == "be":
                    said = next(
                        (
                            words.governors[child.lower_]
                            for child in head.children
                            if child.dep_ in ("acomp", "attr", "advmod", "prep", "oprd") and child.lower_ in words.governors
                        ),
                        None,
                    )
                    if said is not None:
                        return Status(words.negated.get(said, said) if is_negated(head) else said, lemma)
                if label in ("nsubj", "nsubjpass"):
                    if found in ("cancelled", "ongoing", "denied") or (found == "planned" and label == "nsubjpass"):
                        above = verb_status(head)
                        if lemma == "continue" and above.value == "planned":
                            return Status("ongoing", lemma)
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
                    return above if above.value in ("planned", "proposed") else Status("occurred", background=above.background)
                if found in ("planned", "proposed", "cancelled", "denied"):
                    above = verb_status(head)
                    return Status(_negate(found, lemma) if above.value == "denied" else found, lemma)
                if found == "ongoing":
                    return Status("ongoing", lemma)
                above = verb_status(head)
                if above.value == "denied":
                    return Status("occurred", background=True)
                if label in ("pobj", "prep", "pcomp", "agent") or above.value == "occurred":
                    through = next((a for a, _ in ancestors(noun, 3) if a.pos_ == "ADP"), None)
                    news = label == "dobj" or (through is not None and through.lower_ in ("in", "by", "from", "at", "during", "on") and through.head == head)
                    return Status("occurred", background=not news or above.background)
                if above.value == "ongoing" and found in (None, "occurred") and not above.governor:
                    # `police are investigating a shooting`: the inquiry goes on
                    return Status("occurred", background=True)
                return Status("occurred", background=True) if head.lemma_ in _SAYING else above
            if found in ("planned", "proposed", "cancelled", "denied") and label in ("prep", "pobj", "acl", "compound", "poss"):
                return _turn(found, head)
    return Status("occurred", background=True)
