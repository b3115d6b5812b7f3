"""Which state an official visits."""

from __future__ import annotations

import dataclasses

from transforms.events.actors import ActorResolver
from transforms.events.filled import Filled
from transforms.events.parties import Party, is_official
from transforms.events.reference import states
from transforms.events.spans import ParsedSentence, SentenceName
from transforms.events.targets import stands_under
from transforms.events.where import NamedPlace
from transforms.language.words import word_set

_MOVED = word_set("judging", "moved")


def visit_parties(sentence: ParsedSentence, filled: Filled, places: list[NamedPlace], resolver: ActorResolver) -> list[Party]:
    """The states that an official visits, none where the trip is at home or the visitor no official.

    The visited place is that of the `visited` slot; where there is none, the one after `to` or `in`.
    """
    visitors = [p for p in filled.roles.get("participant", ()) if is_official(p, resolver.memory.day) and not _is_moved(p)]
    home = {visitor.acts_for(resolver.memory.day) or (visitor.entity.country if visitor.entity else None) for visitor in visitors}
    found: dict[str, Party] = {}
    for head in filled.visited_heads if visitors else ():
        name: SentenceName | None = sentence.name_of.get(head.i)
        spots = [p for p in places if p.token == head or (name is not None and p.token.i in range(name.first, name.last)) or stands_under(p, head)]
        spot = next((p for p in spots if p.place.country), None)
        country = spot.place.country if spot else None
        if not spots and head.lemma_ in ("capital", "country", "kingdom", "republic"):
            # `a visit to the Georgian capital Tbilisi`, whose name the parser hangs elsewhere
            for state in resolver.resolve(sentence, head):
                if state.entity is not None and state.entity.kind == "state" and state.entity.country not in home:
                    found.setdefault(state.entity.country or "", dataclasses.replace(state, reason="the state that is visited"))
        if spot is not None and country is not None and country not in home and country in states():
            found.setdefault(country, Party(spot.place.text, spot.start, spot.end, states()[country], "the state that is visited"))
    if not filled.visited_heads and visitors and not found and not any(visitor.reason.endswith("refers back") for visitor in visitors):
        # `Mogadishu is locked down during a visit from Ethiopia's premier`: the one other country that the sentence names
        elsewhere = {country: place for place in places if (country := place.place.country or "") in states() and country not in home}
        if len(elsewhere) == 1:
            ((country, spot),) = elsewhere.items()
            found[country] = Party(spot.place.text, spot.start, spot.end, states()[country], "where the visitor is")
    return list(found.values())


def _is_moved(party: Party) -> bool:
    """`Israeli jets fly over Beirut`, `130 Ukrainian soldiers returning`: what goes somewhere and visits nobody."""
    return any(word.removesuffix("s") in _MOVED or word in _MOVED for word in party.text.lower().split())
