"""From documents to mentions: the extraction as a plain class that can be used on one text in a notebook."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import datetime
import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence

from schemas.actor import Actor
from schemas.document import Document
from schemas.event_types import event_types
from schemas.mention import Mention
from transforms.events.actors import ActorResolver
from transforms.events.assembly import Draft, join_drafts
from transforms.events.attribution import attribute, without_denied
from transforms.events.candidates import Candidate, CandidateFinder, TurnedDown
from transforms.events.chains import find_chains
from transforms.events.confidence import Judge, shipped_judge
from transforms.events.evidence import Evidence, evidence_of
from transforms.events.extraction import Extraction
from transforms.events.fields import Reading, format_by_title, hosted_in_person, read_fields
from transforms.events.gaps import Gap, unknown_actors, unknown_verbs
from transforms.events.judgement import judge, turned
from transforms.events.memory import DocumentMemory
from transforms.events.names import words_as_one
from transforms.events.restrictions import class_missing
from transforms.events.roles import RoleFiller
from transforms.events.spans import ParsedSentence
from transforms.events.things import thing_missing
from transforms.events.version import version
from transforms.events.when import date_of
from transforms.events.where import NamedPlace, find_places
from transforms.language.gate import candidate_sentences
from transforms.language.model import DEFAULT_MODEL, Name, SentenceParser, load_model, model_name
from transforms.language.parse import Parse
from transforms.language.sentences import after_dateline, split_sentences

# Some ten thousand words, a few megabytes of them.
_KEPT_CHARACTERS = 1_000_000


class Extractor:
    """Extracts events from documents; holds a spaCy pipeline and is not to be shared between threads."""

    def __init__(self, model: str = DEFAULT_MODEL, *, gate: bool = True, judged: bool = True) -> None:
        """Loads a model.

        Args:
            model: An installed spaCy pipeline or the path of one.
            gate: Parse only sentences that hold a trigger's word.
            judged: Give each mention its `confidence`, and turn down what is improbable; without it the rules alone decide, and `confidence` is null.

        Raises:
            ModelNotFoundError: The pipeline is not installed.
        """
        self._nlp = load_model(model)
        self._parser = SentenceParser(self._nlp)
        self._gate = gate
        self._judge = shipped_judge() if judged else None
        self._kept_characters = 0
        self.model = model_name(self._nlp)
        self.version = version()

    def extract(self, documents: Sequence[Document]) -> Iterator[Extraction]:
        """The mentions of each document, in order.

        Args:
            documents: Documents that fit into memory together; a batch of some hundred thousand characters uses the parser well.
        """
        with self._zone(documents):
            yield from (reader.extraction() for reader in self._read(documents))

    def explain(self, document: Document) -> tuple[Extraction, list[TurnedDown]]:
        """The mentions of a document, and the candidates that were turned down with what ruled them out."""
        reader = self._read([document])[0]
        return reader.extraction(), reader.turned_down

    def weighed(self, documents: Sequence[Document]) -> Iterator[tuple[Document, list[tuple[Mention, Evidence]]]]:
        """The mentions of each document, in order, each with the facts that a judge weighs: what `dateline train` learns from."""
        with self._nlp.memory_zone():
            yield from ((reader.document, list(zip(reader.extraction().mentions, reader.evidence, strict=True))) for reader in self._read(documents))

    def gaps(self, documents: Sequence[Document]) -> Iterator[Gap]:
        """What frames and tables do not know in some documents: parties of events, and verbs between known parties. Every sentence is parsed."""
        readers = [_DocumentReader(document, self.model, self.version, self._judge, gate=False) for document in documents]
        places = [(reader, index) for reader in readers for index in reader.chosen]
        with self._nlp.memory_zone():
            docs = list(self._parser.parse(reader.named(index) for reader, index in places))
            self._parser.find_entities(docs)
            for (reader, index), doc in zip(places, docs, strict=True):
                reader.read(reader.sentence(index, doc), CandidateFinder(doc))
                yield from reader.unknown_verbs(index, doc)
            for reader in readers:
                yield from unknown_actors(reader.extraction().mentions)

    def _zone(self, documents: Sequence[Document]) -> contextlib.AbstractContextManager[object]:
        """Where the vocabulary forgets the words of the documents again; those of the first texts, among them nearly all frequent ones, it keeps."""
        if self._kept_characters < _KEPT_CHARACTERS:
            self._kept_characters += sum(len(document.text) for document in documents)
            return contextlib.nullcontext()
        return self._nlp.memory_zone()

    def _read(self, documents: Sequence[Document]) -> list[_DocumentReader]:
        readers = [_DocumentReader(document, self.model, self.version, self._judge, gate=self._gate) for document in documents]
        places = [(reader, index) for reader in readers for index in reader.chosen]
        parsed = self._parser.parse(reader.named(index) for reader, index in places)
        told = []
        for (reader, index), doc in zip(places, parsed, strict=True):
            finder = CandidateFinder(doc)
            sentence = reader.sentence(index, doc, named=False)
            if reader.may_tell(sentence, finder):
                told.append((reader, sentence, finder))
        self._parser.find_entities(finder.doc for _, _, finder in told)
        for reader, sentence, finder in told:
            reader.read(sentence.with_entities(), finder)
        return readers


@functools.cache
def _field_names(event_type: str) -> frozenset[str]:
    return frozenset(field.name for field in dataclasses.fields(event_types()[event_type]))


class _DocumentReader:
    """Reads the sentences of one document in order; earlier ones inform later ones."""

    def __init__(self, document: Document, model: str, version: str, judge: Judge | None, *, gate: bool) -> None:
        self.document = document
        self.mentions: list[Mention] = []
        self.evidence: list[Evidence] = []
        self.turned_down: list[TurnedDown] = []
        self._sentences = [after_dateline(document.text, span) for span in split_sentences(document.text)]
        self.chosen = candidate_sentences(document.text, self._sentences, lambda: self.memory.sides) if gate else range(len(self._sentences))
        self._model, self._version, self._judge = model, version, judge
        self._counters: dict[tuple[str, int, int], int] = {}

    @functools.cached_property
    def memory(self) -> DocumentMemory:
        """What the document names and tells, put together where a sentence is read."""
        return DocumentMemory(self.document)

    @functools.cached_property
    def _filler(self) -> RoleFiller:
        return RoleFiller(ActorResolver(self.memory))

    def named(self, index: int) -> tuple[str, list[Name]]:
        """A sentence's text, with the names of several words in it."""
        span = self._sentences[index]
        return self.document.text[span.start : span.end], words_as_one(self.document.text, span, self.memory.spans, find_chains(self.document.text, span))

    def extraction(self) -> Extraction:
        """What has been read."""
        mentions = without_denied(self.mentions, self.document.text, self.memory.spans, self.document.published_date) if self.mentions else ()
        return Extraction(document=self.document, sentences=len(self._sentences), mentions=tuple(mentions), model=self._model, version=self._version)

    def unknown_verbs(self, index: int, doc: Parse) -> Iterator[Gap]:
        """The verbs between known parties in a parsed sentence that no frame knows."""
        yield from unknown_verbs(self.sentence(index, doc), self._filler.resolver)

    def sentence(self, index: int, doc: Parse, *, named: bool = True) -> ParsedSentence:
        """A parsed sentence with the names in it, those that the model has found among them where it has looked for some."""
        return ParsedSentence(doc, self._sentences[index].start, self.memory.spans, index=index, named=named)

    def may_tell(self, sentence: ParsedSentence, finder: CandidateFinder) -> bool:
        """Whether a parsed sentence may hold a mention, and so has to be looked through for named entities."""
        turned_down: list[TurnedDown] = []
        for found in finder.find(sentence):
            if isinstance(found, Candidate):
                reason = class_missing(sentence, found) if found.trigger.step is None else thing_missing(sentence, found)
                if reason is None:
                    return True
                found = turned(sentence, found, reason)
            turned_down.append(found)
        self.turned_down.extend(turned_down)
        return False

    def read(self, sentence: ParsedSentence, finder: CandidateFinder) -> None:
        """Adds the mentions of a parsed sentence."""
        candidates: list[Candidate] = []
        for found in finder.find(sentence):
            if isinstance(found, TurnedDown):
                self.turned_down.append(found)
            else:
                candidates.append(found)
        if not candidates:
            return
        places = find_places(sentence, self.memory.countries, self.memory.at_home)
        drafts, turned_down = self._judged(sentence, candidates, places)
        self.turned_down.extend(turned_down)
        kept = [draft.candidate for draft in drafts]
        rivals = [rival for draft in drafts for rival in draft.rivals]
        if any(all(rival is not candidate for candidate in kept) for rival in rivals):
            # What was turned down takes no place and no date from the others.
            drafts, _ = self._judged(sentence, kept, places)
        joined, dropped = join_drafts(sentence, drafts)
        self.turned_down.extend(dropped)
        earlier = collections.Counter(each.event_type for each in self.mentions)
        for draft in joined:
            self._finish(sentence, draft, joined, earlier)

    def _judged(self, sentence: ParsedSentence, candidates: list[Candidate], places: list[NamedPlace]) -> tuple[list[Draft], list[TurnedDown]]:
        """A draft for each candidate that holds, one for a word; and those that do not hold."""
        drafts = self.memory.telling = []
        turned_down: list[TurnedDown] = []
        for candidate in candidates:
            if any(each.candidate.token == candidate.token and each.candidate.frame is candidate.frame for each in drafts):
                continue
            draft = judge(sentence, candidate, candidates, places, self._filler, self.memory)
            if isinstance(draft, TurnedDown):
                turned_down.append(draft)
            else:
                drafts.append(draft)
        return drafts, turned_down

    def _finish(self, sentence: ParsedSentence, draft: Draft, drafts: list[Draft], earlier: Mapping[str, int]) -> None:
        candidate = draft.candidate
        when = date_of(sentence, draft, drafts, self.document, self.memory)
        evidence = evidence_of(sentence, draft, drafts, when, self.memory, earlier)
        judgement = None if self._judge is None else self._judge.judge(evidence)
        start, end = draft.trigger_span(sentence)
        if self._judge is not None and judgement is not None and judgement.mention < self._judge.threshold:
            facts = "; ".join(fact for fact, _ in self._judge.reasons(evidence))
            reason = f"a mention with a chance of {judgement.mention:.2f} only ({facts})"
            self.turned_down.append(TurnedDown(candidate.frame.event_type, candidate.trigger.name, start, end, reason))
            return
        day = when.start or self.document.published_date
        reading = Reading(
            text=self.document.text,
            sentence=sentence,
            candidate=candidate,
            filled=draft.filled,
            places=draft.places,
            day=_earlier(when.start, self.document.published_date),
            span=(when.start, when.end) if when.start is not None and when.end is not None else None,
            rivals=tuple(each.token for each in drafts if each is not draft and each.candidate.frame is candidate.frame),
        )
        fields = read_fields(reading)
        if draft.decision is not None:
            fields["decision"] = draft.decision
            fields.setdefault("direction", "give")
            if draft.decision == "suspended":
                fields["direction"] = "cut"
        if candidate.trigger.name in ("speak", "talk") and draft.carried is None and draft.status.value == "occurred":
            fields = format_by_title(fields, self.document.title)
        fields = hosted_in_person(fields, has_place=bool(draft.places) or bool(draft.filled.roles.get("host")))
        if draft.carried is not None and "format" in fields and fields["format"] == "in_person" and not draft.places and candidate.trigger.kind != "visit":
            fields["format"] = "unknown"
        attributed_to, blame = attribute(sentence, draft, self._filler.resolver, self.document.published_date)
        # Who speaks by phone or video is in places of their own.
        if fields.get("format") in ("phone", "video"):
            draft.locations = []
        record = event_types()[candidate.frame.event_type]
        names = _field_names(candidate.frame.event_type)
        mention = record(
            event_id=self._event_id(candidate.frame.event_type, start, end),
            event_type=candidate.frame.event_type,
            doc_id=self.document.doc_id,
            published=self.document.published,
            published_date=self.document.published_date,
            status=draft.status.value,
            event_date=when.start,
            event_date_end=when.end,
            date_precision=when.precision,
            date_basis=when.basis,
            date_text=when.text,
            locations=tuple(draft.locations),
            sentence=sentence.doc.text,
            sentence_start=sentence.offset,
            sentence_end=sentence.end,
            trigger=self.document.text[start:end],
            trigger_start=start,
            trigger_end=end,
            actors=self._actors(record, draft, day),
            attributed_to=attributed_to,
            blame=blame,
            rule=f"{candidate.frame.event_type}/{candidate.trigger.name}",
            confidence=None if judgement is None else judgement.right,
            model=self._model,
            version=self._version,
            run_id="",
            **{name: value for name, value in fields.items() if name in names},
        )
        self.mentions.append(mention)
        self.evidence.append(evidence)
        self.memory.remember_event(candidate.frame.event_type, sentence, draft, when)

    def _event_id(self, event_type: str, start: int, end: int) -> str:
        counter = self._counters.get((event_type, start, end), 0)
        self._counters[event_type, start, end] = counter + 1
        return hashlib.blake2b(f"{self.document.doc_id}\n{event_type}\n{start}\n{end}\n{counter}".encode(), digest_size=12).hexdigest()

    def _actors(self, record: type[Mention], draft: Draft, day: datetime.date | None) -> tuple[Actor, ...]:
        return tuple(party.to_actor(role, day) for role in record.ROLES for party in draft.filled.roles.get(role, ()))


def _earlier(first: datetime.date | None, second: datetime.date | None) -> datetime.date | None:
    days = [day for day in (first, second) if day is not None]
    return min(days) if days else None
