"""The journal, or one's own room, opened with what was given, or with what is typed when asked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from imago_tui.errors import NO_PASSPHRASE, ImagoError
from imago_tui.journal.passphrase import given, nobody_types
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.open_room import OpenRoom
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal

Opened = TypeVar("Opened", bound="OpenRoom")


def open_journal(folder: Path, files: Sequence[Path]) -> Journal:
    """The journal at `folder`, opened with the passphrases of `files`, or asked for at a terminal.

    Raises:
        ImagoError: 2 there is none; 4 nothing that opens it was given; 5 its keys are damaged.
    """
    from imago_tui.plain.console import a_terminal

    passphrases = _begun(folder, files)
    from imago_tui.journal import layout
    from imago_tui.journal.store import Journal

    if not layout.stands(folder):
        if layout.exists_alone(folder):
            raise ImagoError(words("private.alone"), words("private.alone_hint"), 2)
        raise ImagoError(words("journal.open.none"), words("journal.open.none_hint"), 2)
    if passphrases:
        return _looked(Journal.open(folder, passphrases))
    if not a_terminal(sys.stdin):
        nobody_types()
    return _looked(_asked(folder))


def _looked(room: Opened) -> Opened:
    """The room, once whatever changed in its files was looked at; with a bar where that is much.

    After bringing back a copy, or without an index, that is every file of it.
    """
    from imago_tui.commands.bars import bar

    with bar(words("keys.looking")) as progress:
        if progress is not None:
            room.heads(progress)
    return room


def _begun(folder: Path, files: Sequence[Path]) -> tuple[str, ...]:
    """As `given`, for the journal at `folder`: they are worked on while the rest is imported."""
    from imago_tui.journal import kdf

    if not (folder / kdf.FOLDER / kdf.FILE).exists():
        return ()
    passphrases = given(files)
    kdf.begin(folder, passphrases)
    return passphrases


def open_own(folder: Path, files: Sequence[Path]) -> OwnRoom:
    """One's own room in the journal at `folder`, opened with that person's own passphrase.

    Raises:
        ImagoError: 2 there is no journal, or more than one passphrase; 4; 5.
    """
    from imago_tui.journal import kdf

    passphrase = own_passphrase(files)
    kdf.begin(folder, [passphrase])
    from imago_tui.journal import own

    return _looked(own.open_own(folder, passphrase))


def own_passphrase(files: Sequence[Path]) -> str:
    """The passphrase of the one person who is here, from `files`, or typed at a terminal.

    Raises:
        ImagoError: 2 there is more than one; 4 none.
    """
    from imago_tui.plain.console import a_terminal, unseen

    passphrases = given(files)
    if len(passphrases) > 1:
        raise ImagoError(words("private.one_person"), words("private.one_person_hint"), 2)
    if passphrases:
        return passphrases[0]
    if not a_terminal(sys.stdin):
        nobody_types()
    with unseen():
        typed = hidden(words("journal.prompt"))
    if not typed:
        nobody_types()
    return typed


def new_passphrase(file: Path | None, name: str = "", *, alone: bool = False) -> str:
    """A passphrase to make keys with, from `file`, or typed twice at a terminal.

    `name`: who is asked; `alone`: nobody else is there who could look away.

    Raises:
        ImagoError: 2 there is no terminal to ask at, nothing was typed, or it is too short.
    """
    from imago_tui.inert import inert
    from imago_tui.journal.passphrase import check_strength, read_passphrase_file
    from imago_tui.plain.console import a_terminal, unseen

    if file is not None:
        return read_passphrase_file(file, making=True)
    if not (a_terminal(sys.stdin) and a_terminal(sys.stderr)):
        raise ImagoError(words("errors.terminal_needed"), words("private.new_hint"), 2)
    if name:
        key = "setup.ask.in_peace" if alone else "setup.ask.alone"
        sys.stderr.write(words(key, name=inert(name)) + "\n")
    with unseen():
        while True:
            typed = hidden(words("setup.ask.passphrase"))
            if not typed:
                raise ImagoError(words("setup.ask.given_up"), "", 2)
            try:
                check_strength(typed)
            except ImagoError as mishap:
                sys.stderr.write(mishap.message + "\n")
                continue
            if hidden(words("setup.ask.again")) == typed:
                return typed
            sys.stderr.write(words("setup.ask.not_same") + "\n")


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
