"""Time expressions in a text and the days that they mean: found and joined here, resolved against the day of publication (events.md, «date»)."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re

from transforms.events.time_meanings import DateSpan, Direction, Meaning, Night, Range, Since, Until, WeekOf, Window
from transforms.events.time_patterns import Pattern, opening, patterns
from transforms.events.wording import Wording


@dataclasses.dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression, `[start, end)` in the text, and what it means before the day of publication is known."""

    start: int
    end: int
    text: str
    kind: str
    """`day`, `weekday`, `night`, `month`, `quarter`, `season`, `year`, `years`, `decade`, `period` (`last week`), `ago`, `ahead`, `anniversary`,
    `window` (`the past two days`), `range`, `since`, `until`, `by`, `week`; `reference` counts from an event told before (`the day before`, `that day`);
    `event` is the day of the event named right after it (`a day after the talks` dates the talks and not what governs it)."""
    meaning: Meaning

    @property
    def absolute(self) -> bool:
        """Whether it is stated in full, so that the day of publication does not matter."""
        return self.meaning.absolute


# What every expression holds: a quick look before the patterns are tried.
_SIGN = Wording(
    r"(?i)\d{4}|day|night|week|month|year|hour|decade|tomorrow|this (?:morn|aft|even)|spring|summer|autumn|fall|winter|quarter|half"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d/\d|\d\.\d|9/11|Christmas|New Year"
)
_LINK = re.compile(r"\s*(?:[-–—]|\b(?P<word>to|through|until|till|into|and|or)\b)\s*(?:(?:on|in|the|early|late)\s+)*", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s+(?:at\s+least\s+|about\s+|around\s+)?(?:the\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through|up\s+to|up\s+until|lasting\s+to)\s+(?:at\s+least\s+)?(?:the\s+)?$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|no\s+later\s+than|not\s+later\s+than)\s+(?:the\s+)?$", re.IGNORECASE)
_OUTSIDE = re.compile(r"\b(?:after|before|prior\s+to|ahead\s+of)\s+$", re.IGNORECASE)
# `The deadliest attack since 2022`, `the first visit in ten years`: how long nothing like it happened.
_RECORD = re.compile(
    r"\b(?:first|second|third|fourth|fifth|latest|deadliest|bloodiest|worst|largest|biggest|heaviest|highest|lowest|longest|most|strongest)\b[^,.;:]*$",
    re.IGNORECASE,
)
# `The second such attack this year`.
_COUNTED = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|latest)\s+(?:[\w-]+\s+){1,3}$", re.IGNORECASE)
# `Postponed until Monday` tells the new day.
_PUT_OFF = re.compile(r"\b(?:postpon|delay|adjourn|reschedul|deferr?|put(?:ting)?\s+off|push)\w*\b[^.;]*$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]")
# `the 1972 attack`: a year before the noun for what happened in it.
_NAMING = re.compile(r"\b(?:the|a|an|this|that|its|their|his|her)\s+$", re.IGNORECASE)
_NAMED = re.compile(r"\s+[A-Za-z]")
_WEEK_OF = re.compile(r"\b(?:(?:in|during|for)\s+)?(?:the\s+)?week\s+(?:of|beginning|starting|from)\s+$", re.IGNORECASE)
_NIGHT_LINK = re.compile(r"\s+(?:(?:on|into|to|from|of|between)\s+)?(?:the\s+)?", re.IGNORECASE)
# Names that hold a day and are none.
_NAME_BEFORE = re.compile(r"\b(?:Black|Bloody|Sheffield|Super|Ruby|Cyber|USA|Russia|India|Israel)\s+$")
_NAME_AFTER = re.compile(r"\s+(?:Times|Telegraph|Post|Mirror|Mail|Express|Herald)\b")
_JOINED_BY_AND = frozenset({"weekday", "month", "bare"})
_LATEST_BACK = 24
_CLAUSE_BACK = 160


@functools.cache
def _compiled() -> tuple[re.Pattern[str], tuple[tuple[Pattern, re.Pattern[str]], ...]]:
    """One expression that finds any pattern, and each pattern by itself to read its parts."""
    alone = tuple((each, re.compile(each.source, re.IGNORECASE)) for each in patterns())
    unnamed = (re.sub(r"\(\?P<\w+>", "(?:", each.source) for each in patterns())
    return re.compile(rf"(?<![\w$€£/]){opening()}(?:" + "|".join(f"({source})" for source in unnamed) + ")", re.IGNORECASE), alone


def _points(text: str, start: int, end: int) -> list[TimeExpression]:
    """Single times in order, bare months and years among them."""
    anything, alone = _compiled()
    found = []
    for match in anything.finditer(text, start, end):
        pattern, own = alone[(match.lastindex or 1) - 1]
        parts = own.match(text, match.start(), end)
        if parts is None or _NAME_AFTER.match(text, match.end(), end):
            continue
        if match[0][0].isupper() and _NAME_BEFORE.search(text, max(start, match.start() - _LATEST_BACK), match.start()):
            continue
        try:
            meaning = pattern.build(parts.groupdict())
        except (ValueError, KeyError, OverflowError):
            # `31 February`: looks like a date and is none.
            continue
        found.append(TimeExpression(*match.span(), match[0], pattern.kind, meaning))
    return found


def _spanning(text: str, start: int, end: int, kind: str, meaning: Meaning) -> TimeExpression:
    return TimeExpression(start, end, text[start:end], kind, meaning)


def _with_nights(text: str, points: list[TimeExpression]) -> list[TimeExpression]:
    """`Overnight into Tuesday`, `overnight from Monday to Tuesday` as one time each."""
    joined: list[TimeExpression] = []
    for point in points:
        before = joined[-1] if joined else None
        if (
            before
            and before.kind == "night"
            and before.text.lower() == "overnight"
            and point.kind in ("day", "weekday", "range")
            and _NIGHT_LINK.fullmatch(text, before.end, point.start)
        ):
            meaning = point.meaning if point.kind == "range" else Night(point.meaning)
            joined[-1] = _spanning(text, before.start, point.end, "range" if point.kind == "range" else "night", meaning)
        else:
            joined.append(point)
    return joined


def _with_ranges(text: str, start: int, points: list[TimeExpression]) -> list[TimeExpression]:
    """Two times with `to`, a dash, or `and` between them as one, where they are of a kind that can be the ends of a time."""
    joined: list[TimeExpression] = []
    for point in points:
        before = joined[-1] if joined else None
        link = _LINK.fullmatch(text, before.end, point.start) if before else None
        if before and link and before.kind != "range" and "night" not in (before.kind, point.kind):
            lead = _FROM.search(text, max(start, before.start - _LATEST_BACK), before.start)
            word = (link["word"] or "").lower()
            alike = {before.kind, point.kind} <= _JOINED_BY_AND
            # `since January and February`, bare `2022 and 2023` stay two; a bare time needs a word before it.
            if lead or (word not in ("and", "or") and before.kind != "bare") or (word in ("and", "or") and alike and before.kind != "bare"):
                first = lead.start() if lead else before.start
                joined[-1] = _spanning(text, first, point.end, "range", Range(before.meaning, point.meaning))
                continue
        joined.append(point)
    return joined


def _governed(text: str, start: int, end: int, point: TimeExpression) -> TimeExpression | None:
    """A time with the word before it that changes what it means.

    None for bare ones without such a word, for what lies outside (`after Friday`) and for what a record is counted from.
    """
    back = max(start, point.start - _LATEST_BACK)
    clause = max(start, point.start - _CLAUSE_BACK)
    if (point.kind in ("window", "ahead") or _SINCE.search(text, back, point.start)) and _RECORD.search(text, clause, point.start):
        return None
    if point.kind == "period" and point.text.lower().startswith("this ") and _COUNTED.search(text, clause, point.start):
        return None
    if lead := _SINCE.search(text, back, point.start):
        return _spanning(text, lead.start(), point.end, "since", Since(point.meaning))
    if point.kind not in ("range", "window", "since", "reference", "event", "ago"):
        if lead := _WEEK_OF.search(text, back, point.start):
            return _spanning(text, lead.start(), point.end, "week", WeekOf(point.meaning))
        if lead := _UNTIL.search(text, back, point.start):
            if _PUT_OFF.search(text, max(start, lead.start() - _CLAUSE_BACK), lead.start()):
                return point
            return _spanning(text, lead.start(), point.end, "until", Until(point.meaning, due=False))
        if (lead := _BY.search(text, back, point.start)) or point.text.lower().startswith("by "):
            return _spanning(text, lead.start() if lead else point.start, point.end, "by", Until(point.meaning, due=True))
        if _OUTSIDE.search(text, back, point.start) and not _POSSESSIVE.match(text, point.end, end):
            return None
    if point.kind == "bare" and not (_NAMING.search(text, back, point.start) and _NAMED.match(text, point.end, end)):
        return None
    return point


# Each mention of a sentence asks for the same.
@functools.lru_cache(maxsize=16)
def find_time_expressions(text: str, start: int, end: int) -> tuple[TimeExpression, ...]:
    """Time expressions of a sentence, in order, none overlapping another.

    Clock times and durations (`for three hours`, `a 30-day truce`, `a 5-year-old`) are none, nor are times that only bound an event (`after Friday`).

    Args:
        text: A document's text.
        start: Where the sentence begins.
        end: Where it ends, exclusive.
    """
    if not _SIGN.search(text[start:end]):
        return ()
    points = _with_nights(text, _with_ranges(text, start, _points(text, start, end)))
    return tuple(each for point in points if (each := _governed(text, start, end, point)))


# Any day will do for what is stated in full.
_ANY_DAY = datetime.date(9000, 1, 1)


def resolve(
    expression: TimeExpression,
    published_date: datetime.date | None,
    direction: Direction,
    *,
    clip: bool | None = None,
    reference: datetime.date | None = None,
) -> DateSpan | None:
    """The days that a time expression means.

    Args:
        expression: What `find_time_expressions` found.
        published_date: The calendar day of publication; without it only times stated in full resolve.
        direction: Of the tense of the verb that the expression stands with: a weekday or a day without year is the nearest on or before (`past`) or on or
            after (`future`) publication.
        clip: Whether the span ends at publication day at the latest: by default for the past, but for what looks ahead by itself (`until`, `by`, `the coming
            days`). A span that begins later stays as it is.
        reference: The day of the event told before, for `the day before`, `that week`; without it these count from publication day.

    Returns:
        First and last day and how fine that is; None where there is no such day, or where only a duration is told.
    """
    anchor = published_date
    if expression.kind == "reference" and reference is not None:
        anchor = reference
    if anchor is None:
        if not expression.absolute:
            return None
        anchor = _ANY_DAY
    try:
        span = expression.meaning.on(anchor, direction)
    except (ValueError, OverflowError):
        return None
    ahead = expression.kind in ("until", "by") or (isinstance(expression.meaning, Window) and expression.meaning.count > 0)
    cut = direction == "past" and not ahead if clip is None else clip
    if cut and published_date is not None and span.first <= published_date < span.last:
        return dataclasses.replace(span, last=published_date)
    return span
