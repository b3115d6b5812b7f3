"""What time expressions mean before the day of publication is known, and the days that they mean once it is (events.md, «date»).

Every meaning has `on(anchor, direction)`: the days that it means in a text of that day, where `direction` is that of the tense. It raises ValueError or
OverflowError where there are none. `absolute` says that the anchor does not matter.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import ClassVar, Literal, Protocol

Direction = Literal["past", "future"]
Precision = Literal["day", "week", "month", "year", "range"]
Unit = Literal["hour", "day", "week", "weekend", "month", "quarter", "year", "decade"]


@dataclasses.dataclass(frozen=True, slots=True)
class DateSpan:
    """Days, first and last inclusive."""

    first: datetime.date
    last: datetime.date
    precision: Precision


class Meaning(Protocol):
    """A time that an expression speaks of."""

    @property
    def absolute(self) -> bool:
        """Whether it means the same days in a text of any day."""

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """The days that it means in a text of a day."""


def add_days(day: datetime.date, count: int) -> datetime.date:
    """A day so many days later."""
    return day + datetime.timedelta(days=count)


def month_span(year: int, month: int) -> DateSpan:
    """A calendar month; months below 1 and above 12 run into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = datetime.date(year, month, 1)
    following = (year + month // 12, month % 12 + 1)
    last = datetime.date(9999, 12, 31) if following[0] > 9999 else add_days(datetime.date(*following, 1), -1)
    return DateSpan(first, last, "month")


def months_span(year: int, month: int, count: int) -> DateSpan:
    """Several months on end."""
    return DateSpan(month_span(year, month).first, month_span(year, month + count - 1).last, "range")


def unit_span(day: datetime.date, unit: Unit) -> DateSpan:
    """The day, ISO week, weekend, month, quarter, year or decade that a day is in (for the weekend: in whose ISO week it is)."""
    if unit in ("day", "hour"):
        return DateSpan(day, day, "day")
    if unit == "week":
        return DateSpan(add_days(day, -day.weekday()), add_days(day, 6 - day.weekday()), "week")
    if unit == "weekend":
        return DateSpan(add_days(day, 5 - day.weekday()), add_days(day, 6 - day.weekday()), "range")
    if unit == "month":
        return month_span(day.year, day.month)
    if unit == "quarter":
        return months_span(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    if unit == "year":
        return DateSpan(datetime.date(day.year, 1, 1), datetime.date(day.year, 12, 31), "year")
    start = max(1, day.year // 10 * 10)
    return DateSpan(datetime.date(start, 1, 1), datetime.date(start // 10 * 10 + 9, 12, 31), "range")


def shifted(day: datetime.date, count: int, unit: Unit) -> datetime.date:
    """A day so many units later; the last of the month where the month is too short."""
    if unit == "hour":
        return add_days(day, -(-count // 24) if count > 0 else count // 24)
    if unit in ("day", "week", "weekend"):
        return add_days(day, count * (1 if unit == "day" else 7))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    span = month_span(day.year, day.month + count * months)
    return span.first.replace(day=min(day.day, span.last.day))


def part_of(span: DateSpan, unit: Unit, part: str) -> DateSpan:
    """A part of a week, month, year or decade.

    By events.md the parts of a month are its days 1–10, 11–20 and 21 to the end. Likewise here: Monday to Wednesday, Tuesday to Thursday, Thursday to Sunday of
    a week; four months each of a year, whose start is January and whose end December; years 0–3, 4–6, 7–9 of a decade.
    """
    first, last = span.first, span.last
    if unit == "month":
        days = {"early": (1, 10), "start": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (21, 31), "first_half": (1, 15), "second_half": (16, 31)}[part]
        return DateSpan(first.replace(day=days[0]), first.replace(day=min(days[1], last.day)), "range")
    if unit == "year":
        months = {"early": (1, 4), "start": (1, 1), "mid": (5, 4), "late": (9, 4), "end": (12, 1), "first_half": (1, 6), "second_half": (7, 6)}[part]
        return months_span(first.year, *months) if months[1] > 1 else month_span(first.year, months[0])
    if unit == "week":
        offsets = {"early": (0, 2), "start": (0, 2), "mid": (1, 3), "late": (3, 6), "end": (3, 6), "first_half": (0, 2), "second_half": (3, 6)}[part]
        return DateSpan(add_days(first, offsets[0]), add_days(first, offsets[1]), "range")
    if unit == "decade":
        years = {"early": (0, 3), "start": (0, 3), "mid": (4, 6), "late": (7, 9), "end": (7, 9), "first_half": (0, 4), "second_half": (5, 9)}[part]
        return DateSpan(first.replace(year=first.year + years[0]), last.replace(year=first.year + years[1]), "range")
    raise ValueError(f"a {unit} has no part {part!r}; only weeks, months, years and decades have parts")


@dataclasses.dataclass(frozen=True, slots=True)
class Fixed:
    """Days stated in full."""

    span: DateSpan
    absolute: ClassVar[bool] = True

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:  # noqa: ARG002
        """The same days in every text."""
        return self.span


@dataclasses.dataclass(frozen=True, slots=True)
class Yearless:
    """Days or months of a year that is not stated: the latest that has begun in the past, the earliest that has not ended in the future."""

    month: int
    first: int
    last: int | None
    """None: to the end of the month."""
    months: int = 1
    part: str | None = None
    absolute: ClassVar[bool] = False

    def in_year(self, year: int) -> DateSpan:
        """The days in one year; a season is of the year in which it begins."""
        if self.last is not None:
            first, last = datetime.date(year, self.month, self.first), datetime.date(year, self.month, self.last)
            return DateSpan(first, last, "day" if first == last else "range")
        if self.months > 1:
            return months_span(year, self.month, self.months)
        span = month_span(year, self.month)
        return part_of(span, "month", self.part) if self.part else span

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """The nearest in the direction; 29 February is looked for in leap years."""
        years = range(anchor.year, anchor.year - 9, -1) if direction == "past" else range(anchor.year - 1, anchor.year + 9)
        for year in years:
            try:
                span = self.in_year(year)
            except ValueError:
                continue
            if span.first <= anchor if direction == "past" else span.last >= anchor:
                return span
        raise ValueError("no such day near the day of publication")


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """A day that gave an attack its name (`the October 7 attack`); in a text from before it, that day of the year."""

    day: datetime.date
    absolute: ClassVar[bool] = True

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """The day."""
        if anchor < self.day:
            return Yearless(self.day.month, self.day.day, self.day.day).on(anchor, direction)
        return DateSpan(self.day, self.day, "day")


@dataclasses.dataclass(frozen=True, slots=True)
class Neighbour:
    """`last March`, `next summer`, `this May`: the last one that is over, the next one to begin, that of the year of publication."""

    inner: Yearless
    shift: int
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:  # noqa: ARG002
        """The days, whatever the tense."""
        if self.shift == 0:
            return self.inner.in_year(anchor.year)
        order = range(anchor.year, anchor.year - 3, -1) if self.shift < 0 else range(anchor.year, anchor.year + 3)
        for year in order:
            span = self.inner.in_year(year)
            if span.last < anchor if self.shift < 0 else span.first > anchor:
                return span
        raise ValueError("no such time near the day of publication")


@dataclasses.dataclass(frozen=True, slots=True)
class OfYear:
    """`in February last year`: of the year so many after that of publication."""

    inner: Yearless
    shift: int
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:  # noqa: ARG002
        """The days, whatever the tense."""
        return self.inner.in_year(anchor.year + self.shift)


@dataclasses.dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: the nearest in the direction of the tense, or as `last`, `next`, `this` say, or of a week told (`Friday next week`)."""

    weekday: int
    which: str = ""
    week: int | None = None
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """`Last Monday` is the last before publication, `next Monday` that of the following ISO week, `this Monday` that of the week of publication."""
        behind = (anchor.weekday() - self.weekday) % 7
        if self.week is not None or self.which == "next":
            day = add_days(anchor, self.weekday - anchor.weekday() + 7 * (1 if self.week is None else self.week))
        elif self.which == "last":
            day = add_days(anchor, -(behind or 7))
        elif self.which == "coming":
            day = add_days(anchor, 7 - behind)
        elif self.which == "this":
            day = add_days(anchor, self.weekday - anchor.weekday())
            day = add_days(day, 7) if direction == "future" and day < anchor else day
        elif direction == "past":
            day = add_days(anchor, -behind)
        else:
            day = add_days(anchor, -behind % 7)
        return DateSpan(day, day, "day")


@dataclasses.dataclass(frozen=True, slots=True)
class Shifted:
    """A unit of the calendar counted from that of publication: `yesterday`, `last week`, `two years ago`, `later this month`."""

    count: int
    unit: Unit
    part: str | None = None
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """The whole unit or its part; `earlier` ends the day before publication, `later` begins the day after."""
        if self.unit == "weekend" and self.count == 0:
            near = unit_span(anchor, "weekend")
            return unit_span(add_days(anchor, -7), "weekend") if direction == "past" and near.first > anchor else near
        if self.unit == "weekend" and self.count < 0:
            return unit_span(add_days(anchor, 7 * self.count), "weekend")
        span = unit_span(anchor if self.unit == "hour" else shifted(unit_span(anchor, self.unit).first, self.count, self.unit), self.unit)
        if self.part is None:
            return span
        if self.count == 0 and self.part == "earlier":
            return DateSpan(span.first, max(span.first, add_days(anchor, -1)), "range")
        if self.count == 0 and self.part == "later":
            return DateSpan(min(span.last, add_days(anchor, 1)), span.last, "range")
        return part_of(span, self.unit, {"earlier": "early", "later": "late"}.get(self.part, self.part))


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """So much time back from the day of publication, or ahead of it, that day included: `the past 24 hours`, `recent days`, `the coming weeks`."""

    count: int
    unit: Unit
    only: Direction | None = None
    """The tense that it must stand in to be a date (`in two weeks` with a past tense is how long something took)."""
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """The days."""
        if self.only not in (None, direction):
            raise ValueError("how long something took is no date")
        other = shifted(anchor, self.count, self.unit)
        return DateSpan(min(anchor, other), max(anchor, other), "range")


@dataclasses.dataclass(frozen=True, slots=True)
class Ahead:
    """`In three days`, `two weeks from now`: the day, week or month so far ahead; no date beside a past tense, where it is a duration."""

    inner: Shifted
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """The unit so far ahead."""
        if direction == "past":
            raise ValueError("how long something took is no date")
        return self.inner.on(anchor, direction)


@dataclasses.dataclass(frozen=True, slots=True)
class Ago:
    """A few days ago: about that long ago, a day more or less."""

    days: int
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:  # noqa: ARG002
        """From a day before to a day after."""
        return DateSpan(add_days(anchor, -self.days - 1), add_days(anchor, 1 - self.days), "range")


@dataclasses.dataclass(frozen=True, slots=True)
class Anniversary:
    """The same day so many years earlier, or so many days from it: `two years ago tomorrow`."""

    years: int
    days: int = 0
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:  # noqa: ARG002
        """The day."""
        return unit_span(shifted(add_days(anchor, self.days), -self.years, "year"), "day")


@dataclasses.dataclass(frozen=True, slots=True)
class Night:
    """`Overnight`: the day before publication to publication day; `overnight into Tuesday`: the day before that day to it."""

    into: Meaning | None = None

    @property
    def absolute(self) -> bool:
        """As the day is that it runs into."""
        return self.into is not None and self.into.absolute

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """Two days."""
        morning = self.into.on(anchor, direction).first if self.into else anchor
        return DateSpan(add_days(morning, -1), morning, "range")


@dataclasses.dataclass(frozen=True, slots=True)
class WeekOf:
    """`The week of 3 March`: the ISO week of a day."""

    day: Meaning

    @property
    def absolute(self) -> bool:
        """As the day is."""
        return self.day.absolute

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """Monday to Sunday."""
        return unit_span(self.day.on(anchor, direction).first, "week")


@dataclasses.dataclass(frozen=True, slots=True)
class Since:
    """From a time in the past to the day of publication."""

    start: Meaning
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:  # noqa: ARG002
        """Its first day to publication day."""
        first = self.start.on(anchor, "past").first
        if first > anchor:
            raise ValueError("begins after the day of publication")
        return DateSpan(first, anchor, "range")


@dataclasses.dataclass(frozen=True, slots=True)
class Until:
    """From the day of publication to a time ahead (`until June 28`, `by Friday`); with `due` and a past tense, that time itself (`by Friday` had)."""

    end: Meaning
    due: bool
    absolute: ClassVar[bool] = False

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """Publication day to its last day."""
        if self.due and direction == "past" and (span := self.end.on(anchor, "past")).last <= anchor:
            return span
        last = self.end.on(anchor, "future").last
        if last < anchor:
            raise ValueError("ended before the day of publication, and its start is not told")
        return DateSpan(anchor, last, "range")


@dataclasses.dataclass(frozen=True, slots=True)
class Range:
    """From one time to another: what is not stated at one end follows from the other."""

    start: Meaning
    end: Meaning

    @property
    def absolute(self) -> bool:
        """Where either end is: the other is the nearest to it."""
        return self.start.absolute or self.end.absolute

    def on(self, anchor: datetime.date, direction: Direction) -> DateSpan:
        """First day of the one to last day of the other."""
        if self.end.absolute or (direction == "future" and not self.start.absolute):
            last = self.end.on(anchor, direction)
            first = self.start.on(last.last, "past")
        else:
            first = self.start.on(anchor, direction)
            last = self.end.on(first.first, "future")
        if first.first > last.last:
            raise ValueError("ends before it begins")
        return DateSpan(first.first, last.last, "range" if first.first < last.last else "day")
