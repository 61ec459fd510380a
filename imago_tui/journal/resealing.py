"""Every file of one room sealed to a new key, one at a time: each is wholly old or wholly new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.journal import age, atomic, codec, layout
from imago_tui.journal.catalogue import entry_file, scan
from imago_tui.journal.trouble import Trouble, writing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress


def reseal(
    folder: Path, identities: Sequence[age.Identity], progress: Progress | None = None
) -> list[Trouble]:
    """Seal what any of `identities` opens to the first of them. Only for who holds the lock.

    What is in a file stays as it is. Files of other rooms open with none of these keys and are
    passed over; what a newer version wrote is not touched.

    Returns:
        What is this room's and was not sealed anew, because it is damaged or a newer version's;
        also what cannot be read, whosever it is.

    Raises:
        ImagoError: 5 the folder of the entries cannot be read; 7.
    """
    entries = folder / layout.ENTRIES
    try:
        ids = sorted(scan(entries))
    except Trouble as trouble:
        raise trouble.of_folder() from None
    left: list[Trouble] = []
    for done, id_ in enumerate(ids):
        if progress:
            progress(done, len(ids))
        try:
            _reseal_one(entries, entry_file(id_), identities)
        except Trouble as trouble:
            # What the disk does not give today may be this room's, and open to the old key alone.
            if trouble.reason in {"damaged", "newer", "unreadable"}:
                left.append(trouble)
    if progress:
        progress(len(ids), len(ids))
    return left


def _reseal_one(entries: Path, name: str, identities: Sequence[age.Identity]) -> None:
    shown = f"{layout.ENTRIES}/{name}"
    data = atomic.read(entries, name, codec.MOST_FILE, shown=shown)
    newest = identities[0]
    try:
        age.unseal(data, [newest], shown)
    except Trouble as trouble:
        if trouble.reason != "foreign":
            raise
    else:
        return
    text = age.unseal(data, identities, shown)
    if codec.is_newer(text):
        raise Trouble("newer", shown)
    with writing():
        atomic.write(entries, name, age.seal(text, [newest.to_public()]))
