"""What every part of the table shares: the talk, who sits where, and what only the screen knows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.reactive import var

from imago_tui.dialogue.events import Event
from imago_tui.tui import commands, view
from imago_tui.tui.screens import asks
from imago_tui.tui.screens.asks import EnoughCalled
from imago_tui.tui.screens.base import Quiet
from imago_tui.tui.screens.card import Card, CardScreen, Choice
from imago_tui.tui.widgets.pane import Pane
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from imago_tui.dialogue.engine import Effects
    from imago_tui.dialogue.scene import Choice as Press
    from imago_tui.dialogue.scene import Scene
    from imago_tui.session import Session


class Seated(Quiet[None]):
    """The ground of the table: takes steps of the talk, and notices when they are somebody else's.

    Whoever changes ``look`` has the table drawn anew.
    """

    where: ClassVar[commands.Where] = "table"
    look: var[view.Look] = var(view.Look({}), init=False, always_update=True)

    def __init__(self, session: Session, left: int) -> None:
        super().__init__()
        self.session, self.left = session, left
        self.asked = 0
        self.scene: Scene = session.scene()

    def pane_of(self, who: int) -> Pane:
        """The pane of a person: it never moves."""
        return self.query_one(f"#{view.side_of(who, self.left)}", Pane)

    def change(self, **changes: Any) -> None:
        """Let the screen know something else, and draw."""
        self.look = replace(self.look, **changes)

    def ask(self, asking: Coroutine[object, object, None]) -> None:
        """Ask a card without holding up the table; Esc on it asks for a way out."""
        self.run_worker(self._asked(asking), exclusive=True, group="ask")

    async def _asked(self, asking: Coroutine[object, object, None]) -> None:
        try:
            await asking
        except EnoughCalled:
            await self.enough()

    async def enough(self) -> None:
        """The ways out, as a card."""
        await self._way_out(await asks.enough(self.imago, self.session.scene()))

    async def _way_out(self, step: str) -> None:
        if step == "leave":
            self.save_draft()
            self.dismiss(None)
        elif step == "time-out":
            # It holds from this press on; when they come back can wait, and be left open.
            self.do(Event(step))
            moment = None
            with suppress(EnoughCalled):  # of naming a time; the time-out holds already
                moment = await asks.return_time(self.imago)
            if moment is not None:
                self.do(Event(step, when=moment))
        elif step:
            self.do(Event(step))
        if step == "too-much":  # its ways on stand there at once: nobody has to look for them
            await self._way_out(await asks.ways_on(self.imago, self.session.scene()))

    def do(self, *taken: Event) -> None:
        """Take steps of the talk."""
        self._taken(self.session.do(*taken))

    def press(self, choice: Press, **given: Any) -> None:
        """Take a choice of the scene."""
        self._taken(self.session.press(choice, **given))

    def _taken(self, effects: Effects) -> None:
        self.after()
        if any(effect.what == "breath" for effect in effects):
            title, *lines = words.lines("table.breath_back")
            card = Card(title, tuple(lines), (Choice("return", words("table.go-on")),))
            self.app.push_screen(CardScreen(card))

    def after(self) -> None:
        """The talk has moved on: draw it, and hand over when it is somebody else's step."""
        before = self.scene.turn
        self.asked = 0
        self.scene = self.session.scene()
        if self.session.state.over:
            self._over()
            return
        changed = self.scene.turn != before
        if changed:
            self.imago.hand_over()
        self.look = view.Look({}, fresh=self.scene.turn if changed else frozenset())

    def _over(self) -> None:
        scene = self.scene
        if not scene.put_off:
            self.dismiss(None)
            return
        meeting = self.session.state.said.meeting
        line = words("table.put-off", time=asks.clock(meeting)) if meeting else scene.listen
        card = Card(scene.ask, (line,), (Choice("return", words("table.go-on")),))
        self.app.push_screen(CardScreen(card), lambda _answer: self.dismiss(None))
