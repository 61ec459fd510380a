"""`imago-tui journal passphrase`, `recover`, `rekey` and `leave`."""

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

    from imago_tui.journal.trouble import Trouble

DAMAGED = 5
JOURNAL = "journal"
new_file = click.option(
    "--new-passphrase-file", "new", type=FILE, metavar="FILE", help=words("keys.options.new")
)


@click.command("passphrase", help=words("keys.help.passphrase"))
@new_file
@click.option("--known", is_flag=True, help=words("keys.options.known"))
@passphrase_file
@click.pass_obj
def passphrase(
    before: Sequence[Path], *, new: Path | None, known: bool, files: Sequence[Path]
) -> int:
    """Change it, or everything that hangs on it."""
    from imago_tui.commands.bars import bar
    from imago_tui.commands.unlock import new_passphrase, own_passphrase
    from imago_tui.journal import acts

    folder = _folder()
    old = own_passphrase((*(before or ()), *files))
    unfinished = _unfinished(folder, old)
    wanted = new_passphrase(new)
    if not known:
        acts.new_passphrase(folder, old, wanted)
        click.echo(words("keys.passphrase.done"))
        click.echo(words("keys.passphrase.copies"))
        return 0
    with bar(words("keys.progress")) as progress:
        changed = acts.someone_knows(folder, old, wanted, _now(), unfinished, progress)
    click.echo(words("keys.passphrase.done"))
    click.echo(words("keys.passphrase.known"))
    status = _told(changed.damaged, changed.backups)
    click.echo(words("keys.passphrase.copies"))
    if (folder / "keys" / "shared.age").exists():
        click.echo(words("keys.passphrase.shared"))
    return status


@click.command("recover", help=words("keys.help.recover"))
@click.option(
    "--recovery-file", "key", type=FILE, metavar="FILE", help=words("keys.options.recovery")
)
@click.option("--make", "place", type=FILE, metavar="FILE", help=words("keys.options.make"))
@click.option("--revoke", "taken_back", is_flag=True, help=words("keys.options.revoke"))
@new_file
@passphrase_file
@click.pass_obj
def recover(
    before: Sequence[Path],
    *,
    key: Path | None,
    place: Path | None,
    taken_back: bool,
    new: Path | None,
    files: Sequence[Path],
) -> int:
    """Use, make or take back a recovery key."""
    from imago_tui.commands.unlock import new_passphrase, own_passphrase
    from imago_tui.journal import acts

    if [key is not None, place is not None, taken_back].count(True) != 1:
        raise ImagoError(words("keys.recovery.which"), words("cli.see_help"), 2)
    folder = _folder()
    if key is not None:
        from imago_tui.journal import recovery_file

        recovery_file.read(key)  # before anyone thinks up a passphrase
        acts.recover(folder, key, new_passphrase(new))
        click.echo(words("keys.recovery.used"))
        return 0
    own = own_passphrase((*(before or ()), *files))
    if place is not None:
        acts.recovery_key(folder, own, place)
        click.echo(words("keys.recovery.made", file=place))
        return 0
    changed = acts.revoke(folder, own, _now(), _unfinished(folder, own))
    click.echo(words("keys.recovery.revoked"))
    return _told(changed.damaged, changed.backups)


@click.command("rekey", help=words("keys.help.rekey"))
@click.option("--own", "own_room", is_flag=True, help=words("keys.options.own"))
@passphrase_file
@click.pass_obj
def rekey(before: Sequence[Path], *, own_room: bool, files: Sequence[Path]) -> int:
    """A new key for a room."""
    from imago_tui.commands.bars import bar
    from imago_tui.commands.unlock import open_journal, own_passphrase
    from imago_tui.journal import acts

    folder = _folder()
    given = (*(before or ()), *files)
    if own_room:
        mine = own_passphrase(given)
        unfinished = _unfinished(folder, mine)
        with bar(words("keys.progress")) as progress:
            changed = acts.own_key(folder, mine, _now(), unfinished, progress)
        click.echo(words("keys.rekey.own_done"))
        return _told(changed.damaged, changed.backups)
    with open_journal(folder, given) as journal:
        with bar(words("keys.progress")) as progress:
            damaged = journal.rekey(progress)
        left = journal.renew_backups(_now())
    click.echo(words("keys.rekey.done"))
    return _told(damaged, left)


@click.command("leave", help=words("keys.help.leave"))
@click.argument("place", metavar="FOLDER", type=FILE)
@passphrase_file
@click.pass_obj
def leave(before: Sequence[Path], *, place: Path, files: Sequence[Path]) -> int:
    """Take one's own words elsewhere, alone and silently."""
    from imago_tui.commands.bars import bar
    from imago_tui.commands.unlock import own_passphrase
    from imago_tui.journal import atomic, leaving
    from imago_tui.journal.store import Journal

    folder, target = atomic.real(_folder()), atomic.real(place / JOURNAL)
    if folder in target.parents:
        raise ImagoError(words("keys.leave.inside"), words("keys.leave.inside_hint"), 2)
    own = own_passphrase((*(before or ()), *files))
    with Journal.open(folder, [own]) as journal, bar(words("keys.copying")) as progress:
        room = journal.own(own)
        taken = leaving.leave(journal, room, own, target, progress)
    click.echo(words("keys.leave.done", count=taken.entries, folder=target))
    click.echo(words("keys.leave.point", home=target.parent))
    click.echo(words("keys.leave.stays"))
    return _told(taken.damaged, [])


def _folder() -> Path:
    """The journal's folder; there is one, of two people or of one alone."""
    from imago_tui import paths
    from imago_tui.journal import layout

    folder = paths.journal_dir()
    if not layout.can_be_joined(folder) and not layout.stands(folder):
        raise ImagoError(words("journal.open.none"), words("journal.open.none_hint"), 2)
    return folder


def _unfinished(folder: Path, passphrase: str) -> set[str]:
    """Dialogues that no backup holds; nobody has any while alone."""
    from imago_tui.journal.store import Journal

    if not Journal.exists(folder):
        return set()
    with Journal.open(folder, [passphrase]) as journal:
        return journal.unfinished()


def _told(damaged: Sequence[Trouble], backups: Sequence[str]) -> int:
    """Say what new keys could not reach."""
    from imago_tui.mishaps import tell

    for trouble in damaged:
        tell(str(trouble))
    if damaged:
        tell(words("keys.passphrase.damaged"))
    if backups:
        tell(words("keys.passphrase.backups_left", names=", ".join(backups)))
    return DAMAGED if damaged else 0


def _now() -> datetime:
    return datetime.now().astimezone()
