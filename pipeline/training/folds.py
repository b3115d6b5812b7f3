"""What the judge is worth: trained on four fifths of the annotated documents and all other examples, measured on the last fifth."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.evaluation.annotation import Annotated, GoldDocument
from pipeline.evaluation.scores import FIGURES, score
from pipeline.training.examples import FOLDS, Example, Weighed, fold_of
from pipeline.training.fitting import train
from transforms.events.confidence import Judgement

_BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclasses.dataclass(frozen=True)
class Measured:
    """Annotated documents with what rules and judge make of them, each document judged by a judge that has not seen its fold.

    Attributes:
        gold: The documents.
        without: What the rules find, by document.
        judged: What the judge keeps of it.
        rated: Each kept mention's chance of being right, and whether it is.
    """

    gold: tuple[GoldDocument, ...]
    without: Mapping[str, Sequence[Annotated]]
    judged: Mapping[str, Sequence[Annotated]]
    rated: tuple[tuple[float, bool], ...]


def measure(found: Sequence[tuple[GoldDocument, list[Weighed], list[Example]]], others: Sequence[Example]) -> Measured:
    """Five-fold measurement.

    Args:
        found: Annotated documents, what the rules find in each, and the examples that these make.
        others: Examples of other texts; those in an annotated document's fold are left out with it.
    """
    without: dict[str, list[Annotated]] = {}
    judged: dict[str, list[Annotated]] = {}
    rated: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        learnt = [example for _, _, examples in found for example in examples if example.fold != fold]
        judge = train([*learnt, *others])
        for document, weighed, examples in found:
            if fold_of(document.doc_id) != fold:
                continue
            without[document.doc_id] = [each.guess for each in weighed]
            judgements: list[Judgement] = [judge.judge(each.evidence) for each in weighed]
            kept = [judgement.mention >= judge.threshold for judgement in judgements]
            judged[document.doc_id] = [each.guess for each, keep in zip(weighed, kept, strict=True) if keep]
            rated += [(judgement.right, bool(example.right)) for judgement, example, keep in zip(judgements, examples, kept, strict=True) if keep]
    return Measured(tuple(document for document, _, _ in found), without, judged, tuple(rated))


def table(measured: Measured) -> Iterator[str]:
    """The figures with and without the judge, in all and by fold, and the reliability table, as lines of text."""
    groups: list[tuple[str, list[GoldDocument]]] = [("all", list(measured.gold))]
    groups += [(f"fold {fold}", [each for each in measured.gold if fold_of(each.doc_id) == fold]) for fold in range(FOLDS)]
    yield f"{'':8}{'':9}" + "".join(f"{name + ' P / R / F1':>24}" for name in FIGURES) + f"{'mean of types':>24}{'false in 1,000 quiet':>22}"
    for name, gold in groups:
        for which, guesses in (("rules", measured.without), ("judged", measured.judged)):
            yield f"{name:8}{which:9}" + _line(score(gold, guesses))
    yield ""
    yield "confidence   mentions   right   mean confidence"
    for low, high in itertools.pairwise(_BINS):
        inside = [(chance, right) for chance, right in measured.rated if low <= chance < high or chance == high == 1.0]
        if inside:
            chance, right = (sum(each) / len(inside) for each in zip(*inside, strict=True))
            yield f"{low:.1f} to {high:.1f}   {len(inside):8}   {right:.3f}   {chance:.3f}"
    count = max(1, len(measured.rated))
    right, brier = sum(right for _, right in measured.rated) / count, sum((chance - right) ** 2 for chance, right in measured.rated) / count
    yield f"all          {len(measured.rated):8}   {right:.3f}   Brier score {brier:.3f}"


def _line(result: Mapping[str, Any]) -> str:
    figures = [result["all"][name] for name in FIGURES]
    rates = "".join(f"{each['precision']:>12.3f} {each['recall']:.3f} {each['f1']:.3f}" for each in figures)
    means = " / ".join(f"{result['mean'][name]:.3f}" for name in FIGURES)
    return f"{rates}{means:>24}{result.get('quiet', {}).get('false_per_1000', 0.0):>22.2f}"
