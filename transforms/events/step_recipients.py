"""Whom a step is for by its clause: the slots of its verb, the purpose, the request, the place, the disaster."""

from __future__ import annotations

import dataclasses
import itertools

from transforms.events.arguments import THANKING, patients, surface_subject
from transforms.events.candidates import lemma_of
from transforms.events.parties import OWN_GROUND, Party, noun_phrase
from transforms.events.receiving import REGION, parties_of
from transforms.events.reference import states
from transforms.events.step_parties import TO_WHOM, StepParties
from transforms.events.syntax import conjuncts, is_verb, prepositions
from transforms.events.things import Kind, Thing
from transforms.language.parse import Token
from transforms.language.words import word_set

_USING = word_set("aid", "using") | word_set("roles", "wielding")
_EXCEPTING = word_set("aid", "excepting")
_LOCAL = word_set("aid", "local")


def late_recipients(step: StepParties, thing: Thing) -> None:
    """`asked Congress for aid to El Salvador`: who stands after `to` behind what is asked for gets it, where before it he is asked."""
    if step.candidate.trigger.theme not in (("for",), ("for", "of")) or step.candidate.trigger.step != "request":
        return
    beside = [head for head in step.candidate.slots.get("for") if head.dep_ == "pobj" and head.i > thing.token.i and head not in step.candidate.theme[:1]]
    late = step.receiving([*(head for head in step.candidate.slots.get("to") if head.i > thing.token.i), *beside])
    keys = {party.key for party in late}
    step.filled.roles["donor"] = [p for p in step.filled.roles.get("donor", ()) if p.key not in keys]
    step.add_side("recipient", late)


def from_slots(step: StepParties) -> None:
    """`contributed $2 million to a fund for Ukraine`: the state named with what the money goes to."""
    slots = [slot for slot, roles in step.candidate.trigger.roles.items() if "recipient" in roles and slot in (*TO_WHOM, "object", "at", "over")]
    if not step.named("recipient"):
        step.add_side("recipient", [p for p in step.receiving(head for slot in slots for head in step.candidate.slots.get(slot)) if p.is_named])
    if not step.named("recipient") and is_verb(step.candidate.token):
        # `released $9 million from an emergency fund for Honduras`
        funds = [each for word, objects in prepositions(step.candidate.token) if word == "from" for each in objects]
        phrases = [pair for each in funds if lemma_of(each) in step.lexicons["programs"] for pair in prepositions(each)]
        step.add_side("recipient", [p for p in step.receiving(each for word, heads in phrases if word == "for" for each in heads) if p.is_named])


def from_helped(step: StepParties) -> None:
    """`U.S. assistance helped Jordan take in refugees`: whom the help that a clause is about helps."""
    noun, verb = step.candidate.token, step.candidate.token.head
    if is_verb(noun) or noun.dep_ != "nsubj" or not is_verb(verb) or lemma_of(verb) not in step.lexicons["helping"] or step.named("recipient"):
        return
    clauses = [child for child in verb.children if child.dep_ in ("ccomp", "xcomp")]
    helped = [*patients(verb), *(each for clause in clauses for each in clause.children if each.dep_ == "nsubj")]
    step.add_side("recipient", [p for p in step.receiving(helped) if p.is_named])


def from_below(step: StepParties, thing: Thing) -> None:
    """`$1 billion in short- to long-term assistance for the Sahel`: a phrase further below the thing, where the parse has it hang on another word."""
    if step.filled.roles.get("recipient"):
        return
    for token in itertools.islice(thing.token.subtree, 30):
        if token.i > thing.token.i and token.dep_ == "prep" and token.lower_ in ("to", "for") and not _is_parted(token, thing.token):
            parties = step.receiving(
                [inner for child in token.children if child.dep_ == "pobj" for inner in conjuncts(child) if lemma_of(inner) not in step.lexicons["at_home"]]
            )
            found = [p for p in parties if p.is_named or p.reason == REGION or set(p.text.lower().split()) & step.lexicons["elsewhere"]]
            if found:
                step.add_side("recipient", found)
                return


def _is_parted(token: Token, top: Token) -> bool:
    """Whether a verb or an exception stands between a phrase and what it hangs on: `all aid except aid to Israel`."""
    between = itertools.takewhile(lambda each: each != top, token.ancestors)
    return any(is_verb(each) or each.lower_ in _EXCEPTING for each in between)


def from_ways(step: StepParties, thing: Thing) -> None:
    """`let aid trucks travel through the crossing into Gaza`: where what is let through goes."""
    if step.named("recipient") or not is_verb(step.candidate.token):
        return
    for clause in step.candidate.token.children:
        if clause.dep_ in ("ccomp", "xcomp") and any(child.dep_ == "nsubj" and thing.token in conjuncts(child) for child in clause.children):
            ways = [pair for each in (clause, *(inner for _, objects in prepositions(clause) for inner in objects)) for pair in prepositions(each)]
            # `made $40 million available for the people of Gaza`, while food is let through for an hour, in a week
            unsure = () if clause.lower_ == "available" else ("for", "in")
            step.add_side("recipient", step.receiving([each for word, objects in ways if word in TO_WHOM and word not in unsure for each in objects]))


def from_bound(step: StepParties, holder: Token) -> None:
    """`trucks bound for Gaza`, `shells destined for Ukraine`: where what is held up, sent or given is to go, wherever the parser hangs it."""
    if step.named("recipient"):
        return
    for clause in step.sentence.doc[holder.i + 1 : holder.i + 12]:
        if clause.lower_ in step.lexicons["bound"] and clause.dep_ in ("acl", "advcl", "amod", "relcl", "conj", "dep"):
            heads = [each for word, objects in prepositions(clause) if word in TO_WHOM for each in objects]
            step.add_side("recipient", [p for p in step.receiving(heads) if p.is_named])
            return


def from_lender(step: StepParties) -> None:
    """`Ecuador signed a loan agreement with the IMF`, `announced a loan from it`: of a state and a body that agree on money, the body gives it."""
    money = [*step.candidate.slots.get("object"), *step.candidate.theme]
    lenders = [each for head in money for word, objects in prepositions(head) if word == "from" for each in objects]
    giving = [p for p in step.resolver.parties(step.sentence, lenders) if step.counts(p)]
    tellers = step.named("donor")
    if step.candidate.trigger.step == "pledge" and giving and tellers and not step.named("recipient"):
        step.filled.roles["donor"] = giving
        step.add_side("recipient", [p for p in tellers if step.stand(p) not in {step.stand(q) for q in giving}])
        return
    if step.candidate.trigger.step != "approve" or not step.named("donor"):
        return
    others = [
        *step.candidate.slots.get("with"),
        *(each for head in step.candidate.slots.get("object") for word, objects in prepositions(head) if word == "with" for each in objects),
    ]
    known = {p.key: p for p in [*step.named("donor"), *(p for p in step.resolver.parties(step.sentence, others) if p.is_named)]}
    bodies = [p for p in known.values() if p.entity is not None and p.entity.kind == "organisation" and p.entity.sector == "IGO"]
    borrowers = [p for p in known.values() if p.acts_for(step.day) in states() and p not in bodies]
    if bodies and len(borrowers) == 1 and not step.named("recipient"):
        step.filled.roles["donor"] = bodies
        step.filled.add("recipient", borrowers)


def from_served(step: StepParties, thing: Thing) -> None:
    """`cancelled grants that kept kitchens in Khartoum open`: where what the money did was done."""
    if step.filled.roles.get("recipient") or thing.kind not in (Kind.AID, Kind.FINANCE) or not step.named("donor") or not is_verb(step.candidate.token):
        return
    clauses = [each for each in thing.token.children if each.dep_ == "relcl" and is_verb(each)]
    below = {each for clause in clauses for each in clause.subtree}
    donors = {step.stand(p) for p in step.named("donor")}
    near = [p for p in step.places if p.token in below and p.preposition == "in" and p.place.country in states() and p.place.country not in donors]
    step.add_side("recipient", parties_of(near[:1]))


def from_thanks(step: StepParties) -> None:
    """`thanked Norway for the grant`: who is thanked gives, who thanks gets it where nobody else is named."""
    if is_verb(step.candidate.token):
        return
    for over in itertools.islice(step.candidate.token.ancestors, 4):
        if is_verb(over):
            if lemma_of(over) in THANKING and step.candidate.token.i > over.i:
                thanked = [p for p in step.resolver.parties(step.sentence, patients(over)) if step.counts(p)]
                if thanked and not step.named("donor"):
                    step.add_side("donor", thanked)
                sides = {step.stand(p) for p in thanked}
                if thanked and not step.filled.roles.get("recipient"):
                    step.add_side(
                        "recipient", [p for p in step.resolver.parties(step.sentence, surface_subject(over)) if step.counts(p) and step.stand(p) not in sides]
                    )
            return


def from_launch(step: StepParties) -> None:
    """`In Pakistan, the United Nations launched an appeal for $160 million`: the state in which a body asks for help."""
    light = step.candidate.slots.light
    if light is None or step.candidate.trigger.step != "request" or step.named("recipient"):
        return
    heads = [each for word, objects in prepositions(light) if word == "in" for each in objects if each.ent_type_ not in ("DATE", "TIME")]
    step.add_side("recipient", [p for p in step.receiving(heads, people=False) if p.is_named])


def from_request(step: StepParties) -> None:
    """`approved an Israeli request to use two of its drones`: whose request it is gets what it asks for."""
    if step.candidate.trigger.step == "request" or step.named("recipient"):
        return
    for head in step.candidate.slots.get("object"):
        if lemma_of(head) in step.lexicons["asking"] and head.pos_ == "NOUN":
            first, _ = noun_phrase(head)
            names = [n for n in step.sentence.within(first, head.i) if n.entity is not None and n.entity.kind != "person"]
            step.add_side("recipient", [Party(n.text, n.start, n.end, n.entity, f"whose {head.lower_} it is") for n in names[:1]])


def from_purpose(step: StepParties, thing: Thing) -> None:
    """`$203 million to help civilians in Sudan`, `weapons to defend Ukraine`: whom the help is for."""
    if step.named("recipient"):
        return
    over = step.candidate.token.head
    if over.lower_ == "by" and lemma_of(over.head) in step.lexicons["helping"]:
        # `supports the Afghan people by providing assistance`
        step.add_side("recipient", [p for p in step.receiving(patients(over.head)) if p.is_named])
    tops = [each for each in (step.candidate.token, thing.token, thing.token.head, thing.token.head.head) if each is not None]
    for top in tops:
        # `munitions to help Ukraine`, `a package that includes munitions to help Ukraine`
        clauses = [each for child in top.children for each in (child, *child.children) if each.dep_ == "pcomp" or each.head == top or child.dep_ == "relcl"]
        for clause in clauses:
            if clause.dep_ in ("advcl", "xcomp", "acl", "relcl", "ccomp", "pcomp") and lemma_of(clause) in step.lexicons["helping"] and clause.i > top.i:
                helped = [each for verb in conjuncts(clause) for each in patients(verb)]  # `to feed and shelter people in Sudan`
                step.add_side("recipient", step.receiving([*helped, *(c for c in clause.children if c.dep_ == "nsubj" and c.i > clause.i)]))
                if not step.named("recipient"):
                    # `to help flood victims in Pakistan`, the place hung on the verb
                    there = [each for word, objects in prepositions(clause) if word in ("in", "across", "throughout") for each in objects]
                    step.add_side("recipient", [p for p in step.receiving(there, people=False) if p.is_named])
        if step.named("recipient"):
            return


def from_users(step: StepParties, thing: Thing) -> None:
    """`Ukraine used Polish-supplied weapons`, `pilots from Kenya fly jets donated by Japan`: who has what was given got it."""
    verb = thing.token.head
    wielded = verb.lower_ == "with"  # `permission to strike with U.S.-supplied weapons`
    while verb.pos_ == "ADP" and verb.head != verb:
        verb = verb.head.head if verb.head.pos_ == "NOUN" else verb.head
    if step.named("recipient") or verb == step.candidate.token or not is_verb(verb) or is_verb(thing.token) or not (wielded or lemma_of(verb) in _USING):
        return
    donors = {step.stand(p) for p in step.named("donor")}
    users = step.resolver.parties(step.sentence, surface_subject(verb))
    step.add_side("recipient", [p for p in users if step.counts(p) and step.stand(p) not in donors])


def from_pronoun(step: StepParties) -> None:
    """`support the Ukrainian people and provide them with weapons`: `them` is the object of the verb before."""
    verb = step.candidate.token
    heads = [*step.candidate.slots.get("object"), *step.candidate.slots.get("indirect")]
    if not step.named("recipient") and is_verb(verb) and verb.dep_ == "conj" and any(head.lower_ in ("them", "it") for head in heads):
        step.add_side("recipient", step.receiving(patients(verb.head)))


def of_peoples(step: StepParties) -> None:
    """`aid to the people of Haiti`, `to the Afghan people` is aid to their state."""
    found = []
    for party in step.filled.roles.get("recipient", ()):
        people = party.entity is not None and party.entity.kind == "group" and "people" in party.text.lower().split()
        state = states().get(party.entity.country or "") if people and party.entity is not None else None
        found.append(dataclasses.replace(party, entity=state) if state is not None else party)
    if "recipient" in step.filled.roles:
        step.filled.roles["recipient"] = list({party.key: party for party in reversed(found)}.values())[::-1]


def from_objects_places(step: StepParties) -> None:
    """The state of the place where something is given: `airdropped food over northern Gaza`."""
    if step.candidate.trigger.theme == ("any",):
        donors = {step.stand(p) for p in step.filled.roles.get("donor", ())}
        near = [p for p in step.places if p.place.country in states() and p.preposition in ("in", "across", "throughout") and p.place.country not in donors]
        step.add_side("recipient", parties_of(near[:1]))
    verb = step.candidate.slots.light or step.candidate.token
    if not is_verb(verb):
        return
    phrases = [*prepositions(verb), *(pair for each in patients(verb) for pair in prepositions(each))]
    for word, objects in phrases:
        if word in ("in", "into", "inside", "over", "across", "throughout", "near", "at"):
            donors = {step.stand(p) for p in step.filled.roles.get("donor", ())}
            step.add_side("recipient", [p for p in step.receiving(objects, people=False) if step.stand(p) not in donors])
    if not step.filled.roles.get("recipient"):
        # `airdropped 20 tons of meals over northern Gaza`, hung on another word
        donors = {step.stand(p) for p in step.named("donor")}
        near = [p for p in step.places if p.place.country in states() and p.preposition in ("over", "into") and p.place.country not in donors]
        step.add_side("recipient", parties_of([p for p in near if p.token.i > verb.i][:1]))


def of_places(step: StepParties) -> None:
    """`food distributions in Tigray`, `trucks reached Goma`: a place that the model takes for a person."""
    places = {place.start: place for place in step.places if place.place.country in states()}
    found = [
        parties_of([places[p.start]])[0] if p.start in places and p.entity is not None and p.entity.kind == "person" and p.entity.actor_id is None else p
        for p in step.filled.roles.get("recipient", ())
    ]
    if found:
        step.filled.roles["recipient"] = found


def on_own_ground(step: StepParties) -> None:
    """`Damascus agreed to let UN convoys into Idlib`: those on the ground of the state that lets help in or keeps it out."""
    donors = {step.stand(p) for p in step.named("donor")}
    near = [place for place in step.places if place.place.country in donors and place.preposition in (*TO_WHOM, "from", "reaching", "of")]
    if not step.named("recipient") and near:
        step.filled.roles["recipient"] = [dataclasses.replace(parties_of(near[:1])[0], reason=OWN_GROUND)]


def is_for_locals(step: StepParties) -> bool:
    """`rice to 40,000 people in Cox's Bazar`: those who get it are named by the place alone."""
    unnamed = step.filled.roles.get("recipient", ())
    return bool(unnamed) and all(not p.is_named and set(p.text.lower().split()) & _LOCAL for p in unnamed)


def from_disaster(step: StepParties, thing: Thing) -> None:
    """`sent emergency aid after the earthquake in southern Turkey`: the state that was struck."""
    if step.named("recipient"):
        return
    phrases = [*prepositions(step.candidate.token), *prepositions(thing.token)]
    heads = [each for word, objects in phrases if word in ("after", "following", "amid", "since", "for") for each in objects]
    donors = {step.stand(p) for p in step.filled.roles.get("donor", ())}
    struck = step.receiving([each for each in heads if lemma_of(each) in step.lexicons["disasters"]], people=False)
    step.add_side("recipient", [p for p in struck if p.is_named and step.stand(p) not in donors])
