"""The table: draws the scene of a talk, and sends back what was pressed. No rule stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.containers import Horizontal
from textual.widgets import Static

from imago_tui.dialogue.events import PERSONS, Event
from imago_tui.inert import inert
from imago_tui.tui import commands, view
from imago_tui.tui.commands import BY_ID
from imago_tui.tui.screens import asks
from imago_tui.tui.screens.base import Keys
from imago_tui.tui.screens.writing import Writing
from imago_tui.tui.widgets.candle import Middle
from imago_tui.tui.widgets.exhibit import Exhibit
from imago_tui.tui.widgets.pane import Pane
from imago_tui.words import words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from imago_tui.dialogue.scene import Choice as Press
    from imago_tui.session import Draft, Session

LEAST = (40, 12)
"""Cells below which there is only a plain word about the window."""
ROOM, WIDE, LOW = 70, 100, 16


class TableScreen(Writing):
    """Two people and a talk.

    ``left``: the person on the left. ``draft``: a line that was being typed when the program ended.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings("table"),
        *commands.seat_bindings(),
    ]
    DEFAULT_CSS = """
    TableScreen #topic { height: 1; text-style: bold; padding: 0 1; }
    TableScreen #word { height: auto; min-height: 1; max-height: 2; padding: 0 1; }
    TableScreen #word { color: $imago-light; }
    TableScreen #seats { height: 1fr; }
    TableScreen #next { height: auto; max-height: 2; padding: 0 1; }
    TableScreen #small { display: none; padding: 1 2; }
    TableScreen.tiny > * { display: none; }
    TableScreen.tiny > #small { display: block; }
    TableScreen.low.wordless.beside #word { display: none; }
    TableScreen.tall { padding: 1 4; }
    """

    def __init__(self, session: Session, left: int, draft: Draft | None = None) -> None:
        super().__init__(session, left)
        self._draft = draft
        self._most = 0

    def compose(self) -> ComposeResult:
        """Topic, a quiet line, words side by side, the two sides, what comes next, the keys."""
        yield Static(id="small", markup=False)
        yield Static(id="topic", markup=False)
        yield Static(id="word", markup=False)
        yield Exhibit()
        with Horizontal(id="seats"):
            yield Pane("left")
            yield Middle()
            yield Pane("right")
        yield Static(id="next", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Sit down."""
        self.query_one("#small", Static).update(words("table.small"))
        self.imago.hand_over()
        self.start_clockwork()
        self.redraw()
        if self._draft is not None:
            self.go_on_with(self._draft)

    def on_resize(self) -> None:
        """Another size: everything is there as before."""
        super().on_resize()
        width, height = self.size
        self.set_class(width < LEAST[0] or height < LEAST[1], "tiny")
        self.set_class(height < LOW, "low")
        self.set_class(height >= WIDE // 3 and width >= WIDE, "tall")
        self.query_one(Middle).set_class(width >= ROOM, "wide")
        self.redraw()
        self.call_after_refresh(self.focus_field)

    # Drawing

    def watch_look(self) -> None:
        """Something changed that only the screen knows."""
        self.redraw()

    def redraw(self) -> None:
        """Draw the scene as it is now."""
        look = self.look
        scene = self.scene = self.session.scene(typing=look.typing, revealed=look.revealed)
        away = look.bare or look.both is not None or bool(scene.hold)
        title = self.session.exercise.title
        topic = words("table.topic", topic=scene.topic) if scene.topic else title
        self.query_one("#topic", Static).update(inert("" if away else topic).replace("\n", " "))
        self.query_one("#next", Static).update(
            ""
            if (away and not scene.hold) or not scene.next
            else words("table.next", next=scene.next)
        )
        note = self.hidden_note() if scene.hidden and not away else ""
        names = self.session.names
        exhibit = () if away else scene.exhibit
        self.query_one(Exhibit).show(exhibit, names, self.left, note)
        self.set_class(bool(exhibit or note), "beside")
        weights = {}
        for who in PERSONS:
            shown = view.pane(scene, names, who, self.left, look)
            self.pane_of(who).show(shown)
            weights[who] = 10 if shown.mark or shown.rows else 6
            if look.typing == who:
                weights[who] = 13 if self.size.width < ROOM else 12
        for who in PERSONS:
            self.pane_of(who).styles.width = f"{weights[who]}fr"
        self.draw_word()
        self.draw_middle()
        self.name_keys()
        self.call_after_refresh(self._fit)

    @on(Pane.NeedsOther)
    def _fit(self) -> None:
        """Words side by side take what the choices leave over; the rest of them scrolls."""
        self.draw_middle()
        exhibit, seats = self.query_one(Exhibit), self.query_one("#seats")
        if not exhibit.display:
            return
        room = exhibit.size.height + seats.size.height
        needs = max(pane.needs + pane.styles.padding.height for pane in self.query(Pane))
        most = max(1, room - needs)
        if most != self._most:  # the panes have another size now, and may need other room
            self._most = most
            exhibit.styles.max_height = most
            self.call_after_refresh(self._fit)
        self.name_keys()

    def without(self) -> frozenset[str]:
        """Commands that are not open now."""
        scene, look = self.scene, self.look
        shut = set()
        may_type = bool(scene.writer) or self.finer_words is not None
        if not may_type or look.typing is not None:
            shut.add("type")
        if look.both is not None or scene.hold:
            shut |= {"moment", "type", "park"}
        return frozenset(shut)

    def also(self) -> tuple[str, ...]:
        """The way back, or, in a field, how the words are sent and how to say them instead."""
        both = self.look.both
        if self.look.into or (both is not None and both.what != "here"):
            return ("return", "type") if self.finer_words is not None else ("return",)
        if self.look.typing is None or not self.in_field:
            exhibit = self.query_one(Exhibit)
            return ("page-down",) if exhibit.display and exhibit.max_scroll_y else ()
        partly = ("partly",) if self.partly_open else ()
        shown = ("show",) if self.scene.hidden else ()
        return ("send", "enough", *partly, *shown, "aloud")

    # Steps

    async def on_key(self, event: events.Key) -> None:
        """Any key brings the frame back; it still counts if it is a choice.

        A field that has lost the focus, as in a window that is too small to show it, keeps what is
        typed; and where nothing can be read, nothing is chosen.
        """
        self.wake()
        area, tiny = self.area, self.has_class("tiny")
        lost = area is not None and not area.has_focus and self.look.both is None
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
        name = await asks.stuck(self.imago, self.scene)
        if name:
            self.action_command(name)

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
        self.change(stem=self.look.stem - 1)

    def do_stem_after(self) -> None:
        """Another way to begin."""
        self.change(stem=self.look.stem + 1)

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

    @on(events.ScreenResume)
    def _again(self) -> None:
        self.redraw()
