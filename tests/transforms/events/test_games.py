"""Sport: players who strike, attack and meet, and what is an event all the same."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    "text",
    [
        "Leeds bombarded the Everton goal after half-time and struck twice through Viduka.",
        "The French attacked the Italian line in the second half. Their goalkeeper had little to do.",
        "Australia's bowlers ambushed England before lunch. The last wicket fell for a single run.",
        "Spain will meet England in the semi-final in Munich on Tuesday.",
        "The captains met the Queen before the football match at Wembley.",
        "The rowers of Canada raided the heats and met Germany in the final.",
        "The minister for sport cheered when Brazil struck through its striker.",
    ],
)
def test_what_players_do_is_no_event(read: Reader, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen ambushed a bus that carried footballers to a stadium in Cabinda, killing two people.", "strike"),
        ("A bomb exploded outside a football stadium in Kano, wounding nine fans.", "strike"),
        ("The Turkish and Armenian presidents met in Bursa before a football match between their countries.", "meeting"),
        ("Japan's prime minister met the South Korean president during the Olympics in Pyeongchang.", "meeting"),
    ],
)
def test_arms_and_offices_count_beside_a_game(read: Reader, text: str, expected: str) -> None:
    assert [mention.event_type for mention in read(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "President Havel cast his ballot and spoke with children by the castle gate.",
        "Chancellor Kohl spoke to shoppers in Leipzig on Saturday.",
        "The plan of Britain met with derision in Paris.",
    ],
)
def test_a_word_on_the_way_is_no_meeting(read: Reader, text: str) -> None:
    assert read(text) == []


def test_who_looks_on_at_a_game_can_be_attacked(read: Reader) -> None:
    (found,) = read("Dutch authorities condemned the attacks on fans of the football club Maccabi in Amsterdam after the match.")
    assert found.event_type == "strike"
