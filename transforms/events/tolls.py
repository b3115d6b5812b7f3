"""The toll of one mention: which of the killed and injured of its sentence are its own, and whether they count it, a part of something larger or a period."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from transforms.events.arguments import surface_subject
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.casualties import Casualty, find_casualties, summarise
from transforms.events.filled import Filled
from transforms.events.person_groups import casualty_words
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import is_passive, is_verb
from transforms.language.parse import Token
from transforms.language.words import word_set

_DAY = r"(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{1,2})?"
_YEAR = re.compile(rf"(?i:\b(?:in|during|throughout)\s+(?:19|20)\d\d\b)|\b(?i:between)\s+{_DAY}\s+and\s+{_DAY}")
_OPERATION = re.compile(
    r"(?i)\s+(?:(?:who|that)\s+)?(?:(?:was|were)\s+)?(?:killed|injured|wounded|shot dead)\s+(?:in|during)\s+(?:an?\s+|the\s+)?(?:\S+\s+){0,2}?"
    r"(?:operations?|shoot-?outs?|gun ?battles?|crackdowns?)\b"
)
# A single night or day with its eve; a longer time with several attacks is a period.
_LONGEST_EVENT = datetime.timedelta(days=2)
_CLAUSES_APART = 3
"""What a semicolon or `while` between a group and a trigger weighs, in steps of the parse."""
_APART = word_set("judging", "apart")


def toll_of(
    text: str, sentence: ParsedSentence, candidate: Candidate, rivals: Sequence[Token], filled: Filled, span: tuple[datetime.date, datetime.date] | None
) -> dict[str, Any]:
    """Killed and injured that a sentence tells of one of its attacks.

    Args:
        text: The document's text.
        sentence: The parsed sentence of the attack.
        candidate: The attack.
        rivals: The triggers of the other attacks of the sentence.
        filled: Who attacks and who is hit.
        span: The first and the last day of the attack, where they are known.

    Returns:
        `killed_min`, `killed_max`, `injured_min`, `injured_max` (None where not stated or open) and `casualties_scope`.
    """
    told = [each for each in find_casualties(text, sentence.offset, sentence.end) if not _is_elsewhere(text, each, candidate.token.idx + sentence.offset)]
    own = list(_own(told, sentence, candidate.token, rivals)) if rivals else told
    part = bool(own) and all(each.including for each in own) and any(not each.including and each not in own for each in told)
    if part:
        own = [dataclasses.replace(each, including=False) for each in own]
    own = _without_attackers(own, sentence, candidate, filled)
    killed_min, killed_max, injured_min, injured_max = summarise(own)
    scope = "event"
    if any(not each.attacker for each in own):
        scope = "part" if part else "cumulative" if _is_cumulative(own, sentence, candidate, span) else "event"
    return {"killed_min": killed_min, "killed_max": killed_max, "injured_min": injured_min, "injured_max": injured_max, "casualties_scope": scope}


def _is_elsewhere(text: str, group: Casualty, trigger: int) -> bool:
    """`the mastermind of the bombing was among nine militants killed in an operation`: dead of something else, told after the attack."""
    elsewhere = _OPERATION.match(text, group.end)
    return elsewhere is not None and trigger < group.start


def _own(told: list[Casualty], sentence: ParsedSentence, trigger: Token, rivals: Sequence[Token]) -> Iterator[Casualty]:
    """The groups that stand nearer to one trigger than to any other; attackers among the dead go with those they are counted among."""
    whole = False
    for each in told:
        if not (each.including and each.attacker):
            whole = _nearest(sentence, each, [trigger, *rivals]) == trigger
        if whole:
            yield each


def _nearest(sentence: ParsedSentence, group: Casualty, triggers: Sequence[Token]) -> Token:
    first, last = group.start - sentence.offset, group.end - sentence.offset
    words = [token for token in sentence.doc if token.idx < last and token.idx + len(token.text) > first]
    if not words:
        return triggers[0]
    if group.including and (named := _own_attack(sentence, words[-1], triggers)) is not None:
        return named
    head = next((token for token in words if token.head not in words), words[0])

    verb = next((token for token in reversed(sentence.doc[max(0, head.left_edge.i - 3) : head.i]) if is_verb(token) and not is_passive(token)), None)
    told = next((subject for subject in surface_subject(verb) if subject in triggers), None) if verb is not None else None
    if told is not None:
        return told  # `the raid killed two`

    def distance(trigger: Token) -> tuple[int, int]:
        low, high = sorted((head.i, trigger.i))
        apart = sum(token.lower_ in _APART for token in sentence.doc[low:high])
        return _steps(head, trigger) + _CLAUSES_APART * apart, high - low

    return min(triggers, key=distance)


def _own_attack(sentence: ParsedSentence, last: Token, triggers: Sequence[Token]) -> Token | None:
    """`including ten in a double tap strike`, `20 of them in an air raid`: the attack that is named right behind a part."""
    behind = list(itertools.takewhile(lambda token: token.text not in (",", ";"), sentence.doc[last.i + 1 :]))
    if not any(token.lower_ in ("in", "by", "when") for token in behind[:3]):
        return None
    return next((token for token in behind if token in triggers), None)


def _steps(one: Token, other: Token) -> int:
    """Steps in the parse between two words."""
    above = {token.i: up for up, token in enumerate((one, *one.ancestors))}
    return next((up + above[token.i] for up, token in enumerate((other, *other.ancestors)) if token.i in above), len(one.doc))


def _without_attackers(own: list[Casualty], sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> list[Casualty]:
    """Marks militants who died beside others in an attack by militants: `Two officers and two militants are killed in an ambush`."""
    words = casualty_words()["attackers"]
    if any(lemma_of(each) in words["beaten"] for each in candidate.token.ancestors):
        return [dataclasses.replace(each, attacker=each.attacker or _fights(each)) for each in own]
    attackers = filled.roles.get("attacker", ())
    if any(party.entity is not None and party.entity.kind == "state" for party in attackers):
        return own
    if not attackers and not (lemma_of(candidate.token) in words["assaults"] and not re.search(words["from_afar"], sentence.doc.text, re.IGNORECASE)):
        return own

    victims = {each.kind for each in own if not each.including and not each.attacker and not _fights(each) and each.maximum != 0}
    return [dataclasses.replace(each, attacker=True) if _fights(each) and each.kind in victims else each for each in own]


def _fights(each: Casualty) -> bool:
    return bool(each.who) and each.who.lower().split()[-1] in casualty_words()["attackers"]["likely"]


def _is_cumulative(own: list[Casualty], sentence: ParsedSentence, candidate: Candidate, span: tuple[datetime.date, datetime.date] | None) -> bool:
    counted = [each for each in own if not each.including and not each.attacker]
    if any(each.cumulative for each in own) and all(each.cumulative for each in counted):
        return True
    nouns = [candidate.token, *(each for each in candidate.slots.get("subject") if ("noun", lemma_of(each)) in candidate.frame.by_lemma)]
    if not any(each.tag_ in ("NNS", "NNPS") for each in nouns):
        return False
    return _YEAR.search(sentence.doc.text) is not None or (span is not None and span[1] - span[0] > _LONGEST_EVENT)
