"""Words for attacks beside hitting and shelling: planes, cars full of explosives, bullets, makes of weapons."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A pair of missiles hit the port of Odesa on Thursday.", "target:UKR"),
        ("An Israeli plane hit a car near Tyre.", "attacker:ISR+target:LBN"),
        ("Syrian helicopters struck a market in Idlib.", "attacker:SYR+target:SYR"),
        ("A car packed with explosives blew up near the Red Fort in Delhi, killing eight people.", "target:IND"),
        ("Saboteurs of Ukraine's military intelligence blew up a railway line near Volgograd.", "attacker:UKR+target:RUS"),
        ("The Irish Republican Army set off a bomb in a Belfast store.", "attacker:provisional-ira+target:GBR"),
        ("Gunmen sprayed the crowd in Kingston with automatic fire.", "target:JAM"),
        # where a fire is told of as well
        ("Israeli troops fired on villagers who fought the fire near Tyre, Lebanon.", "attacker:ISR+target:LBN"),
        ("Turkish intelligence neutralised a member of the PKK in northern Iraq.", "attacker:TUR+target:kurdistan-workers-party"),
        ("A bomb wrecked the offices of a newspaper in Bogota.", "target:COL"),
        ("A cruise missile knocked out a substation in Lviv.", "target:UKR"),
        ("American bombers dropped fourteen bunker busters on the plant of Fordow in Iran.", "attacker:USA+target:IRN"),
        # flown by people, and not drones
        ("Rebels shot down an Ethiopian military helicopter over Somalia.", "target:ETH"),
        ("The Houthis claim that they shot down a U.S. fighter jet over Yemen.", "attacker:houthis+target:USA"),
        ("The Taliban says the Afghan military has repelled Pakistani warplanes over Kabul.", "attacker:PAK+target:AFG"),
        ("The Houthis claim to have shot down a United States MQ-9 Reaper drone in the Red Sea.", "attacker:houthis+target:USA"),
        ("Two pilots died when rebels shot down a military helicopter near Lashio, Myanmar.", "target:MMR"),
        ("Five people are killed by Ukrainian shelling in Karpaty, in Russian-occupied Luhansk Oblast.", "attacker:UKR+target:RUS"),
        (
            "Four men are killed during an ambush by Jama'at Nasr al-Islam wal Muslimin militants in Mali.",
            "attacker:jama-at-nasr-al-islam-wal-muslimin+target:MLI",
        ),
        ("A Ukrainian vessel is destroyed in a Russian anti-ship missile strike near Odesa.", "attacker:RUS+target:UKR"),
        ("Men are held in Berlin, Germany, for preparing a terrorist attack on behalf of Hamas.", "attacker:hamas+target:DEU"),
        ("A woman was arrested after ramming her car into a synagogue in Lyon, France.", "target:FRA"),
        ("A man plowed his van into a festival in Graz, Austria.", "target:AUT"),
        ("Five people were killed in a series of roadside explosions in Mogadishu, Somalia.", "target:SOM"),
        ("Nine soldiers are injured in an improvised explosive device explosion in Gaza City.", "target:PSE"),
        ("A report points to the Israel Defense Forces opening fire on crowds of Palestinians in Rafah, Gaza.", "attacker:ISR+target:PSE"),
        ("The army blames the militant group Boko Haram due to its frequent targeting of civilians.", "attacker:boko-haram"),
        # what a campaign or wave is made of
        ("The Israeli Air Force launches a bombing campaign against Iran targeting nuclear facilities.", "attacker:ISR+target:IRN"),
        ("Two farmers are killed in a new wave of Russian cruise missile strikes across Ukraine.", "attacker:RUS+target:UKR"),
        ("Three foreign workers were injured by Hezbollah rocket strikes on Haifa.", "attacker:hezbollah+target:ISR"),
        ("The deputy head of the Syrian intelligence service was shot dead in Damascus.", "target:SYR"),
    ],
)
def test_ways_of_attack(read: Reader, text: str, expected: str) -> None:
    (found,) = read(text)
    assert found.event_type == "strike"
    assert "+".join(sorted({f"{actor.role}:{actor.acts_for}" for actor in found.actors if actor.acts_for})) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A plane fighting a fire crashed into a lake in Montana, killing the pilot.",
        "The helicopter hit a hillside near Killarney, killing two people.",
        "Iran warned that the sanctions would blow up the talks.",
        "A truck drove into a ditch near Lyon.",
        "The car burst into flames near the Red Fort in Delhi.",
        "Engineers set off a controlled explosion in Leeds to test a bridge.",
        "A police aircraft crashes on a test flight near Hua Hin, Thailand, killing six people.",
        "A Bulgarian Air Force jet crashes during rehearsals for an air show at an air base near Plovdiv, Bulgaria, killing both pilots.",
        "Air raid sirens sounded on the Korean island of Jeju.",
        "A convicted killer died in a prison in Ohio after being attacked by another inmate.",
        "Two teenagers were charged with the gang rape of a girl in Lyon, France, in an attack that shocked many.",
        "Three settlers were hurt in a stone-throwing attack near Hebron.",
        "An unmanned balloon was shot down by a storm off Norway.",
        "Workers at a plant in Hamburg, Germany, begin a strike on Monday.",
        "A heart attack killed the singer in London.",
    ],
)
def test_no_attack(read: Reader, text: str) -> None:
    assert [each for each in read(text) if each.event_type == "strike"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # how it was done, what is done together, and what an attack is called behind it
        ("A senior Hamas commander is assassinated in an Israeli airstrike on a car in Sidon, Lebanon.", [("ISR", "hamas")]),
        ("Two civilians are killed in Israeli airstrikes and shelling in southern Lebanon.", [("ISR", "LBN")]),
        ("Ukraine strikes targets in Bryansk, hitting depots, in what Kyiv calls its most massive attack so far.", [("UKR", "RUS")]),
        ("Kenya warned of an Iranian attack on Israel, saying that such an attack would have consequences.", [("IRN", "ISR")]),
        ("Nine people are killed in an attack when Boko Haram militants storm a village in Borno State, Nigeria.", [("boko-haram", "NGA")]),
        # two attacks
        ("Russian jets bombed a market in Syria before Israeli missiles hit a hotel in Lebanon.", [("RUS", "SYR"), ("ISR", "LBN")]),
    ],
)
def test_one_attack_or_two(read: Reader, text: str, expected: list[tuple[str, str]]) -> None:
    told = [each for each in read(text) if each.event_type == "strike"]
    sides = [{actor.role: actor.acts_for for actor in each.actors} for each in told]
    assert [(each.get("attacker"), each.get("target")) for each in sides] == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A man is arrested by police in Lyon, France, following attacks on offices of a bank.", "occurred"),
        ("Officials accuse Ukraine of being behind the attacks in Donetsk.", "occurred"),
        ("The U.S. attack on Iran was due to an Israeli plan.", "occurred"),
        ("The U.S. attack on Iran was due to begin on Friday.", "planned"),
    ],
)
def test_whether_it_happened(read: Reader, text: str, status: str) -> None:
    assert [each.status for each in read(text) if each.event_type == "strike"] == [status]
