"""Logistic regression over sparse binary facts, by L-BFGS: no random draws, and the same sums in the same order each time."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]

_MEMORY = 12
_STEPS = 2000
_ENOUGH = 1e-7
_LEAST_STEP = 1e-12


@dataclasses.dataclass(frozen=True)
class Facts:
    """Which of some numbered facts each row has, as pairs of a row and a column: `width` facts, `height` rows."""

    columns: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    width: int
    height: int

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], width: int) -> Facts:
        """From the numbers of each row's facts, in `[0, width)`."""
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        columns = np.array([column for row in rows for column in row], dtype=np.int64)
        return cls(columns, np.repeat(np.arange(len(rows)), lengths), width, len(rows))

    def scores(self, weights: Vector) -> Vector:
        """The sum of each row's weights, shape (rows,)."""
        return np.bincount(self.rows, weights=weights[self.columns], minlength=self.height).astype(np.float64)

    def gathered(self, values: Vector) -> Vector:
        """The sum of the rows' values by fact, shape (width,)."""
        return np.bincount(self.columns, weights=values[self.rows], minlength=self.width).astype(np.float64)


def fit(facts: Facts, labels: Vector, penalty: Vector) -> Vector:
    """The weights that minimise the logistic loss and half the penalised squares of the weights.

    Args:
        facts: What each row has.
        labels: 0 or 1 a row, shape (rows,).
        penalty: What a weight's square costs, shape (width,).

    Returns:
        The weights, shape (width,).
    """
    signs = 2 * labels - 1

    def loss(weights: Vector) -> tuple[float, Vector]:
        margins = signs * facts.scores(weights)
        value = float(np.sum(np.logaddexp(0.0, -margins)) + 0.5 * np.sum(penalty * weights * weights))
        slope = -signs / (1 + np.exp(np.clip(margins, -500, 500)))
        return value, facts.gathered(slope) + penalty * weights

    return _minimum(loss, np.zeros(facts.width))


def _minimum(loss: Callable[[Vector], tuple[float, Vector]], weights: Vector) -> Vector:
    """Where a convex function, given with its gradient, is least."""
    value, gradient = loss(weights)
    history: collections.deque[tuple[Vector, Vector]] = collections.deque(maxlen=_MEMORY)
    for _ in range(_STEPS):
        if float(np.max(np.abs(gradient))) < _ENOUGH:
            break
        direction = _direction(gradient, history)
        slope = float(gradient @ direction)
        step = 1.0 if history else min(1.0, 1.0 / float(np.linalg.norm(gradient)))
        while True:
            moved = weights + step * direction
            new_value, new_gradient = loss(moved)
            if new_value <= value + 1e-4 * step * slope or step < _LEAST_STEP:
                break
            step /= 2
        if step < _LEAST_STEP:
            break
        move, change = moved - weights, new_gradient - gradient
        weights, value, gradient = moved, new_value, new_gradient
        if float(move @ change) <= 0:
            break  # as near as the numbers tell apart
        history.append((move, change))
    return weights


def _direction(gradient: Vector, history: Sequence[tuple[Vector, Vector]] | collections.deque[tuple[Vector, Vector]]) -> Vector:
    """The two-loop recursion of L-BFGS (Nocedal 1980): a descent direction from the last moves and changes of gradient."""
    direction = -gradient
    factors = []
    for move, change in reversed(history):
        factor = float(move @ direction) / float(move @ change)
        direction = direction - factor * change
        factors.append(factor)
    if history:
        move, change = history[-1]
        direction = direction * (float(move @ change) / float(change @ change))
    for (move, change), factor in zip(history, reversed(factors), strict=True):
        direction = direction + move * (factor - float(change @ direction) / float(move @ change))
    return direction


def rescale(log_odds: Vector, labels: Vector) -> tuple[float, float]:
    """Slope and intercept that make log-odds fit what happened (Platt 1999), with a light pull towards 1 and 0."""
    signs = 2 * labels - 1

    def loss(pair: Vector) -> tuple[float, Vector]:
        margins = signs * (pair[0] * log_odds + pair[1])
        slope = -signs / (1 + np.exp(np.clip(margins, -500, 500)))
        pull = pair - np.array([1.0, 0.0])
        value = float(np.sum(np.logaddexp(0.0, -margins)) + 0.5 * np.sum(pull * pull))
        return value, np.array([float(np.sum(slope * log_odds)), float(np.sum(slope))]) + pull

    slope, intercept = _minimum(loss, np.array([1.0, 0.0]))
    return float(slope), float(intercept)
