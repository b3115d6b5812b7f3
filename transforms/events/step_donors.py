"""Who decides on a step by the verb over it: the governor, who tells of it, whose body or members they are, who speaks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from transforms.events.arguments import OBJECT_CONTROL, agents, surface_subject
from transforms.events.candidates import lemma_of
from transforms.events.parties import Party, inferred_party, noun_phrase
from transforms.events.step_parties import StepParties
from transforms.events.syntax import is_passive, is_verb, prepositions
from transforms.events.things import is_need, names_a_carrier
from transforms.language.parse import Token
from transforms.language.words import word_set

_MEMBERS = word_set("aid", "members")


def is_needed(step: StepParties) -> bool:
    """`the need to increase`, `the importance of expanding`: a verb under a noun that says what ought to be done."""
    over = step.candidate.token.head
    while (over.pos_ in ("ADP", "SCONJ") or over.tag_ == "VBG") and over.head != over:
        over = over.head  # through what is coordinated: `the importance of protecting civilians and increasing aid`
    return is_verb(step.candidate.token) and is_need(step.candidate.frame, over)


def from_helpers(step: StepParties) -> None:
    """`Ukraine's allies promised more missiles`: whose allies they are gets them; `the IMF's board approved …`: the body gives."""
    subjects = [*step.candidate.slots.get("subject"), *_equals(step.candidate.slots.get("subject"))]
    teller = next((each for each in step.candidate.token.ancestors if is_verb(each) and lemma_of(each) in step.lexicons["saying"]), None)
    if teller is not None and any(each.lower_ in ("it", "they", "he", "she") for each in subjects):
        subjects.extend(_equals(surface_subject(teller)))
    owners = {role: _owners_of(step, subjects, step.lexicons[words]) for role, words in (("recipient", "helpers"), ("donor", "organs"))}
    if step.candidate.trigger.roles.get("subject") == ("donor",):
        if not step.named("recipient") and owners["recipient"]:
            keys = {p.key for p in owners["recipient"]}
            step.filled.roles["donor"] = [p for p in step.filled.roles.get("donor", ()) if p.key not in keys]
            step.add_side("recipient", owners["recipient"])
        if not step.named("donor"):
            step.add_side("donor", owners["donor"])
    verb = step.candidate.token.head
    if not is_verb(step.candidate.token) and not step.named("recipient") and is_verb(verb) and _accepts(step, verb):
        # `accepted an offer of vaccines from India`
        step.add_side("recipient", [p for p in step.resolver.parties(step.sentence, agents(verb)) if p.is_named])


def _equals(heads: Iterable[Token]) -> list[Token]:
    """`Germany, the Soviet Union's largest creditor`: what is said to be the same."""
    return [child for each in heads for child in each.children if child.dep_ == "appos"]


def _accepts(step: StepParties, verb: Token) -> bool:
    """`accepted a loan`, `welcomes assistance from Japan`: who says so of what another gives gets it."""
    from_another = any(word == "from" for word, _ in prepositions(step.candidate.token))
    return lemma_of(verb) in step.lexicons["accepting"] or (lemma_of(verb) == "welcome" and from_another)


def _owners_of(step: StepParties, heads: Iterable[Token], words: frozenset[str]) -> list[Party]:
    named = [each for each in heads if lemma_of(each) in words]
    owners = [child for each in named for child in each.children if child.dep_ in ("poss", "compound", "nmod")]
    owners += [inner for each in named for word, objects in prepositions(each) if word == "of" for inner in objects]
    return [p for p in step.resolver.parties(step.sentence, owners) if p.is_named]


def from_vehicles(step: StepParties) -> None:
    """`American planes began dropping flour`: whose vehicles bring something gives it."""
    if step.filled.roles.get("donor") or step.candidate.trigger.roles.get("subject") != ("donor",):
        return
    for head in step.candidate.slots.get("subject"):
        if lemma_of(head) in step.lexicons["transports"]:
            first, _ = noun_phrase(head)
            names = [n for n in step.sentence.within(first, head.i) if n.entity is not None and n.entity.kind != "person" and n.form != "capital"]
            step.add_side("donor", [Party(n.text, n.start, n.end, n.entity, f"whose {head.lower_} bring it") for n in names[:1]])
            teller = next((each for each in step.candidate.token.ancestors if is_verb(each) and lemma_of(each) in step.lexicons["announcing"]), None)
            if teller is not None and not names:
                # `The Secretary of State announced that cargo planes would fly food to Moscow`
                step.add_side("donor", [p for p in step.resolver.parties(step.sentence, surface_subject(teller)) if step.counts(p)])


def from_governor(step: StepParties) -> None:
    """Who decides on a step that a noun or an infinitive tells: `passed a bill providing …`, `a decision by … to send`."""
    token = step.candidate.token
    if (
        step.filled.roles.get("donor")
        or is_needed(step)
        or not is_verb(token)
        or is_passive(token)
        or step.candidate.trigger.roles.get("subject") != ("donor",)
        or any(lemma_of(head) in step.lexicons["unacting"] for head in step.candidate.slots.get("subject"))
    ):
        return
    for _ in range(4):
        related = token.dep_ == "relcl" and not names_a_carrier(step.candidate.frame, token.head)
        if token.head == token or token.dep_ == "ccomp" or related:
            return
        token = token.head
        if not is_verb(token) and token.pos_ not in ("NOUN", "ADP", "SCONJ"):
            return
        if is_verb(token) and token.dep_ not in ("aux", "auxpass"):
            controllers = [each for each in token.children if each.dep_ in ("dobj", "dative") and each.i < step.candidate.token.i]
            asked = any(lemma_of(each) in step.lexicons["givers"] for each in controllers) or bool(step.resolver.parties(step.sentence, controllers))
            if token.lemma_ in OBJECT_CONTROL and asked:
                return
            parties = [p for p in step.resolver.parties(step.sentence, agents(token)) if p.is_named]
            if parties:
                step.add_side("donor", [p for p in parties if step.stand(p) not in {step.stand(q) for q in step.named("recipient")}])
                return


def from_teller(step: StepParties) -> None:
    """Who promises to go on, or says what somebody will get: `reaffirmed continued assistance to …`, `the Commission says that Moldova will receive …`."""
    if step.filled.roles.get("donor"):
        return
    wanted = step.lexicons["affirming"] if not is_verb(step.candidate.token) else step.lexicons["saying"] if step.candidate.trigger.needs_roles else frozenset()
    for head in step.candidate.token.ancestors:
        if is_verb(head) and head.dep_ != "prep":  # `underscored their support, including through continued aid`
            if lemma_of(head) in wanted or (
                is_verb(step.candidate.token) and is_passive(step.candidate.token) and lemma_of(head) in step.lexicons["announcing"]
            ):
                recipients = {step.stand(p) for p in step.named("recipient")}
                tellers = [p for p in step.resolver.parties(step.sentence, surface_subject(head)) if step.counts(p)]
                step.add_side("donor", [p for p in tellers if step.stand(p) not in recipients])
            return


def from_papers(step: StepParties) -> None:
    """`This bill will provide aid to Sudan`, `the resources that Congress provided …`: who made or gave what the clause is about."""
    trigger = step.candidate.trigger
    if step.named("donor") or not is_verb(step.candidate.token) or trigger.roles.get("subject") != ("donor",):
        return
    of_papers = step.lexicons["own_organs"] | (step.lexicons["papers"] if trigger.step not in ("suspend", "reject") else frozenset())
    heads = [*step.candidate.slots.get("subject"), *(each for over in itertools.islice(step.candidate.token.ancestors, 2) for each in surface_subject(over))]
    for head in heads:
        made = [each for each in head.children if each.dep_ in ("relcl", "acl") and lemma_of(head) in step.lexicons["resources"]]
        parties = [p for each in made for p in step.resolver.parties(step.sentence, agents(each)) if step.counts(p)]
        publisher = step.memory.entity_of(step.memory.home)
        if not parties and publisher is not None and lemma_of(head) in of_papers and not _is_of_others(step, head):
            parties = [inferred_party(step.sentence, head, publisher, "the publisher's country")]
        if parties:
            step.filled.roles.pop("donor", None)
            step.add_side("donor", parties)
            return


def _is_of_others(step: StepParties, head: Token) -> bool:
    """`The EU's plan`: a paper that somebody else is named with."""
    first, _ = noun_phrase(head)
    return any(name.entity is not None for name in step.sentence.within(first, head.right_edge.i + 1))


def from_chambers(step: StepParties) -> None:
    """`the package proposed in the United States Congress`: the parliament in which something is decided."""
    if step.named("donor") or not is_verb(step.candidate.token):
        return
    heads = [each for word, objects in prepositions(step.candidate.token) if word in ("in", "before") for each in objects]
    parties = [p for p in step.resolver.parties(step.sentence, heads) if p.entity is not None and p.entity.sector == "LEG"]
    step.add_side("donor", [p for p in parties if step.stand(p) not in {step.stand(q) for q in step.named("recipient")}])


def from_members(step: StepParties) -> None:
    """`Leaders at the G7 summit agree to lend`: the body whose members decide."""
    verb = step.candidate.token
    if step.named("donor") or not is_verb(verb) or step.candidate.trigger.roles.get("subject") != ("donor",):
        return
    for head in surface_subject(verb):
        if lemma_of(head) not in _MEMBERS:
            continue
        for word, objects in prepositions(head):
            for each in objects if word in ("of", "at", "in", "from") else ():
                names = step.sentence.within(each.left_edge.i, each.i + 1)
                bodies = [name for name in names if name.entity is not None and name.entity.kind == "organisation"]
                step.add_side("donor", [Party(n.text, n.start, n.end, n.entity, f"whose {head.lower_} they are") for n in bodies[:1]])


def from_authority(step: StepParties) -> None:
    """`I hereby delegate the authority to direct … to provide assistance to Ukraine`: who speaks gives where no one else does."""
    if step.named("donor"):
        return
    for over in step.candidate.token.ancestors:
        speakers = [head for head in surface_subject(over) if head.lower_ == "i"] if is_verb(over) else []
        if speakers:
            step.add_side("donor", [party for party in step.resolver.parties(step.sentence, speakers) if party.is_named])
            return
        publisher = step.memory.entity_of(step.memory.home)
        if over.dep_ == "ROOT" and lemma_of(over) == "authority" and is_verb(step.candidate.token) and publisher is not None:
            # `I hereby delegate: (1) the authority to direct …`
            step.add_side("donor", [inferred_party(step.sentence, over, publisher, "the publisher's country")])
            return


def from_permitting(step: StepParties) -> None:
    """`The IMF completed its review, allowing Ghana to draw $360 million`: the body under whose verb somebody may take money."""
    if step.named("donor") or step.candidate.trigger.roles.get("subject") != ("recipient",) or "from" not in step.candidate.trigger.roles:
        return
    for over in itertools.islice(step.candidate.token.ancestors, 6):
        if is_verb(over):
            bodies = [p for p in step.resolver.parties(step.sentence, agents(over)) if p.entity is not None and p.entity.sector == "IGO"]
            if bodies:
                step.add_side("donor", bodies)
                return


def from_quoting(step: StepParties) -> None:
    """`We gave Egypt $60 billion, the US president said`: who is quoted gives."""
    token = step.candidate.token
    if step.named("donor") or not is_verb(token) or not any(each.lower_ in ("we", "i") for each in surface_subject(token)):
        return
    if step.candidate.trigger.roles.get("subject") != ("donor",):
        return
    teller = next((each for each in token.ancestors if is_verb(each) and lemma_of(each) in step.lexicons["saying"]), None)
    if teller is not None:
        sides = {step.stand(p) for p in step.named("recipient")}
        step.add_side("donor", [p for p in step.resolver.parties(step.sentence, surface_subject(teller)) if step.counts(p) and step.stand(p) not in sides])
