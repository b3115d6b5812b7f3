"""The tables of `sentences/`: every construction and every trigger with a sentence of our own and what it yields."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader
from tests.transforms.events.sentences.aid_decisions import AID_DECISIONS
from tests.transforms.events.sentences.case import Case
from tests.transforms.events.sentences.meetings import MEETINGS
from tests.transforms.events.sentences.nothing import NOTHING
from tests.transforms.events.sentences.strikes import STRIKES
from transforms.events.frames import frames

CASES = [*MEETINGS, *STRIKES, *AID_DECISIONS]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_text_tells_these_events_and_no_others(case: Case, read: Reader) -> None:
    found = read(case.text, case.published)
    assert [each.event_type for each in found] == [event.event_type for event in case.events], [each.rule for each in found]
    assert [event.differs(mention) for event, mention in zip(case.events, found, strict=True)] == ["" for _ in found]


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_tells_nothing(text: str, read: Reader) -> None:
    assert [(each.rule, each.trigger) for each in read(text)] == []


@pytest.mark.parametrize("event_type", sorted(frames()))
def test_every_trigger_has_a_sentence(event_type: str) -> None:
    used = {event.rule for case in CASES for event in case.events if event.event_type == event_type}
    assert {trigger.name for trigger in frames()[event_type].triggers} <= used


def test_no_text_stands_twice() -> None:
    texts = [case.text for case in CASES] + NOTHING
    assert sorted(set(texts)) == sorted(texts)
