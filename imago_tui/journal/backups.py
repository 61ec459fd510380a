"""Backups that the program keeps beside the journal, and copies to a place someone names.

Each is a folder that can be read like the journal itself, README and all: the same sealed files.
What has not changed since the one before stands on the disk once, under two names. Unfinished
dialogues and indexes are left out. So is, unsaid, what is called like an entry and is no ordinary
file, unless the copy before has that entry; whatever else cannot be read is named.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import atomic, codec, identity_file, keyring, layout, readme, system
from imago_tui.journal import kdf as kdf_file
from imago_tui.journal.catalogue import ENTRY_FILE, entry_file
from imago_tui.journal.trouble import Trouble, writing
from imago_tui.paths import copies_of
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress

NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}(-\d+)?")
DAYS = 7
MONTHS = 12
MOST_README = 64 * 1024
KEY_FILES = (
    kdf_file.FILE,
    keyring.SHARED_FILE,
    *(name(n) for n in range(keyring.PARTNERS) for name in (keyring.ring_file, keyring.own_file)),
    *map(keyring.recovery_file, range(keyring.PARTNERS)),
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made.

    Args:
        place: its folder.
        left_out: entries that could not be read, so that they are not in it.
    """

    place: Path
    left_out: tuple[Trouble, ...] = ()


def all_of(folder: Path) -> list[Path]:
    """The program's own backups of the journal at `folder`, oldest first.

    Copies of another journal that once stood there are nobody's to let go of, and are left alone;
    where none stands now, they are what can be brought back.
    """
    there, salt = backups_in(copies_of(folder)), _salt(folder)
    return [one for one in there if salt is None or _salt(one) in (salt, None)]


def backups_in(parent: Path) -> list[Path]:
    """The backups in the folder `parent`, oldest first."""
    with suppress(OSError):
        return sorted(one for one in parent.iterdir() if NAME.fullmatch(one.name) and one.is_dir())
    return []


def make(
    folder: Path,
    parent: Path,
    now: datetime,
    ids: Collection[str],
    progress: Progress | None = None,
) -> Copy:
    """Copy the journal into a new folder in `parent`, named after `now`; it appears at once.

    Only for the one who holds the lock.

    Args:
        folder: the journal.
        parent: made if it isn't there; never inside the journal.
        now: local time.
        ids: of the entries that are copied, as `ids_for` gave them.
        progress: told how far it has come.

    Raises:
        ImagoError: 2 `parent` is inside the journal; 5 a key file cannot be read, and there is no
            copy; 7.
    """
    parent = atomic.real(parent)
    if parent == folder or folder in parent.parents:
        raise ImagoError(words("keys.backup.inside"), words("keys.backup.inside_hint"), 2)
    with writing():
        atomic.make_folder(parent)
        _sweep(parent)
        before = backups_in(parent)
        aside = parent / f".tmp-{secrets.token_hex(8)}"
        try:
            left_out = _fill(folder, aside, before[-1] if before else None, ids, progress)
            made = parent / _name(now, parent)
            system.rename(aside, made)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        atomic.sync_folder(parent)
    return Copy(made, left_out)


def ids_for(folder: Path, leave_out: Collection[str] = ()) -> list[str]:
    """Ids of all that stands there now, of whatever room, without those of `leave_out`.

    Raises:
        ImagoError: 5 the folder of the entries cannot be read.
    """
    try:
        files = list((folder / layout.ENTRIES).iterdir())
    except FileNotFoundError:  # a copy that left out the empty folder
        return []
    except OSError:
        raise Trouble("unreadable", layout.ENTRIES).of_folder() from None
    names = (ENTRY_FILE.fullmatch(file.name) for file in files)
    return sorted({name[1] for name in names if name} - set(leave_out))


def due(folder: Path, now: datetime) -> bool:
    """Whether there is no backup of this day yet. `now` is local time."""
    there = all_of(folder)
    return not (there and there[-1].name.startswith(now.strftime("%Y-%m-%d")))


def roll(
    folder: Path, now: datetime, ids: Collection[str], progress: Progress | None = None
) -> Copy | None:
    """Make the backup of this day if there is none yet, and let go of what is old enough.

    Kept are the newest seven, and the first of each month for a year; all of them, when this one
    lacks something that an older one may have. As `make` otherwise.
    """
    if not due(folder, now):
        return None
    made = make(folder, copies_of(folder), now, ids, progress)
    if made.left_out:
        return made
    there = all_of(folder)
    months: dict[str, Path] = {}
    for one in there:
        months.setdefault(one.name[:7], one)
    kept = {*there[-DAYS:], *list(months.values())[-MONTHS:]}
    _drop([one for one in there if one not in kept])
    return made


def renew(
    folder: Path, now: datetime, ids: Collection[str], progress: Progress | None = None
) -> tuple[list[str], tuple[Trouble, ...]]:
    """Make a backup with the keys as they are now, and take away all with older ones.

    Returns the names of those that stayed, because they could not be taken away or may have what
    the new one lacks, and what that is; as `make` otherwise.
    """
    if not all_of(folder):
        return [], ()
    made = make(folder, copies_of(folder), now, ids, progress)
    older = [one for one in all_of(folder) if one != made.place]
    left = [one.name for one in older] if made.left_out else _drop(older)
    return left, made.left_out


def forget(folder: Path, id_: str) -> list[str]:
    """Take an entry out of the program's own backups; names of those it could not be taken from."""
    left: list[str] = []
    for one in all_of(folder):
        try:
            atomic.remove(one / layout.ENTRIES, entry_file(id_))
        except OSError:
            left.append(one.name)
    return left


def _salt(folder: Path) -> bytes | None:
    """What tells one journal from another, for its whole life; None where it cannot be read."""
    with suppress(ImagoError):
        return kdf_file.Kdf.read(folder / layout.KEYS).salt
    return None


def _name(now: datetime, parent: Path) -> str:
    base = now.strftime("%Y-%m-%dT%H%M%S")
    # Names sort by time also when the clock was set back.
    newest = max((one.name for one in backups_in(parent)), default="")
    if base > newest:
        return base
    stem, _, count = newest[:17], "", newest[18:]
    return f"{stem}-{int(count or 0) + 1:03d}"


def _fill(
    folder: Path,
    aside: Path,
    before: Path | None,
    ids: Collection[str],
    progress: Progress | None,
) -> tuple[Trouble, ...]:
    for made in (aside, aside / layout.KEYS, aside / layout.ENTRIES):
        system.mkdir(made, atomic.FOLDER_MODE)
        system.chmod(made, atomic.FOLDER_MODE)
    for name in KEY_FILES:
        try:
            _copy(folder, aside, before, layout.KEYS, name, identity_file.MOST_FILE)
        except Trouble as trouble:
            if trouble.reason != "missing":
                raise trouble.of_key() from None
    if not layout.exists(aside) and not layout.exists_alone(aside):
        raise layout.keys_gone()
    try:
        _copy(folder, aside, before, "", readme.FILE, MOST_README)
    except Trouble:  # it holds nothing that cannot be said again; `verify` tells of it
        put(aside / readme.FILE, readme.compose(kdf_file.Kdf.read(aside / layout.KEYS)))
    left_out: list[Trouble] = []
    for done, id_ in enumerate(ids):
        if progress:
            progress(done, len(ids))
        name = entry_file(id_)
        try:
            _copy(folder, aside, before, layout.ENTRIES, name, codec.MOST_FILE)
        except Trouble as trouble:
            strange = trouble.reason in {"not_a_file", "too_big"}
            if not strange or (before and (before / layout.ENTRIES / name).is_file()):
                left_out.append(trouble)
    # One wait for the disk, instead of one for each of thousands of files.
    system.sync()
    return tuple(left_out)


def _copy(folder: Path, aside: Path, before: Path | None, sub: str, name: str, most: int) -> None:
    """Put the file `name` of the part `sub` into the copy. Raises Trouble: it cannot be read."""
    data = atomic.read(folder / sub, name, most, shown=f"{sub}/{name}")
    if before is not None:
        with suppress(Trouble, OSError):
            if atomic.read(before / sub, name, most) == data:
                system.link(before / sub / name, aside / sub / name)
                return
    put(aside / sub / name, data)


def put(path: Path, data: bytes) -> None:
    """Put `data` into a new file without waiting for the disk."""
    fd = system.open_file(path, atomic.NEW_FILE, atomic.FILE_MODE)
    try:
        system.fchmod(fd, atomic.FILE_MODE)
        rest = memoryview(data)
        while rest:
            rest = rest[system.write(fd, rest) :]
    finally:
        os.close(fd)


def _drop(those: list[Path]) -> list[str]:
    left: list[str] = []
    for one in those:
        try:
            # Under another name first: half a backup must never look like a whole one.
            aside = one.with_name(f".tmp-{secrets.token_hex(8)}")
            system.rename(one, aside)
            shutil.rmtree(aside)
        except OSError:
            left.append(one.name)
    return left


def _sweep(parent: Path) -> None:
    for one in parent.iterdir():
        if atomic.LEFTOVER.fullmatch(one.name):
            shutil.rmtree(one, ignore_errors=True)
