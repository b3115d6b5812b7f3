"""Who takes part in an event: a party with its words in the text and what it resolves to."""

from __future__ import annotations

import dataclasses
import datetime

from schemas.actor import Actor
from transforms.events.reference import STATE_SECTORS, AgentNoun, Entity, standing
from transforms.events.spans import ParsedSentence
from transforms.language.parse import Token
from transforms.language.words import word_set

BY_MODEL = "organisation by the model"
"""The reason of a party that no table has."""
OWN_GROUND = "on the ground of who lets it in or keeps it out"
"""The reason of a party that gets help, or does not, from the state that it belongs to."""
PLACE_IN = "place in"
"""Begins the reason of a party that is the state of a place hit."""
_DELEGATIONS = word_set("parties", "teams")


@dataclasses.dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: resolved as far as the text and the tables allow, with its words `[start, end)` and the reason."""

    text: str
    start: int
    end: int
    entity: Entity | None
    reason: str
    plural: bool = False
    former: bool = False
    inferred: bool = False
    """Whether it follows from the place or the document rather than from words of its own."""
    titled: AgentNoun | None = None
    """A title or agent noun in the text that says for whom an entity without office acts."""

    @property
    def key(self) -> str:
        """What tells parties apart: the entity, else the words."""
        if self.entity is None:
            return self.text.lower()
        return self.entity.actor_id or f"{self.entity.name}/{self.entity.country}".lower()

    @property
    def is_named(self) -> bool:
        """Whether it resolves to something with an identity of its own or a country."""
        return self.entity is not None

    def acts_for(self, day: datetime.date | None) -> str | None:
        """In whose name it counts on a day."""
        if self.entity is None or self.former:
            return None
        found = standing(self.entity, day)
        if found.acts_for is None and self.titled is not None and self.titled.acts_for_state and self.entity.kind == "person":
            return self.entity.acts_for or self.entity.country
        return found.acts_for

    def to_actor(self, role: str, day: datetime.date | None) -> Actor:
        """The party as an actor of a mention that happens on a day."""
        if self.entity is None:
            return Actor(role=role, text=self.text, kind="group", reason=self.reason, text_start=self.start, text_end=self.end)
        found = standing(self.entity, day)
        sector = found.sector or (self.titled.sector if self.titled else None)
        return Actor(
            role=role,
            text=self.text,
            actor_id=self.entity.actor_id,
            name=self.entity.name,
            kind=self.entity.kind,
            acts_for=self.acts_for(day),
            country=found.country if found.acts_for is not None or found.office is not None else self.entity.country,
            sector=sector,
            office=None if self.former else found.office,
            reason=self.reason,
            text_start=self.start,
            text_end=self.end,
        )


def noun_phrase(head: Token) -> tuple[int, int]:
    """Tokens `[first, last)` of a noun phrase without clauses, appositions and coordinated phrases; of-phrases belong to it."""
    first, last = head.i, head.i + 1
    for each in head.children:
        if each.dep_ in ("det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "advmod", "predet", "npadvmod", "case"):
            first = min(first, each.left_edge.i)
        elif each.dep_ == "prep" and each.lower_ == "of" and each.i > head.i:
            for inner in each.children:
                if inner.dep_ == "pobj":
                    last = max(last, noun_phrase(inner)[1])
    return first, last


def is_official(party: Party, day: datetime.date | None) -> bool:
    """Whether a party is a person or delegation that acts for a state or organisation."""
    if party.entity is None or party.former:
        return False
    if party.entity.kind == "person":
        return party.acts_for(day) is not None or (party.titled is not None) or bool(party.entity.offices)
    if party.entity.kind == "organisation" and party.text.rsplit(" ", 1)[-1].lower() in _DELEGATIONS:
        return True  # `An IMF mission landed in Islamabad`
    return party.titled is not None and party.titled.sector in STATE_SECTORS | {"LEG", "IGO"}


def inferred_party(sentence: ParsedSentence, trigger: Token, entity: Entity, reason: str) -> Party:
    """A party that no words of its own name: it stands where the trigger does."""
    start = sentence.start_of(trigger)
    return Party(entity.name, start, sentence.end_of(trigger), entity, reason, inferred=True)
