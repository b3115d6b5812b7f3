"""What a step gives: words for assistance, money meant as such, goods and arms, bare sums, and words that point back to what was told."""

from __future__ import annotations

import dataclasses
import enum
import itertools
import re

from transforms.events.arguments import patients
from transforms.events.candidates import Candidate, lemma_of
from transforms.events.frames import Frame
from transforms.events.memory import DocumentMemory
from transforms.events.parties import noun_phrase
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import conjuncts, is_verb, modifiers, prepositions
from transforms.language.parse import Token

_MONEY = re.compile(r"(?i)[$€£¥]|\b(?:million|billion|trillion|dollars?|euros?|pounds?)\b")
_BACK_REACH = 1200
"""How far behind, in code points, a step that was told can stand for `the package` to mean what it gave."""


class Kind(enum.IntEnum):
    """How sure a word is that something is given as assistance, the surest first."""

    AID = 0
    """A word for assistance: `aid`, `military support`, `a relief package`."""
    FINANCE = 1
    """Money that may be assistance or not: `loan`, `grant`, `funding`."""
    DELIVERY = 2
    """Goods on their way: `weapons shipments`."""
    GOODS = 3
    """Things that may be given or sold: `missiles`, `vaccines`."""
    SUM = 4
    """A bare sum: `$20 million`."""
    TOLD = 5
    """A word that points back to what a step before gave: `the package`, `these doses`."""
    ACT = 6
    """The verb itself says what is given: `arm`, `train`."""


@dataclasses.dataclass(frozen=True)
class Thing:
    """What a step is about."""

    token: Token
    kind: Kind
    abroad: bool
    """Its words say that it is for others than a state's own people: `foreign aid`, `military assistance`."""
    told: bool = False
    """The step told before gave it: `announced 14 tanks. The tanks will be delivered …`."""


def find_thing(sentence: ParsedSentence, candidate: Candidate, memory: DocumentMemory | None) -> Thing | str:
    """The surest thing that a candidate step decides on.

    Returns:
        The thing, or what speaks against one.
    """
    frame, trigger = candidate.frame, candidate.trigger
    if trigger.theme == ("act",):
        return Thing(candidate.token, Kind.ACT, abroad=False)
    if trigger.theme == ("self",) and candidate.token.dep_ == "compound" and candidate.token.head.i > candidate.token.i:
        return "part of another noun"
    stopped = candidate.token.head if candidate.token.dep_ == "relcl" else candidate.token
    if (trigger.theme == ("self",) or stopped != candidate.token) and _is_stopped(frame, stopped):
        return "told as what is held up"
    if trigger.theme == ("any",):
        return Thing(candidate.token, Kind.AID, abroad=True)
    found: list[Thing] = []
    reason = "nothing given that counts as assistance"
    for token in candidate.theme:
        if lemma_of(token) in (trigger.subject.lemmas if trigger.theme == ("subject",) else trigger.object.lemmas):
            # The frame names for this verb what is given.
            return Thing(token, Kind.AID, abroad=True)
        kind = kind_of(sentence, frame, token)
        if kind is None and lemma_of(token) in frame.lexicons["paid_nouns"] and trigger.theme == ("object",) and _is_priced(frame, candidate.token):
            kind = Kind.AID
        if kind is None:
            continue
        word = _word_against(frame, candidate, token, kind)
        if word is not None:
            reason = f"{word!r} beside it says that it is no assistance"
            continue
        if trigger.things and kind.name.lower() not in trigger.things and not ("told" in trigger.things and _was_given(frame, token, sentence, memory)):
            reason = "what is given is too vague for this word"
            continue
        found.append(Thing(token, kind, abroad=bool(_words_before(token) & frame.lexicons["abroad"])))
    if found:
        surest = min(found, key=lambda each: each.kind)
        again = surest.kind in (Kind.GOODS, Kind.DELIVERY) and _was_given(frame, surest.token, sentence, memory)
        return dataclasses.replace(surest, told=again)
    for token in candidate.theme:
        if token.lower_ in frame.lexicons["pronouns"] and (meant := _antecedent(sentence, frame, token)) is not None:
            return meant
    told = memory.last_told(frame.event_type) if memory is not None else None
    if told is not None and candidate.token.idx + sentence.offset - told.position < _BACK_REACH and (not trigger.things or "told" in trigger.things):
        for token in candidate.theme:
            if _points_back(frame, token):
                return Thing(token, Kind.TOLD, abroad=False)
    return reason


def names_a_carrier(frame: Frame, token: Token) -> bool:
    """`passed a bill that would provide aid`: a relative clause behind what is decided on, also where the parser hangs it on the verb."""
    nouns = [token] if not is_verb(token) else patients(token)
    inner = [each for noun in nouns for word, objects in prepositions(noun) if word == "of" for each in objects]
    return any(lemma_of(each) in frame.lexicons["carriers"] for each in (*nouns, *inner))


def is_need(frame: Frame, noun: Token) -> bool:
    """`underscored the need to`, `the urgency of`: a noun by which what ought to be done is asked for and not only discussed."""
    verb = next((each for each in noun.ancestors if is_verb(each)), None)
    return lemma_of(noun) in frame.lexicons["needs"] and not is_verb(noun) and (verb is None or lemma_of(verb) not in frame.step_governors["propose"])


def _is_stopped(frame: Frame, noun: Token) -> bool:
    """`the blockade on aid to Gaza`, `restrictions of humanitarian aid`."""
    over = noun.head
    while over.dep_ == "pobj" and over.head.lower_ == "of":
        over = over.head.head
    if noun.dep_ != "pobj":
        return False
    return over.pos_ == "ADP" and lemma_of(over.head) in frame.lexicons["barriers"]


def thing_missing(sentence: ParsedSentence, candidate: Candidate) -> str | None:
    """What speaks against a thing that a candidate step decides on, whatever was told before it; None where it may have one."""
    found = find_thing(sentence, candidate, None)
    if not isinstance(found, str) or any(_points_back(candidate.frame, token) for token in candidate.theme):
        return None
    return found


def _antecedent(sentence: ParsedSentence, frame: Frame, pronoun: Token) -> Thing | None:
    """What `them` stands for in `asked for missiles, but Berlin refused to supply them`: the last thing of its number before it."""
    for token in reversed(sentence.doc[: pronoun.i]):
        if token.pos_ in ("NOUN", "PROPN") and (token.tag_ in ("NNS", "NNPS")) == (pronoun.lower_ != "it") and token.dep_ not in ("compound", "nmod"):
            kind = kind_of(sentence, frame, token)
            if kind is not None:
                return Thing(token, Kind.TOLD, abroad=False)
    return None


def kind_of(sentence: ParsedSentence, frame: Frame, token: Token) -> Kind | None:
    """What kind of thing a noun is, None where it is none."""
    lexicons = frame.lexicons
    lemma = lemma_of(token)
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "SYM", "VERB", "X"):
        return None
    before = _words_before(token)
    if before & lexicons["domestic"] or (token.i and token.nbor(-1).lower_ in lexicons["set_words"] and lemma in lexicons["aid_nouns"]):
        return None
    if _is_named(token) and not (token.tag_ == "NNPS" and lemma in lexicons["arms"]):
        return None  # but `Bradley Fighting Vehicles`, `Stinger Missiles` are arms by their make
    following = sentence.doc[token.i + 1].lemma_.lower() if token.i + 1 < len(sentence.doc) else ""
    if lemma in lexicons["aid_nouns"]:
        compound = token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i
        return None if compound and following in lexicons["not_aid"] else Kind.AID
    if lemma in lexicons["support_nouns"]:
        helpful = lexicons["loads"] | (lexicons["relief_bodies"] if lemma in lexicons["transports"] else frozenset())
        if lemma in lexicons["vehicles"] and not before & helpful and not _holds_aid(sentence, frame, token):
            return None
        carried = helpful if lemma in lexicons["vehicles"] else frozenset()
        if before & (lexicons["kinds"] | lexicons["aid_nouns"] | carried) or _holds_aid(sentence, frame, token):
            return Kind.AID
        if lemma in lexicons["paid_nouns"] and _MONEY.search(_phrase(token)):
            return Kind.AID
        if before & lexicons["finance_nouns"]:
            return Kind.FINANCE
        if lemma == "help" and token.head.lower_ == "for" and (lemma_of(token.head.head) in lexicons["asking"] or _is_for_works(frame, token)):
            return Kind.AID  # `a request for help`, `asked France for help with its power plants`
        if lemma == "help" and token.dep_ in ("dobj", "pobj") and any(each.lemma_.lower() in lexicons["disasters"] for each in sentence.doc):
            return Kind.AID  # `accepted help from Spain after the earthquake`
    if (
        lemma in lexicons["priced_nouns"]
        and not before & lexicons["trading"]
        and any(_MONEY.search(child.text) for child in token.children if child.i < token.i)
    ):
        return Kind.FINANCE
    if lemma in lexicons["carriers"] | lexicons["measures"]:
        if before & lexicons["aid_nouns"] or (lemma in lexicons["measures"] and _holds_aid(sentence, frame, token)):
            return Kind.AID
        if before & lexicons["finance_nouns"]:
            return Kind.FINANCE
    if lemma in lexicons["finance_nouns"]:
        return Kind.AID if before & (lexicons["kinds"] | lexicons["aid_nouns"]) else Kind.FINANCE
    forms = {lemma, token.lower_, token.lower_.removesuffix("s")}
    if lemma in lexicons["transports"] and _carries_help(frame, token):
        return Kind.AID  # `aircraft with medicines`
    if lemma in lexicons["deliveries"]:
        return Kind.DELIVERY if _carries_goods(frame, token) else None
    if forms & (lexicons["arms"] | lexicons["goods"]):
        # `drug trafficking`, `tank crews`: what another noun is about is not given itself
        part = token.dep_ in ("compound", "nmod") and token.head.i > token.i and token.head.pos_ == "NOUN"
        held = part and lemma_of(token.head) in lexicons["arms"] | lexicons["goods"] | lexicons["support_nouns"] | lexicons["carriers"] | lexicons["measures"]
        return Kind.GOODS if held or not part else None
    if _is_sum(frame, token):
        return Kind.SUM
    return None


def _is_named(token: Token) -> bool:
    """Whether a noun is part of a name in capitals (`the Multinational Security Support mission`) and not of a headline that writes all words so."""
    if token.pos_ != "PROPN" or not token.is_title or token.i == 0:
        return False
    if token.dep_ == "conj" and token.nbor(-1).lower_ == "and":
        return _is_named(token.head)
    if not (token.nbor(-1).pos_ == "PROPN" and token.nbor(-1).is_title):
        return False
    return any(word.is_alpha and word.is_lower and len(word) > 4 for word in token.doc)


def _carries_goods(frame: Frame, delivery: Token) -> bool:
    """Whether a shipment is of goods that can be given, as far as its words say what it is of: `shipments of chemicals` are not."""
    lexicons = frame.lexicons
    known = lexicons["arms"] | lexicons["goods"] | lexicons["aid_nouns"] | lexicons["kinds"] | lexicons["measures"]
    loads = [each for word, objects in prepositions(delivery) if word == "of" for each in objects]
    if not loads and delivery.lower_ == "supply" and not _words_before(delivery):
        return False  # `security of supply`
    if not loads:
        # `fentanyl shipments`
        named = [child for child in delivery.children if child.dep_ == "compound" and child.pos_ == "NOUN"]
        return (not named and lemma_of(delivery) not in lexicons["loaded"]) or bool(_words_before(delivery) & (known | lexicons["loads"]))
    return any({lemma_of(each), each.lower_, *_words_before(each)} & known for each in loads)


def _is_sum(frame: Frame, token: Token) -> bool:
    """A sum of money that stands alone: `pledged $2 billion to Ukraine`."""
    return bool({token.lemma_.lower(), token.lower_} & frame.lexicons["money"]) or (token.pos_ == "NUM" and _MONEY.search(_phrase(token)) is not None)


def _words_before(token: Token) -> set[str]:
    """The words that modify a noun, in all their forms, through its coordination: `military and economic aid`."""
    found = {word for child in modifiers(token) for word in {lemma_of(child), child.lower_, *child.lower_.split("-")}}
    found |= {lemma_of(child) for child in token.children if child.dep_ == "poss"}
    if token.dep_ == "conj" and not any(child.dep_ in ("amod", "compound", "det", "nummod") for child in token.children):
        # `military aid and assistance`
        found |= {word for child in modifiers(token.head) for word in {lemma_of(child), child.lower_}}
    return found


def _phrase(token: Token) -> str:
    first, last = noun_phrase(token)
    return token.doc[first:last].text


def _holds_aid(sentence: ParsedSentence, frame: Frame, token: Token) -> bool:
    """`a package of loans`, `delivery of weapons`, `support for the rebuilding of Ukraine`, `support for the flow of food aid`."""
    lexicons = frame.lexicons
    lemma = lemma_of(token)
    if any(child.dep_ == "acl" and lemma_of(child) in lexicons["carrying"] and _names_goods(frame, child) for child in token.children):
        return True
    if lemma in lexicons["vehicles"] and token.dep_ == "nsubj" and is_verb(token.head) and _names_goods(frame, token.head, loaded=True):
        return True
    laden = lexicons["goods"] | lexicons["aid_nouns"] | (frozenset() if lemma in lexicons["vehicles"] else lexicons["arms"] | lexicons["finance_nouns"])
    for word, objects in prepositions(token):
        heads = {lemma_of(each) for each in objects}
        if word == "of" and lemma in ("gift", "donation"):
            return True
        if word in ("of", "in", "with") and heads & laden:
            return True
        if word == "of" and lemma in lexicons["transports"] and any(_words_before(each) & (lexicons["loads"] | lexicons["relief_bodies"]) for each in objects):
            return True  # `a convoy of 20 UN trucks`
        if (
            word in ("to", "for")
            and lemma in lexicons["paid_nouns"]
            and any(_is_relief(frame, each) or _is_measured_aid(sentence, frame, each) for each in objects)
        ):
            return True  # `its contribution to UNICEF`, `to the relief effort`, `to the provision of food aid`
        if word == "to" and lemma in lexicons["paid_nouns"] and heads & (lexicons["aid_nouns"] | {"fund"}):
            # `its contributions to humanitarian assistance`
            return True
        if word in ("for", "including") and any(
            kind_of(sentence, frame, inner) is Kind.AID
            for each in objects
            for inner in itertools.islice(each.subtree, 12)
            if inner != token and inner.i > token.i
        ):
            return True
        armed = lemma not in lexicons["vehicles"]
        if armed and word in ("for", "of") and any(lemma_of(inner) in lexicons["arms"] | lexicons["repairs"] for each in objects for inner in each.subtree):
            return True
    return False


def _carries_help(frame: Frame, vehicle: Token) -> bool:
    """`two aircraft with tarpaulins`, `a plane carrying food`, and nothing that shoots."""
    loads = [
        *(each for word, objects in prepositions(vehicle) if word in ("with", "of") for each in objects),
        *(each for word, objects in (prepositions(vehicle.head) if vehicle.dep_ == "dobj" else ()) if word == "with" for each in objects),
        *(each for clause in vehicle.children if clause.dep_ == "acl" and lemma_of(clause) in frame.lexicons["carrying"] for each in patients(clause)),
    ]
    return any(lemma_of(each) in frame.lexicons["goods"] | frame.lexicons["aid_nouns"] for load in loads for each in conjuncts(load))


def _is_relief(frame: Frame, noun: Token) -> bool:
    """Who brings help, or the bringing of it: `UNICEF`, `the humanitarian response`."""
    lexicons = frame.lexicons
    named = {noun.lower_, *(child.lower_ for child in noun.children if child.dep_ in ("compound", "nmod"))} & lexicons["relief_bodies"]
    return bool(named) or (lemma_of(noun) in lexicons["responses"] and bool(_words_before(noun) & (lexicons["loads"] | lexicons["kinds"])))


def _is_measured_aid(sentence: ParsedSentence, frame: Frame, noun: Token) -> bool:
    return lemma_of(noun) in frame.lexicons["measures"] and kind_of(sentence, frame, noun) is Kind.AID


def _is_for_works(frame: Frame, help_noun: Token) -> bool:
    """`asked France for help with its power plants`, `for help in buying gas`: asked of another, and for what costs money."""
    asking = is_verb(help_noun.head.head) and lemma_of(help_noun.head.head) in frame.step_governors["request"]
    for_what = [inner for word, objects in prepositions(help_noun) if word in ("with", "in", "to") for each in objects for inner in each.subtree]
    return asking and any({lemma_of(each), each.lower_} & (frame.lexicons["paid_for"] | frame.lexicons["works"]) for each in for_what)


def _is_priced(frame: Frame, verb: Token) -> bool:
    """`raised its support to 3 billion euros`, `by $50 million`."""
    return any(word in ("to", "by") and any(_is_sum(frame, each) for each in objects) for word, objects in prepositions(verb))


def _names_goods(frame: Frame, verb: Token, *, loaded: bool = False) -> bool:
    """`trucks carrying flour`, `a plane loaded with relief supplies`; `loaded`: only what stands after `with` (`a convoy reached the town with flour`)."""
    loads = [
        *(each for each in verb.children if each.dep_ == "dobj" and not loaded),
        *(each for word, objects in prepositions(verb) if word == "with" for each in objects),
    ]
    known = frame.lexicons["goods"] | frame.lexicons["aid_nouns"] | frame.lexicons["kinds"]
    return any({lemma_of(other), *_words_before(other)} & known for each in loads for other in conjuncts(each))


def _word_against(frame: Frame, candidate: Candidate, token: Token, kind: Kind) -> str | None:
    """A word of trade, courts or business around a thing that is no word for assistance itself, or before it."""
    paid = next((each for each in itertools.islice(token.subtree, 30) if each.lower_ in frame.lexicons["bought"] and each.i < each.head.i), None)
    if paid is not None:
        return str(paid.text)
    bad = frame.lexicons["not_given"]
    if kind is Kind.AID:
        if lemma_of(token) not in frame.lexicons["measures"]:
            return None
        # `a high level of gas supplies`
        inner = [word for preposition, objects in prepositions(token) if preposition == "of" for each in objects for word in sorted(_words_before(each) & bad)]
        return inner[0] if inner else None
    for each in [*itertools.islice(token.subtree, 30), *itertools.islice(token.ancestors, 4), *candidate.slots.get("object")]:
        # A capital letter makes a name of it: `Extraordinary Revenue Acceleration loans`.
        if each == candidate.token.head and lemma_of(each) == "launch" and not is_verb(candidate.token):
            continue  # `launched an appeal`
        if (
            lemma_of(each) in frame.lexicons["paid_for"]
            and lemma_of(token) not in frame.lexicons["priced_nouns"]
            and kind in (Kind.FINANCE, Kind.SUM)
            and _is_purpose(each, token)
        ):
            continue
        if (lemma_of(each) in bad or each.lower_ in bad) and each != candidate.token and not (each.pos_ == "PROPN" and each.is_title):
            return str(each.text)
    return None


def _is_purpose(noun: Token, money: Token) -> bool:
    """`a loan for grain purchases`, `a grant to cover gas imports`: what money is for."""
    for each in itertools.takewhile(lambda over: over != money, (noun, *noun.ancestors)):
        if (each.lower_ in ("for", "toward", "towards") and each.dep_ == "prep") or (is_verb(each) and any(child.lower_ == "to" for child in each.children)):
            return money in each.ancestors
    return False


def _was_given(frame: Frame, noun: Token, sentence: ParsedSentence, memory: DocumentMemory | None) -> bool:
    """`Poland announced 14 tanks for Ukraine. The first tanks will be delivered in March.`: the goods that the step told before gave."""
    if kind_of(sentence, frame, noun) not in (Kind.GOODS, Kind.DELIVERY):
        return False
    told = memory.last_told(frame.event_type) if memory is not None else None
    if told is None or memory is None or noun.idx + sentence.offset - told.position >= _BACK_REACH:
        return False
    definite = any(
        (child.dep_ == "det" and child.lower_ in frame.lexicons["definite"]) or (child.dep_ == "amod" and child.lower_ in frame.lexicons["ranking"])
        for child in noun.children
    )
    return definite and re.search(rf"\b{re.escape(lemma_of(noun))}", memory.text[told.position : sentence.offset], re.IGNORECASE) is not None


def _points_back(frame: Frame, token: Token) -> bool:
    lexicons = frame.lexicons
    lemma = lemma_of(token)
    if _words_before(token) & lexicons["domestic"]:
        return False
    if lemma not in lexicons["support_nouns"] | lexicons["finance_nouns"] | lexicons["aid_nouns"]:
        return False
    if lemma in lexicons["moral_nouns"]:
        # `the support already provided by …`, and not `the support that it needs`
        return any(child.dep_ in ("acl", "relcl") and lemma_of(child) in lexicons["providing"] for child in token.children)
    return any(child.dep_ in ("det", "poss") and child.lower_ in lexicons["definite"] for child in token.children)
