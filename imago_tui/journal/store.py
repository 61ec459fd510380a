"""The journal as the rest of the program sees it: open it, list, load, save."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.inert import inert
from imago_tui.journal import atomic, change, codec, keyring, listing, lock, opening, setup
from imago_tui.journal import verify as verifying
from imago_tui.journal.catalogue import Catalogue, entry_file
from imago_tui.journal.entry import Entry, Note
from imago_tui.journal.index import OURS
from imago_tui.journal.kdf import USUAL_COST
from imago_tui.journal.listing import Found, Listing
from imago_tui.journal.opening import Opened
from imago_tui.journal.room import Room
from imago_tui.journal.trouble import Trouble, writing
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.entry import NoteKind
    from imago_tui.journal.keyring import Settings

ID = re.compile("[0-9a-f]{16}")
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
        self._room = self._open_room()
        self._writers = lock.Writers(folder)
        self._catalogue: Catalogue | None = None
        self._revisions: dict[str, int] = {}
        self._topics: dict[str, tuple[object, str | None]] = {}
        self._mutex = threading.RLock()

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

        Args:
            folder: where; made with those above it, for us alone.
            partners: name and passphrase of each of the two; the order is the journal's.
            recovery: where the n-th partner's recovery key is written; None or nothing: none.
            cost: scrypt's, 15 to 20.

        Raises:
            ImagoError: 2 there is one already, or a name, passphrase or recovery place won't do;
                5 there are entries without keys; 6 and 7 as ever. Nothing is left half made.
        """
        made = setup.create(folder, partners, recovery, cost)
        return cls(folder, Opened(made.kdf, dict(enumerate(made.rings)), made.shared))

    @classmethod
    def open(cls, folder: Path, passphrases: Sequence[str]) -> Journal:
        """Open it with one or two passphrases, in any order: each says itself whose it is.

        Raises:
            ImagoError: 2 no journal, 4 a passphrase opens nothing, 5 a key file is not whole.
        """
        return cls(folder, opening.open_rings(folder, passphrases))

    def __enter__(self) -> Journal:  # noqa: PYI034 - nobody subclasses it
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the keys and of the index. Python cannot wipe memory; the process ends soon."""
        with self._mutex:
            if self._catalogue:
                self._catalogue.index.close()
            self._catalogue = None
            self._rings = {}
            self._topics.clear()

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
            self._room = self._open_room()

    def settings(self, n: int) -> Settings:
        """What partner n set for the table."""
        return self._shared.members[n].settings

    def save_settings(self, n: int, settings: Settings) -> None:
        """Keep what partner n set. What another program changed meanwhile is not overwritten.

        Raises:
            ImagoError: 5 the file of the shared room is not whole; 6, 7.
        """
        keys = self.folder / setup.KEYS
        with self._mutex, self._writers.held():
            try:
                now = keyring.Shared.read(keys, [ring.member for ring in self._rings.values()])
            except Trouble as trouble:
                raise trouble.of_key() from None
            changed = now.with_settings(n, settings)
            with writing():
                atomic.write(keys, keyring.SHARED_FILE, changed.sealed())
            self._shared = changed

    def change_passphrase(self, old: str, new: str) -> int:
        """Seal the ring that `old` opens to `new`. Returns whose it was.

        Raises:
            ImagoError: 2 `new` is too short or the same; 4 `old` opens nothing; 5, 6, 7.
        """
        with self._mutex, self._writers.held():
            return change.passphrase(self.folder, self._kdf, old, new, min(self._rings))

    # Writing

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other writers out for as long as the block lasts, and sweep what a killed one left.

        Raises:
            ImagoError: 6 at once when another program writes; 7 when the folder can't be written.
        """
        with self._writers.held():
            with self._mutex, suppress(OSError):
                atomic.sweep(self.folder)
                atomic.sweep(self.folder / setup.KEYS)
                self._room.sweep()
            yield

    def new_entry(self, exercise: str, started: datetime) -> Entry:
        """A dialogue that begins, with a fresh id; nothing is written yet."""
        return Entry(
            id=self._room.new_id(),
            room="shared",
            exercise=exercise,
            topic=None,
            started=started,
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
        if entry.sealed or not ID.fullmatch(entry.id):
            raise ValueError(entry.id)
        with self._mutex, self._writers.held():
            if entry.state == "done":
                self._forget_words(entry.id)
            revision = max(entry.revision, self._revisions.get(entry.id, 0)) + 1
            saved = replace(entry, revision=revision, older_copy=False)
            self._room.write(saved)
            self._revisions[saved.id] = revision
            return saved

    def remove(self, id_: str) -> None:
        """Take a dialogue or note away for good, out of the search as well.

        Raises:
            ImagoError: 6; 7.
        """
        if not ID.fullmatch(id_):
            raise _unknown(id_)
        with self._mutex, self._writers.held():
            catalogue = self._index()
            try:
                # First out of the index: what it names and is not there counts as lost.
                if catalogue.index.known_one(id_):
                    self._forget_words(id_)
                    catalogue.index.drop(id_)
                    catalogue.write(leaving=id_)
            finally:
                self._room.remove(id_)

    def add_appointment(
        self, when: datetime, exercise: str | None = None, who: str | None = None, *, made: datetime
    ) -> Note:
        """Keep the time of a dialogue that was put off. All times with offset."""
        note = Note(
            id=self._room.new_id(),
            kind="appointment",
            made=made,
            when=when,
            exercise=exercise,
            who=who,
        )
        return self._save_note(note)

    def park(self, text: str, who: str | None = None, *, made: datetime) -> Note:
        """Keep a topic for another day."""
        return self._save_note(
            Note(id=self._room.new_id(), kind="parked", made=made, text=text, who=who)
        )

    def write_index(self, progress: Progress | None = None) -> None:
        """Put the index on the disk when it has changed: at the end of a dialogue and on lock.

        Raises:
            ImagoError: 6; 7.
        """
        with self._mutex, self._writers.held(), _told():
            self._index().write(progress)

    # Reading

    def load(self, id_: str) -> Entry:
        """A dialogue, always from its own file.

        Raises:
            ImagoError: 2 there is none with this id; 5 its file is damaged, newer, forged or lost.
        """
        found = self._load(id_)
        if not isinstance(found, Entry):
            raise _unknown(id_)
        return found

    def heads(self, progress: Progress | None = None) -> Listing:
        """Every dialogue that opens, newest first, and what could not be read. Writes nothing."""
        with self._mutex:
            index = self._refreshed(progress).index
            heads = list(index.heads())
            damaged = [Trouble(why, f"entries/{entry_file(id_)}") for id_, why in index.troubles()]
            if len(self._rings) == len(self.partners):
                for at, head in enumerate(heads):
                    if head.room == "together":
                        try:
                            heads[at] = replace(head, topic=self._together_topic(head.id))
                        except Trouble as trouble:
                            damaged.append(trouble)
            return Listing(heads, damaged)

    def resolve(self, start: str) -> str:
        """The id that begins with `start`, when only one does.

        Raises:
            ImagoError: 2 none or several do.
        """
        if ID.fullmatch(start):
            return start
        found = [one.id for one in self.heads().heads if one.id.startswith(start)] if start else []
        if len(found) != 1:
            raise _unknown(start)
        return found[0]

    def appointments(self) -> list[Note]:
        """Agreed times, earliest first."""
        return self._notes("appointment")

    def parked(self) -> list[Note]:
        """Topics kept for another day, oldest first."""
        return self._notes("parked")

    def search(self, text: str, most: int = MOST_FOUND) -> list[Found]:
        """Dialogues of the shared room in which every word of `text` occurs, newest first."""
        with self._mutex:
            found: list[Found] = []
            for id_ in self._refreshed().index.search(text, most):
                with suppress(ImagoError):  # damaged since: `heads` tells
                    entry = self.load(id_)
                    piece = listing.snippet(entry, text)
                    found.append(Found(id_, entry.topic, entry.started, piece))
            return found

    def verify(self, progress: Progress | None = None) -> verifying.Report:
        """Open and check every file that the keys at hand may open. Writes nothing."""
        with self._mutex:
            known = self._refreshed().index.known()
            return verifying.verify(self.folder, known, self._room.read, progress)

    # Within

    def _open_room(self) -> Room:
        first, second = self._shared.members
        members = {n: ring.member for n, ring in self._rings.items()}
        keys = codec.Keys(
            identities=self._shared.identities,
            members=(first.recipient, second.recipient),
            open_members=members,
            names=self.partners,
        )
        return Room(self.folder / setup.ENTRIES, keys)

    def _index(self) -> Catalogue:
        if self._catalogue is None:
            identities = self._shared.identities
            self._catalogue = Catalogue(self.folder, "shared", identities, self._read)
        return self._catalogue

    def _read(self, id_: str) -> Entry | Note:
        # Not the room's own method: who is here may change, and the room with it.
        return self._room.read(id_)

    def _refreshed(self, progress: Progress | None = None) -> Catalogue:
        catalogue = self._index()
        with _told():
            catalogue.refresh(progress)
        return catalogue

    def _load(self, id_: str) -> Entry | Note:
        if not ID.fullmatch(id_):
            raise _unknown(id_)
        with self._mutex:
            known = self._index().index.known_one(id_)
            try:
                found = self._room.read(id_)
            except Trouble as trouble:
                if trouble.reason == "missing" and known is None:
                    raise _unknown(id_) from None
                if trouble.reason == "foreign" and known and known.kind in OURS:
                    trouble = Trouble("damaged", trouble.name)
                raise trouble.shown() from None
            newest = max(known.revision if known else 0, self._revisions.get(id_, 0))
            if isinstance(found, Entry) and found.revision < newest:
                return replace(found, older_copy=True)
            return found

    def _notes(self, kind: NoteKind) -> list[Note]:
        with self._mutex:
            found: list[Note] = []
            for id_ in self._refreshed().index.notes(kind):
                with suppress(ImagoError):  # damaged since: `heads` tells
                    note = self._load(id_)
                    if isinstance(note, Note):
                        found.append(note)
            return found

    def _save_note(self, note: Note) -> Note:
        with self._mutex, self._writers.held():
            saved = replace(note, revision=note.revision + 1)
            self._room.write(saved)
            return saved

    def _forget_words(self, id_: str) -> None:
        """Before a file changes or goes: take the words it holds now out of the search."""
        catalogue = self._index()
        known = catalogue.index.known_one(id_)
        if known is None or not known.has_words:
            return
        with suppress(Trouble):
            if catalogue.is_fresh(id_, known):
                now = self._room.read(id_)
                if isinstance(now, Entry):
                    catalogue.index.forget_words(now)

    def _together_topic(self, id_: str) -> str | None:
        known = self._index().index.known_one(id_)
        signature = known.signature if known else None
        if id_ not in self._topics or self._topics[id_][0] != signature:
            found = self._room.read(id_)
            self._topics[id_] = signature, found.topic if isinstance(found, Entry) else None
        return self._topics[id_][1]


@contextmanager
def _told() -> Iterator[None]:
    """Tell a person when the folder of the entries itself cannot be read."""
    try:
        yield
    except Trouble as trouble:
        raise trouble.of_folder() from None


def _unknown(id_: str) -> ImagoError:
    return ImagoError(
        words("journal.trouble.unknown", id=inert(id_)[:40]),
        words("journal.trouble.unknown_hint"),
        2,
    )
