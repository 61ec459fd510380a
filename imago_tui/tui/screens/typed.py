"""A card with several lines to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.card import Card, CardScreen
from imago_tui.tui.widgets.choices import Row
from imago_tui.tui.widgets.fields import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from imago_tui.evening import Field


class Fields(Vertical):
    """The lines to type."""

    DEFAULT_CSS = """
    Fields { height: auto; margin-top: 1; }
    Fields > Line, Fields > Line:focus { margin: 0 0 1 0; }
    Fields > Line:last-child, Fields > Line:last-child:focus { margin: 0; }
    Fields > Line.-textual-compact { padding: 0 1; }
    CardScreen.low Fields { margin: 0; }
    CardScreen.low Fields > Line, CardScreen.low Fields > Line:focus { margin: 0; }
    """

    def __init__(self, fields: tuple[Field, ...]) -> None:
        super().__init__()
        self._fields = fields

    def compose(self) -> ComposeResult:
        """One line each, its label in it until something is typed."""
        for field in self._fields:
            yield Line(inert(field.label), field.value, secret=field.hidden)


class TypedScreen(CardScreen):
    """Shows a card with lines to type; ``taken`` is what stood in them when it was answered.

    Tab goes from line to line. Enter goes on to the next line, and answers at the last one, or
    where all are empty; the arrows mark another choice, and then Enter takes that one at once.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*commands.line_bindings()]

    def __init__(self, card: Card, fields: tuple[Field, ...], *, alone: bool) -> None:
        """``alone``: the keyboard goes to one person; keys meant for before are dropped."""
        super().__init__(card)
        self._fields = fields
        self._alone = alone
        self.taken: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines to type."""
        return tuple(self.query(Line))

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the lines."""
        return tuple(line.words for line in self.lines)

    def forget(self) -> tuple[str, ...]:
        """What stood in the lines, which is kept here no longer."""
        taken, self.taken = self.taken, ()
        return taken

    def on_mount(self) -> None:
        """The first line is ready."""
        super().on_mount()
        if self._alone:
            self.imago.hand_over()
        self.call_later(self._begin)

    async def _begin(self) -> None:
        await self.query_one("#card").mount(Fields(self._fields), before="#choices")
        self.lines[0].focus()
        self._fit()

    def _rows(self) -> tuple[Row, ...]:
        keys = (commands.shown("enter"), f"{commands.shown('down')} {commands.shown('enter')}")
        return tuple(
            Row(key, choice.label) for key, choice in zip(keys, self.card.choices, strict=False)
        )

    def action_number(self, place: int) -> None:
        """Digits are words here."""

    def also(self) -> tuple[str, ...]:
        """How to come to the next line, where there are several."""
        more = ("line-after",) if len(self._fields) > 1 else ()
        return (*super().also(), *more)

    def do_line_after(self) -> None:
        """On to the next line; after the last one comes the first."""
        self._go(1)

    def do_line_before(self) -> None:
        """Back to the line before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        lines = self.lines
        here = next((n for n, line in enumerate(lines) if line.has_focus), 0)
        lines[(here + step) % len(lines)].focus()

    def do_take(self) -> None:
        """On to the next line, or done."""
        rows, lines = self.rows, self.lines
        marked = rows.marked if rows is not None else 0
        here = next((n for n, line in enumerate(lines) if line.has_focus), len(lines) - 1)
        if marked == self.card.marked and here + 1 < len(lines) and any(self.texts):
            lines[here + 1].focus()
            return
        self.taken = self.texts
        self._take(marked)
