"""Named entities of many sentences at once: the greedy search of spaCy's entity recogniser, one token of every sentence a step.

spaCy's own search takes one action of one sentence after the other and asks for the interpreter's lock at each. What it asks the model is the same: the scores
of a state come from three tokens (the next one, the first of the open entity, the last one in it), and the best action that is allowed is taken.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import numpy
from spacy.attrs import IS_SPACE
from spacy.tokens import Doc, Span

from transforms.language.operations import SMALL_BLOCK, rows_times

_BARRED = numpy.float32(-numpy.inf)
# The tokens that the model looks at in a state of the recogniser's automaton.
_FEATURES = 3


class EntityFinder:
    """Finds entities as a pipeline's `ner` component does, in documents that are one sentence each."""

    def __init__(self, component: Any) -> None:
        """Takes the weights of a component of `entity_finder`."""
        lower, upper = component.model.get_ref("lower"), component.model.get_ref("upper")
        weights = lower.get_param("W")
        self._vectors = component.model.get_ref("tok2vec")
        # Of each unit first the first pieces, then the second ones: numpy compares whole columns at once.
        self._first = numpy.ascontiguousarray(weights.swapaxes(1, 2).reshape(-1, weights.shape[-1]).T)
        self._padding = lower.get_param("pad").swapaxes(-1, -2).reshape(1, -1)
        self._bias = lower.get_param("b").T.reshape(-1)
        self._units = weights.shape[1]
        self._second = numpy.ascontiguousarray(upper.get_param("W").T)
        self._second_bias = upper.get_param("b")
        moves = [component.moves.get_class_name(number) for number in range(component.moves.n_moves)]
        self._kinds = [name[:1] for name in moves]
        self._labels = [name[2:] for name in moves]
        # An open entity is known by the number of its label, none by 0.
        labels = sorted({label for label in self._labels if label})
        number = {label: i for i, label in enumerate(labels, start=1)}
        self._opens = numpy.array([number.get(label, 0) if kind in "BI" else 0 for kind, label in zip(self._kinds, self._labels, strict=True)])
        self._begins = numpy.array([kind == "B" for kind in self._kinds])
        self._barred = numpy.full((len(labels) + 1, 2, 2, len(moves)), _BARRED)
        for move, (kind, label) in enumerate(zip(self._kinds, self._labels, strict=True)):
            for last, space in itertools.product((0, 1), (0, 1)):
                if kind == "O" or (label and not space and (kind == "U" or (kind == "B" and not last))):
                    self._barred[0, last, space, move] = 0
                if label and (kind == "L" or (kind == "I" and not last)):
                    self._barred[number[label], last, space, move] = 0

    def find(self, docs: Sequence[Doc]) -> None:
        """Sets the entities of documents."""
        docs = sorted((doc for doc in docs if len(doc)), key=len, reverse=True)
        if not docs:
            return
        moves = self._search(docs)
        start = 0
        for doc in docs:
            doc.set_ents(list(self._spans(doc, moves[start : start + len(doc)])))
            start += len(doc)

    def _search(self, docs: Sequence[Doc]) -> list[int]:
        """The action at every token of documents that are sorted by length, the longest first."""
        lengths = numpy.array([len(doc) for doc in docs])
        starts = numpy.concatenate(([0], numpy.cumsum(lengths)[:-1]))
        spaces = numpy.concatenate([doc.to_array([IS_SPACE]) for doc in docs]).astype(numpy.intp)
        features = self._precomputed(docs)
        moves = numpy.zeros(len(spaces), dtype=numpy.intp)
        state, entity = numpy.zeros(len(docs), dtype=numpy.intp), numpy.zeros(len(docs), dtype=numpy.intp)
        for step in range(int(lengths[0])):
            active = int(numpy.searchsorted(-lengths, -step, side="left"))
            state, entity = state[:active], entity[:active]
            rows = starts[:active] + step
            inside = state > 0
            # Row 0 stands for no token.
            hidden = features[rows + 1, 0] + features[numpy.where(inside, entity + 1, 0), 1] + features[numpy.where(inside, rows, 0), 2] + self._bias
            hidden = functools.reduce(numpy.maximum, (hidden[:, start : start + self._units] for start in range(0, hidden.shape[1], self._units)))
            scores = rows_times(hidden, self._second, block=SMALL_BLOCK) + self._second_bias
            best = (scores + self._barred[state, (lengths[:active] == step + 1).astype(numpy.intp), spaces[rows]]).argmax(axis=1)
            moves[rows] = best
            entity = numpy.where(self._begins[best], rows, entity)
            state = self._opens[best]
        return list(moves.tolist())

    def _precomputed(self, docs: Sequence[Doc]) -> Any:
        """What each token adds to the hidden layer as each of the three: one row a token, with the row of no token before them."""
        vectors = self._vectors.predict(docs)
        found = numpy.empty((len(vectors) + 1, self._first.shape[1]), dtype=numpy.float32)
        found[0] = self._padding
        rows_times(vectors, self._first, out=found[1:])
        return found.reshape(len(found), _FEATURES, -1)

    def _spans(self, doc: Doc, moves: Sequence[int]) -> Iterable[Span]:
        begin = 0
        for i, move in enumerate(moves):
            kind = self._kinds[move]
            if kind in "BU":
                begin = i
            if kind in "LU":
                yield Span(doc, begin, i + 1, label=self._labels[move])


def entity_finder(component: Any) -> EntityFinder | None:
    """The quick search for an entity recogniser; None where it is another kind of model or searches with a beam."""
    model = getattr(component, "model", None)
    if model is None or not {"tok2vec", "lower", "upper"} <= set(model.ref_names) or not model.attrs.get("has_upper") or component.cfg.get("beam_width") != 1:
        return None
    return EntityFinder(component) if model.get_ref("lower").get_dim("nF") == _FEATURES else None
