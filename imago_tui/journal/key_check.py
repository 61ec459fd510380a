"""The key files and the README looked at from outside, without opening what is not open."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic, backups, identity_file, keyring, layout, readme
from imago_tui.journal.kdf import Kdf
from imago_tui.journal.trouble import Trouble
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from imago_tui.journal.keyring import Ring


def check(folder: Path, rings: Iterable[Ring]) -> Iterator[str]:
    """What is the matter with the key files and the README, a line each; mostly nothing.

    Args:
        folder: the journal.
        rings: those that are open, whose recovery files have to be there or not.
    """
    keys = folder / layout.KEYS
    optional = {keyring.recovery_file(n) for n in range(keyring.PARTNERS)}
    wanted = {keyring.recovery_file(ring.n) for ring in rings if ring.recovery}
    if layout.exists_alone(folder):
        optional |= {keyring.SHARED_FILE, keyring.ring_file(1), keyring.own_file(1)}
    for name in backups.KEY_FILES[1:]:
        try:
            data = atomic.read(keys, name, identity_file.MOST_FILE, shown=f"keys/{name}")
        except Trouble as trouble:
            if trouble.reason != "missing" or name not in optional - wanted:
                yield str(trouble)
            continue
        if not data.startswith(age.MAGIC) or not age.recipients_in(data):
            yield str(Trouble("damaged", f"keys/{name}"))
    try:
        kdf = Kdf.read(keys)
    except ImagoError as mishap:
        yield mishap.message
        return
    yield from _readme(folder, kdf)


def _readme(folder: Path, kdf: Kdf) -> Iterator[str]:
    try:
        text = atomic.read(folder, readme.FILE, backups.MOST_README)
    except Trouble:
        yield words("keys.verify.no_readme")
        return
    salt = base64.b64encode(kdf.salt).decode()
    if f'SALT, COST = base64.b64decode("{salt}"), 2 ** {kdf.log_n}\n'.encode() not in text:
        yield words("keys.verify.readme")
