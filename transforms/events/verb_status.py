"""Whether an event that a verb reports has happened: its tense, modals and negation, and the clauses over it."""

from __future__ import annotations

from transforms.events.arguments import THANKING
from transforms.events.status import Status, is_negated, status_words, turn
from transforms.events.syntax import ancestors, governing_verb, is_verb
from transforms.language.parse import Token
from transforms.language.words import word_set

_CONDITIONS = word_set("judging", "conditions")
_REPEATING = word_set("judging", "repeating")
_SERVING = word_set("judging", "serving")
_ASPECT_ONGOING = word_set("judging", "going_on")


def verb_status(verb: Token, depth: int = 0) -> Status:
    """The status of the event that a verb reports, from its own form and the clauses over it."""
    if depth > 8:
        return Status("occurred")
    own = _own_status(verb)
    if own is not None:
        return _conditioned(verb, own)
    head, label = verb.head, verb.dep_
    if head == verb:
        # `France to host talks`: an infinitive that rules the sentence is a headline's future
        return Status("planned", "to") if any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children) else Status("occurred")
    if label == "conj" and is_verb(head):
        return verb_status(head, depth + 1)
    if label in ("xcomp", "ccomp", "acl", "advcl", "pcomp", "relcl", "dobj", "oprd", "acomp", "nsubj", "csubj", "appos", "pobj"):
        return _governed(verb, head, label, depth)
    return Status("occurred")


def _own_status(verb: Token) -> Status | None:
    """What a verb group says by itself; None where its clause above decides (infinitives, participles, bare conjuncts)."""
    words = status_words()
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    negated = is_negated(verb)
    modal = next((aux for aux in auxiliaries if aux.tag_ == "MD" and aux.i < verb.i), None)  # behind it: `…, should they come under attack`
    has_to = any(aux.lower_ == "to" for aux in auxiliaries)
    if modal is not None:
        status = words.modals.get(modal.lower_, "planned")
        if modal.lower_ == "would" and _reported_in_past(verb):
            status = "planned"
        if modal.lower_ in ("would", "could", "might", "may", "should") and any(aux.lower_ == "have" for aux in auxiliaries) and modal.lower_ != "should":
            return Status("proposed", modal.lower_, conditional=True)
        if negated:
            return Status("proposed" if _has_unless(verb) else "denied", modal.lower_)
        return Status(status, modal.lower_, conditional=modal.lower_ in ("would", "could", "may", "might"))
    if has_to:
        # `the first official to have visited`
        return Status("occurred", background=True) if any(aux.lower_ == "have" for aux in auxiliaries) else None
    if verb.tag_ in ("VBP", "VB") and verb.dep_ == "conj" and not auxiliaries and not any(child.dep_ == "nsubj" for child in verb.children):
        return None
    if verb.tag_ in ("VBZ", "VBP") and not negated and _comes_when(verb):
        return Status("planned", "when")
    if verb.tag_ in ("VBZ", "VBP") and not negated and not auxiliaries and _is_to_come(verb):
        return Status("planned", "will")  # `the two meet again today`
    expected = next((each for each in verb.children if each.dep_ == "acomp" and words.governors.get(each.lower_) == "planned"), None)
    if verb.lemma_ == "be" and expected is not None and verb.tag_ in ("VBZ", "VBP") and not negated:
        return Status("planned", expected.lower_)  # `is due in Rome on Friday`
    if verb.tag_ in ("VBD", "VBZ", "VBP") or any(aux.lemma_ == "do" for aux in auxiliaries):
        if negated:
            return Status("denied")
        return Status("ongoing", "again and again") if _is_repeated(verb) else Status("occurred")
    if verb.tag_ == "VBN":
        if any(aux.lemma_ in ("have", "be", "get") for aux in auxiliaries):
            if negated:
                return Status("denied")
            progressive = any(aux.lower_ == "being" for aux in auxiliaries)
            if progressive and len(auxiliaries) == 1 and verb.dep_ == "pcomp":
                # `before being shot dead`, `the pain of being attacked`: told as done, unless a word over it says otherwise
                return Status("occurred") if verb.head.lower_ == "before" else None
            past_perfect = any(aux.lower_ in ("had", "'d") for aux in auxiliaries)
            if progressive and any(head.lemma_ in ("show", "see", "film", "depict", "capture", "record", "hear") for head, _ in ancestors(verb, 2)):
                # `a video shows the ship being struck`
                return Status("occurred")
            return Status("ongoing") if progressive else Status("occurred", background=past_perfect)
        return None if verb.dep_ in ("conj", "xcomp", "ccomp") else Status("occurred")
    if verb.tag_ == "VBG":
        be = next((aux for aux in auxiliaries if aux.lemma_ == "be"), None)
        if be is not None:
            if negated:
                return Status("denied")
            if be.lower_ not in ("was", "were") and _is_to_come(verb):
                return Status("planned", "will")  # `I'm seeing him tomorrow`
            # `said that the army was shelling the town`: it does so while they speak
            return Status("occurred") if be.lower_ in ("was", "were") and not _is_reported(verb) else Status("ongoing")
    if verb.tag_ == "VB" and not auxiliaries and verb.dep_ == "ROOT":
        return Status("occurred")
    return None


def _comes_when(verb: Token) -> bool:
    """`will raise it when they meet`: the present of a clause of time beside a future."""
    if verb.dep_ != "advcl" or not any(child.lower_ in ("when", "once", "before", "until") and child.dep_ in ("advmod", "mark") for child in verb.children):
        return False
    return any(child.tag_ == "MD" and child.lower_ in ("will", "would", "shall", "'ll") for child in verb.head.children)


def _is_to_come(verb: Token) -> bool:
    """A verb in the present with a time to come: `leaves tomorrow`, `meet again next week`."""
    times = [each.lower_ for child in verb.children if child.dep_ in ("npadvmod", "advmod") for each in (child, *child.children)]
    return bool({"tomorrow", "tonight", "next"} & set(times)) or {"again", "today"} <= set(times)


def _has_unless(verb: Token) -> bool:
    return any(child.dep_ == "advcl" and any(mark.lower_ in ("unless", "until") for mark in child.children) for child in verb.children)


def _reported_in_past(verb: Token) -> bool:
    return any(head.lemma_ in status_words().telling and head.tag_ in ("VBD", "VBZ", "VBN") for head, label in ancestors(verb, 3) if is_verb(head))


def _is_repeated(verb: Token) -> bool:
    """`regularly bombs hotels`, `shell the town every day`."""
    if verb.tag_ not in ("VBZ", "VBP"):
        return False
    return any(
        (each.dep_ == "advmod" and each.lower_ in _REPEATING) or (each.dep_ == "npadvmod" and any(child.lower_ in ("each", "every") for child in each.children))
        for each in verb.children
    )


def _is_reported(verb: Token) -> bool:
    """Whether a clause is what somebody said, and not a clause of time within that."""
    return verb.dep_ == "ccomp" and verb.head.lemma_ in status_words().telling and verb.head.tag_ == "VBD" and verb.head.i < verb.i


def _conditioned(verb: Token, own: Status) -> Status:
    """A verb inside an if-clause is only possible; one whose clause a word of denying or proposing governs is what that says."""
    if any(child.dep_ == "mark" and child.lower_ in _CONDITIONS for child in verb.children) and verb.dep_ in ("advcl", "ccomp", "pcomp"):
        return Status("proposed", "if", conditional=True)
    if verb.dep_ == "ccomp" and is_verb(verb.head) and own.value in ("occurred", "ongoing"):
        governor = verb.head.lemma_.lower()
        if governor == "deny" and not is_negated(verb.head):
            return Status("denied", governor)
        if governor in ("demand", "propose", "suggest", "hope", "recommend", "insist", "request", "wish", "urge") and verb.tag_ == "VB":
            return Status("proposed", governor)
    for _head, label in ancestors(verb, 4):
        if label == "advcl" and any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.children):
            return Status("proposed", "if", conditional=True)
        break
    return own


def _governed(verb: Token, head: Token, label: str, depth: int) -> Status:
    """The status of an infinitive, participle or gerund from the word that it depends on."""
    words = status_words().governors
    governor = head
    while governor.pos_ in ("ADP", "SCONJ", "PART") and governor.head != governor:
        if governor.lower_ == "before" and label == "pcomp" and verb.tag_ == "VBG" and is_verb(governor.head):
            return verb_status(governor.head, depth + 1)  # `held talks in Beirut before flying to Israel`
        if governor.lower_ in status_words().prepositions and governor.lower_ in ("after", "before", "following", "since", "until"):
            return Status(status_words().prepositions[governor.lower_], governor.lower_, background=governor.lower_ in ("after", "following", "since"))
        governor = governor.head
    lemma = governor.lemma_.lower()
    if label == "pcomp" and head.lower_ == "for" and lemma in THANKING:
        return Status("occurred")
    if label == "pcomp" and head.lower_ == "by" and is_verb(governor):
        return verb_status(governor, depth + 1)  # `will support the navy by providing drones`
    if lemma == "rule" and any(child.dep_ == "prt" and child.lower_ == "out" for child in governor.children):
        return turn("denied", governor)
    if label in ("relcl", "acl") and any(
        child.lower_ in ("first", "last", "only", "latest", "second", "third") or child.lemma_ == "most" for child in head.children
    ):
        return Status("occurred")
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    if label == "advcl" and not infinitive:
        # `killing three`, `calling for talks`: with the main clause
        if any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.children):
            return Status("proposed", "if", conditional=True)
        marked = next((child for child in verb.children if child.dep_ in ("mark", "prep") and child.lower_ in ("after", "before", "since")), None)
        if marked is not None:
            return Status("planned" if marked.lower_ == "before" else "occurred", marked.lower_, background=True)
        return verb_status(governor, depth + 1) if is_verb(governor) else Status("occurred")
    if lemma in words:
        status = words[lemma]
        if status == "cancelled" and is_asked_for(governor):
            return Status("ongoing", lemma)
        if lemma in _ASPECT_ONGOING or status == "ongoing":
            above = verb_status(governor, depth + 1) if is_verb(governor) else Status("occurred")
            return above if above.value not in ("occurred", "ongoing") else Status("ongoing", lemma)
        if status == "occurred":
            return verb_status(governor, depth + 1) if is_verb(governor) else Status("occurred")
        return turn(status, governor)
    if is_verb(governor):
        if infinitive and label in ("advcl", "xcomp", "ccomp", "acl") and lemma == "be":
            return _conditioned(governor, Status("planned", "be to"))
        above = verb_status(governor, depth + 1)
        if infinitive and label == "advcl" and lemma not in status_words().achieving and above.value == "occurred":
            return Status("planned", "to", background=False)
        return above
    if governor.pos_ in ("NOUN", "PROPN") and infinitive:
        if lemma in status_words().wielding:
            return _of_the_use(governor, depth)
        if governor.dep_ in ("dobj", "pobj") and (over := governing_verb(governor)) is not None and over.lemma_ in status_words().wielding:
            return verb_status(over, depth + 1)
        if lemma in status_words().occasions and governor.dep_ == "dobj" and governor.head.lemma_ in ("have", "get", "take", "use"):
            return verb_status(governor.head, depth + 1)
        if lemma in status_words().journeys and governor.dep_ in ("dobj", "pobj") and (journey := governing_verb(governor)) is not None:
            return verb_status(journey, depth + 1)
        if governor.dep_ == "dobj" and words.get(governor.head.lemma_.lower()) == "cancelled" and verb_status(governor.head, depth + 1).value == "occurred":
            return Status("cancelled", governor.head.lemma_.lower())  # `ends all attempts to negotiate`
        return turn("planned", governor)
    if governor.pos_ == "ADJ" and lemma in _SERVING and label == "pcomp" and is_verb(governor.head):
        return verb_status(governor.head, depth + 1)  # `has been critical to delivering aid`
    if governor.pos_ == "ADJ":
        return Status("proposed", lemma)
    return Status("occurred")


def is_asked_for(stopping: Token) -> bool:
    """`urged them to stop the shelling`, `the need to cease firing`: what is to stop goes on."""
    return any(
        head.lemma_.lower() in ("call", "urge", "demand", "need", "importance", "ask", "appeal", "press", "necessity", "want", "beg", "implore", "pressure")
        for head, _ in ancestors(stopping, 3)
    )


def _of_the_use(use: Token, depth: int) -> Status:
    """`after the use of missiles by Ukraine to strike targets`: the status of what is done with weapons, from the words over the noun for using them."""
    words = status_words()
    for head, _ in ancestors(use, 3):
        if head.pos_ in ("ADP", "SCONJ") and head.lower_ in words.prepositions:
            return Status(words.prepositions[head.lower_], head.lower_, background=words.prepositions[head.lower_] == "occurred")
        if head.lemma_.lower() in words.governors:
            return turn(words.governors[head.lemma_.lower()], head)
        if is_verb(head):
            return verb_status(head, depth + 1)
    return Status("occurred")
