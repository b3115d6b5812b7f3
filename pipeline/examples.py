"""Named example queries: `schemas/queries/<name>.sql`, each a comment that says what it answers, and a SELECT."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import importlib.resources

from pipeline.errors import UsageError


@dataclasses.dataclass(frozen=True)
class Example:
    """A query to begin with.

    Attributes:
        name: What `--example` takes.
        meaning: What it answers.
        sql: The query.
    """

    name: str
    meaning: str
    sql: str


@functools.cache
def examples() -> dict[str, Example]:
    """All examples, by name."""
    found = {}
    for file in sorted((importlib.resources.files("schemas") / "queries").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".sql"):
            name = file.name.removesuffix(".sql")
            lines = file.read_text(encoding="utf-8").strip().split("\n")
            comments = [line.removeprefix("-- ") for line in lines if line.startswith("-- ")]
            found[name] = Example(name, " ".join(comments), "\n".join(lines[len(comments) :]))
    return found


def example(name: str) -> Example:
    """The example of a name.

    Raises:
        UsageError: There is none; the message names the nearest.
    """
    if name in examples():
        return examples()[name]
    near = difflib.get_close_matches(name, examples(), n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(examples())}"
    raise UsageError(f"there is no example {name!r}; {hint}")
