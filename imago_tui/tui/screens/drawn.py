"""What the table looks like: the scene is drawn, and what stands in it finds its room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Horizontal
from textual.widgets import Static

from imago_tui import menu, rowtext
from imago_tui.dialogue.events import PERSONS
from imago_tui.inert import inert
from imago_tui.tui import view
from imago_tui.tui.screens.base import Keys
from imago_tui.tui.screens.rowed import Rowed
from imago_tui.tui.widgets.candle import Middle
from imago_tui.tui.widgets.exhibit import Exhibit
from imago_tui.tui.widgets.pane import Pane
from imago_tui.words import words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imago_tui.dialogue.state import Turn
    from imago_tui.session import Session

LEAST = (40, 12)
"""Cells below which there is only a plain word about the window."""
ROOM, WIDE, LOW = 70, 100, 16


class Drawn(Rowed):
    """The part of the table that is seen."""

    DEFAULT_CSS = """
    Drawn #topic { height: 1; text-style: bold; padding: 0 1; }
    Drawn #word { height: auto; min-height: 1; max-height: 2; padding: 0 1; }
    Drawn #word { color: $imago-light; }
    Drawn #seats { height: 1fr; }
    Drawn #next { height: auto; max-height: 2; padding: 0 1; }
    Drawn #small { display: none; padding: 1 2; }
    Drawn.tiny > * { display: none; }
    Drawn.tiny > #small { display: block; }
    Drawn.low.wordless.beside #word { display: none; }
    Drawn.tall { padding: 1 4; }
    """

    def __init__(self, session: Session, left: int) -> None:
        super().__init__(session, left)
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

    def watch_look(self) -> None:
        """Something changed that only the screen knows."""
        self.redraw()

    def redraw(self) -> None:
        """Draw the scene as it is now."""
        look = self.look
        scene = self.scene = self.session.scene(typing=look.typing, revealed=look.revealed)
        away = look.bare or look.both is not None or bool(scene.hold)
        title = menu.title(self.session.exercise)
        topic = words("table.topic", topic=scene.topic) if scene.topic else title
        self.query_one("#topic", Static).update(inert("" if away else topic).replace("\n", " "))
        self.query_one("#next", Static).update(
            ""
            if (away and not scene.hold) or not scene.next or self.not_quite
            else words("table.next", next=scene.next)
        )
        note = self.hidden_note() if scene.hidden and not away else ""
        names = self.session.names
        exhibit = () if away else rowtext.readable(self.session.exercise, self.side_by_side())
        if scene.loop and exhibit:
            note, exhibit = rowtext.loop(exhibit, names), ()
        self.query_one(Exhibit).show(exhibit, names, self.left, note)
        self.set_class(bool(exhibit or note), "beside")
        weights = {}
        for who in PERSONS:
            lines = self.session.stems(who, scene)
            shown = view.pane(scene, names, who, self.left, look, lines)
            self.pane_of(who).show(shown)
            weights[who] = 10 if shown.mark or shown.rows else 6
            if look.typing == who:
                weights[who] = 13 if self.size.width < ROOM else 12
        here = self.session.exercise.people(scene.sender)
        for who in PERSONS:
            self.pane_of(who).display = who in here
            self.pane_of(who).styles.width = f"{weights[who]}fr"
        self.draw_word()
        self.draw_middle()
        self.name_keys()
        self.call_after_refresh(self._fit)

    @property
    def not_quite(self) -> bool:
        """Whether a finer choice is open, or typed: the main road does not go on from there."""
        return bool(self.look.into) or self.choice_open

    @on(Pane.NeedsOther)
    def _fit(self) -> None:
        """Words side by side take what the choices leave over; the rest of them scrolls."""
        if not self.query(Exhibit):  # the talk is over meanwhile, and its table gone
            return
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

    def side_by_side(self) -> tuple[Turn, ...]:
        """The words that stand side by side now."""
        return self.scene.exhibit

    def without(self) -> frozenset[str]:
        """Commands that are not open now."""
        scene, look = self.scene, self.look
        shut = set()
        may_type = bool(scene.writer) or self.finer_words is not None
        if not may_type or look.typing is not None:
            shut.add("type")
        if look.both is not None or scene.hold:
            shut |= {"moment", "type", "park", "words", "likes"}
        if not self.session.parks:
            shut.add("park")
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
        left_out = ("leave-out",) if self.left_out is not None else ()
        return ("send", "enough", *partly, *shown, *left_out, "aloud")

    @on(events.ScreenResume)
    def _again(self) -> None:
        self.redraw()
