"""Patterns of words, compiled so that a search without regard to case is quick."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ANY_CASE = "(?i)"
# A sign that stands for itself; the capital of an escape or of a group's syntax (`\S`, `(?P<name>`) does not.
_SIGN = re.compile(r"\\.|\(\?P|(.)", re.DOTALL)


class Wording:
    """A regular expression over a text; one that begins with `(?i)` is looked for in lower case.

    `re` is several times as slow where it has to mind both cases.
    """

    def __init__(self, pattern: str) -> None:
        """Compiles a pattern.

        Raises:
            re.error: It is no regular expression.
        """
        self._any_case = pattern.startswith(_ANY_CASE)
        self._pattern = re.compile(_in_lower_case(pattern.removeprefix(_ANY_CASE)) if self._any_case else pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match; its words are in lower case where the pattern is for any case."""
        return self._pattern.search(_lower(text) if self._any_case else text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, none overlapping another."""
        return self._pattern.finditer(_lower(text) if self._any_case else text)


def _in_lower_case(pattern: str) -> str:
    return _SIGN.sub(lambda part: part[0].lower() if part[1] else part[0], pattern)


def _lower(text: str) -> str:
    """A text in lower case, every sign in its place: `İ` would become two."""
    found = text.lower()
    return found if len(found) == len(text) else "".join(sign.lower()[:1] for sign in text)
