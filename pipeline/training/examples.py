"""What the judge learns from: what the rules find in documents that somebody has read, with what the reader says of it."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import pathlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pipeline.errors import UsageError
from pipeline.evaluation.annotation import Annotated, GoldDocument, annotated
from pipeline.evaluation.matching import extracted_roles, gold_roles, match
from schemas.document import Document
from schemas.event_types import event_types
from schemas.mention import STATUSES
from transforms.documents.assemble import Refusal, Rules, make_document
from transforms.documents.readers import read_records
from transforms.documents.records import RawRecord
from transforms.events.evidence import Evidence
from transforms.events.extractor import Extractor

FOLDS = 5
VERDICTS = ("none", "wrong", "right")
_VERDICT_COLUMNS = ("doc_id", "type", "start", "trigger", "verdict", "status", "actors")
_SENTENCE_COLUMNS = ("id", "section", "published", "events", "sentence")


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What a reader says of one extracted mention.

    Attributes:
        event_type: Its type.
        start: Where its trigger began in the document.
        verdict: `none` where nothing of the type is reported there, `wrong` where an actor or the status was not right, `right` where all was.
        status: The status that was judged.
        actors: The roles that were judged, as `signature` writes them.
    """

    event_type: str
    start: int
    verdict: str
    status: str
    actors: str


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A sentence written for training, with the events that it reports: type, trigger and status of each."""

    document: Document
    events: tuple[tuple[str, str, str], ...]


@dataclasses.dataclass(frozen=True)
class Example:
    """An extracted mention that was judged.

    Attributes:
        evidence: Its facts.
        mention: Whether its sentence reports such an event.
        right: Whether actors and status are right too; None where nobody has said so.
        fold: The part of the documents that it belongs to, 0 to `FOLDS` - 1.
        natural: From a text as it was published; written sentences hold more traps than the news does.
    """

    evidence: Evidence
    mention: bool
    right: bool | None
    fold: int
    natural: bool


@dataclasses.dataclass(frozen=True)
class Weighed:
    """A mention that the rules find: in the form of annotation, where its sentence is, and its facts."""

    guess: Annotated
    sentence: tuple[int, int]
    evidence: Evidence


def fold_of(doc_id: str) -> int:
    """The fold of a document: all that one document holds is in one."""
    return hashlib.blake2b(doc_id.encode(), digest_size=4).digest()[0] % FOLDS


def signature(mention: Annotated) -> str:
    """Who has which role in a mention, as one line: `attacker:RUS; target:UKR`."""
    return "; ".join(sorted(f"{role}:{party}" for role, party in extracted_roles(mention)))


def read_verdicts(path: pathlib.Path) -> dict[str, list[Verdict]]:
    """The verdicts of a table, by document.

    Raises:
        UsageError: The table cannot be read, or a row is none; the message names file and line.
    """
    found: dict[str, list[Verdict]] = {}
    for number, row in _rows(path, _VERDICT_COLUMNS):
        if row["verdict"] not in VERDICTS or row["type"] not in event_types() or not row["start"].isdigit():
            raise UsageError(
                f"line {number} of {path} is no verdict; a type of {', '.join(event_types())}, an offset and one of {', '.join(VERDICTS)} would be right"
            )
        found.setdefault(row["doc_id"], []).append(Verdict(row["type"], int(row["start"]), row["verdict"], row["status"], row["actors"]))
    return found


def read_sentences(path: pathlib.Path) -> list[Sentence]:
    """The sentences of a table; each is a document of its own.

    Raises:
        UsageError: The table cannot be read, or a row is none; the message names file and line.
    """
    found = []
    for number, row in _rows(path, _SENTENCE_COLUMNS):
        events = []
        for each in row["events"].split("; ") if row["events"] != "-" else []:
            kind, trigger, status = (*each.split("/"), "", "")[:3]
            if kind not in event_types() or status not in STATUSES or trigger not in row["sentence"]:
                raise UsageError(f"line {number} of {path}: {each!r} is no event of this sentence; type/trigger/status would be right, or - for none")
            events.append((kind, trigger, status))
        values = {"doc_id": row["id"], "text": row["sentence"], "published": row["published"] or None, "language": "en"}
        document = make_document(RawRecord(f"line {number}", values), str(path), Rules())
        if isinstance(document, Refusal):
            raise UsageError(f"line {number} of {path} is no document: {document.error}")
        found.append(Sentence(document, tuple(events)))
    return found


def _rows(path: pathlib.Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if reader.fieldnames != list(columns):
                raise UsageError(f"{path} has the columns {', '.join(reader.fieldnames or ())}; {', '.join(columns)} would be right")
            yield from enumerate(reader, start=2)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error}); a table of judged text would be right") from error


def read_documents(paths: Iterable[str], wanted: Collection[str]) -> Iterator[Document]:
    """The documents of some ids that files hold, in order.

    Raises:
        UsageError: A file cannot be read.
    """
    for path in paths:
        try:
            with pathlib.Path(path).open("rb") as file:
                for record in read_records(file, path):
                    if isinstance(record, RawRecord) and record.values.get("doc_id") in wanted:
                        document = make_document(record, path, Rules())
                        if isinstance(document, Document):
                            yield document
        except OSError as error:
            raise UsageError(f"{path} cannot be read ({error}); a file of documents would be right") from error


def from_gold(extractor: Extractor, gold: Sequence[GoldDocument]) -> Iterator[tuple[GoldDocument, list[Weighed], list[Example]]]:
    """What the rules find in annotated documents: each document, what was found in it, and an example for each."""
    wanted = {each.doc_id: each for each in gold if each.document is not None}
    for document, weighed in _weighed(extractor, [each.document for each in wanted.values() if each.document is not None]):
        annotation = wanted[document.doc_id]
        weighed = sorted(weighed, key=lambda each: each.guess.start)
        gold_of = {j: annotation.mentions[i] for i, j in match(annotation.mentions, [each.guess for each in weighed])}
        examples = []
        for j, each in enumerate(weighed):
            told = gold_of.get(j)
            right = told is not None and gold_roles(told) == extracted_roles(each.guess, told) and told.status == each.guess.status
            examples.append(Example(each.evidence, told is not None, right, fold_of(document.doc_id), natural=True))
        yield annotation, weighed, examples


def from_verdicts(extractor: Extractor, documents: Iterable[Document], verdicts: Mapping[str, Sequence[Verdict]]) -> Iterator[Example]:
    """What the rules find today in documents of which a reader has judged what they found then."""
    for document, weighed in _weighed(extractor, documents):
        for each in weighed:
            verdict = _verdict_on(each, weighed, verdicts.get(document.doc_id, ()))
            if verdict is not None:
                yield Example(each.evidence, verdict.verdict != "none", _is_right(each.guess, verdict), fold_of(document.doc_id), natural=True)


def _verdict_on(found: Weighed, beside: Sequence[Weighed], verdicts: Sequence[Verdict]) -> Verdict | None:
    """The verdict on a mention: the one on its trigger, else the only one on its type in its sentence, if no other mention claims that."""
    same = [each for each in verdicts if each.event_type == found.guess.event_type]
    exact = next((each for each in same if each.start == found.guess.start), None)
    if exact is not None:
        return exact
    start, end = found.sentence
    near = [each for each in same if start <= each.start < end]
    others = [each for each in beside if each is not found and each.guess.event_type == found.guess.event_type and each.sentence == found.sentence]
    return near[0] if near and not others and len({each.verdict != "none" for each in near}) == 1 else None


def _is_right(guess: Annotated, verdict: Verdict) -> bool | None:
    same = guess.status == verdict.status and signature(guess) == verdict.actors
    if verdict.verdict == "right":
        return same
    return False if verdict.verdict == "none" or same else None


def from_sentences(extractor: Extractor, sentences: Sequence[Sentence], verdicts: Mapping[str, Sequence[Verdict]]) -> Iterator[Example]:
    """What the rules find in written sentences, by the events that these report; verdicts say where actors are right."""
    written = {each.document.doc_id: each for each in sentences}
    for document, weighed in _weighed(extractor, [each.document for each in sentences]):
        left = list(written[document.doc_id].events)
        for each in sorted(weighed, key=lambda each: _distance(each.guess, written[document.doc_id])):
            guess = each.guess
            told = min(
                (event for event in left if event[0] == guess.event_type), key=lambda event: abs(document.text.find(event[1]) - guess.start), default=None
            )
            right: bool | None = False
            if told is not None:
                left.remove(told)
                verdict = _verdict_on(each, (), verdicts.get(document.doc_id, ()))
                right = False if told[2] != guess.status else _is_right(guess, verdict) if verdict is not None else None
            yield Example(each.evidence, told is not None, right, fold_of(document.doc_id), natural=False)


def _distance(guess: Annotated, sentence: Sentence) -> int:
    """How far a mention's trigger is from the nearest that the sentence reports: the nearest is the one meant."""
    text = sentence.document.text
    return min((abs(text.find(trigger) - guess.start) for kind, trigger, _ in sentence.events if kind == guess.event_type), default=len(text))


def _weighed(extractor: Extractor, documents: Iterable[Document], batch: int = 64) -> Iterator[tuple[Document, list[Weighed]]]:
    held: list[Document] = []
    for document in documents:
        held.append(document)
        if len(held) == batch:
            yield from _read(extractor, held)
            held = []
    yield from _read(extractor, held)


def _read(extractor: Extractor, documents: Sequence[Document]) -> Iterator[tuple[Document, list[Weighed]]]:
    for document, weighed in extractor.weighed(documents):
        yield document, [Weighed(annotated(mention), (mention.sentence_start, mention.sentence_end), evidence) for mention, evidence in weighed]
