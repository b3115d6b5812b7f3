"""Which messages of a Kafka topic have been read: spans of offsets, as the names under which a run's row keeps them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable

SCHEME = "kafka://"
_NAME = re.compile(r"(?P<topic>kafka://.+)/(?P<partition>\d+)/(?P<start>\d+)-(?P<stop>\d+)")


def topic_url(bootstrap: str, topic: str) -> str:
    """The name of a topic: `kafka://HOST:PORT/TOPIC`."""
    return f"{SCHEME}{bootstrap}/{topic}"


@dataclasses.dataclass(frozen=True, order=True)
class Span:
    """The messages `[start, stop)` of one partition.

    Attributes:
        topic: As `topic_url` names it.
        partition: The partition's number.
        start, stop: Offsets.
    """

    topic: str
    partition: int
    start: int
    stop: int

    def __str__(self) -> str:
        """The name that a run's row keeps: `kafka://HOST:PORT/TOPIC/PARTITION/START-STOP`."""
        return f"{self.topic}/{self.partition}/{self.start}-{self.stop}"


def spans_of(names: Iterable[str], topic: str) -> list[Span]:
    """The spans of one topic among what runs have read (`schemas.ledger.Run.inputs`), in order of partitions and offsets."""
    found = (_NAME.fullmatch(each) for each in names if each.startswith(f"{topic}/"))
    spans = (Span(each["topic"], int(each["partition"]), int(each["start"]), int(each["stop"])) for each in found if each is not None)
    return sorted(each for each in spans if each.topic == topic)


def resume(read: Collection[Span], partition: int, low: int, high: int) -> int:
    """The first offset of a partition that no run has published.

    Windows are published one by one, so that a run that ends in the middle may leave a gap: reading goes on at the gap.

    Args:
        read: What runs have read of the topic, in order.
        partition: The partition's number.
        low: The first offset that the broker still has.
        high: The offset that its next message will have.
    """
    position = low
    for span in read:
        if span.partition == partition and span.start <= position:
            position = max(position, span.stop)
    # Beyond the end: the topic was deleted and made anew.
    return position if position <= high else low


def covers(read: Collection[Span], partition: int, offset: int) -> bool:
    """Whether a run has read a message."""
    return any(span.partition == partition and span.start <= offset < span.stop for span in read)
