"""A new passphrase for one partner. It spans two files, so any step of it may be the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic, keyring, opening, setup
from imago_tui.journal.kdf import derive
from imago_tui.journal.passphrase import check_strength
from imago_tui.journal.trouble import Trouble, writing
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.journal.kdf import Kdf


def passphrase(folder: Path, kdf: Kdf, old: str, new: str, preferred: int) -> int:
    """Change a passphrase; see `Journal.change_passphrase`. Only for the one who holds the lock.

    Args:
        folder: the journal.
        kdf: its way from passphrases to keys.
        old: what opens the ring now.
        new: what is to open it.
        preferred: whose ring is meant when `old` opens both.

    First the keys of the own room open with both, then the ring changes, then the keys of the own
    room open with the new one alone. At every moment one passphrase opens both files; what is left
    over after a kill is mended at the next opening.
    """
    check_strength(new)
    keys = folder / setup.KEYS
    old_key, new_key = derive(old, kdf), derive(new, kdf)
    if str(old_key) == str(new_key):
        raise ImagoError(words("journal.change.same"), "", 2)
    found = {ring.n: ring for ring in opening.rings_of(keys, old_key)}
    if not found:
        raise ImagoError(words("journal.open.wrong"), words("journal.open.wrong_hint"), 4)
    ring = found.get(preferred) or next(iter(found.values()))
    try:
        own = keyring.compose_own(ring.n, keyring.read_own(keys, ring.n, [old_key]))
    except Trouble as trouble:
        raise trouble.of_key() from None
    name = keyring.own_file(ring.n)
    old_public, new_public = old_key.to_public(), new_key.to_public()
    with writing():
        atomic.write(keys, name, age.seal(own, [old_public, new_public]))
        atomic.write(keys, keyring.ring_file(ring.n), age.seal(ring.compose(), [new_public]))
        atomic.write(keys, name, age.seal(own, [new_public]))
    return ring.n
