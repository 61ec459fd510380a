"""One person's own room: opened by a separate act, closed before any talk begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

from imago_tui.errors import ImagoError
from imago_tui.journal import atomic, codec, kdf, keyring, layout, lock, opening
from imago_tui.journal.catalogue import signature_of
from imago_tui.journal.entry import Entry, Turn
from imago_tui.journal.hand import open_hand
from imago_tui.journal.open_room import OpenRoom
from imago_tui.journal.shelf import Shelf
from imago_tui.journal.trouble import Trouble, gone
from imago_tui.words import words

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.hand import Hand

ROOM = "private"
Kind = Literal["reflection", "preparing", "frustration", "later"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class OwnRoom(OpenRoom):
    """An open private room. Made by `open_own` or `Journal.own`; `close` it, or use a `with`.

    Nothing of it is ever in a list, a search or a count of the shared room. What writes raises
    ImagoError 6 when another program writes and 7 when the disk does not take it, or the folder is
    not where it was; after `close` everything raises ImagoError 2.
    """

    def __init__(self, folder: Path, mine: Hand, name: str, writers: lock.Writers) -> None:
        super().__init__(writers)
        self.n = mine.ring.n
        self.name = name
        keys = codec.Keys(mine.own, ("", ""), {}, (name, ""), private=True)
        self.rekeying = len(mine.own) > 1
        self._file = folder / layout.KEYS / keyring.own_file(self.n)
        self._stamp = self._key_stamp()
        self._others = False
        self._open: Shelf | None = Shelf(folder, ROOM, keys)

    def close(self) -> None:
        """Let go of the keys; see `Journal.close`."""
        with self._mutex:
            if self._open:
                self._open.close()
            self._open = None

    @property
    def closed(self) -> bool:
        """Whether it has been closed, for instance because a talk began."""
        return self._open is None

    def note(
        self,
        kind: Kind,
        text: str,
        topic: str | None,
        made: datetime,
        begun: Entry | None = None,
    ) -> Entry:
        """Keep something for oneself alone; on the disk when this returns.

        Args:
            kind: a reflection, preparing a talk, what is under one's frustration, or a later
                thought on a talk.
            text: what was written, kept code point by code point.
            topic: what a list says of it, if anything.
            made: when, with offset.
            begun: as `begin` gave it, when this is the end of what was being written there.

        Raises:
            ImagoError: 2 closed, or there is no word in it; 6; 7.
        """
        if not text.strip():
            raise ImagoError(words("private.no_words"), "", 2)
        entry = begun or self.begin(kind, topic, made)
        turn = Turn(1, "note", self.name, self.name, text, aloud=False)
        return self.save(
            replace(entry, topic=topic, state="done", ended=made, turns=(turn,), draft=None)
        )

    def begin(self, kind: Kind, topic: str | None, made: datetime) -> Entry:
        """What somebody begins to write, with a fresh id; nothing is on the disk yet.

        Raises:
            ImagoError: 2 closed.
        """
        if kind not in KINDS:
            raise ValueError(kind)
        return Entry(
            id=self.new_id(),
            room="private",
            exercise=kind,
            topic=topic,
            started=made,
            ended=None,
            state="unfinished",
            partners=(self.name, ""),
        )

    def with_draft(self, entry: Entry, text: str) -> Entry:
        """`entry` with what stands in it so far, not saved yet."""
        return replace(entry, draft={"who": self.name, "step": "note", "text": text})

    def save(self, entry: Entry) -> Entry:
        """Put `entry`, written anew or from elsewhere, into this room; see `Journal.save`."""
        return super().save(replace(entry, room="private", sealed=False))

    def _key_stamp(self) -> object:
        try:
            return signature_of(self._file.lstat())
        except OSError:
            return None

    def _at_hand(self) -> Shelf:
        if self._open is not None and self._stamp != (now := self._key_stamp()):
            if now is None:
                raise gone()  # put back, they are the same as before
            # Another program changed its keys: nothing may be sealed to the old ones any more.
            self._others = True
            self.close()
        if self._open is None:
            why = "other_keys" if self._others else "closed"
            raise ImagoError(words(f"private.{why}"), words(f"private.{why}_hint"), 2)
        return self._open


def open_own(
    folder: Path, passphrase: str, writers: lock.Writers | None = None, prefer: int | None = None
) -> OwnRoom:
    """Open the private room of the one whose passphrase this is; costs one derivation.

    Works also where there is no shared room yet.

    Args:
        folder: the journal.
        passphrase: of the one whose room it is.
        writers: the lock of an open journal, when there is one.
        prefer: whose room is meant when the passphrase opens both rings.

    Raises:
        ImagoError: 2 no journal; 4 the passphrase opens nothing; 5 a key file is not whole.
    """
    folder = atomic.real(folder)
    keys = folder / layout.KEYS
    if not (keys / kdf.FILE).exists():
        raise ImagoError(words("journal.open.none"), words("journal.open.none_hint"), 2)
    mine = open_hand(folder, passphrase, prefer, certain=True)
    opening.mend(folder, mine.ring, mine.key)
    name = mine.ring.alone.name if mine.ring.alone else ""
    if (keys / keyring.SHARED_FILE).exists():
        try:
            name = keyring.Shared.read(keys, [mine.ring.member]).members[mine.ring.n].name
        except Trouble as trouble:
            raise trouble.of_key() from None
    return OwnRoom(folder, mine, name, writers or lock.Writers(folder))
