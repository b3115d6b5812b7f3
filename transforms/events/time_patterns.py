"""How English writes times: patterns of single times (`3 March`, `last week`), each with what it means. `dates` joins them (`since last week`)."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, cast

from transforms.events.numbers import any_of
from transforms.events.time_meanings import (
    Ago,
    Ahead,
    Anniversary,
    DateSpan,
    Fixed,
    Meaning,
    Named,
    Neighbour,
    Night,
    OfYear,
    Shifted,
    Unit,
    Weekday,
    Window,
    Yearless,
    month_span,
    months_span,
    part_of,
    unit_span,
)

Fields = Mapping[str, str | None]


@dataclasses.dataclass(frozen=True)
class Pattern:
    """One way to write a time: its source with named groups, and what these groups mean. A builder raises ValueError or KeyError where they mean nothing."""

    kind: str
    source: str
    build: Callable[[Fields], Meaning]


@functools.cache
def words() -> dict[str, Any]:
    """The tables of `seeds/time_words.toml`."""
    return tomllib.loads(importlib.resources.files("seeds").joinpath("time_words.toml").read_text("utf-8"))


def _fold(text: str) -> str:
    return " ".join(text.lower().split())


def _month(name: str) -> int:
    plain = name.rstrip(".")
    return int(words()["months"].get(plain) or words()["short_months"][plain])


def _count(text: str) -> int:
    return int(text) if text.isdigit() else int(words()["counts"][_fold(text)])


def _unit(text: str) -> Unit:
    return cast("Unit", _fold(text).removesuffix("s"))


def _part(text: str | None) -> str | None:
    if not text:
        return None
    plain = _fold(text).rstrip("-")
    return str(words()["parts"].get(plain) or words()["parts"].get("the " + plain, plain))


def _number(text: str) -> int:
    found = re.match(r"\d+", text)
    if not found:
        raise ValueError(f"no number in {text!r}")
    return int(found[0])


def _of_year(month: int, first: int, last: int, year: str | None) -> Meaning:
    meaning = Yearless(month, first, last)
    datetime.date(2000, month, max(first, last))
    return Fixed(meaning.in_year(int(year))) if year else meaning


def _days(fields: Fields) -> Meaning:
    first = _number(fields["day"] or "")
    last = _number(fields["last"] or fields["day"] or "")
    if last < first:
        raise ValueError("the last day is before the first")
    return _of_year(_month(fields["month"] or ""), first, last, fields.get("year"))


def _always(day: datetime.date, _fields: Fields) -> Meaning:
    return Named(day)


def _figures(fields: Fields) -> Meaning:
    return Fixed(unit_span(datetime.date(int(fields["year"] or 0), int(fields["month"] or 0), int(fields["day"] or 0)), "day"))


def _slashed(fields: Fields) -> Meaning:
    """`3/14/2025` is American unless the first figure can be no month."""
    first, second = int(fields["first"] or 0), int(fields["second"] or 0)
    month, day = (second, first) if first > 12 else (first, second)
    return Fixed(unit_span(datetime.date(int(fields["year"] or 0), month, day), "day"))


def _whole_month(fields: Fields) -> Meaning:
    month, part = _month(fields["month"] or ""), _part(fields.get("part"))
    if fields.get("year"):
        span = month_span(int(fields["year"] or 0), month)
        return Fixed(part_of(span, "month", part) if part else span)
    shift = fields.get("shift")
    meaning = Yearless(month, 1, None, part=part)
    return Neighbour(meaning, words()["shifts"][_fold(shift)]) if shift else meaning


def _month_of_year(fields: Fields) -> Meaning:
    inner = Yearless(_month(fields["month"] or ""), 1, None, part=_part(fields.get("part")))
    return OfYear(inner, words()["shifts"][_fold(fields["shift"] or "")])


def _whole_year(fields: Fields) -> Meaning:
    span, part = unit_span(datetime.date(int(fields["year"] or 0), 1, 1), "year"), _part(fields.get("part"))
    return Fixed(part_of(span, "year", part) if part else span)


def _decade(fields: Fields) -> Meaning:
    span, part = unit_span(datetime.date(int((fields["decade"] or "").rstrip("s")), 1, 1), "decade"), _part(fields.get("part"))
    return Fixed(part_of(span, "decade", part) if part else span)


def _season(fields: Fields) -> Meaning:
    month = words()["seasons"][_fold(fields["season"] or "")]
    if fields.get("year"):
        return Fixed(months_span(int(fields["year"] or 0), month, 3))
    meaning = Yearless(month, 1, None, months=3)
    return Neighbour(meaning, words()["shifts"][_fold(fields["shift"] or "")]) if fields.get("shift") else meaning


def _section(fields: Fields) -> Meaning:
    """A quarter or half of a year, a week or half of a month."""
    ordinal = words()["ordinals"][_fold(fields["ordinal"] or "")]
    section = _fold(fields["section"] or "")
    if fields.get("month"):
        month = _month(fields["month"] or "")
        if section == "half":
            return _whole_month({"month": fields["month"], "year": fields.get("year"), "part": "first_half" if ordinal == 1 else "second_half"})
        if section != "week":
            raise ValueError(f"no {section} of a month")
        last = month_span(int(fields.get("year") or 2001), month).last.day
        first = last - 6 if ordinal < 0 else 7 * ordinal - 6
        return _of_year(month, first, first + 6, fields.get("year"))
    count = {"quarter": 4, "half": 2}[section]
    start = (12 // count) * ((ordinal - 1) % count) + 1
    if fields.get("year"):
        return Fixed(months_span(int(fields["year"] or 0), start, 12 // count))
    shift = words()["shifts"][_fold(fields.get("shift") or "this")]
    return Neighbour(Yearless(start, 1, None, months=12 // count), 0) if shift == 0 else Shifted(shift, "year", "first_half" if start == 1 else "second_half")


def _years(fields: Fields) -> Meaning:
    first, last = (unit_span(datetime.date(int(fields[name] or 0), 1, 1), "year") for name in ("year", "end"))
    if last.last < first.first:
        raise ValueError("the last year is before the first")
    return Fixed(DateSpan(first.first, last.last, "range"))


def _feast(fields: Fields) -> Meaning:
    month, day = (int(each) for each in words()["feasts"][" ".join((fields["feast"] or "").split())].split("-"))
    return _of_year(month, day, day, fields.get("year"))


def _quarter(fields: Fields) -> Meaning:
    count = {"Q": 4, "H": 2}[fields["letter"] or ""]
    return Fixed(months_span(int(fields["year"] or 0), (12 // count) * (int(fields["ordinal"] or 0) - 1) + 1, 12 // count))


def _weekday(fields: Fields) -> Meaning:
    weekday = words()["weekdays"][fields["weekday"]]
    if fields.get("week"):
        return Weekday(weekday, week=words()["shifts"][_fold(fields["week"] or "")])
    which = _fold(fields.get("which") or "")
    return Weekday(weekday, {"this past": "last", "past": "last", "previous": "last", "this coming": "coming", "following": "coming"}.get(which, which))


def _shifted(fields: Fields) -> Meaning:
    return Shifted(words()["shifts"][_fold(fields.get("shift") or "this")], _unit(fields["unit"] or ""), _part(fields.get("part")))


_DEICTIC = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "last night": -1, "the day before yesterday": -2, "the day after tomorrow": 2}


def _deictic(fields: Fields) -> Meaning:
    return Shifted(_DEICTIC.get(_fold(fields["deictic"] or ""), 0), "day")


def _anniversary(fields: Fields) -> Meaning:
    return Anniversary(_count(fields["count"] or ""))


def _ago(fields: Fields) -> Meaning:
    count, unit = fields["count"] or "", _unit(fields["unit"] or "")
    if fields.get("day"):
        off = _DEICTIC[_fold(fields["day"] or "")]
        return Anniversary(_count(count), off) if unit == "year" else Shifted(off - _count(count), "day") if unit == "day" else Window(-_count(count), unit)
    if unit == "day" and _fold(count) in ("a few", "several"):
        return Ago(words()["counts"][_fold(count)])
    return Shifted(-_count(count), unit)


# How much `recent` and `coming` say where no number does (events.md: recent days are the three before publication).
_UNNUMBERED: dict[Unit, int] = {"hour": 24, "day": 3, "week": 3, "month": 3, "year": 3, "decade": 3}


def _window(fields: Fields) -> Meaning:
    unit = _unit(fields["unit"] or "")
    plural = _fold(fields["unit"] or "").endswith("s")
    count = _count(fields["count"] or "") if fields.get("count") else (_UNNUMBERED[unit] if plural else 1)
    back = _fold(fields["turn"] or "") in ("past", "last", "previous", "recent", "preceding")
    return Window(-count if back else count, unit)


def _within(fields: Fields) -> Meaning:
    return Window(_count(fields["count"] or ""), _unit(fields["unit"] or ""), "future")


def _ahead(fields: Fields) -> Meaning:
    return Ahead(Shifted(_count(fields["count"] or ""), _unit(fields["unit"] or "")))


def _from_event(fields: Fields) -> Meaning:
    """`A day after the talks` in the news of a day: the talks were on the day before."""
    count = _count(fields["count"] or "1")
    return Shifted(-count if _fold(fields["turn"] or "") in ("after", "following") else count, _unit(fields["unit"] or ""))


def _from_reference(fields: Fields) -> Meaning:
    unit, turn = _unit(fields["unit"] or ""), _fold(fields["turn"] or "").removeprefix("the ")
    if turn in ("that", "same"):
        return Shifted(0, unit)
    count = _count(fields.get("count") or "1")
    return Shifted(-count if turn in ("before", "prior", "earlier", "previous", "preceding") else count, unit)


# The lookbehinds of one width each that `the`, `a`, `its` and `'s` need.
_OWNED = r"(?:(?<=\b[Tt]he\s)|(?<=\b[Aa]\s)|(?<=\bhis\s)|(?<=\bher\s)|(?<=\bits\s)|(?<=\btheir\s)|(?<=['’]s\s))"
_NO_PERSONS = (
    r"(?!\s+(?:people|persons|soldiers|troops|men|women|civilians|children|homes|houses"
    r"|miles|feet|kilomet|metres|tons|tonnes|dollars|euros|drones|missiles|others|dead)\b)"
)
_YEAR = r"(?:1[6-9]|20)\d\d(?![\w%]|[.,:/]\d|-\w)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:/]\d)"
_TIME = r"(?:\s+(?:morning|afternoon|evening|night|noon|midday))?"
_IN = r"(?:(?:in|during|at|on|of|over|around|throughout)\s+(?:the\s+)?)?"
_ON = r"(?:on\s+)?(?:the\s+(?:morning|afternoon|evening|nights?)\s+of\s+)?(?:the\s+)?"
_SPELL = r"(?:in|over|during|within|for|throughout)\s+"


def _day_patterns() -> list[Pattern]:
    tables = words()
    month = rf"(?P<month>(?-i:{any_of(tables['months'])}\b|{any_of(tables['short_months'])}\b\.?))"
    name = rf"(?:(?-i:{any_of(tables['weekdays'])}|{any_of(tables['short_weekdays']['forms'])})\b\.?,?\s+(?:the\s+)?)?"
    days = rf"(?P<day>{_DAY})(?:(?:,\s*{_DAY})*,?\s*(?:[-–—]|\b(?:to|through|and|or|until)\b|&)\s*(?P<last>{_DAY}))?"
    year = rf"(?:,?\s+(?P<year>{_YEAR}))?"
    named = [
        Pattern(
            "day",
            rf"(?:{_ON}(?-i:{any_of(each['forms'])})(?=\s+{each['after']})|(?:(?<=attack\sof\s)|(?<=attacks\sof\s)|(?<=massacre\sof\s))(?-i:{any_of(each['forms'])})(?!,?\s+\d))",
            functools.partial(_always, each["day"]),
        )
        for each in tables["named_days"]
    ]
    return [
        *named,
        Pattern("day", rf"{_ON}(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])[-/](?P<day>0[1-9]|[12]\d|3[01])(?!\d)", _figures),
        Pattern("day", rf"{_ON}(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/(?P<year>(?:19|20)\d\d)(?!\d)", _slashed),
        Pattern("day", rf"{_ON}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>(?:19|20)\d\d)(?!\d)", _figures),
        Pattern("day", rf"{_ON}{name}{days}(?:\s+of)?\s+{month}(?![\w-]){year}", _days),
        Pattern("day", rf"{_ON}{name}{month}\s+(?:the\s+)?{days}{year}{_TIME}", _days),
        Pattern("day", rf"{_ON}(?P<feast>{any_of(tables['feasts'])})\b{year}", _feast),
    ]


def _month_patterns() -> list[Pattern]:
    tables = words()
    full = rf"(?P<month>(?-i:{any_of(tables['months'])})\b)(?!\s+(?:the\s+)?{_DAY})"
    month = rf"(?P<month>(?-i:{any_of(tables['months'])}\b|{any_of(tables['short_months'])}\b\.?))"
    part = rf"(?P<part>{any_of([*tables['parts'], 'start of', 'end of', 'beginning of', 'middle of'])})(?:-|\s+)"
    shift = rf"(?P<shift>{any_of(tables['shifts'])})\s+"
    ordinal = rf"(?P<ordinal>{any_of(tables['ordinals'])})\s+"
    season = rf"(?P<season>{any_of(tables['seasons'])})\b"
    return [
        Pattern("month", rf"{_IN}{ordinal}(?P<section>week|half)\s+of\s+{full}(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))?", _section),
        Pattern("month", rf"{_IN}(?:{part})?{month},?\s+(?:of\s+)?(?P<year>{_YEAR})", _whole_month),
        Pattern("month", rf"{_IN}(?:{part})?{full}\s+(?:of\s+)?{shift}year\b", _month_of_year),
        Pattern("month", rf"{_IN}(?:{shift}|{part}){full}", _whole_month),
        Pattern("month", rf"(?:in|during|of|for|throughout|around)\s+(?:the\s+month\s+of\s+)?{full}", _whole_month),
        Pattern("month", rf"{_OWNED}{full}(?=\s+(?-i:[a-z]{{4,}})\b)", _whole_month),
        Pattern("quarter", rf"{_IN}{ordinal}(?P<section>quarter|half)\s+of\s+(?:(?P<year>{_YEAR})|the\s+year|{shift}year)", _section),
        Pattern("quarter", rf"{_IN}(?P<letter>(?-i:[QH]))(?P<ordinal>[1-4])\s+(?:of\s+)?(?P<year>{_YEAR})", _quarter),
        Pattern("season", rf"{_IN}{season},?\s+(?:of\s+)?(?P<year>{_YEAR})", _season),
        Pattern("season", rf"(?:in\s+)?{shift}{season}", _season),
        Pattern("season", rf"(?:in|during|over)\s+(?:the\s+)?{season}(?!\s+(?:of\b|(?-i:[A-Z])))", _season),
        Pattern("decade", rf"{_IN}(?:{part})?(?P<decade>(?:1[6-9]|20)\d0s)\b", _decade),
        Pattern("years", r"(?:(?:in|during|for|from|over)\s+)?(?P<year>(?:19|20)\d\d)\s?[-–—]\s?(?P<end>(?:19|20)\d\d)(?!\d)", _years),
        Pattern(
            "year", rf"(?:in|during|at|of|around|throughout)\s+(?:the\s+)?(?:fiscal\s+)?(?:year\s+)?(?:{part})?(?P<year>{_YEAR}){_NO_PERSONS}", _whole_year
        ),
        Pattern("year", rf"{part}(?P<year>{_YEAR})", _whole_year),
        Pattern("year", rf"{_OWNED}(?P<year>{_YEAR})(?=\s+[A-Za-z]){_NO_PERSONS}", _whole_year),
    ]


def _near_patterns() -> list[Pattern]:
    tables = words()
    count = rf"(?P<count>\d{{1,3}}|{any_of(tables['counts'])})"
    shift = rf"(?P<shift>{any_of(tables['shifts'])})"
    unit = r"(?P<unit>(?:hour|day|week|month|year|decade)s?)\b"
    plural = r"(?P<unit>(?:hour|day|week|month|year|decade)s)\b"
    single = r"(?P<unit>hour|day|week|month|year|decade)\b"
    which = r"(?:(?:the\s+)?(?P<which>this\s+past|this\s+coming|last|next|this|past|coming|following|previous)\s+)?"
    weekday = (
        rf"(?:on\s+)?(?:(?:early|late|later|earlier)\s+(?:on\s+)?)?{which}(?P<weekday>(?-i:{any_of(tables['weekdays'])}))\b{_TIME}"
        r"(?:\s+(?:of\s+)?(?P<week>last|next|this)\s+week)?"
    )
    place = r"(?:in|at|on|near|and)\b"
    deictic = any_of([*_DEICTIC, "this morning", "this afternoon", "this evening"])
    part = r"(?:the\s+)?(?P<part>earlier|later|early|late|mid|start\s+of|end\s+of|beginning\s+of|middle\s+of)(?:-|\s+)(?:in\s+)?"
    return [
        Pattern("weekday", weekday, _weekday),
        Pattern("anniversary", rf"(?:marks|marked|marking)\s+(?:exactly\s+)?{count}\s+years?\s+since\b", _anniversary),
        Pattern("day", rf"(?:(?:earlier|later|late|early)\s+)?(?P<deictic>{deictic})\b{_TIME}", _deictic),
        Pattern("night", r"overnight\b|(?:during|in|through|throughout)\s+the\s+night\b", lambda _: Night()),
        Pattern("ago", rf"{count}\s+{unit}\s+ago\b(?:\s+(?P<day>today|tomorrow|yesterday)\b)?", _ago),
        Pattern("window", rf"(?:{_SPELL})?(?:the\s+|these\s+)(?P<turn>past|last|previous|preceding|next|coming|following)\s+{count}\s+{unit}", _window),
        Pattern("window", rf"(?:{_SPELL})?(?:the\s+)?(?P<turn>past|recent|coming)\s+{plural}", _window),
        Pattern("window", rf"{_SPELL}the\s+(?P<turn>past|last|next|coming)\s+{single}(?!\s+of\b)", _window),
        Pattern("window", r"in\s+the\s+(?P<unit>days|weeks|months|years)\s+(?P<turn>ahead|to\s+come)\b", _window),
        Pattern("window", r"this\s+(?P<turn>past)\s+(?P<unit>week|month|year)\b", _window),
        Pattern("window", rf"within\s+{count}\s+{unit}(?!\s+(?:of|after|before)\b)", _within),
        Pattern("period", rf"(?:(?:in|at|by|over|on|during)\s+)?{part}(?:{shift}|the)\s+(?P<unit>week|month|year|decade)\b", _shifted),
        Pattern("period", rf"(?:(?:on|at|over|during)\s+)?(?:the\s+)?{shift}\s+(?P<unit>week|weekend|month|quarter|year|decade)\b(?!\s+of\b)", _shifted),
        Pattern("period", r"(?:(?:over|on|at|during)\s+)?(?:the\s+)?(?P<unit>weekend)\b", _shifted),
        Pattern("ahead", rf"in\s+{count}\s+(?P<unit>(?:day|week|month|year)s?)(?:['’]s?\s+time)?\b(?!\s+(?:of|after|before|ago|later)\b)", _ahead),
        Pattern("ahead", rf"{count}\s+(?P<unit>(?:day|week|month|year)s?)\s+from\s+(?:now|today)\b", _ahead),
        Pattern("reference", r"(?:on\s+|in\s+)?(?P<turn>that|the\s+same)\s+(?P<unit>day|week|month|year)\b", _from_reference),
        Pattern("reference", r"(?:on\s+|in\s+)?the\s+(?P<turn>previous|preceding|following|next)\s+(?P<unit>day|week|month|year)\b", _from_reference),
        Pattern(
            "reference",
            rf"(?:on\s+)?the\s+(?P<unit>day|week|month|year)\s+(?P<turn>before|prior|after)\b(?=\s*(?:[,.;)]|$)|\s+{place})",
            _from_reference,
        ),
        Pattern(
            "event",
            rf"(?:the|{count})\s+(?P<unit>(?:day|week|month|year)s?)\s+(?P<turn>after|before|following)(?=\s+[\w‘“\"'])(?!\s+(?:{place}|but\b|by\b))",
            _from_event,
        ),
        Pattern("reference", rf"{count}\s+(?P<unit>(?:day|week|month|year)s?)\s+(?P<turn>before|prior|earlier|later|after)\b", _from_reference),
    ]


@functools.cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns; where two match at one place the earlier one is meant. Case counts for names of days and months alone."""
    tables = words()
    bare = [
        Pattern("bare", rf"(?P<month>(?-i:{any_of(tables['months'])}))\b", _whole_month),
        Pattern("bare", rf"(?P<year>{_YEAR}){_NO_PERSONS}", _whole_year),
    ]
    return (*_day_patterns(), *_month_patterns(), *_near_patterns(), *bare)


_FUNCTION_WORDS = (
    "in|during|at|on|of|over|around|throughout|the|for|from|within|through|these|that|recent|following|preceding|start|end|beginning|middle|earlier|later|"
    "marks|marked|marking|overnight|weekend|fiscal|[qh][1-4]"
)


@functools.cache
def opening() -> str:
    """The source of a lookahead for the first word of any pattern: what cannot begin a time is passed over quickly."""
    tables = words()
    several = ("weekdays", "months", "short_months", "seasons", "counts", "ordinals", "parts", "shifts", "feasts")
    first = {key.split()[0] for name in several for key in tables[name]} | {form.split()[0] for each in tables["named_days"] for form in each["forms"]}
    first |= set(tables["short_weekdays"]["forms"]) | {each.split()[0] for each in _DEICTIC}
    return rf"(?=\d|{any_of(first)}\b|(?:{_FUNCTION_WORDS})\b)"
