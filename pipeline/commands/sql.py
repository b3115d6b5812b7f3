"""`dateline sql`: questions to a store in SQL."""

from __future__ import annotations

import sys

import click
from click.shell_completion import CompletionItem

from pipeline.errors import DONE, UsageError
from pipeline.parameters import files, store_option


class _SqlCommand(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # A query that begins with a comment is no option.
        return super().parse_args(ctx, [f"\n{each}" if each.startswith(("-- ", "--\n")) else each for each in args])


def _example_names(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from pipeline.examples import examples

    return [CompletionItem(each.name, help=each.meaning) for each in examples().values() if each.name.startswith(incomplete)]


@click.command("sql", cls=_SqlCommand)
@click.argument("query", required=False)
@store_option(required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "line", "csv", "json", "parquet", "arrow"]),
    default="table",
    show_default=True,
    help="How the result is written.",
)
@click.option("--to", metavar="FILE", help="Write the result into a file.", shell_complete=files)
@click.option("--raw", is_flag=True, help="CSV text as it is, also where a spreadsheet would run it as a formula.")
@click.option("--example", metavar="NAME", help="Run a query by name, such as aid-by-donor.", shell_complete=_example_names)
@click.option("--examples", "list_examples", is_flag=True, help="List the queries that have a name, and what they answer.")
@click.pass_context
def command(ctx: click.Context, *, query: str | None, store: str | None, form: str, to: str | None, raw: bool, example: str | None, list_examples: bool) -> int:
    """Ask a store in SQL; without a QUERY, at a prompt or from a pipe.

    One SELECT over the views. `dateline schema` shows the views and their columns.
    """
    if list_examples:
        _list_examples()
        return DONE
    if store is None:
        raise click.MissingParameter(ctx=ctx, param=next(each for each in ctx.command.params if each.name == "store"))
    if example is not None:
        if query is not None:
            raise UsageError(f"--example {example} is a query already: leave out the other one")
        from pipeline.examples import example as named

        query = named(example).sql
    elif query is None and not sys.stdin.isatty():
        query = sys.stdin.read()
        if not query.strip():
            raise UsageError('no query is given: `dateline sql --store DIR "SELECT …"` would be right')
    from pipeline.environment import importing

    with importing():
        from pipeline.database import count_stale, open_store, stale_note  # the command line comes up without DuckDB
        from transforms.events.version import version

    with open_store(store) as connection:
        stale = count_stale(connection, version())
        if stale:
            click.echo(stale_note(stale, store), err=True)
        if query is None:
            from pipeline.prompt import prompt

            prompt(connection, form)
            return DONE
        from pipeline.asking import ask

        ask(connection, query, form, to, raw=raw)
    return DONE


def _list_examples() -> None:
    from pipeline.examples import examples
    from pipeline.text_table import text_table

    rows = [[each.name, each.meaning] for each in examples().values()]
    click.echo("\n".join(text_table(["example", "answers"], rows)))
