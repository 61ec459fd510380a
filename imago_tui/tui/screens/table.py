"""The table: draws the scene of a talk, and sends back what was pressed. No rule stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from imago_tui import hints, own_words
from imago_tui.dialogue.events import Event
from imago_tui.errors import ImagoError
from imago_tui.helping.stems import Stem
from imago_tui.tui import commands, view
from imago_tui.tui.commands import BY_ID
from imago_tui.tui.screens import asks
from imago_tui.tui.screens.drawn import Drawn
from imago_tui.tui.widgets.exhibit import Exhibit
from imago_tui.words import words

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

    from imago_tui.dialogue.scene import Choice as Press


class TableScreen(Drawn):
    """Two people and a talk. ``left``: the person on the left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings("table"),
        *commands.seat_bindings(),
    ]

    def on_mount(self) -> None:
        """Sit down."""
        # Its lists take a moment to read: not the moment in which the first words are sent.
        self.run_worker(hints.language, thread=True, exit_on_error=False, group="lists")
        self.query_one("#small", Static).update(words("table.small"))
        self.imago.hand_over()
        self.start_clockwork()
        self.redraw()
        if self.session.note:
            self.say(self.session.note)
        if self.session.drafted is not None:
            self.go_on_with(self.session.drafted)

    # Steps

    async def on_key(self, event: events.Key) -> None:
        """Any key brings the frame back; it still counts if it is a choice.

        A field that has lost the focus, as in a window that is too small to show it, keeps what is
        typed; and where nothing can be read, nothing is chosen.
        """
        self.wake()
        area, tiny = self.area, self.has_class("tiny")
        # A letter that comes here was pressed while the field had no focus, though it may by now.
        away = area is not None and (event.is_printable or not area.has_focus)
        lost = away and self.look.both is None
        if not (tiny or lost):
            return
        event.stop()
        event.prevent_default()
        if area is not None and lost and not (tiny and event.key in BY_ID["send"].twins):
            await area.take(event)

    def action_seat(self, side: commands.Side, place: int) -> None:
        """A seat's own key."""
        self.wake()
        who = self.left if side == "left" else 1 - self.left
        if self.look.both is not None:
            if place == 0:
                self.press_both(who)
            return
        offered = view.offered(self.scene, who, self.look)
        if place < len(offered):
            choice = offered[place]
            if choice.into:
                self.change(into={who: choice})
            else:
                self.imago.decide(lambda: self._press(who, choice))

    def _press(self, who: int, choice: Press) -> None:
        if choice not in view.offered(self.scene, who, self.look):
            return
        if choice.wants == "when":
            self.ask(self._press_when(who, choice))
        elif choice.wants == "words" and (who in self.types or self.scene.exhibit):
            self.write_left_out(who, choice)
        else:
            self.press(choice)

    async def _press_when(self, who: int, choice: Press) -> None:
        moment = await asks.agreed_time(self.imago, self.session.names[who])
        if moment is not None:
            self.press(choice, when=moment)
            if not self.session.state.over:  # else the last page says it
                self.say(words("table.put-off", time=asks.clock(moment)))

    # Commands

    def do_enough(self) -> None:
        """Esc."""
        self.ask(self.enough())

    def do_moment(self) -> None:
        """A moment."""
        if "moment" not in self.without():
            self.do(Event("pause"))

    def do_stuck(self) -> None:
        """I'm stuck."""
        self.ask(self._stuck())

    async def _stuck(self) -> None:
        scene = self.scene
        self.session.helped |= scene.turn
        remedy = await asks.stuck(self.imago, self.session.stuck(scene, self.asked))
        self.asked += 1
        if remedy is None:
            return
        if remedy.then:
            self.say(remedy.then)
        elif remedy.command:
            self.action_command(remedy.command)
        elif remedy.press is not None and scene == self.scene:
            _, choice = remedy.press
            self.imago.decide(lambda: self.press(choice))

    def do_words(self) -> None:
        """Words to hand; what is chosen goes into the field, or stands there to be looked at."""
        if "words" not in self.without():
            self.ask(self._words())

    async def _words(self) -> None:
        self.session.helped |= self.scene.turn
        word = await asks.word_to_hand(self.imago)
        if not word:
            return
        if self.area is not None:
            self.area.put(word)
        else:
            self.say(word)

    def do_likes(self) -> None:
        """How one of them likes it."""
        if "likes" not in self.without():
            self.ask(asks.likes(self.imago, self.session))

    def _stem_here(self) -> Stem:
        """The line that stands there for whose step it is."""
        lines = (self.session.stems(who, self.scene) for who in sorted(self.scene.turn))
        return next((one.at(self.look.stem) for one in lines if one.lines), Stem(""))

    def do_our_words(self) -> None:
        """The line that stands there in their own words."""
        line = self._stem_here()
        away = self.scene.hold or self.look.typing is not None or self.look.both is not None
        if line.text and not away:
            self.ask(self._our_words(line))

    async def _our_words(self, line: Stem) -> None:
        own = await asks.our_words(self.imago, line)
        if own is None:
            return
        try:
            self.session.own = own_words.put(line.original or line.text, own)
        except ImagoError as trouble:
            self.say(trouble.message)
        self.redraw()

    def do_as_it_was(self) -> None:
        """The line that stands there, as it came."""
        self.say(self._stem_here().original or words("ours.not_ours"))

    def do_more_help(self) -> None:
        """All of the help again, for whose step it is."""
        for who in self.scene.turn:
            self.session.like(who, self.session.likes[who].more_help())
        self.redraw()

    def do_eyes(self) -> None:
        """The screen steps back, for as long as no key is pressed."""
        self.change(bare=True)

    def do_park(self) -> None:
        """Park a word."""
        if "park" not in self.without():
            self.ask(self._park())

    async def _park(self) -> None:
        if parked := await asks.parked(self.imago):
            self.session.park(parked)
            self.say(words("table.parked"))

    def _help(self, step: str) -> None:
        who = asks.owner(self.scene.open, step)
        if who is not None and self.look.both is None:
            self.do(Event(step, who))

    def do_back(self) -> None:
        """Take the last step back."""
        self._help("back")

    def do_smaller(self) -> None:
        """A smaller piece, please."""
        self._help("slower")

    def do_more_time(self) -> None:
        """More time, when both press."""
        if any(one.step == "more-time" for one in self.scene.open):
            self.ask_both("more-time")

    def do_stem_before(self) -> None:
        """Another way to begin."""
        self._stem(-1)

    def do_stem_after(self) -> None:
        """Another way to begin."""
        self._stem(1)

    def _stem(self, on: int) -> None:
        self.session.helped |= self.scene.turn
        self.change(stem=self.look.stem + on)

    def do_not_this(self) -> None:
        """Another line; one that was noticed is gone, and any other just moves on."""
        if self.session.send_away():
            self.change(stem=0)
        else:
            self._stem(1)

    def do_return(self) -> None:
        """Back from the finer choices, or from pressing for something together."""
        if self.look.both is not None and self.look.both.what != "here":
            self.change(both=None)
            self.focus_field()
        elif self.look.into:
            self.change(into={})

    def do_page_up(self) -> None:
        """Read the words side by side further up."""
        self.query_one(Exhibit).scroll_page_up(animate=False)

    def do_page_down(self) -> None:
        """Read on."""
        self.query_one(Exhibit).scroll_page_down(animate=False)
