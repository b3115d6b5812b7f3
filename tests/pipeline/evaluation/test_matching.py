from __future__ import annotations

import pytest

from pipeline.evaluation.annotation import Annotated
from pipeline.evaluation.matching import extracted_roles, gold_roles, match
from tests.pipeline.evaluation.cases import gold, gold_actor, guess, guess_actor, unknown_actor

FRANCE, PERU = gold_actor("participant", "France", "FRA"), gold_actor("participant", "Peru", "PER")
GUESS_FRANCE, GUESS_PERU = guess_actor("participant", "FRA"), guess_actor("participant", "PER")


@pytest.mark.parametrize(
    ("wanted", "guesses", "pairs"),
    [
        ([gold(FRANCE)], [guess(GUESS_FRANCE)], [(0, 0)]),
        ([gold(FRANCE)], [guess(GUESS_FRANCE, at=100)], []),
        ([gold(FRANCE)], [guess(GUESS_FRANCE, at=99)], [(0, 0)]),
        ([gold(FRANCE)], [guess(GUESS_FRANCE, kind="strike")], []),
        ([gold(FRANCE), gold(PERU)], [guess(GUESS_PERU), guess(GUESS_FRANCE)], [(0, 1), (1, 0)]),
        ([gold(FRANCE)], [guess(GUESS_PERU), guess(GUESS_FRANCE), guess(GUESS_FRANCE)], [(0, 1)]),
        ([gold(FRANCE, status="planned")], [guess(GUESS_FRANCE), guess(GUESS_FRANCE, status="planned")], [(0, 1)]),
        ([gold(FRANCE), gold(FRANCE)], [guess(GUESS_FRANCE), guess(GUESS_FRANCE)], [(0, 0), (1, 1)]),
        ([gold(FRANCE), gold(FRANCE, PERU)], [guess(GUESS_FRANCE, GUESS_PERU)], [(1, 0)]),
    ],
)
def test_pairs(wanted: list[Annotated], guesses: list[Annotated], pairs: list[tuple[int, int]]) -> None:
    assert sorted(match(wanted, guesses)) == pairs


def test_unnamed_actors_count_neither_way() -> None:
    wanted = gold(FRANCE, gold_actor("participant", "two envoys", named=False))
    assert gold_roles(wanted) == {("participant", "FRA")}
    assert extracted_roles(guess(GUESS_FRANCE, GUESS_PERU), wanted) == {("participant", "FRA")}
    assert extracted_roles(guess(GUESS_PERU, guess_actor("participant", "KEN"), GUESS_FRANCE), wanted) == {("participant", "FRA"), ("participant", "KEN")}
    assert extracted_roles(guess(guess_actor("host", "KEN")), wanted) == {("host", "KEN")}


def test_unresolved_actors_count_only_where_gold_has_them() -> None:
    found = guess(unknown_actor("participant", "village elders"))
    assert extracted_roles(found) == set()
    assert extracted_roles(found, gold(gold_actor("participant", "Village Elders"))) == {("participant", "village elders")}
