"""Dependency trees of many sentences at once: the greedy search of spaCy's parser, one action of every sentence a step.

The automaton and what it asks the model are spaCy's own. But spaCy scores the actions of a step with BLIS (see `operations`) and cuts a batch into four before
it searches; here numpy scores them, for all sentences of a batch that are not yet parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
from spacy.tokens import Doc

from transforms.language.operations import SMALL_BLOCK, rows_times


class DependencySearch:
    """Parses as a pipeline's `parser` component does."""

    def __init__(self, component: Any) -> None:
        """Takes the weights of a component of `dependency_search`."""
        upper = component.model.get_ref("upper")
        self._component = component
        self._weights = numpy.ascontiguousarray(upper.get_param("W").T)
        self._bias = upper.get_param("b").copy()
        # Actions that the model has never seen.
        self._bias[list(component.model.attrs["unseen_classes"])] = -numpy.inf

    def parse(self, docs: Sequence[Doc]) -> None:
        """Sets the heads and labels of documents that the layers before the parser have gone through; those of about the same length go well together."""
        component = self._component
        states = component.moves.init_batch(docs)
        active = [state for state in states if not state.is_final()]
        step: Any = component.model.predict(docs) if active else None
        while active:
            hidden = step.state2vec.predict(step.get_token_ids(active))
            active = component.transition_states(active, rows_times(hidden, self._weights, block=SMALL_BLOCK) + self._bias)
        component.set_annotations(docs, states)


def dependency_search(component: Any) -> DependencySearch | None:
    """The quick search for a parser; None where it is another kind of model or searches with a beam."""
    model = getattr(component, "model", None)
    if model is None or "upper" not in model.ref_names or not model.attrs.get("has_upper") or component.cfg.get("beam_width") != 1:
        return None
    return DependencySearch(component)
