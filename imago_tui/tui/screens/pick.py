"""A list of any length, to choose one of, or to mark several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.widgets import Static

from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.base import Keys, Quiet
from imago_tui.tui.widgets.roll import Roll
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

LOW = 20
"""Rows below which empty lines are left out."""


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a list.

    Args:
        id: what is given when it is chosen.
        text: as it is read.
        ticked: its sign; None where there is nothing to mark.
        whole: it is read to its end, on as many lines as that takes.
    """

    id: str
    text: str
    ticked: bool | None = None
    whole: bool = False


class PickScreen(Quiet[tuple[str, ...] | None]):
    """Shows rows; gives the ids that were chosen, () for a page back, None when they leave.

    Where rows can be marked, Enter gives those that are, whichever stands under the sign.
    """

    where: ClassVar[commands.Where] = "card"
    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings("card"),
        *commands.tick_bindings(),
    ]
    DEFAULT_CSS = """
    PickScreen #whose { color: $imago-light; text-style: bold; padding: 0 1; height: auto; }
    PickScreen #title { text-style: bold; padding: 0 1; margin-bottom: 1; height: auto; }
    PickScreen #small { color: $imago-quiet; padding: 0 1; height: auto; }
    PickScreen.low #title { margin-bottom: 0; }
    """

    def __init__(
        self, title: str, rows: Sequence[Row], *, whose: str = "", small: str = ""
    ) -> None:
        super().__init__()
        self._title, self._whose, self._small = title, whose, small
        self._rows = list(rows)

    def compose(self) -> ComposeResult:
        """Whose it is, what to do, the rows."""
        if self._whose:
            yield Static(inert(self._whose), id="whose", markup=False)
        yield Static(inert(self._title), id="title", markup=False)
        yield Roll(self._rows, self._drawn, lambda _: False)
        if self._small:
            yield Static(inert(self._small), id="small", markup=False)
        yield Keys()

    def _drawn(self, row: Row, room: int) -> list[Text]:
        sign = "" if row.ticked is None else words(f"rooms.tick.{'on' if row.ticked else 'off'}")
        text = inert(" ".join(row.text.split()))
        room -= cell_len(sign)
        if row.whole and room > 1:
            first, *more = Text(text, end="").wrap(self.app.console, room)
            indent = " " * cell_len(sign)
            return [Text(sign, end="") + first, *(Text(indent, end="") + one for one in more)]
        if cell_len(text) > room > 1:
            text = set_cell_size(text, room - 1).rstrip() + "…"
        return [Text(sign + text, no_wrap=True, end="")]

    def on_mount(self) -> None:
        """What was pressed before the list stood there chooses nothing."""
        self.imago.hand_over()

    def on_resize(self) -> None:
        """On a low screen the empty lines go first."""
        super().on_resize()
        self.set_class(self.size.height < LOW, "low")

    @property
    def roll(self) -> Roll[Row]:
        """The rows as they stand now."""
        return self.query_one(Roll)

    @property
    def ticks(self) -> bool:
        """Whether rows can be marked."""
        return any(row.ticked is not None for row in self._rows)

    def also(self) -> tuple[str, ...]:
        """What this list is for."""
        return ("tick", "take", "return") if self.ticks else ("read", "return")

    def do_tick(self) -> None:
        """Mark the row, or take its mark away, and go on to the next."""
        row, place = self.roll.item, self.roll.marked
        if row is not None and row.ticked is not None:
            self._rows[place] = replace(row, ticked=not row.ticked)
            self.roll.by(1)

    def do_take(self) -> None:
        """This one; or all that are marked."""
        row = self.roll.item
        if row is not None:
            one = () if self.ticks else (row.id,)
            chosen = tuple(row.id for row in self._rows if row.ticked) or one
            self.imago.decide(lambda: self._give(chosen))

    def do_return(self) -> None:
        """A page back."""
        self._give(())

    def do_enough(self) -> None:
        """Leave."""
        self._give(None)

    def _give(self, chosen: tuple[str, ...] | None) -> None:
        if self.is_current:
            self.dismiss(chosen)

    def do_up(self) -> None:
        """The row above."""
        self.roll.by(-1)

    def do_down(self) -> None:
        """The row below."""
        self.roll.by(1)

    def do_page_up(self) -> None:
        """A screenful up."""
        self.roll.page(-1)

    def do_page_down(self) -> None:
        """A screenful down."""
        self.roll.page(1)
