"""What stands where in a journal's folder, and whether a journal of two or of one stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import kdf, keyring
from imago_tui.journal.keyring import PARTNERS
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

KEYS = kdf.FOLDER
ENTRIES = "entries"


def exists(folder: Path) -> bool:
    """Whether a complete journal of two people stands at `folder`."""
    needed = [kdf.FILE, keyring.SHARED_FILE]
    for n in range(PARTNERS):
        needed += [keyring.ring_file(n), keyring.own_file(n)]
    return all((folder / KEYS / name).is_file() for name in needed)


def exists_alone(folder: Path) -> bool:
    """Whether what stands at `folder` are keys of one person alone, without a shared room."""
    keys = folder / KEYS
    if not (keys / kdf.FILE).is_file() or (keys / keyring.SHARED_FILE).exists():
        return False
    return len(rings_at(folder)) == 1


def can_be_joined(folder: Path) -> bool:
    """Whether someone is alone at `folder`, also where joining was cut short."""
    keys = folder / KEYS
    there = (keys / kdf.FILE).is_file() and not (keys / keyring.SHARED_FILE).exists()
    return there and bool(rings_at(folder))


def rings_at(folder: Path) -> list[int]:
    """Whose ring and own keys are at `folder`: 0, 1, both or nobody's."""
    keys = folder / KEYS
    return [
        n
        for n in range(PARTNERS)
        if (keys / keyring.ring_file(n)).is_file() and (keys / keyring.own_file(n)).is_file()
    ]


def stands(folder: Path) -> bool:
    """Whether a journal of two people stands at `folder`.

    Raises:
        ImagoError: 5 what is kept is there, but the keys to it aren't.
    """
    if exists(folder):
        return True
    if exists_alone(folder):
        return False
    keys, entries = folder / KEYS, folder / ENTRIES
    if keys.is_dir() or (entries.is_dir() and any(entries.glob("*.age"))):
        raise keys_gone()
    return False


def keys_gone() -> ImagoError:
    """What is told where something is kept and the keys to it aren't there."""
    return ImagoError(words("journal.setup.keys_gone"), words("journal.setup.keys_gone_hint"), 5)
