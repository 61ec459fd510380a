"""A command with commands of its own, which answers a mistyped one kindly."""

from __future__ import annotations

import click

from imago_tui.errors import ImagoError
from imago_tui.nearest import nearest
from imago_tui.words import words


class Nested(click.Group):
    """A group whose unknown command is answered with the nearest good one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown name is answered with the nearest good one."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            path = ctx.command_path
            close = nearest(name, self.commands)
            hint = (
                words("cli.did_you_mean", name=f"{path} {close}")
                if close
                else words("cli.see_help_of", command=path)
            )
            raise ImagoError(words("cli.no_such_command", name=f"{path} {name}"), hint, 2)
        return super().resolve_command(ctx, args)
