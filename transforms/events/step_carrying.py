"""What a step takes over from the one that the document told before it."""

from __future__ import annotations

from transforms.events.filled import Filled
from transforms.events.step_parties import StepParties
from transforms.events.things import Kind, Thing

_CARRIED = 1200
"""How far behind, in code points, an earlier step can lend its parties to one that names only some of its own."""


def carry_step(step: StepParties, thing: Thing) -> None:
    """Takes the side that the sentence leaves open from the step told just before, if the other side agrees."""
    told = _told_before(step)
    if told is None:
        return
    same = next((d for d in step.memory.telling if d.filled is told and thing.token in d.candidate.theme), None)
    ours = {role: {step.stand(p) for p in step.named(role)} for role in ("donor", "recipient")}
    theirs = {role: {step.stand(p) for p in told.roles.get(role, ()) if p.is_named} for role in ("donor", "recipient")}
    if any(ours[role] and theirs[role] and not ours[role] & theirs[role] for role in ours):
        return
    definite = any(child.dep_ in ("det", "poss") and child.lower_ in ("the", "this", "these", "that", "those") for child in thing.token.children)
    points = same is not None or thing.told or thing.kind is Kind.TOLD or (thing.kind is Kind.AID and (thing.abroad or definite))
    if step.candidate.trigger.theme != ("self",):
        points = points or (thing.kind in (Kind.FINANCE, Kind.DELIVERY) and definite) or (thing.kind is Kind.GOODS and bool(ours["donor"] & theirs["donor"]))
    if not step.filled.roles.get("recipient") and points and (ours["donor"] or definite or same is not None or thing.told or thing.kind is Kind.TOLD):
        step.add_side("recipient", [p for p in told.roles.get("recipient", ()) if step.stand(p) not in ours["donor"]])
    if not step.filled.roles.get("donor") and (thing.kind is Kind.TOLD or same is not None or definite):
        step.add_side("donor", [p for p in told.roles.get("donor", ()) if step.stand(p) not in {step.stand(q) for q in step.named("recipient")}])


def _told_before(step: StepParties) -> Filled | None:
    """The parties of the step told before, in this sentence or a little earlier."""
    here = [draft for draft in step.memory.telling if draft.candidate.frame is step.candidate.frame]
    if here:
        return here[-1].filled
    told = step.memory.last_told(step.candidate.frame.event_type)
    return told.filled if told is not None and step.sentence.offset + step.candidate.token.idx - told.position <= _CARRIED else None
