"""Who gives and who gets by the words of the thing given: its phrases, the clauses behind it and the names before it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from transforms.events.arguments import agents, surface_subject
from transforms.events.candidates import lemma_of
from transforms.events.parties import Party, noun_phrase
from transforms.events.spans import SentenceName
from transforms.events.step_parties import TO_WHOM, StepParties
from transforms.events.syntax import conjuncts, is_passive, is_verb, prepositions
from transforms.events.things import Kind, Thing
from transforms.language.parse import Token
from transforms.language.words import word_set

_USING = word_set("aid", "using") | word_set("roles", "wielding")
_JOINED = re.compile(r"\s*(?:,|[-–/]|,?\s*(?:and|or|&))\s*")


def holders_of(step: StepParties, thing: Thing) -> list[Token]:
    """The noun of the thing, the nouns that hold it (`a package of`, `$5 million in`), and what is coordinated with it."""
    if thing.kind is Kind.ACT:
        return []
    token = thing.token
    found = [token]
    while token.dep_ in ("pobj", "compound", "nmod", "amod", "conj", "appos") and len(found) < 6:
        over = token.head.head if token.dep_ == "pobj" else token.head
        if token.dep_ == "pobj" and token.head.lower_ not in ("of", "in", "with", "for", "on"):
            break
        if over == step.candidate.token or is_verb(over) or over.pos_ not in ("NOUN", "PROPN", "SYM", "NUM", "ADJ") or over in found:
            break
        found.append(over)
        token = over
    found.extend(other for other in conjuncts(thing.token) if other not in found)
    if token.dep_ == "pobj" and token.head.lower_ == "including":
        # `asked for support from Greece, including military support`
        found.extend(head for slot in ("object", "for") for head in step.candidate.slots.get(slot) if head not in found)
    if token.dep_ == "pobj" and lemma_of(token.head.head) in step.lexicons["moral_nouns"]:
        found.append(token.head.head)  # `our support for Haiti, including economic assistance`
    elif token.dep_ == "pobj" and token.head.dep_ == "prep" and token.head.head.lower_ == "including" and token.head.head.head.pos_ == "NOUN":
        found.append(token.head.head.head)  # `…, including through economic assistance`
    for word, objects in prepositions(thing.token):
        if word in ("of", "in"):
            found.extend(each for each in objects if each not in found and step.sentence.name_of.get(each.i) is None)
    return found[:8]


def from_sides(step: StepParties, holder: Token) -> None:
    """`Western arms supplies to Kyiv`: who gives is told by an adjective and has no name."""
    giving = next((child for child in holder.children if child.dep_ in ("amod", "compound", "nmod") and child.lower_ in step.lexicons["giving_sides"]), None)
    if giving is not None and step.named("recipient") and not step.filled.roles.get("donor"):
        step.filled.add("donor", [Party(giving.text, step.sentence.start_of(giving), step.sentence.end_of(giving), None, "a side without a name", plural=True)])


def from_clauses(step: StepParties, holder: Token) -> None:
    """`debt owed by Zambia`, `weapons sent by Poland to Ukraine`: the sides that a clause behind a noun names."""
    for clause in holder.children:
        if clause.dep_ in ("acl", "relcl") and is_verb(clause):
            if lemma_of(holder) in step.lexicons["debts"]:
                # `debt owed by Zambia`
                step.add_side("recipient", [p for p in step.resolver.parties(step.sentence, agents(clause)) if p.is_named])
            elif is_passive(clause) and not step.filled.roles.get("donor"):
                step.add_side("donor", [p for p in step.resolver.parties(step.sentence, agents(clause)) if p.is_named])
            users = [p for p in step.resolver.parties(step.sentence, surface_subject(clause)) if step.counts(p)] if lemma_of(clause) in _USING else []
            if clause != step.candidate.token and not step.named("recipient"):
                # `missiles, which Ukraine uses`
                step.add_side("recipient", [p for p in users if step.stand(p) not in {step.stand(q) for q in step.named("donor")}])
            if clause != step.candidate.token:
                for word, objects in prepositions(clause):
                    if word in ("to", "for", "toward", "towards"):
                        step.add_side("recipient", step.receiving(objects))
    if lemma_of(holder) in step.lexicons["priced_nouns"]:
        _from_contents(step, holder)


def _from_contents(step: StepParties, paper: Token) -> None:
    """`a $95 billion bill that sets aside $60 billion for Ukraine and $14 billion for Israel`: whom the money in it is for, also behind `passed on Tuesday`."""
    clause = next(
        (
            each
            for each in step.sentence.doc[paper.i + 1 : paper.i + 14]
            if each.dep_ in ("relcl", "acl")
            and lemma_of(each) in step.lexicons["containing"]
            and not any(is_verb(over) for over in step.sentence.doc[paper.i + 1 : each.i] if over.dep_ not in ("aux", "auxpass"))
        ),
        None,
    )
    if clause is None:
        return
    sums = [each for child in clause.children if child.dep_ == "dobj" for each in conjuncts(child)]
    phrases = [*prepositions(clause), *(pair for each in sums for pair in prepositions(each))]
    step.add_side("recipient", step.receiving([each for word, objects in phrases if word in ("for", "to") for each in objects]))


def from_prepositions(step: StepParties, holder: Token) -> None:
    """`aid from Japan to Haiti`: the sides that the phrases behind a noun name."""
    phrases = [*prepositions(holder), *_stray_phrases(step, holder)]
    for word, objects in phrases:
        gets = word in TO_WHOM or (word == "of" and lemma_of(holder) in step.lexicons["moral_nouns"] | step.lexicons["upkeep"])
        if word == "of" and step.candidate.trigger.step == "request" and (asked := step.resolver.parties(step.sentence, objects)) and asked[0].is_named:
            # `requested the assistance of the United Nations`
            step.add_side("donor", [p for p in asked if step.counts(p)])
        elif gets or (word == "with" and lemma_of(holder) == "sharing") or (word in ("from", "by") and lemma_of(holder) in step.lexicons["asking"]):
            step.add_side("recipient", step.receiving(objects))
        elif word in ("from", "by") and all(_stands_after(step, word, p) for p in step.named("donor")):
            step.add_side("donor", [p for p in step.resolver.parties(step.sentence, objects) if p.is_named])
        if word in ("from", "under", "through", "via") and not step.named("recipient"):
            step.add_side("recipient", _named_in_programs(step, objects))


def _stands_after(step: StepParties, word: str, party: Party) -> bool:
    """Whether a party is one of those that several phrases with one preposition name: `tents from Denmark, and generators from Norway`."""
    before = step.sentence.doc.text[: party.start - step.sentence.offset].lower().removesuffix("the ")
    return not party.inferred and before.endswith(f" {word} ")


def _named_in_programs(step: StepParties, heads: Iterable[Token]) -> list[Party]:
    """`from the Ukraine Security Assistance Initiative`: the state that a programme of help bears the name of."""
    return [
        Party(name.text, name.start, name.end, name.entity, f"in the name of {head.text!r}")
        for head in heads
        if lemma_of(head) in step.lexicons["programs"]
        for name in step.sentence.within(head.left_edge.i, head.i)
        if name.entity is not None and name.entity.kind == "state" and name.form == "name"
    ]


def _stray_phrases(step: StepParties, holder: Token) -> list[tuple[str, list[Token]]]:
    """`condemned arms deliveries to Kyiv`: the phrases behind a noun that the small models hang on the verb, up to the next verb."""
    verb = next((each for each in itertools.islice(holder.ancestors, 5) if is_verb(each)), None)
    if verb is None or verb == step.candidate.token or verb.i > holder.i:
        return []
    found = []
    for child in verb.children:
        if child.i > holder.i and child.lower_ in TO_WHOM and child.dep_ in ("prep", "dative") and child.i - holder.i < 10:
            if any(is_verb(each) or each.is_punct for each in holder.doc[holder.i + 1 : child.i]):
                break
            found.append((child.lower_, [each for inner in child.children if inner.dep_ == "pobj" for each in conjuncts(inner)]))
    return found


def from_modifiers(step: StepParties, holder: Token) -> None:
    """`U.S. aid`, `Ukraine aid`, `an IMF loan`: a nationality or a body before the thing gives it, the bare name of a state gets it."""
    first, _ = noun_phrase(holder)
    for name in step.sentence.within(first, holder.i):
        possessive = step.sentence.doc[name.last - 1].dep_ == "poss"
        if name.entity is None or (name.entity.kind == "person" and not possessive) or name.form == "capital":
            continue
        following = step.sentence.doc[name.last].lower_ if name.last < len(step.sentence.doc) else ""
        supplied = following in ("-", "–") and lemma_of(step.sentence.doc[name.last + 1]) in step.lexicons["providing"]  # `Polish-supplied weapons`
        if (following in ("-", "–", "dollars") and not supplied) or step.sentence.doc[name.last - 1].lower_.endswith(
            ("-made", "-backed", "-led", "-built", "-style")
        ):
            continue
        party = Party(name.text, name.start, name.end, name.entity, f"before {holder.lower_!r}")
        attributive = name.text.casefold() in step.lexicons["attributive"]
        giving = name.form in ("demonym", "people") or possessive or attributive or name.entity.kind == "organisation"
        if _owes_or_asks(step, name.form == "demonym" or possessive, holder):
            if not step.filled.roles.get("recipient"):
                step.add_side("recipient", [party])
        elif giving and _turns_down_what(step, party, holder):
            # `Cuba rejected a U.S. offer of aid`: who turns down what another offers would have got it
            step.filled.roles["recipient"] = step.filled.roles.pop("donor")
            step.add_side("donor", [party])
        elif giving and step.candidate.trigger.step != "request":
            if (not step.named("donor") or _goes_with(step, party)) and step.stand(party) not in {step.stand(p) for p in step.named("recipient")}:
                step.add_side("donor", [*_before(step, name), party])
        elif giving:
            if not step.named("donor") and step.stand(party) not in {step.stand(p) for p in step.named("requester")}:
                step.add_side("donor", [party])
        elif name.entity.kind in ("state", "armed_group") and not step.named("recipient"):
            step.add_side("recipient", [party])


def _before(step: StepParties, name: SentenceName) -> list[Party]:
    """The nationalities coordinated with one, where the parser reads the first ones otherwise: `Danish, Dutch and Norwegian aid`."""
    found: list[Party] = []
    text, offset, last = step.sentence.doc.text, step.sentence.offset, name
    for other in reversed(step.sentence.names):
        if other.entity is None or other.form != "demonym" or other.end > last.start:
            continue
        if last.form != "demonym" or not _JOINED.fullmatch(text, other.end - offset, last.start - offset):
            break
        found.insert(0, Party(other.text, other.start, other.end, other.entity, f"coordinated with {name.text!r}"))
        last = other
    return found


def _goes_with(step: StepParties, party: Party) -> bool:
    """`French and German weapons`: a name that is coordinated with a donor right before it."""
    text, offset = step.sentence.doc.text, step.sentence.offset
    return any(
        not donor.inferred and donor.end < party.start and _JOINED.fullmatch(text, donor.end - offset, party.start - offset) for donor in step.named("donor")
    )


def _owes_or_asks(step: StepParties, owns: bool, holder: Token) -> bool:
    """`Zambia's debt`, `turned down a Ukrainian request for missiles`: whose it is gets the help."""
    asked = owns and lemma_of(holder) in step.lexicons["asking"] and step.candidate.trigger.step != "request"
    return asked or lemma_of(holder) in step.lexicons["debts"]


def _turns_down_what(step: StepParties, party: Party, holder: Token) -> bool:
    offered = lemma_of(holder) in step.lexicons["offers"] or lemma_of(holder) in step.lexicons["aid_nouns"]
    refusers = step.named("donor")
    refused = step.candidate.trigger.step == "reject" and offered and not step.filled.roles.get("recipient")
    return refused and bool(refusers) and step.stand(party) not in {step.stand(p) for p in refusers}
