"""Invasions and battles of long ago, for which texts use the words for attacks."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    "text",
    [
        "Russia could launch an attack against Ukraine at any time.",
        "The ministers condemned Putin's brutal attack on Ukraine.",
        "Europe has sent money to Kyiv since Russia attacked Ukraine.",
        "Sanctions over the Russian attack on Ukraine were extended.",
        "In 1990 Iraq attacked Kuwait.",
        "Putin's vicious onslaught against Ukraine had begun.",
        "On the morning of May 3, 1813, the British launched a surprise attack in York in Canada.",
        "It was June 1775. The next day Redcoats began a direct attack to drive the Americans off the ridge.",
        "Chinese forces attacked Sergeant Miller's company in Korea during the night of June 3, 1951.",
        "The rangers held the hill in Korea when the enemy launched a sixth attack.",
        "After the British attack at the Battle of Saratoga in New York, the general went on.",
        "German troops attacked the Poles there in the opening days of World War II.",
    ],
)
def test_no_attack_of_its_own(read: Reader, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("They will consult in the event of a future Russian armed attack against Ukraine.", [("attacker", "RUS"), ("target", "UKR")]),
        ("Russia attacked Ukraine with drones.", [("attacker", "RUS"), ("target", "UKR")]),
        ("Zelensky said that Russia attacked Ukraine overnight.", [("attacker", "RUS"), ("target", "UKR")]),
        ("Russia launched an attack on the forces of Ukraine.", [("attacker", "RUS"), ("target", "UKR")]),
        ("The premier deplored the latest Russian attack on Ukraine.", [("attacker", "RUS"), ("target", "UKR")]),
        ("Russia continued its attacks on Ukraine.", [("attacker", "RUS"), ("target", "UKR")]),
        ("Iran launched an attack against Israel.", [("attacker", "IRN"), ("target", "ISR")]),
        ("Veterans recalled how Japan attacked the United States in 1941.", [("attacker", "JPN"), ("target", "USA")]),
        ("Libya fell apart under 50 U.S.C. 1701 and other laws. The attack on Libya began it.", [("target", "LBY")]),
    ],
)
def test_an_attack_all_the_same(read: Reader, text: str, actors: list[tuple[str, str]]) -> None:
    assert [[(actor.role, actor.acts_for) for actor in each.actors] for each in read(text)] == [actors]
