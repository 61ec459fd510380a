"""`imago-tui look`: three minutes that run by themselves, for the one who is not sure."""

from __future__ import annotations

import click

from imago_tui.words import words


@click.command("look", help=words("cli.commands.look"))
@click.option("--plain", is_flag=True, help=words("plain.options.plain"))
def command(*, plain: bool) -> int:
    """Show it; the status is the program's."""
    from imago_tui.commands.home import open_home

    return open_home(at="look", plain=plain)
