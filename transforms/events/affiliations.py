"""Of whom a noun or a name is: the states, organisations and armed groups that its modifiers, its possessor or its of-phrase name."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from transforms.events.memory import DocumentMemory
from transforms.events.parties import Party, noun_phrase
from transforms.events.reference import Entity, standing
from transforms.events.spans import ParsedSentence, SentenceName
from transforms.events.syntax import conjuncts, prepositions
from transforms.events.words import word_set

_LED_NOUNS = word_set("parties", "led_nouns")


def affiliations(
    sentence: ParsedSentence, head: Token, first: int, before: int, memory: DocumentMemory, pronoun: Callable[[ParsedSentence, Token], list[Party]]
) -> list[Entity]:
    """States, organisations and groups that the modifiers, the possessor or the of-phrase of a noun name."""
    found: list[Entity] = []

    def add(name: SentenceName) -> None:
        if name.entity is not None and name.entity.kind in ("state", "organisation", "armed_group") and name.form != "capital" and name.entity not in found:
            found.append(name.entity)

    possessors = [c for c in head.children if c.dep_ == "poss"]
    for name in sentence.within(first, before):
        if not any(
            sentence.doc[i].lower_.endswith(("-backed", "-led", "-controlled", "-occupied", "-held", "-made", "-based", "-aligned", "-born", "-supplied"))
            for i in range(name.first, name.last)
        ) and not (
            name.last < len(sentence.doc)
            and sentence.doc[name.last].lower_ in ("-", "–")
            and sentence.doc[min(name.last + 1, len(sentence.doc) - 1)].lower_
            in ("backed", "led", "controlled", "occupied", "held", "made", "based", "aligned", "born", "supplied")
        ):
            add(name)
    for possessor in possessors:
        if possessor.lower_ in ("his", "her", "its", "their", "our", "my") and not found:
            for party in pronoun(sentence, possessor):
                if party.entity is not None:
                    owner = standing(party.entity, memory.day)
                    state = memory.entity_of(owner.acts_for)
                    if state is not None and state not in found:
                        found.append(state)
    if not found:
        heads = [head, *(c for c in head.children if c.dep_ in ("compound", "appos"))]
        for each in heads:
            for preposition in each.children:
                if preposition.dep_ == "prep" and preposition.lower_ in ("of", "from", "for", "to") and preposition.i > each.i:
                    for obj in (o for c in preposition.children if c.dep_ == "pobj" for o in conjuncts(c)):
                        owner_name = sentence.name_of.get(obj.i)
                        if owner_name is not None:
                            add(owner_name)
                        elif each.dep_ == "appos" or obj.lower_.removesuffix("s") in _LED_NOUNS:
                            # `A, adviser to the Prime Minister of Kenya`; `officials from the Governments of Kenya, Uganda and Rwanda`
                            for inner in (i for word, heads in prepositions(obj) if word == "of" for i in heads):
                                if sentence.name_of.get(inner.i) is not None:
                                    add(sentence.name_of[inner.i])
                            for name in sentence.within(*noun_phrase(obj)):
                                add(name)
                        elif preposition.lower_ == "of" and obj.tag_ in ("NNS", "NNPS"):
                            # `a delegation of Hamas officials`
                            for name in sentence.within(obj.left_edge.i, obj.i):
                                add(name)
    if not found:
        for each in head.children:
            if each.dep_ == "appos":
                inner_first, inner_last = noun_phrase(each)
                for name in sentence.within(inner_first, inner_last):
                    add(name)
    return found
