"""A practice couple at the table: the real table, and nobody at its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from imago_tui.dialogue.state import Turn
from imago_tui.tui import commands, view
from imago_tui.tui.screens.clockwork import BREATHS_A_SECOND
from imago_tui.tui.screens.drawn import Drawn
from imago_tui.tui.widgets.exhibit import Exhibit
from imago_tui.words import words

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.timer import Timer

    from imago_tui.practice.playing import Beat, Playing


class WatchScreen(Drawn):
    """Shows a couple until they are done, or until they are left.

    It goes on by itself at reading speed; where nothing may move, at each press.
    """

    where: ClassVar[commands.Where] = "watch"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("watch")]

    def __init__(self, playing: Playing) -> None:
        super().__init__(playing.session, left=0)
        self._playing = playing
        self._beat: Beat | None = None
        self._timer: Timer | None = None
        self.waits = False

    def on_mount(self) -> None:
        """They sit down."""
        self.query_one("#small", Static).update(words("table.small"))
        self.waits = not self.imago.settings.motion
        if self.imago.settings.motion:
            self.set_interval(1.0 / BREATHS_A_SECOND, self._breathe)
        self.redraw()
        self._let_read()

    def _let_read(self) -> None:
        """Leave time to read, then go on; or wait."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self.waits:
            self._timer = self.set_timer(self._playing.seconds(self._beat), self._go_on)
        self.draw_word()

    def _go_on(self) -> None:
        if self._playing.over:
            self.dismiss(None)
            return
        before = self.scene.turn
        self._beat = self._playing.go_on()
        self.scene = self.session.scene()
        changed = self.scene.turn != before
        self.look = view.Look({}, fresh=self.scene.turn if changed else frozenset())
        self.call_after_refresh(self._show_newest)
        self._let_read()

    def _show_newest(self) -> None:
        """What was said last is in sight, where there is no room for all of it."""
        for exhibit in self.query(Exhibit):  # none, where they have left meanwhile
            exhibit.scroll_end(animate=False)

    def side_by_side(self) -> tuple[Turn, ...]:
        """The words of the scene, or those that were said just now."""
        beat, exhibit = self._beat, super().side_by_side()
        if exhibit or beat is None or not beat.said or beat.who is None:
            return exhibit
        return (Turn(beat.events[0].step, beat.who, beat.who, beat.said),)

    def _quiet_line(self) -> str:
        """What was done just now, and whether it waits."""
        one, two = self.session.names
        told = self._beat.line if self._beat else words("practice.who", one=one, two=two)
        if self._playing.over:
            return f"{told}\n{words('practice.over')}"
        if self.waits:
            return f"{told}\n{words('practice.paused', key=commands.BY_ID['faster'].key())}"
        return told

    def without(self) -> frozenset[str]:
        """Nothing is shut here."""
        return frozenset()

    # Commands

    def do_faster(self) -> None:
        """On to what comes next."""
        self._go_on()

    def do_wait(self) -> None:
        """Wait, or go on."""
        self.waits = not self.waits
        self._let_read()

    def do_enough(self) -> None:
        """Esc: leave them."""
        self.dismiss(None)

    def do_return(self) -> None:
        """Back: leave them."""
        self.dismiss(None)

    def do_page_up(self) -> None:
        """Nothing to scroll but the words side by side."""
        self.query_one(Exhibit).scroll_page_up(animate=False)

    def do_page_down(self) -> None:
        """Read on."""
        self.query_one(Exhibit).scroll_page_down(animate=False)
