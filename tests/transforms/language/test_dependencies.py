from __future__ import annotations

import functools

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from transforms.language.dependencies import DependencySearch, dependency_search
from transforms.language.model import SentenceParser, load_model

SENTENCES = [
    "Talks began.",
    "On Monday, President Volodymyr Zelensky met German Chancellor Olaf Scholz in Berlin and asked for $2 billion.",
    "Three drones that Russia had launched hit Kharkiv Oblast, killing two people, officials said",
    "France  \n approved it",
    "What did the minister whom they met want to talk about?",
    "Paris",
    " ",
]


@functools.cache
def pipeline() -> Language:
    return load_model()


def docs() -> list[Doc]:
    """Sentences as they come to the parser."""
    nlp = pipeline()
    found = [nlp.make_doc(text) for text in SENTENCES]
    for doc in found:
        for token in doc:
            token.is_sent_start = token.i == 0
    return list(nlp.pipe(found, disable=["parser", "attribute_ruler", "lemmatizer", "ner"]))


def trees(found: list[Doc]) -> list[list[tuple[int, str, bool]]]:
    return [[(token.head.i, token.dep_, bool(token.is_sent_start)) for token in doc] for doc in found]


def search() -> DependencySearch:
    found = dependency_search(pipeline().get_pipe("parser"))
    assert found is not None
    return found


def test_it_parses_as_spacy_does() -> None:
    own, component = docs(), docs()
    search().parse(own)
    for _ in pipeline().get_pipe("parser").pipe(component):  # type: ignore[attr-defined]
        pass
    assert trees(own) == trees(component)
    assert [token.dep_ for token in own[0]] == ["nsubj", "ROOT", "punct"]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_sentence_has_the_same_tree_in_any_batch(size: int) -> None:
    together, apart = docs(), docs()
    search().parse(together)
    for first in range(0, len(apart), size):
        search().parse(apart[first : first + size])
    assert trees(together) == trees(apart)


def test_no_documents_are_no_error() -> None:
    search().parse([])
    search().parse([Doc(pipeline().vocab, words=[])])


def test_another_kind_of_model_is_left_to_spacy() -> None:
    assert dependency_search(pipeline().get_pipe("tagger")) is None
    assert dependency_search(pipeline().get_pipe("attribute_ruler")) is None


def test_sentences_are_sorted_for_the_search_and_come_back_in_order() -> None:
    parser = SentenceParser(pipeline())
    assert [parse.text for parse in parser.parse((text, []) for text in SENTENCES)] == SENTENCES
