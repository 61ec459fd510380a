"""One partner's own keys, open: what changing them, and opening one's own room, begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic, keyring, layout, opening
from imago_tui.journal.kdf import Kdf
from imago_tui.journal.trouble import Trouble, writing
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.journal.keyring import Ring


@dataclass(frozen=True, slots=True)
class Hand:
    """One partner's keys, open: what changing them needs.

    Args:
        keys: the folder they stand in.
        ring: theirs.
        own: keys of their own room, newest first.
        key: what their passphrase became.
    """

    keys: Path
    ring: Ring
    own: tuple[age.Identity, ...]
    key: age.Identity

    def write_ring(self) -> None:
        """Put the ring in the place of the older one."""
        with writing():
            data = age.seal(self.ring.compose(), [self.key.to_public()])
            atomic.write(self.keys, keyring.ring_file(self.ring.n), data)

    def write_own(self, *also: age.Identity) -> None:
        """Put the keys of the own room in the place of the older ones; `also` opens them too."""
        text = keyring.compose_own(self.ring.n, self.own)
        public = [one.to_public() for one in (*also, self.key)]
        with writing():
            atomic.write(self.keys, keyring.own_file(self.ring.n), age.seal(text, public))

    def write_recovery(self) -> None:
        """Put what their recovery key opens in the place of the older one, if they have one."""
        if self.ring.recovery:
            text = keyring.compose_recovery(self.ring, self.own)
            data = age.seal(text, [age.recipient(self.ring.recovery)])
            with writing():
                atomic.write(self.keys, keyring.recovery_file(self.ring.n), data)

    def write(self) -> None:
        """Put all of them in their places. The ring comes last: it says what else there is."""
        self.write_recovery()
        self.write_own()
        self.write_ring()


def open_hand(
    folder: Path, passphrase: str, prefer: int | None = None, *, certain: bool = False
) -> Hand:
    """The keys of the one whose passphrase this is; costs one derivation.

    Args:
        folder: the journal.
        passphrase: theirs.
        prefer: whose keys are meant when it opens those of both; None takes the first.
        certain: take nobody's when it opens those of both and `prefer` does not say whose.

    Raises:
        ImagoError: 2 it is not certain whose are meant; 4 it opens nothing; 5 a key file is not
            whole.
    """
    keys = folder / layout.KEYS
    key, found = opening.key_and_rings(keys, passphrase, Kdf.read(keys))
    # While someone joins, the ring of the one who was alone may stand in both places for a moment.
    people = {str(ring.member) for ring in found.values()}
    if certain and len(people) > 1 and prefer not in found:
        raise ImagoError(words("private.whose"), words("private.whose_hint"), 2)
    ring = found[prefer] if prefer in found else next(iter(found.values()))
    return hand_of(keys, ring, key)


def hand_of(keys: Path, ring: Ring, key: age.Identity) -> Hand:
    """The keys of the one whose ring is open, also in the middle of a recovery.

    Args:
        keys: the folder they stand in.
        ring: theirs.
        key: what their passphrase became.

    Raises:
        ImagoError: 5 the file with those of their own room is not whole.
    """
    try:
        own = keyring.read_own(keys, ring.n, [key, ring.member])
    except Trouble as trouble:
        raise trouble.of_key() from None
    return Hand(keys, ring, tuple(own), key)
