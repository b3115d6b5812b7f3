"""`dateline export`: flat files for spreadsheets and BI tools."""

from __future__ import annotations

import pathlib

import click

from pipeline.errors import DONE, UsageError
from pipeline.parameters import store_option


@click.command("export")
@store_option()
@click.option("--to", required=True, metavar="DIR", help="Folder for the files; made if there is none.")
@click.option("--format", "formats", default="parquet", show_default=True, metavar="parquet,csv", help="Format of the files, or both with a comma between.")
@click.option("--raw", is_flag=True, help="CSV text as it is, also where a spreadsheet would run it as a formula.")
@click.option("--partitioned", is_flag=True, help="Facts as folders with one folder a month, as Hive names them; for Parquet.")
def command(*, store: str, to: str, formats: str, raw: bool, partitioned: bool) -> int:
    """Write one star schema: facts of mentions and incidents, who took part, and the dimensions actor, place, date and document.

    No column holds a list or a record, and every key of a fact is in its dimension. schema.yml says what each column means, in the form of dbt.

    A folder holds one export: files of the one before are replaced, those that this one does not have are deleted. Other files in it are left alone.
    """
    from pipeline.export import FORMATS, export  # the command line comes up without DuckDB

    wanted = tuple(dict.fromkeys(each.strip() for each in formats.split(",")))
    wrong = [each for each in wanted if each not in FORMATS]
    if wrong:
        raise UsageError(f"--format {formats}: {wrong[0]!r} is no format of export; {' or '.join(FORMATS)} would be right")
    if partitioned and wanted != ("parquet",):
        raise UsageError(f"--partitioned goes with --format parquet alone, not {formats}")
    if pathlib.Path(to).exists() and not pathlib.Path(to).is_dir():
        raise UsageError(f"--to {to} is a file; a folder would be right")
    made = export(store, to, wanted, raw=raw, partitioned=partitioned)
    for name, rows in made.rows.items():
        click.echo(f"{name}: {rows:,} rows")
    if made.removed:
        many = f"{len(made.removed)} files" if len(made.removed) > 1 else "1 file"
        click.echo(f"deleted {many} of the export before, which this one does not have: {made.removed[0]}{', …' if len(made.removed) > 1 else ''}", err=True)
    return DONE
