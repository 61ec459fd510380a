"""`imago-tui journal note`, `prepare` and `move`: writing in one's own room, taking out of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

import click

from imago_tui.commands.options import passphrase_file
from imago_tui.now import local_now
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.own import Kind


@click.command("note", help=words("private.help.note"))
@click.option(
    "--kind",
    type=click.Choice(["reflection", "preparing", "frustration", "later"]),
    default="reflection",
    help=words("private.options.kind"),
)
@click.option("--topic", metavar="WORDS", help=words("private.options.topic"))
@passphrase_file
@click.pass_obj
def note(before: Sequence[Path], *, kind: str, topic: str | None, files: Sequence[Path]) -> int:
    """Keep what is typed, or comes from a pipe, in one's own room."""
    from imago_tui import paths
    from imago_tui.commands.unlock import open_own
    from imago_tui.deeds import own
    from imago_tui.plain.console import a_terminal

    folder = paths.journal_dir()
    with open_own(folder, (*(before or ()), *files)) as room:
        click.echo(words("private.readers"), err=True)
        if a_terminal(sys.stdin):
            click.echo(words("private.type_it"), err=True)
        text = sys.stdin.read().removesuffix("\n")
        now = local_now()
        kept = own.keep(folder, room, cast("Kind", kind), text, topic, now)
    click.echo(words("private.kept", id=kept.id))
    return 0


@click.command("prepare", help=words("private.help.prepare"))
@passphrase_file
@click.pass_obj
def prepare(before: Sequence[Path], *, files: Sequence[Path]) -> int:
    """Get ready for a talk, alone. A passphrase is asked for only to keep it."""
    from imago_tui import paths
    from imago_tui.commands.unlock import open_own
    from imago_tui.deeds import own
    from imago_tui.journal import layout
    from imago_tui.plain.preparing import prepare_talk

    folder, given = paths.journal_dir(), (*(before or ()), *files)

    def keep(text: str) -> None:
        with open_own(folder, given) as room:
            own.keep(folder, room, "preparing", text, None, local_now())

    there = layout.exists(folder) or layout.exists_alone(folder)
    return prepare_talk(keep if there else None)


@click.command("move", help=words("private.help.move"))
@click.argument("id_", metavar="ID")
@passphrase_file
@click.pass_obj
def move(before: Sequence[Path], *, id_: str, files: Sequence[Path]) -> int:
    """Move an entry over, with its owner's own passphrase."""
    from imago_tui import paths
    from imago_tui.commands.unlock import own_passphrase
    from imago_tui.deeds import own
    from imago_tui.journal.store import Journal

    passphrase = own_passphrase((*(before or ()), *files))
    with Journal.open(paths.journal_dir(), [passphrase]) as journal:
        brought = own.move(journal, journal.own(passphrase), id_)
    click.echo(words("private.brought", id=brought.id))
    return 0
