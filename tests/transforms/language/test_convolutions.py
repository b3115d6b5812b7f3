from __future__ import annotations

import numpy
import pytest
from thinc.api import Model, chain, clone, expand_window, residual, with_array
from thinc.layers import Maxout

from transforms.language.convolutions import combine_convolutions
from transforms.language.operations import BLOCK, BlockOps

WIDTH = 24


def _model(depth: int = 2, pad: int = 2, window: int = 1, dropout: float | None = None) -> Model:
    """A model of random weights, its layers within another so that they can be replaced."""
    inner = Maxout(nO=WIDTH, nI=WIDTH * (2 * window + 1), nP=3, normalize=True, dropout=dropout)
    layers = clone(residual(chain(expand_window(window), inner)), depth)
    model = chain(with_array(layers, pad=pad), Model("as_they_are", lambda _, sequences, is_train: (sequences, is_train)))
    model.initialize(X=_sequences(3))
    generator = numpy.random.default_rng(3)
    for node in model.walk():
        node.ops = BlockOps()
        for name in node.param_names:
            node.set_param(name, generator.standard_normal(node.get_param(name).shape).astype("f"))
    return model


def _sequences(*lengths: int) -> list[numpy.ndarray]:
    generator = numpy.random.default_rng(7)
    return [generator.standard_normal((length, WIDTH)).astype("f") for length in lengths]


@pytest.mark.parametrize("lengths", [(1,), (2, 1), (28, 5, 61, 17, 40), (BLOCK - 4,), (BLOCK, 3), (700, 1, 190)])
@pytest.mark.parametrize("dropout", [None, 0.1])
def test_combined_layers_give_what_single_ones_give(lengths: tuple[int, ...], dropout: float | None) -> None:
    model, sequences = _model(dropout=dropout), _sequences(*lengths)
    expected = model.predict(sequences)
    combine_convolutions(model)
    assert model.layers[0].name == "convolutions"
    for found, wanted in zip(model.predict(sequences), expected, strict=True):
        assert numpy.allclose(found, wanted, atol=1e-4)


def test_a_sequence_gives_the_same_bits_in_every_company() -> None:
    model, sequences = _model(), _sequences(1, 28, 5, 300, 17)
    combine_convolutions(model)
    for alone, among in zip((model.predict([each])[0] for each in sequences), model.predict(sequences), strict=True):
        assert numpy.array_equal(alone, among)


def test_no_sequences_give_none() -> None:
    model = _model()
    combine_convolutions(model)
    assert model.predict([]) == []


@pytest.mark.parametrize("model", [_model(window=2), _model(depth=3, pad=2), with_array(Maxout(nO=WIDTH, nI=WIDTH, nP=3)), Maxout(nO=WIDTH, nI=WIDTH, nP=3)])
def test_other_layers_stay_as_they_are(model: Model) -> None:
    before = [node.name for node in model.walk()]
    combine_convolutions(model)
    assert [node.name for node in model.walk()] == before
