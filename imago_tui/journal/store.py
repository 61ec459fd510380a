"""The journal as the rest of the program sees it: who is here, their rooms, keys and copies."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import (
    age,
    atomic,
    join,
    layout,
    opening,
    own,
    resealing,
    setup,
)
from imago_tui.journal.company import Company
from imago_tui.journal.kdf import USUAL_COST
from imago_tui.journal.opening import Opened
from imago_tui.journal.shared_room import SharedRoom
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.backups import Copy
    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.keyring import Settings
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.trouble import Trouble


class Journal(SharedRoom):
    """An open journal: the shared room, and all that its keys are for.

    Made by `create`, `join` or `open`.
    """

    def __init__(self, folder: Path, opened: Opened) -> None:
        super().__init__(folder, Company(folder, opened))
        self.warnings = opening.warnings(folder)
        self._own: list[OwnRoom] = []

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a complete journal of two people stands at `folder`."""
        return layout.exists(folder)

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
        if layout.can_be_joined(folder):
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
        return cls(folder, join.join_by_name(folder, names, passphrases, recovery))

    @classmethod
    def open(cls, folder: Path, passphrases: Sequence[str]) -> Journal:
        """Open it with one or two passphrases, in any order: each says itself whose it is.

        Raises:
            ImagoError: 2 no journal, 4 a passphrase opens nothing, 5 a key file is not whole.
        """
        folder = atomic.real(folder)
        return cls(folder, opening.open_rings(folder, passphrases))

    def close(self) -> None:
        """Let go of the keys and of the index, also of the private rooms that are open."""
        with self._mutex:
            self.close_own()
            super().close()

    # Who is here

    @property
    def unclear(self) -> bool:
        """One passphrase opens both rings: ask who is here, and tell `here`. Until then it is 0."""
        return self._company.unclear

    @property
    def alone(self) -> int | None:
        """Who is here without the other one; None while both are."""
        return self._company.alone

    def here(self, n: int) -> None:
        """Say who is here, when one passphrase opens both rings; it counts for this one only.

        Raises:
            ValueError: it was clear already.
        """
        with self._mutex:
            self._company.here(n)
            self._shelf.rekeyed(self._company.room_keys())

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
        found = self._company.rings_by(passphrase)
        with self._mutex:
            more = self._company.join(found)
            if more:
                self._shelf.rekeyed(self._company.room_keys())
            return more

    def part(self, n: int) -> None:
        """Close the ring of partner n again, which `also` had opened for one thing only."""
        with self._mutex:
            if self._company.part(n):
                self._shelf.rekeyed(self._company.room_keys())

    def settings(self, n: int) -> Settings:
        """What partner n set for the table."""
        return self._company.shared.members[n].settings

    def save_settings(self, n: int, settings: Settings) -> None:
        """Keep what partner n set. What another program changed meanwhile is not overwritten.

        Raises:
            ImagoError: 5 the file of the shared room is not whole; 6, 7.
        """
        with self._mutex, self._writers.held():
            changed = self._company.read().with_settings(n, settings)
            self._company.write(changed)
            self._take(changed)

    # One's own rooms

    def own(self, passphrase: str) -> OwnRoom:
        """Open one's own room: a separate act, with one's own passphrase, also when it is typed
        already. It is closed when `lock` is taken, that is, before any talk.

        Raises:
            ImagoError: 4 the passphrase opens nothing, or the ring of someone who is not here;
                5 a key file is not whole.
        """
        room = own.open_own(self.folder, passphrase, self._writers, self._company.alone)
        with self._mutex:
            if room.n not in self._company.rings:
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

    # Keys

    def rekey(self, progress: Progress | None = None) -> list[Trouble]:
        """A new key for the shared room, which both members open, and all entries sealed to it.

        Either may do it. The old key stays beside the new one until nothing needs it, so whatever
        stops this, everything opens, and doing it again finishes it.

        Returns:
            What is damaged and keeps the old key from going.

        Raises:
            ImagoError: 5 the file of the shared room is not whole; 6; 7.
        """
        with self._mutex, self._copies.none_behind():
            now = self._company.read()
            if len(now.identities) == 1:
                now = now.with_identities((age.new_identity(), *now.identities))
                self._company.write(now)
            self._take(now)
            damaged = resealing.reseal(self.folder, now.identities, progress)
            self._shelf.write_index(progress, anew=True)
            if not damaged:
                now = now.with_identities(now.identities[:1])
                self._company.write(now)
                self._take(now)
            return damaged

    @property
    def rekeying(self) -> bool:
        """Whether a new key for the shared room was begun and is not finished."""
        return len(self._company.shared.identities) > 1

    # Copies

    def backup(self, place: Path, now: datetime, progress: Progress | None = None) -> Copy:
        """Copy the journal into a new folder in `place`; see `backups.make`."""
        return self._copies.make(place, now, progress)

    def roll_behind(self, now: datetime) -> None:
        """Begin this day's copy beside the journal, if there is none yet; see `backups.roll`.

        It is made in a thread, for which `copied` and `close` wait.

        Raises:
            ImagoError: 6.
        """
        self._copies.roll_behind(now)

    def copied(self) -> ImagoError | None:
        """Wait for a copy behind; what kept it from being made, or whole, told once."""
        return self._copies.told()

    def abandon_copy(self) -> None:
        """Let a copy behind be, since they close now; the next talk makes one."""
        self._copies.abandon()

    def renew_backups(
        self, now: datetime, progress: Progress | None = None
    ) -> tuple[list[str], tuple[Trouble, ...]]:
        """Take older keys out of the program's own backups; see `backups.renew`."""
        return self._copies.renew(now, progress)

    # A talk

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
                for part in ("", layout.KEYS, layout.ENTRIES):
                    atomic.sweep(self.folder / part)
            yield
