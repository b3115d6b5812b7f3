"""What the small model gets wrong and the words decide: prepositions without their object, generations as subjects, agents of active verbs."""

from __future__ import annotations

import pytest

from transforms.language.model import Name, SentenceParser, load_model


@pytest.fixture(scope="module")
def parser():
    return SentenceParser(load_model())


def word(doc, text):
    return next(token for token in doc if token.text == text)


def test_noun_behind_a_bare_preposition_is_its_object(parser):
    text = "The envoy spoke today with Prime Minister Carla Moreno of Chile to congratulate her on her election."
    doc = next(parser.parse([(text, [])]))
    assert word(doc, "Moreno").dep_ == "pobj"
    assert word(doc, "Moreno").head.text == "with"


def test_owned_names_stand_side_by_side(parser):
    doc = next(parser.parse([("The envoy spoke with Kenya's William Ruto and Rwanda's Paul Kagame.", [])]))
    assert [(word(doc, name).dep_, word(doc, name).head.text) for name in ("Ruto", "Kagame", "Rwanda")] == [
        ("pobj", "with"),
        ("conj", "Ruto"),
        ("poss", "Kagame"),
    ]


def test_generation_is_no_subject(parser):
    doc = next(parser.parse([("Senator John Carter, Jr. met the mayor.", [])]))
    assert [token.text for token in doc if token.dep_ == "nsubj"] == ["Carter"]


def test_active_verb_has_no_agent(parser):
    doc = next(parser.parse([("The president and his counterpart talked by video link for three hours.", [])]))
    assert not [token for token in doc if token.dep_ == "agent"]


def test_known_name_is_one_token_with_its_own_text_and_offsets(parser):
    text = "Mohammed Shia al-Sudani met the envoy."
    doc = next(parser.parse([(text, [Name(0, 23, "Smith")])]))
    assert doc.text == text
    assert doc[0].text == "Mohammed Shia al-Sudani"
    assert (doc[0].dep_, doc[1].idx) == ("nsubj", 24)


def test_aid_that_begins_a_sentence_is_a_noun(parser):
    doc = next(parser.parse([("Aid deliveries to Gaza were halted by Israel.", [])]))
    assert (doc[0].tag_, doc[0].dep_, doc[1].dep_) == ("NN", "compound", "nsubjpass")


@pytest.mark.parametrize(("verb", "lemma"), [("hopes", "hope"), ("hoped", "hope"), ("hoping", "hope"), ("staged", "stage"), ("waging", "wage")])
def test_forms_of_a_frequent_verb_are_none_of_a_rare_one(parser, verb, lemma):
    doc = next(parser.parse([(f"The minister {verb if not verb.endswith('ing') else f'is {verb}'} to win a war.", [])]))
    assert word(doc, verb).lemma_ == lemma


def test_who_stands_behind_with_is_no_subject_of_the_infinitive(parser):
    text = "The envoy spoke today with Prime Minister Ishiba Shigeru of Japan and President Carla Moreno of Chile to advance cooperation."
    doc = next(parser.parse([(text, [])]))
    assert (word(doc, "Shigeru").dep_, word(doc, "Shigeru").head.text, word(doc, "with").head.text) == ("pobj", "with", "spoke")


def test_delegates_stand_beside_who_is_named(parser):
    text = "He met in Oslo with Admiral John Carter, Commander, Third Fleet Command and senior officials from Australia, Japan and Chile on trade."
    doc = next(parser.parse([(text, [])]))
    assert (word(doc, "officials").dep_, word(doc, "officials").head.text, word(doc, "from").head.text) == ("conj", "Carter", "officials")
