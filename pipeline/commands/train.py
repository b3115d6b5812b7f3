"""`dateline train`: the learned parts, from annotation."""

from __future__ import annotations

import pathlib

import click

from pipeline.errors import DONE

_JUDGED = "tests/gold/judged"
_MODEL = "seeds/judge/model.tsv"


@click.command("train")
@click.option("--gold", multiple=True, required=True, metavar="FILE", help="Annotated documents, JSON Lines; may be given several times.")
@click.option("--corpus", multiple=True, metavar="FILE", help="Documents that the verdicts of the judged tables are about; may be given several times.")
@click.option("--judged", default=_JUDGED, show_default=True, metavar="DIR", help="The judged tables: sentences.tsv and verdicts.tsv.")
@click.option("--to", "target", default=_MODEL, show_default=True, metavar="FILE", help="Where the judge's weights are written.")
@click.option("--model", default="en_core_web_sm", show_default=True, metavar="NAME", help="An installed spaCy pipeline, or the path of one.")
@click.option("--folds", is_flag=True, help="Also measure on five folds of the gold, with and without the judge.")
def command(*, gold: tuple[str, ...], corpus: tuple[str, ...], judged: str, target: str, model: str, folds: bool) -> int:
    """Reproduce the judge: the weights by which a mention gets its confidence or is turned down."""
    from pipeline import environment  # the command line comes up without spaCy

    environment.prepare()
    from pipeline.query import whole_file
    from pipeline.training.training import learn

    learnt = learn(gold, corpus, pathlib.Path(judged), model=model, folds=folds)
    with whole_file(target) as out:
        out.write(learnt.file)
    click.echo("\n".join(learnt.report))
    click.echo(target)
    return DONE
