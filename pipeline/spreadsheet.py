"""What a spreadsheet would make of a text, and how to keep it from that."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for a formula at the beginning of a cell (OWASP, CSV Injection)."""


def plain_cell(text: str) -> str:
    """A text as a cell of CSV that no spreadsheet runs: one that looks like a formula gets a leading apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
