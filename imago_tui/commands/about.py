"""`imago-tui about`: what this is and is not, and places to turn to."""

from __future__ import annotations

import click

from imago_tui.words import words


@click.command("about", help=words("cli.commands.about"))
def command() -> None:
    """Print the page."""
    for line in words.lines("about.page"):
        click.echo(line)
