"""Candidates for mentions: words of a parsed sentence that a frame's trigger fits, with their grammatical slots."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Iterator

from transforms.events.arguments import patients
from transforms.events.frames import Frame, Restriction, Trigger, frames, ruled_out_by_words
from transforms.events.slots import Slots, noun_slots, verb_slots
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import conjuncts, governing_verb, is_verb, prepositions
from transforms.language.parse import Parse, Token
from transforms.language.words import word_set


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A word that may report an event."""

    frame: Frame
    trigger: Trigger
    token: Token
    slots: Slots

    @property
    def anchors(self) -> tuple[Token, ...]:
        """The trigger and the verb that makes one with it."""
        return (self.token, self.slots.light) if self.slots.light is not None else (self.token,)

    @functools.cached_property
    def theme(self) -> tuple[Token, ...]:
        """Where the thing stands that a step decides on."""
        return _theme(self)


@dataclasses.dataclass(frozen=True, slots=True)
class TurnedDown:
    """A trigger's word that is no candidate, and what ruled it out: what `dateline explain --candidates` shows."""

    event_type: str
    rule: str
    start: int
    end: int
    reason: str

    @classmethod
    def of(cls, sentence: ParsedSentence, frame: Frame, trigger: Trigger, token: Token, reason: str) -> TurnedDown:
        """A word of a sentence that a trigger fits, with what rules it out."""
        return cls(frame.event_type, trigger.name, sentence.start_of(token), sentence.end_of(token), reason)


def lemma_of(token: Token) -> str:
    """The lower-case lemma of a token."""
    if token.pos_ == "PROPN" and (token.tag_ == "NNPS" or token.i == 0):
        # `Drones hit …`: a plural that begins the sentence is taken for a name and keeps its ending.
        return token.lower_.removesuffix("s")
    return str(token.lemma_ or token.text).lower()


class CandidateFinder:
    """Finds the candidates of one parsed sentence, before named entities are known and again with them.

    What hangs on words and the parse alone is found once.
    """

    def __init__(self, doc: Parse) -> None:
        """For a sentence."""
        self.doc = doc
        self._tokens = list(_trigger_tokens(doc))
        self._asked: dict[int, list[tuple[Frame, Trigger, str]]] = {}
        self._verb_slots: dict[int, Slots] = {}
        self._settled: dict[tuple[int, int], Candidate | TurnedDown] = {}
        # Those that the words around them allow.
        self._worded: set[tuple[int, int]] = set()

    def find(self, sentence: ParsedSentence) -> Iterator[Candidate | TurnedDown]:
        """All that the frames find in the sentence, and what they turned down, in order of the text."""
        for token in self._tokens:
            # By the light verbs that may make one trigger with it.
            known: dict[frozenset[str], Slots] = {}
            for frame, trigger, pos in self._triggers_of(sentence, token):
                settled = self._settled.get((token.i, id(trigger)))
                if settled is not None:
                    yield settled
                    continue
                if (token.i, id(trigger)) not in self._worded:
                    reason = ruled_out_by_words(trigger, self.doc.text, token.idx, token.idx + len(token))
                    if reason is not None:
                        yield self._settle(token, trigger, TurnedDown.of(sentence, frame, trigger, token, reason))
                        continue
                    self._worded.add((token.i, id(trigger)))
                slots = self._slots_of_verb(token) if pos == "verb" else _slots_of_noun(sentence, frame, token, pos, known)
                reason = ruled_out(sentence, trigger, slots)
                found = Candidate(frame, trigger, token, slots) if reason is None else TurnedDown.of(sentence, frame, trigger, token, reason)
                yield self._settle(token, trigger, found) if pos == "verb" and not trigger.modifier else found

    def _triggers_of(self, sentence: ParsedSentence, token: Token) -> list[tuple[Frame, Trigger, str]]:
        """The triggers that a token can be, with their frames and the part of speech."""
        asked = self._asked.get(token.i)
        if asked is None:
            asked = [(frame, trigger, pos) for frame in frames().values() for trigger, pos in _triggers(frame, sentence, token)]
            # Whether a participle is a noun hangs on the names beside it as well.
            if token.tag_ != "VBG":
                self._asked[token.i] = asked
        return asked

    def _settle(self, token: Token, trigger: Trigger, found: Candidate | TurnedDown) -> Candidate | TurnedDown:
        self._settled[token.i, id(trigger)] = found
        return found

    def _slots_of_verb(self, token: Token) -> Slots:
        if token.i not in self._verb_slots:
            self._verb_slots[token.i] = verb_slots(token)
        return self._verb_slots[token.i]


def _slots_of_noun(sentence: ParsedSentence, frame: Frame, token: Token, pos: str, known: dict[frozenset[str], Slots]) -> Slots:
    light = frame.every_light_verb if pos == "noun" else frozenset()
    if light not in known:
        known[light] = noun_slots(sentence, token, light)
    return known[light]


@functools.cache
def _trigger_words() -> frozenset[str]:
    return frozenset(lemma for frame in frames().values() for _, lemma in frame.by_lemma)


@functools.lru_cache(maxsize=50_000)
def _may_be_trigger(lower: str, lemma: str) -> bool:
    """Whether some trigger's word can be written so, whatever its part of speech."""
    words = _trigger_words()
    written = {lower, lemma.lower(), lower.removesuffix("s"), lower.rpartition("-")[2]}
    return not words.isdisjoint(written) and (lower.isalpha() or "-" in lower)


def _trigger_tokens(doc: Parse) -> Iterator[Token]:
    """The tokens that some trigger's word can be."""
    return (token for token in doc if _may_be_trigger(token.lower_, token.lemma_))


def _triggers(frame: Frame, sentence: ParsedSentence, token: Token) -> Iterator[tuple[Trigger, str]]:
    """The triggers whose word and part of speech a token has, with that part of speech."""
    lemma = lemma_of(token)
    table = frame.by_lemma
    misread = (
        (token.tag_ in ("VBZ", "NNS") or (token.tag_ in ("VB", "VBP") and token.dep_ == "pobj"))
        and token.pos_ == "VERB"
        and (("noun", lemma) in table or ("noun", token.lower_) in table)
        and _is_misread_noun(token)
    )
    nominal = misread or token.pos_ in ("NOUN", "PROPN") or (token.pos_ == "ADJ" and token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass"))
    if (
        token.tag_ == "VBG"
        and ("noun", token.lower_) in table
        and (
            token.dep_ in ("pobj", "nsubj", "nsubjpass")
            or (token.dep_ == "csubj" and not any(child.dep_ == "dobj" for child in token.children))  # `shelling by the army has killed seven`
            or _is_listed_noun(frame, token)
            or (token.dep_ == "advcl" and _is_demonym(sentence, token))
            or (token.dep_ in ("pcomp", "conj", "dobj") and token.i and _may_name_a_group(sentence, token.nbor(-1)))
            or any(child.dep_ in ("det", "poss", "amod") for child in token.children)
            # `during shelling by Israeli forces`
            or (token.dep_ == "pcomp" and any(child.dep_ in ("agent", "prep") and child.lower_ in ("by", "of") for child in token.children))
        )
    ):
        misread = nominal = True
    if is_verb(token) and not misread and token.dep_ not in ("aux", "auxpass", "amod", "compound"):
        found = table.get(("verb", lemma), ())
        for trigger in found:
            yield trigger, "verb"
        if token.tag_ == "VBG" and not found:
            nominal = nominal or (token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "conj") and ("noun", token.lower_) in table)
    if nominal:
        found = next((table[key] for key in (("noun", lemma), ("noun", token.lower_), ("noun", token.lower_.removesuffix("s"))) if key in table), ())
        for trigger in found:
            if not trigger.forms or token.lower_ in trigger.forms:
                yield trigger, "noun"
    if token.dep_ in ("amod", "compound") or token.tag_ in ("VBN", "JJ"):
        for trigger in table.get(("participle", token.lower_.rpartition("-")[2]), ()):
            yield trigger, "participle"


def _may_name_a_group(sentence: ParsedSentence, token: Token) -> bool:
    """Whether a token is in the name of a nationality or organisation, or may be where named entities were not looked for."""
    return token.ent_type_ in ("NORP", "ORG") if sentence.named else token.pos_ in ("PROPN", "ADJ", "NOUN")


def _is_demonym(sentence: ParsedSentence, token: Token) -> bool:
    """`killed by Ukrainian shelling`, of which the parser takes the nationality for the noun."""
    before = token.nbor(-1) if token.i else token
    name = sentence.name_of.get(before.i)
    return before.dep_ == "pobj" and name is not None and name.form == "demonym"


def _is_listed_noun(frame: Frame, token: Token) -> bool:
    """`killed in airstrikes and shelling`, which the parser takes for a verb beside `killed`."""
    if token.dep_ != "conj" or token.i < 2 or token.nbor(-1).lower_ != "and" or any(child.dep_ == "dobj" for child in token.children):
        return False
    return token.nbor(-2).pos_ == "NOUN" and ("noun", lemma_of(token.nbor(-2))) in frame.by_lemma


def _is_misread_noun(token: Token) -> bool:
    """`Ceasefire talks between X and Y begin`: the small models take a plural noun for a verb of the third person."""
    if token.dep_ == "pobj":
        return True  # `in a wave of missile strikes across the country`
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    before = token.nbor(-1) if token.i else None
    return (
        following in ("between", "with", "among")
        and (before is None or before.pos_ in ("NOUN", "ADJ", "NUM", "DET"))
        and not any(child.dep_ == "nsubj" and child.pos_ == "PRON" for child in token.children)
    )


def _allows(restriction: Restriction, tokens: tuple[Token, ...]) -> bool:
    """Whether one of the heads is of the lemmas wanted; the classes (`@party`) are the engine's to judge."""
    if restriction.is_open or restriction.category is not None:
        return True
    # `the missile corvette Ivanovets`: what a name is stands before it
    kinds = [each for token in tokens if token.pos_ == "PROPN" for each in token.children if each.dep_ in ("compound", "nmod") and each.pos_ == "NOUN"]
    counted = [each for token in tokens if lemma_of(token) in _COUNTS for word, objects in prepositions(token) if word == "of" for each in objects]
    return any(lemma_of(token) in restriction.lemmas or token.lower_ in restriction.lemmas for token in (*tokens, *kinds, *counted))


def ruled_out(sentence: ParsedSentence, trigger: Trigger, slots: Slots) -> str | None:
    """What in its slots speaks against a trigger whose words are right, None where nothing does."""
    if not _allows(trigger.object, slots.get("object")):
        return "its object is of another kind"
    if not _allows(trigger.agent, slots.get("subject")):
        return "what does it is of another kind"
    if trigger.subject.lemmas and trigger.subject.category is None and not _allows(trigger.subject, slots.get("subject") or slots.light_subject):
        return "its subject is of another kind"
    for slot, forbidden in (("object", trigger.no_object), ("subject", trigger.no_subject), ("with", trigger.no_with)):
        heads = [inner for each in slots.get(slot) for inner in (each, *(o for w, objects in prepositions(each) if w == "of" for o in objects))]
        bad = next((each for each in heads if forbidden and (lemma_of(each) in forbidden or each.lower_ in forbidden)), None)
        if bad is not None:
            return f"ruled out by its {slot} {bad.text!r}"
    for slot, roles in trigger.roles.items():
        for forbidden in (trigger.no_roles[role] for role in roles if role in trigger.no_roles):
            bad = next((each for each in slots.get(slot) if lemma_of(each) in forbidden or each.lower_ in forbidden), None)
            if bad is not None:
                return f"ruled out by its {slot} {bad.text!r}"
    if trigger.no_modifier & slots.modifier_words:
        return f"ruled out by {', '.join(sorted(trigger.no_modifier & slots.modifier_words))!r} before it"
    if trigger.modifier and sentence.named and not trigger.modifier & slots.modifier_words and not slots.modifiers:
        return "none of the words before it that the trigger requires"
    return None


def _parted(noun: Token) -> list[Token]:
    """What a noun is for where other words part the phrase from it and the parser hangs it on the verb: `a request, pushed by its envoy, for a package`."""
    for verb in itertools.islice(noun.ancestors, 4):
        if is_verb(verb):
            for child in verb.children:
                if child.dep_ == "prep" and child.lower_ == "for" and child.i > noun.right_edge.i and child.doc[child.i - 1].is_punct:
                    return [inner for inner in child.children if inner.dep_ == "pobj"]
    return []


# What counts what it stands before: `a pair of missiles`.
_COUNTS = word_set("roles", "counts")
_HOLDERS = ("measures", "carriers", "support_nouns", "finance_nouns", "aid_nouns", "arms", "goods", "sums", "deliveries")


def _holds_what_follows(frame: Frame, noun: Token) -> bool:
    """Whether the of-phrase of a noun says what is given: numbers, sums, measures, packages, shipments and the like."""
    words = {lemma_of(noun), noun.lower_}
    return noun.pos_ in ("NUM", "SYM", "PRON") or noun.dep_ == "quantmod" or any(words & frame.lexicons.get(name, frozenset()) for name in _HOLDERS)


def _theme(candidate: Candidate) -> tuple[Token, ...]:
    where = candidate.trigger.theme
    if where in (("any",), ("self",), ("act",)):
        return (candidate.token,)
    if where == ("head",):
        return (candidate.token.head,)
    if where == ("clause",):
        verb = governing_verb(candidate.token)
        found = [] if verb is None else [*patients(verb), *(each for word, objects in prepositions(verb) if word == "with" for each in objects)]
    else:
        found = list(next((heads for slot in where if (heads := candidate.slots.get(slot))), ()))
        if not found and where == ("for", "of"):
            found = _parted(candidate.token)
        if where[:1] == ("object",) and not found:
            # `allow aid to enter`, `keep weapons flowing`
            below = [
                child for child in candidate.token.children if child.dep_ == "ccomp" and child.tag_ in ("VB", "VBP", "VBG") and child.i > candidate.token.i
            ]
            found.extend(each for clause in below for each in clause.children if each.dep_ == "nsubj")
            # `let relief convoys into Darfur`, `made $40 million available`
            found.extend(child for child in candidate.token.children if child.dep_ == "ccomp" and child.pos_ == "NOUN" and child.i > candidate.token.i)
            available = [child for child in candidate.token.children if child.dep_ == "ccomp" and child.lower_ == "available"]
            found.extend(each for clause in available for each in clause.children if each.dep_ == "nsubj")
        elif where[:1] == ("object",):
            # `receives $3 billion a year in military aid`
            # … and `shipped oil to Cuba as aid`
            found.extend(head for slot in ("in", "as") for head in candidate.slots.get(slot) if head.i > found[0].i and head not in found)
        # `asked for support, including military support`
        asked = candidate.trigger.step == "request" and bool(found)
        found.extend(head for head in candidate.slots.get("including") if asked and head.i > found[0].i and head not in found)
    themes = [other for token in found for other in conjuncts(token)]
    carriers = candidate.frame.lexicons.get("carriers", frozenset())
    for token in themes:
        # `£3 billion of military aid`, `a batch of vaccines`, `part of its air-defence system`; but not `the withdrawal of its personnel`
        if _holds_what_follows(candidate.frame, token):
            themes.extend(
                inner for word, objects in prepositions(token) if word in ("of", "in") for each in objects for inner in conjuncts(each) if inner not in themes
            )
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
        if following.lower_ in ("of", "in") and following.head != token:
            # `provide $5 million in aid`: the small models hang the second phrase on the verb
            themes.extend(inner for inner in following.children if inner.dep_ == "pobj" and inner not in themes)
        if lemma_of(token) in carriers:
            themes.extend(inner for inner in _parted(token) if inner not in themes)
            # `approval for a request, pushed by its envoy, for a package`, `a bill that includes aid`: what is decided on may hang anywhere below
            providing = candidate.frame.lexicons.get("providing", frozenset())
            themes.extend(
                inner
                for inner in token.subtree
                if (inner.dep_ in ("pobj", "compound", "conj") or (inner.dep_ == "dobj" and lemma_of(inner.head) in providing)) and inner not in themes
            )
        if len(themes) > 30:
            break
    return tuple(themes)
