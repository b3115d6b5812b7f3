from __future__ import annotations

import pytest

from pipeline.evaluation.identity import fold, is_resolved, known_names, party_of
from tests.pipeline.evaluation.cases import gold_actor, guess_actor, unknown_actor
from transforms.events.reference import armed_groups, organisations


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The European Union", "european union"),
        ("  Hay'at  Tahrir-al-Sham ", "hay at tahrir al sham"),
        ("Al-Shabab (Mozambique)", "al shabab"),
        ("Sébastien", "sebastien"),
        (None, ""),
    ],
)
def test_names_are_folded(name: str | None, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("gold", "guess"),
    [
        (gold_actor("host", "Kenya", "KEN"), guess_actor("host", "KEN")),
        (gold_actor("host", "William Ruto", "KEN"), guess_actor("host", "KEN", name="William Ruto", country="KEN", kind="person")),
        (gold_actor("host", "European Commission"), guess_actor("host", "european-union", name="European Union", kind="organisation")),
        (gold_actor("host", "UNICEF"), guess_actor("host", "united-nations", name="United Nations", kind="organisation")),
        (gold_actor("host", "Ursula von der Leyen"), guess_actor("host", "european-union", name="Ursula von der Leyen", kind="person")),
        (gold_actor("attacker", "Hamas", "PSE"), guess_actor("attacker", "hamas", country="PSE", kind="armed_group")),
        (gold_actor("attacker", "Al-Shabab", "SOM"), guess_actor("attacker", "al-shabaab", country="SOM", kind="armed_group")),
        (gold_actor("host", "Example Mining Ltd", "ZMB"), guess_actor("host", None, name="Example Mining", country="ZMB")),
        (gold_actor("host", "The Example Club"), guess_actor("host", None, name="Example Club")),
    ],
)
def test_gold_and_guess_are_one_party(gold: dict[str, object], guess: dict[str, object]) -> None:
    assert party_of(gold) == party_of(guess)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (gold_actor("host", "Hamas", "PSE"), gold_actor("host", "Palestine", "PSE")),
        (gold_actor("host", "Al-Shabab", "SOM"), gold_actor("host", "Islamic State – Mozambique Province", "MOZ")),
        (gold_actor("host", "Mark Rutte"), gold_actor("host", "Mark Rutte", "NLD")),
    ],
)
def test_these_are_two_parties(first: dict[str, object], second: dict[str, object]) -> None:
    assert party_of(first) != party_of(second)


def test_only_who_is_known_counts() -> None:
    assert not is_resolved(unknown_actor("attacker", "gunmen"))
    assert is_resolved(unknown_actor("host", "the EU"))
    assert is_resolved(unknown_actor("host", "gunmen") | {"country": "MLI"})


def test_ids_and_names_lead_to_the_tables() -> None:
    assert {known.key for known in known_names().values()} <= {*organisations(), *armed_groups()}
