"""From judged examples to a judge: which facts count, what they weigh, calibrated chances, and the threshold."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from pipeline.training.examples import FOLDS, Example
from pipeline.training.logistic import Facts, Vector, fit, rescale
from transforms.events.confidence import BIAS, COLUMNS, THRESHOLD, Judge
from transforms.events.evidence import Evidence

# A fact that fewer examples have is a fact about them and not about the language.
_LEAST_EXAMPLES = 4
# What a weight's square costs; chosen on five folds of the development gold.
_PENALTY = 4.0
_BIAS_PENALTY = 0.001
# The share of true mentions, found out of fold in published text, that the threshold may turn down.
_LOST = 0.01
_DECIMALS = 4

Label = Callable[[Example], bool | None]


def train(examples: Sequence[Example]) -> Judge:
    """A judge from examples.

    Chances are calibrated, and the threshold is chosen, on what judges trained without an example's fold say of it: on published text alone, because written
    sentences hold more traps than the news does.
    """
    mention, rated = _calibrated(examples, lambda each: each.mention)
    right, _ = _calibrated(examples, lambda each: each.right)
    threshold = round(float(np.quantile(sorted(chance for chance, true in rated if true), _LOST, method="lower")), _DECIMALS)
    weights = {fact: (mention.get(fact, 0.0), right.get(fact, 0.0)) for fact in {*mention, *right}}
    return Judge(weights, threshold)


def _calibrated(examples: Sequence[Example], label: Label) -> tuple[dict[str, float], list[tuple[float, bool]]]:
    """Weights of one model, and the chance that it gives out of fold to each published example with what is true of it."""
    judged = [(each, found) for each in examples if (found := label(each)) is not None]
    log_odds: list[float] = []
    truth: list[bool] = []
    for fold in range(FOLDS):
        weights = _weights([pair for pair in judged if pair[0].fold != fold])
        for each, found in judged:
            if each.fold == fold and each.natural:
                log_odds.append(_log_odds(weights, each.evidence))
                truth.append(found)
    slope, intercept = rescale(np.array(log_odds), np.array(truth, dtype=np.float64))
    final = _weights(judged)
    scaled = {fact: round(slope * weight + (intercept if fact == BIAS else 0.0), _DECIMALS) for fact, weight in final.items()}
    chances = 1 / (1 + np.exp(-(slope * np.array(log_odds) + intercept)))
    return {fact: weight for fact, weight in scaled.items() if weight}, list(zip(chances.tolist(), truth, strict=True))


def _log_odds(weights: dict[str, float], evidence: Evidence) -> float:
    return weights[BIAS] + sum(weights.get(fact, 0.0) for fact in sorted(evidence))


def _weights(judged: Sequence[tuple[Example, bool]]) -> dict[str, float]:
    counts = collections.Counter(fact for each, _ in judged for fact in each.evidence)
    names = [BIAS, *sorted(fact for fact, count in counts.items() if count >= _LEAST_EXAMPLES)]
    number = {fact: position for position, fact in enumerate(names)}
    rows = [[0, *sorted(number[fact] for fact in each.evidence if fact in number)] for each, _ in judged]
    penalty: Vector = np.full(len(names), _PENALTY)
    penalty[0] = _BIAS_PENALTY
    weights = fit(Facts.of(rows, len(names)), np.array([float(found) for _, found in judged]), penalty)
    return dict(zip(names, weights.tolist(), strict=True))


def written(judge: Judge) -> Iterator[str]:
    """The lines of a judge's file: every draft's, then the threshold, then the facts in order."""
    yield "\t".join(COLUMNS)
    yield f"{THRESHOLD}\t{judge.threshold:.{_DECIMALS}f}\t0"
    for fact in sorted(judge.weights, key=lambda each: (each != BIAS, each)):
        mention, right = judge.weights[fact]
        yield f"{fact}\t{mention:.{_DECIMALS}f}\t{right:.{_DECIMALS}f}"
