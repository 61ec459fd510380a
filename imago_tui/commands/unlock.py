"""Where a passphrase comes from: a file, a program, or the keyboard; and the journal it opens."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.store import Journal

COMMAND = "IMAGO_TUI_PASSPHRASE_COMMAND"
NO_PASSPHRASE = 4
DAMAGED = 5


def stands(folder: Path) -> bool:
    """Whether a journal stands at `folder`.

    Raises:
        ImagoError: 5 what is kept is there, but the keys to it aren't.
    """
    from imago_tui.journal import setup

    if setup.exists(folder):
        return True
    keys, entries = folder / setup.KEYS, folder / setup.ENTRIES
    if keys.is_dir() or (entries.is_dir() and any(entries.glob("*.age"))):
        raise ImagoError(
            words("journal.setup.keys_gone"), words("journal.setup.keys_gone_hint"), DAMAGED
        )
    return False


def given(files: Sequence[Path]) -> tuple[str, ...]:
    """The passphrases that need nobody to type them; none when there are none.

    Raises:
        ImagoError: 4 a file or the program gives none.
    """
    from imago_tui.journal.passphrase import passphrase_from_command, read_passphrase_file

    if files:
        return tuple(read_passphrase_file(file) for file in files)
    command = os.environ.get(COMMAND)
    return (passphrase_from_command(command),) if command else ()


def open_journal(folder: Path, files: Sequence[Path]) -> Journal:
    """The journal at `folder`, opened with the passphrases of `files`, or asked for at a terminal.

    Raises:
        ImagoError: 2 there is none; 4 nothing that opens it was given; 5 its keys are damaged.
    """
    from imago_tui.journal.store import Journal
    from imago_tui.plain.console import a_terminal

    if not stands(folder):
        raise ImagoError(words("journal.open.none"), words("journal.open.none_hint"), 2)
    passphrases = given(files)
    if passphrases:
        return Journal.open(folder, passphrases)
    if not a_terminal(sys.stdin):
        nobody_types()
    return _asked(folder)


def nobody_types() -> NoReturn:
    """Say that a passphrase is needed and how to give one.

    Raises:
        ImagoError: 4, always.
    """
    raise ImagoError(
        words("journal.open.missing"), words("journal.open.missing_hint"), NO_PASSPHRASE
    )


def _asked(folder: Path) -> Journal:
    """Ask until one opens it; an empty line ends the asking."""
    from imago_tui.journal.store import Journal
    from imago_tui.mishaps import tell
    from imago_tui.plain.console import unseen

    with unseen():
        while True:
            typed = hidden(words("journal.prompt"))
            if not typed:
                nobody_types()
            try:
                return Journal.open(folder, [typed])
            except ImagoError as mishap:
                if mishap.status != NO_PASSPHRASE:
                    raise
                tell(mishap.message, mishap.hint)


def hidden(prompt: str) -> str:
    """A line typed at the terminal without showing it; "" at the end of the input."""
    import getpass

    try:
        return getpass.getpass(prompt)
    except EOFError:
        return ""
