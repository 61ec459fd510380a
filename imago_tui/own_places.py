"""Places to turn to that somebody added on this machine: a file `places.toml` beside the settings.

They stand below those that come with the program, and marked: nobody has checked them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imago_tui import careful_toml, paths
from imago_tui.errors import ImagoError
from imago_tui.inert import inert
from imago_tui.places import FILE, told
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

MOST = 20
"""As many are shown."""
LONGEST = 200
"""Letters of one text that are shown."""


def lines() -> tuple[str, ...]:
    """What stands below the shipped ones; one line that says so when it can't be read."""
    try:
        own = _read()
    except ValueError:
        return (words("about.own_unread", file=FILE),)
    if not own:
        return ()
    return ("", words("about.own_title"), words("about.own"), *map(inert, own))


def place() -> Path | None:
    """Where the file would be; None where nobody has a place for such things."""
    try:
        return paths.settings_file().with_name(FILE)
    except ImagoError:
        return None


def _read() -> tuple[str, ...]:
    """A line each. Raises ValueError when what stands there can't be read."""
    file = place()
    if file is None or not os.path.lexists(file):
        return ()  # as nearly always: the page is there sooner without what reads it
    from imago_tui.exercises.own import read

    try:
        found = careful_toml.loads(read(file).decode("utf-8-sig"))
    except FileNotFoundError:
        return ()
    except OSError as mishap:
        raise ValueError(FILE) from mishap
    rows = found.get("place")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(FILE)
    return tuple(_line(row) for row in rows[:MOST])


def _line(row: dict[str, object]) -> str:
    name, number, how = (row.get(key, "") for key in ("name", "number", "how"))
    if not (isinstance(name, str) and isinstance(number, str) and isinstance(how, str) and name):
        raise ValueError(FILE)
    return " ".join(told(number[:LONGEST], name[:LONGEST], how[:LONGEST]).split())
