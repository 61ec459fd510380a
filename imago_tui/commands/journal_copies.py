"""`imago-tui journal backup`, `restore`, `verify` and `delete`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from imago_tui.commands.options import FILE, passphrase_file
from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.store import Journal

DAMAGED = 5


@click.command("backup", help=words("keys.help.backup"))
@click.argument("place", metavar="[PLACE]", type=FILE, required=False)
@passphrase_file
@click.pass_obj
def backup(before: Sequence[Path], *, place: Path | None, files: Sequence[Path]) -> int:
    """Copy the journal: to a place, or beside it."""
    from imago_tui import paths
    from imago_tui.commands.bars import bar
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.journal import acts, backups, layout

    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    target = place or backups.place(folder)
    if layout.exists_alone(folder):
        open_own(folder, given).close()
        with bar(words("keys.copying")) as progress:
            made = acts.backup(folder, target, _now(), progress)
    else:
        with open_journal(folder, given) as journal, bar(words("keys.copying")) as progress:
            made = journal.backup(target, _now(), progress)
    click.echo(words("keys.backup.done", place=made))
    click.echo(words("keys.backup.unfinished"))
    click.echo(rolling(folder))
    return 0


def rolling(folder: Path) -> str:
    """The line about the copies that the program keeps by itself."""
    from imago_tui.journal import backups

    there = backups.all_of(folder)
    if not there:
        return words("keys.backup.rolling_none")
    day = there[-1].name[:10]
    place = backups.place(folder)
    return words("keys.backup.rolling", count=len(there), day=day, place=place)


@click.command("restore", help=words("keys.help.restore"))
@click.argument("place", metavar="[PLACE]", type=FILE, required=False)
def restore(*, place: Path | None) -> int:
    """Bring a copy back; it needs no passphrase, since everything stays sealed."""
    from imago_tui import paths
    from imago_tui.commands.bars import bar
    from imago_tui.journal import backups
    from imago_tui.journal.restore import restore as bring_back
    from imago_tui.mishaps import tell

    folder = paths.journal_dir()
    with bar(words("keys.copying")) as progress:
        skipped = bring_back(place or backups.place(folder), folder, progress)
    click.echo(words("keys.restore.done", folder=folder))
    for name in skipped:
        tell(words("keys.restore.skipped", name=name))
    return DAMAGED if skipped else 0


@click.command("verify", help=words("keys.help.verify"))
@click.option("--own", "own_room", is_flag=True, help=words("keys.options.own"))
@passphrase_file
@click.pass_obj
def verify(before: Sequence[Path], *, own_room: bool, files: Sequence[Path]) -> int:
    """Look at every file that opens, and at the key files."""
    from imago_tui import paths
    from imago_tui.commands.bars import bar
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.mishaps import tell

    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    opened = open_own(folder, given) if own_room else open_journal(folder, given)
    with opened as room, bar(words("keys.looking")) as progress:
        report = room.verify(progress)
        if room.rekeying:
            click.echo(words("keys.rekey.unfinished"))
    key = "keys.verify.good_one" if report.good == 1 else "keys.verify.good"
    click.echo(words(key, count=report.good))
    click.echo(rolling(folder))
    troubles = [str(one) for one in report.damaged] + report.keys
    if not own_room:
        troubles += [words("keys.verify.strange", name=name) for name in report.strange]
    for line in troubles:
        tell(line)
    return DAMAGED if troubles else 0


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
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.deeds import own

    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    if own_room:
        with open_own(folder, given) as room:
            return _gone(own.let_go(folder, room, id_), "done")
    with open_journal(folder, given) as journal:
        if own_words:
            left = _take_out(journal, journal.resolve(id_))
            return _gone(left, "words_done")
        if not journal.both:
            raise ImagoError(words("keys.delete.both"), words("keys.delete.both_hint"), 4)
        return _gone(journal.delete(journal.resolve(id_)), "done")


def _take_out(journal: Journal, id_: str) -> list[str]:
    if len(journal.present) > 1:
        raise ImagoError(words("keys.delete.not_both"), words("keys.delete.not_both_hint"), 2)
    return journal.take_out(id_, min(journal.present))


def _gone(left: Sequence[str], key: str) -> int:
    from imago_tui.mishaps import tell

    click.echo(words(f"keys.delete.{key}"))
    if left:
        tell(words("keys.delete.left", names=", ".join(left)))
    click.echo(words("keys.delete.elsewhere"))
    return 0


def _now() -> datetime:
    return datetime.now().astimezone()
