"""Vectors of words, each made once: what the first layers of spaCy's models give a token hangs on its form alone."""

from __future__ import annotations

from typing import Any

import numpy
from thinc.api import Model

# Words that are kept, about 600 bytes each; a new start is cheaper than to know which were used.
_KEPT = 30_000


def remember_embeddings(model: Model[Any, Any]) -> None:
    """Has the layers of a model that embed words keep what they give, in place."""
    for outer in list(model.walk()):
        for i, layer in enumerate(outer.layers):
            if layer.layers and layer.layers[0].name == "extract_features" and layer.layers[-1].name == "ragged2list":
                outer.layers[i] = Model("kept_embeddings", _forward, layers=[layer], attrs={"kept": _Kept(layer)})


class _Kept:
    """Vectors by the features of their words."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        self._layer = layer
        self._rows: dict[bytes, int] = {}
        self._vectors = numpy.empty((0, 0), dtype=numpy.float32)

    def vectors(self, docs: Any) -> list[Any]:
        """An array for each document, one row a token."""
        if len(self._rows) > _KEPT:
            self._rows.clear()
        extract, *others = self._layer.layers
        rows = self._rows
        keys = [features.view(f"V{features.strides[0]}").ravel().tolist() for features in map(numpy.ascontiguousarray, extract.predict(docs))]
        unknown = {key: numpy.frombuffer(key, dtype=numpy.uint64).reshape(1, -1) for each in keys for key in each if key not in rows}
        if unknown:
            # Each as a sequence of its own, so that what a word gets does not hang on the words beside it.
            made: Any = list(unknown.values())
            for layer in others:
                made = layer.predict(made)
            self._keep(list(unknown), numpy.concatenate(made))
        return [self._vectors[[rows[key] for key in each]] for each in keys]

    def _keep(self, keys: list[bytes], made: Any) -> None:
        first = len(self._rows)
        if first + len(keys) > len(self._vectors):
            grown = numpy.empty((max(2 * len(self._vectors), first + len(keys), 1024), made.shape[1]), dtype=made.dtype)
            if first:
                grown[:first] = self._vectors[:first]
            self._vectors = grown
        self._vectors[first : first + len(keys)] = made
        self._rows.update(zip(keys, range(first, first + len(keys)), strict=True))


def _forward(model: Model[Any, Any], docs: Any, is_train: bool) -> tuple[Any, Any]:
    """The layer of a model that is not trained."""
    del is_train
    return model.attrs["kept"].vectors(docs), None
