"""Parses as plain objects: what they say of a word is what spaCy says, and their order hangs on no place in memory."""

from __future__ import annotations

import pytest

from transforms.language.model import SentenceParser, load_model
from transforms.language.parse import ParseReader
from transforms.language.sentences import split_sentences

TEXT = (
    "Russia’s President Vladimir Putin, who met with officials from the U.S. on Tuesday, said he won't attend the G20 summit — not now. "
    "Drones hit a hospital in Kharkiv, killing at least 12 people and wounding 30 more, officials said. "
    'What the minister announced, she told reporters, "is a package worth $3.5 billion" (about half of it in loans), to be given by 2026. '
    "A hearing is scheduled on the issue today. Which of the two would they rather give it to?"
)
WORDS = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "whitespace_", "ent_type_", "is_punct", "is_alpha", "is_lower", "is_title")


@pytest.fixture(scope="module")
def parses():
    parser = SentenceParser(load_model())
    found = list(parser.parse((TEXT[span.start : span.end], []) for span in split_sentences(TEXT)))
    parser.find_entities(found)
    return found


def test_words_are_those_of_spacy(parses):
    for parse in parses:
        assert parse.text == parse.doc.text
        for own, token in zip(parse, parse.doc, strict=True):
            assert [getattr(own, name) for name in WORDS] == [getattr(token, name) for name in WORDS]
            assert len(own) == len(token)


def test_trees_are_those_of_spacy(parses):
    def places(tokens):
        return [token.i for token in tokens]

    for parse in parses:
        for own, token in zip(parse, parse.doc, strict=True):
            assert own.head.i == token.head.i
            assert places(own.children) == places(token.children)
            assert places(own.ancestors) == places(token.ancestors)
            assert places(own.subtree) == places(token.subtree)
            assert (own.left_edge.i, own.right_edge.i) == (token.left_edge.i, token.right_edge.i)
            assert [own.is_ancestor(other) for other in parse] == [token.is_ancestor(other) for other in parse.doc]


def test_trees_with_crossing_arcs_are_those_of_spacy():
    doc = load_model().make_doc("A hearing is scheduled on the issue today")
    for token, head in zip(doc, (1, 3, 3, 3, 1, 6, 4, 3), strict=True):
        token.head = doc[head]
    parse = ParseReader(doc.vocab).read(doc)
    for own, token in zip(parse, doc, strict=True):
        assert [each.i for each in own.children] == [each.i for each in token.children]
        assert (own.left_edge.i, own.right_edge.i) == (token.left_edge.i, token.right_edge.i)


def test_phrases_are_those_of_spacy(parses):
    for parse in parses:
        assert parse[2:1].text == ""
        for first in range(len(parse)):
            for last in range(first + 1, len(parse) + 1):
                assert parse[first:last].text == parse.doc[first:last].text
                assert parse[first:last].root.i == parse.doc[first:last].root.i


def test_entities_are_those_of_spacy(parses):
    assert any(parse.ents for parse in parses)
    for parse in parses:
        assert [(ent.phrase.text, ent.label) for ent in parse.ents] == [(ent.text, ent.label_) for ent in parse.doc.ents]


def test_neighbours_end_with_the_sentence(parses):
    parse = parses[0]
    assert parse[3].nbor().i == 4
    assert parse[3].nbor(-1).i == 2
    for token, distance in ((parse[0], -1), (parse[len(parse) - 1], 1)):
        with pytest.raises(IndexError):
            token.nbor(distance)


def test_order_of_a_set_is_that_of_the_text(parses):
    tokens = parses[0].tokens[:20]
    assert list({*reversed(tokens)}) == tokens
