"""A prompt for SQL, with history and completion."""

from __future__ import annotations

import os
import pathlib
import sys

import click
import duckdb
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from pipeline.asking import ask
from pipeline.catalog import views
from pipeline.database import QueryNotAllowedError
from pipeline.describe import descriptions
from pipeline.errors import RunFailedError, UsageError, one_line
from pipeline.text_table import text_table

_HELP = "a SELECT ends with ; · .tables lists the views · .schema VIEW shows its columns · .quit or Ctrl-D ends"
_QUIT = frozenset({".quit", ".exit", "quit", "exit", "quit;", "exit;", ".q"})


def prompt(connection: duckdb.DuckDBPyConnection, form: str) -> None:
    """Asks for queries and answers them until the user leaves.

    Args:
        connection: Of `pipeline.database.open_store`.
        form: The format of the answers.
    """
    words = WordCompleter(sorted({*views(), *(column.name for name in views() for column in descriptions()[name].columns), ".tables", ".schema", ".quit"}))
    session: PromptSession[str] = PromptSession(history=_history(), completer=words, complete_while_typing=False)
    click.echo(_HELP)
    query = ""
    while True:
        try:
            line = session.prompt("dateline> " if not query else "     ...> ")
        except KeyboardInterrupt:
            query = ""
            continue
        except EOFError:
            return
        if not query and line.strip().lower() in _QUIT:
            return
        if not query and line.strip().startswith("."):
            click.echo(meta(line.strip()))
            continue
        query = f"{query}\n{line}".strip()
        if query.endswith(";"):
            _answer(connection, query, form)
            query = ""


def meta(line: str) -> str:
    """The answer to a line that begins with a point."""
    name, _, rest = line.partition(" ")
    view = rest.strip().rstrip(";")
    if name == ".tables":
        return "\n".join(text_table(["view", "one row"], [[each.name, each.meaning] for each in views().values()]))
    if name == ".schema" and view in descriptions():
        return "\n".join(text_table(["column", "type", "meaning"], [[each.name, each.type, each.meaning] for each in descriptions()[view].columns]))
    if name == ".schema":
        return f"there is no view {view!r}; there are {', '.join(views())}" if view else f".schema VIEW, with one of {', '.join(views())}"
    return _HELP


def _answer(connection: duckdb.DuckDBPyConnection, query: str, form: str) -> None:
    try:
        ask(connection, query, form)
    except KeyboardInterrupt:
        connection.interrupt()
        click.echo("interrupted", err=True)
    except (UsageError, RunFailedError, QueryNotAllowedError, OSError) as error:
        click.echo(one_line(error), err=True)
    sys.stdout.flush()


def _history() -> History:
    folder = pathlib.Path(os.environ.get("XDG_STATE_HOME") or pathlib.Path.home() / ".local" / "state", "dateline")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(folder / "sql_history"))
