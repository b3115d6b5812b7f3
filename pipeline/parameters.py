"""Options that several commands take, and how a shell completes what is typed for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem


def folders(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Has the shell complete folders."""
    return [CompletionItem(incomplete, type="dir")]


def files(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Has the shell complete files."""
    return [CompletionItem(incomplete, type="file")]


def store_option(*, required: bool = True, meaning: str = "Folder or Beam filesystem URL of the store.") -> Callable[[Any], Any]:
    """The option `--store`."""
    return click.option("--store", required=required, metavar="DIR", help=meaning, shell_complete=folders)
