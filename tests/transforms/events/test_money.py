"""Amounts of money: how much, in what, for which time, and in US dollars."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.events.money import Amount, find_amounts, to_usd


def found(text: str, hint: str | None = None) -> list[Amount]:
    return find_amounts(text, 0, len(text), hint)


def only(text: str, hint: str | None = None) -> Amount:
    (amount,) = found(text, hint)
    return amount


@pytest.mark.parametrize(
    ("text", "words", "amount", "currency"),
    [
        ("It gave $1.2bn in aid.", "$1.2bn", 1.2e9, "USD"),
        ("It gave $500 million.", "$500 million", 500e6, "USD"),
        ("It gave $20m.", "$20m", 20e6, "USD"),
        ("It gave $250K.", "$250K", 250e3, "USD"),
        ("It gave $1,250.50 each.", "$1,250.50", 1250.5, "USD"),
        ("It gave US$ 20 million.", "US$ 20 million", 20e6, "USD"),
        ("It gave USD 40 million.", "USD 40 million", 40e6, "USD"),
        ("It gave $10 billion USD.", "$10 billion USD", 10e9, "USD"),
        ("It gave 40 million U.S. dollars.", "40 million U.S. dollars", 40e6, "USD"),
        ("It gave half a billion dollars.", "half a billion dollars", 0.5e9, "USD"),
        ("It gave a billion dollars.", "a billion dollars", 1e9, "USD"),
        ("It gave two hundred million dollars.", "two hundred million dollars", 200e6, "USD"),
        ("A $2-billion loan was signed.", "$2-billion", 2e9, "USD"),
        ("A 3.5 million-dollar grant was signed.", "3.5 million-dollar", 3.5e6, "USD"),
        ("It gave up to $500 million.", "$500 million", 500e6, "USD"),
        ("It gave more than $3 billion.", "$3 billion", 3e9, "USD"),
        ("It gave 5 billion euros.", "5 billion euros", 5e9, "EUR"),
        ("It gave EUR 3 bn.", "EUR 3 bn", 3e9, "EUR"),
        ("It gave 5bn euros.", "5bn euros", 5e9, "EUR"),
        ("A 2 billion-euro loan was signed.", "2 billion-euro", 2e9, "EUR"),
        ("It gave £50 million.", "£50 million", 50e6, "GBP"),
        ("It gave 500 million pounds.", "500 million pounds", 500e6, "GBP"),
        ("It gave 2.3 billion Swiss francs.", "2.3 billion Swiss francs", 2.3e9, "CHF"),
        ("It gave 100 billion yen.", "100 billion yen", 100e9, "JPY"),
        ("It gave C$500 million.", "C$500 million", 500e6, "CAD"),
        ("It gave A$20 million.", "A$20 million", 20e6, "AUD"),
        ("It gave $20 million Australian dollars.", "$20 million Australian dollars", 20e6, "AUD"),
        ("It gave NT$3 billion.", "NT$3 billion", 3e9, "TWD"),
        ("It gave 1.5 trillion won.", "1.5 trillion won", 1.5e12, "KRW"),
        ("It gave 300 million Danish kroner.", "300 million Danish kroner", 300e6, "DKK"),
        ("It gave 50 million kronor.", "50 million kronor", 50e6, "SEK"),
        ("It gave 500 million Pakistani rupees.", "500 million Pakistani rupees", 500e6, "PKR"),
        ("It gave 500 million dirhams.", "500 million dirhams", 500e6, "AED"),
        ("It gave 200 million shekels.", "200 million shekels", 200e6, "ILS"),
        ("It gave 3 billion roubles.", "3 billion roubles", 3e9, "RUB"),
        ("It gave 40 million hryvnias.", "40 million hryvnias", 40e6, "UAH"),
        ("It gave 2 billion riyals.", "2 billion riyals", 2e9, "SAR"),
        ("It gave 100 million lira.", "100 million lira", 100e6, "TRY"),
        ("It gave 10 million zlotys.", "10 million zlotys", 10e6, "PLN"),
        ("It gave 10 million rand.", "10 million rand", 10e6, "ZAR"),
        ("It gave 3 billion naira.", "3 billion naira", 3e9, "NGN"),
        ("It gave 20 million yuan.", "20 million yuan", 20e6, "CNY"),
        ("It gave ₹200,000.", "₹200,000", 200e3, "INR"),
        ("It gave 400,000 Mexican pesos.", "400,000 Mexican pesos", 400e3, "MXN"),
        ("Oil sold at $5 a barrel.", "$5", 5.0, "USD"),
    ],
)
def test_amounts(text: str, words: str, amount: float, currency: str) -> None:
    one = only(text)
    assert one.amount == pytest.approx(amount)
    assert (one.text, one.amount_max, one.currency, one.scope) == (words, None, currency, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It may cost between $1 billion and $2 billion.", 1e9, 2e9),
        ("It may cost $1–2 billion.", 1e9, 2e9),
        ("It may cost $1 billion-$2 billion.", 1e9, 2e9),
        ("It may cost $1 to $2 billion.", 1e9, 2e9),
        ("It may cost $1 billion to $2 billion.", 1e9, 2e9),
        ("It may cost 1 to 2 billion euros.", 1e9, 2e9),
        ("It may cost between 300 million and 2 billion euros.", 300e6, 2e9),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    one = only(text)
    assert (one.amount, one.amount_max) == (low, high)


@pytest.mark.parametrize("text", ["Aid rose from $1 billion to $2 billion.", "It will raise aid by $1 billion to $2 billion."])
def test_a_change_is_no_range(text: str) -> None:
    assert [(each.amount, each.amount_max) for each in found(text)] == [(1e9, None), (2e9, None)]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("It gave billions of dollars.", "USD"),
        ("It gave hundreds of millions of euros.", "EUR"),
        ("It gave several hundred million dollars.", "USD"),
        ("A multibillion-dollar package was signed.", "USD"),
    ],
)
def test_orders_of_magnitude_have_a_currency_and_no_amount(text: str, currency: str) -> None:
    one = only(text)
    assert (one.amount, one.amount_max, one.currency) == (None, None, currency)


@pytest.mark.parametrize(
    ("text", "hint", "currency"),
    [
        ("It gave 300 million crowns.", None, None),
        ("It gave 300 million crowns.", "NOR", "NOK"),
        ("It gave 300 million crowns.", "SWE", "SEK"),
        ("It gave 20 billion rupees.", None, None),
        ("It gave 20 billion rupees.", "IND", "INR"),
        ("It gave 20 billion rupees.", "PAK", "PKR"),
        ("It gave Rs 500 crore.", "IND", "INR"),
        ("It gave 20 million pounds.", "EGY", "EGP"),
        ("It gave 20 million pounds.", "FRA", "GBP"),
        ("It gave ¥20 million.", None, "JPY"),
        ("It gave ¥20 million.", "CHN", "CNY"),
        ("It gave 20 million dollars.", "AUS", "USD"),
        ("It gave 20 million rials.", "IRN", "IRR"),
    ],
)
def test_units_of_several_countries_follow_the_giver(text: str, hint: str | None, currency: str | None) -> None:
    assert only(text, hint).currency == currency


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("It gives $5 billion a year.", "per_year"),
        ("It gives $5 billion annually to poorer states.", "per_year"),
        ("It promised £3 billion of annual military aid.", "per_year"),
        ("It promised annual military aid of £3 billion.", "per_year"),
        ("It promised €50 billion over the next four years.", "multi_year"),
        ("It promised a three-year, $5 billion package.", "multi_year"),
        ("It promised $7 billion from 2024 to 2026.", "multi_year"),
        ("It promised $7 billion in loans through 2027.", "multi_year"),
        ("It has provided more than $5 billion in arms.", "total_to_date"),
        ("It gave $5 billion since 2022.", "total_to_date"),
        ("It has sent $5 billion so far.", "total_to_date"),
        ("It added arms, bringing the total to $5 billion.", "total_to_date"),
        ("It gave $5 billion over the past three years.", "total_to_date"),
        ("It will give $5 billion, the largest package since the war began.", None),
        ("It has approved $5 billion in arms.", None),
    ],
)
def test_scope(text: str, scope: str | None) -> None:
    assert only(text).scope == scope


@pytest.mark.parametrize(
    ("text", "own", "conversions"),
    [
        ("A €5 billion ($5.4 billion) package was signed.", [("EUR", 5e9)], [("USD", 5.4e9)]),
        ("It gave 5 million yuan (about $700,000) in aid.", [("CNY", 5e6)], [("USD", 700e3)]),
        ("It gave 30 billion yen, or about $200 million.", [("JPY", 30e9)], [("USD", 200e6)]),
        ("Allies will send 12 billion (US$14 billion).", [(None, 12e9)], [("USD", 14e9)]),
        ("It gave $3 billion or $4 billion.", [("USD", 3e9), ("USD", 4e9)], []),
        ("It gave €3 million (£2.5 million; $3.2 million).", [("EUR", 3e6)], [("GBP", 2.5e6), ("USD", 3.2e6)]),
    ],
)
def test_conversions(text: str, own: list[tuple[str | None, float]], conversions: list[tuple[str, float]]) -> None:
    amounts = found(text)
    assert [(each.currency, each.amount) for each in amounts if each.conversion_of is None] == own
    assert [(each.currency, each.amount) for each in amounts if each.conversion_of is not None] == conversions
    assert {each.conversion_of for each in amounts} - {None} <= {each.start for each in amounts}


@pytest.mark.parametrize(
    "text",
    [
        "Some 5 million people fled.",
        "It was 40 degrees in May 2024.",
        "A 500-pound bomb and 500 pounds of explosives were found.",
        "It shipped 20 million pounds of wheat.",
        "South Korea won 3 medals.",
        "Leaders met at COP29 on SDG 2.",
        "It sent 1,000 tons of rice and 3 tanks.",
    ],
)
def test_no_money(text: str) -> None:
    assert found(text) == []


def test_only_the_window_is_read() -> None:
    text = "It gave $1 million. It gave $2 million. It gave $3 million."
    assert [each.text for each in find_amounts(text, 20, 39)] == ["$2 million"]


# The reference rates of the European Central Bank for these days, as published.
@pytest.mark.parametrize(
    ("amount", "currency", "day", "expected"),
    [
        (100.0, "EUR", datetime.date(2024, 3, 1), (108.13, datetime.date(2024, 3, 1))),
        (100.0, "EUR", datetime.date(2024, 3, 3), (108.13, datetime.date(2024, 3, 1))),
        (100.0, "USD", datetime.date(2024, 3, 3), (100.0, None)),
        (100.0, "RUB", datetime.date(2024, 3, 1), None),
        (100.0, "UAH", datetime.date(2024, 3, 1), None),
        (100.0, "EUR", datetime.date(1998, 3, 1), None),
        (100.0, "EUR", datetime.date.min, None),
        (100.0, "EUR", datetime.date.max, None),
    ],
)
def test_to_usd(amount: float, currency: str, day: datetime.date, expected: tuple[float, datetime.date | None] | None) -> None:
    assert to_usd(amount, currency, day) == expected


def test_rates_are_at_most_ten_days_old() -> None:
    # The rouble was last quoted on 1 March 2022.
    assert to_usd(1000.0, "RUB", datetime.date(2022, 3, 11)) is not None
    assert to_usd(1000.0, "RUB", datetime.date(2022, 3, 12)) is None


PIECES = st.sampled_from(
    [
        "$5 billion",
        "€1–2 bn",
        "3.5 million yen",
        "between £1 and £2 million",
        "tens of millions of dollars",
        "(about $3m)",
        "or",
        "a year",
        "half a million euros",
        "5",
    ]
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=8), st.integers(0, 12))
def test_offsets_and_order(pieces: list[str], skipped: int) -> None:
    text = " ".join(pieces)
    position = skipped
    for each in find_amounts(text, skipped, len(text)):
        assert position <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text
        assert each.amount is None or each.amount_max is None or each.amount <= each.amount_max
        position = each.end
