"""`dateline maintain`: few files in place of many, and no versions that nobody reads any more."""

from __future__ import annotations

import datetime

import click

from pipeline.errors import DONE


@click.command("maintain")
@click.option("--store", required=True, metavar="DIR", help="Folder or Beam filesystem URL of the store.")
@click.option(
    "--keep", type=click.IntRange(min=24), default=24, show_default=True, metavar="HOURS", help="For how long versions stay that are no more the newest."
)
def command(*, store: str, keep: int) -> int:
    """Merge a month's many small files into files of about 128 MB, and delete versions that are older than --keep.

    The store says the same as before. Who reads an older version goes on reading it for at least a day.
    """
    from pipeline import environment  # the command line comes up without DuckDB

    environment.prepare()
    from pipeline.upkeep import maintain

    done = maintain(store, datetime.timedelta(hours=keep))
    click.echo(f"merged {done.merged:,} files into {done.written:,}; deleted {done.dropped:,} files of old versions")
    return DONE
