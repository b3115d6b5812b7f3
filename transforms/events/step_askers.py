"""Who asks for a step, orders it or may hinder it, and on which side of it that puts them."""

from __future__ import annotations

from transforms.events.arguments import agents, patients, surface_subject
from transforms.events.candidates import lemma_of
from transforms.events.parties import Party
from transforms.events.step_parties import StepParties
from transforms.events.syntax import conjuncts, governing_verb, is_verb, prepositions
from transforms.language.parse import Token
from transforms.language.words import word_set

_COURTS = word_set("aid", "courts")


def hindered(step: StepParties, governor: Token) -> None:
    """`will not prevent Poland from sending tanks`: who is hindered or not gives as well."""
    if any(word == "from" for word, _ in prepositions(governor)) and is_verb(governor):
        step.filled.add("donor", [p for p in step.resolver.parties(step.sentence, patients(governor)) if step.counts(p)])


def asked(step: StepParties, governor: Token) -> None:
    """`urged the EU to send weapons`: who urges asks, for itself where nobody else is to get it."""
    askers = [p for p in step.resolver.parties(step.sentence, surface_subject(governor) if is_verb(governor) else _owners(governor)) if p.is_named]
    if not askers and lemma_of(governor) in step.lexicons["needs"] and not is_verb(governor):
        tellers = (step.resolver.parties(step.sentence, surface_subject(each)) for each in governor.ancestors if is_verb(each))
        askers = next((named for parties in tellers if (named := [p for p in parties if step.counts(p)])), [])
    if not askers and not is_verb(governor):
        # `called on Egypt to exercise pressure to increase aid`
        verb = next((each for each in governor.ancestors if is_verb(each) and lemma_of(each) in step.candidate.frame.step_governors["request"]), None)
        askers = [] if verb is None else [p for p in step.resolver.parties(step.sentence, surface_subject(verb)) if step.counts(p)]
    if not askers and governor.tag_ == "VBD":
        # `urged Moscow to stop demands that prolong the war and called on …`: coordinated with the wrong verb
        above = next((each for each in governor.ancestors if each.tag_ == "VBD" and is_verb(each)), None)
        askers = [] if above is None else [p for p in step.resolver.parties(step.sentence, surface_subject(above)) if p.is_named]
    donors = {p.key for p in step.filled.roles.get("donor", ())}
    settle_askers(step, [p for p in askers if p.key not in donors])


def orders_another(step: StepParties, governor: Token) -> bool:
    """`The court ordered Israel to allow aid in`: who orders another state or body asks, who orders his own decides."""
    if lemma_of(governor) not in step.lexicons["ordering"] or not is_verb(governor):
        return False
    ordered = [p for p in step.resolver.parties(step.sentence, patients(governor)) if step.counts(p)]
    ordering = {step.stand(p) for p in step.resolver.parties(step.sentence, agents(governor)) if p.is_named}
    courts = {lemma_of(each) for each in agents(governor)} & _COURTS
    return bool(ordered) and bool(ordering or courts) and not any(step.stand(p) in ordering for p in ordered)


def _owners(noun: Token) -> list[Token]:
    found = [each for child in noun.children if child.dep_ == "poss" for each in conjuncts(child)]
    for word, objects in prepositions(noun):
        if word in ("by", "from"):
            found.extend(objects)
    return found


def spoken(step: StepParties) -> None:
    """`Congress should provide …`, said by someone: who says so asks."""
    token = step.candidate.token
    for head in token.ancestors:
        if is_verb(head) and lemma_of(head) in step.lexicons["saying"]:
            settle_askers(step, [p for p in step.resolver.parties(step.sentence, surface_subject(head)) if p.is_named])
            return
    speaker = step.memory.speaker if step.memory.home is not None else None
    if speaker is not None:
        start = step.sentence.start_of(token)
        settle_askers(step, [Party(token.text, start, start + len(token.text), speaker, "the speaker")])


def settle_askers(step: StepParties, askers: list[Party]) -> None:
    """Gives those who ask their role: for themselves they are the recipients, for others the requesters."""
    recipients = {step.stand(p) for p in step.filled.roles.get("recipient", ())}
    donors = {step.stand(p) for p in step.filled.roles.get("donor", ())}
    if not recipients and not any(step.stand(p) in donors for p in askers):
        step.add_side("recipient", askers)
    else:
        step.filled.add("requester", [p for p in askers if step.stand(p) not in recipients])


def _quoted(step: StepParties) -> list[Party]:
    """`The premier says that "we asked for support"`: who is quoted asks."""
    token = step.candidate.token
    if not is_verb(token) or not any(head.lower_ in ("we", "i") for head in surface_subject(token)):
        return []
    teller = next((each for each in token.ancestors if is_verb(each) and lemma_of(each) in step.lexicons["saying"]), None)
    return [] if teller is None else [p for p in step.resolver.parties(step.sentence, surface_subject(teller)) if p.is_named]


def swap_askers(step: StepParties) -> None:
    """The parties that a request's own slots gave as askers, in the roles that they have by whom it is for."""
    askers = step.filled.roles.pop("requester", []) or _quoted(step)
    verb = governing_verb(step.candidate.token)
    if verb is not None and not is_verb(step.candidate.token) and lemma_of(verb) in step.lexicons["launching"]:
        # `The United Nations launched an appeal for Sudan`: who launches one asks others
        launching = {p.key: p for p in step.resolver.parties(step.sentence, agents(verb)) if p.is_named}
        step.filled.roles["donor"] = [p for p in step.filled.roles.get("donor", ()) if p.key not in launching]
        askers = [*launching.values()] or askers
    donors = step.filled.roles.get("donor", ())
    keys = {p.key for p in donors}
    if not is_verb(step.candidate.token):
        # `a request that Kenya made`: who makes it comes before those who push it
        subjects = [each for clause in step.candidate.token.children if clause.dep_ == "relcl" for each in clause.children if each.dep_ == "nsubj"]
        made = [p for p in step.resolver.parties(step.sentence, subjects) if p.is_named]
        sides = {step.stand(p) for p in donors}
        askers = made or [p for p in askers if step.stand(p) not in sides]
    settle_askers(step, [p for p in askers if p.key not in keys])
