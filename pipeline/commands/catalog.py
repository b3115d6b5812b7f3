"""`dateline catalog`: the database file over a store, and what broken-off runs have left behind."""

from __future__ import annotations

import click

from pipeline.errors import DONE, SOME_FAILED, UsageError
from pipeline.parameters import store_option


@click.command("catalog")
@store_option()
@click.option("--to", metavar="FILE", help="Write the database there instead of into the store.")
@click.option("--check", is_flag=True, help="Only list leftovers of runs that were broken off; exit 1 if there are any.")
@click.option("--repair", is_flag=True, help="Delete leftovers of runs that were broken off, then write the database.")
def command(*, store: str, to: str | None, check: bool, repair: bool) -> int:
    """Write events.duckdb, the views over a store for DuckDB and what reads it.

    Needed after a store was moved or copied, because its views name absolute paths; dateline's own commands never read the file.
    """
    from pipeline.catalog import write_catalog
    from transforms.storage.files import open_files
    from transforms.storage.lock import locked
    from transforms.storage.manifest import current
    from transforms.storage.retention import find_leftovers, remove_leftovers

    if check and (repair or to is not None):
        raise UsageError("--check only looks: leave out --repair and --to, or leave out --check")
    files = open_files(store)
    current(files)
    if check:
        with locked(store):
            found = find_leftovers(files)
        for path in found:
            click.echo(path)
        click.echo(f"{len(found)} leftovers" + ("; `dateline catalog --repair` deletes them" if found else ""), err=True)
        return SOME_FAILED if found else DONE
    if repair:
        with locked(store):
            removed = remove_leftovers(files)
        click.echo(f"deleted {len(removed)} leftovers", err=True)
    click.echo(write_catalog(store, to))
    return DONE
