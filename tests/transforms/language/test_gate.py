from __future__ import annotations

import pytest

from transforms.events.frames import frames, parse_frame
from transforms.language.gate import Gate, candidate_sentences
from transforms.language.sentences import split_sentences

FRAME = """
event_type = "strike"

[lexicons]
shots = ["missile", "bomb"]

[[triggers]]
name = "fire"
lemmas = ["fire", "launch"]
pos = "verb"
object = "shots"
forbid = 'test[- ]fir'

[[triggers]]
name = "raid"
lemmas = ["raid"]
pos = "noun"
require = 'air raids?'

[[triggers]]
name = "talks"
lemmas = ["talk"]
forms = ["talks"]
pos = "noun"
"""


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Rebels fired two missiles.", True),
        ("Rebels FIRED two Missiles.", True),
        ("“Missiles”—launched by rebels.", True),
        ("Rebels fired their general.", False),
        ("Rebels were fireproof to missiles.", False),
        ("The navy test-fired missiles.", False),
        ("An air raid killed two.", True),
        ("A police raid found two, away from the air raid.", True),
        ("A police raid found two.", False),
        ("Talks began.", True),
        ("They talk.", False),
        ("Nothing.", False),
        ("", False),
    ],
)
def test_a_sentence_passes_where_all_words_of_a_trigger_stand(sentence: str, kept: bool) -> None:
    gate = Gate([parse_frame(FRAME)])
    assert gate.choose(sentence, split_sentences(sentence)) == ([0] if kept else [])


def test_words_count_in_their_own_sentence_alone() -> None:
    text = "They fired. The missiles stayed. The Ἄλφα ‘İstanbul’ 𝔘 fired missiles."
    assert Gate([parse_frame(FRAME)]).choose(text, split_sentences(text)) == [2]


def test_every_trigger_passes_with_its_own_words() -> None:
    for frame in frames().values():
        for trigger in frame.triggers:
            words = [
                min(trigger.forms or trigger.lemmas),
                *(min(each.lemmas) for each in (trigger.object, trigger.agent, trigger.subject) if each.lemmas),
            ]
            words += sorted(frame.themes)[:1]
            if trigger.require is None and trigger.forbid is None:
                text = " ".join(words).capitalize() + "."
                assert candidate_sentences(text, split_sentences(text)) == [0], trigger.name
