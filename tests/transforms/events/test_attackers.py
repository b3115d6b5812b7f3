"""Who attacks, by the words around an attack."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a force or group that says what it did
        ("The Houthi militia says that they attacked two destroyers from the United States Navy.", {"attacker:houthis", "target:USA"}),
        ("The Israel Defense Forces say that they killed a commander in an airstrike in Tyre, Lebanon.", {"attacker:ISR", "target:LBN"}),
        # forces without a nation are those of the state where it happens; gunmen are nobody's
        ("Police open fire on protesters in Nairobi, Kenya, killing at least 19 people.", {"attacker:KEN", "target:KEN"}),
        ("Security forces shot four villagers dead near Mandalay in Myanmar.", {"attacker:MMR", "target:MMR"}),
        ("Gunmen open fire on a bus near Nairobi, Kenya.", {"target:KEN"}),
        # one agent of two participles
        ("A man was shot and killed by Israeli police near Hebron.", {"attacker:ISR", "target:PSE"}),
        # attributed, perpetrated, sent from
        ("A bomb blast attributed to al-Shabaab in Kismayo, Somalia, kills eight officers.", {"attacker:al-shabaab", "target:SOM"}),
        ("The attack on the bus in Nigeria was blamed on Boko Haram.", {"attacker:boko-haram", "target:NGA"}),
        ("Israel is facing unprecedented attacks from Iran.", {"attacker:IRN", "target:ISR"}),
        ("Israel faced drone and missile attacks from Yemen.", {"target:ISR"}),
        # charged in passing, but not with what was left undone
        ("A shell struck a hostel in Kupiansk, the governor said, blaming Russian gunners.", {"attacker:RUS", "target:UKR"}),
        ("Missiles hit a steel plant in Kryvyi Rih, the prosecutor said, holding Russia responsible.", {"attacker:RUS", "target:UKR"}),
        ("A bomb killed nine people in Mogadishu, the mayor said, blaming Kenya for failing to close the border.", {"target:SOM"}),
        ("A drone damaged an aircraft at Goma airport; the army blames Rwanda.", {"attacker:RWA", "target:COD"}),
        # a gerund that is a noun, a make of drone
        ("One person was killed in Ukrainian shelling of Shebekino in Russia's Belgorod region.", {"attacker:UKR", "target:RUS"}),
        ("The cabinet building in Kyiv burned after it was hit by a Russian Shahed.", {"attacker:RUS", "target:UKR"}),
        # the group told of before; who planted it; on whose orders; a claim that the parser reads as one noun
        ("Canada condemned Hamas over the group's attacks on Israel.", {"attacker:hamas", "target:ISR"}),
        ("Hamas and the World Health Organization disagreed over the group's attacks on Israel.", {"target:ISR"}),
        ("A land mine, believed to have been planted by al-Shabaab, explodes on a road in Somalia.", {"attacker:al-shabaab", "target:SOM"}),
        ("The dissident was attacked in Vilnius, Lithuania, on orders of Vladimir Putin.", {"attacker:RUS", "target:LTU"}),
        ("The Houthis claim responsibility for the attack on Tel Aviv, and also say that more will follow.", {"attacker:houthis", "target:ISR"}),
        ("Ten Yemeni soldiers are killed by Houthi Islamists in Marib.", {"attacker:houthis", "target:YEM"}),
        ("Officials say that shelling by Russian troops has killed seven people in Kherson, Ukraine.", {"attacker:RUS", "target:UKR"}),
        ("Islamic State's Khorasan Province claims responsibility for a bombing in Kerman, Iran.", {"attacker:islamic-state-khorasan-province", "target:IRN"}),
        # by what means
        ("President Trump eliminated Iran’s nuclear program via targeted military strikes.", {"attacker:USA", "target:IRN"}),
        # the possessor behind another noun, weapons behind `by`
        ("The site in Yemen served Houthi militants’ attacks on Israel.", {"attacker:houthis", "target:ISR"}),
        ("Villages in eastern Ukraine were under attack by Russian drones.", {"attacker:RUS", "target:UKR"}),
        # what flies for a force
        ("A USAF MQ-9 Reaper kills three Kata'ib Hezbollah militants in an airstrike in Baghdad, Iraq.", {"attacker:USA", "target:kata-ib-hezbollah"}),
        ("Royal Navy F-35s carry out airstrikes on Houthi launchers in Yemen.", {"attacker:GBR", "target:houthis"}),
        # who stands behind the attackers is not hit, nor is whoever else the text names where ships are
        ("Ministers condemned Iran-backed Houthi attacks on commercial shipping in the Red Sea.", {"attacker:houthis"}),
        ("France urged the Houthis to end their attacks on merchant vessels.", {"attacker:houthis"}),
        # who is behind what others plan; remnants, wings and cells of a group
        ("Officers are killed in an attack by remnants of Shining Path in Ayacucho, Peru.", {"attacker:sendero-luminoso", "target:PER"}),
        ("Ukraine says that its missile strikes near Yevpatoria in Russian-occupied Crimea damaged three radars.", {"attacker:UKR", "target:RUS"}),
        ("The villagers repelled an attack on a market by Boko Haram in Zinder, Niger.", {"attacker:boko-haram", "target:NER"}),
        ("Russia launched its largest aerial assault on Ukraine on Friday.", {"attacker:RUS", "target:UKR"}),
        # the tagger's noun is a verb
        ("The United States Armed Forces launch airstrikes on Islamic State camps in Sokoto State, Nigeria.", {"attacker:USA", "target:islamic-state"}),
        # the possessor, the apostrophe set in print, and other words between; behind a place and the verb
        ("The ministers met in the wake of Iran’s unprecedented missile and drone attack against Israel.", {"attacker:IRN", "target:ISR"}),
        ("He deplored Russia’s missile strikes across Ukraine.", {"attacker:RUS", "target:UKR"}),
        ("We condemn the horrific terror attacks across Israel by Hamas.", {"attacker:hamas", "target:ISR"}),
        # what the attacks did, and not the state that they are on
        ("France condemned Russia’s missile attacks against Ukraine, which appear to have struck houses in Kyiv.", {"attacker:RUS", "target:UKR"}),
        # who has the power to do it, and not who takes it away
        ("Britain acted to degrade the ability of the Houthis to conduct attacks on ships in the Red Sea.", {"attacker:houthis"}),
        # not the ground of who attacks
        ("They spoke of Russia’s recent missile strikes in Ukraine and the Kremlin’s plans.", {"attacker:RUS", "target:UKR"}),
    ],
)
def test_who_attacks(read: Reader, text: str, expected: set[str]) -> None:
    told = [mention for mention in read(text) if mention.event_type == "strike"]
    assert expected in [{f"{actor.role}:{actor.acts_for}" for actor in each.actors if actor.acts_for} for each in told]


def test_a_definite_noun_goes_back_to_what_happened(read: Reader) -> None:
    mentions = read(
        "American jets carried out a strike on a base in Iran on June 21. It was to deter future attacks on Israel. The strike was limited in scope."
    )
    assert [{actor.acts_for for actor in mentions[place].actors} for place in (0, -1)] == [{"USA", "IRN"}] * 2


def test_what_a_text_points_at_is_no_plan(read: Reader) -> None:
    mentions = read("A gunman killed six people in Austin, Texas. Officers want to bring these shootings to an end.")
    assert [each.status for each in mentions] == ["occurred", "occurred"]


def test_what_attacks_did_is_no_threat_of_them(read: Reader) -> None:
    (mention,) = read("The strikes followed attacks on American troops in Iraq that threatened the lives of many.")[-1:]
    assert mention.status == "occurred"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The package will help Ukraine to protect its grid from Russian attacks.", "ongoing"),
        ("France helps Saudi Arabia, which faces attacks from Yemeni rebels.", "ongoing"),
        ("The president ordered to publish files on the assassinations of two senators in Chicago.", "occurred"),
        ("Police watch for threats in connection with the terrorist attacks in Israel.", "occurred"),
        ("Ukraine defends itself against Russian attacks every day.", "ongoing"),
    ],
)
def test_what_keeps_happening(read: Reader, text: str, status: str) -> None:
    assert [each.status for each in read(text) if each.event_type == "strike"] == [status]
