import itertools

import hypothesis.strategies as st
import pytest
from hypothesis import given

from schemas.document import Document
from tests.transforms.events.conftest import Reader
from transforms.events.confidence import BIAS, THRESHOLD, Judge, parse_judge, shipped_judge
from transforms.events.evidence import Evidence
from transforms.events.extractor import Extractor

STRUCK = "Russian missiles struck a power plant in Kharkiv, Ukraine, on Monday, killing three people."


def test_a_chance_follows_from_the_facts_that_the_judge_knows() -> None:
    judge = Judge({BIAS: (0.0, -1.0), "rule=meeting/meet": (2.0, 1.0), "question": (-2.0, 0.0)}, 0.3)
    assert judge.judge(frozenset()).mention == 0.5
    assert judge.judge(frozenset({"rule=meeting/meet", "of no weight"})).mention == 0.8808
    assert judge.judge(frozenset({"rule=meeting/meet", "question"})).mention == 0.5
    assert judge.judge(frozenset({"rule=meeting/meet"})).right == 0.5


@given(st.dictionaries(st.text(st.characters(codec="ascii", categories=["L"]), min_size=1), st.tuples(st.floats(-9, 9), st.floats(-9, 9)), max_size=9))
def test_the_order_of_the_facts_changes_nothing(weights: dict[str, tuple[float, float]]) -> None:
    judge = Judge({BIAS: (0.1, 0.2), **weights}, 0.5)
    found = {judge.judge(frozenset(order)) for order in itertools.islice(itertools.permutations(weights), 6)}
    assert len(found) == 1
    assert all(0 <= chance <= 1 for each in found for chance in (each.mention, each.right))


def test_the_facts_that_speak_most_against_a_mention_come_first() -> None:
    judge = Judge({BIAS: (0.0, 0.0), "a": (-1.0, 0.0), "b": (-3.0, 0.0), "c": (2.0, 0.0)}, 0.3)
    assert judge.reasons(frozenset({"a", "b", "c"})) == [("b", -3.0), ("a", -1.0)]


def test_a_file_gives_a_judge() -> None:
    judge = parse_judge(["evidence\tmention\tright", f"{THRESHOLD}\t0.25\t0", f"{BIAS}\t1.5\t-0.5"])
    assert judge == Judge({BIAS: (1.5, -0.5)}, 0.25)


def test_a_file_without_a_threshold_is_refused() -> None:
    with pytest.raises(KeyError):
        parse_judge(["evidence\tmention\tright", f"{BIAS}\t1\t1"])


def facts_of(extractor: Extractor, text: str) -> list[Evidence]:
    ((_, weighed),) = extractor.weighed([Document(doc_id="d", text=text, language="en")])
    return [evidence for _, evidence in weighed]


def test_a_mention_has_a_confidence() -> None:
    (extraction,) = Extractor().extract([Document(doc_id="d", text=STRUCK, language="en")])
    (mention,) = extraction.mentions
    assert mention.confidence is not None
    assert 0.5 < mention.confidence < 1


def test_rules_alone_give_no_confidence(read: Reader) -> None:
    assert [each.confidence for each in read(STRUCK)] == [None]


def test_facts_say_what_the_rules_found(extractor: Extractor) -> None:
    (facts,) = facts_of(extractor, STRUCK)
    assert {"type=strike", "trigger=strike strike", "roles=strike attacker+target", "status=strike occurred", "attacker is=state"} <= facts


def test_facts_name_no_person_state_or_place(extractor: Extractor) -> None:
    (facts,) = facts_of(extractor, STRUCK)
    assert not [each for each in facts for name in ("russia", "ukrain", "kharkiv", "RUS", "UKR") if name in each]


def test_facts_do_not_change_with_the_names(extractor: Extractor) -> None:
    (first,), (second,) = (
        facts_of(extractor, f"{name} met the foreign minister of {other} on Monday.")
        for name, other in (("Keir Starmer", "Poland"), ("Emmanuel Macron", "Greece"))
    )
    assert first == second


def test_the_shipped_judge_knows_the_rules() -> None:
    judge = shipped_judge()
    assert 0 < judge.threshold < 1
    assert sum(fact.startswith("rule=") for fact in judge.weights) > 20
