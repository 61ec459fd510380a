"""Who is here: the two of the shared room, whose rings are open, and the keys they open."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import atomic, codec, keyring, layout, opening
from imago_tui.journal.catalogue import NOWHERE, signature_of
from imago_tui.journal.keyring import Shared
from imago_tui.journal.trouble import Trouble, gone, writing

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.journal.keyring import Ring
    from imago_tui.journal.opening import Opened
    from imago_tui.journal.rows import Signature


class Company:
    """The open rings and the shared room they open. Whoever calls it minds threads and the lock.

    Args:
        folder: the journal.
        opened: what the passphrases opened.
    """

    def __init__(self, folder: Path, opened: Opened) -> None:
        self._folder = folder
        self._keys = folder / layout.KEYS
        self._kdf = opened.kdf
        self._either = opened.either
        self.rings = opened.rings
        self.shared = opened.shared
        self._aside: dict[int, Ring] = {}
        self._stamp = self._stamped()
        self._newer: ImagoError | None = None

    def leave(self) -> None:
        """Let go of all keys."""
        self.rings = {}
        self._either = {}
        self._aside = {}
        self.shared = replace(self.shared, identities=())

    @property
    def names(self) -> tuple[str, str]:
        """Of both, in the order of the journal."""
        first, second = self.shared.members
        return first.name, second.name

    @property
    def both(self) -> bool:
        """Whether both rings are open."""
        return len(self.rings) == keyring.PARTNERS

    @property
    def alone(self) -> int | None:
        """Who is here, when it is one of them; 0 while it is unclear who."""
        return None if self.both else min(self.rings, default=None)

    @property
    def unclear(self) -> bool:
        """Whether the one passphrase opens both rings, and nobody has said yet who is here."""
        return bool(self._either)

    def here(self, n: int) -> None:
        """Who is here, when it is unclear.

        Raises:
            ValueError: it was clear already.
        """
        if not self._either:
            raise ValueError(n)
        self.rings = {n: self._either[n]}
        self._either = {}

    def rings_by(self, passphrase: str) -> dict[int, Ring]:
        """The rings that a further passphrase opens; costs one derivation.

        Raises:
            ImagoError: 4 it opens nothing; 5 a key file is not whole.
        """
        found = opening.rings_by(self._folder, passphrase, self._kdf)
        opening.check_members(self.shared, found)
        return found

    def join(self, found: dict[int, Ring]) -> bool:
        """Have these rings open too; False when they are already.

        Raises:
            ValueError: nobody is here any more.
        """
        if not self.rings:
            raise ValueError
        if found.keys() <= self.rings.keys():
            return False
        self.rings = dict(sorted((self.rings | found).items()))
        self._either = {}
        return True

    def part(self, n: int) -> bool:
        """Have the ring of partner n open no more; False when it was not."""
        there = n in self.rings
        self.rings = {one: ring for one, ring in self.rings.items() if one != n}
        return there

    def only(self, n: int) -> None:
        """Put the other one's ring aside until `everyone`."""
        self._aside = self._aside | {one: ring for one, ring in self.rings.items() if one != n}
        self.rings = {n: (self.rings | self._aside)[n]}

    def everyone(self) -> bool:
        """Have what was put aside open again; False when nothing was."""
        aside, self._aside = self._aside, {}
        self.rings = dict(sorted((self.rings | aside).items()))
        return bool(aside)

    def room_keys(self) -> codec.Keys:
        """What opens and seals entries of the shared room."""
        first, second = self.shared.members
        return codec.Keys(
            identities=self.shared.identities,
            members=(first.recipient, second.recipient),
            open_members={n: ring.member for n, ring in self.rings.items()},
            names=self.names,
        )

    def read(self) -> Shared:
        """The shared room as its file says it now.

        Raises:
            ImagoError: 5 the file is not whole.
        """
        self._newer = None
        try:
            return Shared.read(self._keys, [ring.member for ring in self.rings.values()])
        except Trouble as trouble:
            if trouble.reason == "newer":
                self._newer = trouble.of_key()
            raise trouble.of_key() from None

    def write(self, shared: Shared) -> None:
        """Put the shared room in the place of what its file said. Only under the lock.

        Raises:
            ImagoError: 7.
        """
        with writing():
            atomic.write(self._keys, keyring.SHARED_FILE, shared.sealed())

    def take(self, shared: Shared) -> bool:
        """Go on with the shared room as it is now; whether its keys are others than before."""
        before = [str(one) for one in self.shared.identities]
        self.shared = shared
        self._stamp = self._stamped()
        return before != [str(one) for one in shared.identities]

    def keep_up(self) -> bool:
        """See whether another program has written the shared room; whether its keys are others."""
        if self.rings and self._stamp != self._stamped():
            with suppress(ImagoError):  # then the old ones may still do
                return self.take(self.read())
        return False

    def refuse_newer(self) -> None:
        """See that nothing is sealed to keys that a newer version may have put others in place of.

        Raises:
            ImagoError: 5 a newer version has written the file of the shared room meanwhile.
        """
        if self._newer:
            raise self._newer

    def refuse_gone(self) -> None:
        """See that nothing is sealed to keys that stand nowhere any more.

        Raises:
            ImagoError: 7 the file of the shared room is not there.
        """
        if self.rings and not os.path.lexists(self._keys / keyring.SHARED_FILE):
            raise gone()

    def _stamped(self) -> Signature:
        try:
            return signature_of((self._keys / keyring.SHARED_FILE).lstat())
        except OSError:
            return NOWHERE
