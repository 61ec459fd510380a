"""The journal as the rest of the program sees it: open it, list, load, save."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import (
    age,
    atomic,
    backups,
    change,
    codec,
    join,
    key_check,
    keyring,
    lock,
    opening,
    own,
    ownership,
    resealing,
    setup,
)
from imago_tui.journal import verify as verifying
from imago_tui.journal.catalogue import NOWHERE, signature_of
from imago_tui.journal.entry import Entry, Note
from imago_tui.journal.filters import Filter
from imago_tui.journal.kdf import USUAL_COST
from imago_tui.journal.keyring import Shared
from imago_tui.journal.listing import Found, Listing
from imago_tui.journal.opening import Opened
from imago_tui.journal.own import OwnRoom
from imago_tui.journal.shelf import Shelf, unknown
from imago_tui.journal.trouble import Trouble, writing
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.entry import NoteKind
    from imago_tui.journal.keyring import Settings

MOST_FOUND = 200


class Journal:
    """An open journal. Made by `create` or `open`; `close` it, or use it in a `with`.

    Every method may be called from any thread. Whatever writes takes the writers' lock for that
    moment unless `lock` holds it already, and raises ImagoError 6 when another program has it and
    7 when the disk does not take what is written; the old files are whole then.
    """

    def __init__(self, folder: Path, opened: Opened) -> None:
        self.folder = folder
        self.warnings = opening.warnings(folder)
        self._kdf = opened.kdf
        self._rings = opened.rings
        self._shared = opened.shared
        self._unclear = opened.unclear
        self._either = opened.either
        self._stamp = self._key_stamp()
        self._shelf = self._open_shelf()
        self._writers = lock.Writers(folder)
        self._mutex = threading.RLock()
        self._own: list[OwnRoom] = []

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a complete journal of two people stands at `folder`."""
        return setup.exists(folder)

    @classmethod
    def create(
        cls,
        folder: Path,
        partners: Sequence[tuple[str, str]],
        *,
        recovery: Sequence[Path | None] = (),
        cost: int = USUAL_COST,
    ) -> Journal:
        """Make a journal, open with both rings. Takes about a second at the usual cost.

        Where one of them has kept one alone, the other joins it, whatever the cost.

        Args:
            folder: where; made with those above it, for us alone.
            partners: name and passphrase of each of the two; the order is the journal's.
            recovery: where the n-th partner's recovery key is written; None or nothing: none.
            cost: scrypt's, 15 to 20.

        Raises:
            ImagoError: 2 there is one already, or a name, passphrase or recovery place won't do;
                5 there are entries without keys; 6 and 7 as ever. Nothing is left half made.
        """
        folder = atomic.real(folder)
        if setup.can_be_joined(folder):
            return cls(folder, join.join(folder, partners, recovery))
        made = setup.create(folder, partners, recovery, cost)
        return cls(folder, Opened(made.kdf, dict(enumerate(made.rings)), made.shared))

    @classmethod
    def join(
        cls,
        folder: Path,
        names: Sequence[str],
        passphrases: Sequence[str],
        *,
        recovery: Sequence[Path | None] = (),
    ) -> Journal:
        """Make the shared room of someone who has kept a journal alone, and the one who joins.

        Args:
            folder: the journal.
            names: of both, in the order of `passphrases`; or that of the one who joins alone.
            passphrases: of both; one of them opens what is here.
            recovery: as for `create`, for the one who joins.

        Raises:
            ImagoError: as `create`; 4 neither passphrase opens what is here.
        """
        folder = atomic.real(folder)
        at = join.here(folder, passphrases)
        known: list[str | None] = list(names)
        if len(names) == 1:
            known.insert(at, None)
        partners = list(zip(known, passphrases, strict=True))
        places = list(recovery)
        if len(recovery) == 1:
            places.insert(at, None)
        return cls(folder, join.join(folder, partners, places))

    @classmethod
    def open(cls, folder: Path, passphrases: Sequence[str]) -> Journal:
        """Open it with one or two passphrases, in any order: each says itself whose it is.

        Raises:
            ImagoError: 2 no journal, 4 a passphrase opens nothing, 5 a key file is not whole.
        """
        folder = atomic.real(folder)
        return cls(folder, opening.open_rings(folder, passphrases))

    def __enter__(self) -> Journal:  # noqa: PYI034 - nobody subclasses it
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the keys and of the index. Python cannot wipe memory; the process ends soon."""
        with self._mutex:
            self.close_own()
            self._shelf.close()
            self._rings = {}
            self._either = {}
            self._shared = replace(self._shared, identities=())
            self._shelf = self._open_shelf()

    # Who is here

    @property
    def partners(self) -> tuple[str, str]:
        """Both names, in the order of the journal."""
        first, second = self._shared.members
        return first.name, second.name

    @property
    def present(self) -> frozenset[int]:
        """Whose ring is open: 0, 1 or both."""
        return frozenset(self._rings)

    @property
    def unclear(self) -> bool:
        """One passphrase opens both rings: ask who is here, and tell `here`. Until then it is 0."""
        return self._unclear

    def here(self, n: int) -> None:
        """Say who is here, when one passphrase opens both rings; it counts for this one only.

        Raises:
            ValueError: it was clear already.
        """
        if not self._unclear:
            raise ValueError(n)
        with self._mutex:
            self._rings = {n: self._either[n]}
            self._unclear = False
            self._shelf.close()
            self._shelf = self._open_shelf()

    def also(self, passphrase: str) -> bool:
        """Open the other ring too, in place: from here on what is kept together opens.

        So nobody has to hold the first passphrase in memory until the second one is typed. Costs
        one derivation.

        Args:
            passphrase: the other one's.

        Returns:
            False when it opens only what is open already: it is the same person's.

        Raises:
            ImagoError: 4 it opens nothing; 5 a key file is not whole.
            ValueError: the journal is closed.
        """
        found = opening.rings_by(self.folder, passphrase, self._kdf)
        opening.check_members(self._shared, found)
        with self._mutex:
            if not self._rings:
                raise ValueError
            if found.keys() <= self._rings.keys():
                return False
            self._rings = dict(sorted((self._rings | found).items()))
            self._unclear = False
            self._shelf.rekeyed(self._keys())
            return True

    def settings(self, n: int) -> Settings:
        """What partner n set for the table."""
        return self._shared.members[n].settings

    def save_settings(self, n: int, settings: Settings) -> None:
        """Keep what partner n set. What another program changed meanwhile is not overwritten.

        Raises:
            ImagoError: 5 the file of the shared room is not whole; 6, 7.
        """
        with self._mutex, self._writers.held():
            changed = self._read_shared().with_settings(n, settings)
            self._write_shared(changed)
            self._take(changed)

    def own(self, passphrase: str) -> OwnRoom:
        """Open one's own room: a separate act, with one's own passphrase, also when it is typed
        already. It is closed when `lock` is taken, that is, before any talk.

        Raises:
            ImagoError: 4 the passphrase opens nothing, or the ring of someone who is not here;
                5 a key file is not whole.
        """
        prefer = min(self._rings) if len(self._rings) == 1 else None
        room = own.open_own(self.folder, passphrase, self._writers, prefer)
        with self._mutex:
            if room.n not in self._rings:
                room.close()
                raise ImagoError(words("private.not_here"), words("private.not_here_hint"), 4)
            self._own.append(room)
        return room

    def close_own(self) -> None:
        """Close every private room that is open."""
        with self._mutex:
            for room in self._own:
                room.close()
            self._own.clear()

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

    def change_passphrase(self, old: str, new: str) -> int:
        """Seal the ring that `old` opens to `new`. Returns whose it was.

        Raises:
            ImagoError: 2 `new` is too short or the same; 4 `old` opens nothing; 5, 6, 7.
        """
        with self._mutex, self._writers.held():
            done = change.passphrase(self.folder, self._kdf, old, new, min(self._rings))
            return done.ring.n

    def rekey(self, progress: Progress | None = None) -> list[Trouble]:
        """A new key for the shared room, which both members open, and all entries sealed to it.

        Either may do it. The old key stays beside the new one until nothing needs it, so whatever
        stops this, everything opens, and doing it again finishes it.

        Returns:
            What is damaged and keeps the old key from going.

        Raises:
            ImagoError: 5 the file of the shared room is not whole; 6; 7.
        """
        with self._mutex, self._writers.held():
            now = self._read_shared()
            if len(now.identities) == 1:
                now = now.with_identities((age.new_identity(), *now.identities))
                self._write_shared(now)
            self._take(now)
            damaged = resealing.reseal(self.folder, now.identities, progress)
            self._shelf.write_index(None, anew=True)
            if not damaged:
                now = now.with_identities(now.identities[:1])
                self._write_shared(now)
                self._take(now)
            return damaged

    def renew_backups(self, now: datetime) -> list[str]:
        """Take older keys out of the program's own backups; names of those that stayed."""
        with self._mutex, self._writers.held():
            return backups.renew(self.folder, now, self.unfinished())

    def backup(self, place: Path, now: datetime, progress: Progress | None = None) -> Path:
        """Copy the journal into a new folder in `place`; see `backups.make`."""
        with self._mutex, self._writers.held():
            return backups.make(self.folder, place, now, self.unfinished(), progress)

    def roll_backups(self, now: datetime, progress: Progress | None = None) -> Path | None:
        """Make this day's backup beside the journal if there is none; see `backups.roll`."""
        with self._mutex, self._writers.held():
            return backups.roll(self.folder, now, self.unfinished(), progress)

    def unfinished(self) -> set[str]:
        """Ids of the dialogues that are not finished: no copy holds them."""
        heads = self._shelf.heads(None).heads
        return {head.id for head in heads if head.state == "unfinished"}

    @property
    def rekeying(self) -> bool:
        """Whether a new key for the shared room was begun and is not finished."""
        return len(self._shared.identities) > 1

    @property
    def both(self) -> bool:
        """Whether both rings are open."""
        return len(self._rings) == keyring.PARTNERS

    # Writing

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other writers out for as long as the block lasts, and sweep what a killed one left.

        Raises:
            ImagoError: 6 at once when another program writes; 7 when the folder can't be written.
        """
        # A talk holds this, and no private room stays open beside one.
        self.close_own()
        with self._writers.held():
            with self._mutex, suppress(OSError):
                for folder in (self.folder, self.folder / setup.KEYS, self.folder / setup.ENTRIES):
                    atomic.sweep(folder)
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock for many saves in a row; own rooms stay as they are."""
        with self._writers.held():
            yield

    def is_free(self, id_: str) -> bool:
        """Whether no file has this id, in whatever room."""
        return self._shelf.room.is_free(id_)

    def new_id(self) -> str:
        """An id that no file has."""
        return self._shelf.room.new_id()

    def new_entry(self, exercise: str, started: datetime) -> Entry:
        """A dialogue that begins, with a fresh id; nothing is written yet."""
        return Entry(
            id=self._shelf.room.new_id(),
            room="shared",
            exercise=exercise,
            topic=None,
            started=started.replace(microsecond=0),
            ended=None,
            state="unfinished",
            partners=self.partners,
        )

    def save(self, entry: Entry) -> Entry:
        """Seal `entry` and put it in the place of its older copy; on the disk when this returns.

        Returns `entry` with the revision it has now; go on with that one.

        Raises:
            ImagoError: 6; 7, also when it is too large to be kept in one piece.
            ValueError: it is a together entry whose words are not open here.
        """
        with self._mutex, self._writers.held():
            self._keep_up()
            return self._shelf.save(entry)

    def remove(self, id_: str) -> None:
        """Take a dialogue or note away for good, out of the search as well.

        Raises:
            ImagoError: 6; 7.
        """
        with self._mutex, self._writers.held():
            self._keep_up()
            self._shelf.remove(id_)

    def delete(self, id_: str) -> list[str]:
        """Take an entry away when both agree, out of the program's own backups too.

        Returns the names of backups that could not be reached.

        Raises:
            ImagoError: 4 not both rings are open; 2 there is no such entry; 6; 7.
        """
        if not self.both:
            raise ImagoError(words("keys.delete.both"), words("keys.delete.both_hint"), 4)
        with self._mutex, self._writers.held():
            self._keep_up()
            if not self._shelf.names(id_):
                raise unknown(id_)
            self._shelf.remove(id_)
            return backups.forget(self.folder, id_)

    def take_out(self, id_: str, n: int) -> list[str]:
        """Take the words about partner n out of an entry, which either may do alone with their own.

        A gap stays in the place of each: no text, and not said aloud. A mirror goes with the words
        it is about. Returns the names of backups that could not be reached.

        Raises:
            ImagoError: 2 there are none, or it is unfinished; 4 it opens only with both; 5; 6; 7.
        """
        with self._mutex, self._writers.held():
            entry = self.load(id_)
            if entry.sealed:
                raise ImagoError(words("keys.delete.together"), words("keys.delete.both_hint"), 4)
            if entry.state != "done":
                raise ImagoError(words("keys.delete.unfinished"), "", 2)
            without = ownership.without(entry, self.partners[n])
            if without == entry:
                raise ImagoError(words("keys.delete.no_words"), "", 2)
            self._shelf.save(without)
            self._shelf.write_index(None)
            return backups.forget(self.folder, id_)

    def add_appointment(
        self, when: datetime, exercise: str | None = None, who: str | None = None, *, made: datetime
    ) -> Note:
        """Keep the time of a dialogue that was put off. All times with offset."""
        id_ = self._shelf.room.new_id()
        return self._save_note(
            Note(id=id_, kind="appointment", made=made, when=when, exercise=exercise, who=who)
        )

    def park(self, text: str, who: str | None = None, *, made: datetime) -> Note:
        """Keep a topic for another day."""
        id_ = self._shelf.room.new_id()
        return self._save_note(Note(id=id_, kind="parked", made=made, text=text, who=who))

    def write_note(self, note: Note) -> Note:
        """Put a note in the place of its older copy, or where there was none; see `notes`."""
        return self._save_note(note)

    def write_index(self, progress: Progress | None = None) -> None:
        """Put the index on the disk when it has changed: at the end of a dialogue and on lock.

        Raises:
            ImagoError: 6; 7.
        """
        with self._mutex, self._writers.held():
            self._keep_up()
            self._shelf.write_index(progress)

    # Reading

    def load(self, id_: str) -> Entry:
        """A dialogue, always from its own file.

        Raises:
            ImagoError: 2 there is none with this id; 5 its file is damaged, newer, forged or lost.
        """
        with self._mutex:
            self._keep_up()
            found = self._shelf.load(id_)
        if not isinstance(found, Entry):
            raise unknown(id_)
        return found

    def heads(self, progress: Progress | None = None) -> Listing:
        """Every dialogue that opens, newest first, and what could not be read. Writes nothing."""
        with self._mutex:
            self._keep_up()
            return self._shelf.heads(progress)

    def resolve(self, start: str) -> str:
        """The id that begins with `start`, when only one does.

        Raises:
            ImagoError: 2 none or several do.
        """
        with self._mutex:
            self._keep_up()
            return self._shelf.resolve(start)

    def appointments(self) -> list[Note]:
        """Agreed times, earliest first."""
        with self._mutex:
            self._keep_up()
            return self._shelf.notes("appointment")

    def parked(self) -> list[Note]:
        """Topics kept for another day, oldest first."""
        with self._mutex:
            self._keep_up()
            return self._shelf.notes("parked")

    def notes(self, kind: NoteKind) -> list[Note]:
        """Every note of a kind, earliest first."""
        with self._mutex:
            self._keep_up()
            return self._shelf.notes(kind)

    def search(
        self, text: str, most: int = MOST_FOUND, wanted: Filter | None = None
    ) -> list[Found]:
        """Dialogues of the shared room in which every word of `text` occurs, newest first."""
        with self._mutex:
            self._keep_up()
            return self._shelf.search(text, most, wanted)

    def matching(self, text: str) -> list[str]:
        """Ids of all dialogues of the shared room in which every word of `text` occurs, newest
        first; what opens with both keys only never does. Opens no entry, so it can keep up with
        somebody who types.
        """
        with self._mutex:
            self._keep_up()
            return self._shelf.matching(text)

    def verify(self, progress: Progress | None = None) -> verifying.Report:
        """Open and check every file that the keys at hand may open. Writes nothing."""
        with self._mutex:
            self._keep_up()
            report = self._shelf.verify(progress)
            report.keys = list(key_check.check(self.folder, self._rings.values()))
            return report

    # Within

    def _read_shared(self) -> Shared:
        try:
            keys = self.folder / setup.KEYS
            return Shared.read(keys, [ring.member for ring in self._rings.values()])
        except Trouble as trouble:
            raise trouble.of_key() from None

    def _write_shared(self, shared: Shared) -> None:
        with writing():
            atomic.write(self.folder / setup.KEYS, keyring.SHARED_FILE, shared.sealed())

    def _take(self, shared: Shared) -> None:
        """Go on with the shared room as it is now."""
        same = [str(one) for one in shared.identities] == [
            str(one) for one in self._shared.identities
        ]
        self._shared = shared
        self._stamp = self._key_stamp()
        if not same:
            self._shelf.rekeyed(self._keys())

    def _key_stamp(self) -> tuple[int, int, int]:
        try:
            return signature_of((self.folder / setup.KEYS / keyring.SHARED_FILE).lstat())
        except OSError:
            return NOWHERE

    def _keep_up(self) -> None:
        """Another program may have made a new key meanwhile; what it replaced is used no more."""
        if self._rings and self._stamp != self._key_stamp():
            with suppress(ImagoError):  # then the old ones may still do
                self._take(self._read_shared())

    def _open_shelf(self) -> Shelf:
        return Shelf(self.folder, "shared", self._keys())

    def _keys(self) -> codec.Keys:
        first, second = self._shared.members
        return codec.Keys(
            identities=self._shared.identities,
            members=(first.recipient, second.recipient),
            open_members={n: ring.member for n, ring in self._rings.items()},
            names=self.partners,
        )

    def _save_note(self, note: Note) -> Note:
        with self._mutex, self._writers.held():
            self._keep_up()
            return self._shelf.save_note(note)
