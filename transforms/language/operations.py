"""The arithmetic of spaCy's models: matrix products by numpy's BLAS, a fixed number of rows at a time.

thinc multiplies with BLIS, whose wheels hold no kernels for most processors: numpy's OpenBLAS (Accelerate on a Mac) is two to four times as quick. But what
these give for a row can differ in the last bit with the number of rows around it, because they choose their kernel by the size of a product, and so a parse
could hang on what else was in a batch. All products are therefore of one size; what a row gives is then a function of that row.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy
from thinc.api import NumpyOps

# Multiples of the rows that the kernels of common processors take at once (4 to 48), so that each row of a block is multiplied alike. The first is enough for
# nearly the full speed, the second for a few rows.
BLOCK = 192
SMALL_BLOCK = 48


class BlockOps(NumpyOps):
    """thinc's operations with products that numpy makes block by block."""

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """A matrix product."""
        if trans1:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        return rows_times(x, y.T if trans2 else y, out)


def rows_times(rows: Any, factor: Any, out: Any = None, block: int = BLOCK) -> Any:
    """A matrix product in which what a row gives does not hang on the others, not even in the last bit.

    Args:
        rows: An array of shape (n, k).
        factor: One of shape (k, m); the same one always with the same block.
        out: Where the product goes, of shape (n, m).
        block: How many rows are multiplied at once.
    """
    count = len(rows)
    if out is None:
        out = numpy.empty((count, factor.shape[1]), dtype=rows.dtype)
    if not _rows_alike(block):
        out[:] = (rows[:, None, :] @ factor)[:, 0]
    elif count < block:
        padded = numpy.zeros((block, rows.shape[1]), dtype=rows.dtype)
        padded[:count] = rows
        out[:] = numpy.dot(padded, factor)[:count]
    else:
        for start in range(0, count - block + 1, block):
            numpy.dot(rows[start : start + block], factor, out=out[start : start + block])
        if count % block:
            numpy.dot(rows[-block:], factor, out=out[-block:])  # some of them once more, which gives the same
    return out


@functools.cache
def _rows_alike(block: int) -> bool:
    """Whether this machine's BLAS multiplies all rows of a block in the same way."""
    generator = numpy.random.default_rng(1)
    row, factor = generator.standard_normal(288, dtype=numpy.float32), generator.standard_normal((288, 288), dtype=numpy.float32)
    product = numpy.dot(numpy.tile(row, (block, 1)), factor)
    return bool((product == product[0]).all())
