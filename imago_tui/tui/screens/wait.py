"""One calm line while something takes a moment that cannot be shortened; with a bar, if long."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.widgets import Static

from imago_tui.tui import commands
from imago_tui.tui.screens.base import Keys, Quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from imago_tui.journal.catalogue import Progress
    from imago_tui.tui.app import ImagoApp

Result = TypeVar("Result")
SOON = 0.15
"""Seconds that go by without a word: a line that only flashes up is worse than none."""


class WaitScreen(Quiet[None]):
    """The line. Nothing can be pressed but close now; what is typed meanwhile goes nowhere."""

    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("page")]
    DEFAULT_CSS = """
    WaitScreen { align: center middle; }
    WaitScreen #line { width: auto; max-width: 100%; }
    WaitScreen Keys { dock: bottom; }
    """

    def __init__(self, line: str) -> None:
        super().__init__()
        self._line = line

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(self._line, id="line", markup=False)
        yield Keys()

    def do_about(self) -> None:
        """Not now: this page goes by itself."""

    def do_list(self) -> None:
        """Likewise."""


async def meanwhile(app: ImagoApp, line: str, work: Callable[[], Result]) -> Result:
    """Do ``work`` in a thread; ``line`` stands there when it takes long. Raises what it raises."""
    return await _waited(app, WaitScreen(line), work)


async def _waited(app: ImagoApp, screen: WaitScreen, work: Callable[[], Result]) -> Result:
    with app.rest.working():
        working = asyncio.ensure_future(asyncio.to_thread(work))
        done, _ = await asyncio.wait({working}, timeout=SOON)
        if done:
            return working.result()
        await app.push_screen(screen)
        try:
            return await working
        finally:
            screen.dismiss(None)


class BarScreen(WaitScreen):
    """The line with a bar below it. ``tell`` may be called from any thread."""

    WIDTH = 30
    DEFAULT_CSS = """
    BarScreen #bar { width: auto; max-width: 100%; color: $imago-light; margin-top: 1; }
    """

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self._done, self._of = 0, 0

    def compose(self) -> ComposeResult:
        """The line, the bar."""
        yield Static(self._line, id="line", markup=False)
        yield Static(id="bar", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Look how far it has come a few times a second."""
        self._draw()
        self.set_interval(SOON, self._draw)

    def tell(self, done: int, of: int) -> None:
        """So many of so many."""
        self._done, self._of = done, of

    def _draw(self) -> None:
        done, of = self._done, self._of
        if of:
            full = self.WIDTH * done // of
            # No figures: files of every room are among them, and nobody counts those of another.
            self.query_one("#bar", Static).update("█" * full + "░" * (self.WIDTH - full))


async def with_bar(app: ImagoApp, line: str, work: Callable[[Progress], Result]) -> Result:
    """As `meanwhile`; ``work`` is given what it tells how far it has come."""
    screen = BarScreen(line)
    return await _waited(app, screen, lambda: work(screen.tell))
