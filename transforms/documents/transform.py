"""The stop that reads: file patterns in, documents and rejects out."""

from __future__ import annotations

import dataclasses
import datetime
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

import apache_beam as beam
from apache_beam.io.filesystem import BeamIOError, CompressionTypes
from apache_beam.io.filesystems import FileSystems
from apache_beam.metrics.metric import Metrics
from apache_beam.pvalue import TaggedOutput

from schemas.document import Document
from transforms.documents import inputs
from transforms.documents.assemble import KnownLanguage, Rules, nothing_known
from transforms.documents.readers import is_parquet, read_range, read_records, read_row_groups, split_points
from transforms.documents.recording import REJECTS, Recording, now
from transforms.documents.records import DEFAULT_LIMITS, RawRecord, Unreadable

CHUNK_BYTES = 16 << 20
# Records of a smaller file are told by line; those of a larger one that can be cut by byte, also where it is not cut, so that the place of a record does not
# follow from the number of workers.
_SMALL_BYTES = 256 << 10


def matched_inputs(patterns: Sequence[str]) -> list[tuple[str, int]]:
    """The files that inputs name, and their sizes in bytes: for the launcher, before a pipeline runs.

    Raises:
        transforms.documents.inputs.NoMatchingInputError: An input matches no file, or its file system cannot be asked; the message names it.
    """
    return inputs.matched(patterns, _list_remote)


def _list_remote(pattern: str) -> list[tuple[str, int]]:
    try:
        return [(each.path, each.size_in_bytes) for each in FileSystems.match([pattern])[0].metadata_list]
    except (BeamIOError, ValueError, OSError) as error:
        raise inputs.NoMatchingInputError(f"{pattern!r} cannot be listed: {error}") from error


def _opened(path: str) -> IO[bytes]:
    # Compression is undone by `readers`, which limits what comes out; Beam would go by the extension.
    opened: IO[bytes] = FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED)
    return opened


def _knows_nothing() -> KnownLanguage:
    return nothing_known


class ReadResult(NamedTuple):
    """What `ReadDocuments` gives: a PCollection of `Document` and one of `Reject`."""

    documents: Any
    rejects: Any


class _Part(NamedTuple):
    """A file, or a part of one: bytes of JSON Lines or row groups of Parquet `[start, stop)`; `stop` -1 for the whole file."""

    path: str
    start: int
    stop: int


# Not frozen: Beam sets the label and type hints of a transform after it is made.
@dataclasses.dataclass(eq=False)
class ReadDocuments(beam.PTransform):
    """Reads files of any format into documents: `patterns | ReadDocuments(run_id=…)` gives `(documents, rejects)`.

    The input is a PCollection of strings: files, folders, globs, URLs of Beam file systems. A JSON Lines file without compression and a Parquet file are
    read by several workers, others by one each; only the names of the parts are shuffled, never a text. Each record becomes a document or a reject.

    Attributes:
        run_id: The run, for the rejects.
        fields: For a field of the contract the name that it has in the input.
        published: The time of publication of what states none.
        id_prefix: What is set before every id.
        languages: ISO 639-1 codes of the languages that go on; others are skipped.
        max_text_characters: The longest text.
        max_record_bytes: The longest line or text file.
        chunk_bytes: How long a part of a file that several workers read is.
        read_before: Gives the files that earlier runs have read, by `inputs.canonical`; their documents come out as `DocumentAgain`.
        known_languages: Gives what is known of the documents of these files, so that their languages need not be detected again.
        growing: The run itself publishes while it goes on: its own files have been read before as well when they have changed.
        clock: The time for `seen_at` of the rejects.

    Raises:
        ValueError: By the constructor, where an argument is none that can be used.
    """

    run_id: str
    fields: Mapping[str, str] = dataclasses.field(default_factory=dict)
    published: str | None = None
    id_prefix: str = ""
    languages: Sequence[str] = ("en",)
    max_text_characters: int = DEFAULT_LIMITS.text_characters
    max_record_bytes: int = DEFAULT_LIMITS.record_bytes
    chunk_bytes: int = CHUNK_BYTES
    read_before: Callable[[], Collection[str]] = frozenset
    known_languages: Callable[[], KnownLanguage] = _knows_nothing
    growing: bool = False
    clock: Callable[[], datetime.datetime] = now

    def __post_init__(self) -> None:
        super().__init__()
        for name in ("max_text_characters", "max_record_bytes", "chunk_bytes"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} is {getattr(self, name)}: a number above 0 would be right")
        self.rules.check()

    @property
    def rules(self) -> Rules:
        """The rules that the arguments state."""
        limits = dataclasses.replace(DEFAULT_LIMITS, text_characters=self.max_text_characters, record_bytes=self.max_record_bytes)
        return Rules(dict(self.fields), self.published, self.id_prefix, tuple(self.languages), limits)

    def expand(self, patterns: Any) -> ReadResult:
        """Patterns to parts of files, and these to documents and rejects."""
        parts = patterns | "Match" >> beam.ParDo(_MatchFn(self.run_id, self.chunk_bytes, self.clock)).with_outputs(REJECTS, main="parts")
        reading = _ReadFn(self.run_id, self.rules, self.read_before, self.known_languages, self.clock, growing=self.growing)
        read = (
            parts.parts
            | "Spread" >> beam.Reshuffle().with_input_types(_Part).with_output_types(_Part)
            | "Read" >> beam.ParDo(reading).with_outputs(REJECTS, main="documents")
        )
        rejects = (parts[REJECTS], read[REJECTS]) | "Rejects" >> beam.Flatten()
        return ReadResult(read.documents, rejects)


class _MatchFn(Recording):
    def __init__(self, run_id: str, chunk_bytes: int, clock: Callable[[], datetime.datetime]) -> None:
        super().__init__(ReadDocuments, run_id, clock)
        self._chunk_bytes = chunk_bytes

    def process(self, pattern: str) -> Iterator[_Part | TaggedOutput]:
        try:
            files = matched_inputs([pattern])
        except inputs.NoMatchingInputError as error:
            self.read.inc()
            yield self.reject(pattern, None, str(error))
            return
        for path, size in files:
            yield from self._parts(path, size)

    def _parts(self, path: str, size: int) -> Iterable[_Part]:
        if size <= min(_SMALL_BYTES, self._chunk_bytes):
            return [_Part(path, 0, -1)]
        try:
            with _opened(path) as file:
                points = split_points(file, path, size, self._chunk_bytes)
        except (OSError, BeamIOError):
            points = []  # the reading says what is wrong with it
        return [_Part(path, start, stop) for start, stop in points] or [_Part(path, 0, -1)]


class _ReadFn(Recording):
    def __init__(
        self,
        run_id: str,
        rules: Rules,
        read_before: Callable[[], Collection[str]],
        known_languages: Callable[[], KnownLanguage],
        clock: Callable[[], datetime.datetime],
        *,
        growing: bool,
    ) -> None:
        super().__init__(ReadDocuments, run_id, clock)
        self._rules, self._read_before, self._known_languages, self._growing = rules, read_before, known_languages, growing
        self._again: Collection[str] = frozenset()
        self._milliseconds = Metrics.distribution(ReadDocuments, "file_msec")

    def setup(self) -> None:
        self._again = self._read_before()

    def start_bundle(self) -> None:
        if self._growing:
            self.setup()

    def process(self, part: _Part) -> Iterator[Document | TaggedOutput]:
        started = time.monotonic()
        again = inputs.canonical(part.path) in self._again
        known_language = self._known_languages() if again else nothing_known
        try:
            with _opened(part.path) as file:
                for item in self._items(file, part):
                    self.read.inc()
                    yield self.result(item, part.path, self._rules, again=again, known_language=known_language)
        except (OSError, BeamIOError) as error:
            # A file that has vanished or may not be read is lost alone, like one that is damaged.
            self.read.inc()
            yield self.reject(part.path, None if part.stop < 0 else f"byte {part.start}", f"the file cannot be read: {error}")
        self._milliseconds.update(int(1000 * (time.monotonic() - started)))

    def _items(self, file: IO[bytes], part: _Part) -> Iterator[RawRecord | Unreadable]:
        if part.stop < 0:
            return read_records(file, part.path, self._rules.limits, self._rules.fields)
        if is_parquet(file):
            file.seek(0)
            return read_row_groups(file, range(part.start, part.stop), self._rules.fields)
        return read_range(file, part.start, part.stop, self._rules.limits)
