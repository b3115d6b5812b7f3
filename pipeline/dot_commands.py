"""The lines at the prompt that begin with a point: what is there, and how answers are shown."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Mapping

from pipeline.catalog import views
from pipeline.describe import descriptions
from pipeline.errors import UsageError
from pipeline.examples import example, examples
from pipeline.text_table import text_table

PROMPT_FORMATS = ("table", "line", "csv", "json")
"""The formats that a terminal can show."""

_HELP = {
    ".tables": "the views, and what one row is",
    ".schema VIEW": "the columns of a view, their types and meanings",
    ".examples": "queries to begin with",
    ".example NAME": "show one of them and run it",
    ".mode FORMAT": f"how answers are shown: {', '.join(PROMPT_FORMATS)}",
    ".timer on|off": "whether the time of a query is shown",
    ".help": "these lines",
    ".quit": "leave; so does Ctrl-D",
}
_SWITCH = {"on": True, "off": False}


@dataclasses.dataclass
class Settings:
    """How the prompt answers."""

    form: str
    timer: bool = True


@dataclasses.dataclass(frozen=True)
class Reply:
    """What a line comes to: something to show, a query to run, or the end."""

    text: str = ""
    query: str | None = None
    ends: bool = False


def arguments() -> Mapping[str, Iterable[str]]:
    """Command -> the arguments that it can take, for completion."""
    found: dict[str, Iterable[str]] = {name.split(" ", 1)[0]: () for name in _HELP}
    return found | {".schema": tuple(views()), ".example": tuple(examples()), ".mode": PROMPT_FORMATS, ".timer": tuple(_SWITCH)}


def reply(line: str, settings: Settings) -> Reply:
    """Answers a line that begins with a point.

    Args:
        line: The line.
        settings: Changed by `.mode` and `.timer`.

    Raises:
        UsageError: There is no such command or argument; the message says what would be right.
    """
    name, _, rest = line.strip().rstrip(";").partition(" ")
    argument = rest.strip()
    if name in (".quit", ".exit", ".q"):
        return Reply(ends=True)
    if name == ".tables":
        return Reply(_table(["view", "one row, or what it adds up"], [[each.name, each.meaning] for each in views().values()]))
    if name == ".schema":
        return Reply(_schema(argument))
    if name == ".examples":
        return Reply(_table(["example", "answers"], [[each.name, each.meaning] for each in examples().values()]))
    if name == ".example":
        chosen = example(argument)
        return Reply(chosen.sql, chosen.sql)
    if name == ".mode":
        settings.form = _choice(".mode", argument, PROMPT_FORMATS, settings.form)
        return Reply(f"answers are shown as {settings.form}")
    if name == ".timer":
        settings.timer = _SWITCH[_choice(".timer", argument, tuple(_SWITCH), "on" if settings.timer else "off")]
        return Reply(f"timer {'on' if settings.timer else 'off'}")
    if name == ".help":
        return Reply(_table(["", ""], [[each, meaning] for each, meaning in _HELP.items()]).split("\n", 2)[2])
    near = difflib.get_close_matches(name, arguments(), n=1)
    raise UsageError(f"there is no {name}; " + (f"did you mean {near[0]}?" if near else ".help lists what there is"))


def _schema(view: str) -> str:
    if view not in descriptions():
        near = difflib.get_close_matches(view, descriptions(), n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(views())}"
        raise UsageError(f"there is no view {view!r}; {hint}" if view else f".schema VIEW, with one of {', '.join(views())}")
    described = descriptions()[view]
    rows = [[each.name, each.type, each.meaning + (f" [{each.unit}]" if each.unit else "")] for each in described.columns]
    return f"{described.meaning}\n\n{_table(['column', 'type', 'meaning'], rows)}"


def _choice(command: str, argument: str, choices: tuple[str, ...], now: str) -> str:
    if not argument:
        return now
    if argument not in choices:
        raise UsageError(f"{command} {argument}: {' or '.join(choices)} would be right")
    return argument


def _table(header: list[str], rows: list[list[str]]) -> str:
    return "\n".join(text_table(header, rows))
