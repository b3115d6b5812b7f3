"""From annotated and extracted mentions to counts, and from counts to figures."""

from __future__ import annotations

import collections
import random
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluation.annotation import SHARED_FIELDS, Annotated, GoldDocument, own_fields, silent_value
from pipeline.evaluation.matching import extracted_roles, gold_roles, match
from schemas.event_types import event_types

Counts = collections.Counter[tuple[str, Any]]
"""What is counted, and of which type, field or pair of statuses."""

FIGURES = ("mentions", "roles", "strict")
_DRAWS = 200
# Of 200 sorted draws the 5th and the 196th bound 95 %.
_BOUNDS = (4, 195)


def count(document: GoldDocument, guesses: Sequence[Annotated]) -> Counts:
    """The counts of one document."""
    counts: Counts = collections.Counter()
    gold = document.mentions
    pairs = match(gold, guesses)
    gold_of = {j: gold[i] for i, j in pairs}
    for each in gold:
        counts["gold", each.event_type] += 1
        counts["role_gold", each.event_type] += len(gold_roles(each))
    for j, guess in enumerate(guesses):
        counts["guess", guess.event_type] += 1
        counts["role_guess", guess.event_type] += len(extracted_roles(guess, gold_of.get(j)))
    for i, j in pairs:
        _count_pair(counts, gold[i], guesses[j], dated=document.dated)
    if document.sentences is not None:
        spans = {(each.start, each.end) for each in gold}
        counts["quiet", "sentences"] += document.sentences - len(spans)
        counts["quiet", "false"] += sum(not any(start <= guess.start < end for start, end in spans) for guess in guesses)
    return counts


def _count_pair(counts: Counts, gold: Annotated, guess: Annotated, *, dated: bool) -> None:
    kind = gold.event_type
    wanted, got = gold_roles(gold), extracted_roles(guess, gold)
    counts["hit", kind] += 1
    counts["role_hit", kind] += len(wanted & got)
    counts["actor_gold", kind] += len(wanted)
    counts["actor_guess", kind] += len(got)
    counts["strict_hit", kind] += wanted == got and gold.status == guess.status
    counts["status", (gold.status, guess.status)] += 1
    for field in (*SHARED_FIELDS, *own_fields(kind)):
        if field in ("date", "date_end") and not dated:
            continue
        first, second = _stated(gold, field), _stated(guess, field)
        counts["field_gold", field] += first is not None
        counts["field_guess", field] += second is not None
        counts["field_hit", field] += first is not None and second is not None and _same(first, second)


def _stated(mention: Annotated, field: str) -> Any:
    value = mention.fields.get(field)
    return None if value is None or value == silent_value(field) else value


def _same(first: Any, second: Any) -> bool:
    if isinstance(first, int | float) and isinstance(second, int | float):
        return abs(first - second) <= 1e-6 * max(1.0, abs(first))
    return bool(first == second)


def rates(hits: int, guessed: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 (0 where they are not defined), and what they were made from."""
    return {
        "precision": round(hits / guessed, 3) if guessed else 0.0,
        "recall": round(hits / gold, 3) if gold else 0.0,
        "f1": round(2 * hits / (guessed + gold), 3) if guessed + gold else 0.0,
        "gold": gold,
        "predicted": guessed,
    }


def figures(counts: Counts) -> dict[str, Any]:
    """The figures of added counts: by type, in all, the mean over types, by field and status, and false mentions in quiet text."""
    result: dict[str, Any] = {}
    for kind in (*event_types(), "all"):
        kinds = tuple(event_types()) if kind == "all" else (kind,)

        def total(what: str, kinds: tuple[str, ...] = kinds) -> int:
            return sum(counts[what, each] for each in kinds)

        result[kind] = {
            "mentions": rates(total("hit"), total("guess"), total("gold")),
            "roles": rates(total("role_hit"), total("role_guess"), total("role_gold")),
            "strict": rates(total("strict_hit"), total("guess"), total("gold")),
            "actors": rates(total("role_hit"), total("actor_guess"), total("actor_gold")),
        }
    result["mean"] = {what: round(sum(result[kind][what]["f1"] for kind in event_types()) / len(event_types()), 3) for what in FIGURES}
    fields = sorted({field for what, field in counts if what in ("field_gold", "field_guess")})
    result["fields"] = {field: rates(counts["field_hit", field], counts["field_guess", field], counts["field_gold", field]) for field in fields}
    result["status"] = _status({pair: number for (what, pair), number in counts.items() if what == "status"})
    if counts["quiet", "sentences"]:
        sentences = counts["quiet", "sentences"]
        result["quiet"] = {"sentences": sentences, "false_per_1000": round(1000 * counts["quiet", "false"] / sentences, 2)}
    return result


def _status(pairs: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    values = {}
    for value in sorted({gold for gold, _ in pairs}):
        guessed = sum(number for (_, guess), number in pairs.items() if guess == value)
        wanted = sum(number for (gold, _), number in pairs.items() if gold == value)
        values[value] = rates(pairs.get((value, value), 0), guessed, wanted)
    right = sum(number for (gold, guess), number in pairs.items() if gold == guess)
    return {
        "accuracy": round(right / max(1, sum(pairs.values())), 3),
        "macro_f1": round(sum(each["f1"] for each in values.values()) / max(1, len(values)), 3),
        "values": values,
    }


def score(documents: Sequence[GoldDocument], guesses: Mapping[str, Sequence[Annotated]]) -> dict[str, Any]:
    """All figures, with 95 % intervals from drawing documents again and again (always the same draws).

    Args:
        documents: Annotated documents.
        guesses: Extracted mentions by document.
    """
    counts = [count(each, guesses.get(each.doc_id, ())) for each in documents]
    result = figures(_added(counts))
    chance = random.Random(0)  # noqa: S311 - the same draws each time are wanted
    draws = [figures(_added(chance.choices(counts, k=len(counts))))["all"] for _ in range(_DRAWS)]
    result["interval"] = {what: [sorted(draw[what]["f1"] for draw in draws)[bound] for bound in _BOUNDS] for what in FIGURES}
    lacking = sum(bool(each.mentions) and not guesses.get(each.doc_id) for each in documents)
    result["documents"] = {"gold": len(documents), "with events but none found": lacking}
    return result


def _added(counts: Sequence[Counts]) -> Counts:
    total: Counts = collections.Counter()
    for each in counts:
        total.update(each)
    return total
