from __future__ import annotations

import pytest

from transforms.events.frames import frames, parse_frame
from transforms.language.gate import Gate, Side, Sides, candidate_sentences
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
            if trigger.step is not None and trigger.theme not in (("self",), ("act",)):
                words += ["of" if "of" in trigger.theme else trigger.theme[0], *(min(each) for each in frame.thing_words["aid"][0])]
            if trigger.destination.category is not None:
                words += ["to", "Paris"]
            if trigger.require is None and trigger.forbid is None:
                text = "They " + " ".join(words) + "."
                assert candidate_sentences(text, split_sentences(text)) == [0], trigger.name


GIVING = """
event_type = "aid_decision"

[lexicons]
aid_nouns = ["aid"]
support_nouns = ["support", "fund"]
kinds = ["military"]
goods = ["truck"]
definite = ["the"]
elsewhere = ["refugee", "government"]
own_too = ["government"]
abroad = ["humanitarian"]
for_others = ["humanitarian", "latin america"]

[thing_words]
aid = [["aid_nouns"], ["support_nouns", "kinds"]]
goods = [["goods"]]
told = [["support_nouns", "definite"]]

[[triggers]]
name = "give"
step = "give"
lemmas = ["give", "fund"]
pos = "verb"
theme = "object"

[[triggers]]
name = "supply-with"
step = "give"
lemmas = ["supply"]
pos = "verb"
theme = "with"

[[triggers]]
name = "aid-noun"
step = "noun"
lemmas = ["support"]
pos = "noun"
theme = "self"
things = ["aid"]
"""
HOME, GERMANY, UKRAINE = (Side(0, "USA", "state"), Side(0, "DEU", "state"), Side(0, "UKR", "state"))


def chosen(text: str, *sides: Side, home: str | None = None) -> list[int]:
    return Gate([parse_frame(GIVING)]).choose(text, split_sentences(text), lambda: Sides(sides, home))


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("It gave aid.", True),
        ("It gave support.", False),
        ("It gave military support.", True),
        ("It gave support to a company of actors, who were on tour far away from home, and to the military.", False),
        ("It supplies aid.", False),
        ("It supplies the army with aid.", True),
        ("Aid comes with it and supplies.", False),
        ("It funds.", False),
        ("Military support.", True),
        ("Support, and aid for others.", False),
    ],
)
def test_a_step_passes_where_its_thing_may_stand(sentence: str, kept: bool) -> None:
    assert chosen(sentence, GERMANY, UKRAINE) == ([0] if kept else [])


@pytest.mark.parametrize(
    ("sentence", "sides", "home", "kept"),
    [
        ("It gave trucks.", (GERMANY, UKRAINE), None, True),
        ("It gave trucks.", (GERMANY,), None, False),
        ("It gave trucks to refugees.", (GERMANY,), None, True),
        ("It gave trucks.", (HOME,), "USA", False),
        ("It gave trucks.", (UKRAINE,), "USA", True),
        ("It gave aid.", (), None, False),
        ("It gave aid.", (GERMANY,), None, True),
        ("It gave aid.", (HOME,), "USA", False),
    ],
)
def test_a_step_passes_where_somebody_may_give_to_another(sentence: str, sides: tuple[Side, ...], home: str | None, kept: bool) -> None:
    assert chosen(sentence, *sides, home=home) == ([0] if kept else [])


def test_names_count_from_shortly_before() -> None:
    assert chosen("Germany came. It gave aid.", GERMANY) == [1]
    assert chosen("Germany came. " + "So it went on and on. " * 10 + "It gave aid.", GERMANY) == []


def test_names_count_near_the_step_alone() -> None:
    between = "which had been said again and again by those who were there and by those who were not, "
    assert chosen(f"It gave aid, {between}to Ukraine.", Side(0, "USA", "state"), Side(105, "UKR", "state"), home="USA") == [0]
    assert chosen(f"It gave aid, {between * 2}to Ukraine.", Side(0, "USA", "state"), Side(195, "UKR", "state"), home="USA") == []


def test_a_thing_counts_near_the_step_alone() -> None:
    assert chosen("It gave to those who had lost their homes in the flood some aid.", GERMANY) == [0]
    assert chosen("It gave to those who had lost their homes in the flood and who had nothing any more some aid.", GERMANY) == []


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("It gave aid to refugees.", True),
        ("It gave humanitarian aid.", True),
        ("It gave aid to Latin America.", True),
        ("It gave aid to the government.", False),
    ],
)
def test_words_for_others_do_without_a_name_unless_they_can_be_its_own_people(sentence: str, kept: bool) -> None:
    assert chosen(sentence, HOME, home="USA") == ([0] if kept else [])
    assert chosen(sentence, HOME, Side(3, "UKR", "state"), home="USA") == [0]


def test_what_was_told_passes_behind_a_step() -> None:
    assert chosen("It gave aid. It gave the support.", GERMANY) == [0, 1]
    assert chosen("It gave the support.", GERMANY) == []


KILLING = """
event_type = "strike"

[lexicons]
groups_armed = ["gunman"]

[[triggers]]
name = "kill"
lemmas = ["kill"]
pos = "verb"
subject = "@armed_group"
"""


@pytest.mark.parametrize(
    ("text", "groups", "kept"),
    [
        ("A bus crash killed two.", (), []),
        ("Gunmen killed two.", (), [0]),
        ("Soldiers killed two.", (), [0]),
        ("Hamas killed two.", (Side(0, "hamas", "armed_group"),), [0]),
        ("Hamas came. They killed two.", (Side(0, "hamas", "armed_group"),), [1]),
        ("Hamas came. A crash killed two.", (Side(0, "hamas", "armed_group"),), []),
        ("Two gunmen were also killed in the town.", (), []),
        ("Two people have been killed by gunmen.", (), [0]),
        ("Two gunmen were in the town and killed two.", (), [0]),
    ],
)
def test_what_armed_groups_alone_do_passes_where_one_is_named(text: str, groups: tuple[Side, ...], kept: list[int]) -> None:
    assert Gate([parse_frame(KILLING)]).choose(text, split_sentences(text), lambda: Sides(groups, None)) == kept


STRIKING = """
event_type = "strike"

[lexicons]
weapons = ["strike", "drone"]

[[triggers]]
name = "hit"
lemmas = ["strike", "hit"]
pos = "verb"
agent = "weapons"

[[triggers]]
name = "told-before"
lemmas = ["blast"]
pos = "noun"
kind = "told_before"
"""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A drone strikes the town.", [0]),
        ("An earthquake strikes the town.", []),
        ("A strike hits the town.", [0]),
        ("The blast killed two.", []),
        ("It rained. The blast killed two.", []),
        ("A drone hit the town. The blast killed two.", [0, 1]),
    ],
)
def test_a_word_is_no_weapon_of_its_own_and_goes_back_only_to_what_may_be_told(text: str, kept: list[int]) -> None:
    assert Gate([parse_frame(STRIKING)]).choose(text, split_sentences(text)) == kept


GOING = """
event_type = "meeting"

[[triggers]]
name = "travel"
lemmas = ["travel", "return"]
pos = "verb"
subject = "@official"
destination = "@abroad"

[[triggers]]
name = "receive"
lemmas = ["receive"]
pos = "verb"
object = "@persons"
no_object = ["refugee", "speech"]

[[triggers]]
name = "support"
lemmas = ["support"]
pos = "noun"
"""


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("He travelled to Rome.", True),
        ("He travelled on Monday to the Italian capital.", True),
        ("He returned to Élysée.", True),
        ("He travelled widely.", False),
        ("In Rome he travelled.", False),
        ("The money returned to where it was.", False),
        ("The king received ministers.", True),
        ("He received her.", True),
        ("It received a Secretary of State.", True),
        ("It received a letter.", False),
        ("The minister received a letter.", False),
        ("The minister was received at the palace.", True),
        ("The envoys whom the king received left.", True),
        ("The envoys, received there by nobody, left.", True),
        ("The envoys had received a letter.", False),
        ("They received refugees from other ministers.", False),
        ("They received the new refugees, ministers said.", False),
        ("They received refugee ministers.", True),
        ("They received the minister of refugees.", True),
        ("The king's travel to Rome.", True),
        ("The travel to Rome.", False),
        ("Her travel to Rome.", True),
        ("The Travel to Rome.", False),
        ("Their support.", True),
        ("All supports.", True),
        ("They supported it.", False),
    ],
)
def test_a_verb_passes_where_its_slots_may_be_filled_and_a_noun_in_its_own_forms(sentence: str, kept: bool) -> None:
    assert Gate([parse_frame(GOING)]).choose(sentence, split_sentences(sentence), lambda: Sides((), None)) == ([0] if kept else [])


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Eleven people were hurt in a fire at a market in Nairobi.", False),
        ("Soldiers fired at a market in Nairobi.", True),
        ("The armed forces of Kenya captured the town.", False),
        ("Kenya arms the militia.", True),
        ("Two navy helicopters collided, killing ten crew members.", False),
        ("Navy gunmen opened the door, killing ten crew members.", True),
    ],
)
def test_what_only_looks_like_arms_opens_no_sentence(sentence: str, kept: bool) -> None:
    assert candidate_sentences(sentence, split_sentences(sentence)) == ([0] if kept else [])
