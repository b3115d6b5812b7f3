"""A prompt for SQL: history, completion, several lines, timing."""

from __future__ import annotations

import os
import pathlib
import re
import sys
import time

import click
import duckdb
from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from pipeline.asking import ask
from pipeline.catalog import views
from pipeline.completion import SqlCompleter
from pipeline.database import QueryNotAllowedError
from pipeline.describe import descriptions
from pipeline.dot_commands import Settings, arguments, reply
from pipeline.errors import RunFailedError, UsageError, one_line
from transforms.storage.errors import StoreError

_GREETING = "a SELECT ends with ; · Tab completes · .tables lists the views · .examples shows queries · .help the rest"
_QUIT = frozenset({"quit", "exit", "quit;", "exit;"})
# What a semicolon can stand in without ending the query.
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_OPEN = re.compile(r"['\"]|/\*")


def prompt(connection: duckdb.DuckDBPyConnection, form: str) -> None:
    """Asks for queries and answers them until the user leaves.

    Args:
        connection: Of `pipeline.database.open_store`.
        form: The format of the answers.
    """
    settings = Settings(form)
    session: PromptSession[str] = PromptSession(
        "dateline> ",
        history=_history(),
        completer=SqlCompleter(_columns, {each.name: each.meaning for each in views().values()}, arguments()),
        complete_while_typing=False,
        lexer=PygmentsLexer(SqlLexer),
        # Enter ends what is whole and begins a new line in what is not; the history keeps a query as one entry.
        multiline=Condition(lambda: not is_whole(get_app().current_buffer.text)),
        prompt_continuation="     ...> ",
    )
    click.echo(_GREETING)
    while True:
        try:
            text = session.prompt().strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if text.lower() in _QUIT:
            return
        if text and not _answer(connection, text, settings):
            return


def is_whole(text: str) -> bool:
    """Whether Enter ends the input: nothing, a line that begins with a point, or a query with a semicolon at its end that no string holds."""
    stripped = text.strip()
    if not stripped or stripped.startswith(".") or stripped.lower() in _QUIT:
        return True
    left = _QUOTED.sub("", stripped).rstrip()
    return left.endswith(";") and not _OPEN.search(left)


def _answer(connection: duckdb.DuckDBPyConnection, text: str, settings: Settings) -> bool:
    """Answers an input; returns whether to go on."""
    try:
        queries = [text]
        if text.startswith("."):
            answer = reply(text, settings)
            if answer.ends:
                return False
            click.echo(answer.text)
            queries = [answer.query] if answer.query is not None else []
        for query in queries:
            for each in _statements(query):
                started = time.monotonic()
                ask(connection, each, settings.form)
                sys.stdout.flush()
                if settings.timer:
                    click.echo(f"{time.monotonic() - started:.3f} s", err=True)
    except KeyboardInterrupt:
        connection.interrupt()
        click.echo("interrupted", err=True)
    except (UsageError, RunFailedError, QueryNotAllowedError, StoreError, OSError) as error:
        click.echo(one_line(error), err=True)
    return True


def _statements(text: str) -> list[str]:
    """The queries of an input; what is no SQL stays as it is, for the answer to say so."""
    try:
        return [each.query for each in duckdb.extract_statements(text)] or [text]
    except duckdb.ParserException:
        return [text]


def _columns() -> dict[str, dict[str, str]]:
    return {name: {each.name: each.meaning for each in descriptions()[name].columns if "[]." not in each.name} for name in views()}


def _history() -> History:
    folder = pathlib.Path(os.environ.get("XDG_STATE_HOME") or pathlib.Path.home() / ".local" / "state", "dateline")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(folder / "sql_history"))
