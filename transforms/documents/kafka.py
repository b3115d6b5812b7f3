"""Kafka's side of reading: what a topic has, by Confluent's client (`pip install 'dateline[kafka]'`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from transforms.documents.offsets import topic_url

_ANSWER_SECONDS = 15.0


class KafkaError(Exception):
    """A broker does not answer, or does not have what it is asked for; the message says what would be right."""


class Message(NamedTuple):
    """A message: its offset and content; None where it only deletes an earlier one."""

    offset: int
    value: bytes | None


class Partition(NamedTuple):
    """A partition that a broker has, with its first offset and the one that its next message will have."""

    number: int
    low: int
    high: int


class TopicReader:
    """Reads one topic without a consumer group: offsets are kept by who reads, not by the broker.

    Args:
        bootstrap: `HOST:PORT`, or several with commas between.
        topic: The topic's name.

    Raises:
        KafkaError: Confluent's client is not installed.
    """

    def __init__(self, bootstrap: str, topic: str) -> None:
        try:
            import confluent_kafka  # an extra: only who reads from Kafka needs it
        except ModuleNotFoundError as error:
            raise KafkaError("reading from Kafka needs Confluent's client: pip install 'dateline[kafka]' would be right") from error
        self._library: Any = confluent_kafka
        self._name, self._topic = topic_url(bootstrap, topic), topic
        self._consumer: Any = confluent_kafka.Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": "dateline",
                "enable.auto.commit": False,
                # What the broker has deleted must not be passed over in silence.
                "auto.offset.reset": "error",
                "log_level": 2,
            }
        )
        self._positions: Mapping[int, int] = {}

    def partitions(self) -> list[Partition]:
        """The topic's partitions.

        Raises:
            KafkaError: No broker answers, or there is no such topic.
        """
        try:
            found = self._consumer.list_topics(self._topic, timeout=_ANSWER_SECONDS).topics[self._topic]
            if found.error is not None:
                raise KafkaError(f"{self._name} cannot be read: {found.error.str()}; the name of a topic that the broker has would be right")
            return [Partition(number, *self._offsets(number)) for number in sorted(found.partitions)]
        except self._library.KafkaException as error:
            raise KafkaError(f"{self._name} cannot be read: {error.args[0].str()}; HOST:PORT of a broker that runs would be right") from error

    def _offsets(self, partition: int) -> tuple[int, int]:
        low, high = self._consumer.get_watermark_offsets(self._library.TopicPartition(self._topic, partition), timeout=_ANSWER_SECONDS)
        return low, high

    def read(self, positions: Mapping[int, int], *, limit: int, seconds: float) -> dict[int, list[Message]]:
        """The next messages, in order within each partition; none of a partition where there are none within some seconds.

        Args:
            positions: For the number of each partition to read the offset to go on at.
            limit: The most messages of all together.
            seconds: How long to wait for the first ones.

        Raises:
            KafkaError: The broker has said that it cannot give them.
        """
        if self._positions != positions:
            self._consumer.assign([self._library.TopicPartition(self._topic, partition, offset) for partition, offset in positions.items()])
        messages: dict[int, list[Message]] = {}
        for each in self._consumer.consume(limit, seconds):
            if each.error() is not None:
                raise KafkaError(f"{self._name}, partition {each.partition()}, cannot be read on: {each.error().str()}")
            messages.setdefault(each.partition(), []).append(Message(each.offset(), each.value()))
        self._positions = dict(positions) | {partition: read[-1].offset + 1 for partition, read in messages.items()}
        return messages

    def close(self) -> None:
        """Ends the connection."""
        self._consumer.close()
