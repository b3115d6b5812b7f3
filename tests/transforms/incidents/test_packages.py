"""Which steps are steps of one package, from mentions to `package_id`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.incidents.mentions import aid, linked


def packages(*rows: dict[str, Any]) -> set[frozenset[str]]:
    numbered = [row | {"event_id": f"{chr(97 + index)}", "doc_id": f"d{index}"} for index, row in enumerate(rows)]
    found: dict[str, set[str]] = {}
    for incident_id, row in linked(numbered).items():
        found.setdefault(row["package_id"], set()).add(incident_id)
    assert all(package == min(steps) for package, steps in found.items())
    return {frozenset(each) for each in found.values()}


def step(decision: str, published: str, amount: float | None = 5e8, donor: str = "USA", **rest: Any) -> dict[str, Any]:
    currency = {"currency": "USD", "amount_usd": amount} if amount else {}
    return aid(donor, "UKR", decision, published=published, amount=amount, **currency | rest)


def test_the_steps_of_one_sum_are_one_package() -> None:
    steps = [step("requested", "2025-01-10"), step("proposed", "2025-02-01"), step("approved", "2025-02-20"), step("delivered", "2025-04-30")]
    assert packages(*steps) == {frozenset("abcd")}


def test_two_sums_of_one_donor_are_two_packages() -> None:
    steps = [step("proposed", "2025-01-10"), step("proposed", "2025-01-12", 3e8), step("approved", "2025-02-01"), step("approved", "2025-02-02", 3e8)]
    assert packages(*steps) == {frozenset("ac"), frozenset("bd")}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"donor": "DEU"}, id="another donor"),
        pytest.param({"published": "2025-12-20"}, id="long after"),
        pytest.param({"aid_kind": "humanitarian"}, id="another kind"),
        pytest.param({"currency": "JPY", "amount_usd": 3.3e6}, id="another currency"),
    ],
)
def test_another_package(other: dict[str, Any]) -> None:
    assert len(packages(step("proposed", "2025-01-10", aid_kind="military"), step(**{"decision": "approved", "published": "2025-02-01"} | other))) == 2


def test_the_same_sum_approved_months_later_is_another_package() -> None:
    assert len(packages(step("approved", "2025-01-10"), step("approved", "2025-05-10"))) == 2
    assert len(packages(step("approved", "2025-01-10"), step("approved", "2025-01-30"))) == 1


def test_the_package_nearest_in_time_takes_a_step_that_fits_two() -> None:
    steps = [step("approved", "2025-01-10"), step("approved", "2025-05-10"), step("delivered", "2025-05-20")]
    assert packages(*steps) == {frozenset("a"), frozenset("bc")}


def test_a_step_without_an_amount_joins_the_one_package_that_it_fits() -> None:
    untold = step("delivered", "2025-01-20", None, items="batteries", aid_kind="military")
    assert packages(step("approved", "2025-01-10"), untold) == {frozenset("a"), frozenset("b")}
    assert packages(step("approved", "2025-01-10", aid_kind="military"), untold) == {frozenset("ab")}
    assert packages(step("approved", "2025-01-10", items="batteries"), untold) == {frozenset("ab")}
    assert packages(step("approved", "2025-01-10", items="grain"), untold) == {frozenset("a"), frozenset("b")}
    two = [step("approved", "2025-01-10", aid_kind="military"), step("approved", "2025-01-11", 3e8, aid_kind="military")]
    assert packages(*two, untold) == {frozenset("a"), frozenset("b"), frozenset("c")}
    assert packages(step("approved", "2025-01-10", aid_kind="military"), step("delivered", "2025-03-20", None, aid_kind="military")) == {
        frozenset("a"),
        frozenset("b"),
    }


def test_amounts_are_compared_over_currencies() -> None:
    euros = {"currency": "EUR", "amount_usd": 5.4e8}
    assert packages(step("proposed", "2025-01-10", 5e8, **euros), step("approved", "2025-02-01", 5.5e8)) == {frozenset("ab")}


def test_aid_that_goes_on_has_no_package() -> None:
    assert {row["package_id"] for row in linked([step("delivered", "2025-01-10", status="ongoing", trigger="aid")]).values()} == {None}
