"""Time expressions in a text and the days that they mean: found by pattern, kept as a meaning, resolved against the day of publication."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Callable
from typing import cast

from transforms.events.time_meanings import DateSpan, Direction, Meaning
from transforms.events.time_patterns import compound_patterns, point_patterns


@dataclasses.dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression, `[start, end)` in the text, and what it means before the day of publication is known."""

    start: int
    end: int
    text: str
    kind: str
    """The pattern that found it (`time_patterns`): `day`, `weekday`, `month`, `window`, … `reference` counts from an event told before (`the day before`),
    `event` is the day of the event named right after it (`a day after the talks` dates the talks)."""
    meaning: Meaning

    @property
    def absolute(self) -> bool:
        """Whether it is stated in full, so that the day of publication does not matter."""
        return self.meaning.absolute
