import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.training.logistic import Facts, fit, rescale


def test_a_fact_that_goes_with_the_label_weighs_for_it() -> None:
    rows = [[0, 1], [0, 1], [0, 2], [0, 2], [0]]
    weights = fit(Facts.of(rows, 3), np.array([1.0, 1.0, 0.0, 0.0, 1.0]), np.array([0.001, 1.0, 1.0]))
    assert weights[1] > 0 > weights[2]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sets(st.integers(1, 8)), st.booleans()), min_size=2, max_size=60))
def test_the_gradient_is_zero_where_it_stops(rows: list[tuple[set[int], bool]]) -> None:
    facts, labels, penalty = Facts.of([[0, *sorted(each)] for each, _ in rows], 9), np.array([float(each) for _, each in rows]), np.full(9, 0.5)
    weights = fit(facts, labels, penalty)
    chances = 1 / (1 + np.exp(-facts.scores(weights)))
    assert np.abs(facts.gathered(chances - labels) + penalty * weights).max() < 1e-5


def test_the_same_examples_give_the_same_bits() -> None:
    chance = np.random.default_rng(3)
    rows = [[0, *sorted(set(chance.integers(1, 50, 8).tolist()))] for _ in range(300)]
    labels = (chance.random(300) < 0.4).astype(np.float64)
    first, second = (fit(Facts.of(rows, 50), labels, np.ones(50)) for _ in range(2))
    assert first.tobytes() == second.tobytes()


def test_overconfident_odds_are_drawn_in() -> None:
    log_odds = np.array([4.0, -4.0] * 50)
    labels = np.array([1.0, 0.0] * 40 + [0.0, 1.0] * 10)
    slope, intercept = rescale(log_odds, labels)
    assert 1 / (1 + np.exp(-(4 * slope + intercept))) == pytest.approx(0.8, abs=0.02)
