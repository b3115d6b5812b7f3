from __future__ import annotations

import functools

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from transforms.language.entities import EntityFinder, entity_finder
from transforms.language.model import load_model

SENTENCES = [
    "Talks began.",
    "On Monday, President Volodymyr Zelensky met German Chancellor Olaf Scholz in Berlin and asked for $2 billion.",
    "The European Union and NATO agreed.",
    "Three drones hit Kharkiv Oblast, Ukraine, on 5 March 2024, killing two people",
    "France  \n approved it",
    "Paris",
    " ",
]


@functools.cache
def pipeline() -> Language:
    return load_model()


def docs() -> list[Doc]:
    nlp = pipeline()
    found = [nlp.make_doc(text) for text in SENTENCES]
    for doc in found:
        for token in doc:
            token.is_sent_start = token.i == 0
    return found


def entities(found: list[Doc]) -> list[list[tuple[str, str]]]:
    return [[(ent.text, ent.label_) for ent in doc.ents] for doc in found]


def finder() -> EntityFinder:
    found = entity_finder(pipeline().get_pipe("ner"))
    assert found is not None
    return found


def test_it_finds_what_spacy_finds() -> None:
    own, component = docs(), docs()
    finder().find(own)
    for _ in pipeline().get_pipe("ner").pipe(component):  # type: ignore[attr-defined]
        pass
    assert entities(own) == entities(component)
    assert [[token.ent_iob_ for token in doc] for doc in own] == [[token.ent_iob_ for token in doc] for doc in component]
    assert ("Berlin", "GPE") in entities(own)[1]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_sentence_has_the_same_entities_in_any_batch(size: int) -> None:
    together, apart = docs(), docs()
    finder().find(together)
    for first in range(0, len(apart), size):
        finder().find(apart[first : first + size])
    assert entities(together) == entities(apart)


def test_no_documents_are_no_error() -> None:
    finder().find([])
    finder().find([Doc(pipeline().vocab, words=[])])


def test_another_kind_of_model_is_left_to_spacy() -> None:
    assert entity_finder(pipeline().get_pipe("parser")) is None
    assert entity_finder(pipeline().get_pipe("tagger")) is None
    assert entity_finder(pipeline().get_pipe("attribute_ruler")) is None
