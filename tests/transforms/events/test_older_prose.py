"""Meetings and attacks as older wires, briefings and communiqués tell them: sentences of our own."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


def _told(read: Reader, text: str, **given: str) -> list[str]:
    found = []
    for mention in read(text, **given):
        parties = "+".join(sorted({f"{each.role}:{each.acts_for}" for each in mention.actors if each.acts_for}))
        found.append(f"{mention.event_type} {mention.status} {parties}")
    return found


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        ("1974-06-06", "President Nixon leaves for Cairo on Monday to see President Sadat.", "meeting planned participant:EGY+participant:USA"),
        ("1978-05-10", "Secretary of State Vance saw the Syrian foreign minister on Tuesday.", "meeting occurred participant:SYR+participant:USA"),
        ("1982-07-10", "Philip Habib shuttled between Israel and Syria for a week.", "meeting occurred participant:ISR+participant:SYR"),
        ("1985-05-10", "Chancellor Kohl and President Mitterrand meet again next week.", "meeting planned participant:DEU+participant:FRA"),
        ("1985-05-10", "Prime Minister Thatcher will join a call of G7 leaders tonight.", "meeting planned participant:GBR+participant:g7"),
        ("1986-08-10", "Egypt and Israel ended ten days of hard bargaining at Taba.", "meeting occurred participant:EGY+participant:ISR"),
        (
            "1985-05-10",
            "Secretary of State Shultz raised objections at a private session with Prime Minister Peres.",
            "meeting occurred participant:ISR+participant:USA",
        ),
    ],
)
def test_a_meeting_is_told(read: Reader, published: str, text: str, expected: str) -> None:
    assert [each for each in _told(read, text, published=published) if each.startswith("meeting")] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rhodesian troops raided guerrilla camps inside Zambia on Friday.", "strike occurred attacker:ZWE+target:ZMB"),
        ("Iraqi warplanes set two tankers ablaze off Kharg Island.", "strike occurred attacker:IRQ+target:IRN"),
        ("Iranian gunboats raked a Spanish vessel with machine-gun fire.", "strike occurred attacker:IRN+target:ESP"),
        ("A mortar shell slammed into a market in Sarajevo, killing 12 people.", "strike occurred target:BIH"),
        ("An American sergeant was shot to death by Panamanian troops.", "strike occurred attacker:PAN+target:USA"),
        ("Our forces in Iraq have come under attack 27 times by drones and rockets.", "strike occurred target:USA"),
    ],
)
def test_an_attack_is_told(read: Reader, text: str, expected: str) -> None:
    assert [each for each in _told(read, text, source="U.S. Department of Defense") if each.startswith("strike")] == [expected]


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("The Secretary-General met President Zelenskyy in Kyiv.", "United Nations", "meeting occurred participant:UKR+participant:united-nations"),
        ("The Secretary General spoke by phone with President Pavel.", "NATO", "meeting occurred participant:CZE+participant:nato"),
        ("The High Representative met the Egyptian foreign minister.", "EEAS", "meeting occurred participant:EGY+participant:european-union"),
    ],
)
def test_the_head_of_a_body_acts_for_it(read: Reader, text: str, source: str, expected: str) -> None:
    assert _told(read, text, source=source) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "President Ford said he wanted to see the economy recover.",
        "The President saw Russia as a rival.",
        "A convoy of the World Food Programme came under the control of Mali.",
        "The workers of Poland ended ten days of collective bargaining with Romania's miners.",
        "Police raided a migrant camp in Calais.",
    ],
)
def test_like_words_tell_none(read: Reader, text: str) -> None:
    assert _told(read, text) == []
