"""Where things live on this machine. No other file knows."""

from __future__ import annotations

import os
from pathlib import Path

from imago_tui import NAME
from imago_tui.can_be import can_be
from imago_tui.errors import ImagoError
from imago_tui.words import words

DEEPEST = "journal-backups/2026-11-22-1/entries/.tmp-0123456789abcdef"
"""About as far below its home as the program writes."""


def possible(place: Path) -> Path:
    """`place` itself, where there can be a file.

    Raises:
        ImagoError: 2 there can be none.
    """
    if not can_be(place):
        raise _no_place()
    return place


def typed(text: str) -> Path:
    """A place that somebody typed, in full; a "~" is their home.

    Raises:
        ImagoError: 2 there can be no file at it.
    """
    try:
        place = Path(text.strip()).expanduser()
    except RuntimeError:  # the home of somebody who is not known here
        raise _no_place() from None
    return possible(place.absolute())


def home() -> Path | None:
    """The folder that IMAGO_TUI_HOME names, absolute, or None when it names none.

    Raises:
        ImagoError: 2 there can be no such folder.
    """
    named = os.environ.get("IMAGO_TUI_HOME")
    if not named:
        return None
    folder = Path(os.path.expanduser(named)).absolute()
    possible(folder / DEEPEST)
    return folder


def settings_file() -> Path:
    """The file with the settings of this machine; it may not exist."""
    return _place("user_config_path", "settings.toml", "settings.toml")


def exercises_dir() -> Path:
    """The folder for exercises of one's own; it may not exist."""
    return _place("user_config_path", "exercises", "exercises")


def journal_dir() -> Path:
    """The folder of the journal; it may not exist."""
    return _place("user_data_path", "journal", "journal")


def copies_of(journal: Path) -> Path:
    """The folder with the copies that the program itself keeps of a journal; it may not exist."""
    return journal.with_name(f"{journal.name}-backups")


def _no_place() -> ImagoError:
    return ImagoError(words("errors.no_place"), words("errors.no_place_hint"), 2)


def _place(kind: str, under_home: str, under_platform: str) -> Path:
    own = home()
    if own is not None:
        return own / under_home
    # Imported here: --version and most commands of a set IMAGO_TUI_HOME never need it.
    import platformdirs

    try:
        base = Path(getattr(platformdirs, kind)(NAME, appauthor=False))
    except RuntimeError:  # newer releases say so when nobody knows a home
        base = Path()
    if not base.is_absolute():  # neither HOME nor an entry in the password file
        raise ImagoError(words("errors.no_home"), words("errors.no_home_hint"), 2)
    return base / under_platform if under_platform else base
