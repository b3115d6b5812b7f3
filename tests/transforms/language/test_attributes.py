from __future__ import annotations

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from transforms.language.attributes import WordAttributes, word_attributes
from transforms.language.model import load_model

SENTENCES = [
    "There's nothing that we ain't gonna do, but let's go.",
    "U.S. forces struck two of Iran's sites; they did not say which, and it hurt them.",
    "He has met those leaders who had met him  twice\nbefore he'd got to Paris.",
    "Talks were held by phone, as the Minister's envoys told both sides to stop shelling the lines.",
    "I said that it is you.",
]
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()} | {"nothin'", "\n", "y'", "all", "got", "ta", "bombings", "QZX"})


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


@pytest.fixture(scope="module")
def tables(nlp: Language) -> WordAttributes:
    found = word_attributes(nlp)
    assert found is not None
    return found


def _by_the_components(nlp: Language, doc: Doc) -> Doc:
    return nlp.get_pipe("lemmatizer")(nlp.get_pipe("attribute_ruler")(doc))


def _all(doc: Doc) -> list[tuple[str, ...]]:
    return [(token.text, token.pos_, str(token.morph), token.lemma_, token.tag_, token.dep_, f"{token.head.i}") for token in doc]


@pytest.mark.parametrize("text", SENTENCES)
def test_tables_say_what_the_components_say(nlp: Language, tables: WordAttributes, text: str) -> None:
    first, second, third = (nlp(text, disable=["attribute_ruler", "lemmatizer", "ner"]) for _ in range(3))
    expected = _all(_by_the_components(nlp, first))
    assert _all(tables(second)) == expected
    assert _all(tables(third)) == expected, "the second time the answers are remembered"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.data())
def test_tables_say_what_the_components_say_of_any_tags_and_labels(nlp: Language, tables: WordAttributes, data: st.DataObject) -> None:
    tags, labels = nlp.get_pipe("tagger").labels, nlp.get_pipe("parser").labels
    words = data.draw(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(tags), st.sampled_from(labels)), min_size=1, max_size=6))
    docs = [Doc(nlp.vocab, words=[word for word, _, _ in words]) for _ in range(2)]
    for doc in docs:
        for token, (_, tag, label) in zip(doc, words, strict=True):
            token.tag_, token.dep_ = tag, label
    assert _all(tables(docs[1])) == _all(_by_the_components(nlp, docs[0]))


def test_answers_outlive_a_memory_zone(nlp: Language, tables: WordAttributes) -> None:
    for _ in range(2):
        with nlp.memory_zone():
            doc = tables(nlp("Zorbians bombarded the Vlixes.", disable=["attribute_ruler", "lemmatizer", "ner"]))
            assert [token.lemma_ for token in doc][1] == "bombard"


def test_a_pipeline_without_the_two_has_no_tables() -> None:
    assert word_attributes(spacy.blank("en")) is None
