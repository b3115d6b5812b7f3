"""Who says so, and how the acting party is named: by the text, by its own claim, or by another's charge (events.md, «Blame»)."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence

from schemas.event_types import event_types
from schemas.mention import Mention
from transforms.events.actors import ActorResolver
from transforms.events.arguments import agents, surface_subject
from transforms.events.assembly import Draft
from transforms.events.attribution_words import attribution_words
from transforms.events.names import NamedSpan
from transforms.events.parties import Party
from transforms.events.reference import standing
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import ancestors, is_passive, is_verb, prepositions
from transforms.language.parse import Token

_CLIMB = 10


def attribute(sentence: ParsedSentence, draft: Draft, resolver: ActorResolver, day: datetime.date | None) -> tuple[str | None, str | None]:
    """Who says that an event is so, and how its acting party is named.

    Args:
        sentence: The sentence that tells it.
        draft: The mention in the making, its roles filled.
        resolver: The document's resolver.
        day: Publication day, for whom speakers act.

    Returns:
        The speaker's name, None where the text itself asserts it; and `asserted`, `claimed` or `alleged`, None where the event has no acting party that can be
        blamed.
    """
    speaker = _speaker(draft.token, sentence, resolver)
    name = None if speaker is None else speaker.entity.name if speaker.entity is not None else speaker.text
    record = event_types()[draft.candidate.frame.event_type]
    acting = draft.filled.roles.get(record.ACTING, [])
    if record.RECEIVING != "target" or not acting:
        return name, None
    if _is_claimed(draft.token):
        return name or acting[0].entity.name if acting[0].entity is not None else acting[0].text, "claimed"
    if speaker is not None:
        own = speaker.key in {party.key for party in acting} or (
            speaker.acts_for(day) is not None and speaker.acts_for(day) in {p.acts_for(day) for p in acting}
        )
        return name, "claimed" if own else "alleged"
    return None, "alleged" if _is_hedged(sentence, draft.token, acting) else "asserted"


def without_denied(mentions: Sequence[Mention], text: str, spans: Sequence[NamedSpan], day: datetime.date | None) -> list[Mention]:
    """Takes alleged attackers out where the same document has the accused deny it or calls the cause unknown.

    Args:
        mentions: A document's mentions.
        text: Its text.
        spans: Its known names.
        day: Publication day, for whom persons act.
    """
    words = attribution_words()
    if not any(mention.blame == "alleged" for mention in mentions):
        return list(mentions)
    unknown = words.unknown.search(text) is not None
    denied = set()
    for match in words.denying.finditer(text):
        start = max(text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
        before = [span for span in spans if start <= span.start < match.start()]
        denied |= {standing(span.entity, day).acts_for or span.entity.actor_id for span in before[-1:]}
    return [_without(mention, denied, unknown=unknown) if mention.blame == "alleged" else mention for mention in mentions]


def _without(mention: Mention, denied: set[str | None], *, unknown: bool) -> Mention:
    record = event_types()[mention.event_type]
    kept = tuple(actor for actor in mention.actors if actor.role != record.ACTING or not (unknown or (actor.acts_for or actor.actor_id) in denied - {None}))
    if len(kept) == len(mention.actors):
        return mention
    return dataclasses.replace(mention, actors=kept, blame=mention.blame if any(actor.role == record.ACTING for actor in kept) else None)


def _speaker(trigger: Token, sentence: ParsedSentence, resolver: ActorResolver) -> Party | None:
    words = attribution_words()
    current = trigger
    for _ in range(_CLIMB):
        head = current.head
        if is_verb(current):
            for word, objects in prepositions(current):
                if word == "according":
                    found = resolver.parties(sentence, objects)
                    if found:
                        return found[0]
        if head == current:
            return None
        clause = current.dep_ in ("ccomp", "parataxis", "pcomp", "prep", "xcomp") or head.lemma_ in words.accusing
        if is_verb(head) and head.lemma_ in words.saying and clause:
            # who is suspected or accused is not who says so
            suspected = head.tag_ == "VBN" and (head.dep_ == "acl" or is_passive(head))
            found = resolver.parties(sentence, agents(head) if suspected else surface_subject(head))
            return found[0] if found else None
        current = head
    return None


def _is_claimed(trigger: Token) -> bool:
    """`claimed responsibility for the attack`."""
    words = attribution_words()
    over = trigger.head.head
    return trigger.head.lower_ == "for" and over.lemma_ in words.responsibility and over.head.lemma_ in words.claiming


def _is_hedged(sentence: ParsedSentence, trigger: Token, acting: Sequence[Party]) -> bool:
    """`suspected militants attacked`, `allegedly fired by`, `an attack blamed on rebels`."""
    words = attribution_words()
    if any(each.lower_ in words.hedges or (each.dep_ == "acl" and each.lemma_ in words.accusing) for each in trigger.children):
        return True
    if any(over.tag_ == "VBN" and over.lemma_ in words.accusing for over, _ in ancestors(trigger, 5)):
        # `a man suspected of committing an attack`
        return True
    for party in acting:
        inside = [token for token in sentence.doc if party.start <= sentence.start_of(token) < party.end]
        before = sentence.doc[max(0, inside[0].i - 2) : inside[0].i] if inside else ()
        if any(token.lower_ in words.hedges for token in (*inside, *before)):
            return True
    return False
