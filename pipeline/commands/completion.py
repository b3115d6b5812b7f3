"""`dateline completion`: what makes a shell complete commands, options, examples and paths."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from pipeline.errors import DONE, UsageError

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def command(ctx: click.Context, *, shell: str) -> int:
    """Print what makes a shell complete dateline's commands.

    \b
    bash   eval "$(dateline completion bash)"                          in ~/.bashrc
    zsh    eval "$(dateline completion zsh)"                           in ~/.zshrc
    fish   dateline completion fish > ~/.config/fish/completions/dateline.fish
    """  # noqa: D301 - click needs the character itself
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"there is no completion for {shell}; {', '.join(_SHELLS)} would be right")
    click.echo(kind(ctx.find_root().command, {}, "dateline", "_DATELINE_COMPLETE").source())
    return DONE
