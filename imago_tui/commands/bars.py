"""What a command says: how far it has come, where somebody sits at a terminal, and what is done."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from imago_tui.plain.console import a_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.deeds import Done

MOMENT = 0.5
WIDTH = 24
STEP = 0.05


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Gives what to tell how far it has come; None where there is nobody to see it.

    Nothing shows in the first half second, and nothing is left when it is done.
    """
    if not a_terminal(sys.stderr):
        yield None
        return
    began = time.monotonic()
    shown = began

    def tell(done: int, of: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - began < MOMENT or now - shown < STEP:
            return
        shown = now
        full = WIDTH * done // max(of, 1)
        # No figures: files of every room are among them, and nobody counts those of another.
        line = f"\r{what} [{'#' * full}{'.' * (WIDTH - full)}]"
        sys.stderr.write(line)
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown > began:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def told(done: Done) -> int:
    """Say what was done and what it could not reach; the status."""
    from imago_tui.mishaps import tell

    for line in done.lines:
        click.echo(line)
    for line in done.amiss:
        tell(line)
    for line in done.hows:
        click.echo(line)
    return done.status
