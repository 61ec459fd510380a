"""The room that both own equally: its dialogues, and the small notes beside them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import key_check, ownership
from imago_tui.journal.copies import Copies
from imago_tui.journal.entry import Entry, Note
from imago_tui.journal.lock import Writers
from imago_tui.journal.open_room import OpenRoom
from imago_tui.journal.shelf import Shelf
from imago_tui.journal.trouble import unknown
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.company import Company
    from imago_tui.journal.entry import NoteKind
    from imago_tui.journal.keepsakes import Keepsake
    from imago_tui.journal.keyring import Shared
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.verify import Report

NAME = "shared"


class SharedRoom(OpenRoom):
    """The shared room, open to those who are here.

    Args:
        folder: the journal.
        company: who is here.
    """

    def __init__(self, folder: Path, company: Company) -> None:
        super().__init__(Writers(folder))
        self.folder = folder
        self._company = company
        self._copies = Copies(folder, self._writers, self.unfinished)
        self._shelf = Shelf(folder, NAME, company.room_keys())

    def close(self) -> None:
        """Let go of the keys and of the index; see `OpenRoom.close`. Waits for a copy behind."""
        self._copies.wait()
        with self._mutex:
            self._company.leave()
            self._shelf.rekeyed(self._company.room_keys())

    @property
    def partners(self) -> tuple[str, str]:
        """Both names, in the order of the journal."""
        return self._company.names

    @property
    def present(self) -> frozenset[int]:
        """Whose ring is open: 0, 1 or both."""
        return frozenset(self._company.rings)

    @property
    def both(self) -> bool:
        """Whether both rings are open."""
        return self._company.both

    # Whose turn it is to say yes

    def only(self, passphrase: str) -> int:
        """Have the one whose passphrase this is be here alone until `everyone`, where both are.

        Costs one derivation.

        Returns:
            Who that is.

        Raises:
            ImagoError: 2 it opens both rings, so it does not say who; 4 it opens nothing; 5 a key
                file is not whole.
        """
        found = self._company.rings_by(passphrase)
        if len(found) > 1:
            raise ImagoError(words("private.whose"), words("private.whose_hint"), 2)
        (n,) = found
        with self._mutex:
            self._company.only(n)
            self._shelf.rekeyed(self._company.room_keys())
        return n

    def everyone(self) -> None:
        """Have both be here again, after `only`."""
        with self._mutex:
            if self._company.everyone():
                self._shelf.rekeyed(self._company.room_keys())

    # Dialogues

    def new_entry(self, exercise: str, started: datetime) -> Entry:
        """A dialogue that begins, with a fresh id; nothing is written yet."""
        return Entry(
            id=self.new_id(),
            room="shared",
            exercise=exercise,
            topic=None,
            started=started,
            ended=None,
            state="unfinished",
            partners=self.partners,
        )

    def unfinished(self) -> set[str]:
        """Ids of the dialogues that are not finished: no copy holds them."""
        with self._mutex:
            return set(self._at_hand().unfinished())

    def bring(self, room: OwnRoom, id_: str) -> Entry:
        """Move one entry of an open private room into the shared one; returns it as it is there.

        Killed in between it stands in both, never in none.

        Raises:
            ImagoError: as `load` and `save` do.
        """
        entry = room.load(id_)
        fresh = self.new_entry(entry.exercise, entry.started)
        moved = replace(
            entry, id=fresh.id, room="shared", partners=self.partners, kept="all", revision=0
        )
        saved = self.save(replace(moved, older_copy=False))
        room.remove(id_)
        return saved

    def delete(self, id_: str) -> list[str]:
        """Take an entry away when both agree, out of the program's own backups too.

        Returns the names of backups that could not be reached.

        Raises:
            ImagoError: 4 not both rings are open; 2 there is no such entry; 6; 7.
        """
        if not self.both:
            raise ImagoError(words("keys.delete.both"), words("keys.delete.both_hint"), 4)
        with self._changing() as shelf:
            shelf.refuse_newer(id_)
            if not shelf.names(id_):
                raise unknown(id_)
            shelf.remove(id_)
            return self._copies.forget(id_)

    def take_out(self, id_: str, n: int) -> list[str]:
        """Take the words about partner n out of an entry, which either may do alone with their own.

        A gap stays in the place of each: no text, and not said aloud. A mirror goes with the words
        it is about. Returns the names of backups that could not be reached.

        Raises:
            ImagoError: 2 there are none, or it is unfinished; 4 it opens only with both; 5; 6; 7.
        """
        with self._changing() as shelf:
            entry = self.load(id_)
            if entry.sealed:
                raise ImagoError(words("keys.delete.together"), words("keys.delete.both_hint"), 4)
            if entry.state != "done":
                raise ImagoError(words("keys.delete.unfinished"), "", 2)
            without = ownership.without(entry, self.partners[n])
            if without == entry:
                raise ImagoError(words("keys.delete.no_words"), "", 2)
            shelf.save(without)
            shelf.write_index(None)
            return self._copies.forget(id_)

    def keepsakes(self) -> list[Keepsake]:
        """What people come back for, of every dialogue that either may open alone, dialogue by
        dialogue. Opens no entry that has not changed since.
        """
        with self._mutex:
            return self._at_hand().keepsakes()

    def choose_theme(self, id_: str, theme: str | None) -> Entry:
        """Say which of the offered topics a dialogue is about; None: none of them.

        Either may: no word is lost by it, and of some themes no list shows a title.

        Raises:
            ImagoError: 2 there is no such dialogue, or it is unfinished; 4 it opens only with
                both; 5; 6; 7.
        """
        with self._changing() as shelf:
            entry = self.load(id_)
            if entry.sealed:
                raise ImagoError(
                    words("journal.open.both_needed"), words("journal.open.both_needed_hint"), 4
                )
            if entry.state != "done":
                raise ImagoError(words("reading.unfinished_theme"), "", 2)
            return shelf.save(replace(entry, theme=theme))

    # Notes

    def add_appointment(
        self, when: datetime, exercise: str | None = None, who: str | None = None, *, made: datetime
    ) -> Note:
        """Keep the time of a dialogue that was put off. All times with offset."""
        id_ = self.new_id()
        return self.write_note(
            Note(id=id_, kind="appointment", made=made, when=when, exercise=exercise, who=who)
        )

    def park(self, text: str, who: str | None = None, *, made: datetime) -> Note:
        """Keep a topic for another day."""
        id_ = self.new_id()
        return self.write_note(Note(id=id_, kind="parked", made=made, text=text, who=who))

    def write_note(self, note: Note) -> Note:
        """Put a note in the place of its older copy, or where there was none; see `notes`."""
        with self._changing() as shelf:
            return shelf.save_note(note)

    def appointments(self) -> list[Note]:
        """Agreed times, earliest first."""
        return self.notes("appointment")

    def parked(self) -> list[Note]:
        """Topics kept for another day, oldest first."""
        return self.notes("parked")

    def notes(self, kind: NoteKind) -> list[Note]:
        """Every note of a kind, earliest first."""
        with self._mutex:
            return self._at_hand().notes(kind)

    def verify(self, progress: Progress | None = None) -> Report:
        """Open and check every file that the keys at hand may open. Writes nothing."""
        with self._mutex:
            report = super().verify(progress)
            report.keys = list(key_check.check(self.folder, self._company.rings.values()))
            return report

    # Within

    def _at_hand(self) -> Shelf:
        if self._company.keep_up():
            self._shelf.rekeyed(self._company.room_keys())
        return self._shelf

    @contextmanager
    def _changing(self) -> Iterator[Shelf]:
        with super()._changing() as shelf:
            self._company.refuse_newer()
            self._company.refuse_gone()
            yield shelf

    def _take(self, shared: Shared) -> None:
        if self._company.take(shared):
            self._shelf.rekeyed(self._company.room_keys())
