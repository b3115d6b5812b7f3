"""How sure a mention is: the judge, a logistic model over the facts of a draft (`seeds/judge/model.tsv`, made by `dateline train`)."""

from __future__ import annotations

import csv
import dataclasses
import functools
import importlib.resources
import math
from collections.abc import Iterable, Mapping

from transforms.events.evidence import Evidence

BIAS = "(every draft)"
THRESHOLD = "(least chance of a mention)"
COLUMNS = ("evidence", "mention", "right")


@dataclasses.dataclass(frozen=True, slots=True)
class Judgement:
    """Two probabilities of a draft, 0 to 1: that its sentence reports such an event, and that type, actors and status are all right."""

    mention: float
    right: float


@dataclasses.dataclass(frozen=True)
class Judge:
    """Two logistic models over the same facts.

    Attributes:
        weights: Fact -> what it adds to the log-odds of a mention, and of a mention that is right. Facts that are not in it add nothing.
        threshold: Drafts whose chance of being a mention is below it are turned down.
    """

    weights: Mapping[str, tuple[float, float]]
    threshold: float

    def judge(self, evidence: Evidence) -> Judgement:
        """The probabilities of a draft with these facts."""
        known = [pair for fact in (BIAS, *evidence) if (pair := self.weights.get(fact)) is not None]
        # An exact sum does not depend on the order of a set, which differs from process to process.
        return Judgement(_chance(math.fsum(pair[0] for pair in known)), _chance(math.fsum(pair[1] for pair in known)))

    def reasons(self, evidence: Evidence, count: int = 3) -> list[tuple[str, float]]:
        """The facts that speak most against a mention, with their weights, the worst first."""
        found = sorted((self.weights[fact][0], fact) for fact in evidence if fact in self.weights)
        return [(fact, weight) for weight, fact in found[:count] if weight < 0]


def _chance(log_odds: float) -> float:
    """The logistic function, to four decimals: the last bits of `exp` differ between machines."""
    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, log_odds)))), 4)


def parse_judge(lines: Iterable[str]) -> Judge:
    """A judge from the lines of its file.

    Raises:
        KeyError: The file has no threshold.
        ValueError: A weight is no number.
    """
    weights = {row["evidence"]: (float(row["mention"]), float(row["right"])) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    threshold = weights.pop(THRESHOLD)[0]
    return Judge(weights, threshold)


@functools.cache
def shipped_judge() -> Judge:
    """The judge of the package."""
    return parse_judge(importlib.resources.files("seeds").joinpath("judge", "model.tsv").read_text("utf-8").splitlines())
