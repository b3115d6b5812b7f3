"""A Kafka broker on loopback, its own controller, without Docker or ZooKeeper."""

from __future__ import annotations

import contextlib
import json
import pathlib
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.engines.processes import free_port, running, wait_for

_SETTINGS = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@localhost:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://localhost:{port},CONTROLLER://localhost:{controller}
advertised.listeners=PLAINTEXT://localhost:{port}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={logs}
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
"""
_CLUSTER = "4L6g3nShT-eMCtK--X86sw"


class KafkaBroker:
    """A broker that runs.

    Args:
        bootstrap: `HOST:PORT`.
    """

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap

    def make_topic(self, name: str, partitions: int) -> None:
        """Makes a topic."""
        from confluent_kafka.admin import AdminClient, NewTopic

        admin = AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 2})
        for made in admin.create_topics([NewTopic(name, partitions, 1)]).values():
            made.result(timeout=120)

    def send(self, topic: str, documents: Iterable[Mapping[str, Any]]) -> None:
        """Sends documents, each as a message."""
        from confluent_kafka import Producer

        producer = Producer({"bootstrap.servers": self.bootstrap, "log_level": 2})
        for each in documents:
            producer.produce(topic, json.dumps(each).encode(), key=str(each["doc_id"]).encode())
        assert producer.flush(120) == 0


def _answers(bootstrap: str) -> bool:
    from confluent_kafka import KafkaException
    from confluent_kafka.admin import AdminClient

    with contextlib.suppress(KafkaException):
        return bool(AdminClient({"bootstrap.servers": bootstrap, "log_level": 0}).list_topics(timeout=2).brokers)
    return False


@contextlib.contextmanager
def kafka(jar: str, folder: pathlib.Path) -> Iterator[KafkaBroker]:
    """A broker for as long as the block lasts.

    Args:
        jar: As Maven builds it from `java/kafka-broker`.
        folder: For settings, logs and messages.
    """
    folder.mkdir(parents=True)
    port = free_port()
    settings = folder / "server.properties"
    settings.write_text(_SETTINGS.format(port=port, controller=free_port(), logs=folder / "logs"), encoding="utf-8")
    subprocess.run(["java", "-cp", jar, "kafka.tools.StorageTool", "format", "-t", _CLUSTER, "-c", str(settings)], check=True, capture_output=True)
    with running("java", "-Xmx512m", "-cp", jar, "kafka.Kafka", str(settings), folder=folder):
        wait_for(lambda: _answers(f"localhost:{port}"), "the Kafka broker answers")
        yield KafkaBroker(f"localhost:{port}")
