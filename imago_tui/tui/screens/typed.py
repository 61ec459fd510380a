"""A card with several lines to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.containers import Container, Vertical
from textual.widgets import Static

from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.card import Card, CardScreen
from imago_tui.tui.widgets.choices import Row
from imago_tui.tui.widgets.fields import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from imago_tui.evening import Field


BESIDE = 20
"""Cells that a label may take on the row of its line; a longer one stands on a row of its own."""


class Fields(Vertical):
    """The lines to type, each with its label, which stays while something is typed."""

    DEFAULT_CSS = """
    Fields { height: auto; }
    Fields.beside Labelled { layout: horizontal; }
    """

    def __init__(self, fields: tuple[Field, ...]) -> None:
        super().__init__()
        self._fields = fields

    def compose(self) -> ComposeResult:
        """One line each."""
        widest = max(cell_len(inert(field.label)) for field in self._fields)
        self.set_class(widest <= BESIDE, "beside")
        for field in self._fields:
            label = Static(inert(field.label), markup=False)
            if widest <= BESIDE:
                label.styles.width = widest + 2
            with Labelled():
                yield label
                yield Line(inert(field.like), field.value, secret=field.hidden)


class Labelled(Container):
    """A line to type with its label, before it or above it."""

    DEFAULT_CSS = """
    Labelled { height: auto; layout: vertical; }
    Labelled > Static { color: $imago-quiet; padding: 0 1; width: auto; }
    Labelled > Line, Labelled > Line:focus { margin: 0; width: 1fr; }
    Labelled > Line.-textual-compact { padding: 0 1; }
    """


class TypedScreen(CardScreen):
    """Shows a card with lines to type; ``taken`` is what stood in them when it was answered.

    Tab goes from line to line. Enter goes on to the next line, and answers at the last one, or
    where all are empty; the arrows mark another choice, and then Enter takes that one at once.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*commands.line_bindings()]
    DEFAULT_CSS = """
    TypedScreen Labelled { margin-top: 1; }
    TypedScreen.low Labelled { margin: 0; }
    """

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
        for card in self.query("#card"):  # none, where Esc was pressed before this came
            await card.mount(Fields(self._fields), before="#choices")
        for line in self.lines[:1]:
            line.focus()
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
