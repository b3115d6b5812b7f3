"""Whom an attack hits: whose ground, people and ships, by the words before and behind what is hit."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whose a place is by what stands behind it
        ("French jets carried out a strike on a bunker held by the Islamic State near Raqqa.", {"attacker:FRA", "target:islamic-state"}),
        ("Israel struck a gathering of Hamas fighters in Khan Younis on Friday.", {"attacker:ISR", "target:hamas"}),
        ("Rebels shelled the headquarters of the Sudanese army in El Obeid.", {"target:SDN"}),
        ("Hezbollah fired rockets at the outpost of an IDF brigade on Mount Hermon.", {"attacker:hezbollah", "target:ISR"}),
        # whose it is by a pronoun, or by the nation before its name
        ("Russia says that a drone attack on its Morozovsk Air Base has killed two servicemen.", {"target:RUS"}),
        ("Ukraine claims to have sunk the Russian ship Novy Mir in the Black Sea.", {"attacker:UKR", "target:RUS"}),
        ("Ukrainian forces sank the missile corvette Novy Mir near Sevastopol.", {"attacker:UKR", "target:UKR"}),
        # a name before an attack that is what it hits; a subject that the parser reads into the verb
        ("Two men were charged over the Iranian consulate bombing in Karachi.", {"target:IRN"}),
        ("Islamic State militants launch attacks on a town in northeastern Syria.", {"attacker:islamic-state", "target:SYR"}),
        # the one state beside the attacker's
        ("Loans will help Ukraine to repair its grid following Russian attacks.", {"attacker:RUS", "target:UKR"}),
        # who acts for nobody is still somebody's people
        ("Gunmen in Kabul shot three Dutch soldiers and Afghan civilians.", {"target:NLD", "target:AFG"}),
        # who holds a part of the country; a list that names whose it is
        ("The U.S. military launches air raids across Houthi-controlled areas of Yemen.", {"attacker:USA", "target:houthis"}),
        ("The U.S. military launches air raids across mountainous areas of Yemen.", {"attacker:USA", "target:YEM"}),
        ("Officials report that the UNESCO World Heritage Site of the old town in Isfahan, Iran, is damaged by an airstrike.", {"target:IRN"}),
        # over whose ground it flies does not matter
        ("The Houthis shot down a cargo plane near Marib, Yemen.", {"attacker:houthis"}),
        # soldiers abroad, and not the ground that they stand on
        ("Three American service members were killed in a drone attack in northeastern Jordan.", {"target:USA"}),
        ("Three American service members were killed in a drone attack on a base in northeastern Jordan.", {"target:JOR", "target:USA"}),
        ("Two Kenyan soldiers were killed in a bomb attack in Somalia.", {"target:KEN"}),
        # whose ground a house with a name stands on
        ("Two car bombs exploded outside the Ministry of Education in Mogadishu.", {"target:SOM"}),
        ("RSF fighters shelled the Saudi Maternity Hospital in El Fasher.", {"attacker:rapid-support-forces", "target:SDN"}),
        # a part of a town, and no other town
        ("A schoolboy was killed in a knife attack in east London.", {"target:GBR"}),
        # who is behind it
        ("Poland accuses Belarus of being behind the attack on its consulate.", {"attacker:BLR", "target:POL"}),
        # theirs of whom it is said, not the subject's
        ("Kyiv will hold Russia accountable for its attacks on Ukrainian towns.", {"attacker:RUS", "target:UKR"}),
        # who leads a group, and whom a group calls its own, is hit as one of it
        ("Israel killed Ali Haddad, the head of a unit of Hezbollah, in an airstrike in Tyre, Lebanon.", {"attacker:ISR", "target:hezbollah"}),
        ("Lebanon marks a year since the assassination of Hassan Nasrallah.", {"target:hezbollah"}),
        ("Officials spoke about Hassan Nasrallah's assassination.", {"target:hezbollah"}),
        ("Officials spoke about Israel's assassination of Hassan Nasrallah.", {"attacker:ISR", "target:hezbollah"}),
        # warships over a sea defend whoever sails there
        ("The Royal Navy's HMS Diamond shoots down a drone launched by Houthi forces over the Red Sea.", {"attacker:houthis"}),
        # whose ground it is and whose people; who answers an attack was hit
        ("An Iranian attack on an air base in Kenya injures ten American soldiers.", {"attacker:IRN", "target:KEN", "target:USA"}),
        ("Israel sends corvettes to the Red Sea in response to missile and drone attacks from Yemen.", {"target:ISR"}),
        ("The United Arab Emirates's air defences intercept six missiles launched by Iran.", {"attacker:IRN", "target:ARE"}),
        # where people come from is not whose they are
        ("Four ethnic Greeks are killed after a village near Mariupol is bombarded by the Russian Air Force.", {"attacker:RUS", "target:UKR"}),
        # where weapons come from is not where they hit
        ("Warships in the Red Sea shot down six drones launched by Houthi forces in Yemen.", {"attacker:houthis"}),
    ],
)
def test_who_hits_whom(read: Reader, text: str, expected: set[str]) -> None:
    told = [mention for mention in read(text) if mention.event_type == "strike"]
    assert expected in [{f"{actor.role}:{actor.acts_for}" for actor in each.actors if actor.acts_for} for each in told]


def test_a_dead_leader_is_not_meant_by_a_name_alone(read: Reader) -> None:
    text = "The memorandum covers records related to the assassination of President John F. Kennedy."
    assert {actor.name for each in read(text) for actor in each.actors} & {"Mohammed Emwazi"} == set()
