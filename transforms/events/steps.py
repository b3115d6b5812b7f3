"""Types whose mentions are steps on a thing (asked for, promised, given, stopped): which step, whether taken, and who gives it to whom."""

from __future__ import annotations

import re

from spacy.tokens import Token

from transforms.events.actors import Party, noun_phrase
from transforms.events.candidates import Candidate, lemma_of, theme_tokens
from transforms.events.frames import Frame
from transforms.events.reference import states
from transforms.events.roles import Filled, RoleFiller
from transforms.events.spans import ParsedSentence
from transforms.events.status import Status, is_negated
from transforms.events.syntax import agents, ancestors, conjuncts, is_passive, is_verb, modifiers, prepositions, surface_subject
from transforms.events.where import NamedPlace

_MONEY = re.compile(r"(?i)[$€£¥]|\b(?:million|billion|trillion|dollars?|euros?|pounds?)\b")
_ASKED = frozenset({"urge", "ask", "call", "press", "push", "beg", "implore", "encourage", "appeal", "plead", "lobby", "need", "want"})


def step_of(
    sentence: ParsedSentence, candidate: Candidate, status: Status, filled: Filled, filler: RoleFiller, places: list[NamedPlace]
) -> tuple[str, Status] | str:
    """The decision and status of a candidate step.

    Returns:
        The decision with its status by the frame's `[steps]`, or what speaks against a step.
    """
    frame = candidate.frame
    themes = [token for token in theme_tokens(candidate) if candidate.trigger.theme == "any" or is_theme(sentence, frame, token, bare=False)]
    theme = next((token for token in themes if is_aid(sentence, frame, token)), themes[0] if themes else None)
    if theme is None and candidate.trigger.step == "give" and filler.resolver.memory.last_told(frame.event_type) is not None:
        # `the support already provided by`: what the document has called assistance before
        theme = next((token for token in theme_tokens(candidate) if lemma_of(token) == "support" and is_passive(candidate.token)), None)
    if theme is None:
        return "nothing given that counts as assistance"
    weak = candidate.trigger.theme != "any" and lemma_of(theme) != "support" and not is_aid(sentence, frame, theme)
    if (
        weak
        and _is_sum(theme)
        and any(
            lemma_of(each) in ("student", "cancellation", "forgiveness", "investment", "fine", "damage", "loss", "tax", "contract", "sale", "trade", "penalty")
            for each in theme.subtree
        )
    ):
        return "money, but not as assistance"
    _complete(sentence, candidate, theme, filled, filler, places)
    if weak and not (filled.roles.get("recipient") and filled.roles.get("donor")):
        day = filler.resolver.memory.day
        stated = [p for role in ("donor", "recipient") for p in filled.roles.get(role, ()) if p.acts_for(day) is not None]
        if not stated or (not candidate.trigger.lemmas & {"donate"} and lemma_of(candidate.token) != "receive") or _is_sum(theme):
            return "goods without who gives them to whom"
        if lemma_of(candidate.token) not in ("donate", "supply", "provide", "send", "deliver", "airdrop", "ship", "receive", "resupply"):
            return "goods without who gives them to whom"
    donors = {p.key for p in filled.roles.get("donor", [])}
    recipients = filled.roles.get("recipient", [])
    if recipients and all(p.key in donors for p in recipients):
        return "given to itself"
    givers = filled.roles.get("donor", [])
    if givers and not any(p.is_named for p in givers) and not any(p.plural for p in givers):
        return "given by nobody that counts"
    if weak and len({p.acts_for(filler.resolver.memory.day) for p in [*filled.roles.get("donor", []), *recipients]}) < 2:
        return "given within one state"
    if candidate.trigger.theme == "for" and not any(token.head.head in candidate.anchors for token in theme_tokens(candidate) if token.head.lower_ == "for"):
        return "what is asked for hangs on another word"
    step = candidate.trigger.step or ""
    if step == "request":
        day = filler.resolver.memory.day
        asking = [*filled.roles.get("recipient", []), *filled.roles.get("requester", [])]
        if not any(
            p.acts_for(day) is not None or (p.entity is not None and p.entity.kind in ("person", "organisation")) for p in asking
        ) and not filled.roles.get("donor"):
            return "who asks is no party"
    value = status.value
    if step == "noun" and value in ("planned", "denied") and status.governor in (None, "to", "be", "be to"):
        value = "occurred"
    governors = frame.step_governors
    governor = _step_governor(candidate, status)
    table = frame.steps[step]
    if governor is not None and step in ("give", "noun", "pledge"):
        for decision, words in governors.items():
            if governor in words and decision in table and value != "denied":
                value = decision
                if decision == "requested":
                    _asked(sentence, candidate, filled, filler)
                break
    if value == "planned" and status.governor in ("promise", "pledge") and step == "give":
        value = "planned"
    if status.governor == "deny" and value == "denied":
        return table["occurred"][0], status
    pair = table.get(value)
    if pair is None:
        return f"no step of class {step} is {value}"
    if status.conditional and value == "proposed" and step == "give" and status.governor in ("if", "would", "could"):
        return pair[0], Status(pair[1], status.governor, status.background)
    return pair[0], Status(pair[1], status.governor, status.background)


def is_theme(sentence: ParsedSentence, frame: Frame, token: Token, *, bare: bool) -> bool:
    """Whether a noun is a thing that can be given as assistance."""
    things = frame.lexicons.get("arms", frozenset()) | frame.lexicons.get("goods", frozenset())
    # The small models take `doses` for the plural of another word: the bare form is looked at too.
    forms = {lemma_of(token), token.lower_, token.lower_.removesuffix("s")}
    return is_aid(sentence, frame, token) or bool(forms & things) or (not bare and _is_sum(token))


def _is_sum(token: Token) -> bool:
    """A sum of money that stands alone: `pledged $2 billion to Ukraine`."""
    return token.lemma_.lower() in ("billion", "million", "dollar", "euro", "pound", "yen", "franc", "crown", "krone", "trillion") or token.text in (
        "$",
        "€",
        "£",
    )


def is_aid(sentence: ParsedSentence, frame: Frame, token: Token) -> bool:
    """Whether a noun is a word for assistance, or one made so by what stands before it (`military support`, `a €5 billion package`)."""
    lemma = lemma_of(token)
    lexicons = frame.lexicons
    before = {word for child in modifiers(token) for word in {lemma_of(child), child.lower_, *child.lower_.split("-")}}
    following = sentence.doc[token.i + 1].lemma_.lower() if token.i + 1 < len(sentence.doc) else ""
    if lemma in lexicons["aid_nouns"]:
        if following in lexicons["not_aid"] and token.dep_ in ("compound", "nmod", "amod"):
            return False
        return not before & lexicons["domestic"]
    if lemma not in lexicons["support_nouns"]:
        return False
    if before & lexicons["domestic"]:
        return False
    first, last = noun_phrase(token)
    words = sentence.doc[first:last].text
    if before & lexicons["kinds"] or _MONEY.search(words):
        return True
    for word, objects in prepositions(token):
        if word in ("of", "in", "to") and any(lemma_of(each) in lexicons["aid_nouns"] | lexicons["arms"] for each in objects):
            return True
        if word in ("for", "of") and any(
            lemma_of(inner) in lexicons["arms"] | {"restoration", "reconstruction", "recovery"} for each in objects for inner in each.subtree
        ):
            return True
    return False


def _step_governor(candidate: Candidate, status: Status) -> str | None:
    """The verb or noun over a step that makes another step of it (`urged the EU to send`, `a request for`)."""
    if status.governor is not None and any(status.governor in words for words in candidate.frame.step_governors.values()):
        return status.governor
    for head, label in ancestors(candidate.token, 4):
        lemma = lemma_of(head)
        if lemma == "call" and is_verb(head) and not any(child.dep_ == "prep" and child.lower_ in ("on", "for", "upon") for child in head.children):
            continue
        if any(lemma in words for words in candidate.frame.step_governors.values()) and label in (
            "xcomp",
            "ccomp",
            "prep",
            "pobj",
            "dobj",
            "acl",
            "pcomp",
            "advcl",
            "nsubjpass",
        ):
            if is_verb(head) and (label == "advcl" or is_negated(head)):
                continue
            return lemma
        if is_verb(head) and label not in ("pcomp", "pobj", "prep", "xcomp", "dobj"):
            break
    return None


def _asked(sentence: ParsedSentence, candidate: Candidate, filled: Filled, filler: RoleFiller) -> None:
    """`urged the EU to send weapons`: who urges asks, for itself where no other recipient stands."""
    for head, _ in ancestors(candidate.token, 4):
        if lemma_of(head) in _ASKED and is_verb(head):
            askers = [p for p in filler.resolver.parties(sentence, surface_subject(head)) if p.is_named]
            donors = {p.key for p in filled.roles.get("donor", [])}
            askers = [p for p in askers if p.key not in donors]
            day = filler.resolver.memory.day
            recipients = filled.roles.get("recipient", [])
            own = {p.acts_for(day) or p.key for p in askers}
            if recipients and not own & {p.acts_for(day) or p.key for p in recipients}:
                filled.add("requester", askers)
            elif not recipients:
                filled.add("recipient", askers)
            return


def _complete(sentence: ParsedSentence, candidate: Candidate, theme: Token, filled: Filled, filler: RoleFiller, places: list[NamedPlace]) -> None:
    """Donor and recipient that the thing given names itself: `U.S. aid to Gaza`, `a package for Ukraine`, `Ukraine aid`."""
    resolver = filler.resolver
    holders = [theme, *(each.head.head for each in [theme] if each.dep_ == "pobj" and each.head.lower_ in ("of", "in") and not is_verb(each.head.head))]
    holders.extend(other for other in conjuncts(theme) if other != theme)
    for holder in holders[:8]:
        for clause in holder.children:
            if clause.dep_ in ("acl", "relcl") and is_verb(clause) and is_passive(clause) and not filled.roles.get("donor"):
                filled.add("donor", [p for p in resolver.parties(sentence, agents(clause)) if p.is_named])
        for word, objects in prepositions(holder):
            if word in ("to", "for", "in", "into", "toward", "towards"):
                parties = [p for p in resolver.parties(sentence, objects) if p.is_named] or _at(objects, places)
                filled.add("recipient", [p for p in parties if p.key not in {q.key for q in filled.roles.get("donor", [])}])
            elif word in ("from", "by") and not filled.roles.get("donor"):
                filled.add("donor", [p for p in resolver.parties(sentence, objects) if p.is_named])
        first, _ = noun_phrase(holder)
        for name in sentence.within(first, holder.i):
            if name.entity is None or name.entity.kind == "person" or name.form == "capital":
                continue

            party = Party(name.text, name.start, name.end, name.entity, f"before {holder.lower_!r}")
            if name.form in ("demonym", "people") or sentence.doc[name.last - 1].dep_ == "poss" or name.entity.kind == "organisation":
                if not filled.roles.get("donor") and party.key not in {p.key for p in filled.roles.get("recipient", [])}:
                    filled.add("donor", [party])
            elif name.entity.kind == "state" and not filled.roles.get("recipient") and name.text not in ("U.S.", "US", "UK", "U.K."):
                filled.add("recipient", [party])
            elif name.entity.kind == "state" and not filled.roles.get("donor"):
                filled.add("donor", [party])
    if candidate.trigger.step == "request" and not filled.roles.get("recipient"):
        askers = filled.roles.pop("requester", [])
        filled.add("recipient", [p for p in askers if p.key not in {q.key for q in filled.roles.get("donor", [])}])
    elif candidate.trigger.step == "request" and filled.roles.get("requester"):
        day = resolver.memory.day
        recipients = {p.acts_for(day) or p.key for p in filled.roles["recipient"]}
        filled.roles["requester"] = [p for p in filled.roles["requester"] if (p.acts_for(day) or p.key) not in recipients]
    if not filled.roles.get("recipient") and filled.roles.get("donor"):
        donors = {p.key for p in filled.roles["donor"]}
        told = resolver.memory.last_told(candidate.frame.event_type, ("recipient",))
        near = [
            p for p in places if p.place.country in states() and p.preposition in ("in", "across", "throughout", "to", "into") and p.place.country not in donors
        ]
        if candidate.trigger.theme == "any" and near:
            filled.add("recipient", _parties_of(near[:1]))
        elif told is not None and candidate.trigger.step != "noun":
            filled.add("recipient", [p for p in told.filled.roles["recipient"] if p.key not in donors])
    if not filled.roles.get("recipient"):
        verb = candidate.token if is_verb(candidate.token) else None
        if verb is not None:
            for clause in verb.children:
                if clause.dep_ in ("advcl", "xcomp") and lemma_of(clause) in ("help", "assist", "support", "bolster", "defend", "counter", "fight"):
                    objects = [c for c in clause.children if c.dep_ in ("dobj", "nsubj")]
                    filled.add(
                        "recipient",
                        [p for p in resolver.parties(sentence, objects) if p.is_named and p.key not in {q.key for q in filled.roles.get("donor", [])}],
                    )


def _at(objects: list[Token], places: list[NamedPlace]) -> list[Party]:
    """The states of the places that some noun phrases name or hold."""
    found: list[NamedPlace] = []
    for each in objects:
        first, last = noun_phrase(each)
        found.extend(place for place in places if place.place.country in states() and (first <= place.token.i < last or place.governor == each))
    return _parties_of(found)


def _parties_of(places: list[NamedPlace]) -> list[Party]:
    return [Party(p.place.text, p.start, p.end, states()[p.place.country or ""], f"place in {states()[p.place.country or ''].name}") for p in places]
