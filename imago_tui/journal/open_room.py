"""A room that is open: what the shared one and one's own have in common."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from imago_tui.journal.entry import Entry
from imago_tui.journal.trouble import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.filters import Filter
    from imago_tui.journal.listing import Found, Listing
    from imago_tui.journal.lock import Writers
    from imago_tui.journal.shelf import Shelf
    from imago_tui.journal.trouble import Trouble
    from imago_tui.journal.verify import Report


class OpenRoom(ABC):
    """Entries of one room, read, written and found. `close` it, or use it in a `with`.

    Every method may be called from any thread. Whatever writes takes the writers' lock for that
    moment unless it is held already, and raises ImagoError 6 when another program has it and 7 when
    the disk does not take what is written; the old files are whole then.

    Args:
        writers: the writers' lock of the journal.
    """

    def __init__(self, writers: Writers) -> None:
        self._writers = writers
        self._mutex = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of the keys and of the index. Python cannot wipe memory; the process ends soon."""

    @abstractmethod
    def _at_hand(self) -> Shelf:
        """The entries, with the keys as they are now: another program may have changed them."""

    # Writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock for many saves in a row."""
        with self._writers.held():
            yield

    @contextmanager
    def _changing(self) -> Iterator[Shelf]:
        """The entries, with nobody else writing, for the length of a block."""
        with self._mutex, self._writers.held():
            yield self._at_hand()

    def is_free(self, id_: str) -> bool:
        """Whether no file has this id, in whatever room."""
        return self._at_hand().room.is_free(id_)

    def new_id(self) -> str:
        """An id that no file has."""
        return self._at_hand().room.new_id()

    def save(self, entry: Entry) -> Entry:
        """Seal `entry` and put it in the place of its older copy; on the disk when this returns.

        Returns `entry` with the revision it has now; go on with that one.

        Raises:
            ImagoError: 6; 7, also when it is too large to be kept in one piece.
            ValueError: it is a together entry whose words are not open here.
        """
        with self._changing() as shelf:
            return shelf.save(entry)

    def remove(self, id_: str) -> None:
        """Take a dialogue or note away for good, out of the search as well.

        Raises:
            ImagoError: 6; 7.
        """
        with self._changing() as shelf:
            shelf.remove(id_)

    def write_index(self, progress: Progress | None = None) -> None:
        """Put the index on the disk when it has changed: at the end of a dialogue and on lock.

        Raises:
            ImagoError: 6; 7.
        """
        with self._changing() as shelf:
            shelf.write_index(progress)

    # Reading

    def load(self, id_: str) -> Entry:
        """A dialogue, always from its own file.

        Raises:
            ImagoError: 2 there is none with this id; 5 its file is damaged, newer, forged or lost.
        """
        with self._mutex:
            found = self._at_hand().load(id_)
        if not isinstance(found, Entry):
            raise unknown(id_)
        return found

    def heads(self, progress: Progress | None = None) -> Listing:
        """Every dialogue that opens, newest first, and what could not be read. Writes nothing."""
        with self._mutex:
            return self._at_hand().heads(progress)

    def damaged(self, progress: Progress | None = None) -> list[Trouble]:
        """What could not be read; quicker than `heads`. Writes nothing."""
        with self._mutex:
            return self._at_hand().damaged(progress)

    def resolve(self, start: str) -> str:
        """The id that begins with `start`, when only one does.

        Raises:
            ImagoError: 2 none or several do.
        """
        with self._mutex:
            return self._at_hand().resolve(start)

    def search(
        self, text: str, most: int | None = None, wanted: Filter | None = None
    ) -> list[Found]:
        """Dialogues of this room in which every word of `text` occurs, newest first.

        Args:
            text: the words.
            most: only so many of them; None: all.
            wanted: only among these.

        Raises:
            ImagoError: 2 the SQLite of this machine cannot search; 5.
        """
        with self._mutex:
            return self._at_hand().search(text, most, wanted)

    def matching(self, text: str) -> set[str]:
        """Ids of all dialogues of this room in which every word of `text` occurs; what opens with
        both keys only never does. Opens no entry, so it keeps up with somebody who types. Raises as
        `search` does.
        """
        with self._mutex:
            return self._at_hand().matching(text)

    def verify(self, progress: Progress | None = None) -> Report:
        """Open and check every file that the keys at hand may open. Writes nothing."""
        with self._mutex:
            return self._at_hand().verify(progress)
