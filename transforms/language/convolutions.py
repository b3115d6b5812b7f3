"""The convolution layers of spaCy's models, computed block by block while a block is in the processor's cache.

What they compute is thinc's `residual(expand_window >> Maxout >> LayerNorm)` several times over. But thinc runs one operation after the other over a whole
batch, and looks for the greatest of a unit's pieces where they stand beside each other in memory; here the pieces are columns of their own, which numpy
compares at once.
"""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import numpy
from thinc.api import Model

from transforms.language.operations import BLOCK, rows_times

_EPSILON = numpy.float32(1e-8)
_PARTS = (["expand_window", "maxout", "layernorm"], ["expand_window", "maxout", "layernorm", "dropout"])


def combine_convolutions(model: Model[Any, Any]) -> None:
    """Has the convolution layers of a model go through a batch together, in place; layers of other kinds stay as they are."""
    for outer in list(model.walk()):
        for i, layer in enumerate(outer.layers):
            if layers := _layers(layer):
                outer.layers[i] = Model("convolutions", _forward, attrs={"layers": layers, "pad": layer.attrs["pad"]}, dims={"nO": layer.maybe_get_dim("nO")})


class _Layer(NamedTuple):
    """The weights of one layer for w inputs, w outputs, and p pieces of each of these."""

    factor: Any
    """Of shape (3 * w, p * w): first the columns of the first pieces, then those of the second ones, and so on."""
    bias: Any
    gain: Any
    shift: Any

    def added_to(self, rows: Any) -> Any:
        """What goes in with what comes out added, for rows of shape (n, w): each is seen with the rows before and behind it."""
        count, width = rows.shape
        found = numpy.empty_like(rows)
        step = min(BLOCK, count)
        window = numpy.empty((step, 3 * width), dtype=rows.dtype)
        pieces = numpy.empty((step, self.factor.shape[1]), dtype=rows.dtype)
        # The last block reaches back to be as long as the others.
        for first in sorted({*range(0, count - step + 1, step), count - step}):
            behind = first + step
            window[0, :width] = rows[first - 1] if first else 0
            window[1:, :width] = rows[first : behind - 1]
            window[:, width : 2 * width] = rows[first:behind]
            window[:-1, 2 * width :] = rows[first + 1 : behind]
            window[-1, 2 * width :] = rows[behind] if behind < count else 0
            rows_times(window, self.factor, pieces)
            pieces += self.bias
            best = pieces[:, :width]
            for start in range(width, pieces.shape[1], width):
                best = numpy.maximum(best, pieces[:, start : start + width])
            numpy.add(rows[first:behind], self._normalised(best), out=found[first:behind])
        return found

    def _normalised(self, values: Any) -> Any:
        centred = values - values.mean(axis=1, keepdims=True)
        variance = (centred * centred).sum(axis=1, keepdims=True) / numpy.float32(values.shape[1]) + _EPSILON
        centred *= variance ** numpy.float32(-0.5)
        centred *= self.gain
        centred += self.shift
        return centred


def _layers(layer: Model[Any, Any]) -> list[_Layer]:
    """The weights of convolution layers over sequences; none where a model is of another kind."""
    if not layer.name.startswith("with_array(") or not isinstance(layer.attrs.get("pad"), int):
        return []
    inner = layer.layers[0]
    residuals = inner.layers if len(inner.layers) > 1 else [inner]
    found = []
    for each in residuals:
        leaves = [node for node in each.walk(order="dfs_pre") if not node.layers]
        if not each.name.startswith("residual(") or [node.name for node in leaves] not in _PARTS or leaves[0].attrs["window_size"] != 1:
            return []
        maxout, norm = leaves[1], leaves[2]
        weights: Any = maxout.get_param("W")
        bias: Any = maxout.get_param("b")
        if weights.shape[2] != 3 * weights.shape[0]:
            return []
        factor = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T
        found.append(_Layer(numpy.ascontiguousarray(factor), bias.T.reshape(-1), norm.get_param("G"), norm.get_param("b")))
    # Sequences must be too far apart to see each other.
    return found if len(found) <= layer.attrs["pad"] else []


def _forward(model: Model[Any, Any], sequences: Any, is_train: bool) -> tuple[Any, Any]:
    """The layer of a model that is not trained: arrays of shape (n, w) to as many of the same shapes."""
    del is_train
    if not sequences:
        return [], None
    pad = model.attrs["pad"]
    starts = list(itertools.accumulate((len(each) + pad for each in sequences), initial=pad))
    rows = numpy.zeros((starts[-1], sequences[0].shape[1]), dtype=numpy.float32)
    for start, each in zip(starts, sequences, strict=False):
        rows[start : start + len(each)] = each
    for layer in model.attrs["layers"]:
        rows = layer.added_to(rows)
    return [rows[start : start + len(each)] for start, each in zip(starts, sequences, strict=False)], None
