"""`dateline run`: documents in, events published in a store."""

from __future__ import annotations

import json
import re

import click

from pipeline.errors import DONE, UsageError
from pipeline.parameters import files, store_option

_DEFAULT_MODEL = "en_core_web_sm"


class Duration(click.ParamType):
    """A length of time on the command line: `30s`, `5m`, `1h`, or a number of seconds; the value is in seconds."""

    name = "time"

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """As click's."""
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", str(value))
        if found is None:
            self.fail(f"{value!r} is no length of time: 30s, 5m or 1h would be right", param, ctx)
        return float(found[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[found[2]]


@click.command("run", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="INPUT… [BEAM OPTIONS]", shell_complete=files)
@store_option(meaning="Folder or Beam filesystem URL of the store; made if there is none.")
@click.option("--workers", type=int, metavar="N", help="Worker processes on this machine.  [default: one a core; one for small input]")
@click.option("--published", metavar="DATE", help="When documents were published that state no date: 2025-03-20, or a time with offset.")
@click.option("--field", "fields", multiple=True, metavar="NAME=COLUMN", help="Which column or key of the input holds a document's field; may be repeated.")
@click.option("--id-prefix", default="", metavar="P", help="Set before every document's id, so that ids of two sources do not meet.")
@click.option("--model", default=_DEFAULT_MODEL, show_default=True, metavar="NAME", help="An installed spaCy pipeline, or the path of one.")
@click.option(
    "--refresh",
    is_flag=True,
    help="Extract again, from their stored text, the documents that another version, model or seeds have made; INPUT may then be left out.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; read no document and write nothing.")
@click.option("--watch", is_flag=True, help="Go on: read what arrives in the inputs, on a runner that streams, until Ctrl-C.  [runner: PrismRunner]")
@click.option("--every", type=Duration(), default="30s", show_default=True, metavar="TIME", help="With --watch: publish what has arrived, every 30s, 5m or 1h.")
@click.option(
    "--kafka", metavar="HOST:PORT", help="Watch a topic of this Kafka broker in place of inputs; each message is a JSON object with a document's fields."
)
@click.option("--topic", metavar="NAME", help="With --kafka: the topic.")
@click.option("--no-gate", is_flag=True, help="Parse every sentence, not only those that hold a trigger's word.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@click.option("--json", "as_json", is_flag=True, help="The summary as one line of JSON, the only one on standard output.")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How log lines are written to standard error.")
@click.option("--verbose", is_flag=True, help="Also what Beam and other libraries log.")
def command(
    *,
    arguments: tuple[str, ...],
    store: str,
    workers: int | None,
    published: str | None,
    fields: tuple[str, ...],
    id_prefix: str,
    model: str,
    refresh: bool,
    dry_run: bool,
    watch: bool,
    every: float,
    kafka: str | None,
    topic: str | None,
    no_gate: bool,
    quiet: bool,
    as_json: bool,
    log_format: str,
    verbose: bool,
) -> int:
    """Read documents, extract their events, publish them in a store.

    INPUT is a file, a folder, a glob or a Beam filesystem URL: plain text, JSON Lines, JSON, CSV, TSV, Parquet, HTML, WARC, RSS or Atom, also compressed.
    Every option of Beam is taken as well (--runner, --temp_location, …).
    """
    from pipeline import environment  # the command line comes up without Beam

    environment.prepare()
    environment.configure_logging(log_format=log_format, verbose=verbose, quiet=quiet)
    with environment.importing():
        from pipeline import plan as planning
        from pipeline.options import DatelineOptions, Topic, split_arguments

    if (kafka is None) != (topic is None):
        raise UsageError("--kafka HOST:PORT and --topic NAME belong together: both would be right")
    watch = watch or kafka is not None
    inputs, beam = split_arguments(arguments)
    options = DatelineOptions(
        inputs=inputs,
        store=store,
        workers=workers,
        published=published,
        fields=_fields(fields),
        id_prefix=id_prefix,
        model=model,
        refresh=refresh,
        gate=not no_gate,
        watch=watch,
        every=every,
        topic=None if kafka is None or topic is None else Topic(kafka, topic),
        beam=beam,
    )
    plan = planning.make_plan(options)
    if dry_run:
        click.echo(json.dumps(planning.as_json(plan)) if as_json else planning.describe(plan))
        return DONE
    from pipeline import run as running
    from pipeline import summary as summarising

    if watch:
        from pipeline.watching import watch as watching

        return watching(plan, quiet=quiet, verbose=verbose, as_json=as_json)
    done = running.run(plan, quiet=quiet, verbose=verbose, log=log_format == "json")
    if as_json:
        click.echo(json.dumps(summarising.as_json(done), ensure_ascii=False))
    elif not quiet:
        click.echo(summarising.as_text(done))
    return done.exit_status


def _fields(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for each in given:
        name, equals, column = each.partition("=")
        if not equals or not name:
            raise UsageError(f"--field {each}: NAME=COLUMN would be right, such as --field text=body")
        found[name] = column
    return found
