"""From passphrases to open rings and the shared room."""

from __future__ import annotations

import stat
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic, keyring, layout, lock
from imago_tui.journal import kdf as kdf_file
from imago_tui.journal.kdf import Kdf, derive
from imago_tui.journal.keyring import PARTNERS, Ring, Shared
from imago_tui.journal.trouble import Trouble
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Opened:
    """What passphrases opened.

    Args:
        kdf: how passphrases become keys here.
        rings: by whose they are, 0 or 1.
        shared: the room of both.
        either: both rings, when the one passphrase given opens both: it does not say who is here.
    """

    kdf: Kdf
    rings: dict[int, Ring]
    shared: Shared
    either: dict[int, Ring] = field(default_factory=dict)

    @property
    def unclear(self) -> bool:
        """Whether the passphrase left open who is here."""
        return bool(self.either)


def open_rings(folder: Path, passphrases: Sequence[str]) -> Opened:
    """Open the journal at `folder`; each passphrase costs one derivation.

    A change of a passphrase that was cut short is mended on the way.

    Raises:
        ImagoError: status 2 no journal, 4 no passphrase or one that opens nothing, 5 a key file is
            damaged, newer, or from elsewhere.
    """
    keys = folder / layout.KEYS
    if not (keys / kdf_file.FILE).exists():
        raise ImagoError(words("journal.open.none"), words("journal.open.none_hint"), 2)
    if layout.exists_alone(folder):
        raise ImagoError(words("private.alone"), words("private.alone_hint"), 2)
    if not passphrases:
        raise ImagoError(words("journal.open.missing"), words("journal.open.missing_hint"), 4)
    kdf = Kdf.read(keys)
    rings: dict[int, Ring] = {}
    each: list[int] = []
    told = "wrong" if len(passphrases) == 1 else "wrong_one"
    for passphrase in passphrases:
        found = rings_by(folder, passphrase, kdf, told)
        each.append(len(found))
        rings |= found
    rings = dict(sorted(rings.items()))
    shared = _shared(keys, rings)
    if each == [PARTNERS]:
        return Opened(kdf, {0: rings[0]}, shared, rings)
    return Opened(kdf, rings, shared)


def rings_by(folder: Path, passphrase: str, kdf: Kdf, told: str = "wrong") -> dict[int, Ring]:
    """The rings that a passphrase opens, by whose they are; costs one derivation.

    A change of it that was cut short is mended on the way.

    Args:
        folder: the journal.
        passphrase: of one of them; of both, when they chose the same.
        kdf: how passphrases become keys here.
        told: the sentence in words/en/journal.toml, [open], for one that opens nothing.

    Raises:
        ImagoError: 4 it opens nothing; 5 a key file is not whole.
    """
    key, found = key_and_rings(folder / layout.KEYS, passphrase, kdf, told)
    for ring in found.values():
        mend(folder, ring, key)
    return found


def key_and_rings(
    keys: Path, passphrase: str, kdf: Kdf, told: str = "wrong"
) -> tuple[age.Identity, dict[int, Ring]]:
    """What a passphrase becomes, and the rings that this opens; as `rings_by`, mending nothing."""
    key = derive(passphrase, kdf)
    found = {ring.n: ring for ring in rings_of(keys, key)}
    if not found:
        raise ImagoError(words(f"journal.open.{told}"), words("journal.open.wrong_hint"), 4)
    return key, found


def rings_of(keys: Path, key: age.Identity) -> list[Ring]:
    """The rings that the key of a passphrase opens.

    Raises:
        ImagoError: status 5, when it opens none and one of them is damaged beyond telling.
    """
    found: list[Ring] = []
    other: Trouble | None = None
    missing = 0
    for n in range(PARTNERS):
        try:
            found.append(Ring.read(keys, n, [key]))
        except Trouble as trouble:
            missing += trouble.reason == "missing"
            if trouble.reason not in {"foreign", "missing"} or missing == PARTNERS:
                other = trouble
    if not found and other:
        raise other.of_key()
    return found


def mend(folder: Path, ring: Ring, key: age.Identity) -> None:
    """Finish a change of a passphrase that was cut short.

    While one is made, the keys of the own room open with the old and with the new passphrase, or,
    where the old one is forgotten, with the ring and with the new one; once it is clear which
    passphrase holds, they are sealed to that one alone. A folder that cannot be written now is
    mended another time.

    Args:
        folder: the journal.
        ring: theirs, open.
        key: what the passphrase that opens it became.
    """
    keys = folder / layout.KEYS
    name = keyring.own_file(ring.n)
    with suppress(Trouble, ImagoError, OSError):
        if age.recipients_in(atomic.read(keys, name, keyring.MOST_FILE)) == 1:
            return
        with lock.held(folder):
            own = keyring.read_own(keys, ring.n, [key, ring.member])
            text = keyring.compose_own(ring.n, own)
            atomic.write(keys, name, age.seal(text, [key.to_public()]))


def warnings(folder: Path) -> tuple[str, ...]:
    """What the two should know about the folder itself; usually nothing."""
    with suppress(OSError):
        if folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return (words("journal.open.writable"),)
    return ()


def _shared(keys: Path, rings: dict[int, Ring]) -> Shared:
    try:
        shared = Shared.read(keys, [ring.member for ring in rings.values()])
    except Trouble as trouble:
        raise trouble.of_key() from None
    check_members(shared, rings)
    return shared


def check_members(shared: Shared, rings: Mapping[int, Ring]) -> None:
    """See that the rings belong to the members of the shared room.

    Raises:
        ImagoError: 5 they don't.
    """
    for n, ring in rings.items():
        if shared.members[n].recipient != str(ring.member.to_public()):
            raise Trouble("forged", f"keys/{keyring.SHARED_FILE}").of_key()
