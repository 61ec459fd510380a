"""The files of one room: sealed, put in their place, opened again."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from imago_tui.journal import atomic, codec, lock
from imago_tui.journal.catalogue import entry_file
from imago_tui.journal.trouble import writing

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.journal.entry import Entry, Note


class Room:
    """The files of one room.

    Args:
        entries: the folder where those of all rooms stand.
        keys: what opens and seals this room's.
    """

    def __init__(self, entries: Path, keys: codec.Keys) -> None:
        self._entries = entries
        self._keys = keys

    def new_id(self) -> str:
        """An id that no file has."""
        while True:
            made = secrets.token_hex(8)
            if self.is_free(made):
                return made

    def is_free(self, id_: str) -> bool:
        """Whether no file, of whatever room, has this id."""
        return not os.path.lexists(self._entries / entry_file(id_))

    def read(self, id_: str) -> Entry | Note:
        """What the file of `id_` holds now.

        Raises:
            Trouble: whatever is the matter with it.
        """
        name = entry_file(id_)
        data = atomic.read(self._entries, name, codec.MOST_FILE, shown=f"entries/{name}")
        return codec.decode(data, id_, self._keys, f"entries/{name}")

    def write(self, what: Entry | Note) -> None:
        """Put `what` in the place of what its file held. Only for the one who holds the lock.

        Raises:
            ImagoError: status 7, also where no journal stands any more.
            TypeError, ValueError: it holds what JSON cannot say.
        """
        data = codec.encode(what, self._keys)
        with writing():
            try:
                atomic.write(self._entries, entry_file(what.id), data)
            except FileNotFoundError:  # a copy that left out the empty folder
                lock.see_journal(self._entries.parent)
                atomic.make_folder(self._entries)
                atomic.write(self._entries, entry_file(what.id), data)

    def remove(self, id_: str) -> None:
        """Take the file of `id_` away. Only for the one who holds the lock.

        Raises:
            ImagoError: status 7.
        """
        with writing():
            atomic.remove(self._entries, entry_file(id_))
