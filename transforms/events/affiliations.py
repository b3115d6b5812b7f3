"""Of whom a noun or a name is: the states, organisations and armed groups that its modifiers, its possessor or its of-phrase name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from transforms.events.memory import DocumentMemory
from transforms.events.parties import Party, noun_phrase
from transforms.events.person_titles import agent_noun
from transforms.events.reference import Entity, standing
from transforms.events.spans import ParsedSentence, SentenceName
from transforms.events.syntax import conjuncts, prepositions
from transforms.language.parse import Token
from transforms.language.words import word_set

_DESCENT_NOUNS = word_set("parties", "descent_nouns")
_LED_NOUNS = word_set("parties", "led_nouns")


def affiliations(
    sentence: ParsedSentence, head: Token, first: int, before: int, memory: DocumentMemory, pronoun: Callable[[ParsedSentence, Token], list[Party]]
) -> list[Entity]:
    """States, organisations and groups that the modifiers, the possessor or the of-phrase of a noun name."""
    found: list[Entity] = []

    def add(name: SentenceName) -> None:
        entity = name.entity
        if entity is not None and entity.kind == "person" and name.first > head.i:
            # `representatives of Prime Minister Orbán`
            entity = memory.entity_of(standing(entity, memory.day).acts_for)
        if entity is not None and entity.kind in ("state", "organisation", "armed_group") and name.form != "capital" and entity not in found:
            found.append(entity)

    found = [each for each in found if not _is_of_descent(sentence, each, first, before)]
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
        if head.dep_ == "conj" and head.head.pos_ == "NOUN" and possessor.lower_ in ("his", "her", "their"):
            continue  # `a father and his four children`
        if possessor.lower_ in ("his", "her", "its", "their", "our", "my") and not found:
            for party in pronoun(sentence, possessor):
                if party.entity is not None:
                    owner = standing(party.entity, memory.day)
                    state = memory.entity_of(owner.acts_for)
                    if state is not None and state not in found:
                        found.append(state)
    if not found:
        for each in head.children:
            if each.dep_ == "appos":
                inner_first, inner_last = noun_phrase(each)
                for name in sentence.within(inner_first, inner_last):
                    add(name)
    if not found:
        for each in [head, *(c for c in head.children if c.dep_ in ("compound", "appos"))]:
            for name in _names_behind(sentence, each, through=each.dep_ == "appos"):
                add(name)
    if not found:
        for name in _names_after(sentence, head):
            add(name)
    return found


def _is_of_descent(sentence: ParsedSentence, entity: Entity, first: int, before: int) -> bool:
    """`a Palestinian-American child`: of the second country."""
    names = [name for name in sentence.within(first, before) if name.entity == entity]
    return bool(names) and all(
        name.last + 1 < len(sentence.doc) and sentence.doc[name.last].text in ("-", "–") and sentence.doc[name.last + 1].lower_ in ("american", "americans")
        for name in names
    )


def _names_after(sentence: ParsedSentence, head: Token) -> Iterator[SentenceName]:
    """The names of a phrase right behind a noun that the parser hangs on the verb: `met officials from Kenya`, `met A, adviser to the premier of Kenya`."""
    apposed = any(each.dep_ == "appos" for each in head.children)
    behind = head.right_edge.i + 1
    if behind >= len(sentence.doc) or not (apposed or agent_noun(sentence, head) is not None):
        return
    preposition = sentence.doc[behind]
    if preposition.dep_ != "prep" or preposition.lower_ not in (("from", "of", "to") if apposed else ("from", "of")):
        return
    for obj in (each for child in preposition.children if child.dep_ == "pobj" for each in conjuncts(child)):
        name = sentence.name_of.get(obj.i)
        if name is not None and name.entity is not None:
            yield name
        else:
            yield from _names_behind(sentence, obj, through=False)


def _names_behind(sentence: ParsedSentence, noun: Token, *, through: bool) -> Iterator[SentenceName]:
    """The names in the phrases behind a noun: `officials from Kenya`, `a delegation of Hamas officials`, `adviser for trade to the Prime Minister of Kenya`.

    Args:
        sentence: Its sentence.
        noun: The noun.
        through: Also what stands behind nouns that name no one; offices and governments are looked through in any case.
    """
    for word, objects in prepositions(noun):
        if word not in ("of", "from", "for", "to"):
            continue
        for obj in objects:
            name = sentence.name_of.get(obj.i)
            if obj.i < noun.i or obj.lemma_ in _DESCENT_NOUNS:
                continue
            if name is not None and name.entity is not None:
                yield name
                continue
            yield from sentence.within(obj.left_edge.i, obj.i) if word == "of" or through else ()
            office = agent_noun(sentence, obj)
            if through or (office is not None and office.number == "sg") or obj.lower_.removesuffix("s") in _LED_NOUNS:
                yield from _names_behind(sentence, obj, through=through)
