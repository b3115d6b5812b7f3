"""Titles and agent nouns at a name: before it, or behind it in apposition (`seeds/actors/titles.tsv`, `agent_nouns.tsv`)."""

from __future__ import annotations

from transforms.events.reference import AgentNoun, agent_nouns, titles
from transforms.events.spans import ParsedSentence
from transforms.language.parse import Token
from transforms.language.words import word_set

_COURTESIES = word_set("parties", "courtesies")


def agent_noun(sentence: ParsedSentence, head: Token) -> AgentNoun | None:
    """What a noun of three words, two or one says of whom it names: `heads of state`, `prime minister`, `troops`."""
    three = " ".join(token.lower_ for token in sentence.doc[head.i : head.i + 3])
    two = f"{sentence.doc[head.i - 1].lower_} {head.lemma_.lower()}" if head.i else ""
    nouns = agent_nouns()
    return nouns.get(three) or nouns.get(two) or nouns.get(head.lower_) or nouns.get(head.lemma_.lower())


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
    if behind is None:
        return None
    # `A, Assistant to the President`
    return title_before(sentence, behind.i + 1) or leading_title(sentence.doc[behind.left_edge.i : behind.right_edge.i + 1].text)


def title_beside(sentence: ParsedSentence, head: Token) -> AgentNoun | None:
    """The title before what it is over: `Assistant Secretary of State for European Affairs A`."""
    before = next((each for each in head.children if each.dep_ in ("nmod", "compound") and any(inner.dep_ == "prep" for inner in each.children)), None)
    return title_before(sentence, before.i + 1) if before is not None else None


def leading_title(name: str) -> AgentNoun | None:
    """The title that a name begins with, where the model takes title and name for a body: `National Security Advisor for Economics A`."""
    words = name.split()
    for length in range(min(len(words), 5), 1, -1):
        for first in range(2):
            found = titles().get(" ".join(words[first : first + length]).lower())
            if found is not None:
                return AgentNoun(found.text, "sg", found.sector, found.acts_for_state)
    return None
