"""Figures as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.evaluation.scores import FIGURES
from schemas.event_types import event_types


def report(result: dict[str, Any]) -> Iterator[str]:
    """The figures of `scores.score` in lines."""
    for kind in (*event_types(), "all"):
        mentions, roles, strict = (result[kind][each] for each in FIGURES)
        yield (
            f"{kind:13} mentions {_rates(mentions)} (gold {mentions['gold']}, predicted {mentions['predicted']})"
            f"   roles {_rates(roles)}   strict F1 {strict['f1']:.3f}"
        )
    intervals = "  ".join(f"{name} {low:.3f}-{high:.3f}" for name, (low, high) in result["interval"].items())
    yield "mean of types " + "  ".join(f"{name} {value:.3f}" for name, value in result["mean"].items()) + f"   95 % of all: {intervals}"
    status = result["status"]
    yield f"status        accuracy {status['accuracy']:.3f}  macro F1 {status['macro_f1']:.3f}  {_listed(status['values'])}"
    yield f"fields (F1/n) {_listed(result['fields'])}"
    if "quiet" in result:
        yield f"quiet text    {result['quiet']['false_per_1000']:.2f} false mentions in 1,000 of {result['quiet']['sentences']} sentences that hold none"
    lacking = result["documents"]["with events but none found"]
    if lacking:
        yield f"documents     {lacking} of {result['documents']['gold']} have events in gold and none were found"


def _rates(figure: dict[str, float]) -> str:
    return f"P {figure['precision']:.3f} R {figure['recall']:.3f} F1 {figure['f1']:.3f}"


def _listed(figures: dict[str, dict[str, float]]) -> str:
    return "  ".join(f"{name} {figure['f1']:.2f}/{figure['gold']}" for name, figure in figures.items())
