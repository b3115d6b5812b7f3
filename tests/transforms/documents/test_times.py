from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.documents.times import parse_time


@pytest.mark.parametrize(
    ("value", "published", "day"),
    [
        ("2025-03-20", "2025-03-20T00:00:00", "2025-03-20"),
        ("2025-02-10 22:05:00-05:00", "2025-02-11T03:05:00", "2025-02-10"),
        ("2025-03-20T01:30:00+03:00", "2025-03-19T22:30:00", "2025-03-20"),
        ("2025-03-20T23:30:00Z", "2025-03-20T23:30:00", "2025-03-20"),
        ("20250320T233000Z", "2025-03-20T23:30:00", "2025-03-20"),
        ("20250320143000", "2025-03-20T14:30:00", "2025-03-20"),
        ("2025-03-20 14:30:00 UTC", "2025-03-20T14:30:00", "2025-03-20"),
        ("2025-03-20 00:30:00 +0100", "2025-03-19T23:30:00", "2025-03-20"),
        ("Thu, 20 Mar 2025 23:30:00 -0500", "2025-03-21T04:30:00", "2025-03-20"),
        ("Thu, 20 Mar 2025 23:30:00 EST", "2025-03-21T04:30:00", "2025-03-20"),
        ("Mar. 20, 2025, 10:30 p.m. EDT", "2025-03-21T02:30:00", "2025-03-20"),
        ("March 20, 2025", "2025-03-20T00:00:00", "2025-03-20"),
        ("20 March 2025", "2025-03-20T00:00:00", "2025-03-20"),
        ("03/20/2025", "2025-03-20T00:00:00", "2025-03-20"),
        ("20/03/2025", "2025-03-20T00:00:00", "2025-03-20"),
        ("04.03.2025 10:15", "2025-03-04T10:15:00", "2025-03-04"),
        ("2025/03/20", "2025-03-20T00:00:00", "2025-03-20"),
        (1742512200, "2025-03-20T23:10:00", "2025-03-20"),
        ("1742512200", "2025-03-20T23:10:00", "2025-03-20"),
        (1742512200123, "2025-03-20T23:10:00.123", "2025-03-20"),
        (20250320, "2025-03-20T00:00:00", "2025-03-20"),
        (datetime.date(2025, 3, 20), "2025-03-20T00:00:00", "2025-03-20"),
        (datetime.datetime(2025, 3, 20, 12), "2025-03-20T12:00:00", "2025-03-20"),  # noqa: DTZ001
    ],
)
def test_times(value: object, published: str, day: str) -> None:
    found = parse_time(value)
    assert found.published == datetime.datetime.fromisoformat(published).replace(tzinfo=datetime.UTC)
    assert found.published.utcoffset() == datetime.timedelta()
    assert found.day == datetime.date.fromisoformat(day)


@pytest.mark.parametrize("value", ["yesterday", "10", "2025-13-40", "March 2025", "", True, [], float("nan"), "x" * 1000, "12/2025"])
def test_what_is_no_time_says_what_would_be(value: object) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        parse_time(value)


@pytest.mark.parametrize("value", ["9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00", 1e30, 10**40])
def test_out_of_the_calendar(value: object) -> None:
    with pytest.raises(ValueError, match="outside of the years 1 to 9999"):
        parse_time(value)


def test_two_ways_to_read_a_date() -> None:
    with pytest.raises(ValueError, match="two ways"):
        parse_time("04/03/2025")


@given(
    st.datetimes(min_value=datetime.datetime(1900, 1, 2), max_value=datetime.datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_the_day_is_that_of_the_stated_offset(local: datetime.datetime, minutes: int) -> None:
    stated = local.replace(tzinfo=datetime.timezone(datetime.timedelta(minutes=minutes)))
    found = parse_time(stated.isoformat())
    assert found.day == local.date()
    assert found.published == stated


@given(st.text(max_size=40) | st.integers() | st.floats())
def test_nothing_else_than_a_value_error(value: object) -> None:
    try:
        found = parse_time(value)
    except ValueError:
        return
    assert abs(found.published.date() - found.day) <= datetime.timedelta(days=1)
