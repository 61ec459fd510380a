"""The other one joins someone who was alone: a new shared room, and nothing older opens to them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import (
    age,
    atomic,
    keyring,
    layout,
    lock,
    opening,
    recovery_file,
    setup,
    strict_json,
)
from imago_tui.journal.hand import hand_of
from imago_tui.journal.kdf import Kdf, derive
from imago_tui.journal.keyring import PARTNERS, Member, Ring, Shared
from imago_tui.journal.trouble import writing
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def join(
    folder: Path,
    partners: Sequence[tuple[str | None, str]],
    recovery: Sequence[Path | None] = (),
) -> opening.Opened:
    """Make the shared room of two people, one of whom has kept a journal alone in this folder.

    Args:
        folder: the journal.
        partners: name and passphrase of each, in the order the journal is to have. One of the
            passphrases opens what is here; a name of None is the one it has there.
        recovery: where the n-th partner's recovery key is written; only for the one who joins.

    Safe at any kill: until the file of the shared room appears it is one person's journal still,
    and the same can be asked for again.

    Raises:
        ImagoError: 2 names, passphrases or recovery places won't do; 4 none of the passphrases
            opens what is here; 5 key files are missing or not whole; 6; 7.
    """
    keys = folder / layout.KEYS
    kdf = Kdf.read(keys)
    first, second = (derive(passphrase, kdf) for _, passphrase in partners)
    at, ring, key = _alone(keys, [first, second])
    assert ring.alone is not None  # noqa: S101  `_alone` gives no other
    named = [(name if name is not None else "", passphrase) for name, passphrase in partners]
    named[at] = (ring.alone.name, named[at][1])
    setup.check_partners(named)
    if partners[at][0] not in {None, ring.alone.name}:
        raise ImagoError(words("private.other_name"), words("private.other_name_hint"), 2)
    places = [*recovery, None, None][:PARTNERS]
    if places[at] is not None:
        raise ImagoError(words("private.recovery_later"), words("private.recovery_hint"), 2)
    recovery_file.check_places(folder, places)
    with lock.held(folder), writing():
        was = hand_of(keys, ring, key)
        moved = replace(was, ring=replace(ring, n=at))
        if at != ring.n:
            moved.write()
        other = 1 - at
        name, passphrase = named[other]
        theirs, files, rescue = setup.make_ring(other, passphrase, kdf, places[other])
        recovery_file.write(rescue)
        rings = {at: replace(moved.ring, alone=None), other: theirs}
        mine = Member(ring.alone.name, str(ring.member.to_public()), ring.alone.settings)
        members = {
            at: mine,
            other: Member(strict_json.sayable(name), str(theirs.member.to_public())),
        }
        shared = Shared((members[0], members[1]), (age.new_identity(),))
        try:
            for file, data in files.items():
                atomic.write(keys, file, data)
            if not rescue:
                atomic.remove(keys, keyring.recovery_file(other))
            atomic.write(keys, keyring.SHARED_FILE, shared.sealed())
        except BaseException:
            if not layout.exists(folder):
                for path in rescue:
                    with suppress(OSError):
                        path.unlink()
            raise
        # The name stands in the shared room now.
        replace(moved, ring=rings[at]).write()
    return opening.Opened(kdf, dict(sorted(rings.items())), shared)


def join_by_name(
    folder: Path,
    names: Sequence[str],
    passphrases: Sequence[str],
    recovery: Sequence[Path | None] = (),
) -> opening.Opened:
    """As `join`; the name, and the recovery place, of the one who joins may stand alone.

    Raises:
        ImagoError: as `join`.
    """
    kdf = Kdf.read(folder / layout.KEYS)
    at = _alone(folder / layout.KEYS, [derive(one, kdf) for one in passphrases])[0]
    known: list[str | None] = list(names)
    if len(names) == 1:
        known.insert(at, None)
    places = list(recovery)
    if len(recovery) == 1:
        places.insert(at, None)
    return join(folder, list(zip(known, passphrases, strict=True)), places)


def _alone(keys: Path, both: Sequence[age.Identity]) -> tuple[int, Ring, age.Identity]:
    """Which of the two keys opens the ring of the one who was alone, that ring, and the key."""
    opened = False
    for at, key in enumerate(both):
        for ring in opening.rings_of(keys, key):
            opened = True
            if ring.alone:
                return at, ring, key
    if opened:
        raise layout.keys_gone()
    raise ImagoError(words("private.join_wrong"), words("private.join_wrong_hint"), 4)
