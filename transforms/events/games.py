"""Whether a candidate is told of a game: in texts about sport teams strike, attack, ambush and meet each other."""

from __future__ import annotations

import functools

from schemas.event_types import event_types
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.memory import DocumentMemory
from transforms.events.numbers import any_of
from transforms.events.parties import is_official
from transforms.events.spans import ParsedSentence
from transforms.events.wording import Wording
from transforms.language.words import word_set


def _words(name: str) -> Wording:
    return Wording(rf"(?i)\b{any_of(word_set('games', name))}(?:s|es)?\b")


_PLAYED, _PERHAPS = _words("played"), _words("perhaps_played")
_ARMED = _words("armed")
_OFFICIAL = _words("official")
_ONLOOKERS = word_set("games", "onlookers")
# So many different words of sport make a text one about a game; in a short text and in a sentence one does with others that may be of sport.
_IN_TEXT = 3
_SHORT = 1_500
"""Code points."""


def is_of_a_game(sentence: ParsedSentence, candidate: Candidate, filled: Filled, memory: DocumentMemory) -> bool:
    """Whether an attack or a meeting is one of players.

    `Arsenal bombarded the Newcastle goal`, `Spain will meet England in the final`: the text is about sport, and the sentence is not of arms or of offices.
    """
    if candidate.frame.steps:
        return False
    text = sentence.doc.text
    if not _is_about_a_game(memory.titled) and (len(memory.titled) < _SHORT or not _is_about_a_game(text)):
        return False  # what makes a sentence one about a game makes a short text one
    if event_types()[candidate.frame.event_type].RECEIVING is not None:
        # `locals attack supporters of Maccabi after a match`: who looks on does not play
        return _ARMED.search(text) is None and not any(lemma_of(head) in _ONLOOKERS for head in filled.target_heads)
    return _OFFICIAL.search(text) is None and not any(p.entity is not None and p.entity.kind == "person" and is_official(p, memory.day) for p in filled.all())


@functools.lru_cache(maxsize=4)
def _is_about_a_game(text: str) -> bool:
    played = len(_told(_PLAYED, text))
    return played >= _IN_TEXT or (played > 0 and len(text) < _SHORT and played + len(_told(_PERHAPS, text)) > 1)


def _told(wording: Wording, text: str) -> set[str]:
    """The different words of a kind in the first part of a text."""
    return {match[0].removesuffix("s") for match in wording.finditer(text[:20_000])}
