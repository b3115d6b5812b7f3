"""`dateline run --kafka` on Prism, with a broker of Kafka's own: what is in the topic comes into the store once, whatever happens in between."""

from __future__ import annotations

import json
import pathlib
import signal
from typing import Any

import pytest

from pipeline.database import open_store
from tests.engines.kafka_broker import KafkaBroker
from tests.engines.processes import SECONDS, count, dateline, kill, readme_command, started, wait_for
from tests.transforms.storage.synthetic import contents

TOPIC = "news"
SENTENCES = (
    "Foreign ministers of {0} and {1} met in {2} on Monday to discuss trade.",
    "{0} carried out an air strike on a military base near {2}, killing {3} soldiers.",
    "{0} approved ${3} million in military aid for {1}.",
)
PLACES = (("France", "Germany", "Paris"), ("Norway", "Kenya", "Nairobi"), ("Japan", "India", "Delhi"), ("Israel", "Iran", "Isfahan"))


def documents(count: int) -> list[dict[str, Any]]:
    """Invented articles, each with an event."""
    return [
        {
            "doc_id": f"d{number}",
            "url": f"https://example.org/{number}",
            "source": "test",
            "published": f"2025-03-{1 + number % 28:02}T08:00:00Z",
            "title": f"Report {number}",
            "text": SENTENCES[number % 3].format(*PLACES[number % 4], 3 + number),
        }
        for number in range(count)
    ]


def command(store: pathlib.Path, broker: KafkaBroker, prism: str) -> list[str]:
    return readme_command("kafka", store=str(store), kafka=broker.bootstrap, topic=TOPIC, every="5s", prism_location=prism)


def test_what_is_in_the_topic_comes_into_the_store_once(kafka_broker: KafkaBroker, prism: str, tmp_path: pathlib.Path) -> None:
    store, news = tmp_path / "store", documents(61)
    kafka_broker.make_topic(TOPIC, 2)
    kafka_broker.send(TOPIC, news[:20])
    with started(*command(store, kafka_broker, prism)) as process:
        wait_for(lambda: count(store) == 20 or process.poll() is not None, "SQL finds what was in the topic")
        kafka_broker.send(TOPIC, news[20:30])
        wait_for(lambda: count(store) == 30 or process.poll() is not None, "SQL finds what has arrived since")
        # Killed with messages read and not published.
        kafka_broker.send(TOPIC, news[30:40])
        wait_for(lambda: list(store.glob("staging/*/*-documents.parquet")) or process.poll() is not None, "something is staged")
        kill(process)
    left = set((store / "staging").iterdir())
    with started(*command(store, kafka_broker, prism)) as process:
        kafka_broker.send(TOPIC, news[40:60])
        wait_for(lambda: count(store) == 60 or process.poll() is not None, "SQL finds everything")
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    assert set((store / "staging").iterdir()) <= left
    # Another run goes on behind it.
    kafka_broker.send(TOPIC, news[60:])
    with started(*command(store, kafka_broker, prism)) as process:
        wait_for(lambda: count(store) == 61 or process.poll() is not None, "SQL finds the last one")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    with open_store(str(store)) as connection:
        assert connection.execute("SELECT sum(read), sum(added) FROM runs").fetchone() == (61, 61)
    file, whole = tmp_path / "news.jsonl", tmp_path / "whole"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in news), encoding="utf-8")
    assert dateline("run", str(file), "--store", str(whole), "--quiet").returncode == 0
    assert contents(store) == contents(whole)


def test_a_topic_that_is_not_there_is_told_in_one_line(kafka_broker: KafkaBroker, prism: str, tmp_path: pathlib.Path) -> None:
    done = dateline(*command(tmp_path / "store", kafka_broker, prism))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert f"kafka://{kafka_broker.bootstrap}/{TOPIC}" in done.stderr


@pytest.mark.parametrize("bootstrap", ["localhost:1"])
def test_a_broker_that_is_not_there_is_told_in_one_line(bootstrap: str, tmp_path: pathlib.Path) -> None:
    done = dateline("run", "--store", str(tmp_path / "store"), "--kafka", bootstrap, "--topic", TOPIC)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert f"kafka://{bootstrap}/{TOPIC}" in done.stderr
