"""New passphrases and new keys for one partner. Any step of each may be the last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic, codec, keyring, opening, resealing, setup
from imago_tui.journal.kdf import derive
from imago_tui.journal.passphrase import check_strength
from imago_tui.journal.shelf import Shelf
from imago_tui.journal.trouble import Trouble, writing
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.kdf import Kdf
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


def hand(folder: Path, kdf: Kdf, passphrase: str, preferred: int | None = None) -> Hand:
    """The keys that a passphrase opens; costs one derivation.

    Args:
        folder: the journal.
        kdf: its way from passphrases to keys.
        passphrase: theirs.
        preferred: whose ring is meant when it opens both; None takes the first.

    Raises:
        ImagoError: 4 it opens nothing; 5 a key file is not whole.
    """
    keys = folder / setup.KEYS
    key = derive(passphrase, kdf)
    found = {ring.n: ring for ring in opening.rings_of(keys, key)}
    if not found:
        raise ImagoError(words("journal.open.wrong"), words("journal.open.wrong_hint"), 4)
    ring = found[preferred] if preferred in found else next(iter(found.values()))
    try:
        own = keyring.read_own(keys, ring.n, [key])
    except Trouble as trouble:
        raise trouble.of_key() from None
    return Hand(keys, ring, tuple(own), key)


def passphrase(folder: Path, kdf: Kdf, old: str, new: str, preferred: int | None = None) -> Hand:
    """Change a passphrase; see `Journal.change_passphrase`. Only for the one who holds the lock.

    First the keys of the own room open with both, then the ring changes, then the keys of the own
    room open with the new one alone. At every moment one passphrase opens both files; what is left
    over after a kill is mended at the next opening.
    """
    check_strength(new)
    before = hand(folder, kdf, old, preferred)
    new_key = derive(new, kdf)
    if str(before.key) == str(new_key):
        raise ImagoError(words("journal.change.same"), "", 2)
    after = replace(before, key=new_key)
    after.write_own(before.key)
    after.write_ring()
    after.write_own()
    return after


def own_key(folder: Path, mine: Hand, progress: Progress | None = None) -> list[Trouble]:
    """A new key for one's own room, and all that is in it sealed to that. Only under the lock.

    The old key stays beside the new one until nothing needs it, so whatever stops this, all
    opens, and doing it again finishes it. What is damaged keeps the old key from going.

    Returns:
        What could not be sealed anew.

    Raises:
        ImagoError: 5; 7.
    """
    fresh = age.new_identity()
    changed = replace(
        mine,
        own=(fresh, *mine.own),
        ring=replace(mine.ring, own=str(fresh.to_public())),
    )
    changed.write_recovery()
    changed.write_own()
    damaged = resealing.reseal(folder, changed.own, progress)
    _write_index(folder, changed.own)
    changed.write_ring()
    if not damaged:
        alone = replace(changed, own=(fresh,))
        alone.write_own()
        alone.write_recovery()
    return damaged


def _write_index(folder: Path, own: Sequence[age.Identity]) -> None:
    """The index of the own room anew, so that no old key opens it."""
    shelf = Shelf(folder, "private", codec.Keys(tuple(own), ("", ""), {}, ("", ""), private=True))
    try:
        shelf.write_index(None, anew=True)
    finally:
        shelf.close()
