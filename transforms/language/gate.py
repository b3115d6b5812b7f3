"""The gate: which sentences hold what some trigger asks for in words and names; the others are never parsed.

All that it asks for is read from the frames: the trigger's word in one of its forms, the words of its object or subject where only some words may stand,
the trigger's `require` and `forbid`, and for steps the words that show a thing of a kind (`[thing_words]`), behind the preposition that brings it. One pass of
an Aho-Corasick automaton over the whole text finds the words; only where one of a trigger stands its other conditions are looked at. A step is between two
sides, some attacks are those of armed groups alone, a journey goes somewhere and a guest is somebody: where the words would do, the names in the sentence and
shortly before it have to do as well.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
import operator
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import ahocorasick_rs

from transforms.events.frames import Frame, Restriction, Trigger, frames, ruled_out_by_words
from transforms.events.reference import ARMED_SECTORS, agent_nouns, guest_nouns, title_nouns, titles
from transforms.language.inflection import forms, noun_forms
from transforms.language.sentences import Span
from transforms.language.surroundings import REACH, is_noun, may_have_agent, may_have_object_before, names_destination, object_of
from transforms.language.words import word_set

# Every character that is no letter or digit becomes a space, so that a word stands between two spaces; Latin-1 keeps offsets.
_PLAIN = bytes(ord(chr(code).lower()) if chr(code).isalnum() and ord(chr(code).lower()) < 256 else 32 for code in range(256))
# Characters between a step and its thing, and between two words that only count together. In 14,500 texts no report needs more than 50 to its thing; in 5,700
# others one needs 62.
_NEXT = 70
_TOGETHER = 60
# Characters between a determiner and the noun that it points back with.
_DETERMINER = 25
# How far before, in code points, a name or step can stand that a sentence refers to, and how far the name of who gets what a sentence tells to be given.
_NAMED_BEFORE = 1200
_JUST_BEFORE = 200
# Where a thing stands that is in no prepositional phrase.
_PLACES = frozenset({"object", "subject", "indirect", "self", "act", "clause", "head", "any"})
_PERSONS = word_set("gate", "persons")
_WORD = re.compile(r"\w+")
_PRONOUNS = word_set("gate", "pronouns")


class Side(NamedTuple):
    """A name in a text (before it, at -1, one of its title): for whom it stands and what kind of actor it is."""

    position: int
    stands_for: str
    kind: str


_position = operator.attrgetter("position")


class Sides(NamedTuple):
    """The names of a document in order of their places, and the state that publishes it."""

    named: Sequence[Side]
    home: str | None


class _Thing(NamedTuple):
    """Words that show a thing of a kind."""

    kind: str
    head: int
    """The class, as a bit, of its noun."""
    beside: int
    """The class of the words of which one has to stand beside the noun; 0 where none must."""


class _Question(NamedTuple):
    """A trigger with what its sentence must hold."""

    trigger: Trigger
    classes: int
    """Classes of words, as bits, of which one each must stand near."""
    things: tuple[_Thing, ...]
    """For a step: of which one must stand near."""
    heads: int
    """The classes of their nouns."""
    prepositions: int
    """The class of the words of which one must stand between the step and its thing; 0 where none must."""
    other_sense: re.Pattern[str] | None
    """For a verb: what it has behind it where it means something else (`meet the needs of`)."""


class _Found(NamedTuple):
    """A word in a text, the classes it belongs to, and the questions of the triggers that it can be."""

    start: int
    end: int
    mask: int
    questions: tuple[_Question, ...]


@dataclasses.dataclass(frozen=True)
class _Sentence:
    """A sentence with the words in it that the gate knows."""

    text: str
    span: Span
    words: list[_Found]
    sides: Callable[[], Sides] | None
    earlier: dict[str, int]
    """Types of events with steps that a sentence before may tell, and where the last of them begins."""
    first: bool
    """Whether no sentence before may hold an event."""

    @functools.cached_property
    def mask(self) -> int:
        """The classes of all its words."""
        return _classes(self.words)

    @functools.cached_property
    def named(self) -> list[Side]:
        """The names in the sentence, shortly before it and in the title."""
        if self.sides is None:
            return []
        named = self.sides().named
        text, first, behind = (bisect.bisect_left(named, place, key=_position) for place in (0, self.span.start - _NAMED_BEFORE, self.span.end))
        return [*named[:text], *named[max(text, first) : behind]]

    @functools.cached_property
    def home(self) -> str | None:
        """The state that publishes the document."""
        return self.sides().home if self.sides is not None else None

    @functools.cached_property
    def standing_for(self) -> frozenset[str]:
        """For whom these names stand, and the state that publishes."""
        return frozenset([*(each.stands_for for each in self.named), *([self.home] if self.home is not None else ())])

    @functools.cached_property
    def others(self) -> list[Side]:
        """The names of others than the state that publishes in the sentence and just before it."""
        return [each for each in self.named if each.stands_for != self.home and each.position > self.span.start - _JUST_BEFORE]

    def names_another(self, word: _Found) -> bool:
        """Whether one of the others is named near a word, or before the sentence."""
        return any(each.position < self.span.start or abs(each.position - word.start) < REACH for each in self.others)

    def near(self, word: _Found) -> list[_Found]:
        """The words around one."""
        return [each for each in self.words if word.start - REACH < each.start < word.start + REACH + word.end - word.start]


def _classes(words: Iterable[_Found]) -> int:
    """The classes, as bits, of some words."""
    mask = 0
    for each in words:
        mask |= each.mask
    return mask


class Gate:
    """Finds the sentences of a text that may hold an event."""

    def __init__(self, all_frames: Sequence[Frame]) -> None:
        """Compiles frames."""
        self._classes: dict[frozenset[str], int] = {}
        self._words: dict[str, int] = {}
        questions: dict[str, list[_Question]] = {}
        for frame in all_frames:
            for trigger in frame.triggers:
                wanted = [words for words in map(_closed, (trigger.object, trigger.agent, trigger.subject)) if words]
                classes, things = sum({self._class(words) for words in wanted}), self._things(frame, trigger)
                heads = functools.reduce(operator.or_, (thing.head for thing in things), 0)
                question = _Question(trigger, classes, things, heads, self._prepositions(trigger), _other_sense(trigger))
                for form in trigger.forms or frozenset().union(*(_written(lemma, trigger) for lemma in trigger.lemmas)):
                    questions.setdefault(_plain(form), []).append(question)
        self._elsewhere, self._abroad = (self._lexicons(all_frames, name) for name in ("elsewhere", "abroad"))
        # Who is the giver's own as well needs a name beside it.
        self._others = self._lexicons(all_frames, "for_others") | self._lexicons(all_frames, "elsewhere", but="own_too")
        self._guests = _guests()
        self._armed = self._class(_armed_words(all_frames))
        self._pronouns = self._class(_PRONOUNS)
        words = list(self._words.keys() | questions.keys())
        self._masks = [self._words.get(word, 0) for word in words]
        self._questions = [tuple(questions.get(word, ())) for word in words]
        self._longest = max(map(len, words)) + 2
        self._automaton = ahocorasick_rs.BytesAhoCorasick([f" {word} ".encode("latin-1") for word in words], matchkind=ahocorasick_rs.MatchKind.Standard)

    def _lexicons(self, all_frames: Sequence[Frame], name: str, but: str = "") -> int:
        """The classes, as bits, of the frames' word lists of a name, less those of another."""
        lists = (frame.lexicons[name] - frame.lexicons.get(but, frozenset()) for frame in all_frames if name in frame.lexicons)
        return functools.reduce(operator.or_, map(self._class, lists), 0)

    def _class(self, words: frozenset[str]) -> int:
        if words not in self._classes:
            bit = self._classes[words] = 1 << len(self._classes)
            for form in (_plain(form) for word in words for form in forms(word)):
                self._words[form] = self._words.get(form, 0) | bit
        return self._classes[words]

    def _things(self, frame: Frame, trigger: Trigger) -> tuple[_Thing, ...]:
        """The things that a step may be about."""
        if trigger.step is None:
            return ()
        kinds = {"act"} if trigger.theme == ("act",) else {"aid"} if trigger.theme == ("any",) else trigger.things or frame.thing_words.keys() - {"act"}
        return tuple(
            _Thing(kind, *(self._class(words) for words in classes), *([0] if len(classes) == 1 else []))
            for kind, each in frame.thing_words.items()
            if kind in kinds
            for classes in each
        )

    def _prepositions(self, trigger: Trigger) -> int:
        words = frozenset(trigger.theme)
        return 0 if trigger.step is None or not words or words & _PLACES else self._class(words)

    def choose(self, text: str, sentences: Sequence[Span], sides: Callable[[], Sides] | None = None) -> list[int]:
        """The numbers of the sentences that hold what some trigger asks for, in order.

        Args:
            text: A document's text.
            sentences: Its sentences.
            sides: Gives the names of the document; without it names are not asked for.
        """
        plain = b" " + text.encode("latin-1", "replace").translate(_PLAIN) + b" "
        masks, questions = self._masks, self._questions
        # The space put before the text makes a match's start that of its word.
        matches = self._automaton.find_matches_as_indexes(plain, overlapping=True)
        ends = [end for _, _, end in matches]
        starts = [span.start for span in sentences]
        chosen: list[int] = []
        earlier: dict[str, int] = {}
        for number in sorted({bisect.bisect_right(starts, start) - 1 for word, start, _ in matches if questions[word]}):
            if number < 0:
                continue
            first, behind = starts[number], starts[number + 1] if number + 1 < len(starts) else len(plain)
            words = [
                _Found(start, end - 2, masks[word], questions[word])
                for word, start, end in matches[bisect.bisect_right(ends, first) : bisect.bisect_right(ends, behind + self._longest)]
                if first <= start < behind
            ]
            sentence = _Sentence(text, sentences[number], words, sides, earlier, first=not chosen)
            if self._answers(sentence):
                chosen.append(number)
        return chosen

    def _answers(self, sentence: _Sentence) -> bool:
        """Whether a sentence answers a question of one of its words."""
        text = ""
        for word in sentence.words:
            if not word.questions:
                continue
            noun = is_noun(sentence.text, sentence.span, word.start)
            near: list[_Found] = []
            mask = 0
            for question in word.questions:
                trigger = question.trigger
                if noun and trigger.pos == "verb":
                    continue
                if question.other_sense is not None and question.other_sense.match(sentence.text, word.end, sentence.span.end):
                    continue
                if question.classes & sentence.mask != question.classes or (trigger.kind == "told_before" and sentence.first):
                    continue
                if question.things and not question.heads & sentence.mask:
                    continue
                if not near and (question.classes or question.things):
                    near = sentence.near(word)
                    # Nothing strikes by being called a strike.
                    mask = _classes(each for each in near if each.start != word.start)
                if question.classes & mask != question.classes:
                    continue
                if trigger.subject.category == "armed_group" and not (self._holds_armed(sentence) and may_have_agent(sentence.text, sentence.span, word.start)):
                    continue
                if trigger.step is not None and question.things and not self._holds_thing(sentence, question, word, near):
                    continue
                if trigger.destination.category == "abroad" and not names_destination(sentence.text, sentence.span, word.end):
                    continue
                if trigger.object.category == "persons" and not self._holds_guest(sentence, word):
                    continue
                if trigger.require is not None or trigger.forbid is not None:
                    text = text or sentence.text[sentence.span.start : sentence.span.end]
                    if ruled_out_by_words(trigger, text, word.start - sentence.span.start, word.end - sentence.span.start) is not None:
                        continue
                return True
        return False

    def _holds_thing(self, sentence: _Sentence, question: _Question, word: _Found, near: list[_Found]) -> bool:
        """Whether something stands near a step that it can be about, and somebody for whom it can be."""
        trigger = question.trigger
        if question.prepositions:
            first = next((each.start for each in near if each.start > word.start and each.mask & question.prepositions), None)
            if first is None:
                return False
            near = [each for each in near if each.start > first]
        near = [each for each in near if abs(each.start - word.start) < _NEXT]
        mask = _classes(near)
        for kind, head, beside in question.things:
            if trigger.theme == ("self",):
                heads = [word] if word.mask & head else []
            elif not mask & head or (beside and not mask & beside):
                continue
            else:
                heads = [each for each in near if each.mask & head and (each.start != word.start or trigger.theme == ("act",))]
            if kind == "told":
                if sentence.span.start - sentence.earlier.get(trigger.event_type, -_NAMED_BEFORE) < _NAMED_BEFORE and any(
                    other.mask & beside and 0 < each.start - other.start < _DETERMINER for each in heads for other in near
                ):
                    return self._tells_of_others(sentence)
                continue
            if beside:
                around = [each.start for each in near if each.mask & beside]
                heads = [each for each in heads if any(other != each.start and abs(other - each.start) < _TOGETHER for other in around)]
            if heads and self._tells_of_others(sentence) and self._has_sides(sentence, trigger, kind, word):
                sentence.earlier[trigger.event_type] = sentence.span.start
                return True
        return False

    def _tells_of_others(self, sentence: _Sentence) -> bool:
        """Whether a sentence names or speaks of others than the state that publishes, for whom a step can be."""
        return sentence.sides is None or bool(sentence.mask & self._others) or bool(sentence.others)

    def _has_sides(self, sentence: _Sentence, trigger: Trigger, kind: str, word: _Found) -> bool:
        """Whether the names allow that one side gives and another gets: two of them, or one and a word for others than its own people."""
        if sentence.sides is None:
            return True
        if not sentence.names_another(word):
            # `Humanitarian aid began to enter Gaza`: a place gets it that is no name of a state
            return (kind == "aid" or trigger.sure or bool(sentence.standing_for)) and bool(sentence.mask & self._others)
        if trigger.sure or kind == "aid" or trigger.step == "request" or len(sentence.standing_for) > 1:
            return True
        bodies = any(each.kind == "organisation" and each.position >= sentence.span.start for each in sentence.named)
        return bodies or bool(sentence.mask & (self._elsewhere | (self._abroad if kind == "finance" else 0)))

    def _holds_guest(self, sentence: _Sentence, word: _Found) -> bool:
        """Whether somebody stands near a word who may be received: a name, a pronoun, or a word for who acts for others."""
        first, behind = word.end, min(word.end + REACH, sentence.span.end)
        if may_have_object_before(sentence.text, sentence.span, word.start, word.end):
            first = word.start - REACH
        if sentence.sides is None or any(first < each.position < behind for each in sentence.named):
            return True
        first = max(first, sentence.span.start)
        return any(each in self._guests for each in _WORD.findall(sentence.text[first:behind].lower()))

    def _holds_armed(self, sentence: _Sentence) -> bool:
        """Whether a sentence names an armed group, by a word or a name, or may refer to one that is named before."""
        if sentence.mask & self._armed or sentence.sides is None:
            return True
        groups = [each for each in sentence.named if each.kind == "armed_group"]
        return any(each.position >= sentence.span.start for each in groups) or bool(groups and sentence.mask & self._pronouns)


def _armed_words(all_frames: Sequence[Frame]) -> frozenset[str]:
    """Words for armed groups: those of the frames, and the nouns and titles of their members."""
    nouns = [text for table in (agent_nouns(), titles()) for text, noun in table.items() if noun.sector in ARMED_SECTORS]
    return frozenset().union(nouns, *(frame.lexicons.get("groups_armed", frozenset()) for frame in all_frames))


def _guests() -> frozenset[str]:
    """Words for who may be received."""
    return _PERSONS.union(*map(forms, title_nouns() | guest_nouns()))


def _other_sense(trigger: Trigger) -> re.Pattern[str] | None:
    """An expression for an object that a verb must not have, right behind it."""
    return object_of(frozenset().union(*map(noun_forms, trigger.no_object))) if trigger.pos == "verb" and trigger.no_object else None


def _closed(restriction: Restriction) -> frozenset[str]:
    """The words of which one must stand in a slot; none where a class of things may stand there too."""
    return restriction.lemmas if restriction.category is None else frozenset()


def _written(lemma: str, trigger: Trigger) -> frozenset[str]:
    """How a trigger's word can be written."""
    if trigger.pos == "participle":
        return frozenset({lemma.lower()})
    return noun_forms(lemma) if trigger.pos == "noun" else frozenset(form for form in forms(lemma) if not form.endswith("ings"))


def _plain(word: str) -> str:
    return word.lower().encode("latin-1", "replace").translate(_PLAIN).decode("latin-1")


@functools.cache
def gate() -> Gate:
    """The gate of all frames, made once a process."""
    return Gate(list(frames().values()))


def candidate_sentences(text: str, sentences: Sequence[Span], sides: Callable[[], Sides] | None = None) -> list[int]:
    """The numbers of the sentences that may hold an event, in order; see `Gate.choose`."""
    return gate().choose(text, sentences, sides)
