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
        ("Turkish intelligence neutralised a member of the PKK in northern Iraq.", "attacker:TUR+target:kurdistan-workers-party"),
        ("A bomb wrecked the offices of a newspaper in Bogota.", "target:COL"),
        ("A cruise missile knocked out a substation in Lviv.", "target:UKR"),
        ("American bombers dropped fourteen bunker busters on the plant of Fordow in Iran.", "attacker:USA+target:IRN"),
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
    ],
)
def test_no_attack(read: Reader, text: str) -> None:
    assert [each for each in read(text) if each.event_type == "strike"] == []
