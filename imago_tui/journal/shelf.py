"""One room's entries with its index: found, read, changed, and taken away together."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import listing, verify
from imago_tui.journal.broken import Broken
from imago_tui.journal.catalogue import Answer, Catalogue, entry_file
from imago_tui.journal.entry import Entry, Note
from imago_tui.journal.index import OURS
from imago_tui.journal.listing import Found, Listing
from imago_tui.journal.room import Room
from imago_tui.journal.trouble import Trouble, in_folder, unknown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.codec import Keys
    from imago_tui.journal.entry import Head, NoteKind
    from imago_tui.journal.filters import Filter
    from imago_tui.journal.index import Index
    from imago_tui.journal.keepsakes import Keepsake

ID = re.compile("[0-9a-f]{16}")


class Shelf:
    """The entries and the index of one room. Whoever calls what writes holds the lock.

    Args:
        folder: the journal.
        name: of the room.
        keys: what opens and seals its files.
    """

    def __init__(self, folder: Path, name: str, keys: Keys) -> None:
        self.room = Room(folder / "entries", keys)
        self._folder = folder
        self._name = name
        self._keys = keys
        self._opened: Catalogue | None = None
        self._revisions: dict[str, int] = {}
        self._topics: dict[str, tuple[object, str | None]] = {}

    def close(self) -> None:
        """Let go of the index and of what was read."""
        if self._opened:
            self._opened.index.close()
        self._opened = None
        self._topics.clear()

    def rekeyed(self, keys: Keys) -> None:
        """Go on with other keys of the same room."""
        self.close()
        self._keys = keys
        self.room = Room(self._folder / "entries", keys)

    def save(self, entry: Entry) -> Entry:
        """See `Journal.save`."""
        if entry.sealed or not ID.fullmatch(entry.id):
            raise ValueError(entry.id)
        if entry.state == "done":
            # Only words of what is done were ever put into the search.
            self._forget_words(entry.id)
        revision = max(entry.revision, self._revisions.get(entry.id, 0)) + 1
        saved = replace(entry, revision=revision, older_copy=False)
        self.room.write(saved)
        self._revisions[saved.id] = revision
        return saved

    def save_note(self, note: Note) -> Note:
        """Put a note in the place of its older copy; returns it with its new revision."""
        saved = replace(note, revision=note.revision + 1)
        self.room.write(saved)
        return saved

    def names(self, id_: str) -> bool:
        """Whether this room has an entry of this id, or had one that is lost or damaged now."""
        known = self._asked(lambda index: index.known_one(id_))
        return known is not None and known.kind in OURS

    def remove(self, id_: str) -> None:
        """See `Journal.remove`."""
        self.refuse_newer(id_)
        catalogue = self._catalogue()
        catalogue.reload()
        # First out of the index: what it names and is not there counts as lost.
        with in_folder():
            if catalogue.ask(lambda index: index.known_one(id_)):
                self._forget_words(id_)
                catalogue.ask(lambda index: index.drop(id_))
                try:
                    catalogue.write(leaving=id_)
                except ImagoError:
                    # A full disk takes no new index, but lets go of the old one; the next is made
                    # of the entries. Where it doesn't do that either, the entry stays as well.
                    catalogue.unwrite()
        self.room.remove(id_)
        self._topics.pop(id_, None)

    def refuse_newer(self, id_: str) -> None:
        """See that the file of `id_` is ours to take away.

        Raises:
            ImagoError: 2 there can be none of this id; 5 a newer version wrote it.
        """
        if not ID.fullmatch(id_):
            raise unknown(id_)
        try:
            self.room.read(id_)
        except Trouble as trouble:
            if trouble.reason == "newer":
                raise trouble.shown() from None

    def write_index(self, progress: Progress | None, *, anew: bool = False) -> None:
        """See `Journal.write_index`; `anew` also when nothing has changed but the keys."""
        catalogue = self._catalogue()
        if anew:
            catalogue.reload()
            catalogue.index.changed = True
        with in_folder():
            catalogue.write(progress)

    def load(self, id_: str) -> Entry | Note:
        """What the file of `id_` holds.

        Raises:
            ImagoError: 2 there is none; 5 it is not whole.
        """
        if not ID.fullmatch(id_):
            raise unknown(id_)
        with in_folder():
            known = self._catalogue().ask(lambda index: index.known_one(id_))
        try:
            found = self.room.read(id_)
        except Trouble as trouble:
            if trouble.reason == "missing" and known is None:
                raise unknown(id_) from None
            named = id_ in self._revisions or (known is not None and known.kind in OURS)
            if trouble.reason == "foreign" and not named:
                # It may well stand in a room of which nothing is said here.
                raise unknown(id_) from None
            raise trouble.of_named(named=named).shown() from None
        newest = max(known.revision if known else 0, self._revisions.get(id_, 0))
        if isinstance(found, Entry) and found.revision < newest:
            # Whoever goes on from it makes a newer one than any before.
            self._revisions[id_] = newest
            return replace(found, older_copy=True)
        return found

    def resolve(self, start: str) -> str:
        """See `Journal.resolve`."""
        if ID.fullmatch(start):
            return start
        heads = self.heads(None).heads if start else ()
        found = [head.id for head in heads if head.id.startswith(start)]
        if len(found) != 1:
            raise unknown(start)
        return found[0]

    def heads(self, progress: Progress | None) -> Listing:
        """See `Journal.heads`."""
        catalogue = self._refreshed(progress)
        with in_folder():
            heads, troubles = catalogue.ask(lambda index: (index.heads(), index.troubles()))
        damaged = [Trouble(why, f"entries/{entry_file(id_)}") for id_, why in troubles]
        if self._keys.together_open:
            sealed = [at for at, head in enumerate(heads) if head.room == "together"]
            for done, at in enumerate(sealed):
                if progress:
                    progress(done, len(sealed))
                try:
                    heads[at] = replace(heads[at], topic=self._together_topic(heads[at].id))
                except Trouble as trouble:
                    damaged.append(trouble)
        return Listing(heads, damaged)

    def notes(self, kind: NoteKind) -> list[Note]:
        """The notes of this kind, earliest first."""
        found: list[Note] = []
        for id_ in self._glanced(lambda index: index.notes(kind)):
            with suppress(ImagoError):  # damaged since: `heads` tells
                note = self.load(id_)
                if isinstance(note, Note):
                    found.append(note)
        return found

    def search(self, text: str, most: int | None, wanted: Filter | None = None) -> list[Found]:
        """See `Journal.search`."""
        found: list[Found] = []
        catalogue = self._catalogue()
        with in_folder():
            catalogue.glance()
            if wanted:
                # All of them, since what is left out does not count.
                fitting = {head.id for head in catalogue.ask(_heads) if wanted.fits(head)}
                every = catalogue.ask(lambda index: index.search(text))
                ids = [id_ for id_ in every if id_ in fitting][:most]
            else:
                ids = catalogue.ask(lambda index: index.search(text, most))
        for id_ in ids:
            with suppress(ImagoError):  # damaged since: `heads` tells
                entry = self.load(id_)
                if isinstance(entry, Entry):
                    piece = listing.snippet(entry, text)
                    found.append(Found(id_, entry.listed, entry.started, piece))
        return found

    def damaged(self, progress: Progress | None) -> list[Trouble]:
        """What `heads` could not read, without the heads themselves."""
        if self._keys.together_open:  # whether these open shows only when they are opened
            return self.heads(progress).damaged
        catalogue = self._refreshed(progress)
        with in_folder():
            troubles = catalogue.ask(lambda index: index.troubles())
        return [Trouble(why, f"entries/{entry_file(id_)}") for id_, why in troubles]

    def matching(self, text: str) -> set[str]:
        """See `OpenRoom.matching`."""
        return self._glanced(lambda index: index.matching(text))

    def unfinished(self) -> list[str]:
        """Ids of the dialogues that are not finished."""
        return self._asked(lambda index: index.unfinished())

    def keepsakes(self) -> list[Keepsake]:
        """See `SharedRoom.keepsakes`."""
        return self._glanced(lambda index: index.keepsakes())

    def verify(self, progress: Progress | None) -> verify.Report:
        """See `Journal.verify`."""
        known = self._asked(lambda index: index.known())
        with in_folder():
            return verify.verify(self._folder, known, self.room.read, progress)

    def _catalogue(self) -> Catalogue:
        if self._opened is None:
            identities = self._keys.identities
            self._opened = Catalogue(self._folder, self._name, identities, self.room.read)
        return self._opened

    def _refreshed(self, progress: Progress | None = None) -> Catalogue:
        catalogue = self._catalogue()
        with in_folder():
            catalogue.refresh(progress)
        return catalogue

    def _asked(self, question: Callable[[Index], Answer]) -> Answer:
        catalogue = self._refreshed()
        with in_folder():
            return catalogue.ask(question)

    def _glanced(self, question: Callable[[Index], Answer]) -> Answer:
        """As `_asked`, without a look at every file; see `Catalogue.glance`."""
        catalogue = self._catalogue()
        with in_folder():
            catalogue.glance()
            return catalogue.ask(question)

    def _forget_words(self, id_: str) -> None:
        """Before a file changes or goes: take the words it holds now out of the search."""
        catalogue = self._catalogue()
        # What goes wrong here is noticed when the index is written: then all words are read anew.
        with suppress(Trouble, Broken):
            known = catalogue.index.known_one(id_)
            if known and known.has_words and catalogue.is_fresh(id_, known):
                now = self.room.read(id_)
                if isinstance(now, Entry):
                    catalogue.index.forget_words(now)

    def _together_topic(self, id_: str) -> str | None:
        known = self._catalogue().ask(lambda index: index.known_one(id_))
        signature = known.signature if known else None
        if id_ not in self._topics or self._topics[id_][0] != signature:
            found = self.room.read(id_)
            self._topics[id_] = signature, found.listed if isinstance(found, Entry) else None
        return self._topics[id_][1]


def _heads(index: Index) -> list[Head]:
    return index.heads()
