"""A copy brought back: into an empty place only, all of it at once, and only what belongs."""

from __future__ import annotations

import errno
import secrets
import shutil
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import atomic, backups, codec, identity_file, layout, readme, system
from imago_tui.journal import kdf as kdf_file
from imago_tui.journal.catalogue import ENTRY_FILE
from imago_tui.journal.kdf import Kdf
from imago_tui.journal.trouble import Trouble, writing
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress


def restore(source: Path, folder: Path, progress: Progress | None = None) -> list[str]:
    """Bring the copy at `source` back as the journal at `folder`.

    Args:
        source: a copy, or a folder with copies, of which the newest is taken.
        folder: where; it is not there yet, or empty.
        progress: told how far it has come.

    Returns:
        Names in the copy that were left out: what cannot be read, links, folders, what is too
        large or not ours.

    Raises:
        ImagoError: 2 `folder` is not empty, or there is no copy at `source`; 5 its keys are not
            whole, or what it holds cannot be listed; 7. Then `folder` is as it was.
    """
    source, folder = find(atomic.real(source)), atomic.real(folder)
    _refuse_existing(folder)
    kdf = Kdf.read(source / layout.KEYS)
    aside = folder.parent / f".tmp-{secrets.token_hex(8)}"
    with writing():
        atomic.make_folder(folder.parent)
        _sweep(folder.parent)
        try:
            skipped = _fill(source, aside, kdf, progress)
            system.rename(aside, folder)
        except OSError as error:
            shutil.rmtree(aside, ignore_errors=True)
            if error.errno in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}:
                _refuse_existing(folder)
            raise
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        atomic.sync_folder(folder.parent)
    return skipped


def find(source: Path) -> Path:
    """The copy at `source`, or the newest of those in it.

    Raises:
        ImagoError: 2 there is none.
    """
    if (source / layout.KEYS / kdf_file.FILE).exists():
        return source
    there = backups.backups_in(source)
    if not there:
        raise ImagoError(words("keys.restore.none"), words("keys.restore.none_hint"), 2)
    return there[-1]


def _refuse_existing(folder: Path) -> None:
    try:
        there = any(folder.iterdir())
    except FileNotFoundError:
        there = folder.is_symlink()
    except OSError:
        there = True
    if there:
        raise ImagoError(
            words("keys.restore.not_empty", folder=folder), words("keys.restore.not_empty_hint"), 2
        )


def _fill(source: Path, aside: Path, kdf: Kdf, progress: Progress | None) -> list[str]:
    keys, entries = aside / layout.KEYS, aside / layout.ENTRIES
    for made in (aside, keys, entries):
        system.mkdir(made, atomic.FOLDER_MODE)
        system.chmod(made, atomic.FOLDER_MODE)
    for name in backups.KEY_FILES:
        try:
            data = atomic.read(source / layout.KEYS, name, identity_file.MOST_FILE)
        except Trouble as trouble:
            if trouble.reason == "missing":
                continue
            raise _unfit(name) from None
        backups.put(keys / name, data)
    if not layout.exists(aside) and not layout.exists_alone(aside):
        raise _unfit(backups.KEY_FILES[1])
    skipped: list[str] = []
    try:
        names = sorted(one.name for one in (source / layout.ENTRIES).iterdir())
    except FileNotFoundError:  # a copy that left out the empty folder
        names = []
    except OSError:
        told = words("keys.restore.entries")
        raise ImagoError(told, words("keys.restore.unfit_hint"), 5) from None
    for done, name in enumerate(names):
        if progress:
            progress(done, len(names))
        entry = _entry(source / layout.ENTRIES, name)
        if entry is None:
            skipped.append(f"{layout.ENTRIES}/{name}")
        else:
            backups.put(entries / name, entry)
    # Always our own: the copy may come from anywhere, and this file is also a program.
    backups.put(aside / readme.FILE, readme.compose(kdf))
    system.sync()
    return skipped


def _entry(entries: Path, name: str) -> bytes | None:
    """What an ordinary file with the name of an entry holds; None for anything else."""
    if not ENTRY_FILE.fullmatch(name):
        return None
    try:
        return atomic.read(entries, name, codec.MOST_FILE)
    except Trouble:
        return None


def _unfit(name: str) -> ImagoError:
    return ImagoError(words("keys.restore.unfit", name=name), words("keys.restore.unfit_hint"), 5)


def _sweep(parent: Path) -> None:
    for one in parent.iterdir():
        # Only what a restore left: a folder with our own parts in it, or nothing yet.
        ours = atomic.LEFTOVER.fullmatch(one.name) and one.is_dir() and not one.is_symlink()
        if ours and ((one / layout.KEYS).is_dir() or not any(one.iterdir())):
            shutil.rmtree(one, ignore_errors=True)
