"""Where a passphrase comes from when nobody types it."""

from __future__ import annotations

import os
import time
import unicodedata
from typing import TYPE_CHECKING, NoReturn

from imago_tui.errors import NO_PASSPHRASE, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from subprocess import Popen

LEAST = 12
MOST_BYTES = 4096
SECONDS = 120
COMMAND = "IMAGO_TUI_PASSPHRASE_COMMAND"


def given(files: Sequence[Path]) -> tuple[str, ...]:
    """The passphrases that need nobody to type them; none when there are none.

    Raises:
        ImagoError: 4 a file or the program gives none.
    """
    if files:
        return tuple(read_passphrase_file(file) for file in files)
    command = os.environ.get(COMMAND)
    return (passphrase_from_command(command),) if command else ()


def nobody_types() -> NoReturn:
    """Say that a passphrase is needed and how to give one.

    Raises:
        ImagoError: 4, always.
    """
    raise ImagoError(
        words("journal.open.missing"), words("journal.open.missing_hint"), NO_PASSPHRASE
    )


def read_passphrase_file(path: Path, *, making: bool = False) -> str:
    """The first line of the file at `path`, without its end.

    Args:
        path: a file, also a pipe such as a shell makes for `<(...)`.
        making: True when keys are made with it; then what is the matter is status 2, else 4.

    Raises:
        ImagoError: not readable, not text, or shorter than 12 characters.
    """
    try:
        with path.open("rb") as file:
            line = file.readline(MOST_BYTES + 1)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        _refuse("unreadable", "unreadable_hint", making=making)
    return _from_line(line, making=making)


def passphrase_from_command(command: str, *, making: bool = False) -> str:
    """The first line that `command` prints, without its end. It is split, never given to a shell.

    Raises:
        ImagoError: it cannot be started, ends with a mishap, or prints no passphrase.
    """
    # Hardly anyone has such a command, and everyone opens the journal.
    import shlex
    import subprocess

    try:
        with subprocess.Popen(shlex.split(command), stdout=subprocess.PIPE) as child:
            try:
                printed = _printed(child, time.monotonic() + SECONDS)
            finally:
                child.kill()  # of no effect where it has come to its end
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        _refuse("command", "command_hint", making=making)
    return _from_line(printed.split(b"\n", 1)[0], making=making)


def _printed(child: Popen[bytes], until: float) -> bytes:
    """What it prints, cut behind one byte more than a passphrase may have: it may print on and on.

    Raises:
        OSError: it prints nothing more, and has not come to its end.
        subprocess.SubprocessError: it takes too long to come to its end, or that was a mishap.
    """
    import select
    import subprocess

    assert child.stdout is not None  # noqa: S101  it was started so
    found = b""
    while len(found) <= MOST_BYTES:
        if not select.select([child.stdout], [], [], max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError
        part = os.read(child.stdout.fileno(), MOST_BYTES + 1 - len(found))
        if not part:
            if child.wait(max(0.0, until - time.monotonic())):
                raise subprocess.SubprocessError
            break
        found += part
    return found


def check_strength(passphrase: str, *, making: bool = True) -> str:
    """`passphrase` itself, when it may be used to make keys: 12 characters at least.

    Raises:
        ImagoError: it is too short.
    """
    # Counted in the form keys are made from, so that an accent typed apart is no letter more.
    if len(unicodedata.normalize("NFC", passphrase)) < LEAST:
        status = 2 if making else 4
        raise ImagoError(words("journal.passphrase.short", least=LEAST), "", status)
    return passphrase


def _from_line(line: bytes, *, making: bool) -> str:
    if len(line) > MOST_BYTES:
        _refuse("long", "unreadable_hint", making=making)
    try:
        text = line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse("encoding", "unreadable_hint", making=making)
    return check_strength(text, making=making)


def _refuse(what: str, hint: str, *, making: bool) -> NoReturn:
    status = 2 if making else 4
    raise ImagoError(
        words(f"journal.passphrase.{what}"), words(f"journal.passphrase.{hint}"), status
    )
