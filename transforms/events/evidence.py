"""What speaks for and against a draft, as named facts: what the judge weighs (`transforms.events.confidence`).

A fact is a string such as `rule=meeting/meet` or `status=strike planned`; a draft has it or not. The facts name what the rules found (trigger, slots, roles,
status, date, place), the words around the trigger, and what the sentence is about (`seeds/judge/topics.toml`). None names a person, a state or a
place, so that what is learnt from one text holds for another.
"""

from __future__ import annotations

import datetime
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping

from schemas.event_types import event_types
from transforms.events.assembly import Draft
from transforms.events.candidates import lemma_of
from transforms.events.memory import DocumentMemory
from transforms.events.parties import Party
from transforms.events.spans import ParsedSentence
from transforms.events.syntax import is_verb
from transforms.events.when import EventDate
from transforms.language.parse import Token

Evidence = frozenset[str]
"""The facts of one draft."""

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
_WORD = re.compile(r"[a-z][a-z\-]+")
_QUOTES = '"“”'
# Reasons quote words and name states; what remains is the kind of reason.
_NAMED = re.compile(r"'[^']*'|‘[^’]*’|\"[^\"]*\"|(?:\b[A-ZÀ-Þ][\w.\-’']*\s*)+")
_SLOTS = ("subject", "object", "with", "between", "on", "against", "to", "for", "by", "at", "in", "of", "from", "possessor", "attended", "indirect")


def evidence_of(sentence: ParsedSentence, draft: Draft, drafts: list[Draft], when: EventDate, memory: DocumentMemory, earlier: Mapping[str, int]) -> Evidence:
    """The facts of a draft.

    Args:
        sentence: Its sentence.
        draft: The draft.
        drafts: All drafts that the sentence keeps.
        when: Its date.
        memory: What the document has told before.
        earlier: How many mentions of each type the document had before this sentence.
    """
    kind = draft.candidate.frame.event_type
    found: set[str] = set()
    found.update(_trigger(sentence, draft, kind))
    found.update(_grammar(sentence, draft, kind))
    found.update(_parties(sentence, draft, kind, memory))
    found.update(_standing(draft, kind, when, memory))
    found.update(_company(sentence, draft, drafts, kind, earlier))
    found.update(_words(sentence, draft, kind))
    found.update(_topics(sentence, kind))
    return frozenset(found)


def _trigger(sentence: ParsedSentence, draft: Draft, kind: str) -> Iterator[str]:
    candidate, token = draft.candidate, draft.token
    lemma = lemma_of(token)
    yield f"type={kind}"
    yield f"rule={kind}/{candidate.trigger.name}"
    yield f"trigger={kind} {lemma}"
    yield f"form={kind} {token.tag_}"
    yield f"position={kind} {token.dep_}"
    yield f"form={kind} {lemma} {token.tag_} {token.dep_}"
    light = candidate.slots.light
    yield f"light verb={kind} {lemma_of(light) if light is not None else 'none'}"
    if token.ent_type_:
        yield f"trigger within a name={kind} {token.ent_type_}"
    if not is_verb(token) and token.i and token.text[:1].isupper():
        yield f"trigger capitalised={kind}"
    for word in candidate.slots.modifier_words:
        yield f"before={kind} {word}"
    for child in token.children:
        if child.dep_ in ("det", "neg", "nummod", "prt", "poss") or (child.dep_ in ("aux", "auxpass") and child.tag_ == "MD"):
            yield f"{child.dep_}={kind} {'number' if child.dep_ == 'nummod' else child.lower_ if child.dep_ != 'poss' else 'any'}"
    for offset in (-2, -1, 1, 2):
        near = token.i + offset
        if 0 <= near < len(sentence.doc):
            yield f"word {offset:+d}={kind} {_neutral(sentence, sentence.doc[near])}"


def _neutral(sentence: ParsedSentence, token: Token) -> str:
    """A word as a fact may name it: names, numbers and days by their kind."""
    name = sentence.name_of.get(token.i)
    if name is not None:
        return f"<{name.label}>"
    if token.ent_type_ in ("DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "PERCENT", "QUANTITY"):
        return f"<{token.ent_type_}>"
    if token.pos_ == "PROPN":
        return "<PROPN>"
    return lemma_of(token)


def _grammar(sentence: ParsedSentence, draft: Draft, kind: str) -> Iterator[str]:
    slots = draft.candidate.slots
    for slot in _SLOTS:
        heads = slots.get(slot)
        if slot == "subject" and not heads:
            heads = slots.light_subject
        if not heads:
            if slot in ("subject", "object"):
                yield f"{slot}={kind} none"
            continue
        yield f"{slot}={kind} {_neutral(sentence, heads[0])}"
        name = sentence.name_of.get(heads[0].i)
        yield f"{slot} is={kind} {name.entity.kind if name is not None and name.entity is not None else heads[0].pos_}"
    above = draft.token
    for depth in (1, 2):
        head = above.head
        while head.pos_ == "ADP" and head.head != head:
            head = head.head
        if head == above:
            yield f"above {depth}={kind} none"
            break
        yield f"above {depth}={kind} {_neutral(sentence, head)}"
        above = head
    root = next((token for token in sentence.doc if token.head == token), draft.token)
    yield f"root={kind} {lemma_of(root) if root.pos_ != 'PROPN' else '<PROPN>'}"
    yield f"root is={root.pos_}"


def _party_kind(party: Party, memory: DocumentMemory) -> str:
    if party.entity is None:
        return "unnamed plural" if party.plural else "unnamed"
    if party.former:
        return "former"
    return f"{party.entity.kind}{'' if party.acts_for(memory.day) is not None else ' for nobody'}"


def _parties(sentence: ParsedSentence, draft: Draft, kind: str, memory: DocumentMemory) -> Iterator[str]:
    record = event_types()[kind]
    whom: set[str] = set()
    spans: set[tuple[int, int]] = set()
    filled = []
    for role in record.ROLES:
        parties = draft.filled.roles.get(role, [])
        if parties:
            filled.append(role)
        yield f"{role}s={min(len(parties), 4)}"
        if any(not party.is_named for party in parties):
            yield f"{role} not all named"
        for party in parties:
            spans.add((party.start, party.end))
            yield f"{role} is={_party_kind(party, memory)}"
            yield f"{role} by={_NAMED.sub('…', party.reason).split(',')[0].strip()[:40]}"
            if party.entity is not None:
                whom.add(party.acts_for(memory.day) or f"{party.entity.country}/{party.entity.kind}")
                if party.entity.sector:
                    yield f"{role} sector={party.entity.sector}"
            if party.titled is not None:
                yield f"{role} titled={party.titled.sector}"
    yield f"roles={kind} {'+'.join(filled) or 'none'}"
    yield f"parties={kind} {min(len(whom), 4)}"
    if memory.home is not None and whom and all(each == memory.home for each in whom):
        yield f"parties all of the publisher's country={kind}"
    others = {
        name.entity.actor_id
        for name in sentence.names
        if name.entity is not None and name.entity.kind != "person" and not _overlaps(name.start, name.end, spans)
    }
    yield f"other states and groups named={kind} {min(len(others), 3)}"
    persons = sum(name.label == "PERSON" and not _overlaps(name.start, name.end, spans) for name in sentence.names)
    yield f"other persons named={kind} {min(persons, 3)}"
    unknown = sum(name.entity is None and name.label in ("ORG", "NORP") for name in sentence.names)
    yield f"unknown organisations named={min(unknown, 3)}"


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)


def _standing(draft: Draft, kind: str, when: EventDate, memory: DocumentMemory) -> Iterator[str]:
    status = draft.status
    yield f"status={kind} {status.value}"
    yield f"status by={kind} {status.value} {status.governor or 'tense'}"
    if status.background:
        yield f"background={kind}"
    if status.conditional:
        yield f"conditional={kind}"
    if draft.decision is not None:
        yield f"decision={draft.decision}"
        yield f"decision={draft.decision} {status.value}"
    if draft.carried is not None:
        yield f"carried={kind}"
    if draft.inferred:
        yield f"inferred={kind}"
    if not draft.explicit:
        yield f"no party in the sentence={kind}"
    yield f"date={kind} {when.basis or 'none'} {when.precision or ''}"
    day, published = when.start or when.end, memory.day
    if day is not None and published is not None and when.basis in ("text", "carried"):
        yield f"date lies={kind} {_distance(day, published)}"
    if draft.locations:
        place = draft.locations[0]
        yield f"place={kind} {place.precision or 'unknown'}"
        if draft.places:
            yield f"place after={kind} {draft.places[0].preposition}"
    else:
        yield f"place={kind} none"


def _distance(day: datetime.date, published: datetime.date) -> str:
    days = (published - day).days
    if days < 0:
        return "ahead"
    return "near" if days < 8 else "this year" if days < 366 else "years ago"


def _company(sentence: ParsedSentence, draft: Draft, drafts: list[Draft], kind: str, earlier: Mapping[str, int]) -> Iterator[str]:
    doc, token = sentence.doc, draft.token
    same = [each for each in drafts if each.candidate.frame.event_type == kind]
    yield f"mentions of the type in the sentence={kind} {min(len(same), 3)}"
    if len(same) > 1:
        number = next(place for place, each in enumerate(same) if each is draft)
        yield f"number among them={kind} {min(number, 2)}"
        if any(_with_roles(each) == _with_roles(draft) for each in same[:number]):
            yield f"same parties as one before it={kind} {draft.status.value}"
    for each in drafts:
        if each is not draft and each.candidate.frame.event_type != kind:
            yield f"beside={kind} {each.candidate.frame.event_type}"
    yield f"earlier mentions of the type={kind} {min(earlier.get(kind, 0), 3)}"
    yield f"earlier mentions={min(sum(earlier.values()), 3)}"
    yield f"sentence number={min(sentence.index, 3)}"
    yield f"words in the sentence={min(len(doc) // 10, 6)}"
    text = doc.text
    before = text[: token.idx]
    if sum(before.count(mark) for mark in '"') % 2 or before.count("“") > before.count("”"):
        yield f"in quotation={kind}"
    elif any(mark in text for mark in _QUOTES):
        yield "quotation in the sentence"
    if text.rstrip().endswith("?"):
        yield "question"
    if text[:1] in "-•*–—":
        yield "list item"
    if not text.rstrip().endswith((".", "!", "?", "”", '"', "’", ")", ":", ";")):
        yield "no full stop"
    lowered = {each.lower_ for each in doc}
    if lowered & {"we", "our", "us", "i", "my"}:
        yield f"first person={kind}"
    if lowered & {"you", "your"}:
        yield "second person"
    for label in {each.label for each in doc.ents} & {"MONEY", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "DATE", "CARDINAL", "PERSON", "GPE"}:
        yield f"names={kind} {label}"


def _with_roles(draft: Draft) -> dict[str, set[str]]:
    return {role: {party.key for party in parties} for role, parties in draft.filled.roles.items() if parties}


def _words(sentence: ParsedSentence, draft: Draft, kind: str) -> Iterator[str]:
    for token in sentence.doc:
        if token.pos_ in _CONTENT and token.i not in sentence.name_of and token.is_alpha and token.i != draft.token.i:
            lemma = lemma_of(token)
            yield f"word={lemma}"
            if token.pos_ != "ADV":
                yield f"word={kind} {lemma}"


@functools.cache
def _topic_of() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads(importlib.resources.files("seeds").joinpath("judge", "topics.toml").read_text("utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for topic, words in table.items():
        for word in words:
            found[word] = (*found.get(word, ()), topic)
    return found


# Each mention of a sentence asks for the same.
@functools.lru_cache(maxsize=16)
def _counted_topics(text: str) -> Mapping[str, int]:
    """How many different words of each topic a text has, by their written form or without a plural's ending."""
    counts: dict[str, int] = {}
    for word in set(_WORD.findall(text.lower())):
        for topic in _topic_of().get(word) or _topic_of().get(word.removesuffix("s"), ()):
            counts[topic] = counts.get(topic, 0) + 1
    return counts


def _topics(sentence: ParsedSentence, kind: str) -> Iterator[str]:
    for topic, count in _counted_topics(sentence.doc.text).items():
        yield f"topic={kind} {topic} {min(count, 3)}"
