"""The closed lists of words that rules, the gate and readers ask for (`seeds/words.toml`)."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from typing import Any


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(importlib.resources.files("seeds").joinpath("words.toml").read_text("utf-8"))


def word_sets(section: str) -> dict[str, frozenset[str]]:
    """All lists of a section, by name.

    Raises:
        KeyError: There is no such section.
    """
    return {name: frozenset(words) for name, words in _table()[section].items()}


def word_set(section: str, name: str) -> frozenset[str]:
    """A list of the table, as written there.

    Raises:
        KeyError: There is none of that name.
    """
    return frozenset(_table()[section][name])
