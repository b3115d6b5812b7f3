"""A parsed sentence as plain objects: what spaCy's `Doc` says of its words, read out of it once.

The frames ask for the same labels, lemmas and children again and again. spaCy makes a new object and looks up a string at every question; here each answer is
an attribute. The names are spaCy's, so that code reads the same for both.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple, overload

from spacy.attrs import DEP, HEAD, IDX, LEMMA, ORTH, POS, SPACY, TAG
from spacy.tokens import Doc
from spacy.vocab import Vocab

_READ = [ORTH, LEMMA, POS, TAG, DEP, HEAD, IDX, SPACY]
# Heads are differences, written as unsigned numbers.
_WRAP = 1 << 64
# Strings that are kept, some megabytes of them; a new start is cheaper than to know which were used.
_KEPT = 100_000


class Token:
    """A word of a parsed sentence with its place in the tree."""

    __slots__ = ("children", "dep_", "doc", "ent_type_", "head", "i", "idx", "lemma_", "lower_", "pos_", "tag_", "text", "whitespace_")

    doc: Parse
    i: int
    """Its number in the sentence."""
    idx: int
    """Where it begins in the sentence's text."""
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    whitespace_: str
    ent_type_: str
    """The label of the named entity that it belongs to; empty where it belongs to none or none were looked for."""
    head: Token
    """What it hangs on; itself at the root."""
    children: list[Token]
    """What hangs on it, in order of the text."""

    def __len__(self) -> int:
        return len(self.text)

    def __hash__(self) -> int:
        # Not the place in memory: sets of tokens have the same order in every run.
        return self.i

    def __repr__(self) -> str:
        return self.text

    def nbor(self, distance: int = 1) -> Token:
        """The word so many places behind it.

        Raises:
            IndexError: The sentence ends before.
        """
        if self.i + distance < 0:
            raise IndexError(f"no word {distance} places from {self.text!r}, which is number {self.i}")
        return self.doc[self.i + distance]

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above, from near to far."""
        token = self
        for _ in range(len(self.doc)):
            if token.head is token:
                return
            token = token.head
            yield token

    @property
    def subtree(self) -> list[Token]:
        """The word and all below it, in order of the text."""
        return sorted(self._below(), key=_number)

    @property
    def left_edge(self) -> Token:
        """The first word of the subtree."""
        return min(self._below(), key=_number) if self.children else self

    @property
    def right_edge(self) -> Token:
        """The last word of the subtree."""
        return max(self._below(), key=_number) if self.children else self

    def _below(self) -> list[Token]:
        """The word and all below it, in no order."""
        found = [self]
        for token in found:
            found += token.children
        return found

    def is_ancestor(self, other: Token) -> bool:
        """Whether another word is below it."""
        return any(each is self for each in other.ancestors)

    @property
    def is_punct(self) -> bool:
        """Whether it is punctuation alone."""
        return all(unicodedata.category(character).startswith("P") for character in self.text)

    @property
    def is_alpha(self) -> bool:
        """Whether it is letters alone."""
        return self.text.isalpha()

    @property
    def is_lower(self) -> bool:
        """Whether it has no capitals."""
        return self.text.islower()

    @property
    def is_title(self) -> bool:
        """Whether it is capitalised as a name is."""
        return self.text.istitle()


def _number(token: Token) -> int:
    return token.i


class Phrase(tuple[Token, ...]):
    """Words of a sentence that follow each other."""

    @property
    def text(self) -> str:
        """The words as written."""
        if not self:
            return ""
        first, last = self[0], self[-1]
        return first.doc.text[first.idx : last.idx + len(last.text)]

    @functools.cached_property
    def root(self) -> Token:
        """The word that the others hang on: of those whose head is outside the one nearest to the root, no mark of punctuation if it can be."""
        first, last = self[0].i, self[-1].i
        outer = [token for token in self if token.head is token or not first <= token.head.i <= last]
        return min(outer, key=_depth, default=self[0])


def _depth(token: Token) -> int:
    if token.head is not token and not token.children and (token.is_punct or token.text.isspace()):
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


class NamedEntity(NamedTuple):
    """A named entity that the model has found."""

    phrase: Phrase
    label: str


class Parse:
    """The words of a parsed sentence, its text, and the named entities in it."""

    __slots__ = ("doc", "ents", "text", "tokens")

    def __init__(self, doc: Doc) -> None:
        """Of a Doc that `ParseReader` reads; only the parser that made it looks at the Doc again."""
        self.doc = doc
        self.text = ""
        self.tokens: list[Token] = []
        self.ents: list[NamedEntity] = []

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Phrase: ...
    def __getitem__(self, place: int | slice) -> Token | Phrase:
        return Phrase(self.tokens[place]) if isinstance(place, slice) else self.tokens[place]

    def read_entities(self) -> None:
        """Takes over the named entities that have been found in the Doc."""
        self.ents = [NamedEntity(self[ent.start : ent.end], ent.label_) for ent in self.doc.ents]
        for phrase, label in self.ents:
            for token in phrase:
                token.ent_type_ = label


class ParseReader:
    """Reads parses out of the Docs of one vocabulary."""

    def __init__(self, vocab: Vocab) -> None:
        """Keeps strings of the vocabulary."""
        self._strings = _Strings(vocab)
        self._words: dict[int, tuple[str, str]] = {}

    def read(self, doc: Doc) -> Parse:
        """The parse that a Doc holds, still without named entities."""
        strings, words = self._strings, self._words
        if len(strings) > _KEPT:
            strings.clear()
            words.clear()
        parse = Parse(doc)
        rows = doc.to_array(_READ).tolist()
        tokens = parse.tokens
        for i, (orth, lemma, pos, tag, dep, _, idx, space) in enumerate(rows):
            token = Token()
            token.doc, token.i, token.idx = parse, i, idx
            if orth not in words:
                words[orth] = strings[orth], strings[orth].lower()
            token.text, token.lower_ = words[orth]
            token.lemma_, token.pos_, token.tag_, token.dep_ = strings[lemma], strings[pos], strings[tag], strings[dep]
            token.whitespace_ = " " if space else ""
            token.ent_type_ = ""
            token.children = []
            tokens.append(token)
        for token, row in zip(tokens, rows, strict=True):
            token.head = head = tokens[(token.i + row[5]) % _WRAP]
            if head is not token:
                head.children.append(token)
        parse.text = "".join([token.text + token.whitespace_ for token in tokens])
        return parse


class _Strings(dict[int, str]):
    """Strings of a vocabulary by their numbers, each looked up once."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._store = vocab.strings

    def __missing__(self, number: int) -> str:
        text = self[number] = self._store[number]
        return text
