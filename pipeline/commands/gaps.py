"""`dateline gaps`: what frames and reference tables do not know."""

from __future__ import annotations

import json

import click

from pipeline.errors import DONE


@click.command("gaps")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many of each kind are shown, the most frequent first.")
@click.option("--model", default="en_core_web_sm", show_default=True, metavar="NAME", help="An installed spaCy pipeline, or the path of one.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(*, files: tuple[str, ...], limit: int, model: str, as_json: bool) -> int:
    """List what is not known in some texts: parties of events that no table has, and verbs between known parties that no frame has."""
    from pipeline import environment  # the command line comes up without spaCy

    environment.prepare()
    from pipeline.gaps import find_gaps, lines

    found = find_gaps(files, model=model, limit=limit)
    click.echo(json.dumps([gap._asdict() for gap in found], ensure_ascii=False) if as_json else "\n".join(lines(found)))
    return DONE
