from __future__ import annotations

import datetime
import json
import pathlib
from collections.abc import Mapping
from typing import Any

import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that

from schemas.document import DocumentAgain
from transforms.documents import topic
from transforms.documents.kafka import Message, Partition
from transforms.documents.topic import ReadTopic

NEWS = "kafka://broker:9092/news"
TEXT = "The ministers of France and Germany met in Paris on Monday to discuss trade, officials of both sides said after the talks."


def message(offset: int, value: object) -> Message:
    return Message(offset, None if value is None else json.dumps(value).encode())


# Two partitions; the broker has deleted the beginning of the second.
MESSAGES = {
    0: [message(0, {"doc_id": "a", "text": TEXT}), message(1, None), message(3, "no object")],
    1: [message(7, {"doc_id": "b", "text": TEXT}), message(8, {"doc_id": "c", "text": TEXT})],
}


class Broker:
    """Stands for `TopicReader`."""

    def __init__(self, bootstrap: str, name: str) -> None:
        assert (bootstrap, name) == ("broker:9092", "news")

    def partitions(self) -> list[Partition]:
        return [Partition(number, messages[0].offset, messages[-1].offset + 1) for number, messages in MESSAGES.items()]

    def read(self, positions: Mapping[int, int], *, limit: int, seconds: float) -> dict[int, list[Message]]:
        assert limit > 0
        assert seconds > 0
        return {partition: [each for each in MESSAGES[partition] if each.offset >= start] for partition, start in positions.items()}

    def close(self) -> None:
        pass


def read_before() -> list[str]:
    return [f"{NEWS}/1/0-8"]


def test_messages_become_documents_and_rejects_and_are_told_as_spans(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    monkeypatch.setattr(topic, "TopicReader", Broker)
    stop = tmp_path / "stop"
    stop.touch()

    def documents(found: list[Any]) -> None:
        assert sorted((each.doc_id, each.uri, isinstance(each, DocumentAgain)) for each in found) == [("a", NEWS, False), ("c", NEWS, False)]

    def rejects(found: list[Any]) -> None:
        assert [(each.uri, each.record, each.stage, each.kind) for each in found] == [(NEWS, "partition 0 offset 3", "read", "failed")]

    def spans(found: list[str]) -> None:
        assert sorted(found) == [f"{NEWS}/0/0-4", f"{NEWS}/1/8-9"]

    with TestPipeline("FnApiRunner") as pipeline:
        read = pipeline | ReadTopic(
            bootstrap="broker:9092",
            topic="news",
            every=5,
            stop=str(stop),
            run_id="r",
            read_before=read_before,
            clock=lambda: datetime.datetime(2025, 3, 20, tzinfo=datetime.UTC),
        )
        for label, records, check in (("Documents", read.documents, documents), ("Rejects", read.rejects, rejects), ("Spans", read.spans, spans)):
            assert_that(records, check, label=label)


def test_what_is_to_come_begins_where_the_reading_has_led_to() -> None:
    tracker = topic._Tracker(((0, 5), (1, 7)))
    assert not tracker.is_bounded()
    assert tracker.try_claim(((0, 6), (1, 7)))
    assert not tracker.try_claim(((0, 8), (1, 7)))
    assert tracker.try_split(0) == ((), ((0, 6), (1, 7)))
    assert tracker.check_done()
    assert tracker.is_bounded()


def test_what_was_not_claimed_is_still_to_come() -> None:
    tracker = topic._Tracker(((0, 5),))
    with pytest.raises(ValueError, match="nothing was claimed"):
        tracker.check_done()
    assert tracker.try_split(0.5) == ((), ((0, 5),))
    assert not tracker.try_claim(((0, 6),))


@pytest.mark.parametrize("every", [0, float("nan")])
def test_windows_have_a_length(every: float) -> None:
    with pytest.raises(ValueError, match="every is"):
        ReadTopic(bootstrap="broker:9092", topic="news", every=every, stop="stop", run_id="r")
