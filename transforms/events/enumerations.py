"""Names of an enumeration whose coordination the parser lost."""

from __future__ import annotations

import re

from transforms.events.spans import ParsedSentence, SentenceName
from transforms.language.parse import Token

# Between the states of a list.
_LIST = re.compile(r",? (?:and )?(?:the )?")


def listed(sentence: ParsedSentence, heads: list[Token]) -> list[SentenceName]:
    """Further names of an enumeration whose coordination the parser lost: `Presidents A of Poland, B of Lithuania, and C of Latvia`."""
    return _listed_states(sentence, heads) or _listed_persons(sentence, heads)


def _listed_states(sentence: ParsedSentence, heads: list[Token]) -> list[SentenceName]:
    """All states and bodies of a list that has one of the heads: `On March 18, Finland, Germany, Japan, and South Korea joined`."""
    spots = {head.i for head in heads}
    chain: list[SentenceName] = []
    for name in [*sentence.names, None]:
        fits = name is not None and name.form == "name" and name.entity is not None and name.entity.kind in ("state", "organisation")
        between = sentence.doc.text[chain[-1].end - sentence.offset : name.start - sentence.offset] if fits and name is not None and chain else ""
        if fits and name is not None and (not chain or _LIST.fullmatch(between)):
            chain.append(name)
            continue
        ends = len(chain) > 2 and "and" in sentence.doc.text[chain[-2].end - sentence.offset : chain[-1].start - sentence.offset]
        if ends and any(i in spots for each in chain for i in range(each.first, each.last)):
            return chain
        chain = [name] if fits and name is not None else []
    return []


def _listed_persons(sentence: ParsedSentence, heads: list[Token]) -> list[SentenceName]:
    persons = [name for name in sentence.names if name.label == "PERSON"]
    spots = {head.i for head in heads}
    last = next((name for name in persons if any(i in spots for i in range(name.first, name.last))), None)
    if last is None:
        return []
    found = []
    for name in persons:
        if name.first < last.last:
            continue
        between = sentence.doc[last.last : name.first]
        text = between.text
        joined = ("," in text or "and" in text.split()) and len(between) <= 14
        if not joined or any(
            token.pos_ in ("VERB", "AUX", "SCONJ", "ADV") or token.lower_ in ("in", "at", "on", "for", "with", "to", "by", "after", ";", "who", "’s", "'s")
            for token in between
        ):
            break
        if name.last < len(sentence.doc) and sentence.doc[name.last].lower_ in ("'s", "’s"):
            break
        found.append(name)
        last = name
    return found
