"""The training as a whole: reads what was judged, learns from it, and says what was learnt from what."""

from __future__ import annotations

import dataclasses
import pathlib
from collections.abc import Iterator, Sequence

from pipeline.evaluation.annotation import read_gold
from pipeline.training.examples import Example, from_gold, from_sentences, from_verdicts, read_documents, read_sentences, read_verdicts
from pipeline.training.fitting import train, written
from pipeline.training.folds import measure, table
from transforms.events.confidence import Judge
from transforms.events.extractor import Extractor


@dataclasses.dataclass(frozen=True)
class Learnt:
    """What came of a training.

    Attributes:
        file: The judge's file.
        report: What it was learnt from, and the measurement where that was asked for, as lines of text.
    """

    file: bytes
    report: tuple[str, ...]


def learn(gold: Sequence[str], corpora: Sequence[str], judged: pathlib.Path, *, model: str, folds: bool = False) -> Learnt:
    """Learns the judge.

    Args:
        gold: Files of annotated documents.
        corpora: Files that hold the documents of the verdicts; verdicts on documents that none of them has are left out.
        judged: Folder of `sentences.tsv` and `verdicts.tsv`.
        model: An installed spaCy pipeline or the path of one.
        folds: Also measure on five folds of the gold.

    Raises:
        UsageError: A file cannot be read.
        transforms.language.model.ModelNotFoundError: The spaCy pipeline is not installed.
    """
    annotated = read_gold(gold)
    sentences, verdicts = read_sentences(judged / "sentences.tsv"), read_verdicts(judged / "verdicts.tsv")
    extractor = Extractor(model, judged=False)
    found = list(from_gold(extractor, annotated))
    own = list(from_sentences(extractor, sentences, verdicts))
    read = list(from_verdicts(extractor, read_documents(corpora, verdicts.keys()), verdicts))
    of_gold = [example for _, _, examples in found for example in examples]
    judge = train([*of_gold, *own, *read])
    report = [
        _count(f"annotated documents {len(annotated)}", of_gold),
        _count(f"written sentences {len(sentences)}", own),
        _count(f"verdicts {sum(map(len, verdicts.values()))}", read),
        *_summary(judge),
    ]
    if folds:
        report += ["", *table(measure(found, [*own, *read]))]
    return Learnt("".join(f"{line}\n" for line in written(judge)).encode(), tuple(report))


def _count(what: str, examples: Sequence[Example]) -> str:
    return (
        f"{what}: {len(examples)} candidates, of which {sum(each.mention for each in examples)} are mentions"
        f" and {sum(each.right is True for each in examples)} are right"
    )


def _summary(judge: Judge) -> Iterator[str]:
    yield f"facts that count {len(judge.weights) - 1}, least chance of a mention {judge.threshold:.4f}"
