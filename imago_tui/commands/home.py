"""`imago-tui` alone: the home page, and what leads from there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.loading import loading
from imago_tui.plain.console import a_terminal
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def somebody_is_here() -> bool:
    """Whether there is a screen to show, and a keyboard to answer at."""
    return a_terminal(sys.stdin) and a_terminal(sys.stdout)


def open_home(files: Sequence[Path] = (), *, at: str = "home", plain: bool = False) -> int:
    """Home, on the screen or in lines; the program's status.

    Args:
        files: with passphrases.
        at: the page to begin with.
        plain: in lines.

    Raises:
        ImagoError: 2 without a terminal, or the settings have a line that is not understood; 4 to
            7 the journal.
    """
    if plain:
        from imago_tui.plain.home import at_home

        return at_home(files, at=at)
    if not somebody_is_here():
        raise ImagoError(words("errors.terminal_needed"), words("plain.lines_hint"), WRONG_USE)
    # Imported here and only here: the screen is heavy, and lines do without it.
    with loading():
        from imago_tui.tui.flows import home_flow

    return home_flow(files, at=at)
