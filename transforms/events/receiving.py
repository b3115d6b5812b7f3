"""Whom the phrase after `to`, `for` or `in` names as receiving: a party, the state of the people or ground it is about, or a part of the world."""

from __future__ import annotations

from collections.abc import Iterable

from transforms.events.actors import ActorResolver
from transforms.events.parties import PLACE_IN, Party, noun_phrase
from transforms.events.reference import states
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import conjuncts, is_verb
from transforms.events.where import NamedPlace
from transforms.language.parse import Token
from transforms.language.words import word_set

REGION = "a part of the world"
# What is named under these suffers and does not receive:
# `Russia's war against Ukraine`, `the fight against Hamas`, `strikes on Aden`; who suffers `the war in Sudan` may receive.
_AGAINST = word_set("aid", "against")
OWN_PARTS = word_set("aid", "own_parts")
_HARMS = word_set("aid", "harms")
_SET_PHRASES = word_set("aid", "set_phrases")
_HARMED = word_set("aid", "on_whom")


class ReceivingPhrases:
    """Reads the phrases of one sentence."""

    def __init__(self, sentence: ParsedSentence, resolver: ActorResolver, places: list[NamedPlace]) -> None:
        """Takes the places that the sentence names beside it."""
        self.sentence, self.resolver, self.places = sentence, resolver, places

    def parties(self, heads: Iterable[Token], *, people: bool = True) -> list[Party]:
        """Whom phrases after `to`, `for` or `in` name as receiving: the parties themselves, else the states named in them."""
        found: list[Party] = []
        for noun in heads:
            head = _rebuilt(noun)
            if head.lemma_.lower() in OWN_PARTS or (noun.dep_ == "pobj" and noun.head.lower_ == "in" and head.lemma_.lower() in _SET_PHRASES):
                continue
            if found and found[-1].is_named and head.dep_ == "conj" and head.pos_ == "NOUN" and any(each.dep_ == "poss" for each in head.children):
                continue  # `increase aid to Gaza and Israel's decision`: coordinated with what stands further off
            parties = self.resolver.resolve(self.sentence, head) if people else []
            named = [p for p in parties if p.is_named]
            found.extend(named or self._states_in(head) or parties or self._region(head))
        return found

    def _region(self, head: Token) -> list[Party]:
        """A part of the world that is no state: `the Caribbean`, `the Middle East and North Africa region`."""
        first, _ = noun_phrase(head)
        name = next((each for each in self.sentence.within(first, head.i + 1) if each.label == "LOC" and each.entity is None), None)
        if name is not None:
            return [Party(name.text, name.start, name.end, None, REGION, plural=True)]
        place = next((each for each in self.places if first <= each.token.i <= head.i and each.place.country is None and each.place.latitude is not None), None)
        return [] if place is None else [Party(place.place.text, place.start, place.end, None, REGION, plural=True)]

    def _states_in(self, head: Token) -> list[Party]:
        """The states whose people or ground a phrase is about: `victims of the earthquake in Aleppo`, `Indonesia's response`."""
        itself = [place for place in self.places if place.token == head and place.place.country in states()]
        if itself:
            return parties_of(itself[:1])
        first, last = head.left_edge.i, min(head.right_edge.i + 1, head.i + 14)
        clause = next((each.left_edge.i for each in head.subtree if each.i > head.i and is_verb(each) and each.dep_ in ("advcl", "relcl", "ccomp")), last)
        last = min(last, clause)
        names = [
            name
            for name in self.sentence.within(first, last)
            if name.entity is not None and name.entity.kind in ("state", "armed_group") and name.form != "capital" and not self._suffers(head, name.last - 1)
        ]
        if names:
            spots = {each.i for each in conjuncts(self.sentence.doc[names[0].last - 1])}
            listed = [names[0], *(name for name in names[1:] if any(i in spots for i in range(name.first, name.last)))]
            return [Party(name.text, name.start, name.end, name.entity, f"named with {head.lower_!r}") for name in listed]
        places = [
            place for place in self.places if first <= place.token.i < last and place.place.country in states() and not self._suffers(head, place.token.i)
        ]
        return parties_of(places[:1])

    def _suffers(self, head: Token, spot: int) -> bool:
        """Whether a name below a phrase's head is that of who is harmed, or harms, there."""
        token = self.sentence.doc[spot]
        while token != head and token.head != token:
            over = token.head
            if token.dep_ == "pobj" and over.lower_ == "by" and token.i == spot:
                return True  # `in the face of attacks by Russia`
            if token.dep_ == "pobj" and (over.lower_ in _AGAINST or (over.lower_ in _HARMED and over.head.lemma_.lower() in _HARMS)):
                return True
            token = over
        return False


def _rebuilt(head: Token) -> Token:
    """`$2 billion for rebuilding Ukraine`, `aid to developing nations` where the parse takes it for a verb: what is done to whom, as noun."""
    return next((each for each in head.children if each.dep_ == "dobj"), head) if head.tag_ == "VBG" and head.dep_ == "pcomp" else head


def parties_of(places: list[NamedPlace]) -> list[Party]:
    """The states in which places lie, as parties."""
    return [Party(p.place.text, p.start, p.end, states()[p.place.country or ""], f"{PLACE_IN} {states()[p.place.country or ''].name}") for p in places]
