"""Times of publication: from what a document states to an instant in UTC and the calendar day in the stated offset."""

from __future__ import annotations

import dataclasses
import datetime
import email.utils
import math
import re
from typing import Any

import dateutil.parser

_UTC = datetime.UTC
# Names that news sites write in place of an offset, hours east of Greenwich; dateutil knows none of them by itself.
_ZONES = {"GMT": 0, "UTC": 0, "Z": 0, "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7} | {
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "TRT": 3,
    "JST": 9,
    "KST": 9,
}
_ZONE_SECONDS = {name: hours * 3600 for name, hours in _ZONES.items()}
_ISO_LIKE = re.compile(r"\d{4}-?\d{2}-?\d{2}(?:[T ]|$)")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{12,13}|\d{16}|\d{19}")
_COMPACT = re.compile(r"\d{14}")
_WITH_MONTH_NAME = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_HAS_DAY_AND_YEAR = re.compile(r"(?=.*\b\d{1,2}(?:st|nd|rd|th)?\b)(?=.*\b\d{4}\b)")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b(.*)", re.DOTALL)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b(.*)", re.DOTALL)
_REMEDY = "ISO 8601 (2025-03-20T14:30:00+01:00), RFC 2822, a date with the month's name, or seconds since 1970 would be right"


@dataclasses.dataclass(frozen=True, slots=True)
class Publication:
    """When something was published.

    Attributes:
        published: The instant, in UTC; a bare date is its midnight.
        day: The calendar day in the offset that the source states.
    """

    published: datetime.datetime
    day: datetime.date


def parse_time(value: Any) -> Publication:
    """Reads a stated time of publication.

    Args:
        value: A string (ISO 8601, RFC 2822, `20250320T143000Z`, `20250320143000`, an English date with the month's name, seconds or milliseconds since 1970),
            a number (the same), or a date or datetime. What states no offset is in UTC.

    Raises:
        ValueError: It is none of these, or out of the years 1 to 9999; the message says what would be right.
    """
    try:
        return _publication(_moment(value))
    except (OverflowError, OSError):
        raise ValueError(f"the time {value!r} is outside of the years 1 to 9999") from None


def _publication(moment: datetime.datetime) -> Publication:
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=_UTC)
    return Publication(aware.astimezone(_UTC), aware.date())


def _moment(value: Any) -> datetime.datetime:
    if isinstance(value, datetime.datetime):
        return value
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day, tzinfo=_UTC)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(  # noqa: TRY004 (one error for whatever is no time)
            f"a time cannot be a {type(value).__name__}: {_REMEDY}"
        )
    if isinstance(value, str):
        return _from_string(value.strip())
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"the time {value!r} is no number: {_REMEDY}")
    # 20250320 as a number is a date; as seconds it would be a day in 1970.
    if isinstance(value, int) and 1 <= value <= 9999:
        raise ValueError(f"{value} is a year alone: a day (2025-03-20) or a time would be right")
    if isinstance(value, int) and 1900_01_01 <= value <= 2100_12_31:
        return _from_string(str(value))
    return _from_epoch(value)


def _from_epoch(number: float) -> datetime.datetime:
    size = abs(number)
    seconds = number if size < 1e11 else number / 1e3 if size < 1e14 else number / 1e6 if size < 1e17 else number / 1e9
    return datetime.datetime(1970, 1, 1, tzinfo=_UTC) + datetime.timedelta(seconds=seconds)


def _from_string(text: str) -> datetime.datetime:
    problem = ValueError(f"the time {text[:80]!r} cannot be read: {_REMEDY}")
    if len(text) > 100:
        raise problem
    if _ISO_LIKE.match(text):
        try:
            return datetime.datetime.fromisoformat(text)
        except ValueError:
            # `2025-03-20 14:30:00 UTC` and `… +0100` with a space, or nothing that is a time at all.
            return _by_dateutil(text, problem)
    if _COMPACT.fullmatch(text):
        try:
            return datetime.datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=_UTC)
        except ValueError:
            raise problem from None
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text) if "." in text else int(text))
    for pattern, year_first in ((_SLASHED, False), (_YEAR_FIRST, True)):
        if found := pattern.fullmatch(text):
            return _numeric_date(text, found, year_first, problem)
    if _WITH_MONTH_NAME.search(text) and _HAS_DAY_AND_YEAR.search(text):
        try:
            return email.utils.parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return _by_dateutil(text, problem)
    raise problem


def _numeric_date(text: str, found: re.Match[str], year_first: bool, problem: ValueError) -> datetime.datetime:
    if year_first:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        # Dots are continental, day first; slashes are either way round, so that only days over 12 tell.
        if "." in text[: found.start(3)] or first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            day, month = second, first
        else:
            raise ValueError(f"the date {text!r} can be read in two ways, day or month first: {_REMEDY}")
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        raise problem from None
    rest = found[4].strip(" ,")
    return _by_dateutil(f"{date.isoformat()} {rest}", problem) if rest else datetime.datetime(year, month, day, tzinfo=_UTC)


def _by_dateutil(text: str, problem: ValueError) -> datetime.datetime:
    spoken = re.sub(r"\b([ap])\.m\.", r"\1m", text, flags=re.IGNORECASE)
    try:
        moment: datetime.datetime = dateutil.parser.parse(spoken, default=datetime.datetime(1, 1, 1), tzinfos=_ZONE_SECONDS)  # noqa: DTZ001 (what states no offset is set to UTC by parse_time)
    except (ValueError, OverflowError, TypeError):
        raise problem from None
    return moment
