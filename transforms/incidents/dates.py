"""How well the dates of two mentions agree: precision and basis decide how much a difference means."""

from __future__ import annotations

from transforms.incidents.reports import EVENT, Features
from transforms.incidents.rules import DATE_GRADES, Dates

ANY, OPEN, ADJACENT, OVERLAP, DAY = range(len(DATE_GRADES))

# News of the day may be dated a day ahead of the place of the event: 1 March in Washington is 2 March in Asia.
_ZONE = 1


def compare_dates(a: Features, b: Features, rules: Dates) -> int | None:
    """The grade of agreement, or None where the dates (with the statuses that hang on them) exclude one event.

    `DAY`: the same single day. `OVERLAP`: spans that share a day. `ADJACENT`: news of the day, told so few days apart that both may mean one day
    (`reported_days`). `OPEN`: one is undated, and the other lies within `undated_days` of its publication. `ANY`: nothing speaks against one event.

    Exclusions: different single days of a text; spans without a common day; two nights that differ; a plan that was told after the event; what was called
    off or denied and what happened, unless both are dated.
    """
    if _status_excludes(a, b):
        return None
    if a.kind != EVENT or b.kind != EVENT:
        return _floating(a, b)
    if a.dated and b.dated:
        return _spans(a, b, rules)
    if b.dated:
        a, b = b, a
    return _one_open(a, b, rules) if a.dated else _both_open(a, b, rules)


def _status_excludes(a: Features, b: Features) -> bool:
    if a.realised == b.realised:
        return False
    done, other = (a, b) if a.realised else (b, a)
    in_text = other.basis in ("text", "carried")
    if other.status in ("cancelled", "denied"):
        return not (in_text and done.dated)
    # Without a date of its own, a plan is of what comes after its telling: only news of a later day can be of the same event.
    return not in_text and (done.published is None or other.published is None or done.published <= other.published)


def _spans(a: Features, b: Features, rules: Dates) -> int | None:
    first_a, last_a, first_b, last_b = a.first, a.last, b.first, b.last
    if first_a is None or last_a is None or first_b is None or last_b is None:
        return ANY
    days_a, days_b = last_a - first_a, last_b - first_b
    if max(first_a, first_b) <= min(last_a, last_b):
        if rules.nights and days_a == days_b == 1 and first_a != first_b:
            return None
        if days_a >= rules.wide_days or days_b >= rules.wide_days:
            return ANY
        return DAY if days_a == days_b == 0 else OVERLAP
    news_a, news_b = a.basis == "published", b.basis == "published"
    slack = rules.reported_days
    if news_a and news_b:
        near = abs(first_a - first_b) <= slack
    elif news_a:
        near = first_a - slack <= last_b and first_b <= last_a + _ZONE
    elif news_b:
        near = first_b - slack <= last_a and first_a <= last_b + _ZONE
    else:
        near = False
    return ADJACENT if near else None


def _floating(a: Features, b: Features) -> int | None:
    """Mentions of which one has no day of its own: that it lies before or after its publication is all that it says."""
    for one, other in ((a, b), (b, a)):
        if one.kind == EVENT:
            continue
        if one.basis == "before" and one.last is not None and other.first is not None and other.first > one.last:
            return None
        if one.basis == "after" and one.first is not None and other.last is not None and other.last < one.first:
            return None
    return ANY


def _one_open(dated: Features, other: Features, rules: Dates) -> int | None:
    """A dated mention and one that only says before or after its publication."""
    first, last = dated.first, dated.last
    if first is None or last is None:
        return ANY
    if (other.last is not None and first > other.last) or (other.first is not None and last < other.first):
        return None
    if last - first >= rules.wide_days:
        return ANY
    if other.last is not None:
        return OPEN if last >= other.last - rules.undated_days else ANY
    if other.first is not None:
        return OPEN if first <= other.first + rules.undated_days else ANY
    return ANY


def _both_open(a: Features, b: Features, rules: Dates) -> int | None:
    if a.last is not None and b.last is not None:
        return OPEN if abs(a.last - b.last) <= rules.undated_days else ANY
    if a.first is not None and b.first is not None:
        return OPEN if abs(a.first - b.first) <= rules.undated_days else ANY
    if a.last is None:
        a, b = b, a
    if a.last is None or b.first is None:
        return ANY
    if a.last < b.first:
        return None
    return OPEN if a.last - b.first <= rules.undated_days else ANY


def window(mention: Features, rules: Dates) -> tuple[int, int] | None:
    """First and last ordinal of the days on which a mention of another document may report the same event, or None where it is too wide or unknown.

    Two mentions whose grade is above `ANY` have windows that share a day.
    """
    if mention.kind != EVENT:
        return None
    first, last = mention.first, mention.last
    if first is not None and last is not None:
        if last - first >= rules.wide_days:
            return None
        return (first - rules.reported_days, last + _ZONE) if mention.basis == "published" else (first, last)
    if last is not None:
        return last - rules.undated_days, last + _ZONE
    if first is not None:
        return first, first + rules.undated_days
    return None
