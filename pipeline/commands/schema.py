"""`dateline schema`: the columns of every table and view, with types and meanings."""

from __future__ import annotations

import json

import click

from pipeline.errors import DONE, UsageError


@click.command("schema")
@click.argument("table", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(*, table: str | None, as_json: bool) -> int:
    """Show the columns, types and meanings of every view and table, or of one.

    Views are what the contract promises; the tables that they read are named store.NAME.
    """
    from pipeline.describe import descriptions
    from pipeline.text_table import text_table

    found = descriptions()
    if table is not None and table not in found:
        raise UsageError(f"there is no view or table {table!r}; there are {', '.join(found)}")
    chosen = list(found.values()) if table is None else [found[table]]
    if as_json:
        click.echo(json.dumps([each.as_json() for each in chosen], ensure_ascii=False))
        return DONE
    for each in chosen:
        click.echo(f"{each.name}: {each.meaning}\n")
        rows = [[column.name, column.type, column.meaning + (f" [{column.unit}]" if column.unit else "")] for column in each.columns]
        click.echo("\n".join(text_table(["column", "type", "meaning"], rows)) + "\n")
    return DONE
