"""Whether a candidate is a mention: its roles filled, its status read, what it carries over from before, and what its frame asks for."""

from __future__ import annotations

from schemas.event_types import event_types
from transforms.events.arguments import patients
from transforms.events.assembly import Draft
from transforms.events.attackers import forces_of_the_ground
from transforms.events.attribution_words import attribution_words
from transforms.events.candidates import Candidate, TurnedDown, lemma_of
from transforms.events.carrying import carry, infer, is_visit_again, visit_before
from transforms.events.filled import Filled
from transforms.events.games import is_of_a_game
from transforms.events.generalities import is_in_general
from transforms.events.hits import ground_hit, hit_parties, share_of_whole
from transforms.events.memory import DocumentMemory
from transforms.events.noun_status import noun_status
from transforms.events.own_places import own_places as places_of
from transforms.events.parties import OWN_GROUND, Party
from transforms.events.restrictions import category_reason
from transforms.events.roles import RoleFiller
from transforms.events.spans import ParsedSentence
from transforms.events.status import Status, status_words
from transforms.events.steps import step_of
from transforms.events.syntax import is_verb, prepositions
from transforms.events.targets import fill_target
from transforms.events.verb_status import verb_status
from transforms.events.visits import visit_parties
from transforms.events.warfare import is_warfare
from transforms.events.where import NamedPlace, is_site
from transforms.language.words import word_set


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
    reason = category_reason(sentence, candidate, filled, filler, memory)
    if reason is not None:
        return turned(sentence, candidate, reason)
    if is_of_a_game(sentence, candidate, filled, memory):
        return turned(sentence, candidate, "told of a game")
    if is_in_general(candidate, filled):
        return turned(sentence, candidate, "an attack in general, and none of its own")
    if candidate.trigger.pos == "verb":
        status = verb_status(candidate.token)
    else:
        status = noun_status(
            candidate.token, candidate.slots.light, candidate.frame.governors, retold=event_types()[candidate.frame.event_type].RECEIVING == "target"
        )
        if status.value in ("planned", "proposed") and _is_pointed_at(candidate):
            status = Status("occurred", background=True)
        if _is_warded_off(candidate) and any(p.is_named for p in filled.roles.get("attacker", ())):
            status = Status("ongoing", "habit", background=True)
        background = status.background or candidate.slots.light is not None or _is_characterised(candidate)
        if status.value == "occurred" and background and _is_habit(candidate):
            status = Status("ongoing", "habit", background=True)
    decision = None
    if candidate.trigger.step is not None:
        step = step_of(sentence, candidate, status, filled, filler, places)
        if isinstance(step, str):
            return turned(sentence, candidate, step)
        decision, status = step
    if (
        candidate.trigger.kind == "visit"
        and candidate.trigger.name in ("travel", "arrive")
        and any(head.dep_ == "dobj" for head in candidate.slots.get("object"))
    ):
        return turned(sentence, candidate, "what is brought there, and no visit")
    rivals: list[Candidate] = []
    own_places = places_of(candidate, candidates, places, filled, rivals)
    told_again = False
    if candidate.trigger.kind == "visit":
        above = [other for other in candidates if other.trigger.kind == "visit" and other.token in candidate.token.ancestors]
        rivals.extend(above)
        again = is_visit_again(candidate) and not filled.visited_heads and not above
        # `Beijing condemned the premier's visit`: to where he was told to go, and not to the one country that the sentence names
        visited = [] if again and visit_before(candidate, filled, memory, status) is not None else visit_parties(sentence, filled, places, filler.resolver)
        told_again = again and not visited
        if not visited and not told_again:
            return turned(sentence, candidate, "no official's visit abroad")
        for state in visited:
            met = [p for p in filled.all() if state.entity is not None and p.acts_for(memory.day) == state.entity.actor_id]
            if not met and (_comes_to_a_conference(candidate) or _comes_for_talks_with_others(sentence, candidate, state, filler, memory)):
                continue
            filled.add("participant", met or [state])
            filled.add("host", met or [state])
    fill_target(filler.resolver, sentence, filled, places)
    if _is_verbal(candidate, filled):
        return turned(sentence, candidate, "an organisation that is attacked in words")
    if is_warfare(sentence, candidate, filled, [each.place for each in own_places], memory):
        return turned(sentence, candidate, "a war or a battle, and no attack of its own")
    explicit = bool(filled.all())
    if candidate.frame.steps:
        # Where those live who receive is not where it is decided: `funding for families in Gaza`.
        receiving = {p.entity.country for p in filled.roles.get("recipient", ()) if p.entity is not None}
        own_places = [each for each in own_places if each.place.country not in receiving or _is_brought_to(candidate, each)]
    locations = [each.place for each in own_places]
    carried = carry(candidate, filled, locations, memory, status)
    if told_again and (carried is None or not carried.filled.roles.get("host")):
        return turned(sentence, candidate, "no official's visit abroad")
    if carried is not None and carried.status == "planned" and status.value == "occurred" and _is_described(candidate):
        status = Status("planned")
    share_of_whole(candidate, filled, memory)
    hit_parties(sentence, candidate, candidates, filled, own_places, locations, places, filler, memory, rivals)
    if not locations:
        locations.extend(ground_hit(sentence, candidate, filled))
    forces_of_the_ground(filled, locations)
    inferred = carried is None and infer(sentence, candidate, filled, locations, memory)
    _tidy(candidate, filled)
    draft = Draft(candidate, filled, status, own_places, locations, decision, carried, explicit, inferred=inferred, rivals=rivals)
    lacking = _lacking(candidate, draft)
    return draft if lacking is None else turned(sentence, candidate, lacking)


def _is_brought_to(candidate: Candidate, place: NamedPlace) -> bool:
    """`airdropped aid to a hospital inside Gaza`, `died in Gaza for the blockade of aid`: where a thing comes to, or cannot come to."""
    if candidate.trigger.step == "blockade":
        return True
    site = place.governor
    return site is not None and is_site(site) and site.dep_ == "pobj" and site.head.lower_ in ("to", "into") and site.head.head in candidate.anchors


def _comes_to_a_conference(candidate: Candidate) -> bool:
    """`will travel to Munich to attend the security conference`: the summit or conference of others is where the visitor goes."""
    for aim in candidate.slots.get("for"):
        # `on his way to Tokyo for the G7 ministerial`; a summit with its host is a visit to him
        gatherings = (trigger.body for trigger in candidate.frame.by_lemma.get(("noun", lemma_of(aim)), ()))
        if any(gatherings) and not any(word in ("with", "between") for word, _ in prepositions(aim)):
            return True
    for purpose in candidate.token.children:
        if purpose.dep_ in ("advcl", "xcomp") and lemma_of(purpose) in _ATTENDING:
            heads = [*patients(purpose), *(each for word, objects in prepositions(purpose) if word in ("in", "at") for each in objects)]
            if any(trigger.body for head in heads for trigger in candidate.frame.by_lemma.get(("noun", lemma_of(head)), ())):
                return True
    return False


def _is_described(candidate: Candidate) -> bool:
    """`This meeting is part of an effort`: what is said in the present of what was told before says nothing of its having been."""
    verb = candidate.token.head
    return candidate.token.dep_ == "nsubj" and lemma_of(verb) == "be" and verb.tag_ == "VBZ"


def _comes_for_talks_with_others(sentence: ParsedSentence, candidate: Candidate, state: Party, filler: RoleFiller, memory: DocumentMemory) -> bool:
    """`arrives in Belarus for talks with the Russian delegation`: where they meet is nobody's guest."""
    talks = [head for head in candidate.slots.get("for") if ("noun", lemma_of(head)) in candidate.frame.by_lemma]
    counterparts = [each for head in talks for word, objects in prepositions(head) if word == "with" for each in objects]
    whom = {party.acts_for(memory.day) for party in filler.resolver.parties(sentence, counterparts) if party.is_named}
    return bool(whom) and state.acts_for(memory.day) not in whom


_ATTENDING = word_set("judging", "attending")
_SINGLE = word_set("judging", "single")
_UNDERGOING = word_set("judging", "undergoing")
_WARDING = word_set("judging", "warding")
_NEW = word_set("judging", "new")
_ONCE = word_set("judging", "once")
_HARM = word_set("judging", "harm")


def _is_verbal(candidate: Candidate, filled: Filled) -> bool:
    """`recent attacks on NATO`: without an attacker and a weapon an alliance is attacked in words."""
    hit = [party.entity for party in filled.roles.get("target", ()) if party.entity is not None]
    bodies = bool(hit) and all(each.kind == "organisation" and each.sector == "IGO" and each.actor_id != "united-nations" for each in hit)
    return bodies and candidate.trigger.name in ("attack", "attack-noun") and not any(p.is_named for p in filled.roles.get("attacker", ()))


def _is_pointed_at(candidate: Candidate) -> bool:
    """`They will bring these shootings to an end`: attacks that a text points at have happened, whatever is to be done about them."""
    noun = candidate.token
    attack = event_types()[candidate.frame.event_type].RECEIVING == "target" and candidate.slots.light is None
    return attack and any(child.dep_ == "det" and child.lower_ in ("this", "these", "those") for child in noun.children)


def _is_characterised(candidate: Candidate) -> bool:
    """`the attacks on Israel are intolerable`, `attacks on churches have become more common`: what is said of them in general."""
    verb = candidate.token.head
    return candidate.token.dep_ == "nsubj" and lemma_of(verb) in ("be", "become", "remain") and any(child.dep_ == "acomp" for child in verb.children)


def _is_warded_off(candidate: Candidate) -> bool:
    """`will help Ukraine to protect its grid from Russian attacks`: what one is protected from keeps happening, whatever the tense of the help."""
    noun, over = candidate.token, candidate.token.head
    if event_types()[candidate.frame.event_type].RECEIVING != "target" or noun.dep_ != "pobj" or noun.tag_ != "NNS" or over.lower_ not in ("against", "from"):
        return False
    new = any(child.lower_ in _NEW for child in noun.children)
    return not new and any(lemma_of(each) in _WARDING for each in (over.head, over.head.head, over.nbor(-1)))


_DAILY = word_set("judging", "day_by_day")


def _is_habit(candidate: Candidate) -> bool:
    """`denounce the Israeli attacks on …`, `the bombardment of …`: what keeps happening, told as a plural or mass noun beside other news."""
    token = candidate.token
    if candidate.frame.steps or event_types()[candidate.frame.event_type].RECEIVING is None or lemma_of(token) in _SINGLE:
        return False
    light = candidate.slots.light
    if light is not None:
        # `helps Saudi Arabia, which faces attacks from militias`
        return token.tag_ == "NNS" and lemma_of(light) in _UNDERGOING and light.tag_ in ("VBZ", "VBP", "VBG")
    if token.tag_ not in ("NNS", "NNPS") and lemma_of(token) not in ("bombardment", "shelling", "bombing"):
        return False
    if any(
        child.dep_ == "nummod" or child.lower_ in ("several", "recent", "series", "overnight", "latest") or child.ent_type_ in ("DATE", "CARDINAL")
        for child in (*token.children, *(each for each in token.subtree if each.i > token.i))
    ):
        return False
    if any(each.lower_ in _DAILY for each in token.doc[token.i : token.i + 4]):
        return True
    for head in token.ancestors:
        if (head.pos_ in ("ADP", "SCONJ") or head.dep_ == "prep") and head.lower_ in _ONCE:
            return False
        if head.tag_ == "VBG" and ("noun", head.lower_) in candidate.frame.by_lemma:
            continue  # `shelling and airstrikes`
        if is_verb(head):
            if lemma_of(head) in status_words().retelling - attribution_words().accusing:
                return False
            return lemma_of(head) not in _HARM and head.tag_ in ("VBZ", "VBP", "VB", "VBG", "VBN")
        if head.pos_ == "NOUN" and head.lemma_ in ("series", "wave", "response", "responsibility", "number"):
            return False
    return False


def turned(sentence: ParsedSentence, candidate: Candidate, reason: str) -> TurnedDown:
    """A candidate with what speaks against it."""
    return TurnedDown.of(sentence, candidate.frame, candidate.trigger, candidate.token, reason)


def _tidy(candidate: Candidate, filled: Filled) -> None:
    """One party in one role of a pair, and unnamed ones only where nobody is named."""
    record = event_types()[candidate.frame.event_type]
    if record.RECEIVING is not None and record.RECEIVING in filled.roles:
        acting = {p.key for p in filled.roles.get(record.ACTING, [])}
        rest = [p for p in filled.roles[record.RECEIVING] if p.key not in acting or p.reason == OWN_GROUND]
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
    if candidate.trigger.kind == "told_before" and draft.carried is None:
        return "goes back to nothing that was told"
    if not named and not draft.locations and draft.filled.origin is None:
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
_BODIES = word_set("judging", "bodies")


def _meets_someone(candidate: Candidate) -> bool:
    """A counterpart that the text does not name: `met with them`, `met local residents`."""
    return any(candidate.slots.get(slot) for slot in ("with", "object")) and candidate.trigger.name in ("meet", "confer")
