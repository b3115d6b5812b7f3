"""The program `dateline`: its commands, and the exit status that each failure has."""

from __future__ import annotations

import importlib
import os
import sys
import threading
import traceback
from collections.abc import Sequence

import click

from pipeline.errors import DONE, FAILED, INTERRUPTED, WRONG_USAGE, RunFailedError, UsageError, one_line

_COMMANDS = ("run", "sql", "export", "report", "explain", "evaluate", "train", "gaps", "schema", "catalog", "verify", "maintain", "forget", "completion")
# Errors of libraries that are imported late are told by name: importing their modules here would slow every command down.
_USAGE_ERRORS = frozenset(
    {"NoMatchingInputError", "StorePathError", "NotAStoreError", "NewerStoreError", "QueryNotAllowedError", "ModelMissingError", "ModelNotFoundError"}
)
_STORE_ERRORS = frozenset({"StoreError"})
_PIPELINE_THREAD = "dateline-pipeline"


class _Commands(click.Group):
    """The commands by name, each in a module of its own that is imported when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"pipeline.commands.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever read the output has had enough (`| head`): nothing is wrong, and nothing more can be said.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from importlib import metadata  # half the time that the help takes to come up

    try:
        version = metadata.version("dateline")
    except metadata.PackageNotFoundError:
        version = "not installed"
    click.echo(f"dateline, version {version}")
    ctx.exit()


_HELP = """Who met whom, who struck what, who gave or refused what to whom: events from news, in SQL.

\b
dateline run news/ --store S       reads documents and publishes their events
dateline sql --store S "SELECT …"  asks for them
"""


@click.group(cls=_Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show the version and exit.")
def dateline() -> None:
    """The commands."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program.

    Args:
        arguments: The command line without the program's name; None for that of the process.

    Returns:
        The exit status: 0 done, 1 some input failed, 2 wrong usage, 3 failed, 130 interrupted.
    """
    status = _status(arguments)
    if arguments is None and any(thread.name == _PIPELINE_THREAD for thread in threading.enumerate()):
        # A pipeline that was given up on still runs; waiting for its threads would be waiting for ever.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def _status(arguments: Sequence[str] | None) -> int:
    try:
        result = dateline.main(args=None if arguments is None else list(arguments), prog_name="dateline", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_USAGE
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx is not None else "dateline"
        return _fail(f"{one_line(RuntimeError(error.format_message()))} (`{path} --help` shows how)", WRONG_USAGE)
    except click.ClickException as error:
        return _fail(error.format_message(), WRONG_USAGE)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted; what was not published yet is not in the store, and the same command goes on", INTERRUPTED)
    except (UsageError, RunFailedError) as error:
        return _fail(one_line(error), WRONG_USAGE if isinstance(error, UsageError) else FAILED)
    except OSError as error:
        return _fail(one_line(error), FAILED)
    except Exception as error:  # noqa: BLE001 - the last place to give a failure its exit status
        kinds = {each.__name__ for each in type(error).__mro__}
        if kinds & _USAGE_ERRORS:
            return _fail(one_line(error), WRONG_USAGE)
        if kinds & _STORE_ERRORS:
            return _fail(one_line(error), FAILED)
        traceback.print_exc()
        return _fail("this should not have happened: please report it with the lines above", FAILED)
    return result if isinstance(result, int) else DONE


def _fail(message: str, status: int) -> int:
    click.echo(f"dateline: {message}", err=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
