"""Last names in a text: what is one, what is part of another name, and who of the tables bears it."""

from __future__ import annotations

import calendar
import collections
import datetime
import functools
import re

from transforms.events.reference import Entity, Office, agent_nouns, persons, titles
from transforms.language.words import word_set

# Days and months are surnames too (a South Sudanese official is named Monday), but in news they are the calendar.
CALENDAR = frozenset({*calendar.day_name, *calendar.month_name})
_NEXT_NAME = re.compile(r"[ -]([A-ZÀ-Þ](?:[\w’'\-]+|\.(?= [A-ZÀ-Þ])))")
# A capitalised word right before, not at the beginning of its sentence.
_PREVIOUS_NAME = re.compile(r"(?<=[\w,;)’”] )([A-ZÀ-Þ][\w’'.\-]*)[ -]$")
_LOWER_OPENERS = word_set("parties", "openers")
_FIRST_NAMES = re.compile(r"\b([A-ZÀ-Þ][\w’'\-]+) (?:[A-ZÀ-Þ]\. )+$")
TITLED = re.compile(
    r"(?:President|Presidents|Vice President|Prime Minister|Premier|Chancellor|Secretary|Minister|King|Queen|Emir|Mr\.?|Mrs\.?|Ms\.?|Sen\.?|"
    r"Senator|Representative|Ambassador|General|Gen\.?|Admiral|Pope|Advisor|Adviser|Speaker|Leader|Chairman|Chairwoman|Director|Governor|Gov\.?|Mayor|"
    r"Congressman|Congresswoman|Rep\.?|Prince|Princess|Sheikh|Sultan|Envoy|Commissioner|Administrator|Comrade|Lord|Sir|Lady|Dr\.?|Col\.?|Colonel|"
    r"(?:Secretary|Minister) (?:of|for) (?:State|Defen[cs]e|(?:Foreign )?Affairs)|Secretary[- ]General)\s+$"
)


@functools.cache
def surnames() -> dict[str, tuple[Entity, ...]]:
    """Last name -> persons of the tables."""
    found: dict[str, list[Entity]] = collections.defaultdict(list)
    for entity, names in persons().values():
        for name in names:
            last = name.split()[-1]
            if entity not in found[last]:
                found[last].append(entity)
    return {name: tuple(each) for name, each in found.items()}


def part_of_another_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands within a longer name: `Bletchley Park`, `Ha Kim Ngoc`; titles, days and `Administration` are no names."""
    after = _NEXT_NAME.match(text, end)
    if after is not None and after[1] not in CALENDAR and after[1] not in ("Administration", "Government", "Cabinet"):
        return True
    before = _PREVIOUS_NAME.search(text, max(0, start - 30), start)
    return (
        before is not None
        and before[1] not in CALENDAR
        and before[1].lower().rstrip(".") not in titles()
        and before[1].lower() not in agent_nouns()
        and before[1].lower().replace(".", "") not in _LOWER_OPENERS
    )


@functools.cache
def _first_names() -> frozenset[str]:
    """First names of the persons of the tables."""
    return frozenset(name.split()[0] for _, names in persons().values() for name in names if " " in name)


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether a last name is rather the first of a longer one: `Prime Minister Mohammed Shia' Al Sudani`."""
    return text[start:end] in _first_names() and _NEXT_NAME.match(text, end) is not None


def is_namesake(text: str, start: int, person: Entity) -> bool:
    """Whether a last name has another first name before it than the person's: `John F. Kennedy` beside Robert F. Kennedy Jr."""
    before = _FIRST_NAMES.search(text, max(0, start - 40), start)
    return before is not None and before[1] not in person.name and before[1].lower() not in titles() and before[1].lower() not in agent_nouns()


def without_possessive(word: str) -> str:
    """`Biden’s`, `Jones’`: a name as it is without its ending."""
    stem = word.removesuffix("s")
    return stem[:-1] if stem.endswith(("’", "'")) else word


def began(office: Office, day: datetime.date | None) -> bool:
    """Whether someone had an office before or on a day, be it over by then."""
    return day is None or office.start is None or office.start <= day


def is_active(entity: Entity, day: datetime.date | None) -> bool:
    """Whether a person has an office that has not ended: `President John` is no dead fighter of that last name."""
    return day is None or any(office.end is None or office.end >= day for office in entity.offices)
