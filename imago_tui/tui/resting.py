"""An open journal that nobody sits before is closed, and nothing of it stays on the screen.

What can't be sealed then is covered (``unsealed``) until it can be.

A flow that may rest is begun anew afterwards, with the passphrase asked for.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from imago_tui.dialogue.clock import Look
from imago_tui.evening.pages import from_words
from imago_tui.idle import Idle
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from imago_tui.tui.app import ImagoApp
    from imago_tui.tui.unsealed import How

    Begin = Callable[[bool], Awaitable[int]]

EVERY = 1.0
"""Seconds between two looks at the clocks."""


def looks() -> Look:
    """One look at the clocks: one that stands still while the machine sleeps, one that goes on."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    wall = time.time() if asleep_too is None else time.clock_gettime(asleep_too)
    return Look(time.monotonic(), wall)


class Rest:
    """Whether it is time to rest. ``look`` and ``every`` can be put in the place of the machine's.

    Args:
        minutes: without a key; 0: only after the machine was asleep or the program was stopped.
    """

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        self.look: Callable[[], Look] = looks
        self.every = EVERY
        self.asked = asyncio.Event()
        self.veiled = False
        self._may: Callable[[], bool] | None = None
        self._talks = 0
        self._works = 0
        self._rooms: list[Callable[[str], bool]] = []

    @contextmanager
    def talking(self) -> Iterator[None]:
        """A talk: nobody is sent away from it; its words fade by themselves."""
        self._talks += 1
        try:
            yield
        finally:
            self._talks -= 1

    @contextmanager
    def in_a_room(self, theirs: Callable[[str], bool]) -> Iterator[None]:
        """One's own room is open: all there is stands in it, whatever the flow has beside it.

        ``theirs``: whether a passphrase is that of the one whose room it is; may raise ImagoError.
        """
        self._rooms.append(theirs)
        try:
            yield
        finally:
            self._rooms.pop()

    def theirs(self, passphrase: str) -> bool:
        """Whether a passphrase is that of the one whose room is open. May raise ImagoError."""
        return bool(self._rooms) and self._rooms[-1](passphrase)

    def may(self) -> bool:
        """Whether what is open can be closed with nothing lost."""
        return bool(self._rooms) or (self._may is not None and self._may())

    @contextmanager
    def working(self) -> Iterator[None]:
        """Something is under way that is finished first."""
        self._works += 1
        try:
            yield
        finally:
            self._works -= 1

    @property
    def busy(self) -> bool:
        """Whether something is under way that is finished first."""
        return bool(self._works)

    @contextmanager
    def watched(self, may: Callable[[], bool]) -> Iterator[None]:
        """A flow that may rest whenever ``may`` says so."""
        self._may = may
        try:
            yield
        finally:
            self._may = None

    def veil(self) -> None:
        """Paint nothing more until it rests: whoever wakes the program sees no word of before."""
        self.veiled = self._may is not None and not self._talks and self.may()

    def at_once(self) -> None:
        """The program was stopped and goes on: whoever sits here now has to say who they are."""
        self.asked.set()

    def step(self, idle: Idle, key: float) -> tuple[Idle, bool]:
        """After one more look at the clocks; whether to rest. ``key``: instant of the last one."""
        now = self.look()
        if self._talks or not self.may():
            # Nobody is sent away from here; and what comes after, somebody has come for.
            self.asked.clear()
            return idle.awake(now), False
        idle = idle.look(now, key)
        return idle, (idle.due or self.asked.is_set()) and not self._works


async def restful(app: ImagoApp, begin: Begin, may: Callable[[], bool] = lambda: True) -> int:
    """Hold a flow; when nobody is here, close what it has open, and begin it anew.

    Args:
        app: whose screen it is.
        begin: the flow; told whether it is begun anew, with nothing known of who sits here. What
            it has open it closes when it is cancelled.
        may: whether all there is stands on the disk, so that nothing is lost.

    Returns:
        The flow's status; 0 when they leave while it rests.
    """
    again, rest = False, app.rest
    while True:
        flow = asyncio.ensure_future(begin(again))
        try:
            with rest.watched(may):
                how = await _until_rest(app, flow)
        except asyncio.CancelledError:
            flow.cancel()
            raise
        if how is None:
            rest.veiled = False
            return flow.result()
        await _put_to_rest(app, flow)
        rest.veiled = False
        if await _rests(app, how):
            return 0
        again = True


async def _until_rest(app: ImagoApp, flow: asyncio.Future[int]) -> How | None:
    """Wait until it can rest: what became of what was being written; None: the flow is over."""
    # Imported here: the first page comes without it, and should not wait for it.
    from imago_tui.tui.unsealed import covered, put_away

    while await _nobody_here(app, flow):
        how: How | None = put_away(app)
        if how == "unsealed":
            how = await covered(app, flow)
        if how is not None:
            return how
    return None


async def _nobody_here(app: ImagoApp, flow: asyncio.Future[int]) -> bool:
    """Wait until it is time to rest: True; or until the flow is over."""
    rest = app.rest
    idle = Idle(rest.minutes)
    rest.asked.clear()
    while True:
        asked: asyncio.Future[Any] = asyncio.ensure_future(rest.asked.wait())
        either: set[asyncio.Future[Any]] = {flow, asked}
        try:
            await asyncio.wait(either, timeout=rest.every, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asked.cancel()
        if flow.done():
            return False
        idle, due = rest.step(idle, app.guard.last)
        if due:
            return True
        if rest.asked.is_set():  # once what is under way is done; no need to ask the whole time
            await asyncio.sleep(rest.every / 10)


async def _put_to_rest(app: ImagoApp, flow: asyncio.Future[int]) -> None:
    """Let the flow close what it has open, and empty the screen."""
    flow.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await flow
    while len(app.screen_stack) > 1:
        await app.pop_screen()


async def _rests(app: ImagoApp, how: How) -> bool:
    """Show that it rests, and what became of what was being written; whether they leave."""
    from imago_tui.tui.rooms.showing import show

    page = from_words("rooms.rest", "rest")
    page = replace(page, lines=(*page.lines, words(f"rooms.rest.{how}")))
    answer = await show(app, page)
    return answer is None or answer.choice == "leave"
