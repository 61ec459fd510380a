"""One calm line while something takes a moment that cannot be shortened."""

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
    working = asyncio.ensure_future(asyncio.to_thread(work))
    done, _ = await asyncio.wait({working}, timeout=SOON)
    if done:
        return working.result()
    screen = WaitScreen(line)
    await app.push_screen(screen)
    try:
        return await working
    finally:
        screen.dismiss(None)
