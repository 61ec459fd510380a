"""Where something that leaves the journal is written: a new file, for us alone, outside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic
from imago_tui.journal.trouble import writing
from imago_tui.paths import copies_of, possible
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path


def write(place: Path, data: bytes, journal: Path) -> None:
    """Put `data` into a new file, 0600.

    Raises:
        ImagoError: 2 something is there already, it is inside the journal or its copies, or no file
            can be there; 7.
    """
    possible(place)
    folder, real = atomic.real(journal), atomic.real(place)
    inside = {folder, copies_of(folder)} & {real, *real.parents}
    if inside:
        raise ImagoError(words("outgoing.inside"), words("outgoing.inside_hint"), 2)
    if place.is_symlink() or place.exists():
        raise _exists()
    if not real.parent.is_dir():
        raise ImagoError(words("outgoing.no_folder"), words("outgoing.no_folder_hint"), 2)
    try:
        with writing():
            try:
                atomic.create(place, data)
            except FileExistsError:
                raise _exists() from None
            atomic.sync_folder(real.parent)
    except ImagoError as mishap:
        if mishap.status == 7:  # noqa: PLR2004  words about the journal don't fit another file
            raise ImagoError(
                words("outgoing.not_written"), words("outgoing.no_folder_hint"), 7
            ) from None
        raise


def sealed(data: bytes, key: str) -> bytes:
    """`data` as an age file that only the holder of the public key `key` opens.

    Raises:
        ImagoError: 2 it is none.
    """
    return age.seal(data, [recipient(key)])


def recipient(key: str) -> age.Recipient:
    """The public key that `key` says.

    Raises:
        ImagoError: 2 it says none.
    """
    try:
        return age.recipient(key.strip())
    except ValueError:
        raise ImagoError(words("outgoing.no_key"), words("outgoing.no_key_hint"), 2) from None


def _exists() -> ImagoError:
    return ImagoError(words("outgoing.exists"), words("outgoing.exists_hint"), 2)
