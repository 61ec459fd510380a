"""`imago-tui journal topic`: which of the offered topics a dialogue is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imago_tui.commands.options import passphrase_file
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NONE = "none"


@click.command("topic", help=words("reading.help.topic"))
@click.argument("id_", metavar="ID")
@click.argument("name", metavar="NAME")
@passphrase_file
@click.pass_obj
def topic(before: Sequence[Path], *, id_: str, name: str, files: Sequence[Path]) -> int:
    """Say it afterwards too: of some topics no list shows a title."""
    from imago_tui import paths, topics
    from imago_tui.commands.unlock import open_journal
    from imago_tui.journal.entry import UNLISTED
    from imago_tui.nearest import nearest

    every = (*topics.themes(), NONE)
    if name not in every:
        close = nearest(name, every)
        hint = words("cli.did_you_mean", name=close) if close else ""
        hint = hint or words("outgoing.known", known=", ".join(every))
        raise ImagoError(words("reading.no_theme", text=name[:40]), hint, WRONG_USE)
    with open_journal(paths.journal_dir(), (*(before or ()), *files)) as journal:
        journal.choose_theme(journal.resolve(id_), None if name == NONE else name)
        journal.write_index()
    if name == NONE:
        click.echo(words("reading.theme_gone"))
    else:
        click.echo(words("reading.theme", theme=topics.title(name)))
    if name in UNLISTED:
        click.echo(words("reading.theme_unlisted"))
    return 0
