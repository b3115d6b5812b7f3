"""The stop that listens to Kafka: messages of a topic become documents, in windows of the time at which they were read."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.io.filesystems import FileSystems
from apache_beam.io.iobase import RestrictionProgress, RestrictionTracker
from apache_beam.io.watermark_estimators import ManualWatermarkEstimator
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.transforms.core import RestrictionProvider
from apache_beam.transforms.window import FixedWindows, TimestampedValue
from apache_beam.utils.timestamp import Duration, Timestamp

from schemas.document import Document
from transforms.documents.assemble import Rules
from transforms.documents.jsonl import parse_line
from transforms.documents.kafka import Message, TopicReader
from transforms.documents.offsets import Span, covers, resume, spans_of, topic_url
from transforms.documents.recording import REJECTS, Recording, now

# What is read at once is extracted before more is read, so that a long backlog does not fill the memory.
_MESSAGES = 200
_POLL_SECONDS = 1.0
# Numbers of partitions, and where to go on in each.
_Positions = tuple[tuple[int, int], ...]


class TopicResult(NamedTuple):
    """What `ReadTopic` gives: PCollections of `Document`, of `Reject`, and of the names of what was read (`offsets.Span`), one a window and partition."""

    documents: Any
    rejects: Any
    spans: Any


class _Batch(NamedTuple):
    """Messages of a partition that were read together, and the span that they cover."""

    span: Span
    messages: tuple[Message, ...]


# Not frozen: Beam sets the label and type hints of a transform after it is made.
@dataclasses.dataclass(eq=False)
class ReadTopic(beam.PTransform):
    """Reads a Kafka topic as it grows: `pipeline | ReadTopic(bootstrap=…, topic=…, …)` gives `(documents, rejects, spans)`.

    A message is a JSON object with a document's fields, like a line of JSON Lines. The event time of a message is when it was read; they are in fixed windows.
    Reading begins after what earlier runs have published, whose spans `read_before` gives: published with their documents, these are the offsets that count,
    and the broker's own are not used. Needs a runner that streams.

    Attributes:
        bootstrap: `HOST:PORT` of a broker, or several with commas between.
        topic: The topic's name.
        every: The length of a window, in seconds.
        stop: Path or URL of a file: when it is there, no more is read, and the pipeline ends after the last window.
        run_id: The run, for the rejects.
        rules: What holds for every record.
        read_before: Gives the names of what earlier runs have read.
        clock: The time for `seen_at` of the rejects.

    Raises:
        ValueError: By the constructor, where `every` is no length.
        transforms.documents.kafka.KafkaError: On running, where the broker cannot give what it is asked for.
    """

    bootstrap: str
    topic: str
    every: float
    stop: str
    run_id: str
    rules: Rules = dataclasses.field(default_factory=Rules)
    read_before: Callable[[], Collection[str]] = frozenset
    clock: Callable[[], datetime.datetime] = now

    def __post_init__(self) -> None:
        super().__init__()
        if not self.every >= 1:
            raise ValueError(f"every is {self.every}: a number of seconds from 1 on would be right")
        self.rules.check()

    def expand(self, pipeline: Any) -> TopicResult:
        """The topic to messages, and these to documents, rejects and spans."""
        name = topic_url(self.bootstrap, self.topic)
        batches = (
            pipeline
            | "Topic" >> beam.Create([(self.bootstrap, self.topic)])
            | "Listen" >> beam.ParDo(_Listen(self.stop, self.read_before))
            | "Window" >> beam.WindowInto(FixedWindows(self.every))
        )
        read = batches | "Read" >> beam.ParDo(_Read(name, self.run_id, self.rules, self.read_before, self.clock)).with_outputs(REJECTS, main="documents")
        spans: PCollection[str] = (
            batches
            | "Spans" >> beam.Map(_span_by_partition)
            | "JoinSpans" >> beam.CombinePerKey(_joined)
            | "NameSpans" >> beam.Map(_name).with_output_types(str)
        )
        return TopicResult(read.documents, read[REJECTS], spans)


def _span_by_partition(batch: _Batch) -> tuple[int, Span]:
    return batch.span.partition, batch.span


def _joined(spans: Sequence[Span]) -> Span | None:
    """Spans that follow on each other as one."""
    found = sorted(spans)
    return dataclasses.replace(found[0], stop=max(each.stop for each in found)) if found else None


def _name(joined: tuple[int, Span]) -> str:
    return str(joined[1])


class _Tracker(RestrictionTracker):
    """Where to go on in each partition. A call reads once and claims where that leads to; what then comes is all that can be split off."""

    def __init__(self, positions: _Positions) -> None:
        self._positions = positions
        self._claimed: _Positions | None = None
        self._done = False

    def current_restriction(self) -> _Positions:
        return self._positions

    def current_progress(self) -> RestrictionProgress:
        return RestrictionProgress(completed=float(self._done), remaining=float(not self._done))

    def try_claim(self, position: _Positions) -> bool:
        if self._done:
            return False
        self._claimed, self._done = position, True
        return True

    def try_split(self, fraction_of_remainder: float) -> tuple[_Positions, _Positions]:  # noqa: ARG002 - of what is to come no half can be given away
        residual = self._positions if self._claimed is None else self._claimed
        self._positions, self._done = (), True
        return (), residual

    def check_done(self) -> bool:
        if not self._done:
            raise ValueError(f"nothing was claimed of {self._positions!r}")
        return True

    def is_bounded(self) -> bool:
        return not self._positions


class _Listen(beam.DoFn, RestrictionProvider):
    """Reads a topic on from where it is given, until the stop is asked for.

    All partitions are one element: with several, Prism (2.77) was seen to close windows that one of them had still to fill, and to drop what came.
    """

    def __init__(self, stop: str, read_before: Callable[[], Collection[str]]) -> None:
        self._stop, self._read_before = stop, read_before
        self._reader: TopicReader | None = None

    def teardown(self) -> None:
        if self._reader is not None:
            self._reader.close()

    def initial_restriction(self, element: tuple[str, str]) -> _Positions:
        reader = TopicReader(*element)
        read = spans_of(self._read_before(), topic_url(*element))
        positions = tuple((each.number, resume(read, each.number, each.low, each.high)) for each in reader.partitions())
        reader.close()
        return positions

    def create_tracker(self, restriction: _Positions) -> _Tracker:
        return _Tracker(restriction)

    def restriction_size(self, element: tuple[str, str], restriction: _Positions) -> int:  # noqa: ARG002 - as Beam calls it
        return 1

    @beam.DoFn.unbounded_per_element()
    def process(
        self,
        element: tuple[str, str],
        tracker: Any = beam.DoFn.RestrictionParam(),  # noqa: B008 - Beam's way to ask for it
        watermark: Any = beam.DoFn.WatermarkEstimatorParam(ManualWatermarkEstimator.default_provider()),  # noqa: B008
    ) -> Iterator[TimestampedValue]:
        positions = dict(tracker.current_restriction())
        if not positions:
            return
        stopping = FileSystems.exists(self._stop)
        if self._reader is None:
            self._reader = TopicReader(*element)
        messages = self._reader.read(positions, limit=_MESSAGES, seconds=_POLL_SECONDS)
        reached = positions | {partition: read[-1].offset + 1 for partition, read in messages.items()}
        if not tracker.try_claim(tuple(reached.items())):
            return
        # The clock may have been set back: what is behind the watermark would be dropped as late.
        at = max(Timestamp.now(), watermark.current_watermark() or Timestamp(0))
        for partition, read in messages.items():
            yield TimestampedValue(_Batch(Span(topic_url(*element), partition, positions[partition], reached[partition]), tuple(read)), at)
        if not stopping:
            watermark.set_watermark(at)
            tracker.defer_remainder(Duration(0))


class _Read(Recording):
    def __init__(self, name: str, run_id: str, rules: Rules, read_before: Callable[[], Collection[str]], clock: Callable[[], datetime.datetime]) -> None:
        super().__init__(ReadTopic, run_id, clock)
        self._name, self._rules, self._read_before = name, rules, read_before

    def setup(self) -> None:
        # Of this run itself no message comes twice; what an earlier one has published beyond a gap does.
        self._before = spans_of(self._read_before(), self._name)

    def process(self, batch: _Batch) -> Iterator[Document | TaggedOutput]:
        partition = batch.span.partition
        for message in batch.messages:
            again = covers(self._before, partition, message.offset)
            for item in parse_line(message.value or b"", f"partition {partition} offset {message.offset}"):
                self.read.inc()
                yield self.result(item, self._name, self._rules, again=again)
