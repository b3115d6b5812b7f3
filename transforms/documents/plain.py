"""Plain text: headline and body, and dates that stand in a date line, a dateline or a file name."""

from __future__ import annotations

import re

from transforms.documents.records import RawRecord, clean
from transforms.documents.times import Publication, parse_time

_HEADLINE_CHARACTERS = 160
_HEADLINE_WORDS = 28
_LINES_OF_HEAD = 6
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
_DATE_LINE = re.compile(
    r"(?:(?:published|posted|updated|date|released)(?:\s+on)?\s*:?\s*)?(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?P<date>{_DATE}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)(?:,?\s+(?:at\s+)?\d{{1,2}}[:.]\d{{2}}.{{0,20}})?",
    re.IGNORECASE,
)
# `OSLO, March 20, 2025 (Example) – …`, `Kyiv (20 March 2025) - …`: place, date, then a dash or colon before the first sentence.
_DATELINE = re.compile(rf"[A-ZÀ-ÖØ-Þ][^\n.!?:–—]{{1,60}}?[,(]?\s*\(?(?P<date>{_DATE})\)?,?\s*(?:\([^)\n]{{1,60}}\))?\s*(?:[–—:]|--?)\s")
_FILE_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_.]?)(0[1-9]|1[0-2])\2([0-2]\d|3[01])(?!\d)")


def looks_like_headline(line: str) -> bool:
    """Whether a first line is a headline: short, without a closing full stop, and no date line or dateline."""
    line = line.strip()
    return (
        0 < len(line) <= _HEADLINE_CHARACTERS
        and len(line.split()) <= _HEADLINE_WORDS
        and not line.rstrip("\"'”’)").endswith((".", ",", ";", ":"))
        and any(character.isalpha() for character in line)
        and _DATE_LINE.fullmatch(line) is None
        and _DATELINE.match(line) is None
    )


def read_plain(text: str) -> RawRecord:
    """A text file as a record: a first line that looks like a headline and is followed by more is the title, the text what follows from its first word on."""
    body = clean(text).lstrip()
    first, _, rest = body.partition("\n")
    if rest.strip() and looks_like_headline(first):
        return RawRecord(None, {"title": first.strip(), "text": rest.lstrip()})
    return RawRecord(None, {"text": body})


def stated_date(text: str) -> Publication | None:
    """The date of a date line or dateline, with its year, among the first lines of a text; None where there is none."""
    lines = [line.strip() for line in text[:3000].split("\n") if line.strip()][:_LINES_OF_HEAD]
    for line in lines:
        found = (_DATE_LINE.fullmatch(line) if len(line) <= 100 else None) or _DATELINE.match(line)
        if found:
            try:
                return parse_time(found["date"])
            except ValueError:
                continue
    return None


def file_name_date(path: str) -> Publication | None:
    """The date in a file's name, `2025-03-20-talks.txt`, `talks_20250320.txt`; None where there is none. Folders do not count."""
    name = re.split(r"[/\\]", path)[-1]
    for found in _FILE_NAME_DATE.finditer(name):
        try:
            return parse_time(f"{found[1]}-{found[3]}-{found[4]}")
        except ValueError:
            continue
    return None
