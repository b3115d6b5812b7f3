"""Whether a candidate is a mention: its roles filled, its status read, what it carries over from before, and what its frame asks for."""

from __future__ import annotations

import dataclasses
import re

from spacy.tokens import Token

from schemas.event_types import event_types
from schemas.place import Place
from transforms.events.actors import Party, is_official, noun_phrase
from transforms.events.assembly import Draft
from transforms.events.attribution_words import attribution_words
from transforms.events.candidates import Candidate, TurnedDown, lemma_of
from transforms.events.memory import DocumentMemory, Told
from transforms.events.reference import Entity, agent_nouns, states
from transforms.events.roles import Filled, RoleFiller, visit_parties
from transforms.events.spans import PLACE_LABELS, ParsedSentence
from transforms.events.status import Status, noun_status, status_words, verb_status
from transforms.events.steps import step_of
from transforms.events.syntax import is_verb
from transforms.events.where import NamedPlace

_BACK = frozenset({"the", "this", "that", "these", "those", "its", "their", "both", "such"})
_SAYING = frozenset({"say", "tell", "report", "state", "announce", "claim", "confirm", "add", "warn", "indicate", "note"})
_ARMED = frozenset({"MIL", "UAF", "REB", "CRM"})


def judge(
    sentence: ParsedSentence,
    candidate: Candidate,
    candidates: list[Candidate],
    places: list[NamedPlace],
    filler: RoleFiller,
    memory: DocumentMemory,
) -> Draft | TurnedDown:
    """A draft of a mention, or what speaks against one."""
    filled = filler.fill(sentence, candidate, places)
    own_places = _own_places(candidate, candidates, places, filled)
    reason = _category_reason(sentence, candidate, filled, filler, memory)
    if reason is not None:
        return turned(sentence, candidate, reason)
    if candidate.trigger.pos == "verb":
        status = verb_status(candidate.token)
    else:
        status = noun_status(
            candidate.token, candidate.slots.light, candidate.frame.governors, retold=event_types()[candidate.frame.event_type].RECEIVING == "target"
        )
        if status.value == "occurred" and status.background and _is_habit(candidate):
            status = Status("ongoing", "habit", background=True)
    decision = None
    if candidate.trigger.step is not None:
        step = step_of(sentence, candidate, status, filled, filler, places)
        if isinstance(step, str):
            return turned(sentence, candidate, step)
        decision, status = step
    if candidate.trigger.kind == "visit":
        visited = visit_parties(sentence, filled, places, filler.resolver)
        if not visited:
            return turned(sentence, candidate, "no official's visit abroad")
        for state in visited:
            met = [p for p in filled.all() if state.entity is not None and p.acts_for(memory.day) == state.entity.actor_id]
            filled.add("participant", met or [state])
            filled.add("host", met or [state])
    filler.target(sentence, filled, places)
    explicit = bool(filled.all())
    if candidate.frame.steps:
        # Where those live who receive is not where it is decided: `funding for families in Gaza`.
        receiving = {p.entity.country for p in filled.roles.get("recipient", ()) if p.entity is not None}
        own_places = [each for each in own_places if each.place.country not in receiving]
    locations = [each.place for each in own_places]
    carried = _carry(candidate, filled, locations, memory, status)
    _of_them(candidate, filled, memory)
    _hit(sentence, candidate, candidates, filled, own_places, locations, places, filler, memory)
    if not locations:
        locations.extend(_ground_hit(sentence, candidate, filled))
    inferred = carried is None and _infer(sentence, candidate, filled, locations, memory)
    _tidy(candidate, filled)
    draft = Draft(candidate, filled, status, own_places, locations, decision, carried, explicit, inferred=inferred)
    lacking = _lacking(candidate, draft)
    return draft if lacking is None else turned(sentence, candidate, lacking)


_ONCE = frozenset({"in", "after", "following", "during", "since", "before", "upon", "from", "for", "with", "at"})
_HARM = frozenset(
    {"kill", "injure", "wound", "die", "destroy", "damage", "hit", "claim", "report", "respond", "retaliate", "accuse", "convict", "arrest", "charge"}
)


def _is_habit(candidate: Candidate) -> bool:
    """`denounce the Israeli attacks on …`, `the bombardment of …`: what keeps happening, told as a plural or mass noun beside other news."""
    token = candidate.token
    if candidate.frame.steps or event_types()[candidate.frame.event_type].RECEIVING is None or candidate.slots.light is not None:
        return False
    if token.tag_ not in ("NNS", "NNPS") and lemma_of(token) not in ("bombardment", "shelling", "bombing"):
        return False
    if any(
        child.dep_ == "nummod" or child.lower_ in ("several", "recent", "series", "overnight", "latest") or child.ent_type_ in ("DATE", "CARDINAL")
        for child in token.children
    ):
        return False
    for head in token.ancestors:
        if head.pos_ in ("ADP", "SCONJ") and head.lower_ in _ONCE:
            return False
        if is_verb(head):
            if lemma_of(head) in status_words().retelling - attribution_words().accusing:
                return False
            return lemma_of(head) not in _HARM and head.tag_ in ("VBZ", "VBP", "VB", "VBG", "VBN")
        if head.pos_ == "NOUN" and head.lemma_ in ("series", "wave", "response", "responsibility", "number"):
            return False
    return False


def turned(sentence: ParsedSentence, candidate: Candidate, reason: str) -> TurnedDown:
    """A candidate with what speaks against it."""
    token = candidate.token
    return TurnedDown(candidate.frame.event_type, candidate.trigger.name, sentence.start_of(token), sentence.end_of(token), reason)


# ---- what the frame's classes ask for ------------------------------------------------------------------------------------------------------------------


def _category_reason(sentence: ParsedSentence, candidate: Candidate, filled: Filled, filler: RoleFiller, memory: DocumentMemory) -> str | None:
    trigger, slots = candidate.trigger, candidate.slots
    checks = {"object": trigger.object, "subject": trigger.subject}
    for slot, restriction in checks.items():
        category = restriction.category
        if category is None:
            continue
        heads = slots.get(slot)
        if slot == "subject" and candidate.slots.light is not None:
            heads = (*heads, *slots.light_subject)
        if any(lemma_of(head) in restriction.lemmas for head in heads):
            continue
        if not _is_of(category, sentence, candidate, heads, filled, filler, memory):
            return f"its {slot} is no {category.replace('_', ' ')}"
    return None


def _is_of(
    category: str,
    sentence: ParsedSentence,
    candidate: Candidate,
    heads: tuple[Token, ...],
    filled: Filled,
    filler: RoleFiller,
    memory: DocumentMemory,
) -> bool:
    parties = filler.resolver.parties(sentence, list(heads))
    if category == "anyone":
        return bool(heads)
    if category == "party":
        return any(p.is_named for p in parties) or (not heads and bool(candidate.slots.get("with")))
    if category == "persons":
        return any(
            (p.entity is not None and p.entity.kind == "person") or p.titled is not None or (p.entity is not None and p.reason.endswith("refers back"))
            for p in parties
        )
    if category == "official":
        visitors = [*parties, *filled.roles.get("participant", ())]
        return any(is_official(p, memory.day) for p in visitors)
    if category == "leaders":
        return any(p.titled is not None or p.plural or (p.entity is not None and p.entity.kind in ("organisation", "person", "state")) for p in parties)
    if category == "victims":
        return any(p.entity is not None for p in parties) or any(
            (sentence.name_of.get(h.i) is not None and sentence.name_of[h.i].label == "PERSON") or lemma_of(h) in agent_nouns() for h in heads
        )
    if category == "target":
        lexicon = candidate.frame.lexicons.get("facilities", frozenset()) | candidate.frame.lexicons.get("victims", frozenset())
        named = any(sentence.name_of.get(h.i) is not None and sentence.name_of[h.i].label in PLACE_LABELS | {"ORG", "NORP"} for h in heads)
        others = any(candidate.slots.get(slot) for slot in ("at", "in", "inside", "into"))
        subjects = candidate.slots.get("subject")
        attacks = candidate.frame.lexicons.get("attack_nouns", frozenset())
        armed = bool(heads) and _is_of("armed", sentence, candidate, tuple(s for s in subjects if lemma_of(s) not in attacks), filled, filler, memory)
        return named or armed or any(lemma_of(h) in lexicon for h in heads) or any(p.entity is not None for p in parties) or (not heads and others)
    if category == "armed_group":
        lexicon = candidate.frame.lexicons.get("groups_armed", frozenset())
        return any(lemma_of(h) in lexicon for h in heads) or any(
            (p.entity is not None and p.entity.kind == "armed_group") or (p.titled is not None and p.titled.sector in ("UAF", "REB", "CRM", "MIL"))
            for p in parties
        )
    if category in ("armed", "armed_party"):
        lexicon = candidate.frame.lexicons.get("armed_subjects", frozenset()) | (
            candidate.frame.lexicons.get("weapons", frozenset()) if category == "armed" else frozenset()
        )
        attack = candidate.frame.lexicons.get("attack_nouns", frozenset())
        return any(lemma_of(h) in lexicon or lemma_of(h) in attack for h in heads) or any(
            p.entity is not None
            and (p.entity.kind in ("state", "armed_group") or (p.titled is not None and p.titled.sector in _ARMED) or p.entity.sector in _ARMED)
            for p in parties
        )
    return True


# ---- places --------------------------------------------------------------------------------------------------------------------------------------------


def _own_places(candidate: Candidate, candidates: list[Candidate], places: list[NamedPlace], filled: Filled) -> list[NamedPlace]:
    """The places that belong to this candidate rather than to another one of the sentence."""
    found = []
    for place in places:
        if place.preposition in (None, "of") and place.governor is None:
            continue
        hit = place.token in filled.target_heads
        if place.preposition == "of" and place.place.precision == "country" and not hit:
            # `without the support of Hungary` names whose it is
            continue
        if (
            not hit
            and place.preposition in ("from", "against", "between", "with", "to", "through", "via", "towards", "toward")
            and not (candidate.trigger.kind in ("visit", "reception") and place.preposition == "to")
        ):
            continue
        own = _distance(place, candidate, filled)
        if own is None or (event_types()[candidate.frame.event_type].RECEIVING is None and _is_topical(place, candidate)):
            continue
        if any((other := _distance(place, each, None)) is not None and other < own for each in candidates if each is not candidate):
            continue
        if place.preposition is None or (place.preposition == "object" and place.token not in filled.target_heads and candidate.trigger.kind != "visit"):
            continue
        found.append((own, place))
    return [place for _, place in sorted(found, key=lambda each: (each[1].place.precision == "country", each[0], each[1].start))]


_ABOUT = frozenset({"about", "on", "over", "regarding", "concerning"})


def _is_topical(place: NamedPlace, candidate: Candidate) -> bool:
    """Whether a place belongs to what is talked about: `discussed the situation in Gaza`, `talks on Ukraine`, `met to review the war in Sudan`."""
    if candidate.trigger.kind == "visit":
        return False
    if candidate.trigger.topic_from == "object" and place.place.precision in ("country", "region", "admin1") and place.token.i > candidate.token.i:
        # whatever the parser hangs it on: leaders discuss the situation in a country, and seldom anything in it
        return True
    objects = candidate.slots.get("object") if candidate.trigger.topic_from == "object" else ()
    light = frozenset().union(*candidate.frame.light_verbs.values())
    below = place.token
    for head in place.token.ancestors:
        if below in objects:
            return place.place.precision != "city" or place.token.i + 1 < len(place.token.doc) - 1
        if head in candidate.anchors:
            return False
        if head.pos_ == "ADP" and head.lower_ in _ABOUT and not (below == place.token and place.place.precision in ("city", "point")):
            return True
        if is_verb(head) and lemma_of(head) not in light and not any(anchor in head.subtree for anchor in candidate.anchors):
            return True
        below = head
    return False


def _distance(place: NamedPlace, candidate: Candidate, filled: Filled | None) -> int | None:
    """Steps in the parse from what a place hangs on to the trigger; None where a verb of saying stands between."""
    governor = place.governor
    if governor is None:
        return None
    anchors = set(candidate.anchors)
    if filled is not None and place.token in filled.target_heads:
        return 0
    if candidate.trigger.kind == "visit" and filled is not None and filled.visited is not None and place.token == filled.visited:
        return 0
    path = [governor, *governor.ancestors]
    for steps, each in enumerate(path[:6]):
        if each in anchors:
            return steps
        if is_verb(each) and lemma_of(each) in _SAYING:
            break
    for anchor in anchors:
        for up, head in enumerate(anchor.ancestors, start=1):
            if head in path[:5]:
                down = path.index(head)
                if any(is_verb(each) and lemma_of(each) in _SAYING and each not in anchors for each in path[: down + 1]):
                    return None
                return up + down if up + down <= 6 else None
            if up > 5:
                break
    return None


def _hit(
    sentence: ParsedSentence, candidate: Candidate, candidates: list[Candidate], filled: Filled, own_places: list[NamedPlace], locations: list[Place],
    places: list[NamedPlace], filler: RoleFiller, memory: DocumentMemory,
) -> None:  # fmt: skip
    """Whom an attack hits where no target is named.

    The state of its place, else whose people it hurts, the only place of the sentence, the other party of the document.
    """
    record = event_types()[candidate.frame.event_type]
    if record.RECEIVING != "target" or candidate.trigger.kind == "interception" or filled.mutual:
        return
    attackers = {p.entity.country or p.key for p in filled.roles.get("attacker", []) if p.entity is not None}
    victims = [p for p in filler.victims(sentence, candidate) if p.entity is not None and (p.entity.acts_for or p.key) not in attackers]
    if not locations:
        others = [
            p
            for p in places
            if p.preposition not in ("from", None, "between", "with")
            and p.place.country
            and (p.place.country not in attackers or p.token in filled.target_heads)
        ]
        types = {id(c) for c in candidates if c.frame is candidate.frame and c.token != candidate.token}
        if len({p.place.country for p in others}) == 1 and (len(types) == 0 or not filled.roles.get("target")):
            own_places.extend(others[:1])
            locations.append(others[0].place)
    if not filled.roles.get("target"):
        for place in locations:
            if place.country in states() and not (victims and place.country in attackers):
                entity = states()[place.country]
                filled.add("target", [_inferred(sentence, candidate, entity, f"state of the place hit, {place.text}")])
                break
        else:
            filled.add("target", victims)
    if victims and filled.roles.get("target") and not any(p.entity is not None and p.entity.kind == "state" for p in filled.roles["target"]):
        filled.add("target", victims)
    _settle(filled, locations)
    if filled.roles.get("target") or not any(p.is_named for p in filled.roles.get("attacker", [])):
        return
    told = memory.last_told(candidate.frame.event_type, ("target",))
    if told is not None:
        known = {p.key for p in told.filled.roles.get("attacker", [])}
        if not known or known & {p.key for p in filled.roles["attacker"]}:
            filled.add("target", told.filled.roles["target"])
            return
    if len(attackers) > 1:
        return
    others_named = [e for e in memory.parties_named(before=sentence.end) if e.kind == "state" and e.actor_id not in attackers]
    if len(others_named) == 1:
        filled.add("target", [_inferred(sentence, candidate, others_named[0], "the only other state that the document names")])


_PART = re.compile(r"\b(?:including|among them|of them|of whom|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b[^.;]*\b(?:in|by)\b")


def _of_them(candidate: Candidate, filled: Filled, memory: DocumentMemory) -> None:
    """`killed in Israeli airstrikes, including nine in a strike on a school`: who is told to do the whole does the part."""
    acting = event_types()[candidate.frame.event_type].ACTING
    if event_types()[candidate.frame.event_type].RECEIVING != "target" or filled.roles.get(acting):
        return
    for told in reversed(memory.telling):
        if told.candidate.frame is candidate.frame and told.token.i < candidate.token.i and told.filled.roles.get(acting):
            if _PART.search(candidate.token.doc[told.token.i : candidate.token.i].text):
                filled.add(acting, told.filled.roles[acting])
            return


def _inferred(sentence: ParsedSentence, candidate: Candidate, entity: Entity, reason: str) -> Party:
    """A party that no words of its own name: it stands where the trigger does."""
    start = sentence.start_of(candidate.token)
    return Party(entity.name, start, sentence.end_of(candidate.token), entity, reason, inferred=True)


def _ground_hit(sentence: ParsedSentence, candidate: Candidate, filled: Filled) -> list[Place]:
    """The country of a facility or a piece of land that is hit, where no place is named: `attacks on the Ukrainian energy grid`, `on its air base`."""
    if event_types()[candidate.frame.event_type].RECEIVING != "target" or candidate.trigger.kind == "interception":
        return []
    grounds = candidate.frame.lexicons.get("grounds", frozenset())
    states_hit = {p.entity.country: p for p in filled.roles.get("target", ()) if p.entity is not None and p.entity.kind == "state"}
    head = next((each for each in filled.target_heads if lemma_of(each) in grounds), None)
    if head is None or len(states_hit) != 1:
        return []
    country, party = next(iter(states_hit.items()))
    first, last = noun_phrase(head)
    return [Place(text=sentence.doc[first:last].text, name=party.entity.name if party.entity else None, country=country, precision="country")]


def _settle(filled: Filled, locations: list[Place]) -> None:
    """A town that no gazetteer knows lies in the one state that is hit."""
    hit = [p.entity for p in filled.roles.get("target", []) if p.entity is not None and p.entity.kind == "state"]
    if len(hit) == 1 and locations and locations[0].country is None and locations[0].precision is None:
        locations[0] = dataclasses.replace(locations[0], country=hit[0].country, precision="city")


# ---- what earlier sentences told ------------------------------------------------------------------------------------------------------------------------


def _carry(candidate: Candidate, filled: Filled, locations: list[Place], memory: DocumentMemory, status: Status) -> Told | None:
    """Takes actors, and the place where there is none, from the event that a definite noun or a verb without its parties refers to."""
    event_type = candidate.frame.event_type
    record = event_types()[event_type]
    if candidate.frame.steps:
        return None
    verb = is_verb(candidate.token)
    nouns = candidate.slots.get("subject") if verb and candidate.trigger.kind == "weapon_subject" else () if verb else (candidate.token,)
    definite = any(child.dep_ in ("det", "poss") and child.lower_ in _BACK for noun in nouns for child in noun.children)
    named = [p for p in filled.all() if p.is_named]
    if record.RECEIVING is None:
        return _carry_encounter(candidate, filled, locations, memory, status, named=named, definite=definite)
    told = memory.last_told(event_type)
    if told is None:
        return None
    if not definite or (named and not _agree(filled, told)):
        return None
    for role in (record.ACTING, record.RECEIVING):
        if not filled.roles.get(role) and not (role == record.RECEIVING and (filled.target_heads or locations)):
            filled.add(role, told.filled.roles.get(role, []))
    if not locations:
        locations.extend(told.locations)
    return told


# Verbs by which someone is told to be at what was told before.
_ATTENDING = frozenset({"participate", "attend", "join", "take", "include", "involve"})


def _is_new(noun: Token) -> bool:
    """Whether a noun brings up an event rather than going back to one: `a meeting`, `another round of talks`, `new talks`, `discussions about a deal`."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and lemma_of(noun.head.head) in ("series", "round", "string", "set", "number"):
        return _is_new(noun.head.head)
    return any(
        (child.dep_ == "det" and child.lower_ in _NEW) or (child.dep_ == "amod" and child.lower_ in _NEW) or (child.dep_ == "prep" and child.lower_ in _ABOUT)
        for child in noun.children
    )


_NEW = frozenset({"a", "an", "another", "any", "some", "no", "new", "further", "additional", "possible", "future", "other"})


def _carry_encounter(
    candidate: Candidate, filled: Filled, locations: list[Place], memory: DocumentMemory, status: Status, *, named: list[Party], definite: bool
) -> Told | None:
    """What an encounter refers to: `the meeting` to the last one that fits, `they discussed …` to the one in which they took part."""
    event_type = candidate.frame.event_type
    acting = event_types()[event_type].ACTING
    verb = is_verb(candidate.token)
    topical = candidate.trigger.topic_from == "object" or candidate.trigger.name in ("speak", "talk", "exchange-views")
    keys = {_state_key(p, memory) for p in named}
    joining = definite and candidate.slots.light is not None and lemma_of(candidate.slots.light) in _ATTENDING
    told = memory.told_with(event_type, set() if joining else keys, status.value, lambda p: _state_key(p, memory))
    if told is None and (joining or (definite and candidate.slots.get("involving"))):
        told = memory.told_with(event_type, set(), status.value, lambda p: _state_key(p, memory))
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
        if role != acting and not (role == "host" and among_themselves):
            filled.add(role, parties)
    if not locations:
        locations.extend(told.locations)
    return told


def _infer(sentence: ParsedSentence, candidate: Candidate, filled: Filled, locations: list[Place], memory: DocumentMemory) -> bool:
    """Parties of an event that its sentence leaves out and no definite word points to, where the document leaves no choice.

    An armed attack without place or party: the parties of the last one told, else the one state that the sentence or the document names is hit. Talks without
    parties: the two that the document names.
    """
    record = event_types()[candidate.frame.event_type]
    if candidate.frame.steps or any(p.is_named for p in filled.all()) or (locations and record.RECEIVING is not None):
        return False
    if record.RECEIVING is None and (
        is_verb(candidate.token)
        or candidate.trigger.name not in ("talks", "negotiation", "meeting", "summit")
        or (candidate.trigger.name != "talks" and _is_new(candidate.token))
    ):
        return False
    told = memory.last_told(candidate.frame.event_type)
    start = candidate.token.idx + sentence.offset
    if told is not None and start - told.position < 700:
        for role in (record.ACTING, record.RECEIVING):
            if role is not None:
                filled.add(role, told.filled.roles.get(role, []))
        return True
    named: dict[str, Party] = {}
    for name in sentence.names:
        if name.entity is not None and name.entity.kind in ("state", "armed_group"):
            named.setdefault(name.entity.actor_id or "", Party(name.text, name.start, name.end, name.entity, "the only state that the sentence names"))
    if record.RECEIVING is not None:
        if len(named) == 1:
            filled.add(record.RECEIVING, list(named.values()))
            return True
        if not named and len(memory.countries) == 1 and memory.countries[0] in states():
            entity = states()[memory.countries[0]]
            filled.add(
                record.RECEIVING,
                [_inferred(sentence, candidate, entity, "the only state that the document names")],
            )
            return True
        return False
    if is_verb(candidate.token) or candidate.trigger.kind == "visit":
        return False
    places = {place.country for place in locations}
    parties = [e for e in memory.parties_named(before=sentence.end) if e.actor_id not in places]
    if len(parties) > 3:
        parties = [e for e in parties if e.kind in ("state", "armed_group")]
    if 2 <= len(parties) <= 3 or (len(named) == 1 and len(parties) == 1):
        for entity in parties:
            filled.add(record.ACTING, [Party(entity.name, start, start + len(candidate.token.text), entity, "the two parties that the document names")])
        return True
    return False


def _state_key(party: Party, memory: DocumentMemory) -> str:
    return party.acts_for(memory.day) or (party.entity.country if party.entity and party.entity.country else party.key)


def _agree(filled: Filled, told: Told) -> bool:
    for role, parties in filled.roles.items():
        known = {p.key for p in told.filled.roles.get(role, [])}
        if parties and known and not {p.key for p in parties} & known:
            return False
    return True


# ---- what a mention needs -------------------------------------------------------------------------------------------------------------------------------


def _tidy(candidate: Candidate, filled: Filled) -> None:
    """One party in one role of a pair, and unnamed ones only where nobody is named."""
    record = event_types()[candidate.frame.event_type]
    if record.RECEIVING is not None and record.RECEIVING in filled.roles:
        acting = {p.key for p in filled.roles.get(record.ACTING, [])}
        rest = [p for p in filled.roles[record.RECEIVING] if p.key not in acting]
        if rest or record.RECEIVING == "recipient":
            filled.roles[record.RECEIVING] = rest
    for role in ("host", "mediator"):
        if role in filled.roles and role in record.ROLES and role == "host":
            filled.add(record.ACTING, filled.roles[role])
    if "mediator" in filled.roles and record.RECEIVING is None:
        mediators = {p.key for p in filled.roles["mediator"]}
        filled.roles[record.ACTING] = [p for p in filled.roles.get(record.ACTING, []) if p.key not in mediators]


def _lacking(candidate: Candidate, draft: Draft) -> str | None:
    record = event_types()[candidate.frame.event_type]
    parties = draft.filled.all()
    named = [p for p in parties if p.is_named]
    for role in candidate.trigger.needs_roles:
        if not draft.filled.roles.get(role):
            return f"no {role} stated"
    if not named and not any(place.country or place.latitude for place in draft.locations):
        return "neither a party nor a place"
    acting = draft.filled.roles.get(record.ACTING, [])
    count = len(acting) + sum(p.plural for p in acting) + len(draft.filled.roles.get("mediator", []))
    if candidate.trigger.parties and count < candidate.trigger.parties and draft.carried is None:
        body = any(p.entity is not None and p.entity.kind == "organisation" and (p.entity.sector == "IGO" or not is_verb(candidate.token)) for p in acting)
        body = body or any(p.text.rsplit(" ", 1)[-1].lower() in _BODIES for p in acting)
        if not body and not _meets_someone(candidate):
            return f"{count} of {candidate.trigger.parties} parties"
    if candidate.trigger.modifier_or_role and not (candidate.trigger.modifier_or_role & candidate.slots.modifier_words):
        told = draft.filled.roles.get(record.ACTING) or draft.filled.target_heads or draft.carried is not None
        if not told:
            return "neither a word of its kind before it nor who does it to whom"
    return None


# What meets by itself: its members.
_BODIES = frozenset({"cabinet", "politburo", "council", "junta"})


def _meets_someone(candidate: Candidate) -> bool:
    """A counterpart that the text does not name: `met with them`, `met local residents`."""
    return any(candidate.slots.get(slot) for slot in ("with", "object")) and candidate.trigger.name in ("meet", "confer")
