"""`imago-tui card`: a card for the pocket, as a plain file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imago_tui import paths
from imago_tui.commands.options import passphrase_file
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@click.command("card", help=words("cli.commands.card"))
@click.argument("file")
@passphrase_file
def command(*, file: str, files: Sequence[Path]) -> int:
    """Write it; with a passphrase a line of theirs stands on it, else one to fill in by hand."""
    from imago_tui import pocket
    from imago_tui.journal.passphrase import given

    time_out = line = ""
    passphrases = given(files)
    if passphrases:
        from imago_tui.journal.store import Journal

        with Journal.open(paths.journal_dir(), passphrases) as journal:
            time_out, line = pocket.theirs(journal)
    written = pocket.write(pocket.Pocket(time_out, line), file, paths.journal_dir())
    click.echo(words("pocket.written", file=written))
    click.echo(words("pocket.readable"), err=True)
    return 0
