"""What one person does with their own keys: each a single act, under the lock, from start to end.

They work for two people and for one alone, and never say anything of the other one.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from imago_tui.journal import atomic, backups, change, lock, recovery
from imago_tui.journal.hand import open_hand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.backups import Copy
    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.hand import Hand
    from imago_tui.journal.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Changed:
    """What new keys could not reach.

    Args:
        damaged: files that could not be sealed anew.
        backups: names of our own backups that stayed.
        left_out: files that could not be read, so that the new backup lacks them.
    """

    damaged: list[Trouble] = field(default_factory=list)
    backups: list[str] = field(default_factory=list)
    left_out: tuple[Trouble, ...] = ()


def new_passphrase(folder: Path, old: str, new: str, prefer: int | None = None) -> None:
    """Seal the ring that `old` opens to `new`; see `change.passphrase`.

    Raises:
        ImagoError: 2 `new` is too short or the same; 4 `old` opens nothing; 5, 6, 7.
    """
    with _held(folder) as there:
        change.passphrase(there, old, new, prefer)


def someone_knows(
    folder: Path,
    old: str,
    new: str,
    now: datetime,
    leave_out: Collection[str] = (),
    progress: Progress | None = None,
    *,
    prefer: int | None = None,
) -> Changed:
    """What to do when someone knows a passphrase: a new one, a new key for one's own room with all
    in it sealed anew, and the older keys out of the program's own backups.

    Args:
        folder: the journal.
        old: the passphrase that someone knows.
        new: another one.
        now: local time, for the name of the backup.
        leave_out: ids of unfinished dialogues, for the backup.
        progress: told how far it has come.
        prefer: whose keys are meant when `old` opens those of both.

    Raises:
        ImagoError: as `new_passphrase`.
    """
    with _held(folder) as there:
        mine = change.passphrase(there, old, new, prefer)
        return _own_key(there, mine, now, leave_out, progress)


def own_key(
    folder: Path,
    passphrase: str,
    now: datetime,
    leave_out: Collection[str] = (),
    progress: Progress | None = None,
    *,
    prefer: int | None = None,
) -> Changed:
    """A new key for one's own room, with the passphrase as it is; as `someone_knows` otherwise."""
    with _held(folder) as there:
        mine = open_hand(there, passphrase, prefer)
        return _own_key(there, mine, now, leave_out, progress)


def recovery_key(folder: Path, passphrase: str, place: Path, *, prefer: int | None = None) -> None:
    """Write a new recovery key of the one whose passphrase this is to `place`.

    Raises:
        ImagoError: 2 `place` won't do; 4; 5; 6; 7.
    """
    with _held(folder) as there:
        recovery.make(there, open_hand(there, passphrase, prefer), place)


def revoke(
    folder: Path,
    passphrase: str,
    now: datetime,
    leave_out: Collection[str] = (),
    progress: Progress | None = None,
    *,
    prefer: int | None = None,
) -> Changed:
    """Let one's own recovery key open nothing any more, here and in the program's own backups.

    Raises:
        ImagoError: 4; 5; 6; 7.
    """
    with _held(folder) as there:
        recovery.revoke(open_hand(there, passphrase, prefer))
        return _renew(there, now, leave_out, progress)


def recover(folder: Path, key: Path, new: str) -> None:
    """Set the passphrase `new` with the recovery key in the file `key`; see `recovery.use`."""
    with _held(folder) as there:
        recovery.use(there, key, new)


def backup(folder: Path, place: Path, now: datetime, progress: Progress | None = None) -> Copy:
    """Copy the journal of someone alone, who has no unfinished dialogue; see `backups.make`."""
    with _held(folder) as there:
        return backups.make(there, place, now, backups.ids_for(there), progress)


def roll(folder: Path, now: datetime, progress: Progress | None = None) -> Copy | None:
    """Make this day's backup for someone alone, if there is none yet; see `backups.roll`."""
    with _held(folder) as there:
        return backups.roll(there, now, backups.ids_for(there), progress)


def forget(folder: Path, id_: str) -> list[str]:
    """Take an entry out of the program's own backups; see `backups.forget`."""
    with _held(folder) as there:
        return backups.forget(there, id_)


@contextmanager
def _held(folder: Path) -> Iterator[Path]:
    """The journal at `folder`, wherever links lead, with other writers kept out meanwhile.

    Raises:
        ImagoError: 6 another program writes; 7 it can't be written at all.
    """
    there = atomic.real(folder)
    with lock.held(there):
        yield there


def _own_key(
    folder: Path,
    mine: Hand,
    now: datetime,
    leave_out: Collection[str],
    progress: Progress | None,
) -> Changed:
    damaged = change.own_key(folder, mine, progress)
    return replace(_renew(folder, now, leave_out, progress), damaged=damaged)


def _renew(
    folder: Path, now: datetime, leave_out: Collection[str], progress: Progress | None
) -> Changed:
    ids = backups.ids_for(folder, leave_out)
    left, left_out = backups.renew(folder, now, ids, progress)
    return Changed(backups=left, left_out=left_out)
