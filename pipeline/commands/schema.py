"""`dateline schema`: the columns of every table and view, with types and meanings."""

from __future__ import annotations

import json

import click

from pipeline.errors import DONE, UsageError


@click.command("schema")
@click.argument("table", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(*, table: str | None, as_json: bool) -> int:
    """Show the columns, types and meanings of the views, and of the tables that they read (as store.NAME)."""
    from pipeline.describe import relations  # noqa: PLC0415
    from pipeline.tables import text_table  # noqa: PLC0415

    found = relations()
    if table is not None and table not in found:
        raise UsageError(f"there is no view or table {table!r}; there are {', '.join(found)}")
    chosen = [found[table]] if table is not None else list(found.values())
    if as_json:
        click.echo(json.dumps([each.as_json() for each in chosen], ensure_ascii=False, indent=1))
        return DONE
    if table is None:
        click.echo("\n".join(text_table(["view", "one row"], [[each.name, each.meaning] for each in chosen])))
        click.echo("\n`dateline schema NAME` shows the columns of one.")
        return DONE
    click.echo(f"{chosen[0].name}: {chosen[0].meaning}\n")
    click.echo("\n".join(text_table(["column", "type", "meaning", "unit"], [[each.name, each.type, each.meaning, each.unit or ""] for each in chosen[0].columns])))
    return DONE
