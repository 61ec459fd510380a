"""The program's own command: it finds the others and says kindly when there is no such one."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import click

from imago_tui import NAME, __version__
from imago_tui.commands import COMMANDS
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.loading import loading
from imago_tui.nearest import nearest
from imago_tui.words import words


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's own name  click's signature
        """Names in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's own name
        """The command called `cmd_name`, its module freshly imported, or None."""
        if cmd_name not in COMMANDS:
            return None
        with loading():
            found = importlib.import_module(COMMANDS[cmd_name]).command
        if not isinstance(found, click.Command):
            raise TypeError(cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown name is answered with the nearest good one."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            close = nearest(args[0], COMMANDS)
            hint = words("cli.did_you_mean", name=f"{NAME} {close}") if close else ""
            message = words("cli.no_such_command", name=args[0])
            raise ImagoError(message, hint or words("cli.see_help"), 2)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their lines, without importing any of them."""
        rows = [(name, words(f"cli.commands.{name}")) for name in self.list_commands(ctx)]
        with formatter.section(words("cli.commands_title")):
            formatter.write_dl(rows)


def build() -> LazyGroup:
    """The whole command line."""

    def start(*, plain: bool, files: tuple[Path, ...]) -> int:
        """Without a command: home, where somebody is there to see it."""
        context = click.get_current_context()
        if context.invoked_subcommand is not None:
            if plain or files:
                raise ImagoError(words("cli.before"), words("cli.before_hint"), WRONG_USE)
            return 0
        from imago_tui.commands import home

        if not plain and not home.somebody_is_here():
            click.echo(context.get_help())
            return 0
        return home.open_home(files, plain=plain)

    group = LazyGroup(
        NAME,
        callback=start,
        params=[
            click.Option(["--plain"], is_flag=True, help=words("plain.options.plain")),
            click.Option(
                ["--passphrase-file", "files"],
                type=click.Path(path_type=Path),
                multiple=True,
                metavar="FILE",
                help=words("plain.options.passphrase_file"),
            ),
        ],
        invoke_without_command=True,
        help=words("cli.help"),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    version = words("cli.version_help")
    return click.version_option(__version__, message="%(prog)s %(version)s", help=version)(group)


def run(arguments: list[str]) -> int:
    """Run the command that `arguments` name.

    Returns:
        Its exit status: what the command returned when that is a number, otherwise 0.

    Raises:
        ImagoError: wrong use (status 2), or what the command met.
        KeyboardInterrupt: it was broken off.
    """
    try:
        # Not click's main(): that one prints errors in its own words and turns a closed pipe and
        # Ctrl+C into statuses of its own.
        with build().make_context(NAME, list(arguments)) as context:
            result: Any = context.command.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as mishap:
        raise in_our_words(mishap) from None
    return result if type(result) is int else 0


def in_our_words(mishap: click.ClickException) -> ImagoError:
    """What click found amiss in the command line, as we say it."""
    context = getattr(mishap, "ctx", None)
    path = context.command_path if context is not None else NAME
    hint = words("cli.see_help_of", command=path)
    if isinstance(mishap, click.NoSuchOption):
        close = nearest(mishap.option_name, mishap.possibilities or [])
        if close:
            hint = words("cli.did_you_mean", name=close)
        message = words("cli.no_such_option", name=mishap.option_name)
    elif isinstance(mishap, click.MissingParameter):
        kind = mishap.param.human_readable_name if mishap.param is not None else ""
        message = words("cli.missing", name=kind)
    elif isinstance(mishap, click.BadParameter):
        told = mishap.param.human_readable_name if mishap.param is not None else ""
        message = words("cli.bad_value", name=told, what=mishap.message)
    else:
        message = words("cli.other", what=mishap.format_message())
    return ImagoError(message, hint, 2)
