from __future__ import annotations

import numpy
import pytest
from thinc.api import Model, chain, expand_window, with_array
from thinc.layers import Maxout

from transforms.language import operations
from transforms.language.operations import BLOCK, SMALL_BLOCK, BlockOps, rows_times


def _model(ops: BlockOps) -> Model:
    model = with_array(chain(expand_window(1), Maxout(nO=96, nI=288, nP=3, normalize=True), expand_window(1), Maxout(nO=96, nI=288, nP=3)), pad=2)
    model.initialize()
    for node in model.walk():
        node.ops = ops
    return model


def _sequences(*lengths: int) -> list[numpy.ndarray]:
    generator = numpy.random.default_rng(7)
    return [generator.standard_normal((length, 96)).astype("f") for length in lengths]


@pytest.mark.parametrize("lengths", [(1, 28, 5, 61, 17, 2, 40), (1, 2), (190, 3, 1), (40, 700, 1, 260)])
def test_a_sequence_gives_the_same_bits_in_every_company(lengths: tuple[int, ...]) -> None:
    model = _model(BlockOps())
    sequences = _sequences(*lengths)
    together = model.predict(sequences)
    for alone, among in zip((model.predict([each])[0] for each in sequences), together, strict=True):
        assert numpy.array_equal(alone, among)


@pytest.fixture(params=[True, False], ids=["blocks", "one_by_one"])
def _alike(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(operations, "_rows_alike", lambda _: False)


@pytest.mark.usefixtures("_alike")
@pytest.mark.parametrize("rows", [1, 47, 191, 192, 193, 384, 1000])
@pytest.mark.parametrize("shape", [(288, 288), (96, 1248), (96, 50), (64, 106)])
def test_products_are_those_of_numpy(rows: int, shape: tuple[int, int]) -> None:
    generator = numpy.random.default_rng(rows)
    left, right = generator.standard_normal((rows, shape[0])).astype("f"), generator.standard_normal(shape).astype("f")
    assert numpy.allclose(rows_times(left, right), left @ right, atol=1e-3)
    assert numpy.allclose(BlockOps().gemm(left, right.T.copy(), trans2=True), left @ right, atol=1e-3)


@pytest.mark.usefixtures("_alike")
@pytest.mark.parametrize("block", [BLOCK, SMALL_BLOCK])
@pytest.mark.parametrize("shape", [(288, 288), (96, 1248), (64, 106)])
def test_a_row_gives_the_same_bits_in_every_company(block: int, shape: tuple[int, int]) -> None:
    generator = numpy.random.default_rng(block)
    left, right = generator.standard_normal((500, shape[0])).astype("f"), generator.standard_normal(shape).astype("f")
    together = numpy.empty((500, shape[1]), dtype="f")
    assert rows_times(left, right, together, block) is together
    for number in range(0, 500, 7):
        assert numpy.array_equal(rows_times(left[number : number + 1], right, block=block)[0], together[number])


def test_other_products_are_made_as_ever() -> None:
    ops = BlockOps()
    left, right = _sequences(4, 4)
    assert numpy.allclose(ops.gemm(left, right, trans1=True), left.T @ right, atol=1e-3)
