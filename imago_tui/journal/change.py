"""New passphrases and new keys for one partner. Any step of each may be the last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import age, codec, layout, resealing
from imago_tui.journal.hand import open_hand
from imago_tui.journal.kdf import Kdf, derive
from imago_tui.journal.passphrase import check_strength
from imago_tui.journal.shelf import Shelf
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.hand import Hand
    from imago_tui.journal.trouble import Trouble


def passphrase(folder: Path, old: str, new: str, prefer: int | None = None) -> Hand:
    """Seal the ring that `old` opens to `new`. Only for the one who holds the lock.

    First the keys of the own room open with both, then the ring changes, then the keys of the own
    room open with the new one alone. At every moment one passphrase opens both files; what is left
    over after a kill is mended at the next opening.

    Args:
        folder: the journal.
        old: the passphrase that is to open nothing any more.
        new: another one.
        prefer: whose ring is meant when `old` opens those of both.

    Returns:
        The keys of the one whose passphrase it is.

    Raises:
        ImagoError: 2 `new` is too short or the same; 4 `old` opens nothing; 5, 7.
    """
    check_strength(new)
    before = open_hand(folder, old, prefer)
    new_key = derive(new, Kdf.read(folder / layout.KEYS))
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
    _write_index(folder, changed.own, progress)
    changed.write_ring()
    if not damaged:
        alone = replace(changed, own=(fresh,))
        alone.write_own()
        alone.write_recovery()
    return damaged


def _write_index(folder: Path, own: Sequence[age.Identity], progress: Progress | None) -> None:
    """The index of the own room anew, so that no old key opens it."""
    shelf = Shelf(folder, "private", codec.Keys(tuple(own), ("", ""), {}, ("", ""), private=True))
    try:
        shelf.write_index(progress, anew=True)
    finally:
        shelf.close()
