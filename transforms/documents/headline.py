"""The headline of a plain text: a first line that is a headline, and not the first line of a paragraph that is wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.documents.datelines import is_date_line, is_dateline
from transforms.language.words import word_set

_CHARACTERS = 160
_WORDS = 28
# Text is hardly ever wrapped to fewer characters than these: a shorter line ends where its writer ended it.
_NARROWEST_WRAP = 45
_QUOTES = "\"'”’“‘()[]"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Closed classes: with a capital they begin a sentence, and no headline ends with one.
_DETERMINERS, _JOINTS, _PREPOSITIONS = (word_set("headlines", name) for name in ("determiners", "joints", "prepositions"))
_OPENERS = _DETERMINERS | _JOINTS | _PREPOSITIONS | word_set("headlines", "pronouns")
_OPEN_ENDS = (_DETERMINERS | _JOINTS | _PREPOSITIONS | word_set("headlines", "auxiliaries")) - word_set("headlines", "ends")


def headline_and_body(text: str) -> tuple[str | None, str]:
    """Takes the headline off a text.

    The first line is the headline where it looks like one and a blank line follows, or where the next line clearly begins anew: the line ends where nothing
    made it end, or ends short, or is in title case, or the next line is a date line or dateline or begins with a word that begins sentences. A line that was
    wrapped stays in the body: better no title than a text without its beginning.

    Args:
        text: The text, beginning with its first line.

    Returns:
        The headline, None where there is none, and the text that follows it, from its first word on.
    """
    first, _, rest = text.partition("\n")
    if not rest.strip() or not looks_like_headline(first):
        return None, text
    block = rest.split("\n\n", 1)[0].split("\n")
    if block[0].strip() and _goes_on(first.strip(), [line.rstrip() for line in block if line.strip()]):
        return None, text
    return first.strip(), rest.lstrip()


def looks_like_headline(line: str) -> bool:
    """Whether a line by itself may be a headline: short, without a closing full stop, and no date line or dateline."""
    line = line.strip()
    return (
        0 < len(line) <= _CHARACTERS
        and len(line.split()) <= _WORDS
        and not line.rstrip("\"'”’)").endswith((".", ",", ";", ":"))
        and any(character.isalpha() for character in line)
        and not is_date_line(line)
        and not is_dateline(line)
    )


def _goes_on(line: str, following: Sequence[str]) -> bool:
    """Whether the sentence of a line goes on in the lines that follow it without a blank line."""
    start = following[0].lstrip(" \t" + _QUOTES)
    if not start or start[0].islower():
        return True
    if line.rstrip(_QUOTES).endswith(("?", "!")):
        return False
    words = _WORD.findall(line)
    opener = _WORD.match(start)
    if words and words[-1] in _OPEN_ENDS:
        return True
    if is_date_line(following[0]) or is_dateline(following[0]) or (opener is not None and opener[0].lower() in _OPENERS):
        return False
    if len(line) + 1 + len(following[0].split(maxsplit=1)[0]) <= _width(following):
        return False  # the next word had its place on this line: it was not wrapped
    return len(line) >= _NARROWEST_WRAP and not _in_title_case(words)


def _width(lines: Sequence[str]) -> int:
    """The width that lines may be wrapped to; where there are several, one of them (a long link) may stand out."""
    longest = sorted(map(len, lines), reverse=True)
    return longest[1] if len(longest) > 3 else longest[0]


def _in_title_case(words: Sequence[str]) -> bool:
    long = [word for word in words if len(word) > 3]
    return len(long) > 3 and sum(word[0].isupper() for word in long) > 0.8 * len(long)
