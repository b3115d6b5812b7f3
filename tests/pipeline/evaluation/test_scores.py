from __future__ import annotations

import pytest

from pipeline.evaluation.report import report
from pipeline.evaluation.scores import count, figures, rates, score
from tests.pipeline.evaluation.cases import document, gold, gold_actor, guess, guess_actor

FRANCE, PERU = gold_actor("participant", "France", "FRA"), gold_actor("participant", "Peru", "PER")
GUESS_FRANCE, GUESS_PERU = guess_actor("participant", "FRA"), guess_actor("participant", "PER")


@pytest.mark.parametrize(
    ("hits", "guessed", "wanted", "precision", "recall", "f1"),
    [(0, 0, 0, 0.0, 0.0, 0.0), (0, 3, 0, 0.0, 0.0, 0.0), (2, 3, 4, 0.667, 0.5, 0.571), (4, 4, 4, 1.0, 1.0, 1.0)],
)
def test_rates(hits: int, guessed: int, wanted: int, precision: float, recall: float, f1: float) -> None:
    assert rates(hits, guessed, wanted) == {"precision": precision, "recall": recall, "f1": f1, "gold": wanted, "predicted": guessed}


def test_figures_by_hand() -> None:
    # Two meetings and a strike are annotated.
    # One meeting is right; the other lacks an actor and has another status; the strike is missed; an aid decision is false.
    wanted = document(
        "one",
        gold(FRANCE, PERU),
        gold(FRANCE, PERU, status="planned", span=(100, 200)),
        gold(gold_actor("target", "Ukraine", "UKR"), kind="strike", span=(200, 300)),
        sentences=10,
    )
    guesses = [guess(GUESS_FRANCE, GUESS_PERU), guess(GUESS_FRANCE, at=110), guess(guess_actor("donor", "FRA"), kind="aid_decision", at=950)]
    result = score([wanted], {"one": guesses})
    assert result["meeting"]["mentions"]["f1"] == 1.0
    assert result["meeting"]["roles"] == {"precision": 1.0, "recall": 0.75, "f1": 0.857, "gold": 4, "predicted": 3}
    assert result["meeting"]["strict"]["f1"] == 0.5
    assert result["all"]["mentions"] == {"precision": 0.667, "recall": 0.667, "f1": 0.667, "gold": 3, "predicted": 3}
    assert result["all"]["roles"] == {"precision": 0.75, "recall": 0.6, "f1": 0.667, "gold": 5, "predicted": 4}
    assert result["all"]["actors"] == {"precision": 1.0, "recall": 0.75, "f1": 0.857, "gold": 4, "predicted": 3}
    assert result["mean"] == {"mentions": 0.333, "roles": 0.286, "strict": 0.167}
    assert result["status"]["accuracy"] == 0.5
    assert result["status"]["macro_f1"] == 0.334
    assert result["quiet"] == {"sentences": 7, "false_per_1000": 142.86}
    assert result["interval"]["mentions"] == [0.667, 0.667]
    assert result["documents"] == {"gold": 1, "with events but none found": 0}
    lines = list(report(result))
    assert lines[-2].startswith("fields (F1/n)")
    assert "142.86 false mentions in 1,000 of 7" in lines[-1]


@pytest.mark.parametrize(
    ("kind", "field", "wanted", "got", "counted"),
    [
        ("strike", "killed_min", 3, 3, (1, 1, 1)),
        ("strike", "killed_min", 3, 4, (1, 1, 0)),
        ("strike", "killed_min", 0, None, (1, 0, 0)),
        ("strike", "weapon", "unknown", None, (0, 0, 0)),
        ("strike", "weapon", "unknown", "drone", (0, 1, 0)),
        ("strike", "casualties_scope", "event", "part", (0, 1, 0)),
        ("aid_decision", "amount", 5e9, 5e9 + 1, (1, 1, 1)),
        ("aid_decision", "amount", 5e9, 5.1e9, (1, 1, 0)),
        ("aid_decision", "direction", "give", "cut", (0, 1, 0)),
        ("meeting", "location_country", "KEN", "KEN", (1, 1, 1)),
        ("meeting", "date", "2025-03-10", "2025-03-11", (1, 1, 0)),
    ],
)
def test_a_field_counts_where_it_says_something(kind: str, field: str, wanted: object, got: object, counted: tuple[int, int, int]) -> None:
    counts = count(document("one", gold(kind=kind, **{field: wanted})), [guess(kind=kind, **{field: got})])
    assert (counts["field_gold", field], counts["field_guess", field], counts["field_hit", field]) == counted


def test_dates_of_undated_documents_do_not_count() -> None:
    undated = document("one", gold(date="2025-03-10", location_country="KEN"), dated=False)
    counts = count(undated, [guess(date="2025-03-10", location_country="KEN")])
    assert counts["field_gold", "date"] == 0
    assert counts["field_gold", "location_country"] == 1


def test_free_text_is_not_scored() -> None:
    counts = count(document("one", gold(topic="fish")), [guess(topic="trade")])
    assert not any(field == "topic" for _, field in counts)
    assert "quiet" not in figures(counts)


def test_intervals_are_always_the_same_and_hold_the_figure() -> None:
    documents = [document(f"d{number}", gold(FRANCE)) for number in range(20)]
    guesses = {f"d{number}": [guess(GUESS_FRANCE)] for number in range(0, 20, 2)}
    first, second = score(documents, guesses), score(documents, guesses)
    assert first == second
    low, high = first["interval"]["mentions"]
    assert low < first["all"]["mentions"]["f1"] < high
    assert first["documents"]["with events but none found"] == 10
    assert any("10 of 20 have events in gold and none were found" in line for line in report(first))
