"""What a parsed sentence names: known names, the model's named entities, and which token belongs to which."""

from __future__ import annotations

import bisect
import copy
import dataclasses
import operator
from collections.abc import Sequence

from transforms.events.names import NamedSpan
from transforms.events.reference import Entity
from transforms.events.sites import find_sites
from transforms.language.parse import Parse, Phrase, Token
from transforms.language.words import word_set

_start = operator.attrgetter("start")

_OFFICE_WORDS = word_set("parties", "office_words")
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclasses.dataclass(frozen=True, slots=True)
class SentenceName:
    """A name in a sentence: tokens `[first, last)`, code points `[start, end)` of the document, and what it can be."""

    first: int
    last: int
    start: int
    end: int
    text: str
    label: str
    form: str
    entity: Entity | None
    alternatives: tuple[Entity, ...] = ()


def _is_common_noun(ent: Phrase) -> bool:
    """`Attendees discussed`: a plural noun that is capitalised only because it begins the sentence; `the Fijian government and striking nurses`."""
    if ent[-1].tag_ == "NNS" and ent[-1].is_lower and any(token.lower_ == "and" for token in ent):
        return True
    return len(ent) == 1 and ent[0].i == 0 and ent[0].tag_ == "NNS" and ent[0].pos_ == "NOUN"


# What ends the name of a site, though the model takes it for a body: `Dyagilevo Air Base`.
_SITES = word_set("places", "sites")


def _label(ent: Phrase, label: str) -> str:
    """The model's label, `FAC` for what ends in the word for a site."""
    return "FAC" if label in ("ORG", "PERSON") and len(ent) > 1 and ent[-1].lower_ in _SITES else label


class ParsedSentence:
    """A sentence with its parse, its place in the document and the names in it."""

    def __init__(self, doc: Parse, offset: int, known: Sequence[NamedSpan], *, index: int, named: bool = True) -> None:
        """Joins the document's known names with the model's entities; where they cross, the longer one counts.

        Args:
            doc: The parse of the sentence alone.
            offset: Where the sentence begins in the document's text.
            known: Names that the scanner found in the whole document, with document offsets and in their order.
            index: The number of the sentence in the document.
            named: Whether the model has looked for named entities; before that a frame's demand for a name counts as met.
        """
        self.doc = doc
        self.offset = offset
        self.end = offset + len(doc.text)
        self.index = index
        self.named = named
        self._starts = [token.idx for token in doc]
        first = bisect.bisect_left(known, offset, key=_start)
        behind = bisect.bisect_left(known, self.end, lo=first, key=_start)
        # `non-NATO discussions` are not NATO's
        self._known = [
            self._from_known(span) for span in known[first:behind] if span.end <= self.end and not doc.text[: span.start - offset].endswith(("non-", "Non-"))
        ]
        self.join_names()

    def with_entities(self) -> ParsedSentence:
        """The sentence after the model has looked for named entities."""
        found = copy.copy(self)
        found.named = True
        found.join_names()
        return found

    def join_names(self) -> None:
        """Joins the known names with the entities that the model has found; where they cross, the longer one counts."""
        self.names: list[SentenceName] = []
        self.name_of: dict[int, SentenceName] = {}
        doc, found = self.doc, self._known
        if self.named:
            sites = [self._site(start, end) for start, end in find_sites(doc.text)]
            sites = [site for site in sites if not any(name.start <= site.start and site.end <= name.end for name in found)]
            found = [name for name in found if not any(site.start <= name.start and name.end <= site.end for site in sites)] + sites
        model = [
            SentenceName(ent[0].i, ent[-1].i + 1, self.start_of(ent[0]), self.end_of(ent[-1]), ent.text, _label(ent, label), "model", None)
            for ent, label in doc.ents
            if label in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP") and not _is_common_noun(ent)
        ]
        for name in found:
            around = next((m for m in model if m.first <= name.first and name.last <= m.last and m.last - m.first > name.last - name.first), None)
            if around is not None and self._outranks(around, name):
                continue
            self._add(name)
        for name in model:
            self._add(name)
        self.names.sort(key=lambda each: each.start)

    def _outranks(self, around: SentenceName, known: SentenceName) -> bool:
        """Whether a longer name that the model sees is rather that than the known name in it: `Jordan Smith`, `Kharkiv Oblast`, `Gaza City`."""
        if known.form == "surname":
            words = {self.doc[i].text for i in range(around.first, known.first)}
            if words and words <= _OFFICE_WORDS:
                return False  # `Secretary of State Shultz`: the model begins the name within the title
            return around.label in ("FAC", "ORG") or (
                around.label == "PERSON" and bool(words) and known.entity is not None and not words & set(known.entity.name.split())
            )
        if known.entity is not None and known.entity.kind == "person":
            return False
        if around.label == "PERSON":
            # Titles and nationalities are often taken into a person's name: they are no part of it.
            return known.form in ("name", "capital") and known.last == known.first + 1 and known.last < around.last and around.first == known.first
        if around.label == "FAC" and known.form == "demonym":
            # `the American Embassy`
            return False
        if around.label in ("FAC", "ORG") and self.doc[around.last - 1].lower_ in ("summit", "meeting", "conference", "talks", "forum", "dialogue"):
            # `the Apulia G7 Leaders’ Summit`
            return False
        if around.label in PLACE_LABELS:
            rest = {self.doc[i].lower_ for i in range(around.first, around.last) if not known.first <= i < known.last}
            return known.form in ("name", "capital", "demonym") and not rest <= {
                "the",
                ",",
                "'s",
                "’s",
                "of",
                "republic",
                "and",
                "-",
                "government",
                "governments",
                "people",
                "peoples",
            }
        return False

    def _tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens `[first, last)` that characters `[start, end)` of the sentence touch."""
        return bisect.bisect_right(self._starts, start) - 1, bisect.bisect_left(self._starts, end)

    def _site(self, start: int, end: int) -> SentenceName:
        return SentenceName(*self._tokens(start, end), self.offset + start, self.offset + end, self.doc.text[start:end], "FAC", "model", None)

    def _from_known(self, span: NamedSpan) -> SentenceName:
        begin, end = self._tokens(span.start - self.offset, span.end - self.offset)
        first = span.meanings[0]
        label = {"person": "PERSON", "state": "GPE" if first.form in ("name", "capital", "former") else "NORP"}.get(first.entity.kind, "ORG")
        others = tuple({meaning.entity.actor_id: meaning.entity for meaning in span.meanings}.values())
        return SentenceName(begin, end, span.start, span.end, span.text, label, first.form, first.entity, others)

    def _add(self, name: SentenceName) -> None:
        taken = {id(self.name_of[i]) for i in range(name.first, name.last) if i in self.name_of}
        if taken and name.form == "model":
            # A person's or organisation's name that only begins with a known adjective keeps the rest as its own.
            return
        for i in range(name.first, name.last):
            self.name_of.setdefault(i, name)
        self.names.append(name)

    def start_of(self, token: Token) -> int:
        """Where a token begins in the document's text."""
        return self.offset + token.idx

    def end_of(self, token: Token) -> int:
        """Where a token ends in the document's text, exclusive."""
        return self.offset + token.idx + len(token.text)

    def words_in(self, start: int, end: int) -> Phrase:
        """The words that code points `[start, end)` of the document touch."""
        first, last = self._tokens(start - self.offset, end - self.offset)
        return Phrase(token for token in self.doc[max(first, 0) : last] if start < self.end_of(token))

    def within(self, first: int, last: int) -> list[SentenceName]:
        """The names that lie among tokens `[first, last)`."""
        return [name for name in self.names if first <= name.first and name.last <= last]
