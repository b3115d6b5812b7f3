"""Logical subjects and objects: who does what to whom, whatever the voice and the clause."""

from __future__ import annotations

import pytest

from transforms.events.arguments import agents, patients
from transforms.language.model import SentenceParser, load_model

# Sentence, verb, who does it, what it is done to.
SENTENCES = [
    ("The army shelled the town.", "shelled", "army", "town"),
    ("The town was shelled by the army and its allies.", "shelled", "army allies", "town"),
    ("The town was shelled overnight.", "shelled", "", "town"),
    ("Rockets launched by the militia hit a school.", "launched", "militia", "Rockets"),
    ("The minister and his deputy met reporters.", "met", "minister deputy", "reporters"),
    ("The envoy flew to Oslo and met the mediators.", "met", "envoy", "mediators"),
    ("The general, who ordered the raid, has resigned.", "ordered", "general", "raid"),
    ("The king urged the parliament to send medicine.", "send", "parliament", "medicine"),
    ("The council plans to visit the camp.", "visit", "council", "camp"),
    ("The premier thanked the Poles for providing tanks.", "providing", "Poles", "tanks"),
    ("Officials accused the rebels of bombing the bridge.", "bombing", "rebels", "bridge"),
    ("The militia claimed attacks on the port, which killed nine sailors.", "killed", "attacks", "sailors"),
    ("The air force shot down 38 of 45 drones.", "shot", "force", "38 drones"),
]


@pytest.fixture(scope="module")
def parser():
    return SentenceParser(load_model())


@pytest.mark.parametrize(("sentence", "verb", "doing", "done_to"), SENTENCES, ids=[sentence for sentence, *_ in SENTENCES])
def test_who_does_what_to_whom(parser, sentence, verb, doing, done_to):
    (parse,) = parser.parse([(sentence, [])])
    token = next(each for each in parse if each.text == verb)
    assert " ".join(each.text for each in agents(token)) == doing
    assert " ".join(each.text for each in patients(token)) == done_to
