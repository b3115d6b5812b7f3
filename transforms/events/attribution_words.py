"""The words by which texts attribute, claim, charge and hedge (`seeds/attribution.toml`)."""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import re
import tomllib


@dataclasses.dataclass(frozen=True)
class AttributionWords:
    """The tables of `seeds/attribution.toml`."""

    saying: frozenset[str]
    accusing: frozenset[str]
    mutual: frozenset[str]
    claiming: frozenset[str]
    responsibility: frozenset[str]
    hedges: frozenset[str]
    denying: re.Pattern[str]
    unknown: re.Pattern[str]


@functools.cache
def attribution_words() -> AttributionWords:
    """The words that attribute and hedge."""
    table = tomllib.loads(importlib.resources.files("seeds").joinpath("attribution.toml").read_text("utf-8"))
    lists = {name: frozenset(table[name]) for name in ("saying", "accusing", "mutual", "claiming", "responsibility", "hedges")}
    return AttributionWords(**lists, denying=re.compile(table["denying"]), unknown=re.compile(table["unknown"]))
