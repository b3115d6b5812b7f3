"""Titles and agent nouns at a name: before it, or behind it in apposition (`seeds/actors/titles.tsv`, `agent_nouns.tsv`)."""

from __future__ import annotations

from spacy.tokens import Token

from transforms.events.reference import AgentNoun, agent_nouns, titles
from transforms.events.spans import ParsedSentence
from transforms.events.words import word_set

_COURTESIES = word_set("parties", "courtesies")


def agent_noun(sentence: ParsedSentence, head: Token) -> AgentNoun | None:
    """What a noun of two words or one says of whom it names: `prime minister`, `troops`."""
    two = f"{sentence.doc[head.i - 1].lower_} {head.lemma_.lower()}" if head.i else ""
    nouns = agent_nouns()
    return nouns.get(two) or nouns.get(head.lower_) or nouns.get(head.lemma_.lower())


def title_before(sentence: ParsedSentence, first: int) -> AgentNoun | None:
    """The title in the words before a name, the longest that ends there; what stands behind in apposition is looked at too."""
    words = [sentence.doc[i].text for i in range(max(0, first - 5), first)]
    while words and words[-1].rstrip(".") in _COURTESIES:
        words.pop()
    for length in range(len(words), 0, -1):
        key = " ".join(words[-length:]).lower().rstrip(".")
        found = titles().get(key) or titles().get(key.replace("-", " "))
        if found is not None:
            return AgentNoun(found.text, "sg", found.sector, found.acts_for_state)
        noun = agent_nouns().get(key)
        if noun is not None:
            return noun
    return None


def title_behind(sentence: ParsedSentence, head: Token) -> AgentNoun | None:
    """The title in apposition: `A, National Security Advisor to the Prime Minister of the United Kingdom`."""
    behind = next((each for each in head.children if each.dep_ == "appos" and each.i > head.i), None)
    return title_before(sentence, behind.i + 1) if behind is not None else None
