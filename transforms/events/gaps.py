"""Where the frames and tables have gaps: events with parties that no table knows, and verbs between known parties that no frame knows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from schemas.mention import Mention
from transforms.events.actors import ActorResolver
from transforms.events.arguments import agents, patients
from transforms.events.candidates import lemma_of
from transforms.events.frames import frames
from transforms.events.parties import Party
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import is_verb, prepositions
from transforms.language.parse import Token
from transforms.language.words import word_set

# What follows these stands to the verb as an object does: `met with`, `fired on`, `appealed to`.
_LINKS = word_set("roles", "object_prepositions")
_SAYING = word_set("roles", "common_verbs")


@dataclasses.dataclass(frozen=True, slots=True)
class Gap:
    """Something that the extraction does not know.

    Attributes:
        kind: `actor` (of a known event) or `verb` (between known parties).
        words: The actor's words with its role, or the verb's lemma with the word that links its second party.
        sentence: Where it stands.
    """

    kind: str
    words: str
    sentence: str


def unknown_actors(mentions: Sequence[Mention]) -> Iterator[Gap]:
    """The parties of mentions that no table resolves."""
    for mention in mentions:
        for actor in mention.actors:
            if actor.actor_id is None and actor.acts_for is None:
                yield Gap("actor", f"{mention.event_type} {actor.role}: {actor.text}", mention.sentence)


def unknown_verbs(sentence: ParsedSentence, resolver: ActorResolver) -> Iterator[Gap]:
    """The verbs of a sentence that stand between two known parties and begin no event."""
    known = {lemma for frame in frames().values() for pos, lemma in frame.by_lemma if pos == "verb"}
    for token in sentence.doc:
        lemma = lemma_of(token)
        if not is_verb(token) or lemma in known or lemma in _SAYING:
            continue
        first = _states(resolver, sentence, agents(token))
        if not first:
            continue
        others = [("", patients(token)), *((word, objects) for word, objects in prepositions(token) if word in _LINKS)]
        for link, heads in others:
            if _states(resolver, sentence, heads) - first:
                yield Gap("verb", f"{lemma} {link}".strip(), sentence.doc.text)
                break


def _states(resolver: ActorResolver, sentence: ParsedSentence, heads: list[Token]) -> set[str]:
    """For whom the parties that some words name act."""
    day = resolver.memory.day

    def whom(party: Party) -> str | None:
        return party.acts_for(day)

    return {found for party in resolver.parties(sentence, heads) if (found := whom(party)) is not None}
