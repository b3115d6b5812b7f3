"""The periods that the rows of a table are kept by: all in one file while they are few, then a year, then a month.

A period is named `2025-03`, `2025`, `undated` for rows without a day, or empty for all. Each file of a store holds rows of one of them, so a small store has
few files, and what asks a large one for a month opens the files of that month.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from schemas.tables import UNDATED, Table

ALL = ""
"""The period of all rows."""


def month_name(day: datetime.date | None) -> str:
    """The month that a day falls in."""
    return UNDATED if day is None else f"{day.year:04d}-{day.month:02d}"


def is_month(period: str) -> bool:
    """Whether there is no shorter period within one."""
    return period == UNDATED or "-" in period


def in_one_piece(table: Table, period: str) -> bool:
    """Whether a table's rows of a period are not parted further."""
    return table.month_of is None or is_month(period)


def part_of(period: str, month: str) -> str:
    """The period, next shorter than one, that a month of it falls in."""
    return month if period or month == UNDATED else month[:4]


def longer(period: str) -> list[str]:
    """The periods that have all of one, the longest first and itself last."""
    return list(dict.fromkeys([ALL, period[:4], period] if period != UNDATED else [ALL, UNDATED]))


def all_with(periods: Iterable[str]) -> set[str]:
    """The periods that have all of one of some periods, these among them."""
    return {each for period in periods for each in longer(period)}


def by_period(months: Iterable[str], taken: Iterable[str]) -> dict[str, set[str]]:
    """Where rows of some months go in a table that is kept by some periods: into the one that has a month, else into the longest that has none of the others.

    Args:
        months: The months.
        taken: The periods.

    Returns:
        Period -> such of the months as go there.
    """
    kept = set(taken)
    parted = all_with(kept)
    found: dict[str, set[str]] = {}
    for month in sorted(months):
        period = next(each for each in longer(month) if each in kept or each not in parted)
        if period not in kept:
            kept.add(period)
            parted.update(longer(period))
        found.setdefault(period, set()).add(month)
    return found
