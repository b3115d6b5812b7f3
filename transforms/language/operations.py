"""The arithmetic of spaCy's models: matrix products by numpy's BLAS, one sentence at a time.

thinc multiplies with BLIS, whose wheels hold no kernels for most processors: numpy's OpenBLAS (Accelerate on a Mac) is two to four times as quick. But what
these give for a row can differ in the last bit with the number of rows around it, and so a parse could hang on what else was in a batch. Products are therefore
made sentence by sentence: what a sentence gives is a function of that sentence.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy
from thinc.api import NumpyOps


class SentenceOps(NumpyOps):
    """thinc's operations with products that numpy makes, each over the rows of one sequence of the last batch that was put together."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._ends: list[int] = []

    def flatten(self, X: Sequence[Any], dtype: Any = None, pad: int = 0, ndim_if_empty: int = 2) -> Any:  # noqa: N803
        """Puts sequences together, as thinc does but with padding of its own for each side of each sequence, and remembers where each ends."""
        if not pad:
            flat = super().flatten(X, dtype, ndim_if_empty=ndim_if_empty)
        else:
            parts = []
            for each in X:
                edge = numpy.zeros((pad, *each.shape[1:]), dtype=each.dtype)
                parts += [edge, each, edge]
            flat = super().flatten(parts, dtype, ndim_if_empty=ndim_if_empty)
        self._ends = list(itertools.accumulate(len(each) + 2 * pad for each in X))
        return flat

    def unflatten(self, X: Any, lengths: Any, pad: int = 0) -> Any:  # noqa: N803
        """Takes sequences apart that `flatten` has put together."""
        if not pad:
            return super().unflatten(X, lengths)
        found, start = [], pad
        for length in lengths.tolist():
            found.append(X[start : start + length])
            start += length + 2 * pad
        return found

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """A matrix product; where the rows of `x` are no such batch, BLIS makes it, for which rows are independent of each other."""
        ends = self._ends
        if trans1 or not ends or ends[-1] != len(x):
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        factor = y.T if trans2 else y
        if out is None:
            out = numpy.empty((len(x), factor.shape[1]), dtype=x.dtype)
        start = 0
        for end in ends:
            numpy.dot(x[start:end], factor, out=out[start:end])
            start = end
        return out
