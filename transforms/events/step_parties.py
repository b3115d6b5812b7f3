"""The two sides of a step: who gives, who gets and who asks, whom each stands for, and how one is added."""

from __future__ import annotations

from collections.abc import Iterable

from transforms.events.candidates import Candidate
from transforms.events.filled import Filled
from transforms.events.parties import Party
from transforms.events.receiving import ReceivingPhrases
from transforms.events.roles import RoleFiller
from transforms.events.spans import ParsedSentence
from transforms.events.where import NamedPlace
from transforms.language.parse import Token
from transforms.language.words import word_set, word_sets

# Prepositions behind which it stands who gets something.
TO_WHOM = word_set("aid", "to_whom")
_SOVEREIGNS = {territory: state for state, territories in word_sets("territories").items() for territory in territories}
_BODIES = word_set("aid", "giving_sectors")


def sovereign(code: str) -> str:
    """The state that a territory with a code of its own belongs to; any other code is itself."""
    return _SOVEREIGNS.get(code, code)


class StepParties:
    """The parties of one candidate step."""

    def __init__(self, sentence: ParsedSentence, candidate: Candidate, filled: Filled, filler: RoleFiller, places: list[NamedPlace]) -> None:
        """Takes what the frame's slots have filled so far; `filled` is changed in place."""
        self.sentence, self.candidate, self.filled, self.places = sentence, candidate, filled, places
        self.resolver = filler.resolver
        self._phrases = ReceivingPhrases(sentence, filler.resolver, places)
        self.memory = filler.resolver.memory
        self.day = self.memory.day
        self.lexicons = candidate.frame.lexicons

    def stand(self, party: Party) -> str:
        """What tells the sides of a step apart: the state or body that a party acts for, else the state that it is of, else itself."""
        country = party.entity.country if party.entity is not None and party.entity.kind != "armed_group" else None
        return sovereign(party.acts_for(self.day) or country or party.key)

    def counts(self, party: Party) -> bool:
        """Whether a party is one that can grant, refuse or be granted: it acts for a state, an armed group or a body that is no business."""
        if party.entity is None:
            return False
        if party.entity.kind == "organisation" and party.entity.acts_for == party.entity.actor_id:
            return party.entity.sector in _BODIES
        if party.titled is not None and party.titled.sector == "LEG":
            return party.entity.country is not None
        return party.acts_for(self.day) is not None or party.entity.kind == "state"

    def is_private(self, party: Party) -> bool:
        """`A Danish charity`: who gives of his own and acts for no state."""
        return party.entity is not None and not self.lexicons["private_givers"].isdisjoint(party.text.lower().split())

    def named(self, role: str) -> list[Party]:
        """The parties of a role that have an identity."""
        return [party for party in self.filled.roles.get(role, ()) if party.is_named]

    def receiving(self, heads: Iterable[Token], *, people: bool = True) -> list[Party]:
        """Whom phrases name as receiving."""
        return self._phrases.parties(heads, people=people)

    def add_side(self, role: str, parties: list[Party]) -> None:
        """Adds parties to one side of the step that are not on the other."""
        other = {"donor": "recipient", "recipient": "donor"}.get(role, "")
        taken = {p.key for p in self.filled.roles.get(other, ())}
        self.filled.add(role, [p for p in parties if p.key not in taken and not self.is_part(p)])

    def is_paper(self, party: Party) -> bool:
        """A law or a plan that the model takes for an organisation (`the Budget provides`)."""
        known = party.entity is not None and (party.entity.actor_id is not None or party.entity.kind == "person")
        return not known and bool({word.lower() for word in party.text.split()} & self.lexicons["papers"])

    def is_part(self, party: Party) -> bool:
        """`the State of Georgia`: a part of a state that has the name of another."""
        words = self.sentence.doc.text[max(0, party.start - self.sentence.offset - 15) : party.end - self.sentence.offset + len(" of ")].lower()
        return any(part in words for part in self.lexicons["parts"])
