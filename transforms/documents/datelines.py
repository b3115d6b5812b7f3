"""The date that a plain text states of itself: in a date line, in a dateline, or in the name of its file."""

from __future__ import annotations

import re

from transforms.documents.times import Publication, parse_time

_LINES_OF_HEAD = 6
_HEAD_CHARACTERS = 160
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
_DATE_LINE = re.compile(
    rf"(?P<label>(?:published|posted|updated|date|released)(?:\s+on)?\s*:?\s*)?(?:on\s+)?{_WEEKDAY}?"
    rf"(?P<date>{_DATE}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)(?:,?\s+(?:at\s+)?\d{{1,2}}[:.]\d{{2}}.{{0,20}})?",
    re.IGNORECASE,
)
# `OSLO, March 20, 2025 (Example) – Ministers …`, `Kyiv (20 March 2025) - The …`: a place, the date, then a dash or colon before the first sentence.
_DATELINE = re.compile(
    rf"(?P<place>[^\W\d][^\n\d()–—:;!?]{{1,60}}?)(?:\s*\([^)\n\d]{{1,40}}\))?(?P<joint>\s*,\s*|\s*\(|\s+){_WEEKDAY}?(?P<date>{_DATE})\)?,?"
    rf"\s*(?:\([^)\n]{{1,60}}\)|/[^/\n]{{1,40}}/)?\s*(?P<mark>[–—:]|--?)\s+[\"'“‘(\[]*(?P<sentence>[^\W_])",
    re.IGNORECASE,
)
_WORDS_OF_PLACE = 4
# Words in lower case that names of places hold: Rio de Janeiro, Newcastle upon Tyne.
_WITHIN_NAMES = frozenset(
    ("al", "am", "an", "and", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "en", "la", "le", "of", "on", "sur", "the", "upon")
)
# What stands before a date in a sentence (`Since March 20, 2025 – …`) or names the line; no place begins with one of them.
_NO_PLACE = frozenset(
    (
        *(
            "a",
            "about",
            "after",
            "an",
            "and",
            "around",
            "as",
            "at",
            "before",
            "between",
            "but",
            "by",
            "during",
            "early",
            "for",
            "from",
            "in",
            "late",
            "mid",
            "of",
            "on",
        ),
        *("only", "since", "that", "the", "these", "this", "through", "till", "to", "until", "when", "while"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("date", "dated", "published", "posted", "released", "updated"),
    )
)
_THE_HAGUE = re.compile(r"the hague\b", re.IGNORECASE)
_FILE_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_.]?)(0[1-9]|1[0-2])\2([0-2]\d|3[01])(?!\d)")


def is_date_line(line: str) -> bool:
    """Whether a line is a date with its year and nothing else but a label and a time: `Published: 20 March 2025, 14:30`."""
    return _DATE_LINE.fullmatch(line.strip()) is not None


def is_dateline(line: str) -> bool:
    """Whether a line begins with a dateline: a place, a date with its year, a dash or colon, and the beginning of a sentence."""
    return _dateline(line.strip()) is not None


def stated_date(text: str) -> Publication | None:
    """The date that the head of a plain text states.

    A dateline counts on the first line of the body alone, a bare date line before it, and one that says what it is (`Published: …`) anywhere among the first
    lines. Dates within sentences never count.

    Args:
        text: The text, without its title.

    Returns:
        The date; None where the head states none with its year.
    """
    in_body = False
    for line in [line.strip() for line in text[:3000].split("\n") if line.strip()][:_LINES_OF_HEAD]:
        stated = _DATE_LINE.fullmatch(line) if len(line) <= 100 else None
        if stated is not None and in_body and not (stated["label"] and line[0].isupper()):
            stated = None
        if stated is None and not in_body:
            stated = _dateline(line)
            in_body = stated is not None or not _is_head(line)
        if stated is not None:
            try:
                return parse_time(stated["date"])
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


def _dateline(line: str) -> re.Match[str] | None:
    found = _DATELINE.match(line)
    if found is None or found["sentence"].islower():
        return None
    place = found["place"].strip(" ,")
    in_capitals = place.split(",")[0].isupper()
    # Without capitals a place needs its comma or bracket; and `Oslo, 20 March 2025: …` is an entry of a chronology as well.
    if not in_capitals and (found["joint"].isspace() or found["mark"] == ":"):
        return None
    return found if _is_place(place) else None


def _is_place(place: str) -> bool:
    parts = [part.split() for part in place.split(",")]
    if len(parts) > 3 or not all(0 < len(words) <= _WORDS_OF_PLACE for words in parts):
        return False
    if parts[0][0].lower() in _NO_PLACE and _THE_HAGUE.match(place) is None:
        return False
    return all(words[0][0].isupper() and all(word[0].isupper() or word.startswith("-") or word in _WITHIN_NAMES for word in words) for words in parts)


def _is_head(line: str) -> bool:
    """Whether a line may stand before the body: a headline, a byline, the name of an agency."""
    return line.startswith("By ") or (len(line) <= _HEAD_CHARACTERS and not line.rstrip("\"'”’)").endswith((".", "!", "?", ",", ";", ":")))
