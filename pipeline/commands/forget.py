"""`dateline forget`: documents leave the store."""

from __future__ import annotations

import click

from pipeline.errors import DONE


@click.command("forget")
@click.argument("doc_ids", nargs=-1, required=True, metavar="DOC_ID…")
@click.option("--store", required=True, metavar="DIR", help="Folder or Beam filesystem URL of the store.")
def command(*, doc_ids: tuple[str, ...], store: str) -> int:
    """Remove documents and their events for good.

    Incidents are then as if the documents had never been read. The files of older versions, which still hold them, leave the disk with the first run or
    `dateline maintain` a day later; reading the same input again brings the documents back.
    """
    from pipeline import environment  # the command line comes up without DuckDB

    environment.prepare()
    from pipeline.upkeep import forget

    done = forget(store, doc_ids)
    click.echo(
        f"removed {done.documents:,} documents, {done.mentions:,} mentions, {done.rejects:,} rejects; older versions that hold them leave the disk with the "
        "first run or `dateline maintain` after 24 hours"
    )
    return DONE
