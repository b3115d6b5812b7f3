"""The events that a document has told so far: what later sentences carry over from them."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from schemas.event_types import event_types
from schemas.place import Place
from transforms.events.reference import Entity, states
from transforms.language.words import word_set

if TYPE_CHECKING:
    from transforms.events.assembly import Draft
    from transforms.events.filled import Filled
    from transforms.events.parties import Party
    from transforms.events.spans import ParsedSentence
    from transforms.events.when import EventDate

# What happened within these days before a text is what the text is about.
NEWS_DAYS = 7
_BODY_MEETINGS = word_set("parties", "body_meetings")


@dataclasses.dataclass(frozen=True)
class Told:
    """An event that a document told: what later sentences carry over from it."""

    event_type: str
    position: int
    filled: Filled
    status: str
    locations: tuple[Place, ...]
    start: datetime.date | None
    end: datetime.date | None
    precision: str | None
    basis: str | None
    word: str
    """The lemma of what told it."""


class Chronicle:
    """The events of one document, in the order in which they were told.

    Args:
        day: Publication day, for whom persons act and what is news.
    """

    def __init__(self, day: datetime.date | None) -> None:
        self.day = day
        self.telling: list[Draft] = []
        """What the sentence that is being read has told so far."""
        self._told: list[Told] = []

    def remember_event(self, event_type: str, sentence: ParsedSentence, draft: Draft, when: EventDate) -> None:
        """Remembers an event that was told, for what refers back to it."""
        places, word = tuple(draft.locations), draft.token.lemma_.lower()
        told = Told(event_type, sentence.offset, draft.filled, draft.status.value, places, when.start, when.end, when.precision, when.basis, word)
        self._told.append(told)

    def last_told(self, event_type: str, roles: tuple[str, ...] = ()) -> Told | None:
        """The last event of a type that was told with one of some roles filled."""
        return next(
            (told for told in reversed(self._told) if told.event_type == event_type and (not roles or any(told.filled.roles.get(r) for r in roles))), None
        )

    def last_dated(self) -> Told | None:
        """The last event of any type of which the text says when it was: `a day later` counts from there."""
        return next((told for told in reversed(self._told) if told.start is not None and told.basis in ("text", "carried")), None)

    def last_gathering(self, event_type: str) -> Told | None:
        """The last event of a type that was told as a summit or conference: what `the gathering` goes back to rather than to two who met on its sidelines."""
        return next((told for told in reversed(self._told) if told.event_type == event_type and told.word in _BODY_MEETINGS), None)

    def told_again(self, event_type: str, word: str, *, single: bool = False, fits: Callable[[Told], bool] = lambda _: True) -> Told | None:
        """The last event of a type that a definite noun goes back to.

        Args:
            event_type: The type.
            word: The noun's lemma: rather what has happened and was told by the same word is meant (`the strike`).
            single: Whether the noun is singular: then rather what happened than what goes on.
            fits: Whether the noun's own parties can be those of an event.
        """
        told = [each for each in self._told if each.event_type == event_type and fits(each)]
        happened = [each for each in told if each.status == "occurred" or (each.status == "ongoing" and not single)]
        alike = [each for each in happened if each.word == word]
        fitting = alike or (happened if single else []) or told
        return fitting[-1] if fitting else None

    def told_with(self, event_type: str, keys: set[str], status: str, key: Callable[[Party], str]) -> Told | None:
        """The last event of a type in which some parties take part, rather one of the same status than another.

        Args:
            event_type: The type.
            keys: What tells the parties apart that must be among the event's; none fits every event.
            status: The status that is preferred.
            key: Gives what tells a party apart.
        """
        fitting = [
            told for told in self._told if told.event_type == event_type and keys <= {key(party) for party in told.filled.all()} and (keys or told.filled.all())
        ]
        alike = [told for told in fitting if told.status == status or {told.status, status} <= {"planned", "proposed"}]
        news = [told for told in alike if self.day is not None and told.start is not None and 0 <= (self.day - told.start).days <= NEWS_DAYS]
        return (news or alike or fitting)[-1] if fitting else None

    def acting_before(self, position: int) -> list[Party]:
        """The acting parties of an event with two sides that the sentence right before a place tells: `EU leaders agreed to …. However, they …`."""
        told = self._told[-1] if self._told else None
        if told is None or position - told.position > 400 or event_types()[told.event_type].RECEIVING is None:
            return []
        return told.filled.roles.get(event_types()[told.event_type].ACTING, [])

    def last_parties(self, phrase: str, *, states_alone: bool = False) -> list[Party]:
        """Whom `the two leaders`, `both sides`, `they` stand for: the parties of the last event with more than one where nobody acts on another.

        Args:
            phrase: The words.
            states_alone: Whether they mean states: then the last event in which two take part.
        """
        for told in reversed(self._told):
            if event_types()[told.event_type].RECEIVING is not None:
                continue
            parties = told.filled.all()
            if states_alone and len({party.acts_for(self.day) for party in parties} & states().keys()) < 2:
                continue
            arranging = {party.key for role in ("host", "mediator") for party in told.filled.roles.get(role, ())}
            others = [party for party in parties if party.key not in arranging]
            if len(others) >= 2:
                parties = others  # `Their ministers have met since`: not those of the host
            members = [party for party in parties if party.entity is None or party.entity.kind != "organisation"]
            if told.word in _BODY_MEETINGS and len(members) >= 2:
                parties = members  # who met at a summit, and not the body whose it is
            if len(parties) >= 2:
                if phrase.lower().startswith(("the two", "both", "two")) and len(parties) > 2:
                    # of an envoy and two states the two states
                    countries = [party for party in parties if party.entity is not None and party.entity.kind == "state"]
                    return countries if len(countries) == 2 else parties[-2:]
                return parties
        return []

    def sides_of_attack(self) -> list[Entity]:
        """The two sides of the last attack that has an attacker and a target, as those they act for."""
        for told in reversed(self._told):
            if event_types()[told.event_type].RECEIVING == "target":
                sides = {p.acts_for(self.day) or p.key: p.entity for parties in told.filled.roles.values() for p in parties if p.entity is not None}
                if len(sides) == 2:
                    return list(sides.values())
        return []
