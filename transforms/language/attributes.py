"""Parts of speech, morphology and lemmas from tables: what spaCy's attribute ruler and rule lemmatizer say, without asking them at every token.

What these two say of a token hangs on its form, tag and label alone, but for a few rules over two words. So each combination is asked about once and the answer
is kept; a sentence in which a rule over two words may apply goes through the two as they are.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, cast

import numpy
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

# Answers that are kept, some tens of megabytes at most; a new start is cheaper than to know which were used.
_KEPT = 100_000
_READ = [ORTH, LOWER, TAG, DEP, IS_SPACE, LEMMA]
_WRITTEN = [POS, MORPH, LEMMA, TAG, DEP]
_PATTERN_KEYS = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})


class _Answer(NamedTuple):
    """What the rules over one word give a token."""

    pos: int
    morph: int
    lemma: int
    """0 where the lemmatizer decides."""
    tag: int
    dep: int
    alone: bool
    """Whether no other rule can apply to it and the word behind it."""


class WordAttributes:
    """Sets POS, MORPH and LEMMA of a parsed document's tokens."""

    def __init__(self, nlp: Language, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        """Compiles the rules of both; see `word_attributes`."""
        self._vocab, self._ruler, self._lemmatizer = nlp.vocab, ruler, lemmatizer
        index = lemmatizer.lookups.get_table("lemma_index", {})
        for pos, words in list(index.items()):
            index[pos] = frozenset(words)  # spaCy's are lists, through which it searches for every form that it tries
        self._attributes = {f"{number}": ruler.attrs[number] for number in range(len(ruler.patterns))}
        self._rules, self._openings = Matcher(nlp.vocab), Matcher(nlp.vocab)
        self._literals: set[str] = set()
        expressions: set[str] = set()
        for number, patterns in enumerate(_patterns(ruler)):
            for pattern in patterns:
                (self._rules if len(pattern) == 1 else self._openings).add(f"{number}", [pattern[:1]])
                for wanted in (token["LOWER"] for token in pattern if "LOWER" in token):
                    choices: dict[str, Any] = {"IN": [wanted]} if isinstance(wanted, str) else wanted
                    self._literals.update(choices.get("IN", ()), choices.get("NOT_IN", ()))
                    expressions.update([choices["REGEX"]] if "REGEX" in choices else ())
        self._expressions = re.compile("|".join(sorted(expressions)) or r"(?!)")
        self._words: dict[int, int] = {}
        self._answers: dict[tuple[int, int, int, int], _Answer] = {}
        self._lemmas: dict[tuple[int, int, int], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Sets the attributes of all tokens of a document, which it returns."""
        words, answers, lemmas, add = self._words, self._answers, self._lemmas, self._vocab.strings.add
        values: list[tuple[int, int, int, int, int]] = []
        unknown: list[tuple[int, tuple[int, int, int]]] = []
        for orth, lower, tag, dep, space, given in doc.to_array(_READ).tolist():
            word = words.get(lower)
            if word is None:
                word = self._note(lower)
            answer = answers.get((word, tag, dep, space))
            if answer is None:
                answer = self._ask(lower, tag, dep, (word, tag, dep, space))
            if not answer.alone:
                return self._lemmatizer(self._ruler(doc))
            pos, morph = answer.pos, answer.morph
            lemma = answer.lemma or given
            if not lemma:
                known = lemmas.get((orth, pos, morph))
                if known is None:
                    unknown.append((len(values), (orth, pos, morph)))
                else:
                    # A memory zone forgets its strings, so that each has to be made known again.
                    lemma = add(known)
            values.append((pos, morph, lemma, answer.tag, answer.dep))
        if values:
            doc.from_array(_WRITTEN, numpy.array(values, dtype=numpy.uint64))  # type: ignore[arg-type]
        for i, key in unknown:
            token = doc[i]
            token.lemma_ = lemmas[key] = self._lemmatizer.lemmatize(token)[0]
        self._forget()
        return doc

    def _note(self, lower: int) -> int:
        """The word as the rules see it: most rules name no words, so that all that no rule names share their answers."""
        text = self._vocab.strings[lower]
        self._words[lower] = word = lower if text in self._literals or self._expressions.search(text) else 0
        return word

    def _ask(self, lower: int, tag: int, dep: int, key: tuple[int, int, int, int]) -> _Answer:
        doc = Doc(self._vocab, words=[self._vocab.strings[lower]])
        doc[0].tag, doc[0].dep = tag, dep
        given = {POS: 0, MORPH: 0, LEMMA: 0, TAG: tag, DEP: dep}
        # Later rules overrule earlier ones.
        for number in sorted(int(self._vocab.strings[match[0]]) for match in self._rules(doc, allow_missing=True)):
            given.update(self._attributes[f"{number}"])
        alone = len(given) == len(_WRITTEN) and not self._openings(doc, allow_missing=True)
        answer = self._answers[key] = _Answer(given[POS], given[MORPH], given[LEMMA], given[TAG], given[DEP], alone)
        return answer

    def _forget(self) -> None:
        if len(self._lemmas) > _KEPT or len(self._words) > _KEPT:
            self._words.clear()
            self._answers.clear()
            self._lemmas.clear()
        if len(self._lemmatizer.cache) > _KEPT:
            self._lemmatizer.cache.clear()


def _patterns(ruler: AttributeRuler) -> list[list[list[dict[str, Any]]]]:
    """The rules of a ruler: for each the patterns of tokens, any of which fits."""
    return [cast("Any", entry["patterns"]) for entry in ruler.patterns]


def word_attributes(nlp: Language) -> WordAttributes | None:
    """The tables that answer for the last two components of those that a pipeline parses with, an attribute ruler and a rule lemmatizer.

    Returns:
        The tables; None where the pipeline has not these two or their rules ask for more than a token's form, tag and label.
    """
    names = nlp.pipe_names
    if "attribute_ruler" not in names or "morphologizer" in names or names[names.index("attribute_ruler") + 1 :][:1] != ["lemmatizer"]:
        return None
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer) or lemmatizer.mode != "rule" or lemmatizer.overwrite:
        return None
    if any(token.keys() - _PATTERN_KEYS for patterns in _patterns(ruler) for pattern in patterns for token in pattern):
        return None
    return WordAttributes(nlp, ruler, lemmatizer)
