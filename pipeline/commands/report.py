"""`dateline report`: one page of charts and tables to open in a browser."""

from __future__ import annotations

import click

from pipeline.errors import DONE


@click.command("report")
@click.option("--store", required=True, metavar="DIR", help="Folder or Beam filesystem URL of the store.")
@click.option("--to", required=True, metavar="FILE.html", help="The page to write; an older one is replaced.")
@click.option("--title", metavar="TEXT", help="The page's heading.")
@click.option(
    "--mentions", type=click.IntRange(min=0), metavar="N", help="Sentences to put into the page at most, those of the latest events; 150,000 by default."
)
def command(*, store: str, to: str, title: str | None, mentions: int | None) -> int:
    """Write one self-contained HTML page: figures, timeline, map, who acts on whom, aid, actors, and every incident with its sentences.

    It is readable without a network, asks nothing of anyone, and says what was left out to keep it quick.
    """
    from pipeline import environment  # the command line comes up without DuckDB

    environment.prepare()
    from pipeline.query import whole_file
    from pipeline.report.page import MENTIONS, report

    with whole_file(to) as out:
        made = report(store, title=title, mentions=MENTIONS if mentions is None else mentions)
        out.write(made.page.encode("utf-8"))
    click.echo(f"{to}: {made.incidents:,} incidents, {made.mentions:,} mentions")
    if made.incidents_left_out or made.mentions_left_out:
        click.echo(f"left out: {made.incidents_left_out:,} incidents, {made.mentions_left_out:,} mentions; the page says which", err=True)
    return DONE
