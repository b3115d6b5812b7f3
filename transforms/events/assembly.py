"""Drafts of mentions, and which drafts of one sentence tell one event (events.md: several verbs or nouns on one event are one mention)."""

from __future__ import annotations

import dataclasses
import itertools

from schemas.event_types import event_types
from schemas.place import Place
from transforms.events.candidates import Candidate, TurnedDown, lemma_of
from transforms.events.chronicle import Told
from transforms.events.filled import Filled
from transforms.events.spans import ParsedSentence
from transforms.events.status import Status
from transforms.events.syntax import ancestors, conjuncts, is_verb
from transforms.events.targets import HARMING
from transforms.events.where import NamedPlace
from transforms.language.parse import Token
from transforms.language.words import word_set

_RANKS = word_set("judging", "ranks")


@dataclasses.dataclass
class Draft:
    """A mention in the making."""

    candidate: Candidate
    filled: Filled
    status: Status
    places: list[NamedPlace]
    locations: list[Place]
    decision: str | None = None
    carried: Told | None = None
    explicit: bool = True
    """Its own sentence names at least one of its parties."""
    inferred: bool = False
    """Its parties follow from the document alone."""
    merged: list[Candidate] = dataclasses.field(default_factory=list)
    """Other words of the sentence that report the same event."""
    rivals: list[Candidate] = dataclasses.field(default_factory=list)
    """Other candidates without which it would be read otherwise."""

    @property
    def anchors(self) -> frozenset[Token]:
        """The words that what belongs to the event can hang on."""
        return frozenset(token for each in (self.candidate, *self.merged) for token in each.anchors)

    @property
    def token(self) -> Token:
        """The trigger's word."""
        return self.candidate.token

    def trigger_span(self, sentence: ParsedSentence) -> tuple[int, int]:
        """The trigger `[start, end)` in the document: the word, with the compounds before a noun or the particle after a verb."""
        token = self.token
        first = last = token
        if not is_verb(token):
            compounds = [
                child
                for child in token.children
                if child.dep_ in ("compound", "amod") and child.i < token.i and child.pos_ in ("NOUN", "ADJ") and child.i == token.i - 1
            ]
            first = compounds[0] if compounds else token
        else:
            particle = next((child for child in token.children if child.dep_ == "prt" and child.i == token.i + 1), None)
            last = particle or token
        return sentence.start_of(first), sentence.end_of(last)


def join_drafts(sentence: ParsedSentence, drafts: list[Draft]) -> tuple[list[Draft], list[TurnedDown]]:
    """Joins the drafts of one event in a sentence.

    Returns:
        The drafts kept, in order of the text, and those that another one tells already.
    """
    kept: list[Draft] = []
    dropped: list[TurnedDown] = []
    for draft in drafts:
        twin = next((other for other in kept if _same_event(other, draft) or any(_by_participle(draft.candidate, noun) for noun in other.merged)), None)
        if twin is None:
            kept.append(draft)
            continue
        outcome = _is_outcome(draft.candidate, twin.candidate)
        again = outcome or _goes_back(draft.candidate, twin.candidate) or _is_ranked(draft.candidate, twin.candidate) or _listed(twin.token, draft.token)
        again = again or (_is_means(draft.candidate, twin.candidate) and _is_on_a_person(twin.candidate))  # whom, rather than what he was in
        better, worse = (twin, draft) if again or _weight(twin) >= _weight(draft) else (draft, twin)
        if better is draft:
            kept[kept.index(twin)] = draft
        if outcome:
            # `hit a base, killing six peacekeepers from Bangladesh` says who attacked in its main clause, or not at all
            draft.filled.roles.pop(event_types()[draft.candidate.frame.event_type].ACTING, None)
        _merge(better, worse, again=again)
        start, end = worse.trigger_span(sentence)
        dropped.append(TurnedDown(worse.candidate.frame.event_type, worse.candidate.trigger.name, start, end, f"the same event as {better.token.text!r}"))
    for draft in kept:
        if not draft.locations:
            _share_place(draft, kept)
    return kept, dropped


def _share_place(draft: Draft, others: list[Draft]) -> None:
    """What happens on the sidelines of a summit happens where that does, and the summit where what happens on its sidelines does."""
    for other in others:
        if other is not draft and other.locations and other.candidate.frame is draft.candidate.frame:
            for summit, beside in ((other, draft), (draft, other)):
                between = [token for token in summit.token.ancestors if token.lemma_ in ("sideline", "margin")]
                if between and any(anchor in list(between[0].ancestors) for anchor in beside.candidate.anchors):
                    draft.locations, draft.places = list(other.locations), list(other.places)


def _weight(draft: Draft) -> tuple[int, int, int, int]:
    """Which of two drafts of one event speaks for it: the step before the thing given, the one with more parties, then with its own verb."""
    return (
        draft.candidate.trigger.theme != ("self",),
        sum(len(parties) for parties in draft.filled.roles.values()),
        draft.candidate.slots.light is not None or is_verb(draft.token),
        -draft.token.i,
    )


def _merge(into: Draft, other: Draft, *, again: bool) -> None:
    told = {party.key for party in into.filled.all()} if again and event_types()[into.candidate.frame.event_type].RECEIVING is not None else set()
    for role, all_parties in other.filled.roles.items():
        # who came under fire, killing three, has killed nobody
        parties = [party for party in all_parties if party.key not in told]
        if again and into.filled.roles.get(role):
            continue  # what goes back to an event has its parties, and may have others around it
        stated = [party for party in into.filled.roles.get(role, ()) if not party.inferred]
        if stated:
            into.filled.roles[role] = stated
            parties = [party for party in parties if not party.inferred]
        into.filled.add(role, parties)
    into.filled.target_heads.extend(head for head in other.filled.target_heads if head not in into.filled.target_heads)
    if not into.locations:
        into.locations = other.locations
        into.places = other.places
    into.explicit = into.explicit or other.explicit
    into.merged.extend([other.candidate, *other.merged])


def _keys(draft: Draft) -> dict[str, set[str]]:
    return {
        role: {
            party.entity.acts_for or party.entity.country or party.key
            for party in parties
            if party.entity is not None and (party.entity.country or party.entity.actor_id)
        }
        for role, parties in draft.filled.roles.items()
        if parties
    }


def _conflict(first: Draft, second: Draft, role: str) -> bool:
    a, b = _keys(first).get(role), _keys(second).get(role)
    return bool(a and b and not a & b)


def _by_participle(verb: Candidate, noun: Candidate) -> bool:
    """`airstrikes in Somalia targeting militants`: the participle behind an event noun goes on about it, wherever the parser hangs it."""
    return (
        is_verb(verb.token)
        and verb.token.tag_ == "VBG"
        and verb.token.dep_ in ("acl", "advcl")
        and not is_verb(noun.token)
        and 0 < verb.token.i - noun.token.i < 12
        and not any(is_verb(each) for each in verb.token.doc[noun.token.i + 1 : verb.token.i])
    )


def _is_means(noun: Candidate, verb: Candidate) -> bool:
    """`was assassinated in an airstrike`: how it was done."""
    over = noun.token.head
    if is_verb(noun.token) or noun.token.dep_ != "pobj" or over.lower_ not in ("by", "during", "in") or over.head != verb.token:
        return False
    return is_verb(verb.token) and (lemma_of(verb.token) in HARMING or _is_on_a_person(verb))


def _is_on_a_person(attack: Candidate) -> bool:
    """`assassinate`: whom it is on stands in the word itself."""
    return attack.trigger.fields.get("target_kind") == "person"


def _tells_how(verb: Candidate, noun: Candidate) -> bool:
    """`were killed in an attack when rebels stormed the village`: the clause tells what the attack was."""
    token = noun.token.head if noun.token.dep_ == "compound" else noun.token
    over = token.head
    if (
        not is_verb(verb.token)
        or is_verb(noun.token)
        or token.dep_ != "pobj"
        or over.lower_ not in ("during", "in")
        or lemma_of(over.head) not in HARMING | {"die"}
    ):
        return False
    when = next((each for each in verb.token.children if each.lower_ == "when" and each.dep_ == "advmod"), None)
    return when is not None and token.i < when.i and not any(is_verb(each) or each.text in (",", ";") for each in token.doc[token.i + 1 : when.i])


def _listed(a: Token, b: Token) -> bool:
    """`in airstrikes and shelling`: two words for what is done together."""
    return b.i == a.i + 2 and a.nbor().lower_ == "and" and b.tag_ == "VBG" and not is_verb(a)


def _equated(a: Token, b: Token) -> bool:
    """`The shelling was the largest attack since …`: subject and complement of one verb."""
    return (
        a.head == b.head and {a.dep_, b.dep_} in ({"nsubj", "attr"}, {"nsubj", "dobj"}) and a.head.lemma_ in ("be", "represent", "mark", "become", "constitute")
    )


def _goes_back(later: Candidate, earlier: Candidate) -> bool:
    """`jets bombed Tyre, and the bombing killed four`: a definite noun goes on about what was told before it in the sentence."""
    nouns = [later.token] if not is_verb(later.token) else later.slots.get("subject") if later.trigger.kind == "weapon_subject" else []
    return any(
        noun.i > earlier.token.i and any((child.dep_ == "det" and child.lower_ in ("the", "this", "that")) or child.lower_ == "such" for child in noun.children)
        for noun in nouns
        if not any(child.dep_ in ("prep", "amod", "compound") and child.lower_ != "such" for child in noun.children)
    )


def _same_event(first: Draft, second: Draft) -> bool:
    if first.candidate.frame.event_type != second.candidate.frame.event_type:
        return False
    a, b = first.candidate, second.candidate
    if first.decision is not None:
        if _is_theme_of(a, b) or _is_theme_of(b, a):
            return True
        if _is_total(a) != _is_total(b):
            return False
        if is_verb(a.token) and is_verb(b.token) and _conflict(first, second, "donor"):
            return False  # `China pledged $14 million and Britain promised tents`
        return first.decision == second.decision and (_chained(a, b) or _shares_theme(a, b))
    if _is_beside(a, b) or _is_beside(b, a) or _is_talked_over(first, second) or _is_talked_over(second, first):
        return False
    if _is_led_up_to(a, b) or _is_led_up_to(b, a):
        return False
    if _is_held_during(a, b) or _is_held_during(b, a):
        return True
    if set(a.anchors) & set(b.anchors) or _is_outcome(a, b) or _is_outcome(b, a) or _is_ranked(a, b) or _is_ranked(b, a):
        return True
    if _is_parted(a, b) or _is_parted(b, a):
        return False
    if (a.token.head == b.token and a.token.dep_ in ("compound", "amod")) or (b.token.head == a.token and b.token.dep_ in ("compound", "amod")):
        return True
    if "interception" in (a.trigger.kind, b.trigger.kind) and not _conflict(first, second, "attacker"):
        return True
    if any(_by_participle(verb, noun) or _is_means(noun, verb) or _tells_how(verb, noun) for verb, noun in ((a, b), (b, a))) or _listed(a.token, b.token):
        return True
    if any(one.token.dep_ == "acl" and one.token.head in other.slots.get("subject") for one, other in ((a, b), (b, a))):
        return True  # `rockets fired from the hills landed near a base`
    if a.token in b.slots.get("subject") or b.token in a.slots.get("subject") or _equated(a.token, b.token):
        return True
    if any(_goes_back(later, earlier) for later, earlier in ((a, b), (b, a))) and not any(_conflict(first, second, role) for role in first.filled.roles):
        return True
    if first.status.value != second.status.value and {first.status.value, second.status.value} & {"planned", "proposed", "cancelled", "denied"}:
        purpose = bool(a.trigger.topic_from or b.trigger.topic_from)
        return _chained(a, b) and (purpose or _near(a.token, b.token)) and _compatible(first, second)
    if not _chained(a, b):
        return False
    return _is_one_visit(first, second) or _compatible(first, second)


def _is_beside(one: Candidate, other: Candidate) -> bool:
    """`met on the sidelines of the summit`: who meets beside a summit holds a meeting of their own."""
    over = next((head for head, _ in ancestors(one.token, 3) if head.lemma_ in ("sideline", "margin")), None)
    return over is not None and not over.is_ancestor(other.token)


def _is_talked_over(topic: Draft, talk: Draft) -> bool:
    """`The allies reviewed recent talks with Moscow`: an encounter with others that is talked about."""
    if talk.candidate.trigger.topic_from != "object" or is_verb(topic.token) or topic.token not in talk.candidate.slots.get("object"):
        return False
    with_whom, talking = _keys(topic).get("participant", set()), _keys(talk).get("participant", set())
    return bool(talking) and not with_whom <= talking


def _is_outcome(verb: Candidate, attack: Candidate) -> bool:
    """`shelled the town, killing seven people in a market`, `came under fire while on patrol, wounding two`: what comes of the attack told before it."""
    token, before = verb.token, attack.token
    if token.tag_ != "VBG" or lemma_of(token) not in HARMING or before.i >= token.i:
        return False
    if token.nbor(-1).text == "," and not any(each.text == ";" or each.tag_ in ("VBD", "VBZ", "VBP") for each in token.doc[before.i + 1 : token.i]):
        return True  # wherever the parser hangs it
    above = itertools.takewhile(is_verb, token.ancestors)
    return token.dep_ == "advcl" and lemma_of(before) not in HARMING and any(each in attack.anchors for each in above)


def _is_ranked(later: Candidate, earlier: Candidate) -> bool:
    """`struck a base on Sunday, the first deadly attack on its soldiers since May`, `in what it called the worst raid of the war`: an event and its rank."""
    noun = later.token
    modifiers = [each for child in noun.children for each in (child, *child.children)]
    if is_verb(noun) or noun.i <= earlier.token.i or not any(each.tag_ in ("JJS", "RBS") or each.lower_ in _RANKS for each in modifiers):
        return False
    before = noun.doc[noun.left_edge.i - 1] if noun.left_edge.i else None
    if before is None or not any(each.lower_ in ("the", "its", "their") for each in noun.children):
        return False
    told = [each for each in noun.doc[earlier.token.i + 1 : before.i + 1] if is_verb(each) and each.tag_ in ("VBD", "VBZ", "VBP")]
    in_what = any(each.lower_ == "what" and each.nbor(-1).lower_ == "in" for each in noun.doc[earlier.token.i + 1 : before.i + 1])
    return in_what or (before.text == "," and not told)


def _is_parted(later: Candidate, earlier: Candidate) -> bool:
    """`bombed the town after an ambush on a convoy`: what comes before or after an attack is another one, unless the verb only says who was hurt."""
    if lemma_of(earlier.token) in HARMING or is_verb(later.token):
        return False
    over = later.token.head
    return later.token.dep_ == "pobj" and over.lower_ in ("after", "before", "following") and over.head in earlier.anchors and _has_target_of_its_own(later)


def _is_led_up_to(earlier: Candidate, later: Candidate) -> bool:
    """`Following their May 9 call, the two will meet`, `met to build on previous talks`: an encounter of its own time, before the one that is told."""
    noun, over = earlier.token, earlier.token.head
    if is_verb(noun) or not is_verb(later.token) or noun.dep_ != "pobj" or "attacker" in later.frame.light_verbs:
        return False
    builds = over.lower_ == "on" and over.head.lemma_ == "build"
    if not builds and over.lower_ not in ("after", "following", "since"):
        return False
    timed = any(each.ent_type_ == "DATE" for child in noun.children if child.dep_ in ("poss", "compound", "nmod", "amod", "npadvmod") for each in child.subtree)
    return timed or any(child.lower_ in ("previous", "earlier", "recent", "last") for child in noun.children)


def _is_held_during(noun: Candidate, verb: Candidate) -> bool:
    """`During the meeting, A thanked B and discussed trade`: what is talked over in an encounter that was told is that encounter."""
    token, over = noun.token, noun.token.head
    if is_verb(token) or not verb.trigger.topic_from or token.dep_ != "pobj" or over.lower_ not in ("during", "in", "at"):
        return False
    if not any(child.dep_ in ("det", "poss") and child.lower_ in ("the", "their", "this", "his", "her") for child in token.children):
        return False
    above = verb.token
    while above.dep_ in ("conj", "xcomp") and above != over.head:
        above = above.head
    return above == over.head


def _has_target_of_its_own(noun: Candidate) -> bool:
    return any(noun.slots.get(slot) for slot, roles in noun.trigger.roles.items() if "target" in roles)


def _is_one_visit(first: Draft, second: Draft) -> bool:
    """`landed in Rome for his first visit to Italy`: the town and the state of one host."""
    hosts = [{party.key for party in draft.filled.roles.get("host", ())} for draft in (first, second)]
    return {each.candidate.trigger.kind for each in (first, second)} == {"visit"} and bool(hosts[0]) and hosts[0] == hosts[1]


def _is_theme_of(noun: Candidate, step: Candidate) -> bool:
    """Whether a noun for what is given stands under the word that tells the step: that word speaks for both."""
    if noun.trigger.theme != ("self",) or step.trigger.theme == ("self",):
        return False
    themes = step.theme
    # `will send $1 billion in aid, the largest such package to the country`
    return noun.token in themes or any(each.dep_ == "appos" and each.i > step.token.i for each in (noun.token, *itertools.islice(noun.token.ancestors, 2)))


def _is_total(candidate: Candidate) -> bool:
    """`gave $5 million, bringing total aid to $40 million`: a sum of many steps is none of them."""
    return any(child.lower_ == "total" for child in candidate.token.children)


def _shares_theme(a: Candidate, b: Candidate) -> bool:
    return bool(set(a.slots.get("object")) & set(b.slots.get("object"))) or a.token in b.slots.get("object") or b.token in a.slots.get("object")


def _near(a: Token, b: Token) -> bool:
    return a.head == b or b.head == a


def _chained(a: Candidate, b: Candidate) -> bool:
    """Whether one trigger stands right over the other: object, complement, purpose, coordination."""
    for upper, lower in ((a, b), (b, a)):
        tops = set(upper.anchors)
        for anchor in lower.anchors:
            below = anchor
            for head, label in ancestors(anchor, 4):
                if label == "relcl" and any(child.lower_ == "when" for child in below.children):
                    break  # `exchanged strikes in 2019, when jets bombed the town`
                below = head
                if head in tops:
                    return True
                claimed = label == "ccomp" and head.dep_ == "advcl" and head.lemma_ in ("add", "say")  # `claimed the attack, saying it had struck the base`
                if is_verb(head) and not claimed and label not in ("conj", "xcomp", "advcl", "acl", "prep", "pobj", "dobj", "pcomp"):
                    break
    return any(other in conjuncts(token) for token in a.anchors for other in b.anchors)


def _compatible(first: Draft, second: Draft) -> bool:
    """Whether the parties of two drafts do not speak against one event."""
    a, b = _keys(first), _keys(second)
    for role in set(a) & set(b):
        if not (a[role] <= b[role] or b[role] <= a[role]):
            return False
    if first.candidate.trigger.topic_from or second.candidate.trigger.topic_from:
        return True
    exact = [{place.name for place in draft.locations} for draft in (first, second)]
    return not (exact[0] and exact[1] and not exact[0] & exact[1])
