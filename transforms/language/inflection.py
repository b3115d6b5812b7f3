"""English inflection: the forms in which a text can hold a word of a frame."""

from __future__ import annotations

import csv
import functools
import importlib.resources

_VOWELS = "aeiou"
_HISSING = ("s", "x", "z", "ch", "sh", "o")


@functools.cache
def _irregular() -> dict[str, tuple[str, ...]]:
    """Forms that no rule makes, of `seeds/irregular_forms.tsv`."""
    lines = importlib.resources.files("seeds").joinpath("irregular_forms.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {row["lemma"]: tuple(form.lower() for form in row["forms"].split("|")) for row in rows}


def noun_forms(lemma: str) -> frozenset[str]:
    """The singular and the plural of a noun, in lower case; some that nobody writes are among them, and none that a text can hold is missing.

    Args:
        lemma: A word, or several of which the last is inflected.
    """
    word = lemma.lower()
    found = {word, word + "s", *(form for form in _irregular().get(word, ()) if form.endswith("s"))}
    if word.endswith(_HISSING):
        found.add(word + "es")
    if word.endswith("f"):
        found.add(word[:-1] + "ves")
    if word.endswith("man"):
        found.add(word[:-3] + "men")
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        found.add(word[:-1] + "ies")
    return frozenset(found)


def forms(lemma: str) -> frozenset[str]:
    """The forms of a lemma as noun or verb, as `noun_forms` gives those of a noun.

    Args:
        lemma: A word, or several of which the last is inflected (`carpet-bomb`).
    """
    word = lemma.lower()
    found = {*noun_forms(word), *_irregular().get(word, ()), word + "ed", word + "ing"}
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        found.add(word[:-1] + "ied")
    if word.endswith("e"):
        found |= {word + "d", word[:-1] + "ing"}
    if word.endswith("ie"):
        found.add(word[:-2] + "ying")
    if len(word) > 2 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS:
        found |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(found | {form + "s" for form in found if form.endswith("ing")})
