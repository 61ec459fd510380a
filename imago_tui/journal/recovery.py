"""Recovery keys: made by each alone, used when a passphrase is forgotten, taken back at will."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic, keyring, layout, recovery_file
from imago_tui.journal.catalogue import signature_of
from imago_tui.journal.hand import Hand
from imago_tui.journal.kdf import Kdf, derive
from imago_tui.journal.passphrase import check_strength
from imago_tui.journal.trouble import Trouble, writing
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.journal.rows import Signature


def make(folder: Path, mine: Hand, place: Path) -> None:
    """Write a new recovery key to `place`; one made before opens nothing newer. Under the lock.

    After a mishap a file at `place` is one that opens what it should: else none is left there, and
    the one made before goes on opening.

    Raises:
        ImagoError: 2 something is at `place`, or it is inside the journal; 7.
    """
    recovery_file.check_places(folder, [place])
    rescue = age.new_identity()
    with_one = replace(mine, ring=replace(mine.ring, recovery=str(rescue.to_public())))
    with writing():
        recovery_file.write({place: recovery_file.compose(mine.ring.n, rescue)})
    before, ring = _sealed_now(mine), _ring_stamp(mine)
    try:
        with_one.write_recovery()
        with_one.write_ring()
    except BaseException:
        # Once the ring names it, it counts, also where the disk was not sure of the last step.
        if _ring_stamp(mine) == ring and _put_back(mine, before):
            recovery_file.take_back([place])
        raise


def _sealed_now(mine: Hand) -> bytes | None:
    """What their recovery key opens, sealed as it stands there; None: there is no such file."""
    try:
        return atomic.read(mine.keys, keyring.recovery_file(mine.ring.n), keyring.MOST_FILE)
    except Trouble:
        return None


def _ring_stamp(mine: Hand) -> Signature:
    return signature_of((mine.keys / keyring.ring_file(mine.ring.n)).lstat())


def _put_back(mine: Hand, before: bytes | None) -> bool:
    """Have the file that a recovery key opens be as it was; whether it is."""
    name = keyring.recovery_file(mine.ring.n)
    with suppress(OSError):
        if before is None:
            atomic.remove(mine.keys, name)
        elif _sealed_now(mine) != before:
            atomic.write(mine.keys, name, before)
    return _sealed_now(mine) == before


def revoke(mine: Hand) -> None:
    """Let the recovery key open nothing in this folder any more. Only under the lock.

    Raises:
        ImagoError: 7.
    """
    replace(mine, ring=replace(mine.ring, recovery=None)).write_ring()
    with writing():
        atomic.remove(mine.keys, keyring.recovery_file(mine.ring.n))


def use(folder: Path, place: Path, new: str) -> Hand:
    """Set the passphrase `new` with the recovery key at `place`. Only under the lock.

    First the keys of the own room open with the new passphrase and with what is in the ring, then
    the ring changes, then they open with the new passphrase alone. So whoever still knows the old
    passphrase has all of it until the new one does; cut short, it is done again, or mended at the
    next opening.

    Raises:
        ImagoError: 2 `new` is too short; 4 there is no key at `place`, or it opens nothing here;
            5 a key file is not whole; 7.
    """
    check_strength(new)
    key = recovery_file.read(place)
    keys = folder / layout.KEYS
    for n in range(keyring.PARTNERS):
        try:
            ring, own = keyring.read_recovery(keys, n, [key])
        except Trouble as trouble:
            if trouble.reason in {"missing", "foreign"}:
                continue
            raise trouble.of_key() from None
        found = Hand(keys, ring, tuple(own), derive(new, Kdf.read(keys)))
        found.write_own(ring.member)
        found.write_ring()
        found.write_own()
        return found
    raise ImagoError(words("keys.recovery.nothing"), words("keys.recovery.nothing_hint"), 4)
