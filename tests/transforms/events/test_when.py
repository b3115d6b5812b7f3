"""When an event happens: which of a sentence's times is its own, and what the text before it says."""

from __future__ import annotations

import datetime

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "first", "last", "basis"),
    [
        # what is said behind the noun of when it is to be
        ("Talks between Iran and France, scheduled to take place today, are postponed.", "2025-03-20", "2025-03-20", "text"),
        ("Rebels will skip the talks that were due to begin with the Congolese government tomorrow.", "2025-03-21", "2025-03-21", "text"),
        # the time of something else
        ("The shelling of Gaza is the largest attack since a truce which came into effect on 19 January.", "2025-03-20", "2025-03-20", "published"),
        # an adjective, whatever the parser makes of its noun
        ("Russia fired drones at Kharkiv. The overnight attack damages at least 15 buildings in the city.", "2025-03-19", "2025-03-20", "text"),
        # `the call` is the one that was told before, whoever else is named with it
        (
            "Biden held a call with Scholz, Macron and Meloni on Tuesday. Participants in the call included Olaf Scholz of Germany and Andrzej Duda of Poland.",
            "2025-03-18",
            "2025-03-18",
            "carried",
        ),
    ],
)
def test_when(read: Reader, text: str, first: str, last: str, basis: str) -> None:
    told = read(text, published="2025-03-20")[-1]
    assert (told.event_date, told.event_date_end, told.date_basis) == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last), basis)
