"""How far a time expression stands from an event in the parse, and what keeps it from dating that event: another clause, a name, a verb of saying."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from transforms.events.assembly import Draft
from transforms.events.candidates import lemma_of
from transforms.events.dates import TimeExpression
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import SUBJECTS, conjuncts, is_verb
from transforms.language.parse import Phrase, Token
from transforms.language.words import word_set

_SAYING = word_set("judging", "saying")
# `Police arrested a man on Monday over an attack`: whose own day and place are not those of what was done.
RULING = word_set("judging", "ruling")
# `talks scheduled to take place today`: verbs behind an event noun that say when it is.
_TAKING_PLACE = word_set("judging", "taking_place")
# `an attack that killed two on Sunday`: what it did, it did when it happened.
_HARMING = word_set("roles", "harming") | word_set("roles", "results")
# `last week's wave of strikes`: many events as one.
_SERIES = word_set("judging", "series")
# What hangs on these is told of another time: `leader since the death of his brother in 2011`.
_OTHER_TIMES = word_set("judging", "other_times")
# Hours of a day: `before dawn on Monday` is on Monday.
_HOURS = word_set("judging", "hours")
# What happens `at the summit`, `on the sidelines of the talks` happens when these do.
_MEANWHILE = word_set("judging", "meanwhile")
_BESIDE = word_set("judging", "beside")
# `was in Ankara yesterday, and he met …`
_PERSONAL = word_set("judging", "personal")
_INDEFINITE = word_set("judging", "indefinite")
_LOST = word_set("judging", "lost")
# `claimed the attack in a statement on Sunday`
_STATEMENTS = word_set("judging", "statements")
_SOON = word_set("judging", "soon")
_SPEAKING = word_set("judging", "gerund_prepositions")
_TENSES = {"VBD": "past", "VBN": "past", "VBZ": "present", "VBP": "present", "VB": "present"}
# `On 18 March Israeli forces resumed …` has a time of its own, wherever the parser hangs the numbers.
_FRONTED = word_set("judging", "fronted")
_NAMING = frozenset({"compound", "nummod", "amod", "nmod", "poss"})


def tokens_of(sentence: ParsedSentence, expression: TimeExpression) -> Phrase:
    """The words of a time expression."""
    return sentence.words_in(expression.start, expression.end)


def is_part_of_name(sentence: ParsedSentence, expression: TimeExpression) -> bool:
    """Whether what looks like a time belongs to the name of somebody: `the March 23 Movement`."""
    return any(name.entity is not None and name.start < expression.end and expression.end < name.end for name in sentence.names)


def steps_between(phrase: Phrase, draft: Draft) -> int | None:
    """Steps in the parse from a time expression to what an event hangs on; None where the expression cannot date it."""
    anchors = _dated(draft)
    named = noun_named(phrase)
    if named is None and not draft.candidate.frame.steps and _is_right_behind_saying(phrase, anchors):
        return None
    if named is not None and named not in anchors and not _counts_events(named, anchors):
        return None
    above = _above(anchors)
    below: list[Token] = []
    for token in (phrase.root, *phrase.root.ancestors):
        if token in above:
            anchor, up = above[token]
            if (token not in anchors and _tells(token, phrase, anchor)) or _is_aside(anchor, phrase, draft):
                return None
            between = [each for each in below if each not in phrase]
            away = any(_leads_away(each, phrase, anchors) for each in between)
            if not draft.candidate.frame.steps:
                away = away or any(lemma_of(each) in _STATEMENTS for each in between)
            return None if away else len(below) + up
        below.append(token)
    return None


def _dated(draft: Draft) -> frozenset[Token]:
    """The words that a time of the event can hang on: no verb by which somebody only says that it was, `claimed the attack on Sunday`."""
    if draft.candidate.frame.steps:
        return draft.anchors
    if not any(each.dep_ in ("det", "poss") and each.lower_ not in _INDEFINITE for each in draft.token.children):
        return draft.anchors
    return frozenset(each for each in draft.anchors if each is draft.token or not _is_saying(each))


def _is_saying(verb: Token) -> bool:
    """A verb of saying, and no attack that `claimed nine lives`."""
    return is_verb(verb) and verb.lemma_ in _SAYING and not any(each.dep_ == "dobj" and lemma_of(each) in _LOST for each in verb.children)


def _is_right_behind_saying(phrase: Phrase, anchors: frozenset[Token]) -> bool:
    """`The group said on Sunday it was behind the bombing`, wherever the parser hangs the day."""
    if not phrase[0].i:
        return False
    saying = phrase.root.doc[phrase[0].i - 1]
    return _is_saying(saying) and saying not in anchors and not _past_under_present(phrase, saying)


def looks_ahead(sentence: ParsedSentence, expression: TimeExpression, draft: Draft) -> bool:
    """Whether a time is to be looked for behind publication: that of what is to be, but not the day on which it was called off."""
    if not draft.status.future or draft.status.value != "cancelled":
        return draft.status.future
    phrase = tokens_of(sentence, expression)
    over = next((each for each in phrase.root.ancestors if is_verb(each) or each is draft.token), None)
    return over is None or over is draft.token or over.tag_ not in ("VBD", "VBN") or lemma_of(over) in _TAKING_PLACE


def are_simultaneous(draft: Draft, other: Draft, phrase: Phrase) -> bool:
    """Whether a time told of another event is that of this one: `yesterday's shooting and bombing`, `met at the summit on Monday`."""
    if draft.candidate.frame.steps or other.candidate.frame.steps or draft.status.value != other.status.value:
        return False
    pairs = [(one, two) for one in draft.anchors for two in other.anchors]
    if any(_is_during(two, one, beside=True) or _is_during(one, two, beside=False) for one, two in pairs):
        return True
    joined = [(one, two) for one, two in pairs if two in conjuncts(one) or one in conjuncts(two)]
    return any(not min(one.i, two.i) < phrase.root.i < max(one.i, two.i) for one, two in joined)


def is_behind_topic(phrase: Phrase, draft: Draft, others: list[Draft]) -> bool:
    """Whether a time stands behind what is talked about, and rather dates that: `They discussed the attack on Erbil the day before`."""
    topic = draft.candidate.slots.get("object") if draft.candidate.trigger.topic_from == "object" else ()
    first = min((token.i for token in topic), default=None)
    if first is None or phrase[0].i < first:
        return False
    return (draft.carried is not None and draft.carried.start is not None) or any(first <= each.token.i < phrase[0].i for each in others if each is not draft)


def _is_during(noun: Token, other: Token, *, beside: bool) -> bool:
    """Whether an event's noun is what another happens at: `killed at a summit`, and with `beside` `met on the sidelines of the summit`."""
    at_its_side = False
    for token in noun.ancestors:
        lemma = lemma_of(token)
        if lemma in _MEANWHILE and token.dep_ == "prep" and not at_its_side:
            over = token.head
            return over is other or (is_verb(over) and any(each is over for each in _clause(other)))
        at_its_side = at_its_side or lemma in ("margin", "sideline")
        if lemma not in _BESIDE:
            return beside and at_its_side and (token is other or any(each is token for each in _clause(other)))
    return False


def _clause(token: Token) -> Iterator[Token]:
    """The words over a word up to the verb of its clause."""
    for each in token.ancestors:
        yield each
        if is_verb(each):
            return


def noun_named(phrase: Phrase) -> Token | None:
    """The noun that a time is told of by itself: `the 2017 fire`, `yesterday's ceasefire`, `the Foreign Assistance Act of 1961`."""
    for token in phrase if phrase[0].lower_ not in _FRONTED else ():
        if token.dep_ in _NAMING and token.lower_ != "overnight" and phrase[-1].i < token.head.i and token.head.pos_ in ("NOUN", "PROPN"):
            return token.head if token.head.ent_type_ not in ("DATE", "TIME") else None
    over = phrase.root.head
    return over if phrase.root.lower_ == "of" and over.pos_ in ("NOUN", "PROPN") else None


def _counts_events(noun: Token, anchors: frozenset[Token]) -> bool:
    """`Last week's wave of strikes`, `the 2015 string of attacks`."""
    return noun.lower_.removesuffix("s") in _SERIES and any(each in anchors for prep in noun.children if prep.lower_ == "of" for each in prep.children)


def _above(anchors: frozenset[Token]) -> dict[Token, tuple[Token, int]]:
    """The words that an event hangs on and all above them, each with the word of the event that is the nearest below and the steps to that."""
    found: dict[Token, tuple[Token, int]] = {}
    for anchor in anchors:
        for up, token in enumerate((anchor, *anchor.ancestors)):
            if token not in found or up < found[token][1]:
                found[token] = anchor, up
    return found


def _is_aside(anchor: Token, phrase: Phrase, draft: Draft) -> bool:
    """Whether a word that joined a draft stands in a clause of its own below it: `targeted commanders who were involved in the October 7 attack`."""
    own = draft.candidate.anchors
    if anchor in own or not any(each in own for each in anchor.ancestors):
        return False
    between = itertools.takewhile(lambda each: each not in own, anchor.ancestors)
    return any(_leads_away(each, phrase, draft.anchors) for each in between)


def _tells(verb: Token, phrase: Phrase, anchor: Token) -> bool:
    """Whether a verb over both has the time for itself: `said on Monday that`, `arrested on Monday over`, `met on Monday and will meet`."""
    if not is_verb(verb):
        return False
    branch = next((each for each in (anchor, *anchor.ancestors) if each.head is verb), anchor)
    if branch.dep_ == "conj":
        if phrase.root.i < verb.i:
            return not _same_tense(branch, verb)
        if not _same_tense(branch, verb) or any(each.dep_ in SUBJECTS and each.lower_ not in _PERSONAL for each in branch.children):
            return True
        # `boarded a bus on Monday and shot six people`
        return phrase.root.i < branch.i and all(each.lower_ != "and" for each in branch.doc[max(branch.i - 2, 0) : branch.i])
    if _is_saying(verb):
        return not _past_under_present(phrase, verb)
    return verb.lemma_ in RULING and phrase.root.i < anchor.i


def _same_tense(one: Token, other: Token) -> bool:
    """Whether two verbs that are coordinated tell of one time: `shot and killed`, but not `released and is working`, `met and will meet`."""
    helped = [any(each.dep_ == "aux" and each.lower_ != "to" for each in verb.children) for verb in (one, other)]
    return helped[0] == helped[1] and _TENSES.get(one.tag_, one.tag_) == _TENSES.get(other.tag_, other.tag_)


def _past_under_present(phrase: Phrase, saying: Token) -> bool:
    """`says … yesterday`: what is said today does not happen yesterday, so the time is that of what is told."""
    return saying.tag_ in ("VBZ", "VBP") and any(each.lower_ in ("yesterday", "overnight", "earlier", "last") for each in phrase)


def _leads_away(token: Token, phrase: Phrase, anchors: frozenset[Token]) -> bool:
    """Whether a word between a time and an event belongs to something else that the time is of."""
    if token.lower_ in _OTHER_TIMES and token.dep_ in ("prep", "mark"):
        return token is not phrase.root.head and not any(each.lower_ in _HOURS for each in token.children)
    if not is_verb(token) or token.dep_ == "prep" or _is_at_once(token):
        return False
    if any(each.lower_ in _OTHER_TIMES for each in token.children if each.dep_ in ("mark", "prep") and each.i < token.i):
        return True
    lemma = lemma_of(token)
    if token.dep_ == "conj":
        return lemma not in _TAKING_PLACE and (not _same_tense(token, token.head) or any(each.dep_ in SUBJECTS for each in token.children))
    if _is_meanwhile(token, phrase):
        return False
    if token.dep_ in ("relcl", "acl") and not _goes_with(token, anchors):
        return True
    if lemma in _TAKING_PLACE:
        return False
    return lemma not in _HARMING or (token.dep_ in ("advcl", "ccomp") and token.tag_ != "VBG")


def _is_at_once(clause: Token) -> bool:
    """`were killed when gunmen raided the town on Friday`, `came under fire while flying home`, `shot him shortly after he landed on Monday`."""
    if clause.dep_ != "advcl" or clause.tag_ not in ("VBD", "VBN", "VBG") or clause.head.tag_ not in ("VBD", "VBN"):
        return False
    marks = [each for each in clause.children if each.dep_ in ("mark", "advmod") and each.i < clause.i]
    soon = {"after", "before"}.intersection(each.lower_ for each in marks) and any(
        each.lower_ in _SOON for mark in marks for each in (*mark.children, mark.doc[max(mark.i - 1, 0)])
    )
    meanwhile = ("when", "as", "while") if clause.tag_ == "VBG" else ("when", "as")
    return bool(soon) or any(each.lower_ in meanwhile for each in marks)


def _is_meanwhile(clause: Token, phrase: Phrase) -> bool:
    """Whether a clause tells what those who are hit do, which has no time but that of the attack.

    `Attacked a convoy carrying food on Tuesday`, `farmers who were harvesting rice on Sunday`, `a plant that makes explosives, on Monday`.
    """
    if clause.dep_ not in ("acl", "advcl", "relcl") or clause.lower_ in _SPEAKING or phrase.root.i < clause.i or not clause.i:
        return False
    if clause.dep_ == "relcl":
        going_on = clause.tag_ == "VBG" and any(each.lower_ in ("was", "were") for each in clause.children)
        return going_on or (clause.tag_ in ("VBZ", "VBP") and lemma_of(clause) not in _TAKING_PLACE)
    doer = clause.doc[clause.i - 1]
    return clause.tag_ == "VBG" and doer.pos_ in ("NOUN", "PROPN") and doer.dep_ in ("dobj", "pobj", "nsubjpass")


def _goes_with(clause: Token, anchors: frozenset[Token]) -> bool:
    """Whether a relative clause is on an event's noun, or right behind it and its place whatever the parser hangs it on."""
    if clause.head in anchors or any(each in anchors for each in clause.head.children if each.dep_ in ("compound", "amod")):
        return True
    return any(each in anchors for each in _phrase_before(clause))


def _phrase_before(clause: Token) -> Iterator[Token]:
    """The noun that a clause stands right behind, and those that it hangs on by a preposition: `the attack on Kharkiv, which killed`."""
    first = clause.left_edge.i
    while first > 0 and clause.doc[first - 1].is_punct:
        first -= 1
    if first == 0:
        return
    noun = clause.doc[first - 1]
    yield noun
    for token in noun.ancestors:
        if is_verb(token):
            return
        yield token
