"""How well the own fields of two mentions agree.

The comparisons, which `seeds/incidents/` names:
    `choice`  two values of a closed set; `unknown` says nothing; with groups, values of no common group contradict.
    `words`   two phrases agree where they share a word that carries meaning.
    `toll`    counts that grow as reports update: equal counts agree; the later report may have more, up to threefold, but no more than a fifth less.
    `amount`  sums of money, equal within a tolerance; sums in different currencies through the amount in one currency for all, where both have it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from transforms.incidents.reports import Features, fold
from transforms.incidents.rules import Detail

_WORD = re.compile(r"[^\W_]+")
_GROWS = 3.0
_SHRINKS = 0.8


def compare_details(a: Features, b: Features, rules: tuple[Detail, ...]) -> tuple[int, int] | None:
    """The weight of the own fields that agree and the number that clash; None where one contradicts."""
    weight = clashes = 0
    for detail, first, second in zip(rules, a.details, b.details, strict=True):
        if first[0] is None or second[0] is None:
            continue
        found = _AGREE[detail.compare](detail, first, second, a, b)
        if found is None:
            return None
        if found > 0:
            weight += detail.weight
        elif found < 0:
            if detail.differ == "contradicts":
                return None
            clashes += detail.differ == "clashes"
    return weight, clashes


def _choice(detail: Detail, first: tuple[Any, ...], second: tuple[Any, ...], *_: Features) -> int | None:
    one, other = first[0], second[0]
    if "unknown" in (one, other) or one in detail.unknown or other in detail.unknown:
        return 0
    if one == other:
        return 1
    if detail.groups:
        groups = [group for group in detail.groups if one in group or other in group]
        if groups and not any(one in group and other in group for group in groups):
            return None
    return -1


def _words(detail: Detail, first: tuple[Any, ...], second: tuple[Any, ...], *_: Features) -> int:
    one, other = words_of(first[0]) - detail.unknown, words_of(second[0]) - detail.unknown
    if not one or not other:
        return 0
    return 1 if one & other else -1


def _toll(detail: Detail, first: tuple[Any, ...], second: tuple[Any, ...], a: Features, b: Features) -> int:
    if detail.scope is not None and (first[1] != "event" or second[1] != "event"):
        return 0
    one, other = first[0], second[0]
    if one == other:
        return 1 if one else 0
    if a.published is None or b.published is None or a.published == b.published:
        low, high = sorted((one, other))
        return 0 if high <= low * _GROWS else -1
    earlier, later = (one, other) if a.published < b.published else (other, one)
    # Nobody is dead yet in many a first report.
    return 0 if earlier * _SHRINKS <= later <= max(earlier, 1) * _GROWS else -1


def _amount(detail: Detail, first: tuple[Any, ...], second: tuple[Any, ...], *_: Features) -> int:
    return _compare_amounts(detail, *(dict(zip(detail.fields, values, strict=True)) for values in (first, second)))


def same_amount(detail: Detail, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows that state amounts state the same one, as far as their currencies can be compared."""
    return _compare_amounts(detail, one, other) > 0


def _compare_amounts(detail: Detail, one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    if detail.currency is None or one[detail.currency] == other[detail.currency]:
        upper = detail.maximum or detail.field
        low, high = max(one[detail.field], other[detail.field]), min(one[upper] or one[detail.field], other[upper] or other[detail.field])
        return 1 if low - high <= detail.tolerance * low else -1
    if detail.converted is None or one[detail.converted] is None or other[detail.converted] is None:
        return 0
    low, high = sorted((one[detail.converted], other[detail.converted]))
    return 1 if high - low <= detail.converted_tolerance * high else -1


_AGREE: dict[str, Any] = {"choice": _choice, "words": _words, "toll": _toll, "amount": _amount}


@functools.lru_cache(maxsize=65_536)
def words_of(phrase: str) -> frozenset[str]:
    """The words of a phrase, folded, without a plural s; numbers and words of one or two letters are left out."""
    words = _WORD.findall(fold(phrase))
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words if len(word) > 2 and not word.isdigit())
