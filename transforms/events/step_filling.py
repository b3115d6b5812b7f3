"""Completes who gives, who gets and who asks in a step: the slots of its verb first, then the thing given, the clause and the document."""

from __future__ import annotations

from transforms.events.step_counting import is_relief
from transforms.events.step_donors import (
    from_authority,
    from_chambers,
    from_governor,
    from_helpers,
    from_members,
    from_papers,
    from_permitting,
    from_quoting,
    from_teller,
    from_vehicles,
    is_needed,
)
from transforms.events.step_parties import StepParties
from transforms.events.step_phrases import from_clauses, from_modifiers, from_prepositions, from_sides, holders_of
from transforms.events.step_recipients import (
    from_below,
    from_bound,
    from_disaster,
    from_helped,
    from_launch,
    from_lender,
    from_objects_places,
    from_pronoun,
    from_purpose,
    from_request,
    from_served,
    from_slots,
    from_thanks,
    from_users,
    from_ways,
    is_for_locals,
    late_recipients,
    of_peoples,
    of_places,
    on_own_ground,
)
from transforms.events.syntax import is_passive, is_verb
from transforms.events.things import Kind, Thing


def complete_parties(step: StepParties, thing: Thing) -> None:
    """Adds donors and recipients from the thing given, the clause around it and the sentence."""
    for role, parties in step.filled.roles.items():
        step.filled.roles[role] = [p for p in parties if not step.is_paper(p) and not step.is_part(p)]
    of_places(step)
    if is_needed(step):
        # `underscored the need to increase aid`: who says so does not give by that
        step.filled.roles.pop("donor", None)
    late_recipients(step, thing)
    from_request(step)
    holders = holders_of(step, thing)
    for holder in holders:
        from_clauses(step, holder)
        from_prepositions(step, holder)
        from_modifiers(step, holder)
    for child in step.candidate.token.children:
        if child.dep_ == "conj" and child.pos_ == "NOUN" and is_verb(step.candidate.token):
            from_prepositions(step, child)  # `received tents from Denmark, and generators from Norway`, coordinated with the verb
    from_slots(step)
    from_lender(step)
    from_thanks(step)
    from_launch(step)
    from_bound(step, thing.token)
    from_ways(step, thing)
    from_helpers(step)
    from_purpose(step, thing)
    from_below(step, thing)
    from_helped(step)
    from_served(step, thing)
    if step.candidate.trigger.step == "given" or is_passive(step.candidate.token):
        from_users(step, thing)
    from_pronoun(step)
    from_vehicles(step)
    from_governor(step)
    from_teller(step)
    from_chambers(step)
    from_members(step)
    from_papers(step)
    from_authority(step)
    from_permitting(step)
    from_quoting(step)
    for holder in holders:
        from_sides(step, holder)
    of_peoples(step)
    if not step.named("recipient") and (thing.kind is Kind.AID or step.candidate.trigger.sure or is_for_locals(step)):
        from_objects_places(step)
        from_disaster(step, thing)
    if is_relief(step, thing):
        on_own_ground(step)
