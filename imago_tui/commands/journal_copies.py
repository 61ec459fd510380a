"""`imago-tui journal backup`, `restore`, `verify` and `delete`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imago_tui.commands.options import FILE, passphrase_file
from imago_tui.now import local_now
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@click.command("backup", help=words("keys.help.backup"))
@click.argument("place", metavar="[PLACE]", type=FILE, required=False)
@passphrase_file
@click.pass_obj
def backup(before: Sequence[Path], *, place: Path | None, files: Sequence[Path]) -> int:
    """Copy the journal: to a place, or beside it."""
    from imago_tui import paths
    from imago_tui.commands.bars import bar, told
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.deeds import copies
    from imago_tui.journal import layout

    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    if layout.exists_alone(folder):
        open_own(folder, given).close()
        with bar(words("keys.copying")) as progress:
            return told(copies.backup(folder, None, place, local_now(), progress))
    with open_journal(folder, given) as journal, bar(words("keys.copying")) as progress:
        done = copies.backup(folder, journal, place, local_now(), progress)
    return told(done)


@click.command("restore", help=words("keys.help.restore"))
@click.argument("place", metavar="[PLACE]", type=FILE, required=False)
def restore(*, place: Path | None) -> int:
    """Bring a copy back; it needs no passphrase, since everything stays sealed."""
    from imago_tui import paths
    from imago_tui.commands.bars import bar, told
    from imago_tui.deeds import copies

    with bar(words("keys.copying")) as progress:
        done = copies.restore(place, paths.journal_dir(), progress)
    return told(done)


@click.command("verify", help=words("keys.help.verify"))
@click.option("--own", "own_room", is_flag=True, help=words("keys.options.own"))
@passphrase_file
@click.pass_obj
def verify(before: Sequence[Path], *, own_room: bool, files: Sequence[Path]) -> int:
    """Look at every file that opens, and at the key files."""
    from imago_tui import paths
    from imago_tui.commands.bars import bar, told
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.deeds import copies

    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    opened = open_own(folder, given) if own_room else open_journal(folder, given)
    with opened as room, bar(words("keys.looking")) as progress:
        done = copies.verify(room, folder, progress)
    return told(done)


@click.command("delete", help=words("keys.help.delete"))
@click.argument("id_", metavar="ID")
@click.option("--own", "own_room", is_flag=True, help=words("keys.options.own"))
@click.option("--own-words", is_flag=True, help=words("keys.options.own_words"))
@passphrase_file
@click.pass_obj
def delete(
    before: Sequence[Path], *, id_: str, own_room: bool, own_words: bool, files: Sequence[Path]
) -> int:
    """Take an entry away, or one's own words out of it."""
    from imago_tui import paths
    from imago_tui.commands.bars import told
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.deeds import copies, own

    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    if own_room:
        with open_own(folder, given) as room:
            return told(copies.gone(own.let_go(folder, room, id_)))
    with open_journal(folder, given) as journal:
        act = copies.take_out if own_words else copies.delete
        return told(act(journal, journal.resolve(id_)))
