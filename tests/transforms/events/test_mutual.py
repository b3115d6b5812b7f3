"""Attacks that two sides tell of: each is named as attacker, none as target."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "attackers"),
    [
        ("Ukraine and Russia fought on near Kupiansk on Monday. Both sides reported new drone strikes overnight.", {"UKR", "RUS"}),
        ("Israel and Iran exchanged threats on Sunday, with both countries reporting missile attacks.", {"ISR", "IRN"}),
        ("Kyiv and Moscow both reported drone attacks on Tuesday.", {"UKR", "RUS"}),
        ("India and Pakistan each reported artillery attacks along the border.", {"IND", "PAK"}),
        ("Armenia and Azerbaijan accused each other of drone attacks on border posts near Vardenis on Wednesday.", {"ARM", "AZE"}),
    ],
)
def test_both_sides_attack_where_each_tells_of_attacks(read: Reader, text: str, attackers: set[str]) -> None:
    told = read(text)[-1]
    assert {actor.acts_for for actor in told.actors if actor.role == "attacker"} == attackers


def test_one_side_that_reports_an_attack_is_hit_by_it(read: Reader) -> None:
    (told,) = read("Ukraine reported new drone strikes on Monday.")
    assert [(actor.role, actor.acts_for) for actor in told.actors] == [("target", "UKR")]


def test_adjective_made_of_a_name_is_no_place(read: Reader) -> None:
    (told,) = read("EU leaders, without the backing of Serbia-friendly Slovakia, agreed on Monday to raise military aid to Ukraine.")
    assert told.locations == ()
