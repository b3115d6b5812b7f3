"""`dateline sql`: questions to a store in SQL."""

from __future__ import annotations

import sys

import click

from pipeline.errors import DONE, UsageError


@click.command("sql")
@click.argument("query", required=False)
@click.option("--store", required=True, metavar="DIR", help="Folder or Beam filesystem URL of the store.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "parquet", "arrow"]), default="table", show_default=True, help="How the result is written."
)
@click.option("--to", metavar="FILE", help="Write the result into a file.")
def command(*, query: str | None, store: str, form: str, to: str | None) -> int:
    """Run a SELECT over the views of a store; without a QUERY, read it from a pipe or ask for queries.

    `dateline schema` shows the views and their columns.
    """
    from pipeline.database import count_stale, open_store, stale_note  # the command line comes up without DuckDB
    from transforms.events.version import version

    if query is None and not sys.stdin.isatty():
        query = sys.stdin.read()
        if not query.strip():
            raise UsageError('no query is given: `dateline sql --store DIR "SELECT …"` would be right')
    with open_store(store) as connection:
        stale = count_stale(connection, version())
        if stale:
            click.echo(stale_note(stale, store), err=True)
        if query is None:
            from pipeline.prompt import prompt

            prompt(connection, form)
            return DONE
        from pipeline.asking import ask

        ask(connection, query, form, to)
    return DONE
