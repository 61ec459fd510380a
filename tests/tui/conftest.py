"""How screens are tested: by keys, on a screen of a given size, waiting for conditions."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from imago_tui import exercises
from imago_tui.dialogue.clock import Look
from imago_tui.session import Session
from imago_tui.tui.app import ImagoApp
from imago_tui.tui.screens.table import TableScreen
from imago_tui.tui.widgets.fields import Area, Line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from imago_tui.config import Settings

NAMES = ("Ana", "Ben")
PATIENCE = 20.0


def unhurried() -> Callable[[], Look]:
    """Clocks that never jump, however long a busy machine holds up a test."""
    real = own = time.monotonic()

    def look() -> Look:
        nonlocal real, own
        now = time.monotonic()
        real, own = now, own + min(now - real, 0.5)
        return Look(own, own)

    return look


class Seen:
    """An app with somebody at its keys."""

    def __init__(self, app: ImagoApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def text(self) -> str:
        """What stands on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)

    async def until(self, condition: Callable[[], Any], what: str = "") -> None:
        """Wait for a condition."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                pytest.fail(f"waited in vain for {what or condition}:\n{self.text}")
            await asyncio.sleep(0.005)

    async def shows(self, text: str) -> None:
        """Wait until ``text`` stands on the screen."""
        await self.until(
            lambda: text in self.text or text in " ".join(self.text.split()), repr(text)
        )

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each after the one before was taken."""
        for key in keys:
            await self.pilot.press(key)
            await self.until(lambda: self.app.guard._decided is None, "a decision to settle")

    async def type(self, words: str) -> None:
        """Type words into the field that has the focus."""
        await self.until(lambda: self.app.focused is not None, "a field")
        field = self.app.focused
        assert isinstance(field, Area | Line)
        wanted = field.words + words
        for one in words:
            key, character = ("ctrl+j", None) if one == "\n" else (one, one)
            self.app.post_message(events.Key(key, character))
        await self.until(lambda: field.words == wanted, "the words to arrive")


class Table(Seen):
    """A talk on the screen."""

    session: Session

    @property
    def screen(self) -> TableScreen:
        """The table, also while a card is on it."""
        return next(one for one in self.app.screen_stack if isinstance(one, TableScreen))

    @property
    def place(self) -> tuple[str, str]:
        """Where the talk stands."""
        return self.session.state.at.node[:2]

    async def at(self, stage: str, name: str | None = None) -> None:
        """Wait until the talk stands there."""
        await self.until(lambda: self.place == (stage, name or stage), f"{stage}/{name}")

    async def to_send(self) -> None:
        """From the very beginning to the first piece, aloud."""
        await self.press("tab", "enter", "tab", "2", "9", "tab")
        await self.at("send")

    def nobody_for(self, seconds: float) -> None:
        """Nobody has pressed a key for so long."""
        self.app.guard._last -= seconds
        self.screen.begun -= seconds
        self.screen.tick()

    async def field(self) -> None:
        """Have a field open."""
        if self.screen.area is None:
            await self.press("t")
        await self.until(lambda: self.screen.area is not None and self.screen.area.has_focus)

    async def write(self, words: str) -> None:
        """Open a field, type, send."""
        await self.field()
        await self.type(words)
        await self.press("enter")


def leave(app: ImagoApp) -> None:
    """The test has seen what it wanted: what the flow still had in hand is nobody's news."""
    if app.return_code is None:
        app.exit()


@pytest.fixture
def screens() -> Callable[..., Any]:
    """``async with screens(flow, size) as seen``: an app that runs a flow."""

    @asynccontextmanager
    async def open_(
        flow: Any, size: tuple[int, int] = (48, 14), settings: Settings | None = None
    ) -> AsyncIterator[Seen]:
        app = ImagoApp(flow, settings)
        app.guard.quiet, app.guard.settle = 0.0, 0.001
        async with app.run_test(size=size) as pilot:
            yield Seen(app, pilot)
            leave(app)

    return open_


@pytest.fixture
def tables() -> Callable[..., Any]:
    """``async with tables("dialogue", size=...) as table``: a talk on the screen."""

    @asynccontextmanager
    async def open_(
        exercise: str = "dialogue",
        size: tuple[int, int] = (48, 14),
        settings: Settings | None = None,
        left: int = 0,
        **more: Any,
    ) -> AsyncIterator[Table]:
        more.setdefault("looks", unhurried())
        session = Session(exercises.load(exercise), NAMES, **more)

        async def flow(app: ImagoApp) -> int:
            await app.hold(session, left)
            return 0

        app = ImagoApp(flow, settings)
        app.guard.quiet, app.guard.settle = 0.0, 0.001
        async with app.run_test(size=size) as pilot:
            table = Table(app, pilot)
            table.session = session
            await table.until(lambda: isinstance(app.screen, TableScreen), "the table")
            await table.until(lambda: app.screen.is_mounted and table.text.strip())
            yield table
            leave(app)

    return open_
