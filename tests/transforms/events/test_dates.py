"""Time expressions: what is found in a sentence, and which days it means on a day of publication."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.events.dates import find_time_expressions, resolve
from transforms.events.time_meanings import DateSpan, Direction

# A Thursday in the middle of an ISO week (17 to 23 March).
PUBLISHED = datetime.date(2025, 3, 20)


def days(span: DateSpan | None) -> str | None:
    """A span in short: `2025-03-17`, `2025-03-17/2025-03-23`."""
    if span is None:
        return None
    return str(span.first) if span.first == span.last else f"{span.first}/{span.last}"


def only(text: str, direction: Direction = "past", published: datetime.date | None = PUBLISHED) -> tuple[str, str | None, str | None]:
    """The one expression of a sentence: its words, its days and their precision."""
    (expression,) = find_time_expressions(text, 0, len(text))
    span = resolve(expression, published, direction)
    return expression.text, days(span), span.precision if span else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Envoys talked on Monday.", ("on Monday", "2025-03-17", "day")),
        ("Envoys talked on Thursday.", ("on Thursday", "2025-03-20", "day")),
        ("Envoys talked last Thursday.", ("last Thursday", "2025-03-13", "day")),
        ("Envoys talked last Monday.", ("last Monday", "2025-03-17", "day")),
        ("Envoys talked this past Sunday.", ("this past Sunday", "2025-03-16", "day")),
        ("Monday's raid failed.", ("Monday", "2025-03-17", "day")),
        ("They spoke late on Tuesday night.", ("late on Tuesday night", "2025-03-18", "day")),
        ("They met on Monday of last week.", ("on Monday of last week", "2025-03-10", "day")),
        ("They met on Monday and Tuesday.", ("on Monday and Tuesday", "2025-03-17/2025-03-18", "range")),
        ("They met from Monday to Wednesday.", ("from Monday to Wednesday", "2025-03-17/2025-03-19", "range")),
        ("It was shelled overnight.", ("overnight", "2025-03-19/2025-03-20", "range")),
        ("It was shelled during the night.", ("during the night", "2025-03-19/2025-03-20", "range")),
        ("It was shelled overnight into Tuesday.", ("overnight into Tuesday", "2025-03-17/2025-03-18", "range")),
        ("It was shelled overnight from Monday to Tuesday.", ("overnight from Monday to Tuesday", "2025-03-17/2025-03-18", "range")),
        ("Drones came on Tuesday night into Wednesday.", ("on Tuesday night into Wednesday", "2025-03-18/2025-03-19", "range")),
        ("Drones came on the night of 3 March.", ("on the night of 3 March", "2025-03-03", "day")),
        ("Drones came last night.", ("last night", "2025-03-19", "day")),
        ("They spoke today.", ("today", "2025-03-20", "day")),
        ("They spoke this afternoon.", ("this afternoon", "2025-03-20", "day")),
        ("They spoke yesterday evening.", ("yesterday evening", "2025-03-19", "day")),
        ("They spoke the day before yesterday.", ("the day before yesterday", "2025-03-18", "day")),
        ("Talks are set for February.", ("for February", "2025-02-01/2025-02-28", "month")),
        ("Two years ago tomorrow, shells fell.", ("Two years ago tomorrow", "2023-03-21", "day")),
        ("They met last week.", ("last week", "2025-03-10/2025-03-16", "week")),
        ("They met this week.", ("this week", "2025-03-17/2025-03-20", "week")),
        ("They met earlier this week.", ("earlier this week", "2025-03-17/2025-03-19", "range")),
        ("They met late last week.", ("late last week", "2025-03-13/2025-03-16", "range")),
        ("They met earlier this month.", ("earlier this month", "2025-03-01/2025-03-19", "range")),
        ("They met last month.", ("last month", "2025-02-01/2025-02-28", "month")),
        ("They met last year.", ("last year", "2024-01-01/2024-12-31", "year")),
        ("They met in February last year.", ("in February last year", "2024-02-01/2024-02-29", "month")),
        ("They met in early May of last year.", ("in early May of last year", "2024-05-01/2024-05-10", "range")),
        ("They met over the weekend.", ("over the weekend", "2025-03-15/2025-03-16", "range")),
        ("They met last weekend.", ("last weekend", "2025-03-15/2025-03-16", "range")),
        ("Shelling went on in recent days.", ("in recent days", "2025-03-17/2025-03-20", "range")),
        ("Shelling went on in the past 24 hours.", ("in the past 24 hours", "2025-03-19/2025-03-20", "range")),
        ("Shelling went on over the last two days.", ("over the last two days", "2025-03-18/2025-03-20", "range")),
        ("Shelling went on in the past three weeks.", ("in the past three weeks", "2025-02-27/2025-03-20", "range")),
        ("Shelling went on over the past decade.", ("over the past decade", "2015-03-20/2025-03-20", "range")),
        ("They met two days ago.", ("two days ago", "2025-03-18", "day")),
        ("They met a week ago.", ("a week ago", "2025-03-10/2025-03-16", "week")),
        ("They met three months ago.", ("three months ago", "2024-12-01/2024-12-31", "month")),
        ("They met two years ago.", ("two years ago", "2023-01-01/2023-12-31", "year")),
        ("They met a few days ago.", ("a few days ago", "2025-03-16/2025-03-18", "range")),
        ("They met five years ago today.", ("five years ago today", "2020-03-20", "day")),
        ("They met in early August.", ("in early August", "2024-08-01/2024-08-10", "range")),
        ("They met in mid-August.", ("in mid-August", "2024-08-11/2024-08-20", "range")),
        ("They met in late February.", ("in late February", "2025-02-21/2025-02-28", "range")),
        ("They met in March.", ("in March", "2025-03-01/2025-03-20", "month")),
        ("They met in May.", ("in May", "2024-05-01/2024-05-31", "month")),
        ("They met in January and February.", ("in January and February", "2025-01-01/2025-02-28", "range")),
        ("They met last March.", ("last March", "2024-03-01/2024-03-31", "month")),
        ("They met on 3 March.", ("on 3 March", "2025-03-03", "day")),
        ("They met on March 21.", ("on March 21", "2024-03-21", "day")),
        ("They met on Tuesday, March 4.", ("on Tuesday, March 4", "2025-03-04", "day")),
        ("They met on 29 February.", ("on 29 February", "2024-02-29", "day")),
        ("They met on New Year's Eve.", ("on New Year's Eve", "2024-12-31", "day")),
        ("They met on 3 and 4 March.", ("on 3 and 4 March", "2025-03-03/2025-03-04", "range")),
        ("They met March 3–5.", ("March 3–5", "2025-03-03/2025-03-05", "range")),
        ("They met from 30 December to 2 January.", ("from 30 December to 2 January", "2024-12-30/2025-01-02", "range")),
        ("They met in the first week of February.", ("in the first week of February", "2025-02-01/2025-02-07", "range")),
        ("They met in the week of 3 March.", ("in the week of 3 March", "2025-03-03/2025-03-09", "week")),
        ("Ports have been hit since February 24.", ("since February 24", "2025-02-24/2025-03-20", "range")),
        ("Ports have been hit since 2022.", ("since 2022", "2022-01-01/2025-03-20", "range")),
        ("Ports have been hit since May.", ("since May", "2024-05-01/2025-03-20", "range")),
        ("Ports have been hit since the start of the year.", ("since the start of the year", "2025-01-01/2025-03-20", "range")),
        ("They met last summer.", ("last summer", "2024-06-01/2024-08-31", "range")),
        ("They met in 2025.", ("in 2025", "2025-01-01/2025-03-20", "year")),
        ("Leaders recalled the October 7 attack.", ("the October 7", "2023-10-07", "day")),
        ("They had met the day before.", ("the day before", "2025-03-19", "day")),
        ("They had met two days earlier.", ("two days earlier", "2025-03-18", "day")),
        ("It came a day after talks in Geneva.", ("a day after", "2025-03-19", "day")),
        ("It came a day before talks in Geneva.", ("a day before", "2025-03-21", "day")),
    ],
)
def test_past(text: str, expected: tuple[str, str, str]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They will meet on Monday.", ("on Monday", "2025-03-24", "day")),
        ("They will meet on Thursday.", ("on Thursday", "2025-03-20", "day")),
        ("They will meet next Tuesday.", ("next Tuesday", "2025-03-25", "day")),
        ("They will meet this coming Friday.", ("this coming Friday", "2025-03-21", "day")),
        ("They will meet on Friday next week.", ("on Friday next week", "2025-03-28", "day")),
        ("They will meet next week.", ("next week", "2025-03-24/2025-03-30", "week")),
        ("They will meet early next week.", ("early next week", "2025-03-24/2025-03-26", "range")),
        ("They will meet this week.", ("this week", "2025-03-17/2025-03-23", "week")),
        ("They will meet later this week.", ("later this week", "2025-03-21/2025-03-23", "range")),
        ("They will meet later this month.", ("later this month", "2025-03-21/2025-03-31", "range")),
        ("They will meet next month.", ("next month", "2025-04-01/2025-04-30", "month")),
        ("They will meet next year.", ("next year", "2026-01-01/2026-12-31", "year")),
        ("They will meet at the weekend.", ("at the weekend", "2025-03-22/2025-03-23", "range")),
        ("They will meet tomorrow.", ("tomorrow", "2025-03-21", "day")),
        ("They will meet tonight.", ("tonight", "2025-03-20", "day")),
        ("They will meet in three days.", ("in three days", "2025-03-23", "day")),
        ("They will meet in two weeks' time.", ("in two weeks' time", "2025-03-31/2025-04-06", "week")),
        ("They will meet within 48 hours.", ("within 48 hours", "2025-03-20/2025-03-22", "range")),
        ("They will meet in the coming days.", ("in the coming days", "2025-03-20/2025-03-23", "range")),
        ("They will meet in the coming weeks.", ("in the coming weeks", "2025-03-20/2025-04-10", "range")),
        ("They will meet in the next two weeks.", ("in the next two weeks", "2025-03-20/2025-04-03", "range")),
        ("They will meet by Friday.", ("by Friday", "2025-03-20/2025-03-21", "range")),
        ("They will meet by the end of the month.", ("by the end of the month", "2025-03-20/2025-03-31", "range")),
        ("They will meet by the end of 2026.", ("by the end of 2026", "2025-03-20/2026-12-31", "range")),
        ("The truce holds until June 28.", ("until June 28", "2025-03-20/2025-06-28", "range")),
        ("The talks were postponed until Monday.", ("Monday", "2025-03-24", "day")),
        ("They will meet on 3 March.", ("on 3 March", "2026-03-03", "day")),
        ("They will meet from 19 to 22 March.", ("19 to 22 March", "2025-03-19/2025-03-22", "range")),
        ("They will meet in January.", ("in January", "2026-01-01/2026-01-31", "month")),
        ("They will meet at the end of March.", ("at the end of March", "2025-03-21/2025-03-31", "range")),
        ("They will meet next spring.", ("next spring", "2026-03-01/2026-05-31", "range")),
        ("They will meet in the second half of the year.", ("in the second half of the year", "2025-07-01/2025-12-31", "range")),
    ],
)
def test_future(text: str, expected: tuple[str, str, str]) -> None:
    assert only(text, "future") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on March 3rd, 2025.", ("on March 3rd, 2025", "2025-03-03", "day")),
        ("They met on the morning of August 5, 2012.", ("on the morning of August 5, 2012", "2012-08-05", "day")),
        ("They met on 3/14/2025.", ("on 3/14/2025", "2025-03-14", "day")),
        ("They met on 14/3/2025.", ("on 14/3/2025", "2025-03-14", "day")),
        ("They met on 2025-03-14.", ("on 2025-03-14", "2025-03-14", "day")),
        ("They met on 14.03.2025.", ("on 14.03.2025", "2025-03-14", "day")),
        ("They met on Sept. 11, 2024.", ("on Sept. 11, 2024", "2024-09-11", "day")),
        ("They met 24-30 March 2025.", ("24-30 March 2025", "2025-03-24/2025-03-30", "range")),
        ("They met from 28 March to 2 April 2025.", ("from 28 March to 2 April 2025", "2025-03-28/2025-04-02", "range")),
        ("They met in March 2024.", ("in March 2024", "2024-03-01/2024-03-31", "month")),
        ("They met in late August 2024.", ("in late August 2024", "2024-08-21/2024-08-31", "range")),
        ("They met in 2024.", ("in 2024", "2024-01-01/2024-12-31", "year")),
        ("They met in early 2026.", ("in early 2026", "2026-01-01/2026-04-30", "range")),
        ("They met in the first half of 2026.", ("in the first half of 2026", "2026-01-01/2026-06-30", "range")),
        ("They met in Q3 2025.", ("in Q3 2025", "2025-07-01/2025-09-30", "range")),
        ("They met in the summer of 2023.", ("in the summer of 2023", "2023-06-01/2023-08-31", "range")),
        ("They met in winter 2023.", ("in winter 2023", "2023-12-01/2024-02-29", "range")),
        ("They met from 2022 to 2024.", ("from 2022 to 2024", "2022-01-01/2024-12-31", "range")),
        ("They met between 2022 and 2024.", ("between 2022 and 2024", "2022-01-01/2024-12-31", "range")),
        ("They fought in the 1990s.", ("in the 1990s", "1990-01-01/1999-12-31", "range")),
        ("The 2025 Astana summit was brief.", ("2025", "2025-01-01/2025-12-31", "year")),
        ("Survivors of the September 11 attacks spoke.", ("the September 11", "2001-09-11", "day")),
    ],
)
def test_stated_in_full_needs_no_day_of_publication(text: str, expected: tuple[str, str, str]) -> None:
    assert only(text, "past", None) == expected


@pytest.mark.parametrize(
    "text", ["They met on Monday.", "They met on 3 March.", "They met last week.", "It was shelled overnight.", "Since 2022 it has burned."]
)
def test_the_rest_needs_a_day_of_publication(text: str) -> None:
    assert only(text, "past", None)[1:] == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the second house.",
        "Theresa May said no.",
        "The Sunday Times said so.",
        "Bloody Sunday was recalled.",
        "Fighting lasted for three hours.",
        "A 30-day truce held.",
        "A 5-year-old girl fell.",
        "They met at 10:30 a.m. on the sidelines.",
        "Some 2000 soldiers stood by.",
        "It burned in 2000 homes.",
        "It burned in 1,900 cases.",
        "They never meet on Mondays.",
        "They met on 31 February.",
        "No one came after Friday.",
        "It was the deadliest attack since 2022.",
        "It was the first visit in ten years.",
        "Prices of $2024 shocked buyers.",
        "The governments fall and rise.",
    ],
)
def test_no_date(text: str) -> None:
    assert [each.text for each in find_time_expressions(text, 0, len(text))] == []


def test_only_the_window_is_read() -> None:
    text = "On Monday they met. On Tuesday they left. On Friday they rested."
    found = find_time_expressions(text, 20, 41)
    assert [(each.text, each.start) for each in found] == [("On Tuesday", 20)]


def test_several_in_one_sentence() -> None:
    text = "After Monday's talks they will meet on 4 April, as they did in 2023 and last week."
    assert [each.text for each in find_time_expressions(text, 0, len(text))] == ["Monday", "on 4 April", "in 2023", "last week"]


def test_reference_counts_from_the_event_told_before() -> None:
    text = "They had met the day before."
    (expression,) = find_time_expressions(text, 0, len(text))
    assert expression.kind == "reference"
    assert days(resolve(expression, PUBLISHED, "past", reference=datetime.date(2024, 5, 1))) == "2024-04-30"


def test_a_past_span_ends_on_publication_day_unless_told_otherwise() -> None:
    text = "This year saw talks."
    (expression,) = find_time_expressions(text, 0, len(text))
    assert days(resolve(expression, PUBLISHED, "past")) == "2025-01-01/2025-03-20"
    assert days(resolve(expression, PUBLISHED, "past", clip=False)) == "2025-01-01/2025-12-31"
    assert days(resolve(expression, PUBLISHED, "future")) == "2025-01-01/2025-12-31"


def test_a_duration_beside_a_past_tense_is_no_date() -> None:
    assert only("They took the town in three days.", "past")[1] is None


def test_offsets_count_code_points() -> None:
    text = "😀 Łódź — talks were held on 3 March 2025 💬."
    (expression,) = find_time_expressions(text, 0, len(text))
    assert text[expression.start : expression.end] == expression.text == "on 3 March 2025"


PHRASES = [
    "on Monday", "last Monday", "next Tuesday", "this Friday", "Friday next week", "overnight", "overnight into Tuesday", "last week", "next year",
    "this decade", "in recent days", "in the past 24 hours", "over the past decade", "in the coming weeks", "earlier this month", "later this week",
    "late last year", "two days ago", "400 years ago", "99 months ago", "in late August", "on 29 February", "March 3–5", "from 30 December to 2 January",
    "since May", "since 2022", "until June 28", "by Friday", "by the end of the year", "last summer", "this winter", "next spring", "the weekend",
    "last weekend", "next weekend", "in three days", "five years ago today", "marks five years since", "the week of March 3", "the day before",
    "a year after the war", "in the second half of the year", "from 2022 to March", "the October 7 attack", "a few days ago", "this quarter",
    "last quarter", "next decade", "in 999 weeks", "within 999 years", "the past 999 years",
]  # fmt: skip
EDGES = st.sampled_from([datetime.date.min, datetime.date.max, datetime.date(1, 2, 28), datetime.date(9999, 12, 1), datetime.date(2024, 2, 29)])


@given(st.sampled_from(PHRASES), st.dates() | EDGES, st.sampled_from(["past", "future"]), st.none() | st.dates() | EDGES)
def test_resolving_never_fails_and_ends_after_it_begins(phrase: str, published: datetime.date, direction: Direction, reference: datetime.date | None) -> None:
    found = find_time_expressions(phrase, 0, len(phrase))
    assert found, phrase
    for expression in found:
        span = resolve(expression, published, direction, reference=reference)
        assert span is None or span.first <= span.last


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=5), st.text(max_size=12), st.integers(0, 10))
def test_offsets_and_order(phrases: list[str], filler: str, skipped: int) -> None:
    text = f" {filler}, ".join(phrases)
    position = skipped
    for expression in find_time_expressions(text, skipped, len(text)):
        assert position <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.text
        position = expression.end


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for expression in find_time_expressions(text, 0, len(text)):
        resolve(expression, PUBLISHED, "past")


@given(
    st.sampled_from(["on Monday", "on 3 March", "in March", "on 29 February", "over the weekend"]),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2190, 1, 1)),
    st.integers(0, 400),
)
def test_later_publication_never_means_earlier_days(phrase: str, published: datetime.date, later: int) -> None:
    (expression,) = find_time_expressions(phrase, 0, len(phrase))
    for direction in ("past", "future"):
        one = resolve(expression, published, direction, clip=False)
        two = resolve(expression, published + datetime.timedelta(days=later), direction, clip=False)
        assert one is not None and two is not None
        assert one.first <= two.first
        assert one.first <= published if direction == "past" else one.last >= published
