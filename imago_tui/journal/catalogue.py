"""The index of a room beside the files it speaks of: kept in step, found again, written."""

from __future__ import annotations

import os
import re
import secrets
import time
from typing import TYPE_CHECKING, Protocol, TypeVar

from imago_tui.journal import age, atomic, index_file
from imago_tui.journal.broken import Broken
from imago_tui.journal.index import OURS, Index
from imago_tui.journal.trouble import Trouble, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from imago_tui.journal.entry import Entry, Note
    from imago_tui.journal.rows import Known, Signature

INDEX_FILE = re.compile(r"index-[0-9a-f]{16}\.age")
ENTRY_FILE = re.compile(r"([0-9a-f]{16})\.age")
ID_LENGTH = 16
LEAST_CAP = 64 << 20
CAP_PER_ENTRY = 64 << 10
# Clocks of file systems tick in a few milliseconds: a change sooner after another may not show.
SETTLED_NS = 1_000_000_000
Answer = TypeVar("Answer")
NOWHERE: Signature = (-1, -1, -1)


class Progress(Protocol):
    """Told how far something has come."""

    def __call__(self, done: int, of: int, /) -> None:
        """`done` of `of` files are dealt with."""


def entry_file(id_: str) -> str:
    """The name of the file of an entry or note in the folder `entries`."""
    return f"{id_}.age"


def signature_of(about: os.stat_result) -> Signature:
    """What tells a change of a file."""
    return about.st_size, about.st_mtime_ns, about.st_ino


def scan(entries: Path) -> dict[str, Signature]:
    """Every file in `entries` that is called like an entry, by id, with what tells a change.

    Raises:
        Trouble: the folder cannot be read.
    """
    found: dict[str, Signature] = {}
    try:
        with os.scandir(entries) as files:
            for file in files:
                name = file.name
                if not ENTRY_FILE.fullmatch(name):
                    continue
                try:
                    about = file.stat(follow_symlinks=False)
                except FileNotFoundError:  # taken away just now
                    continue
                found[name[:ID_LENGTH]] = (about.st_size, about.st_mtime_ns, about.st_ino)
    except FileNotFoundError:  # a copy that left out the empty folder
        return {}
    except OSError:
        raise Trouble("unreadable", entries.name) from None
    return found


class Catalogue:
    """The index of one room, from its file if that can be had.

    Args:
        folder: the journal.
        room: whose index.
        identities: keys of the room, newest first.
        read: gives what the file of an id holds; raises Trouble.
    """

    def __init__(
        self,
        folder: Path,
        room: str,
        identities: Sequence[age.Identity],
        read: Callable[[str], Entry | Note],
    ) -> None:
        self._folder = folder
        self._entries = folder / "entries"
        self._room = room
        self._identities = identities
        self._read = read
        self._file = ""
        self._spare: list[str] = []
        self._newer = False
        self._stamp: dict[str, Signature] = {}
        self._settled: int | None = None
        self.index = self._find()

    def refresh(self, progress: Progress | None = None, leaving: str = "") -> None:
        """Look at every file that has changed since; nothing is written to the disk.

        Args:
            progress: told how far it has come.
            leaving: id of a file that is about to be removed, and not looked at.

        Raises:
            Trouble: the folder of the entries cannot be read.
        """
        self._settled = None if leaving else self._folder_time()
        try:
            self._refresh(progress, leaving)
        except Broken:
            self._make_anew()
            self._refresh(progress, leaving)

    def _make_anew(self) -> None:
        self._settled = None
        generation = self.index.generation
        self.index.close()
        self.index = Index(self._room, generation=generation)
        self.index.changed = True

    def _refresh(self, progress: Progress | None, leaving: str) -> None:
        found = scan(self._entries)
        signatures = self.index.signatures()
        changed = [
            id_
            for id_, signature in found.items()
            if id_ != leaving and signatures.get(id_) != signature
        ]
        gone = [id_ for id_, was in signatures.items() if id_ not in found and was != NOWHERE]
        if not changed and not gone:
            return
        known = self.index.known()
        self.index.begin()
        try:
            for done, id_ in enumerate(changed):
                if progress:
                    progress(done, len(changed))
                self._look(id_, found[id_], known.get(id_))
            for id_ in gone:
                if known[id_].kind in OURS:
                    self.index.put_trouble(id_, "missing", NOWHERE, ours=True)
                else:
                    self.index.drop(id_)
        finally:
            self.index.commit()
        if progress:
            progress(len(changed), len(changed))

    def write(self, progress: Progress | None = None, leaving: str = "") -> None:
        """Bring the index up to date and put it on the disk, if that is not what stands there.

        Only for the one who holds the lock.

        Raises:
            Trouble: the folder of the entries cannot be read.
            ImagoError: status 7, it cannot be written.
        """
        self.reload()
        self.refresh(progress, leaving)
        if self.index.stale_words:
            self.index.forget_all_words()
            self.refresh(progress, leaving)
        if self._newer or not (self.index.changed or self._spare):
            return
        self.index.generation += 1
        sealed = age.seal(index_file.compose(self.index), [self._identities[0].to_public()])
        name = self._file or f"index-{secrets.token_hex(8)}.age"
        with writing():
            atomic.write(self._folder, name, sealed)
            for spare in self._spare:
                atomic.remove(self._folder, spare)
        self._file, self._spare = name, []
        self._stamp = self._index_files()
        self.index.changed = False

    def unwrite(self) -> None:
        """Take the index off the disk, so that it names nothing. Only under the lock; status 7."""
        self.index.changed = True
        with writing():
            for name in filter(None, (self._file, *self._spare)):
                atomic.remove(self._folder, name)
        self._file, self._spare = "", []
        self._stamp = self._index_files()

    def glance(self) -> None:
        """As `refresh`, but only when a file came, went, or was put in another's place.

        That is what any save does. A file that something else changed in its place is noticed by
        `refresh`, or when it is read. So a search while someone types costs no look at every file.

        Raises:
            Trouble: the folder of the entries cannot be read.
        """
        if self._settled is None or self._settled != self._folder_time():
            self.refresh()

    def _folder_time(self) -> int | None:
        """When the folder of the entries last changed, in ns; None while that is too fresh."""
        try:
            changed = self._entries.stat().st_mtime_ns
        except OSError:
            return None
        return changed if time.time_ns() - changed > SETTLED_NS else None

    def ask(self, question: Callable[[Index], Answer]) -> Answer:
        """What the index says; when it trips over itself, what one made anew says.

        Raises:
            Trouble: the folder of the entries cannot be read.
        """
        try:
            return question(self.index)
        except Broken:
            self._make_anew()
            self._refresh(None, "")
            return question(self.index)

    def reload(self) -> None:
        """Take the index from the disk anew if another program has written one since.

        Only for the one who holds the lock, before anything is changed.
        """
        if self._stamp != self._index_files():
            self.index.close()
            self._file, self._spare, self._newer = "", [], False
            self._settled = None
            self.index = self._find()

    def is_fresh(self, id_: str, known: Known) -> bool:
        """Whether the file of `id_` is still the one that the index knows."""
        try:
            about = (self._entries / entry_file(id_)).lstat()
        except OSError:
            return False
        return known.signature == signature_of(about)

    def _look(self, id_: str, signature: Signature, before: Known | None) -> None:
        try:
            found = self._read(id_)
        except Trouble as trouble:
            ours = before is not None and before.kind in OURS
            self.index.put_trouble(id_, trouble.reason, signature, ours=ours)
        else:
            self.index.put(found, signature, before)

    def _find(self) -> Index:
        best: Index | None = None
        self._stamp = self._index_files()
        most = LEAST_CAP + CAP_PER_ENTRY * self._count() if self._stamp else 0
        for name in self._stamp:
            try:
                # Another room's index, or what somebody put there, is not read to its end.
                head = atomic.read(self._folder, name, most, first=age.MOST_HEAD)
                if not age.may_open(head, self._identities):
                    continue
                data = atomic.read(self._folder, name, most)
                found = index_file.parse(age.unseal(data, self._identities, name), self._room)
            except Trouble as trouble:
                # A newer version's index stays as it is, and this one writes none beside it.
                self._newer = self._newer or trouble.reason == "newer"
                continue
            if best is None or found.generation > best.generation:
                if best is not None:
                    self._spare.append(self._file)
                    best.close()
                best, self._file = found, name
            else:
                self._spare.append(name)
                found.close()
        return best or Index(self._room)

    def _index_files(self) -> dict[str, Signature]:
        """Every index in the folder, also those of other rooms, with what tells a change."""
        try:
            with os.scandir(self._folder) as files:
                found = {
                    file.name: signature_of(file.stat(follow_symlinks=False))
                    for file in files
                    if INDEX_FILE.fullmatch(file.name)
                }
        except OSError:
            return {}
        return dict(sorted(found.items()))

    def _count(self) -> int:
        try:
            return sum(1 for _ in self._entries.iterdir())
        except OSError:
            return 0
