"""Whom the phrase after `to`, `for` or `in` names as receiving: a party, the state of the people or ground it is about, or a part of the world."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from transforms.events.actors import ActorResolver
from transforms.events.parties import Party, noun_phrase
from transforms.events.reference import states
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import is_verb
from transforms.events.where import NamedPlace

REGION = "a part of the world"


class ReceivingPhrases:
    """Reads the phrases of one sentence."""

    def __init__(self, sentence: ParsedSentence, resolver: ActorResolver, places: list[NamedPlace]) -> None:
        """Takes the places that the sentence names beside it."""
        self.sentence, self.resolver, self.places = sentence, resolver, places

    def parties(self, heads: Iterable[Token], *, people: bool = True) -> list[Party]:
        """Whom phrases after `to`, `for` or `in` name as receiving: the parties themselves, else the states named in them."""
        found: list[Party] = []
        for head in heads:
            parties = self.resolver.resolve(self.sentence, head) if people else []
            named = [p for p in parties if p.is_named]
            found.extend(named or self._states_in(head) or parties or self._region(head))
        return found

    def _region(self, head: Token) -> list[Party]:
        """A part of the world that is no state: `the Caribbean`, `the Middle East and North Africa region`."""
        first, _ = noun_phrase(head)
        name = next((each for each in self.sentence.within(first, head.i + 1) if each.label == "LOC" and each.entity is None), None)
        return [] if name is None else [Party(name.text, name.start, name.end, None, REGION, plural=True)]

    def _states_in(self, head: Token) -> list[Party]:
        """The states whose people or ground a phrase is about: `victims of the earthquake in Aleppo`, `Indonesia's response`."""
        first, last = head.left_edge.i, min(head.right_edge.i + 1, head.i + 14)
        clause = next((each.left_edge.i for each in head.subtree if each.i > head.i and is_verb(each) and each.dep_ in ("advcl", "relcl", "ccomp")), last)
        last = min(last, clause)
        found = [
            Party(name.text, name.start, name.end, name.entity, f"named with {head.lower_!r}")
            for name in self.sentence.within(first, last)
            if name.entity is not None and name.entity.kind in ("state", "armed_group") and name.form != "capital"
        ]
        places = [place for place in self.places if first <= place.token.i < last and place.place.country in states()]
        return found[:1] or parties_of(places[:1])


def parties_of(places: list[NamedPlace]) -> list[Party]:
    """The states in which places lie, as parties."""
    return [Party(p.place.text, p.start, p.end, states()[p.place.country or ""], f"place in {states()[p.place.country or ''].name}") for p in places]
