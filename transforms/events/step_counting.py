"""Whether a step counts: somebody who can grant or refuse helps somebody else, and neither trades with him nor provides for his own."""

from __future__ import annotations

from transforms.events.candidates import Candidate, lemma_of
from transforms.events.parties import Party
from transforms.events.receiving import REGION
from transforms.events.step_parties import StepParties, sovereign
from transforms.events.syntax import is_passive, is_verb
from transforms.events.things import Kind, Thing
from transforms.language.parse import Token


def why_not_counted(parties: StepParties, thing: Thing, step: str, candidate: Candidate) -> str | None:
    """What speaks against a step between two sides, one of whom helps the other; None where nothing does."""
    donors, recipients = parties.named("donor"), parties.named("recipient")
    givers = {parties.stand(p) for p in donors}
    getters = {
        parties.stand(p) if parties.counts(p) else sovereign(p.entity.country or "")
        for p in recipients
        if p.entity is not None and (parties.counts(p) or p.entity.country)
    }
    others = [p for p in parties.filled.roles.get("recipient", ()) if not p.is_named or parties.stand(p) not in getters]
    words = {word for p in others for word in _words(p)}
    elsewhere = (bool(words & parties.lexicons["elsewhere"]) or any(p.reason == REGION for p in others)) and not words & (
        parties.lexicons["at_home"] | parties.lexicons["waters"]
    )
    vague = thing.kind in (Kind.DELIVERY, Kind.GOODS, Kind.SUM, Kind.FINANCE, Kind.ACT)
    relief = is_relief(parties, thing)
    if givers and getters and getters <= givers and not relief:
        return "given within one state"
    if not donors and _is_given_by_others(parties):
        return "given by nobody that counts"
    if (
        donors
        and not any(parties.counts(p) for p in donors)
        and not (
            getters
            and ((thing.kind is Kind.AID and _is_body(donors)) or candidate.trigger.sure or any(map(parties.is_private, donors)) or _is_blamed(candidate.token))
        )
    ):
        return "given by nobody that counts"
    bought = candidate.trigger.roles.get("subject") == ("recipient",) and donors and all(p.entity is not None and p.entity.sector == "BUS" for p in donors)
    if bought:
        return "got from a company"
    if not donors and not any(parties.counts(p) for p in recipients) and not (elsewhere and _is_by_givers(parties) and parties.sentence.names):
        return "neither who gives nor who gets is named"
    if thing.kind is Kind.TOLD and not (donors and recipients):
        return "what it points back to is not plain"
    if step == "request":
        asking = [*recipients, *parties.named("requester")]
        if asking and not any(parties.counts(p) for p in asking) and not donors:
            return "who asks is no party"
    if not getters and not elsewhere:
        if words & parties.lexicons["at_home"]:
            return "given to a state's own people"
        if vague and not (thing.kind is Kind.FINANCE and thing.abroad) and not _is_sure(candidate):
            return "goods or money without who gets them"
        if thing.kind is Kind.AID and not thing.abroad and not relief:
            return "help without whom it is for"
    if not donors:
        if (
            vague
            and step != "request"
            and not candidate.trigger.sure
            and not _is_of_givers(parties)
            and not (elsewhere and _is_by_givers(parties) and parties.sentence.names)
        ):
            return "goods or money without who gives them"
        if parties.memory.home is not None and getters == {parties.memory.home} and not thing.abroad:
            return "given to a state's own people"
    return None


def _is_sure(candidate: Candidate) -> bool:
    """Whether a word tells a gift by itself: `donated`, `Polish-supplied`."""
    return candidate.trigger.sure and (candidate.trigger.pos != "participle" or is_joined(candidate.token))


def is_joined(participle: Token) -> bool:
    """`Polish-supplied`: who did it stands before it with a hyphen."""
    return "-" in participle.text or any(child.dep_ == "punct" for child in participle.children)


def _is_blamed(verb: Token) -> bool:
    """`sanctioned companies for providing weapons`: what somebody is punished for has happened, whoever he is."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "for" and is_verb(verb.head.head)


def _is_body(donors: list[Party]) -> bool:
    return any(p.entity is not None and p.entity.kind == "organisation" for p in donors)


def is_relief(parties: StepParties, thing: Thing) -> bool:
    """`The junta blocks relief convoys`, `agreed to let UN trucks into Idlib`: what a state may keep from its own people, and may let reach them."""
    letting = parties.candidate.trigger.step == "reject" or lemma_of(parties.candidate.token) in parties.lexicons["letting"]
    before = {child.lower_ for each in (thing.token, thing.token.head) for child in each.children if child.dep_ in ("amod", "compound", "nmod")}
    return letting and thing.kind is Kind.AID and bool(before & parties.lexicons["relieving"])


def _is_of_givers(parties: StepParties) -> bool:
    """`donors meeting in Paris pledged $2 billion for Sudan`: no name, but a word for those who give."""
    return _is_by_givers(parties) and any(parties.counts(p) for p in parties.named("recipient"))


def _is_by_givers(parties: StepParties) -> bool:
    """`rich countries pledged $100 billion to poor nations`: a word for those who give."""
    words = {word for party in parties.filled.roles.get("donor", ()) for word in _words(party)}
    words |= {lemma_of(each) for each in parties.candidate.slots.get("subject")}
    return bool(words & parties.lexicons["givers"])


def _is_given_by_others(parties: StepParties) -> bool:
    """`sellers ship goods`, `helping communities provide shelter`: who gives has no name, and no word by which he may act for a state or a body."""
    unnamed = [p for p in parties.filled.roles.get("donor", ()) if not p.is_named]
    offset = parties.sentence.offset
    for party in unnamed:
        tokens = [token for token in parties.sentence.doc if party.start <= token.idx + offset < party.end]
        nouns = [token for token in tokens if token.pos_ == "NOUN"]
        local = any(token.lower_ in parties.lexicons["at_home"] for token in tokens if token not in nouns)  # `local communities`
        if not nouns or any(token.pos_ == "PROPN" for token in tokens) or (not local and any(lemma_of(token) in parties.lexicons["givers"] for token in nouns)):
            return False
    return bool(unnamed) and not _is_blamed(parties.candidate.token)


def only_people_ask(candidate: Candidate, parties: StepParties) -> bool:
    """`Palestinians seeking aid`: no state or body asks, but those who need it."""
    askers = parties.filled.roles.get("requester", ())
    if parties.named("donor") or candidate.trigger.roles.get("subject") != ("requester",):
        return False
    return all(p.reason.startswith("people of a state") for p in askers) and not is_passive(candidate.token)


def _words(party: Party) -> set[str]:
    words = {word.strip(".,'’").lower() for word in party.text.split()}
    return words | {word.removesuffix("s") for word in words} | {word.removesuffix("ies") + "y" for word in words if word.endswith("ies")}
