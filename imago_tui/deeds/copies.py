"""Copies of the journal, looking at every file, and taking something away for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.deeds import Done
from imago_tui.errors import NO_PASSPHRASE, WRONG_USE, ImagoError
from imago_tui.journal import acts, atomic, backups
from imago_tui.journal.own import OwnRoom
from imago_tui.journal.restore import restore as bring_back
from imago_tui.journal.trouble import Trouble
from imago_tui.outgoing import bringing, json_form
from imago_tui.paths import copies_of
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.entry import Entry
    from imago_tui.journal.store import Journal


def backup(
    folder: Path,
    journal: Journal | None,
    place: Path | None,
    now: datetime,
    progress: Progress | None = None,
) -> Done:
    """A copy in a new folder.

    Args:
        folder: the journal.
        journal: the open one; None where one person keeps one alone.
        place: in which folder; None: beside the journal.
        now: local time, for its name.
        progress: told how far it has come.

    Raises:
        ImagoError: 2 inside the journal; 5 a key file cannot be read; 6; 7.
    """
    target = place or copies_of(folder)
    if journal is None:
        made = acts.backup(folder, target, now, progress)
    else:
        made = journal.backup(target, now, progress)
    lines = (words("keys.backup.done", place=made.place), words("keys.backup.unfinished"))
    amiss = [str(trouble) for trouble in made.left_out]
    if amiss:
        amiss.append(words("keys.backup.left_out"))
    return Done((*lines, rolling(folder)), tuple(amiss), damaged=bool(amiss))


def rolling(folder: Path) -> str:
    """The line about the copies that the program keeps by itself."""
    there = backups.all_of(folder)
    if not there:
        return words("keys.backup.rolling_none")
    day = there[-1].name[:10]
    place = copies_of(folder)
    return words("keys.backup.rolling", count=len(there), day=day, place=place)


def restore(place: Path | None, folder: Path, progress: Progress | None = None) -> Done:
    """A copy brought back, into an empty place only; it needs no passphrase, all stays sealed.

    Args:
        place: a copy, or a folder of which the newest is taken; None: those beside `folder`.
        folder: where the journal is to stand.
        progress: told how far it has come.

    Raises:
        ImagoError: as `restore.restore`.
    """
    skipped = bring_back(place or copies_of(folder), folder, progress)
    left_out = tuple(words("keys.restore.skipped", name=name) for name in skipped)
    return Done((words("keys.restore.done", folder=folder),), left_out, damaged=bool(skipped))


def read_data(place: Path) -> list[Entry]:
    """The entries in a file of data that was taken out of a journal.

    Raises:
        ImagoError: 2 it cannot be read, or is no such file; 5 it is a newer program's.
    """
    file = atomic.real(place)
    try:
        data = atomic.read(file.parent, file.name, json_form.MOST_BYTES)
    except (Trouble, ValueError):
        raise ImagoError(words("outgoing.unreadable"), "", WRONG_USE) from None
    return json_form.parse(data)


def bring_in(
    room: Journal | OwnRoom, entries: Sequence[Entry], progress: Progress | None = None
) -> Done:
    """Take entries into a room, those left out that stand there already.

    Raises:
        ImagoError: as `bringing.bring`.
    """
    done = bringing.bring(room, entries, progress)
    brought = (words("outgoing.brought", new=done.new, known=done.known),)
    if not done.elsewhere:
        return Done(brought)
    elsewhere = words("outgoing.elsewhere", count=done.elsewhere)
    return Done(brought, (elsewhere,), hows=(words("outgoing.elsewhere_how"),))


def verify(room: Journal | OwnRoom, folder: Path, progress: Progress | None = None) -> Done:
    """Every file that opens, and the key files, looked at. Writes nothing.

    Raises:
        ImagoError: 5 the folder cannot be read.
    """
    report = room.verify(progress)
    lines = [words("keys.rekey.unfinished")] if room.rekeying else []
    hows = (words("keys.rekey.unfinished_how"),) if room.rekeying else ()
    key = "keys.verify.good_one" if report.good == 1 else "keys.verify.good"
    lines += [words(key, count=report.good), rolling(folder)]
    amiss = [str(one) for one in report.damaged] + report.keys
    if not isinstance(room, OwnRoom):
        amiss += [words("keys.verify.strange", name=name) for name in report.strange]
    return Done(tuple(lines), tuple(amiss), damaged=bool(amiss), hows=hows)


def delete(journal: Journal, id_: str) -> Done:
    """Take an entry away when both agree, out of our own copies too.

    Raises:
        ImagoError: 2 there is none; 4 not both are here; 6; 7.
    """
    if not journal.both:
        raise ImagoError(words("keys.delete.both"), words("keys.delete.both_hint"), NO_PASSPHRASE)
    return gone(journal.delete(id_))


def take_out(journal: Journal, id_: str) -> Done:
    """Take the words of the one who is here out of an entry; a neutral gap stays.

    Raises:
        ImagoError: 2 it isn't clear whose, or there are none; 4 it opens only with both; 5; 6; 7.
    """
    if len(journal.present) > 1:
        raise ImagoError(
            words("keys.delete.not_both"), words("keys.delete.not_both_hint"), WRONG_USE
        )
    return gone(journal.take_out(id_, min(journal.present)), "words_done")


def gone(left: Sequence[str], key: str = "done") -> Done:
    """What there is to tell of something taken away. `left`: copies that could not be reached."""
    amiss = (words("keys.delete.left", names=", ".join(left)),) if left else ()
    return Done((words(f"keys.delete.{key}"), words("keys.delete.elsewhere")), amiss)
