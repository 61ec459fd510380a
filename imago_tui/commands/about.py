"""`imago-tui about`: what this is and is not, and places to turn to."""

from __future__ import annotations

import textwrap

import click

from imago_tui import about, own_places
from imago_tui.words import words

WIDTH = 78


@click.command("about", help=words("cli.commands.about"))
def command() -> None:
    """Print the page: plain text, through the pager of this machine where there is a terminal."""
    told = (*about.page(), "", *about.lines(own_places.lines()))
    click.echo_via_pager("\n".join(textwrap.fill(line, WIDTH) for line in told) + "\n")
