"""What a candidate takes from what was told before it: parties, place, and the event that a definite noun goes back to."""

from __future__ import annotations

import re

from schemas.event_types import event_types
from schemas.place import Place
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.chronicle import NEWS_DAYS, Told
from transforms.events.filled import Filled
from transforms.events.memory import DocumentMemory
from transforms.events.own_places import ABOUT
from transforms.events.parties import Party, inferred_party
from transforms.events.reference import states
from transforms.events.spans import ParsedSentence
from transforms.events.status import Status
from transforms.events.syntax import SINGULAR, is_verb
from transforms.language.parse import Token
from transforms.language.words import word_set

_BACK = word_set("judging", "back")
# Verbs by which someone is told to be at what was told before.
_ATTENDING = word_set("judging", "attending")
_NEW = word_set("judging", "new")
_JOURNEYS = word_set("places", "journeys")
# Who arranges a meeting of others.
_APART = ("host", "mediator")
# Within so many characters a text goes on about what it has just told.
_NEXT = 500
_RECEIVING = word_set("judging", "receiving")
_REMOTE = re.compile(r"(?i)\b(?:by|on the|over the) (?:tele)?phone\b|\b(?:phone|video) (?:call|conversation)|\bby video|\bvirtual")
_HABITUAL = word_set("judging", "habitual")
# Attacks that a text is about and that no arms are used in.
_UNARMED = re.compile(rf"(?i)\b(?:{'|'.join(sorted(word_set('judging', 'unarmed')))})")


def carry(candidate: Candidate, filled: Filled, locations: list[Place], memory: DocumentMemory, status: Status) -> Told | None:
    """Takes actors, and the place where there is none, from the event that a definite noun or a verb without its parties refers to."""
    event_type = candidate.frame.event_type
    record = event_types()[event_type]
    if candidate.frame.steps:
        return None
    verb = is_verb(candidate.token)
    subjects = candidate.slots.get("subject") if verb else ()
    told_by_noun = candidate.trigger.kind == "weapon_subject" or any(("noun", lemma_of(each)) in candidate.frame.by_lemma for each in subjects)
    # `This bombardment used drones to strike towns`
    nouns = (subjects if told_by_noun else ()) if verb else (candidate.token,)
    definite = any(_is_retold(noun) or is_definite(noun) for noun in nouns)
    named = _taking_part(filled)
    if record.RECEIVING is None:
        return _carry_encounter(candidate, filled, locations, memory, status, named=named, definite=definite)
    noun = nouns[0] if nouns else candidate.token
    told = memory.told_again(event_type, lemma_of(noun), single=noun.tag_ in SINGULAR, fits=lambda each: not named or _agree(filled, each))
    if told is None or not definite:
        return None
    for role in (record.ACTING, record.RECEIVING):
        if not filled.roles.get(role) and not (role == record.RECEIVING and (filled.target_heads or locations)):
            filled.add(role, told.filled.roles.get(role, []))
    if not locations:
        locations.extend(told.locations)
    return told


def _taking_part(filled: Filled) -> list[Party]:
    """Who is named as taking part, without those who arrange it for others."""
    apart = {party.key for role in _APART for party in filled.roles.get(role, ())}
    return [party for party in filled.all() if party.is_named and party.key not in apart]


def is_definite(noun: Token) -> bool:
    """Whether a noun goes back to an event that was told: `the attack`, `their attack`, `Tuesday's barrage`."""
    return any(_points_back(child) for child in noun.children)


def is_visit_again(candidate: Candidate) -> bool:
    """Whether a noun may go back to a visit that was told: `The visit will …`, `the Prime Minister's visit`."""
    noun = candidate.token
    return candidate.trigger.kind == "visit" and not is_verb(noun) and (is_definite(noun) or any(child.dep_ == "poss" for child in noun.children))


def visit_before(candidate: Candidate, filled: Filled, memory: DocumentMemory, status: Status) -> Told | None:
    """The encounter with a host, told before, in which those take part whom a visit names."""
    told = memory.told_with(
        candidate.frame.event_type, {_state_key(party, memory) for party in _taking_part(filled)}, status.value, lambda p: _state_key(p, memory)
    )
    return told if told is not None and told.filled.roles.get("host") else None


def _points_back(child: Token) -> bool:
    return (child.dep_ in ("det", "poss") and child.lower_ in _BACK) or (child.dep_ == "poss" and child.ent_type_ == "DATE")


def _is_retold(noun: Token) -> bool:
    """`It is the heaviest loss in a single attack since 2022`: what is said of the event that a pronoun stands for."""
    verb = next((each for each in noun.ancestors if is_verb(each)), None)
    if verb is None or lemma_of(verb) not in ("be", "mark", "represent") or noun.tag_ not in SINGULAR:
        return False
    return any(each.dep_ == "nsubj" and each.lower_ in ("it", "this") for each in verb.children) and any(
        each.tag_ == "JJS" for token in noun.ancestors for each in token.children
    )


def _is_new(noun: Token) -> bool:
    """Whether a noun brings up an event rather than going back to one: `a meeting`, `another round of talks`, `new talks`, `discussions about a deal`."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and lemma_of(noun.head.head) in ("series", "round", "string", "set", "number"):
        return _is_new(noun.head.head)
    return any(
        (child.dep_ == "det" and child.lower_ in _NEW)
        or (child.dep_ == "amod" and child.lower_ in _NEW)
        or (child.dep_ == "prep" and child.lower_ in ABOUT and not _of_the_same(child))
        for child in noun.children
    )


def _of_the_same(preposition: Token) -> bool:
    """`negotiations on its terms`: about something of what was told before."""
    return any(each.lower_ in ("its", "their") for topic in preposition.children for each in topic.children)


def _carry_encounter(
    candidate: Candidate, filled: Filled, locations: list[Place], memory: DocumentMemory, status: Status, *, named: list[Party], definite: bool
) -> Told | None:
    """What an encounter refers to: `the meeting` to the last one that fits, `they discussed …` to the one in which they took part."""
    event_type = candidate.frame.event_type
    acting = event_types()[event_type].ACTING
    verb = is_verb(candidate.token)
    again = candidate.trigger.kind == "told_before"
    definite = definite or again or is_visit_again(candidate)  # `a second round`: of the talks told before
    topical = candidate.trigger.topic_from == "object" or candidate.trigger.name in ("speak", "talk", "exchange-views")
    keys = {_state_key(p, memory) for p in named}
    joining = definite and candidate.slots.light is not None and lemma_of(candidate.slots.light) in _ATTENDING
    told = memory.told_with(event_type, set() if joining else keys, status.value, lambda p: _state_key(p, memory))
    if again and not _is_new(candidate.token):
        told = memory.last_gathering(event_type) or told
    if told is None and (joining or (definite and candidate.slots.get("involving"))):
        told = memory.told_with(event_type, set(), status.value, lambda p: _state_key(p, memory))
    if told is not None and not filled.roles.get("host") and _is_still_hosted(candidate, keys, told, locations, memory, status):
        filled.add("host", told.filled.roles["host"])
        locations.extend(told.locations if not locations else ())
        return told
    if not locations:
        locations.extend(_place_again(candidate, keys, memory, status))
    if told is None or not (verb or definite or not named) or (not verb and not definite and _is_new(candidate.token)):
        return None
    if verb and named and not topical:
        return None
    if len(keys) >= 2 and not joining and keys != {_state_key(p, memory) for p in told.filled.roles.get(acting, ())}:
        # Who is named as two meets as two, whoever met before.
        return None
    if topical and told.status not in ("occurred", "ongoing", status.value):
        return None
    known = {p.key for p in named}
    filled.roles[acting] = [p for p in filled.roles.get(acting, []) if p.is_named]
    filled.add(acting, [p for p in told.filled.roles.get(acting, []) if _state_key(p, memory) not in keys or p.key in known])
    # Who meets its own people hosts them once; a visitor stays a guest throughout.
    among_themselves = len({_state_key(p, memory) for p in told.filled.roles.get(acting, ())}) < 2
    for role, parties in told.filled.roles.items():
        # `He hosted me as well`: one host is told; `technical negotiations` to come may have no mediator
        settled = bool(filled.roles.get(role)) or not (verb or definite)
        if role == "host" and named and _is_remote(candidate):
            continue
        if role != acting and not settled and not (role == "host" and among_themselves):
            filled.add(role, parties)
    looks_ahead = status.value in ("planned", "proposed") and told.status in ("occurred", "ongoing")
    if not locations and not looks_ahead and not (again and _is_new(candidate.token)):
        locations.extend(told.locations)
    return told


def _is_remote(candidate: Candidate) -> bool:
    """`spoke by phone on Friday`: nobody is host of a call."""
    return candidate.trigger.fields.get("format") == "phone" or (candidate.token.doc is not None and _REMOTE.search(candidate.token.doc.text) is not None)


def _is_still_hosted(candidate: Candidate, keys: set[str], told: Told, locations: list[Place], memory: DocumentMemory, status: Status) -> bool:
    """`A hosted B on Monday. A and B had a long conversation`: the parties of a reception talk on as host and guest."""
    if told.word not in _RECEIVING or not told.filled.roles.get("host") or told.status != status.value or (locations and tuple(locations) != told.locations):
        return False
    if _is_remote(candidate) or candidate.trigger.kind == "visit" or len(keys) < 2:
        return False
    if any(each.ent_type_ == "DATE" and each.lower_ not in ("today", "the") for each in candidate.token.doc or ()):
        return False  # of another day
    near = candidate.token.doc is not None and 0 <= memory.text.find(candidate.token.doc.text) - told.position < _NEXT
    return near and keys == {_state_key(party, memory) for party in told.filled.roles.get("participant", ())}


def _place_again(candidate: Candidate, keys: set[str], memory: DocumentMemory, status: Status) -> tuple[Place, ...]:
    """Where an encounter is that goes on about the one told right before: `X met Y in Rome. X is the first to meet with Y since …`, `at the summit`."""
    event_type, token = candidate.frame.event_type, candidate.token
    told = memory.last_told(event_type)
    if told is None or not told.locations or status.value in ("denied", "cancelled") or told.status in ("denied", "cancelled"):
        return ()
    if (
        not is_verb(token)
        and any(each.lower_ == "the" for each in token.children)
        and not any(each.dep_ in ("prep", "amod", "compound", "nummod", "acl", "relcl", "poss") for each in token.children)
    ):
        return told.locations if told.word == lemma_of(token) else ()
    news = told.start is not None and memory.day is not None and 0 <= (memory.day - told.start).days <= NEWS_DAYS
    same_parties = (
        (news or status.value == "planned")
        and candidate.trigger.topic_from != "object"
        and len(keys) > 1
        and keys == {_state_key(party, memory) for party in told.filled.all()}
    )
    during_visit = any(each.lower_ in ("during", "on") and any(lemma_of(noun) in _JOURNEYS for noun in each.children) for each in token.children)
    near = token.doc is not None and memory.text.find(token.doc.text) - told.position < _NEXT
    return told.locations if same_parties and near and (told.status == status.value or during_visit) and candidate.trigger.kind != "visit" else ()


def infer(sentence: ParsedSentence, candidate: Candidate, filled: Filled, locations: list[Place], memory: DocumentMemory) -> bool:
    """Parties of an event that its sentence leaves out and no definite word points to, where the document leaves no choice.

    An armed attack without place or party: the parties of the last one told, else the one state that the sentence or the document names is hit. Talks without
    parties: the two that the document names.
    """
    record = event_types()[candidate.frame.event_type]
    if candidate.frame.steps or _taking_part(filled) or (locations and record.RECEIVING is not None):
        return False
    if record.RECEIVING is None and (
        is_verb(candidate.token)
        or candidate.trigger.name not in ("talks", "negotiation", "meeting", "summit")
        or (candidate.trigger.name != "talks" and _is_new(candidate.token))
    ):
        return False
    general = record.RECEIVING is not None and not filled.target_heads and _is_general(candidate.token)
    told = memory.last_told(candidate.frame.event_type)
    start = candidate.token.idx + sentence.offset
    if told is not None and start - told.position < 700 and not general:
        for role in (record.ACTING, record.RECEIVING):
            if role is not None:
                filled.add(role, told.filled.roles.get(role, []))
        if record.RECEIVING is not None:
            locations.extend(told.locations)
        return True
    if record.RECEIVING is not None and _UNARMED.search(memory.text, 0, start):
        return False
    named: dict[str, Party] = {}
    for name in sentence.names:
        if name.entity is not None and name.entity.kind in ("state", "armed_group"):
            named.setdefault(name.entity.actor_id or "", Party(name.text, name.start, name.end, name.entity, "the only state that the sentence names"))
    if record.RECEIVING is not None:
        if len(named) == 1:
            filled.add(record.RECEIVING, list(named.values()))
            return True
        if not named and not general and len(memory.countries) == 1 and memory.countries[0] in states():
            entity = states()[memory.countries[0]]
            filled.add(
                record.RECEIVING,
                [inferred_party(sentence, candidate.token, entity, "the only state that the document names")],
            )
            return True
        return False
    if is_verb(candidate.token) or candidate.trigger.kind == "visit":
        return False
    apart = {place.country for place in locations} | {p.acts_for(memory.day) or p.key for p in filled.all()}
    parties = [e for e in memory.parties_named(before=sentence.end) if e.actor_id not in apart]
    if len(parties) > 2:
        parties = [e for e in parties if e.kind in ("state", "armed_group")]
    if 2 <= len(parties) <= 3 or (len(named) == 1 and len(parties) == 1):
        for entity in parties:
            filled.add(record.ACTING, [Party(entity.name, start, start + len(candidate.token.text), entity, "the two parties that the document names")])
        return True
    return False


def _is_general(noun: Token) -> bool:
    """`mass shootings and daily acts of violence`, `defend against future attacks`, `often on the scene of a shooting`: no event of its own is named."""
    words = {child.lower_ for child in noun.children}
    if noun.tag_ not in ("NNS", "NNPS"):
        verb = next((each for each in noun.ancestors if is_verb(each)), None)
        below = verb.children if verb is not None else ()
        return bool(words & {"a", "an"}) and any(each.lower_ in _HABITUAL for each in below)
    if noun.head.lower_ == "of" and any(child.lower_ in _BACK for child in noun.head.head.children):
        return False
    return not words & (_BACK | {"no"}) and not any(
        child.dep_ in ("nummod", "poss", "acl", "relcl") or child.ent_type_ in ("DATE", "TIME") for child in noun.children
    )


def _state_key(party: Party, memory: DocumentMemory) -> str:
    return party.acts_for(memory.day) or (party.entity.country if party.entity and party.entity.country else party.key)


def _agree(filled: Filled, told: Told) -> bool:
    for role, parties in filled.roles.items():
        known = {p.key for p in told.filled.roles.get(role, []) if p.is_named}
        parties = [p for p in parties if p.is_named]
        if parties and known and not {p.key for p in parties} & known:
            return False
    return True
