"""One person's own room: opened by a separate act, closed before any talk begins."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic, codec, keyring, lock, opening, setup
from imago_tui.journal import kdf as kdf_file
from imago_tui.journal.catalogue import signature_of
from imago_tui.journal.entry import Entry, Turn
from imago_tui.journal.filters import Filter
from imago_tui.journal.kdf import Kdf, derive
from imago_tui.journal.shelf import Shelf, unknown
from imago_tui.journal.trouble import Trouble
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.keyring import Ring
    from imago_tui.journal.listing import Found, Listing
    from imago_tui.journal.verify import Report

ROOM = "private"
MOST_FOUND = 200
Kind = Literal["reflection", "preparing", "frustration"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class OwnRoom:
    """An open private room. Made by `open_own` or `Journal.own`; `close` it, or use a `with`.

    Nothing of it is ever in a list, a search or a count of the shared room. What writes raises
    ImagoError 6 when another program writes and 7 when the disk does not take it; after `close`
    everything raises ImagoError 2.
    """

    def __init__(
        self,
        folder: Path,
        ring: Ring,
        name: str,
        identities: Sequence[age.Identity],
        writers: lock.Writers,
    ) -> None:
        self.n = ring.n
        self.name = name
        self._writers = writers
        self._mutex = threading.RLock()
        names = (name, "")
        keys = codec.Keys(tuple(identities), ("", ""), {}, names, private=True)
        self.rekeying = len(identities) > 1
        self._file = folder / setup.KEYS / keyring.own_file(ring.n)
        self._stamp = self._key_stamp()
        self._open: Shelf | None = Shelf(folder, ROOM, keys)

    def __enter__(self) -> OwnRoom:  # noqa: PYI034 - nobody subclasses it
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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

    def note(self, kind: Kind, text: str, topic: str | None, made: datetime) -> Entry:
        """Keep something for oneself alone; on the disk when this returns.

        Args:
            kind: a reflection, preparing a talk, or what is under one's frustration.
            text: what was written, kept code point by code point.
            topic: what a list says of it, if anything.
            made: when, with offset.

        Raises:
            ImagoError: 2 closed, or there is no word in it; 6; 7.
        """
        if kind not in KINDS:
            raise ValueError(kind)
        if not text.strip():
            raise ImagoError(words("private.no_words"), "", 2)
        shelf = self._shelf
        moment = made.replace(microsecond=0)
        turn = Turn(1, "note", self.name, self.name, text, aloud=False)
        return self.save(
            Entry(
                id=shelf.room.new_id(),
                room="private",
                exercise=kind,
                topic=topic,
                started=moment,
                ended=moment,
                state="done",
                partners=(self.name, ""),
                turns=(turn,),
            )
        )

    def save(self, entry: Entry) -> Entry:
        """Put `entry`, written anew or from elsewhere, into this room; see `Journal.save`."""
        with self._mutex, self._writers.held():
            return self._shelf.save(replace(entry, room="private", sealed=False))

    def remove(self, id_: str) -> None:
        """Take an entry away for good, out of the search as well."""
        with self._mutex, self._writers.held():
            self._shelf.remove(id_)

    def write_index(self, progress: Progress | None = None) -> None:
        """Put this room's index on the disk when it has changed."""
        with self._mutex, self._writers.held():
            self._shelf.write_index(progress)

    def load(self, id_: str) -> Entry:
        """An entry, from its own file; as `Journal.load`."""
        with self._mutex:
            found = self._shelf.load(id_)
        if not isinstance(found, Entry):
            raise unknown(id_)
        return found

    def heads(self, progress: Progress | None = None) -> Listing:
        """Every entry of this room, newest first, and what could not be read."""
        with self._mutex:
            return self._shelf.heads(progress)

    def resolve(self, start: str) -> str:
        """The id in this room that begins with `start`, when only one does."""
        with self._mutex:
            return self._shelf.resolve(start)

    def search(
        self, text: str, most: int = MOST_FOUND, wanted: Filter | None = None
    ) -> list[Found]:
        """Entries of this room in which every word of `text` occurs, newest first."""
        with self._mutex:
            return self._shelf.search(text, most, wanted)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock for many saves in a row."""
        with self._writers.held():
            yield

    def is_free(self, id_: str) -> bool:
        """Whether no file has this id, in whatever room."""
        return self._shelf.room.is_free(id_)

    def new_id(self) -> str:
        """An id that no file has."""
        return self._shelf.room.new_id()

    def verify(self, progress: Progress | None = None) -> Report:
        """Open and check every file of this room. Writes nothing."""
        with self._mutex:
            return self._shelf.verify(progress)

    def _key_stamp(self) -> object:
        try:
            return signature_of(self._file.lstat())
        except OSError:
            return None

    @property
    def _shelf(self) -> Shelf:
        if self._stamp != self._key_stamp():
            # Another program changed its keys: nothing may be sealed to the old ones any more.
            self.close()
        if self._open is None:
            raise ImagoError(words("private.closed"), words("private.closed_hint"), 2)
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
    keys = folder / setup.KEYS
    if not (keys / kdf_file.FILE).exists():
        raise ImagoError(words("journal.open.none"), words("journal.open.none_hint"), 2)
    ring, key = ring_and_key(folder, passphrase, prefer)
    opening.mend(folder, ring.n, key)
    try:
        identities = keyring.read_own(keys, ring.n, [key])
        name = ring.alone.name if ring.alone else ""
        if (keys / keyring.SHARED_FILE).exists():
            name = keyring.Shared.read(keys, [ring.member]).members[ring.n].name
    except Trouble as trouble:
        raise trouble.of_key() from None
    return OwnRoom(folder, ring, name, identities, writers or lock.Writers(folder))


def ring_and_key(
    folder: Path, passphrase: str, prefer: int | None = None
) -> tuple[Ring, age.Identity]:
    """The ring that a passphrase opens, and the key it became; costs one derivation.

    Raises:
        ImagoError: 4 it opens nothing; 5 a key file is not whole.
    """
    keys = folder / setup.KEYS
    key = derive(passphrase, Kdf.read(keys))
    found = {ring.n: ring for ring in opening.rings_of(keys, key)}
    if not found:
        raise ImagoError(words("journal.open.wrong"), words("journal.open.wrong_hint"), 4)
    # While someone joins, the ring of the one who was alone may stand in both places for a moment.
    people = {str(ring.member) for ring in found.values()}
    if len(people) > 1 and prefer not in found:
        raise ImagoError(words("private.whose"), words("private.whose_hint"), 2)
    return found[prefer] if prefer in found else next(iter(found.values())), key
