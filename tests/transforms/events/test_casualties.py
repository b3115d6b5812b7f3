"""Killed and injured: what a sentence tells, group by group and in sum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.events.casualties import Casualty, find_casualties, summarise

Toll = tuple[int | None, int | None, int | None, int | None]
NOTHING: Toll = (None, None, None, None)


def found(text: str) -> list[Casualty]:
    return find_casualties(text, 0, len(text))


def killed(minimum: int | None, maximum: int | None) -> Toll:
    return minimum, maximum, None, None


def injured(minimum: int | None, maximum: int | None) -> Toll:
    return None, None, minimum, maximum


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        # Active verbs.
        ("The blast killed at least 12 people and wounded 30 others.", (12, None, 30, 30)),
        ("The blast hit a market, killing three and injuring up to 12.", (3, 3, None, 12)),
        ("Gunmen kill two guards and injure a driver.", (2, 2, 1, 1)),
        ("The mine killed two soldiers and a child.", killed(3, 3)),
        ("The shell killed his wife.", killed(1, 1)),
        ("The shell killed her husband and two sons.", killed(3, 3)),
        ("The raid killed a senior commander of the group.", killed(1, 1)),
        ("The raid killed 40 of its fighters.", killed(40, 40)),
        ("The raid killed two soldiers and several civilians.", killed(2, None)),
        ("The strike killed rebel leader Omar Haddad and his deputy.", killed(2, 2)),
        ("Rockets wounded a Thai national and four Israelis.", injured(5, 5)),
        ("The bomb claimed the lives of 12.", killed(12, 12)),
        ("The bomb claimed 12 lives.", killed(12, 12)),
        ("Police shot dead two men.", killed(2, 2)),
        ("The murder of two nurses shocked the town.", killed(2, 2)),
        ("The assassination of Karim Daoud in May shocked the town.", killed(1, 1)),
        # Passive verbs and states.
        ("12 people were killed and more than 100 injured.", (12, 12, 101, None)),
        ("A woman was killed in the port.", killed(1, 1)),
        ("Karim Daoud was killed in the port.", killed(1, 1)),
        ("Karim Daoud, a cousin of the emir, was assassinated.", killed(1, 1)),
        ("Dozens were wounded.", injured(24, None)),
        ("Scores of people were killed and hundreds wounded.", (40, None, 200, None)),
        ("Between 10 and 15 people were killed.", killed(10, 15)),
        ("As many as 12 people died.", killed(None, 12)),
        ("Fewer than 10 were hurt.", injured(None, 9)),
        ("Nearly 100 people lost their lives.", killed(100, 100)),
        ("Five women and three children were killed.", killed(8, 8)),
        ("Three members of a family of five were killed.", killed(3, 3)),
        ("A group of 12 villagers were killed.", killed(12, 12)),
        ("Three guards at the gate of the plant were wounded.", injured(3, 3)),
        ("One soldier was killed and another was wounded.", (1, 1, 1, 1)),
        ("One soldier was killed and several others wounded.", killed(1, 1)),
        ("An 8-year-old girl and her grandmother were killed.", killed(2, 2)),
        ("12 killed, 40 injured in shelling.", (12, 12, 40, 40)),
        ("The raid left four dead and 20 wounded.", (4, 4, 20, 20)),
        ("The raid left about 100 people dead.", killed(100, 100)),
        ("The raid resulted in up to 70 fatalities and two injuries.", (None, 70, 2, 2)),
        ("12 lives were lost.", killed(12, 12)),
        ("Two 17-year-old Kenyans were killed and dozens of others wounded.", (2, 2, 24, None)),
        ("The raid killed 40 National Front fighters.", killed(40, 40)),
        ("A woman was killed and three other people were hurt.", (1, 1, 3, 3)),
        # Parts are not added.
        ("Three people, including two children, were killed.", killed(3, 3)),
        ("The raid killed 12, among them three children.", killed(12, 12)),
        ("Six were wounded, three critically.", injured(6, 6)),
        ("17 were killed, 9 of them children, and 42 hurt.", (17, 17, 42, 42)),
        ("At least 23 died, including a nurse and two medics, and 70 were injured.", (23, None, 70, 70)),
        ("Five were wounded, one of them fatally.", (1, 1, 5, 5)),
        # Attackers are left out.
        ("A man opened fire, killing 12 people and the two attackers.", killed(12, 12)),
        ("The gunman was killed.", NOTHING),
        ("He blew himself up, killing himself and three others.", killed(3, 3)),
        ("Nine people were killed, including three attackers and a child, and 22 wounded.", (6, 6, 22, 22)),
        ("Five people were killed, including the bomber.", killed(4, 4)),
        # Nobody.
        ("No casualties were reported.", (0, 0, 0, 0)),
        ("The drone fell without casualties.", (0, 0, 0, 0)),
        ("It caused no injuries.", injured(0, 0)),
        ("Nobody was killed or injured.", (0, 0, 0, 0)),
        ("The attack killed no one.", killed(0, 0)),
        ("There were no deaths but 12 were injured.", (0, 0, 12, 12)),
        # Tolls.
        ("The death toll rose to 45.", killed(45, 45)),
        ("The death toll rose from 12 to 45 on Monday.", killed(45, 45)),
        ("The death toll from the raid on the town of 3,000 passed 500.", killed(501, None)),
        ("The raid killed three people, raising the death toll to 45.", killed(3, 3)),
        # Households, lists of persons, parts, bodies, hospitals.
        ("A couple and their two daughters were killed when a shell hit their home in Nikopol.", killed(4, 4)),
        ("The blast killed a nurse, her husband and their baby.", killed(3, 3)),
        ("A pregnant woman and her husband died in the strike.", killed(2, 2)),
        ("A nine-year-old girl was killed by a drone in Kherson.", killed(1, 1)),
        ("Seven members of one family, among them four children, were killed in the raid.", killed(7, 7)),
        ("As many as 15 soldiers may have been killed in the ambush.", killed(None, 15)),
        ("Nearly 60 people were killed in the raid on the camp.", killed(60, 60)),
        ("At least ten people were killed and at least 30 others wounded, several of them seriously.", (10, None, 30, None)),
        ("Six civilians died and fourteen others suffered burns or shrapnel wounds in the attack.", (6, 6, 14, 14)),
        ("Two more people died of their wounds, bringing the death toll of Monday's attack to 31.", killed(31, 31)),
        ("Dozens of worshippers were killed when a bomber struck the mosque.", killed(24, None)),
        ("Eight people, including the mayor and two of his aides, were killed and 20 hurt in the bombing.", (8, 8, 20, 20)),
        ("Three police officers were injured when a bomb exploded outside the station.", injured(3, 3)),
        ("A gunman killed two people and critically wounded a third at a bar in Oslo.", (2, 2, 1, 1)),
        ("The drones caused damage to a warehouse but killed nobody.", killed(0, 0)),
        ("There were no reports of casualties after the missile fell in a field.", (0, 0, 0, 0)),
        ("It was not clear whether anyone had been killed.", NOTHING),
        ("The attack left three people dead and five in hospital.", (3, 3, 5, 5)),
        ("Militants killed 12 of the 30 soldiers who were manning the post.", killed(12, 12)),
        ("Gunmen killed nine passengers after checking their identity cards on a bus in Quetta.", killed(9, 9)),
        ("Gunmen shot and killed five miners and abducted three others.", killed(5, 5)),
        ("Seventeen soldiers were killed and eight are missing after the assault on the base.", killed(17, 17)),
        ("A journalist and his brother were shot dead outside their house in Oaxaca.", killed(2, 2)),
        ("A Russian drone killed a motorist and injured two passengers near Kupiansk.", (1, 1, 2, 2)),
        ("The bombing killed four and injured eleven.", (4, 4, 11, 11)),
        ("A bomber killed 13 soldiers and a civilian at a checkpoint.", killed(14, 14)),
        ("More than 20 people have died in attacks on the mining town.", killed(21, None)),
        ("The Taliban killed a district governor and four of his guards.", killed(5, 5)),
        ("A senior Hamas official, Saleh al-Arouri, was killed by a drone in Beirut.", killed(1, 1)),
        ("Saleh al-Arouri and five other members of Hamas were killed by a drone in Beirut.", killed(6, 6)),
        ("The gunmen killed 40 people and were later shot dead by police.", killed(40, 40)),
        ("The attacker stabbed three people to death before police killed him.", killed(3, 3)),
        ("Two people were killed and their bodies burned.", killed(2, 2)),
        ("Shelling of the town wounded 12 residents, five of them children.", injured(12, 12)),
        ("Of the 22 people killed in the strike, nine were children.", killed(22, 22)),
        ("Some 50 people were treated for injuries after the explosion.", injured(50, 50)),
        ("Eleven people died, most of them women and children.", killed(11, 11)),
        ("A ballistic missile hit a factory in Dnipro, leaving one dead and six injured.", (1, 1, 6, 6)),
        ("The dead included two nurses and a driver.", NOTHING),
        ("At least 100 people, many of them women, were massacred in the village.", killed(100, None)),
        ("Four people lost their lives on Friday in shelling of Kherson.", killed(4, 4)),
        ("The suicide attack, which killed 25 people and wounded 40, was the worst in Peshawar for years.", (25, 25, 40, 40)),
        ("Two paramedics who had come to help were killed in a second strike.", killed(2, 2)),
        ("In Kyiv ten people were killed.", killed(10, 10)),
        ("The rebels took 20 people hostage.", NOTHING),
        ("The bodies of 18 villagers were found after the raid.", killed(18, 18)),
        ("Five bodies were pulled from the rubble after the strike.", killed(5, 5)),
        ("Russia said it had shot down 20 drones and destroyed two boats.", NOTHING),
        ("Two people died and seven were taken to hospital after the attack.", (2, 2, 7, 7)),
        ("Eight people were injured and three of them were taken to hospital.", injured(8, 8)),
        ("The number of people killed in the strike on the bus has risen to 13.", killed(13, 13)),
        ("Rescuers said the toll had climbed to 14 dead.", killed(14, 14)),
        ("The toll stood at nine dead and 23 wounded, officials said.", (9, 9, 23, 23)),
        ("One of the wounded died in hospital.", killed(1, 1)),
        ("Two of those wounded in the attack later died.", killed(2, 2)),
        ("An elderly couple and a neighbour were killed.", killed(3, 3)),
        ("A man was killed and his wife injured by a drone.", (1, 1, 1, 1)),
        ("Two firefighters were killed and three others badly hurt.", (2, 2, 3, 3)),
        ("A strike on a mosque killed 70 people or more.", killed(70, None)),
        ("The army said it was investigating how many people had been killed.", NOTHING),
        ("Two sisters aged 10 and 14 and their grandmother were killed, and the girls' mother was wounded.", (3, 3, 1, 1)),
        ("At least 40 fishermen and farmers lost their lives when fighters raided the village.", killed(40, None)),
        ("In August at least 66 people were killed.", killed(66, None)),
        ("A bomber struck, killing 52 people, the deputy superintendent of police among them, and wounding close to 70.", (52, 52, 70, 70)),
        ("The ministry put the number of dead at 53, five of them children, and that of the wounded at 98.", (53, 53, 98, 98)),
        ("A man shot dead ten people at a school; he is believed to be among the eleven dead.", killed(10, 10)),
        ("Two gunmen shot six people dead, among them a Spaniard; a soldier killed both of them.", killed(6, 6)),
        ("A father and son killed 15 people and wounded some 40; the father was shot dead by police.", (15, 15, 40, 40)),
        ("Drones dropped grenades on their boats, though none of the crew came to harm.", (0, 0, 0, 0)),
        ("Shells fell on the town but all its people escaped unhurt.", (0, 0, 0, 0)),
        ("Militiamen lured a dozen civilians from their homes and then shot them dead.", killed(12, 12)),
        ("A court sentenced three men to death.", NOTHING),
        ("The mine killed both crews.", NOTHING),
        ("Neither the driver nor his passenger was hurt.", (0, 0, 0, 0)),
        ("A raid killed Ismail al-Zin, a rocket commander, in Tyre.", killed(1, 1)),
        ("The raid killed their leader, Ahmed al-Rahawi, and eleven of his ministers.", killed(12, 12)),
        ("Gunmen dragged nine passengers from two buses and shot them dead.", killed(9, 9)),
        ("The drone killed one person; three employees were among the 20 hurt.", (1, 1, 20, 20)),
        # Numbers of other things.
        ("Two villages were hit and 12 people were killed.", killed(12, 12)),
        ("Troops fired 50 rockets and three people were hurt.", injured(3, 3)),
        ("The attack of 7 October killed 1,200 people.", killed(1200, 1200)),
        ("The attack in March 2024 killed 12.", killed(12, 12)),
    ],
)
def test_tolls(text: str, toll: Toll) -> None:
    assert summarise(found(text)) == toll


@pytest.mark.parametrize(
    "text",
    [
        "The strike killed or wounded 30 people.",
        "The group threatened to kill thousands.",
        "The missile could kill hundreds of people.",
        "The deal killed two birds with one stone.",
        "Troops killed enemy soldiers near the river.",
        "The raid did not kill 12 people.",
        "The ship sailed on the Dead Sea with 12 people.",
        "There were 12 casualties.",
        "Twelve people were rescued.",
        "Twelve tanks were destroyed.",
    ],
)
def test_no_toll(text: str) -> None:
    assert summarise(found(text)) == NOTHING


def test_records_say_who() -> None:
    text = "Five militants and two guards were killed."
    assert [(each.words, each.who, each.minimum, each.attacker) for each in found(text)] == [
        ("Five militants", "militants", 5, False),
        ("two guards", "guards", 2, False),
    ]


@pytest.mark.parametrize(
    ("text", "cumulative"),
    [
        ("More than 40,000 people have been killed since the war began.", True),
        ("To date, 24 people have been killed by such strikes.", True),
        ("Raids killed 30 people over the past week.", True),
        ("The death toll from the strikes rose to 45.", True),
        ("The death toll rose to 45.", False),
        ("The deadliest attack since 2022 killed 30 people.", False),
        ("The raid killed 30 people.", False),
    ],
)
def test_cumulative(text: str, cumulative: bool) -> None:
    assert [each.cumulative for each in found(text)] == [cumulative]


def test_only_the_window_is_read() -> None:
    text = "Two were killed. Three were killed. Four were killed."
    assert [each.words for each in find_casualties(text, 17, 35)] == ["Three"]


PIECES = st.sampled_from(
    [
        "12 people", "were killed", "killed", "wounding", "at least two soldiers", "and", ",", "including", "a child", "the gunman", "the death toll rose to",
        "no casualties", "others", "in",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=12), st.integers(0, 9))
def test_offsets(pieces: list[str], skipped: int) -> None:
    text = " ".join(pieces)
    records = find_casualties(text, skipped, len(text))
    for each in records:
        assert skipped <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.words
        assert each.minimum is None or each.maximum is None or each.minimum <= each.maximum
    for minimum, maximum in (summarise(records)[:2], summarise(records)[2:]):
        assert minimum is None or minimum >= 0
        assert minimum is None or maximum is None or minimum <= maximum
