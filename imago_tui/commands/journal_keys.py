"""`imago-tui journal passphrase`, `recover`, `rekey` and `leave`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imago_tui.commands.options import FILE, passphrase_file
from imago_tui.errors import ImagoError
from imago_tui.now import local_now
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


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
    from imago_tui.commands.bars import bar, told
    from imago_tui.commands.unlock import new_passphrase, own_passphrase
    from imago_tui.deeds import keys
    from imago_tui.journal.hand import open_hand

    folder = _folder()
    old = own_passphrase((*(before or ()), *files))
    open_hand(folder, old)  # before anyone thinks up another one
    wanted = new_passphrase(new)
    if not known:
        return told(keys.change(folder, old, wanted))
    with bar(words("keys.progress")) as progress:
        done = keys.known(folder, old, wanted, local_now(), progress)
    return told(done)


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
    from imago_tui.commands.bars import bar, told
    from imago_tui.commands.unlock import new_passphrase, own_passphrase
    from imago_tui.deeds import keys
    from imago_tui.journal import recovery_file

    if [key is not None, place is not None, taken_back].count(True) != 1:
        raise ImagoError(words("keys.recovery.which"), words("cli.see_help"), 2)
    folder = _folder()
    if key is not None:
        recovery_file.read(key)  # before anyone thinks up a passphrase
        return told(keys.recover(folder, key, new_passphrase(new)))
    own = own_passphrase((*(before or ()), *files))
    if place is not None:
        return told(keys.make_recovery(folder, own, place))
    with bar(words("keys.copying")) as progress:
        done = keys.revoke(folder, own, local_now(), progress=progress)
    return told(done)


@click.command("rekey", help=words("keys.help.rekey"))
@click.option("--own", "own_room", is_flag=True, help=words("keys.options.own"))
@passphrase_file
@click.pass_obj
def rekey(before: Sequence[Path], *, own_room: bool, files: Sequence[Path]) -> int:
    """A new key for a room."""
    from imago_tui.commands.bars import bar, told
    from imago_tui.commands.unlock import open_journal, own_passphrase
    from imago_tui.deeds import keys

    folder = _folder()
    given = (*(before or ()), *files)
    if own_room:
        mine = own_passphrase(given)
        with bar(words("keys.progress")) as progress:
            done = keys.own_key(folder, mine, local_now(), progress)
        return told(done)
    with open_journal(folder, given) as journal, bar(words("keys.progress")) as progress:
        done = keys.rekey(journal, local_now(), progress)
    return told(done)


@click.command("leave", help=words("keys.help.leave"))
@click.argument("place", metavar="FOLDER", type=FILE)
@passphrase_file
@click.pass_obj
def leave(before: Sequence[Path], *, place: Path, files: Sequence[Path]) -> int:
    """Take one's own words elsewhere, alone and silently."""
    from imago_tui.commands.bars import bar, told
    from imago_tui.commands.unlock import own_passphrase
    from imago_tui.deeds import keys

    folder = _folder()
    own = own_passphrase((*(before or ()), *files))
    with bar(words("keys.copying")) as progress:
        done = keys.leave(folder, own, place, progress)
    return told(done)


def _folder() -> Path:
    """The journal's folder; there is one, of two people or of one alone."""
    from imago_tui import paths
    from imago_tui.journal import layout

    folder = paths.journal_dir()
    if not layout.can_be_joined(folder) and not layout.stands(folder):
        raise ImagoError(words("journal.open.none"), words("journal.open.none_hint"), 2)
    return folder
