"""What time does at the table: the candle, its words, words that fade. It moves nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.widgets import Static

from imago_tui.dialogue.clock import TOLD
from imago_tui.dialogue.events import Event
from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.asks import clock
from imago_tui.tui.screens.card import ENOUGH, Answer, Card, CardScreen, Choice
from imago_tui.tui.screens.seated import Seated
from imago_tui.tui.screens.seats import SeatsScreen
from imago_tui.tui.view import Both
from imago_tui.tui.widgets.candle import Middle, breath
from imago_tui.tui.widgets.fields import Area
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.session import Session

BARE_AFTER = {"calm": 20.0, "normal": 12.0, "brisk": 8.0}
"""Quiet seconds, by pace, after which only names, candle and keys stay while somebody speaks."""
WHILE_SPEAKING = 5.0
"""How many times longer the words stay while somebody speaks, and no key is expected."""
RETRY_EVERY = 15.0
SAID_FOR = 6.0
"""Seconds that a word of thanks to a press stands."""
BREATHS_A_SECOND = 4
STAGES = {
    "half": "table.candle.half",
    "closing": "table.candle.closing",
    "past": "table.candle.past",
}


class Clockwork(Seated):
    """The part of the table that looks at the clocks."""

    def __init__(self, session: Session, left: int) -> None:
        super().__init__(session, left)
        self.begun = time.monotonic()
        self._word = ""
        self._said = ""
        self._said_until = 0.0
        self._tried = 0.0
        self._line = ""

    def start_clockwork(self) -> None:
        """Look at the clocks once a second, a few times a second while breathing is drawn."""
        self.set_interval(1.0, self.tick)
        if self.imago.settings.motion:
            self.set_interval(1.0 / BREATHS_A_SECOND, self._breathe)

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks now, so that no key is expected."""
        return bool(self.scene.writer) and self.look.typing is None and not self.scene.hold

    @property
    def _could_be_bare(self) -> bool:
        look = self.look
        return self.speaking and not look.bare and not look.into and look.both is None

    def tick(self) -> None:
        """Once a second."""
        word = self.session.tick()
        if word:
            self._word = word
            # A bell may go with these, where they want one.
            if word in TOLD and self.imago.settings.bell and self.session.ways.sound:
                self.app.bell()
        now = time.monotonic()
        if self.session.trouble is not None and now - self._tried > RETRY_EVERY:
            self._tried = now
            self.session.retry()
        still = now - max(self.begun, self.imago.guard.last)
        fade = self.imago.settings.fade * 60.0 * (WHILE_SPEAKING if self.speaking else 1.0)
        if self.look.both is None and still > fade * self.slow:
            self.put_away()
        elif self._could_be_bare and still > BARE_AFTER[self.pace] * self.slow:
            self.change(bare=True)
        self.draw_word()
        self.draw_middle()

    def wake(self) -> None:
        """A key: the frame is there again, and a clock that jumped goes on."""
        if self.session.timers.stopped:
            self.session.go_on()
            self._word = ""
        if self.look.bare or self.look.fresh:
            self.change(bare=False, fresh=frozenset())

    def say(self, sentence: str) -> None:
        """A quiet line, for a few seconds."""
        self._said = sentence
        self._said_until = time.monotonic() + SAID_FOR
        self.draw_word()

    @property
    def pace(self) -> str:
        """How long quiet moments last: as one of them likes it, else as this machine is set."""
        return self.session.ways.pace or self.imago.settings.pace

    @property
    def slow(self) -> float:
        """How many times longer than that."""
        return self.session.ways.slow

    @property
    def urges(self) -> bool:
        """Whether the candle says how much of it is left."""
        return self.slow == 1.0

    # What both press for

    def ask_both(self, what: str) -> None:
        """Put the words away until both have pressed: they are back ("here"), or want more time."""
        self.set_focus(None)
        self.change(both=Both(what), bare=False)

    def put_away(self) -> None:
        """Nobody has pressed a key for long: whatever stands there is covered until both are."""
        if self.app.screen is self:
            self.ask_both("here")
        elif not isinstance(self.app.screen, SeatsScreen):
            # A small card stands on the table, perhaps with something typed: it is there again.
            here = Choice("here", words("table.both.here"))
            card = Card(words("table.both.here_note"))
            names = self.session.names
            cover = SeatsScreen(card, (here,), names, self.left, each=True)
            self.app.push_screen(cover, self._uncovered)

    def _uncovered(self, answer: Answer | None) -> None:
        """One of them has had enough: the card below is not shown to them alone."""
        screen = self.app.screen
        if answer is not None and answer.choice == ENOUGH and isinstance(screen, CardScreen):
            screen.dismiss(answer)

    def press_both(self, who: int) -> None:
        """One of them has pressed."""
        both = self.look.both
        if both is None:
            return
        done = both.done | {who}
        if len(done) < len(self.session.exercise.people(self.scene.sender)):
            self.change(both=Both(both.what, done))
            return
        if both.what == "more-time":
            askers = [one.who for one in self.scene.open if one.step == "more-time"]
            self.session.do(*(Event("more-time", one) for one in askers))
            self._word = ""
        self.change(both=None)
        self.focus_field()

    def focus_field(self) -> None:
        """Back into the field, if one is open and in sight."""
        if self.look.both is None:
            for field in self.query(Area):
                field.focus()

    # Drawing

    def draw_word(self) -> None:
        """The quiet line: what could not be saved, then the clocks' words, then the candle's."""
        line = self._quiet_line()
        if line != self._line:  # nothing is painted that stands there already
            self._line = line
            self.query_one("#word", Static).update(inert(line))
            self.set_class(not line, "wordless")

    def _quiet_line(self) -> str:
        session, both = self.session, self.look.both
        if session.trouble is not None:
            return f"{session.trouble.message} {session.trouble.hint}".strip()
        if both is not None:
            return words(f"table.both.{both.what}_note")
        if self._said_until > time.monotonic():
            return self._said
        if self._word == "jump":
            return words("table.jump")
        if self.scene.hold:
            return self._until()
        if self._word:
            return words(f"table.evening.{self._word}", key=commands.BY_ID["more-time"].key())
        if self.scene.seconds:
            return self._breath_word()
        turn = session.timers.turn
        stage = turn.phase(session.now()) if turn is not None else ""
        return session.put(words(STAGES[stage])) if stage in STAGES and self.urges else ""

    def _until(self) -> str:
        until = self.session.state.until
        if until is None:
            return ""
        return words("table.time-out.until", time=clock(until))

    def _breath_word(self) -> str:
        if not self.imago.settings.motion:
            return words("table.breath.still")
        into, _ = breath(self.session.now())
        return words("table.breath.in" if into else "table.breath.out")

    def draw_middle(self) -> None:
        """The candle; nothing where there is no turn."""
        middle = self.query_one(Middle)
        turn = self.session.timers.turn
        if self.scene.seconds and not self.scene.hold:
            if not self.imago.settings.motion:
                middle.breathe(0.5)
        elif turn is None:
            middle.rest()
        else:
            now = self.session.now()
            digits = ""
            if self.imago.settings.digits:
                digits = str(max(0, round(turn.left(now) / 60)))
            share = turn.share(now)
            if not self.imago.settings.motion:
                share = round(share * 4) / 4  # a still form: it changes four times in a turn
            middle.burn(share, burning=not self.scene.hold, digits=digits)

    def _breathe(self) -> None:
        if self.scene.seconds and not self.scene.hold and self.look.both is None:
            _, full = breath(self.session.now())
            self.query_one(Middle).breathe(full)
            self.draw_word()
