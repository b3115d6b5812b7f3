"""What a step takes over from the one that the document told before it."""

from __future__ import annotations

import re

from transforms.events.candidates import lemma_of
from transforms.events.filled import Filled
from transforms.events.parties import Party, inferred_party
from transforms.events.step_parties import TO_WHOM, StepParties
from transforms.events.syntax import is_verb, prepositions
from transforms.events.things import Kind, Thing, kind_of
from transforms.language.parse import Token
from transforms.language.words import word_set

# What strikes a state and nobody else.
_STRUCK = re.compile(
    r"(?i)\b(?:earthquake|quake|flood|cyclone|hurricane|typhoon|tsunami|famine|drought|landslide|mudslide|eruption|aftershock|wildfire|bushfire)s?\b|\brubble\b|\bflood(?:ed|ing|waters)?\b"
)
_BODIES = word_set("aid", "giving_sectors")
# People and organs of a country that is not named with them: `tents for survivors`, `aid to the government`.
_LOCAL = word_set("aid", "local")
_CARRIED = 1200
"""How far behind, in code points, an earlier step can lend its parties to one that names only some of its own."""


def carry_step(step: StepParties, thing: Thing) -> None:
    """Takes the side that the sentence leaves open from the step told just before, if the other side agrees, else from what the document is about."""
    told = _told_before(step)
    if told is not None:
        _carry_told(step, thing, told)
    if not step.named("recipient"):
        _infer_recipient(step, thing)


def _carry_told(step: StepParties, thing: Thing, told: Filled) -> None:
    """Takes the open side from a step told before."""
    same = next((d for d in step.memory.telling if d.filled is told and thing.token in d.candidate.theme), None)
    ours = {role: {step.stand(p) for p in step.named(role)} for role in ("donor", "recipient")}
    theirs = {role: {step.stand(p) for p in told.roles.get(role, ()) if p.is_named} for role in ("donor", "recipient")}
    if not step.filled.roles.get("recipient") and _goes_on(step, thing, ours["donor"]):
        step.add_side("recipient", [p for p in told.roles.get("recipient", ()) if p.is_named and step.stand(p) not in ours["donor"]])
    if any(ours[role] and theirs[role] and not ours[role] & theirs[role] for role in ours):
        return
    if step.candidate.trigger.step == "request" and thing.kind is Kind.SUM and not step.filled.roles.get("donor") and ours["recipient"] & theirs["recipient"]:
        # `The World Bank approved a loan for Kenya. Nairobi had asked for $1.5 billion.`
        step.add_side("donor", [p for p in told.roles.get("donor", ()) if p.is_named and step.stand(p) not in ours["recipient"]])
    definite = any(child.dep_ in ("det", "poss") and child.lower_ in ("the", "this", "these", "that", "those") for child in thing.token.children)
    points = same is not None or thing.told or thing.kind is Kind.TOLD or (thing.kind is Kind.AID and (thing.abroad or definite))
    if step.candidate.trigger.theme != ("self",):
        points = points or (thing.kind in (Kind.FINANCE, Kind.DELIVERY) and definite) or (thing.kind is Kind.GOODS and bool(ours["donor"] & theirs["donor"]))
    if not step.filled.roles.get("recipient") and points and (ours["donor"] or definite or same is not None or thing.told or thing.kind is Kind.TOLD):
        step.add_side("recipient", [p for p in told.roles.get("recipient", ()) if step.stand(p) not in ours["donor"]])
    if not step.filled.roles.get("donor") and (thing.kind is Kind.TOLD or same is not None or definite or thing.told):
        step.add_side("donor", [p for p in told.roles.get("donor", ()) if step.stand(p) not in {step.stand(q) for q in step.named("recipient")}])


def _infer_recipient(step: StepParties, thing: Thing) -> None:
    """`An earthquake struck southern Turkey. The World Bank promised $1.78 billion.`: whom the document is about, where nobody else can be meant.

    That is the only other state that the document has named so far, where a body gives or a disaster has struck, or the only other one in its title.
    """
    donors = {step.stand(p) for p in step.named("donor")}
    unnamed = step.filled.roles.get("recipient", ())
    if any(not set(party.text.lower().split()) & _LOCAL for party in unnamed) or not _goes_on(step, thing, donors) or step.memory.home in donors:
        return
    there = {place.place.country for place in step.places if place.preposition in ("in", "at", "over", "near")} - donors
    struck = _STRUCK.search(step.memory.text, 0, step.sentence.end) is not None
    body = any(p.entity is not None and p.entity.sector in _BODIES for p in step.named("donor"))
    named = {step.stand(party): party for party in _states_before(step)}
    others = [party for code, party in named.items() if code not in donors and code != step.memory.home]
    if others and there and not there & named.keys():
        return  # another place is told of: `suspended aid at the Gaza pier`
    titled = [entity for entity in step.memory.states_of_title() if entity.actor_id not in donors]
    foreign = thing.kind is Kind.AID and (thing.abroad or step.candidate.trigger.step == "suspend")
    if len(others) == 1 and (body or struck or foreign):
        step.add_side("recipient", others)
    elif (main := _main_state(step, donors)) is not None and ((body and step.memory.home is None) or _is_sent(step, thing)):
        step.add_side("recipient", [main])
    elif len(titled) == 1 and (thing.kind not in (Kind.FINANCE, Kind.SUM) or body or struck):
        step.add_side("recipient", [inferred_party(step.sentence, step.candidate.token, titled[0], "the only other state that the title names")])


def _main_state(step: StepParties, donors: set[str]) -> Party | None:
    """The state that the document has named most so far, beside those that give and the one that publishes; None where two are named as often."""
    named = step.memory.states_by_mention(before=step.sentence.offset)
    (code, most), (_, next_most) = [*((code, count) for code, count in named.most_common() if code not in {*donors, step.memory.home}), ("", 0), ("", 0)][:2]
    entity = step.memory.entity_of(code) if most > next_most else None
    return None if entity is None else inferred_party(step.sentence, step.candidate.token, entity, "the state that the document names most")


def _is_sent(step: StepParties, thing: Thing) -> bool:
    """Whether help goes where the document is about: help by its name for other countries, or goods that help people and are sent or flown."""
    helpful = thing.kind is Kind.AID or (thing.kind is Kind.GOODS and _holds_goods(step, thing.token))
    return (thing.kind is Kind.AID and thing.abroad) or (helpful and lemma_of(step.candidate.token) in step.lexicons["sending"])


def _states_before(step: StepParties) -> list[Party]:
    """The states that the document names before the sentence; in it too, where help is stopped: `After the coup in Niger, Belgium suspended aid`."""
    stopped = step.candidate.trigger.step == "suspend"
    named = step.memory.parties_named(before=step.sentence.start_of(step.candidate.token) if stopped else step.sentence.offset)
    return [inferred_party(step.sentence, step.candidate.token, each, "the only other state that the document names") for each in named if each.kind == "state"]


def _goes_on(step: StepParties, thing: Thing, donors: set[str]) -> bool:
    """`Greece sent tents to Turkey. The World Bank promised $1.78 billion.`: another gives, and nothing in the sentence says to whom or to what end."""
    token = step.candidate.token
    if step.memory.home in donors and not thing.abroad:
        return False
    if (
        not donors
        or not is_verb(token)
        or not any(step.counts(p) or step.is_private(p) for p in step.named("donor"))
        or step.candidate.trigger.step == "request"
    ):
        return False
    helpful = thing.kind is Kind.GOODS and _holds_goods(step, thing.token)
    if thing.kind not in (Kind.AID, Kind.SUM, Kind.FINANCE) and not helpful:
        return False
    phrases = {
        word
        for each in (token, thing.token)
        for word, objects in prepositions(each)
        for noun in objects
        if noun.ent_type_ not in ("DATE", "TIME")
        and not (word == "from" and lemma_of(noun).rpartition(" ")[2] in step.lexicons["programs"])
        and not (word in ("in", "of", "for", "with") and kind_of(step.sentence, step.candidate.frame, noun) is not None)
    }
    clauses = [
        each
        for top in (token, thing.token)
        for each in top.children
        if each.dep_ in ("advcl", "xcomp", "acl", "relcl") and each.lower_ not in step.lexicons["bound"]
    ]
    local = any(set(party.text.lower().split()) & _LOCAL for party in step.filled.roles.get("recipient", ()))
    against = {"of", "with", "on", "about", "against"} if local else TO_WHOM | {"of", "with", "on", "about", "against"}
    return not clauses and not phrases & (against if helpful else against | {"from"})


def _holds_goods(step: StepParties, noun: Token) -> bool:
    """Goods that help people and no arms: `80 tons of medicine`, `doctors`."""
    below = [noun, *(each for word, objects in prepositions(noun) if word == "of" for each in objects)]
    return not any(lemma_of(each) in step.lexicons["arms"] for each in below)


def _told_before(step: StepParties) -> Filled | None:
    """The parties of the step told before, in this sentence or a little earlier."""
    here = [draft for draft in step.memory.telling if draft.candidate.frame is step.candidate.frame]
    if here:
        return here[-1].filled
    told = step.memory.last_told(step.candidate.frame.event_type)
    return told.filled if told is not None and step.sentence.offset + step.candidate.token.idx - told.position <= _CARRIED else None
