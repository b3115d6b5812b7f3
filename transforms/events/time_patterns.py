"""How English writes times: patterns, each with the meaning that it has. Points (`3 March`, `last week`) stand alone and inside compounds (`since last week`)."""

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
    Neighbour,
    Night,
    Range,
    Shifted,
    Since,
    Unit,
    Until,
    Weekday,
    WeekOf,
    Window,
    Yearless,
    add_days,
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
    return cast(Unit, _fold(text).removesuffix("s"))


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


def _figures(year: str, month: str, day: str) -> Meaning:
    date = datetime.date(int(year), int(month), int(day))
    return Fixed(DateSpan(date, date, "day"))


def _slashed(fields: Fields) -> Meaning:
    """`3/14/2025` is American unless the first figure can be no month."""
    first, second = int(fields["first"] or 0), int(fields["second"] or 0)
    month, day = (second, first) if first > 12 else (first, second)
    return _figures(fields["year"] or "", str(month), str(day))


def _whole_month(fields: Fields) -> Meaning:
    month, part = _month(fields["month"] or ""), _part(fields.get("part"))
    if fields.get("year"):
        span = month_span(int(fields["year"] or 0), month)
        return Fixed(part_of(span, "month", part) if part else span)
    shift = fields.get("shift")
    meaning = Yearless(month, 1, None, part=part)
    return Neighbour(meaning, words()["shifts"][_fold(shift)]) if shift else meaning


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
    shift = words()["shifts"][_fold(fields["shift"])] if fields.get("shift") else 0
    return Neighbour(Yearless(start, 1, None, months=12 // count), 0) if shift == 0 else Shifted(shift, "year", "first_half" if start == 1 else "second_half")


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


def _ago(fields: Fields) -> Meaning:
    count, unit = fields["count"] or "", _unit(fields["unit"] or "")
    if fields.get("today"):
        return Anniversary(_count(count)) if unit == "year" else Shifted(-_count(count), "day") if unit == "day" else Window(-_count(count), unit)
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
    count = _count(fields["count"] or "1") if fields.get("count") else 1
    turn = _fold(fields["turn"] or "")
    return Shifted({"that": 0, "same": 0}.get(turn, -count if turn in ("before", "prior", "earlier", "previous", "preceding") else count), _unit(fields["unit"] or ""))


def _end_of(fields: Fields) -> Meaning:
    return Shifted(words()["shifts"][_fold(fields.get("shift") or "this")], _unit(fields["unit"] or ""))


@functools.cache
def point_patterns() -> tuple[Pattern, ...]:
    """Patterns of one time each, the longer ones before those that they begin with. None contains an unnamed group that captures."""
    table = words()
    full, short = any_of(table["months"]), any_of(table["short_months"])
    month = rf"(?P<month>{full}\b|{short}\b\.?)"
    day = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:/]\d)"
    year = r"(?:1[6-9]|20)\d\d(?![\w%]|[.,:/]\d|-\w)"
    weekday = any_of(table["weekdays"])
    day_name = rf"(?:(?:{weekday}|{any_of(table['short_weekdays']['forms'])})\b\.?,?\s+(?:the\s+)?)?"
    link = r"\s*(?:[-–—]|\bto\b|\bthrough\b|\band\b|\bor\b|\buntil\b|&)\s*"
    middle = rf"(?:,\s*{day})*,?"
    days = rf"(?P<day>{day})(?:{middle}{link}(?P<last>{day}))?"
    part = rf"(?i:(?P<part>{any_of([*table['parts'], 'start of', 'end of', 'beginning of', 'middle of'])})(?:-|\s+))?"
    time = r"(?:\s+(?i:morning|afternoon|evening|night|noon|midday))?"
    in_ = r"(?i:(?:in|during|at|on|of|over|around|throughout)\s+(?:the\s+)?)?"
    at = r"(?i:(?:on|of)\s+(?:the\s+(?:morning|afternoon|evening|night|nights)\s+of\s+|(?:early|late)\s+)?)?"
    shift = rf"(?i:(?P<shift>{any_of(table['shifts'])}))"
    count = rf"(?i:(?P<count>\d{{1,3}}|{any_of(table['counts'])}))"
    unit = r"(?i:(?P<unit>hours?|days?|weeks?|weekends?|months?|quarters?|years?|decades?))\b"
    season = rf"(?i:(?P<season>{any_of(table['seasons'])}))\b"
    ordinal = rf"(?i:(?P<ordinal>{any_of(table['ordinals'])}))"
    persons = r"(?!\s+(?i:people|persons|soldiers|troops|men|women|civilians|children|dead|homes|houses|miles|feet|kilomet|metres|tons|tonnes|dollars|euros|drones|missiles|others))"
    named = [
        Pattern("day", rf"(?:{at})(?P<feast>{any_of(each['forms'])})(?=\s+{each['after']})", functools.partial(_named_day, each["day"])) for each in table["named_days"]
    ]
    return (
        *named,
        Pattern("day", rf"{at}(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])[-/](?P<day>0[1-9]|[12]\d|3[01])(?!\d)", lambda f: _figures(f["year"] or "", f["month"] or "", f["day"] or "")),
        Pattern("day", rf"{at}(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/(?P<year>(?:19|20)\d\d)(?!\d)", _slashed),
        Pattern("day", rf"{at}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>(?:19|20)\d\d)(?!\d)", lambda f: _figures(f["year"] or "", f["month"] or "", f["day"] or "")),
        Pattern("day", rf"{at}{day_name}(?:the\s+)?{days}(?:\s+of)?\s+{month}(?:,?\s+(?P<year>{year}))?", _days),
        Pattern("day", rf"{at}{day_name}{month}\s+(?:the\s+)?{days}(?:,?\s+(?P<year>{year}))?{time}", _days),
        Pattern("month", rf"{in_}{ordinal}\s+(?P<section>week|half)\s+of\s+{month}(?:,?\s+(?:of\s+)?(?P<year>{year}))?", _section),
        Pattern("month", rf"{in_}{part}{month},?\s+(?:of\s+)?(?P<year>{year})", _whole_month),
        Pattern("month", rf"{in_}{shift}\s+{month}", _whole_month),
        Pattern("month", rf"(?i:(?P<part>{any_of([*table['parts'], 'start of', 'end of', 'beginning of', 'middle of'])})(?:-|\s+)){month}", _whole_month),
        Pattern("month", rf"(?i:in|during|of|throughout|around)\s+(?:the\s+month\s+of\s+)?{month}(?!\s+(?:for|on|to|of)\s)", _whole_month),
        Pattern("month", rf"(?<=\b[Tt]he\s)(?P<month>{full})(?=\s+[a-z]{{4,}}\b(?<!this)(?<!from)(?<!with)(?<!that))", _whole_month),
        Pattern("quarter", rf"{in_}{ordinal}\s+(?P<section>quarter|half)\s+of\s+(?:(?P<year>{year})|the\s+year|{shift}\s+year)", _section),
        Pattern("quarter", rf"{in_}(?P<letter>[QH])(?P<ordinal>[1-4])\s+(?:of\s+)?(?P<year>{year})", _quarter),
        Pattern("season", rf"{in_}{season},?\s+(?:of\s+)?(?P<year>{year})", _season),
        Pattern("season", rf"(?i:in\s+)?{shift}\s+{season}", _season),
        Pattern("season", rf"(?i:in|during|over|since|by)\s+(?:the\s+)?{season}(?!\s+of\b)", _season),
        Pattern("decade", rf"{in_}{part}(?P<decade>(?:1[6-9]|20)\d0s)\b", _decade),
        Pattern("year", rf"(?i:in|during|at|of|from|around|throughout|for)\s+(?:the\s+(?:fiscal\s+)?year\s+|fiscal\s+(?:year\s+)?|FY\s?)?{part}(?P<year>{year}){persons}", _whole_year),
        Pattern("year", rf"(?i:(?P<part>{any_of(table['parts'])})(?:-|\s+))(?P<year>{year})", _whole_year),
        Pattern("year", rf"(?<=\b[Tt]he\s|\bhis\s|\bher\s|\bits\s|'s\s|’s\s)(?P<year>{year})(?=\s+[A-Za-z]){persons}".replace(r"(?<=\b[Tt]he\s|\bhis\s|\bher\s|\bits\s|'s\s|’s\s)", _AFTER_ARTICLE), _whole_year),
        Pattern("weekday", rf"(?i:(?:on|by)\s+)?(?i:(?:early|late|later|earlier)\s+(?:on\s+)?)?(?i:(?:the\s+)?(?P<which>this\s+past|this\s+coming|last|next|this|past|coming|following|previous)\s+)?(?P<weekday>{weekday})\b{time}(?i:\s+(?:of\s+)?(?P<week>last|next|this)\s+week)?".replace("(?:on|by)", "(?:on)"), _weekday),
        Pattern("day", rf"{at}(?P<feast>{any_of(table['feasts'])})\b(?:,?\s+(?P<year>{year}))?", _feast),
        Pattern("day", r"(?i:(?P<deictic>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|(?<!marks\s)today\s+marks\s+x))(?!)", _deictic),
        Pattern("day", rf"(?i:(?:the\s+)?(?:earlier|later|late|early)\s+)?(?i:(?P<deictic>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|last\s+night|yesterday|today|tonight|tomorrow))\b{time}", _deictic),
        Pattern("day", r"(?i:(?:earlier\s+|later\s+|early\s+|late\s+)?(?P<deictic>this\s+(?:morning|afternoon|evening)))\b", _deictic),
        Pattern("anniversary", rf"(?i:marks|marked|marking|exactly)\s+{count}\s+years?\s+since\b", lambda f: Anniversary(_count(f["count"] or ""))),
        Pattern("ago", rf"(?i:about\s+|around\s+|nearly\s+|almost\s+|over\s+|more\s+than\s+)?{count}\s+{unit}\s+ago\b(?P<today>\s+today\b)?", _ago),
        Pattern("window", rf"(?i:(?:in|over|during|within|for|throughout|of)\s+)?(?i:(?:the|these)\s+)(?i:(?P<turn>past|last|previous|preceding|next|coming|following))\s+{count}\s+{unit}", _window),
        Pattern("window", rf"(?i:(?:in|over|during|within|for|throughout|of)\s+)?(?i:(?:the\s+)?(?P<turn>past|recent|coming))\s+(?i:(?P<unit>hours|days|weeks|months|years|decades))\b", _window),
        Pattern("window", rf"(?i:(?:in|over|during|within|for|throughout)\s+)(?i:the\s+(?P<turn>past|last|next|coming))\s+(?i:(?P<unit>hour|day|week|month|year|decade))\b(?!\s+of\b)", _window),
        Pattern("window", r"(?i:in\s+the\s+(?P<unit>days|weeks|months|years)\s+(?P<turn>ahead|to\s+come))\b", _window),
        Pattern("window", rf"(?i:this\s+(?P<turn>past))\s+(?i:(?P<unit>week|month|year))\b", _window),
        Pattern("window", rf"(?i:within)\s+{count}\s+{unit}(?!\s+(?:of|after|before)\b)", _within),
        Pattern("period", rf"(?i:(?:in|at|by|over|on|during)\s+)?(?i:(?:the\s+)?(?P<part>earlier|later|early|late|mid|start\s+of|end\s+of|beginning\s+of|middle\s+of)[\s-](?:in\s+)?)(?:{shift}\s+|the\s+){unit}(?<!hours)(?<!hour)", _shifted),
        Pattern("period", rf"(?i:on\s+|at\s+|over\s+|during\s+)?(?:(?i:the)\s+)?{shift}\s+(?i:(?P<unit>week|weekend|month|quarter|year|decade))\b(?!\s+of\b)", _shifted),
        Pattern("period", r"(?i:(?:over|on|at|during|this)\s+)?(?i:(?:the\s+)?(?P<unit>weekend))\b", _shifted),
        Pattern("ahead", rf"(?i:in)\s+{count}\s+(?i:(?P<unit>days?|weeks?|months?|years?))(?:['’]s?\s+time)?\b(?!\s+(?:of|after|before|ago|later)\b)", _ahead),
        Pattern("ahead", rf"{count}\s+(?i:(?P<unit>days?|weeks?|months?|years?))\s+from\s+(?:now|today)\b", _ahead),
        Pattern("event", rf"(?i:(?P<count>a|an|one|the|two|three|four|five|six|seven|\d{{1,2}}))\s+(?i:(?P<unit>days?|weeks?|months?|years?))\s+(?i:(?P<turn>after|before|following))(?=\s+[\w‘“\"'])(?!\s+(?:yesterday|tomorrow|that)\b)".replace("|the|", "|"), _from_event),
        Pattern("reference", rf"(?i:(?:on\s+)?{count}\s+(?P<unit>days?|weeks?|months?|years?)\s+(?P<turn>before|prior|earlier|later|after))\b(?!\s+(?:in|on|this)\b)", _from_reference),
        Pattern("reference", r"(?i:(?:on\s+|the\s+)?the\s+(?P<unit>day|week|month|year)\s+(?P<turn>before|prior|after))\b(?=\s*(?:[,.;)]|$)|\s+in\b|\s+at\b)", _from_reference),
        Pattern("reference", r"(?i:(?:(?:on|in|at)\s+)?(?:(?P<turn>that)|the\s+(?P<turn2>same|previous|preceding|following|next))\s+(?P<unit>day|week|month|year))\b".replace("(?P<turn>that)|the\\s+(?P<turn2>", "(?:the\\s+)?(?P<turn>that|").replace("that|same", "that|same") , _from_reference),
    )


_AFTER_ARTICLE = r"(?:(?<=\b[Tt]he\s)|(?<=\bhis\s)|(?<=\bher\s)|(?<=\bits\s)|(?<=\btheir\s)|(?<=['’]s\s))"
