"""What one person does with their own keys, and either with those of the shared room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.deeds import Done
from imago_tui.errors import ImagoError
from imago_tui.journal import acts, atomic, layout, leaving, recovery_file, setup
from imago_tui.journal.hand import open_hand
from imago_tui.journal.own import OwnRoom, open_own
from imago_tui.journal.store import Journal
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress

JOURNAL = "journal"


def change(folder: Path, old: str, new: str, whose: int | None = None) -> Done:
    """A new passphrase.

    Args:
        folder: the journal.
        old: the one that is to open nothing any more.
        new: another one.
        whose: the one it has to belong to; None: whoever it opens.

    Raises:
        ImagoError: 2 `new` is too short or the same; 4 `old` opens nothing, or not theirs; 5; 6; 7.
    """
    _is_theirs(folder, old, whose)
    acts.new_passphrase(folder, old, new, whose)
    return Done((words("keys.passphrase.done"), words("keys.passphrase.copies")))


def known(
    folder: Path,
    old: str,
    new: str,
    now: datetime,
    progress: Progress | None = None,
    whose: int | None = None,
) -> Done:
    """Someone knows a passphrase: a new one, and a new key for one's own room; as `change`."""
    _is_theirs(folder, old, whose)
    left_out = _unfinished(folder, old)
    changed = acts.someone_knows(folder, old, new, now, left_out, progress, prefer=whose)
    lines = [
        words("keys.passphrase.done"),
        words("keys.passphrase.known"),
        words("keys.passphrase.copies"),
    ]
    hows = []
    if layout.exists(folder):
        lines.append(words("keys.passphrase.shared"))
        hows.append(words("keys.passphrase.shared_how"))
    return _told(lines, changed, hows)


def own_key(
    folder: Path,
    passphrase: str,
    now: datetime,
    progress: Progress | None = None,
    whose: int | None = None,
) -> Done:
    """A new key for one's own room, or the end of one that was begun; as `change`."""
    _is_theirs(folder, passphrase, whose)
    left_out = _unfinished(folder, passphrase)
    changed = acts.own_key(folder, passphrase, now, left_out, progress, prefer=whose)
    return _told([words("keys.rekey.own_done")], changed)


def make_recovery(folder: Path, passphrase: str, place: Path, whose: int | None = None) -> Done:
    """A recovery key, written to `place`; as `change`."""
    _is_theirs(folder, passphrase, whose)
    acts.recovery_key(folder, passphrase, place, prefer=whose)
    return Done((words("keys.recovery.made", file=place),))


def revoke(
    folder: Path,
    passphrase: str,
    now: datetime,
    whose: int | None = None,
    progress: Progress | None = None,
) -> Done:
    """One's own recovery key opens nothing any more; as `change`."""
    _is_theirs(folder, passphrase, whose)
    left_out = _unfinished(folder, passphrase)
    changed = acts.revoke(folder, passphrase, now, left_out, progress, prefer=whose)
    return _told([words("keys.recovery.revoked")], changed)


def recover(folder: Path, key: Path, new: str) -> Done:
    """A new passphrase with a recovery key.

    Raises:
        ImagoError: 2 `new` is too short; 4 there is no key at `key`, or it opens nothing; 5; 6; 7.
    """
    recovery_file.read(key)
    acts.recover(folder, key, new)
    return Done((words("keys.recovery.used"),))


def rekey(journal: Journal, now: datetime, progress: Progress | None = None) -> Done:
    """A new key for the shared room, or the end of one that was begun.

    Raises:
        ImagoError: 5; 6; 7.
    """
    damaged = journal.rekey(progress)
    left, left_out = journal.renew_backups(now, progress)
    return _told([words("keys.rekey.done")], acts.Changed(damaged, left, left_out))


def begin(folder: Path, name: str, passphrase: str) -> OwnRoom:
    """A journal with one private room, for someone alone; the room, open.

    Args:
        folder: where.
        name: theirs.
        passphrase: theirs, a new one.

    Raises:
        ImagoError: as `setup.create_alone`.
    """
    setup.create_alone(folder, (name, passphrase), None)
    return open_own(folder, passphrase)


def join(folder: Path, name: str, mine: str, theirs: str) -> Done:
    """The other one joins someone who was alone; nothing written before opens to them.

    Args:
        folder: the journal of the one who was alone.
        name: of the one who joins.
        mine: passphrase of the one who was alone.
        theirs: a new one, of the one who joins.

    Raises:
        ImagoError: as `Journal.join`.
    """
    with Journal.join(folder, [name], [mine, theirs]) as journal:
        lines = [words("private.setup.joined", folder=folder), words("private.setup.joined_next")]
        return Done(tuple(lines), journal.warnings, hows=(words("private.setup.joined_how"),))


def leave(
    folder: Path,
    passphrase: str,
    place: Path,
    progress: Progress | None = None,
    whose: int | None = None,
) -> Done:
    """One's own words in a journal of one's own below `place`; nothing here changes. As `change`.

    Raises:
        ImagoError: 2 `place` is inside the journal, or there is a journal; 4; 5; 6; 7.
    """
    _is_theirs(folder, passphrase, whose)
    folder, target = atomic.real(folder), atomic.real(place / JOURNAL)
    if folder in target.parents:
        raise ImagoError(words("keys.leave.inside"), words("keys.leave.inside_hint"), 2)
    with Journal.open(folder, [passphrase]) as journal:
        room = journal.own(passphrase)
        taken = leaving.leave(journal, room, passphrase, target, progress)
    lines = [
        words("keys.leave.done", count=taken.entries, folder=target),
        words("keys.leave.point", home=target.parent),
        words("keys.leave.stays"),
    ]
    return _told(lines, acts.Changed(taken.damaged))


def _is_theirs(folder: Path, passphrase: str, whose: int | None) -> None:
    """See that a passphrase is that of the one in whose room it is typed.

    Raises:
        ImagoError: 4 it is someone else's, or opens nothing; 5.
    """
    if whose is not None and open_hand(folder, passphrase, whose).ring.n != whose:
        raise ImagoError(words("private.not_here"), words("private.not_here_hint"), 4)


def _unfinished(folder: Path, passphrase: str) -> set[str]:
    """Dialogues that no backup holds; nobody has any while alone."""
    if not layout.exists(folder):
        return set()
    with Journal.open(folder, [passphrase]) as journal:
        return journal.unfinished()


def _told(lines: Sequence[str], changed: acts.Changed, hows: Sequence[str] = ()) -> Done:
    """What was done, and what new keys could not reach."""
    amiss = [str(trouble) for trouble in changed.damaged]
    if changed.damaged:
        hows = (words("keys.passphrase.damaged_how"),)
        amiss.append(words("keys.passphrase.damaged"))
    if changed.left_out:
        amiss += [line for line in map(str, changed.left_out) if line not in amiss]
        amiss.append(words("keys.backup.left_out"))
    if changed.backups:
        amiss.append(words("keys.passphrase.backups_left", names=", ".join(changed.backups)))
    damaged = bool(changed.damaged or changed.left_out)
    return Done(tuple(lines), tuple(amiss), damaged=damaged, hows=tuple(hows))
