"""Writing in one's own room, and moving something out of it."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, get_args

from imago_tui.errors import ImagoError
from imago_tui.journal import acts, layout
from imago_tui.journal.keyring import KeepPreset

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.entry import Entry
    from imago_tui.journal.own import Kind, OwnRoom
    from imago_tui.journal.store import Journal


def keep(
    folder: Path,
    room: OwnRoom,
    kind: Kind,
    text: str,
    topic: str | None,
    now: datetime,
    begun: Entry | None = None,
) -> Entry:
    """Keep something in one's own room; on the disk when this returns.

    Args:
        folder: the journal.
        room: open.
        kind: what it is.
        text: what was written.
        topic: what a list says of it.
        now: with offset.
        begun: the sheet on which it stood so far; this takes its place.

    Raises:
        ImagoError: as `OwnRoom.note`.
    """
    kept = room.note(kind, text, topic, now, begun)
    room.write_index()
    if layout.exists_alone(folder):
        # Nobody ends a talk there, after which it would be made. It is kept by now in any case.
        with suppress(ImagoError):
            acts.roll(folder, now)
    return kept


def move(journal: Journal, room: OwnRoom, id_: str) -> Entry:
    """Move an entry into the shared room; returns it as it is there.

    Raises:
        ImagoError: as `Journal.bring`.
    """
    brought = journal.bring(room, room.resolve(id_))
    room.write_index()
    journal.write_index()
    return brought


def let_go(folder: Path, room: OwnRoom, id_: str) -> list[str]:
    """Take an entry away for good; names of our own copies that could not be reached.

    Raises:
        ImagoError: 2 there is none; 5; 6; 7.
    """
    found = room.resolve(id_)
    room.load(found)
    room.remove(found)
    return acts.forget(folder, found)


def keep_usually(journal: Journal, n: int, answer: str) -> None:
    """Keep what partner `n` usually keeps of a talk: an answer of `keep`; anything else is none.

    Raises:
        ImagoError: as `Journal.save_settings`.
    """
    settings = journal.settings(n)
    keep = answer if answer in get_args(KeepPreset) else None
    journal.save_settings(n, settings.model_copy(update={"keep": keep}))


def begun(room: OwnRoom) -> Entry | None:
    """The newest sheet that somebody was writing on when the room was closed.

    Raises:
        ImagoError: 2 the room is closed.
    """
    for head in room.heads().heads:
        if head.state == "unfinished":
            with suppress(ImagoError):  # not whole: `heads` tells
                return room.load(head.id)
    return None


class Sheet:
    """Something being written in an open room, sealed as it grows; nothing else ever holds it.

    Args:
        folder: the journal.
        room: open as long as this is used.
        kind: what it is going to be.
        now: tells the time, with offset.
        entry: the sheet as it was left before, if it was.
        topic: what a list may say of it.
    """

    def __init__(
        self,
        folder: Path,
        room: OwnRoom,
        kind: Kind,
        now: Callable[[], datetime],
        entry: Entry | None = None,
        topic: str = "",
    ) -> None:
        self._folder, self._room, self._now = folder, room, now
        self._entry = entry
        self.kind: Kind = entry.exercise if entry else kind  # type: ignore[assignment]
        self.topic = (entry.topic if entry else None) or topic
        self.text = entry.draft["text"] if entry and entry.draft else ""
        self._sealed = self.text
        # A draft that is still on its way must not come after the end.
        self._mutex = threading.Lock()
        self._over = False

    def save(self, text: str) -> None:
        """Seal what stands on it so far.

        Raises:
            ImagoError: 2 the room is closed; 6; 7.
        """
        with self._mutex:
            if self._over or text == self._sealed:
                return
            if self._entry is None:
                self._entry = self._room.begin(self.kind, self.topic or None, self._now())
            self._entry = self._room.save(self._room.with_draft(self._entry, text))
            self._sealed = text

    def keep(self, text: str, topic: str) -> Entry:
        """It is finished, and kept.

        Raises:
            ImagoError: as `keep`.
        """
        with self._mutex:
            kept = keep(
                self._folder,
                self._room,
                self.kind,
                text,
                topic.strip() or None,
                self._now(),
                self._entry,
            )
            self._over = True
            return kept

    def let_go(self) -> None:
        """Nothing of it stays.

        Raises:
            ImagoError: 6; 7.
        """
        with self._mutex:
            self._over = True
            if self._entry is not None:
                self._room.remove(self._entry.id)
                acts.forget(self._folder, self._entry.id)
