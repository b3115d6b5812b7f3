"""Counts in words and figures: the least and the most that they say."""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import itertools
import re
import tomllib
from collections.abc import Iterable
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Quantity:
    """A count by events.md: `12` is 12 and 12, `at least 12` is 12 and None, `up to 12` None and 12; both are None where none is stated (`several`)."""

    minimum: int | None
    maximum: int | None


@functools.cache
def short_scales() -> dict[str, str]:
    """What short forms after a figure of money stand for: `bn` is a billion."""
    return dict(_words()["short_scales"])


@functools.cache
def scales() -> tuple[str, ...]:
    """Words that multiply the number before them: `hundred`, `million`."""
    return tuple(_words()["scales"])


@functools.cache
def _words() -> dict[str, Any]:
    return tomllib.loads(importlib.resources.files("seeds").joinpath("numbers.toml").read_text("utf-8"))


def any_of(words: Iterable[str]) -> str:
    """The source of a regular expression for any of the words, the longest first; a blank in a word stands for any white space.

    Words with the same first letter stand together, so that `re`, which tries one alternative after another, passes over them as one.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda each: (-len(each), each)):
        groups.setdefault(word[0], []).append(word)
    if len({letter.lower() for letter in groups}) < len(groups):
        # Where case does not count, a shorter word of one group would come before a longer one of another.
        return _alternatives(itertools.chain(*groups.values()))
    return "(?:" + "|".join(f"{re.escape(letter)}{_alternatives(word[1:] for word in each)}" for letter, each in groups.items()) + ")"


def _alternatives(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda each: (-len(each), each))) + ")"


@functools.cache
def number_pattern() -> str:
    """The source of a regular expression for one exact number, without a look at what stands around it.

    It matches `12,000`, `1.2 million`, `twenty-one`, `one hundred and five`, `a dozen`, `two dozen`.
    """
    words = _words()
    scale = any_of(words["scales"])
    word = any_of([*words["cardinals"], *words["scales"]])
    joint = r"(?:-|\s+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+)"
    figures = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:[\s-]{scale}\b)?"
    spelled = rf"(?:{any_of(words['fixed'])}|(?:an?\s+)?{scale}(?:{joint}{word})*|{any_of(words['cardinals'])}(?:{joint}{word})*)"
    return rf"(?:{figures}|{spelled})"


# A part of something longer is no number: `F-16`, `$5`, `12th`, `12.5`, `3-year-old`, `12:30`, `12%`, `three-day`.
_BEFORE = r"(?<![\w.,$€£¥/:#-])"
_AFTER = r"(?![\w%°]|\s%|-[A-Za-z]|[.,:/]\d)"


@functools.cache
def quantity_pattern() -> str:
    """The source of a regular expression for a count with its modifiers: `at least 12`, `between 10 and 15`, `dozens`, `no`, `several`."""
    words = _words()
    modifiers = any_of(word for each in words["before"].values() for word in each)
    vague = any_of([*words["indefinite"], *words["none"]["words"], *words["unstated"]["words"]])
    one = number_pattern()
    pair = rf"(?:between\s+{one}\s+and\s+{one}|{one}(?:\s+to\s+|\s+or\s+|\s?[-–—]\s?){one})"
    suffix = any_of(words["after"]["at_least"])
    return rf"{_BEFORE}(?:{modifiers}\s+){{0,3}}(?:{pair}{_AFTER}|{one}{_AFTER}|{vague}\b)(?:\s+{suffix}\b)?"


@functools.cache
def _number() -> re.Pattern[str]:
    return re.compile(number_pattern(), re.IGNORECASE)


@functools.cache
def _modifiers() -> list[tuple[str, re.Pattern[str]]]:
    return [(effect, re.compile(rf"{any_of(words)}\b\s*", re.IGNORECASE)) for effect, words in _words()["before"].items()]


# No sum or count of the news is larger; a text can hold figures of any length, and those beyond it are none.
_LARGEST = 1e18
# What the store's integers hold is enough for people and things.
_MOST = 2e9


def parse_cardinal(words: str) -> float | None:
    """The value of one exact number in words or figures (`1.2 million`, `one hundred and five`, `two dozen`); None where it is none."""
    tables = _words()
    plain = " ".join(words.lower().split())
    if plain in tables["fixed"]:
        return float(tables["fixed"][plain])
    total = 0.0
    current: float | None = None
    for part in re.split(r"[\s-]+", plain):
        if part in {"and", "a", "an", ""}:
            continue
        if part in tables["cardinals"]:
            current = (current or 0.0) + tables["cardinals"][part]
        elif part in tables["scales"]:
            scaled = (1.0 if current is None else current) * tables["scales"][part]
            # `two hundred thousand`: a scale up to a hundred goes on multiplying, a greater one closes its group.
            if tables["scales"][part] > 100:
                total, current = total + scaled, None
            else:
                current = scaled
        elif re.fullmatch(r"\d[\d,]*(?:\.\d+)?", part):
            current = (current or 0.0) + float(part.replace(",", ""))
        else:
            return None
    value = total + (current or 0.0)
    return None if (current is None and not total) or value > _LARGEST else value


@functools.lru_cache(maxsize=4096)
def parse_number(words: str) -> Quantity | None:
    """What a count says.

    Args:
        words: A count as written, with or without modifiers: `12`, `at least twelve`, `10 to 15`, `dozens`, `no`, `several`.

    Returns:
        The least and the most; both None where a number is said to exist and not stated; None where the words are no count.
    """
    tables = _words()
    rest = " ".join(words.split())
    effects = set()
    for suffix in tables["after"]["at_least"]:
        if rest.lower().endswith(" " + suffix):
            rest = rest[: -len(suffix)].strip()
            effects.add("at_least")
    while True:
        plain = rest.lower()
        if plain in tables["none"]["words"]:
            return Quantity(0, 0)
        if plain in tables["unstated"]["words"]:
            return Quantity(None, None)
        if plain in tables["indefinite"]:
            return Quantity(tables["indefinite"][plain], None) if effects <= {"about", "at_least", "more_than"} else Quantity(None, None)
        found = next(((effect, match) for effect, pattern in _modifiers() if (match := pattern.match(rest)) and match.end() < len(rest)), None)
        if found is None:
            break
        effects.add(found[0])
        rest = rest[found[1].end() :]
    pair = re.fullmatch(rf"(?:between\s+)?({number_pattern()})(?:\s+(?:to|or|and)\s+|\s?[-–—]\s?)({number_pattern()})", rest, re.IGNORECASE)
    single = parse_cardinal(rest) if _number().fullmatch(rest) else None
    if single is None:
        low, high = (parse_cardinal(pair[1]), parse_cardinal(pair[2])) if pair else (None, None)
        if low is None or high is None or max(low, high) > _MOST:
            return None
        return Quantity(round(min(low, high)), round(max(low, high)))
    if single > _MOST:
        return None
    count = round(single)
    if "at_most" in effects:
        return Quantity(None, count)
    if "fewer_than" in effects:
        return Quantity(None, max(0, count - 1))
    if "more_than" in effects:
        return Quantity(count + 1, None)
    if "at_least" in effects:
        return Quantity(count, None)
    return Quantity(count, count)
