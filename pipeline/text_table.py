"""Tables of text for a terminal, in which nothing that came from a document can steer the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

# Characters that turn the direction of writing, or have no width: with them a text can look like another one.
_INVISIBLE = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u061c")


def escaped(text: str) -> str:
    r"""A text in which control characters are written as escapes: a line break as `\n`, an escape character as `\x1b`."""
    if text.isprintable() and not _INVISIBLE.intersection(text):
        return text
    return "".join(each if (each.isprintable() or unicodedata.category(each) == "Zs") and each not in _INVISIBLE else _escape(each) for each in text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """The columns that a text takes on a terminal: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def shortened(text: str, limit: int) -> str:
    """A text that takes at most so many columns, cut with `…`."""
    if width(text) <= limit:
        return text
    kept, used = [], 0
    for each in text:
        used += width(each)
        if used > limit - 1:
            break
        kept.append(each)
    return "".join(kept) + "…"


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[bool] = (), limit: int | None = None) -> Iterator[str]:
    """A table in aligned columns, line by line.

    Args:
        header: Names of the columns.
        rows: Cells, one for each column.
        right: Which columns stand on the right; numbers do.
        limit: The columns that a cell may take; None for any.
    """
    sides = list(right) or [False] * len(header)
    cells = [[escaped(cell) if limit is None else shortened(escaped(cell), limit) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[index]) for row in cells) for index in range(len(header))]
    for number, row in enumerate(cells):
        padded = [_padded(cell, wanted, side) for cell, wanted, side in zip(row, widths, sides, strict=True)]
        yield "  ".join(padded).rstrip()
        if number == 0:
            yield "  ".join("─" * wanted for wanted in widths)


def _padded(cell: str, wanted: int, on_right: bool) -> str:
    blank = " " * (wanted - width(cell))
    return blank + cell if on_right else cell + blank
