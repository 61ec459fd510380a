"""`imago-tui thanks`: one line for the other one, left in ten seconds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from imago_tui import paths
from imago_tui.commands.options import passphrase_file
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.plain.console import a_terminal
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.store import Journal


@click.command("thanks", help=words("cli.commands.thanks"))
@click.option("--plain", is_flag=True, help=words("plain.options.plain"))
@passphrase_file
def command(*, plain: bool, files: Sequence[Path]) -> int:
    """Leave a line; the status is the program's."""
    if plain or a_terminal(sys.stdin):
        from imago_tui.commands.home import open_home

        return open_home(files, at="thanks", plain=plain)
    return _from_a_pipe(files)


def _from_a_pipe(files: Sequence[Path]) -> int:
    """The first line that comes in, by the one whose passphrase was given.

    Raises:
        ImagoError: 2 there is no line, it is too long, or nobody knows whose it is; 4 to 7 the
            journal.
    """
    from imago_tui.commands.unlock import open_journal
    from imago_tui.home.steps import MOST_THANKS
    from imago_tui.journal import notes
    from imago_tui.now import local_now

    line = " ".join((sys.stdin.readline() if sys.stdin else "").split())
    if not line:
        raise ImagoError(words("home.pipe.empty"), words("home.pipe.empty_hint"), WRONG_USE)
    if len(line) > MOST_THANKS:
        raise ImagoError(words("home.note.long"), "", WRONG_USE)
    with open_journal(paths.journal_dir(), files) as journal:
        who = _whose(journal)
        notes.leave_thanks(journal, who, line, made=local_now())
        click.echo(words("home.note.thanks", other=journal.partners[1 - who]))
    return 0


def _whose(journal: Journal) -> int:
    if len(journal.present) != 1 or journal.unclear:
        raise ImagoError(words("home.pipe.whose"), words("home.pipe.whose_hint"), WRONG_USE)
    return next(iter(journal.present))
