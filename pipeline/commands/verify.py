"""`dateline verify`: whether a store is whole, and digests that tell whether two are equal."""

from __future__ import annotations

import dataclasses
import json

import click

from pipeline.errors import DONE, FAILED
from pipeline.parameters import store_option


@click.command("verify")
@store_option()
@click.option("--digest", is_flag=True, help="Print one digest a table instead: equal stores have equal ones.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(*, store: str, digest: bool, as_json: bool) -> int:
    """Check a store: checksums of its files, counts, keys between tables, offsets against texts.

    Each fault is a line; the exit status is 3 where there is one. With --digest, lines of a table and its digest; runs and incident_aliases have none, and
    the columns run_id and seen_at do not count, because they tell of the way to a store and not of what is in it.
    """
    from pipeline.digests import digests  # the command line comes up without DuckDB
    from pipeline.verify import verify

    if digest:
        found = digests(store)
        click.echo(json.dumps({each.table: each.digest for each in found}) if as_json else "\n".join(f"{each.table} {each.digest}" for each in found))
        return DONE
    report = verify(store)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report)))
    else:
        for fault in report.faults:
            click.echo(fault)
        outcome = "all is well" if not report.faults else f"{len(report.faults)} checks failed; restore the store from a copy or read its documents again"
        click.echo(f"version {report.version}: {report.files:,} files, {sum(report.rows.values()):,} rows: {outcome}", err=bool(report.faults))
    return FAILED if report.faults else DONE
