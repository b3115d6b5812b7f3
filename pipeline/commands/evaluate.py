"""`dateline evaluate`: how good extraction is, against gold annotation."""

from __future__ import annotations

import json

import click

from pipeline.errors import DONE


@click.command("evaluate")
@click.option("--gold", required=True, multiple=True, metavar="FILE…", help="Gold annotation, JSON Lines; more files may follow, or the option again.")
@click.argument("more", nargs=-1, metavar="[FILE]…")
@click.option("--store", metavar="DIR", help="Score the mentions of a store instead of extracting again.")
@click.option("--model", default="en_core_web_sm", show_default=True, metavar="NAME", help="An installed spaCy pipeline, or the path of one.")
@click.option("--no-gate", is_flag=True, help="Parse every sentence, not only those that hold a trigger's word.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(*, gold: tuple[str, ...], more: tuple[str, ...], store: str | None, model: str, no_gate: bool, as_json: bool) -> int:
    """Score extraction against gold annotation: mentions, roles, strict; fields, date, place and status; false mentions in quiet text."""
    from pipeline import environment  # the command line comes up without spaCy

    environment.prepare()
    from pipeline.evaluation.annotation import extracted, read_gold, stored
    from pipeline.evaluation.report import report
    from pipeline.evaluation.scores import score

    documents = read_gold([*gold, *more])
    result = score(documents, extracted(documents, model=model, gate=not no_gate) if store is None else stored(store))
    click.echo(json.dumps(result) if as_json else "\n".join(report(result)))
    return DONE
