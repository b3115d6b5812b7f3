"""`dateline explain`: why a document's events are what they are."""

from __future__ import annotations

import sys

import click

from pipeline.errors import DONE
from pipeline.parameters import store_option
from pipeline.terminal import shows_colours


@click.command("explain")
@click.argument("doc_id")
@store_option()
@click.option("--candidates", is_flag=True, help="Also what was turned down, and by what; reads the text again with the model of the run.")
@click.option("--html", metavar="FILE", help="Write one self-contained HTML page instead of text.")
def command(*, doc_id: str, store: str, candidates: bool, html: str | None) -> int:
    """Show a document with each event's trigger, actors, place, date and amount marked where the text says them, and why."""
    from pipeline import environment  # the command line comes up without DuckDB

    environment.prepare()
    from pipeline.explain import explain
    from pipeline.query import whole_file

    explained = explain(store, doc_id, candidates=candidates)
    if html is not None:
        from pipeline.explain_html import page

        with whole_file(html) as out:
            out.write(page(explained).encode("utf-8"))
        click.echo(html)
        return DONE
    from pipeline.explain_text import text

    click.echo("\n".join(text(explained, colour=shows_colours(sys.stdout))))
    return DONE
