"""Attacks told again: by a definite noun, by another word, by what came of them, and beside another attack."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # another word for what was told
        ("Iranian missiles hit Erbil on Monday. The barrage lasted an hour.", {"attacker:IRN", "target:IRQ"}),
        ("Russia fired rockets at Sumy on Tuesday. Tuesday's salvo came after a quiet week.", {"attacker:RUS", "target:UKR"}),
        ("Al-Shabaab gunmen attacked a hotel in Kismayo on Monday. The onslaught was the third this year.", {"attacker:al-shabaab", "target:SOM"}),
        # who is behind it
        ("Gunmen killed six soldiers in Sokoto on Friday. Boko Haram said it was behind the assault.", {"attacker:boko-haram", "target:NGA"}),
        ("Two gunmen shot five people at a market in Adana on Monday. The PKK was behind the shooting.", {"attacker:kurdistan-workers-party", "target:TUR"}),
        # of two told before, the one whose attacker it has
        (
            "Turkey bombed a village in northern Iraq on Monday. PKK fighters shelled a post near Hakkari on Tuesday. The Turkish attack killed two.",
            {"attacker:TUR", "target:IRQ"},
        ),
        ("A patrol boat of the Kenyan navy came under fire off Lamu on Sunday.", {"target:KEN"}),
        ("Ethiopian troops have come under fire near Hudur. Al-Shabaab was blamed for the attack.", {"attacker:al-shabaab", "target:ETH"}),
        # who is said to deny that civilians are hit at all is still said to have done it
        ("Russia launched drones at Odesa on Monday, Ukrainian officials said. Russia denies targeting civilians.", {"target:UKR", "attacker:RUS"}),
    ],
)
def test_parties_of_an_attack_told_again(read: Reader, text: str, expected: set[str]) -> None:
    told = read(text)[-1]
    assert {f"{actor.role}:{actor.acts_for}" for actor in told.actors if actor.acts_for} == expected


def test_denial_that_civilians_are_hit_leaves_the_attacker(read: Reader) -> None:
    attack, denial = read("Drones hit Odesa on Monday, and Ukraine accused Russia of the attack. Moscow has denied hitting civilians.")
    assert {actor.acts_for for actor in attack.actors if actor.role == "attacker"} == {"RUS"}
    assert denial.status == "denied"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ukraine shelled Belgorod on Saturday in what Russia said was the deadliest attack on its soil since the war began.", 1),
        ("Two soldiers were killed in a drone attack on an outpost in Jordan on Sunday, the first deadly strike on American forces since May.", 1),
        ("Ethiopian jets bombed Mekelle on Monday, killing nine people at a market in Togoga.", 1),
        ("A Kenyan convoy came under fire while crossing Mandera on Monday, killing two soldiers.", 1),
        ("Indian jets bombed Balakot after a suicide attack on a police convoy in Pulwama.", 2),
        ("The army shelled Laukkai hours before an ambush on one of its patrols in Kutkai.", 2),
        ("Three people were killed after a drone strike on a bus in Zaporizhzhia.", 1),
    ],
)
def test_what_comes_of_an_attack_is_part_of_it_and_what_comes_before_is_another(read: Reader, text: str, count: int) -> None:
    assert len([mention for mention in read(text) if mention.event_type == "strike"]) == count


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister came under fire over the price of bread in Uganda.",
        "Washington fired the opening shots of a trade war with Canada on Friday.",
        "Chinese jets rehearsed mock missile strikes on the ports of Taiwan.",
        "Readers in Kenya were bombarded with signals of every kind.",
        "His rivals in Chile attacked him as weak.",
        "The explosion of prices in Turkey went on.",
        "The assault on his reputation in Peru hurt him.",
    ],
)
def test_figures_of_speech_and_exercises_are_no_attacks(read: Reader, sentence: str) -> None:
    assert [mention for mention in read(sentence) if mention.event_type == "strike"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # forces of the state that the text is about, rather than of one named in passing
        (
            "Rebels in Myanmar seized Lashio in July. China has called for calm. The army bombed Lashio on Monday.",
            {"attacker:MMR", "target:MMR"},
        ),
        ("Iran enriches uranium, and Tehran has warned Israel. An American senator urged the administration to hit Iran.", {"attacker:USA", "target:IRN"}),
        # a country that is not the attacker's
        ("Hakan Fidan held talks in Damascus on Sunday. He called on Israel to end its strikes on the country.", {"attacker:ISR", "target:SYR"}),
        # whose ship it is, whatever its name says
        ("The Houthis struck the Gibraltar Eagle, a Greek-owned vessel, on Monday.", {"attacker:houthis", "target:GRC"}),
        ("The Houthis fired a missile at a Maltese tanker on Monday. The tanker was sailing south when it was struck.", {"attacker:houthis", "target:MLT"}),
        # a charge that is neither confirmed nor denied stands
        (
            "Iran blamed Israel for an air strike on its consulate in Damascus. Israel has neither confirmed nor denied that it was behind the attack.",
            {"attacker:ISR", "target:IRN"},
        ),
        (
            "Israeli tanks fired on Gaza City on Monday, President Biden said. Israeli jets bombed a car, killing a man and his two sons.",
            {"attacker:ISR", "target:PSE"},
        ),
        ("Sudan's army fights the Rapid Support Forces. The paramilitaries shelled a camp in el-Fasher.", {"attacker:rapid-support-forces", "target:SDN"}),
        ("A Russian missile slammed into a training ground near Dnipro on Sunday.", {"attacker:RUS", "target:UKR"}),
        ("Israeli strikes pounded the southern suburbs of the Lebanese capital.", {"attacker:ISR", "target:LBN"}),
        # from whose positions
        ("Two mortar rounds fired from M23 positions landed near a Congolese base on Friday.", {"attacker:march-23-movement", "target:COD"}),
    ],
)
def test_whose_forces_and_things(read: Reader, text: str, expected: set[str]) -> None:
    told = [mention for mention in read(text) if mention.event_type == "strike"][-1]
    assert {f"{actor.role}:{actor.acts_for}" for actor in told.actors if actor.acts_for} == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Indian and Pakistani troops traded artillery strikes in 2019, when Indian jets bombed Balakot.", 2),
        ("Rockets fired from Hezbollah positions landed near an Israeli base on Monday.", 1),
        ("Al-Shabaab claimed the attack on Monday, saying it had struck a Kenyan base.", 1),
        ("Two soldiers were killed in a drone attack on Sunday, the first deadly strike on a base in Jordan this year.", 1),
        ("France won after a stunning strike by Kylian Mbappe in Berlin.", 0),
    ],
)
def test_how_many_attacks_a_sentence_tells(read: Reader, text: str, count: int) -> None:
    assert len([mention for mention in read(text) if mention.event_type == "strike"]) == count


def test_a_meeting_and_its_rank_are_one(read: Reader) -> None:
    assert len(read("Macron met Xi in Paris on Monday, the second meeting of the two leaders this year.")) == 1
