from __future__ import annotations

from pipeline.training.examples import FOLDS, Example
from pipeline.training.fitting import train, written
from transforms.events.confidence import parse_judge


def examples() -> list[Example]:
    """Mentions with the fact `good`, none with `bad`; of the good ones those that are `clear` are right, and one in ten is not what it seems."""
    found = []
    for number in range(400):
        good, clear, odd = number % 2 == 0, number % 4 == 0, number % 10 == 3
        facts = {"good" if good else "bad", *({"clear"} if clear else ()), f"noise {number % 7}"}
        found.append(Example(frozenset(facts), good != odd, good and clear and not odd, number % FOLDS, natural=number % 3 > 0))
    return found


def test_what_goes_with_mentions_makes_them_probable() -> None:
    judge = train(examples())
    assert judge.judge(frozenset({"good"})).mention > 0.8 > 0.4 > judge.judge(frozenset({"bad"})).mention
    assert judge.judge(frozenset({"good", "clear"})).right > judge.judge(frozenset({"good"})).right


def test_the_threshold_keeps_nearly_all_mentions() -> None:
    judge = train(examples())
    mentions = [each for each in examples() if each.mention]
    assert sum(judge.judge(each.evidence).mention >= judge.threshold for each in mentions) > 0.95 * len(mentions)


def test_the_same_examples_give_the_same_file_in_whatever_order_facts_are_kept() -> None:
    first, second = (list(written(train(found))) for found in (examples(), [*examples()]))
    assert first == second


def test_a_written_judge_is_read_again_as_it_was() -> None:
    judge = train(examples())
    assert parse_judge(list(written(judge))) == judge
