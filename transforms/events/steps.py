"""Types whose mentions are steps on a thing (asked for, promised, given, stopped): which step, and whether it was taken."""

from __future__ import annotations

import itertools

from transforms.events.arguments import THANKING
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.filled import Filled
from transforms.events.frames import Frame
from transforms.events.parties import noun_phrase
from transforms.events.roles import RoleFiller
from transforms.events.spans import ParsedSentence
from transforms.events.status import Status, is_negated, is_no_longer, status_words
from transforms.events.step_askers import asked, hindered, orders_another, spoken, swap_askers
from transforms.events.step_carrying import carry_step
from transforms.events.step_counting import is_joined, only_people_ask, why_not_counted
from transforms.events.step_filling import complete_parties
from transforms.events.step_parties import StepParties
from transforms.events.syntax import governing_verb, is_verb
from transforms.events.things import Thing, find_thing, is_need, names_a_carrier
from transforms.events.verb_status import verb_status
from transforms.events.where import NamedPlace
from transforms.language.parse import Token
from transforms.language.words import word_set

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "prep", "pobj", "dobj", "acl", "pcomp", "advcl", "nsubjpass", "relcl", "attr", "oprd", "acomp"})
_REACH = 4
_YEARLY = word_set("aid", "yearly")


def step_of(
    sentence: ParsedSentence, candidate: Candidate, status: Status, filled: Filled, filler: RoleFiller, places: list[NamedPlace]
) -> tuple[str, Status] | str:
    """The decision and status of a candidate step; completes its parties in `filled`.

    Returns:
        The decision with its status by the frame's `[steps]`, or what speaks against a step.
    """
    frame, trigger = candidate.frame, candidate.trigger
    thing = find_thing(sentence, candidate, filler.resolver.memory)
    if isinstance(thing, str):
        return thing
    if trigger.theme == ("subject",) and not _is_told(frame, candidate.token):
        return "told as a condition, a time or an aim of something else"
    if trigger.theme == ("for",) and not _asked_here(candidate, thing):
        return "what is asked for hangs on another word"
    whoever = candidate.token.dep_ == "relcl" and candidate.token.tag_ in ("VB", "VBP", "VBZ")
    if (whoever or (candidate.token.dep_ == "acl" and candidate.token.tag_ == "VBG")) and candidate.token.head.lower_ in frame.lexicons["anyone"]:
        return "told of whoever may do it"
    if _is_untold(candidate):
        return "told of what is not to be done"
    if _describes(candidate, filler):
        return "describes what the sentence has told"
    parties = StepParties(sentence, candidate, filled, filler, places)
    complete_parties(parties, thing)
    step, value, decided = _step(candidate, status)
    if step == "approve" and decided is not None and orders_another(parties, decided):
        step = "request"
    if step == "reject" and decided is not None:
        hindered(parties, decided)
    if step == "request":
        if decided not in (None, candidate.token) and is_verb(candidate.token) and is_negated(candidate.token):
            return "asked not to be done"
        if only_people_ask(candidate, parties):
            return "people who look for help ask nobody"
        if decided is None:
            swap_askers(parties)
        elif decided == candidate.token:
            spoken(parties)
        else:
            asked(parties, decided)
    carry_step(parties, thing)
    reason = why_not_counted(parties, thing, step, candidate)
    if reason is not None:
        return reason
    pair = frame.steps[step].get(value)
    if pair is None:
        return f"no step of class {step} is {value}"
    return pair[0], Status(pair[1], status.governor, status.background)


def _is_told(frame: Frame, verb: Token) -> bool:
    """Whether a verb tells by itself that something came about: finite, and no `once it enters`."""
    begun = verb.dep_ == "xcomp" and lemma_of(verb.head) in frame.lexicons["through"] and _is_finite(verb.head)  # `aid begins to enter`
    behind = {child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod")}
    marked = verb.dep_ == "advcl" and bool(behind) and not ("after" in behind and verb.tag_ in ("VBD", "VBN"))  # `after 40 tons had come ashore`
    allowed = verb.dep_ == "ccomp" and not any(child.dep_ in ("mark", "aux") for child in verb.children) and lemma_of(verb.head) in frame.lexicons["letting"]
    return not marked and not allowed and (_is_finite(verb) or verb.dep_ == "ROOT" or begun)


def _is_untold(candidate: Candidate) -> bool:
    """`urged them not to give military assistance to Russia`: a noun for what is given under a verb of giving that is negated in an infinitive."""
    verb = governing_verb(candidate.token)
    nominal = (candidate.trigger.step or "") in candidate.frame.nominal_steps
    return nominal and verb is not None and _is_infinitive(verb) and is_negated(verb) and lemma_of(verb) in candidate.frame.lexicons["providing"]


def _describes(candidate: Candidate, filler: RoleFiller) -> bool:
    """`announced the delivery of 50 tanks, the first heavy arms supplied since …`, `as part of a programme funded by …`: behind what is given, what it is."""
    token = candidate.token
    noun = token.head
    if token.dep_ not in ("acl", "amod") or not any(draft.candidate.frame is candidate.frame for draft in filler.resolver.memory.telling):
        return False
    if lemma_of(noun) in candidate.frame.lexicons["programs"]:
        return noun.head.lower_ in ("of", "through", "under", "from")
    first, _ = noun_phrase(noun)
    words = [each.lower_ for each in noun.doc[first : noun.i]]
    return first > 0 and noun.doc[first - 1].lower_ == "," and words[:1] == ["the"] and bool(set(words) & candidate.frame.lexicons["ranking"])


def _asked_here(candidate: Candidate, thing: Thing) -> bool:
    """Whether the `for` before what is asked for belongs to the word of asking."""
    for current in itertools.islice((thing.token, *thing.token.ancestors), 2 * _REACH):
        if current.dep_ == "pobj" and current.head.lower_ in ("for", "including") and current.head.head in candidate.anchors:
            return True
        if current != thing.token and is_verb(current):
            return False
    return False


# ---- which step ------------------------------------------------------------------------------------------------------------------------------------------


def _step(candidate: Candidate, status: Status) -> tuple[str, str, Token | None]:
    """The class of step, its value in the frame's table, and the word over the trigger that made it that step (the trigger itself for `should`)."""
    frame, step = candidate.frame, candidate.trigger.step or ""
    if step in frame.nominal_steps:
        return _nominal(frame, candidate.token, step)
    if step == "given" and candidate.trigger.pos == "participle":
        # Who uses them has them, whatever he may do with them; `Polish-supplied weapons` tells no delivery of its own.
        return step, "ongoing" if is_joined(candidate.token) else "occurred", None
    if step == "request" and candidate.trigger.pos != "verb":
        # Whatever becomes of it, a request that has a name has been made, unless it is still to come.
        return step, "planned" if status.value == "planned" and candidate.slots.light is not None else "occurred", None
    if status.governor in frame.duties and status.governor in status_words().modals and step not in ("suspend", "reject"):
        return "request", "occurred", candidate.token
    light = candidate.slots.light
    if step == "suspend" and not is_verb(candidate.token) and light is not None and lemma_of(light) in frame.lexicons["lifting"]:
        lifted = verb_status(light)  # `lifted its pause on arms deliveries`, `will lift …`
        return (step, "cancelled", None) if lifted.value == "occurred" else ("pledge", _value(light, lifted), None)
    if step == "give" and status.value == "ongoing" and candidate.token.dep_ == "ccomp" and lemma_of(candidate.token.head) in frame.lexicons["announcing"]:
        return "pledge", "occurred", None  # `announced that it is providing`
    if status.value == "planned" and candidate.trigger.step == "approve" and lemma_of(candidate.token) in frame.lexicons["allotting"]:
        return "pledge", "occurred", None
    if step == "approve" and candidate.token.dep_ in ("xcomp", "ccomp") and lemma_of(candidate.token.head) in frame.lexicons["letting"]:
        letting = candidate.token.head
        return step, _value(letting, verb_status(letting)), letting  # `allowing Ghana to draw $360 million`
    governor = _governor(frame, candidate, step)
    if governor is not None and governor[1] == "propose" and step == "give" and _is_effort(frame, candidate.token):
        governor = None  # `discussed their efforts to provide`
    if governor is not None and candidate.trigger.roles.get("subject") == ("recipient",) and governor[1] == "propose":
        # `seeks to obtain a loan` asks for one, `hopes to receive one` does not
        seeks, wishes = (lemma_of(governor[0]) in frame.lexicons[name] for name in ("seeking", "wishing"))
        governor = governor[0], "request" if seeks else "able" if wishes else "propose"
    if governor is not None and not (status.conditional and status.governor == "if" and not _is_determined(governor, candidate.token)):
        word, over = governor
        if is_verb(word):
            return over, _value(word, verb_status(word)), word
        return over, "denied" if is_negated(word) else "occurred", word
    if step == "give" and _is_effort(frame, candidate.token):
        effort = candidate.token.head
        return step, "planned" if is_verb(effort) and verb_status(effort).value == "planned" else "ongoing", None  # `will continue working to increase`
    if step == "give" and is_no_longer(candidate.token):
        return step, "ended" if status.governor is None else "to_end", None
    if step == "give" and status.value == "occurred" and _is_habit(candidate.token):
        return step, "ongoing", None
    value = "planned" if status.value == "occurred" and _is_awaited(candidate.token) else _value(candidate.token, status)
    if value in ("occurred", "ongoing") and is_verb(candidate.token) and is_negated(candidate.token):
        value = "undone"  # `a policy of not sending`
    return step, value, None


def _is_effort(frame: Frame, verb: Token) -> bool:
    """`their efforts to provide aid`, `is working to deliver supplies`: what one is at is under way."""
    over = verb.head
    while over.pos_ in ("ADP", "SCONJ") and over.head != over:
        over = over.head
    return (_is_infinitive(verb) or (verb.dep_ == "pcomp" and over.pos_ == "NOUN")) and lemma_of(over) in frame.lexicons["efforts"] and not is_negated(over)


def _is_habit(verb: Token) -> bool:
    """`Washington, which supplies them with missiles`, `Cairo gets $1.3 billion every year`: what is given again and again, in the present."""
    if verb.tag_ not in ("VBZ", "VBP") or is_negated(verb) or any(child.dep_ in ("aux", "auxpass") for child in verb.children):
        return False
    described = (
        verb.dep_ == "relcl" and any(child.dep_ == "nsubj" and child.lower_ in ("which", "who") for child in verb.children) and verb.head.pos_ == "PROPN"
    )
    words = [each.lower_ for each in verb.subtree]
    return described or any(f"{one} {other}" in _YEARLY for one, other in itertools.pairwise(words))


def _is_awaited(verb: Token) -> bool:
    """`will provide aid as soon as the Senate passes the bill`: a clause of time under what is still to come."""
    clause = verb.head if verb.dep_ == "conj" and is_verb(verb.head) else verb
    timed = any(child.dep_ in ("mark", "advmod") and child.lower_ in ("as", "once", "when", "until", "after", "before") for child in clause.children)
    over = clause.head.head if clause.head.pos_ == "ADV" else clause.head  # `as soon as`
    return clause.dep_ == "advcl" and timed and any(child.tag_ == "MD" and child.lower_ in ("will", "'ll", "wo") for child in over.children)


def _is_determined(governor: tuple[Token, str], verb: Token) -> bool:
    """`the authority to determine whether it is important to furnish`: what is left open is who decides, not whether."""
    return governor[1] == "approve" and any(child.lower_ == "whether" for each in itertools.islice(verb.ancestors, 3) for child in each.children)


def _value(token: Token, status: Status) -> str:
    """A status as the tables of steps tell it apart: what is denied was refused, not done, not done yet, or told to be untrue."""
    if status.value == "proposed" and status.conditional:
        return "conditional"
    if status.value != "denied":
        return status.value
    if status.governor == "deny":
        return "disclaimed"
    if status.governor is None and is_verb(token):
        perfect = any(child.dep_ == "aux" and child.lemma_ == "have" for child in token.children)
        return "unsettled" if perfect else "undone"
    return "denied"


def _nominal(frame: Frame, noun: Token, step: str) -> tuple[str, str, Token | None]:
    """What a noun for the thing given says: given and going on, unless a word before it says another step (`promised U.S. aid`)."""
    for child in noun.children:
        if child.dep_ not in ("amod", "compound", "nmod"):
            continue
        for other, words in frame.step_governors.items():
            if {lemma_of(child), child.lower_} & words:
                return other, "occurred", None
    verb = governing_verb(noun)
    before = {child.lower_ for child in noun.children}
    if verb is not None and before & frame.lexicons["further"] and _class_of(frame, verb, "give") == "propose":
        return "propose", "occurred", None  # `discussed additional assistance`
    if is_negated(noun):
        return step, "denied", None
    return step, "occurred", None


def _governor(frame: Frame, candidate: Candidate, step: str) -> tuple[Token, str] | None:
    """The word over a step that makes another step of it (`urged the EU to send`, `a bill to provide`, `voted to approve`)."""
    found: tuple[Token, str] | None = None
    token = candidate.token
    for _ in range(_REACH):
        if token.head == token:
            break
        label, token = token.dep_, token.head
        if label == "conj":
            continue
        if label not in _COMPLEMENTS or (label == "ccomp" and found is None and _is_finite(candidate.token)):
            break
        promising = label == "relcl" and found is None and names_a_carrier(frame, token)
        if label in ("advcl", "relcl") and (found is None or is_verb(token)) and not promising and not _is_infinitive(candidate.token):
            break
        if is_verb(token) and lemma_of(token) in THANKING:
            break  # what somebody is thanked for is done
        over = _class_of(frame, token, step)
        if over == "request" and found is None and lemma_of(token) in frame.lexicons["needs"] and not is_verb(token):
            if is_need(frame, token):
                return token, over
            continue
        if over is not None:
            if found is None or not is_verb(found[0]) or found[1] == over:
                found = token, over
            if is_verb(token) and not (_is_infinitive(token) and _class_of(frame, token.head, step) == over):
                break
        elif is_verb(token) and lemma_of(token) not in frame.lexicons["through"]:
            break
    return found


def _is_finite(token: Token) -> bool:
    """Whether a verb has a tense of its own: `announced that it has sent` is no promise to send."""
    return token.tag_ in ("VBD", "VBZ", "VBP") or any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBZ", "VBP", "MD") for child in token.children
    )


def _is_infinitive(token: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def _class_of(frame: Frame, token: Token, step: str) -> str | None:
    lemma = lemma_of(token)
    for over, words in frame.step_governors.items():
        if lemma not in words or step not in frame.governed.get(over, ()):
            continue
        if over == "request" and is_verb(token) and not _addresses(token):
            continue
        return over
    return None


def _addresses(verb: Token) -> bool:
    """Whether a verb of asking asks somebody (`wants the EU to send`), and not only wishes (`wants to send`)."""
    if any(child.dep_ in ("dobj", "dative", "nsubjpass") for child in verb.children):
        return True
    if any(child.dep_ == "prep" and child.lower_ in ("on", "upon", "to", "for", "with") for child in verb.children):
        return True
    return any(child.dep_ == "ccomp" and any(each.dep_ in ("nsubj", "nsubjpass") for each in child.children) for child in verb.children)
