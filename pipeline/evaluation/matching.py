"""Which extracted mention is which annotated one."""

from __future__ import annotations

import collections
import itertools
from collections.abc import Sequence

from pipeline.evaluation.annotation import Annotated
from pipeline.evaluation.identity import is_resolved, party_of

Role = tuple[str, str]
"""A role and who has it, as `identity.party_of` names it."""


def gold_roles(gold: Annotated) -> set[Role]:
    """The roles of an annotated mention; actors that the text does not name are left out."""
    return {(actor["role"], party_of(actor)) for actor in gold.actors if actor.get("named", True)}


def extracted_roles(guess: Annotated, gold: Annotated | None = None) -> set[Role]:
    """The roles of an extracted mention, compared with an annotated one where there is one.

    As many actors of a role as the annotation has unnamed ones are left out, and so are actors that are not resolved, unless the annotation has them.
    """
    wanted = gold_roles(gold) if gold is not None else set()
    unnamed = collections.Counter(actor["role"] for actor in gold.actors if not actor.get("named", True)) if gold is not None else collections.Counter()
    found = set()
    for actor in guess.actors:
        role = actor["role"], party_of(actor)
        if role not in wanted and unnamed[role[0]] > 0:
            unnamed[role[0]] -= 1
        elif role in wanted or is_resolved(actor):
            found.add(role)
    return found


def match(gold: Sequence[Annotated], guesses: Sequence[Annotated]) -> list[tuple[int, int]]:
    """Pairs of positions, each mention in one at most.

    A pair has one type, and its trigger begins in the annotated sentence. Pairs with most roles in common are taken first, then those of one status,
    then those that come first in the text.
    """
    pairs = []
    for (i, wanted), (j, guess) in itertools.product(enumerate(gold), enumerate(guesses)):
        if wanted.event_type == guess.event_type and wanted.start <= guess.start < wanted.end:
            shared = len(gold_roles(wanted) & extracted_roles(guess, wanted))
            pairs.append((-shared, wanted.status != guess.status, i, j))
    taken_gold: set[int] = set()
    taken_guesses: set[int] = set()
    found = []
    for _, _, i, j in sorted(pairs):
        if i not in taken_gold and j not in taken_guesses:
            taken_gold.add(i)
            taken_guesses.add(j)
            found.append((i, j))
    return found
