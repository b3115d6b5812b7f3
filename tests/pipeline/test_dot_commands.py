from __future__ import annotations

import pytest

from pipeline.dot_commands import Settings, arguments, reply
from pipeline.errors import UsageError


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (".tables", "Reports of meetings"),
        (".schema meetings", "topic"),
        (".schema strikes;", "[persons]"),
        (".examples", "aid-by-donor"),
        (".help", ".mode FORMAT"),
        (".mode", "answers are shown as table"),
        (".timer", "timer on"),
    ],
)
def test_lines_with_a_point_are_answered(line: str, said: str) -> None:
    answer = reply(line, Settings("table"))
    assert said in answer.text
    assert not answer.ends


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (".schema", "one of actor_days"),
        (".schema meeting", "did you mean meetings?"),
        (".schema xyzzy", "there are actor_days"),
        (".mode xml", "table or line or csv or json would be right"),
        (".timer maybe", "on or off would be right"),
        (".tabels", "did you mean .tables?"),
        (".xyzzy", ".help lists"),
        (".example nothing", "there is no example 'nothing'"),
    ],
)
def test_what_is_wrong_is_told_what_is_right(line: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        reply(line, Settings("table"))
    assert said in str(raised.value)


def test_settings_are_changed() -> None:
    settings = Settings("table")
    reply(".mode json", settings)
    reply(".timer off", settings)
    assert settings == Settings("json", timer=False)
    assert reply(".timer off", settings).text == "timer off"


def test_an_example_is_shown_and_run() -> None:
    answer = reply(".example aid-by-donor", Settings("table"))
    assert answer.query == answer.text
    assert answer.text.startswith("SELECT")


def test_the_end_and_every_command_with_its_arguments() -> None:
    assert reply(".quit", Settings("table")).ends
    assert "meetings" in arguments()[".schema"]
    assert ".quit" in arguments()
