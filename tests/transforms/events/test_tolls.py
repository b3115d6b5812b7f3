"""Whose the killed and injured of a sentence are, where it tells of several attacks, of parts and wholes, of attackers or of a longer time."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader

Toll = tuple[int | None, int | None]


def tolls(read: Reader, text: str) -> list[Toll]:
    return [(each.killed_min, each.killed_max) for each in read(text) if each.event_type == "strike"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # each attack has its own dead
        ("A car bomb killed nine people in Mogadishu on Tuesday, and gunmen shot dead two aid workers in Baidoa.", [(9, 9), (2, 2)]),
        ("Three people died in a Russian missile strike on Odesa, while a drone attack on Kherson killed one.", [(3, 3), (1, 1)]),
        ("Israeli jets hit a column of tanks in Sweida on Monday, while in Daraa a drone killed two soldiers.", [(None, None), (2, 2)]),
        ("An Israeli raid on a car in Tyre killed two men, and an air strike near Aleppo killed 36 Syrian soldiers on Friday.", [(2, 2), (36, 36)]),
        # the whole war's dead beside the day's
        ("Eight people are killed in Israeli strikes across the Gaza Strip, bringing the confirmed Palestinian death toll to over 41,000.", [(8, 8)]),
        # what somebody is charged with, beside whom he killed
        ("A man is charged with four counts of murder for a mass shooting that killed four people at a bar in Ohio.", [(4, 4)]),
        ("A man who attacked a school in Ohio faces four counts of murder.", [(4, 4)]),
        # a participle goes on about the attack before it
        ("Drones hit a United Nations base in Kadugli on Saturday, killing six peacekeepers and wounding eight.", [(6, 6)]),
        ("Two Russian missiles struck the port city of Odesa, killing three people and injuring sixteen others.", [(3, 3)]),
        # militants who died in their own attack
        ("Two officers and two militants were killed in an ambush in North Waziristan, Pakistan.", [(2, 2)]),
        ("Nine soldiers and 14 fighters died in an attack by rebels on a base in northern Mali.", [(9, 9)]),
        ("Mali's army said that it had repelled an attack by militants on Gao and killed 80 fighters.", [(None, None)]),
        ("Israeli air strikes killed 11 civilians and four Hezbollah militants in Nabatieh, Lebanon.", [(15, 15)]),
        ("Eleven bandits were killed in an ambush by the Nigerian army in Sokoto, Nigeria.", [(11, 11)]),
        # counted among the dead
        ("At least nine people were killed, including three attackers, in a shooting at a courthouse in Zahedan, Iran.", [(6, None)]),
        # dead of something else
        ("The planner of the Marawi bombing in the Philippines was among nine militants killed in a police operation in January.", [(None, None)]),
    ],
)
def test_whose_dead(read: Reader, text: str, expected: list[Toll]) -> None:
    assert tolls(read, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 40 people were killed in Israeli air strikes across Gaza, including ten in a strike on a camp in Rafah.", ["event", "part"]),
        ("Israeli fire killed 38 Palestinians on Wednesday, 20 of them in an air strike on a shelter in Gaza City.", ["event", "part"]),
        ("U.S. air strikes on Yemen between March 15 and May 6 killed at least 224 civilians.", ["cumulative"]),
        ("Jihadist attacks in Burkina Faso killed more than 1,500 soldiers in 2024.", ["cumulative"]),
        ("Over three nights Russia launched more than 1,800 drones at Ukraine, killing 15 people.", ["cumulative"]),
        ("Israeli air strikes killed 30 people in Gaza in the past 24 hours.", ["event"]),
        ("Ukraine shelled Belgorod in the deadliest attack since the war began: 24 people died.", ["event"]),
    ],
)
def test_what_a_toll_counts(read: Reader, text: str, expected: list[str]) -> None:
    assert [each.casualties_scope for each in read(text) if each.event_type == "strike"] == expected  # type: ignore[attr-defined]
