from __future__ import annotations

import numpy
from thinc.api import Model, chain, expand_window, with_array
from thinc.layers import Maxout

from transforms.language.operations import SentenceOps


def _model(ops: SentenceOps) -> Model:
    model = with_array(chain(expand_window(1), Maxout(nO=96, nI=288, nP=3, normalize=True), expand_window(1), Maxout(nO=96, nI=288, nP=3)), pad=2)
    model.initialize()
    for node in model.walk():
        node.ops = ops
    return model


def _sequences(*lengths: int) -> list[numpy.ndarray]:
    generator = numpy.random.default_rng(7)
    return [generator.standard_normal((length, 96)).astype("f") for length in lengths]


def test_a_sequence_gives_the_same_bits_in_every_company() -> None:
    model = _model(SentenceOps())
    sequences = _sequences(1, 28, 5, 61, 17, 2, 40)
    together = model.predict(sequences)
    for alone, among in zip((model.predict([each])[0] for each in sequences), together, strict=True):
        assert numpy.array_equal(alone, among)


def test_products_are_those_of_thinc() -> None:
    ours, model = SentenceOps(), _model(SentenceOps())
    sequences = _sequences(9, 30)
    expected = numpy.vstack([numpy.vstack(sequences) @ sequences[0].T])
    assert numpy.allclose(ours.gemm(ours.flatten(sequences), sequences[0], trans2=True), expected, atol=1e-3)
    assert [len(each) for each in model.predict(sequences)] == [9, 30]


def test_what_is_no_batch_is_multiplied_as_ever() -> None:
    ops = SentenceOps()
    left, right = _sequences(4, 4)
    assert numpy.allclose(ops.gemm(left, right, trans2=True), left @ right.T, atol=1e-3)
