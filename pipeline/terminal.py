"""What a terminal is shown that a pipe or a file is not."""

from __future__ import annotations

import os
from typing import TextIO


def shows_colours(stream: TextIO) -> bool:
    """Whether to write colours: on a terminal that knows them, unless `NO_COLOR` is set to anything (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def bold(text: str) -> str:
    """A text in bold."""
    return f"\x1b[1m{text}\x1b[0m"
