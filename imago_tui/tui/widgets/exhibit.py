"""Words side by side: what was said, and how it was given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

from imago_tui.inert import inert

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imago_tui.dialogue.scene import Names
    from imago_tui.dialogue.state import Turn

SIDE_BY_SIDE = 70
"""Cells from which there is room for two columns; below, one stands above the other."""


class Exhibit(VerticalScroll):
    """Shows turns: on the side of the one who said them, or one above the other."""

    DEFAULT_CSS = """
    Exhibit { height: auto; max-height: 45%; scrollbar-size-vertical: 1; padding: 0 1; }
    Exhibit Static { width: 1fr; height: auto; padding: 0 1; }
    Exhibit.beside { layout: horizontal; }
    """

    def __init__(self) -> None:
        super().__init__(id="exhibit", can_focus=False)

    def compose(self) -> ComposeResult:
        """A column for each side."""
        yield Static(id="words-left", markup=False)
        yield Static(id="words-right", markup=False)

    def show(self, turns: tuple[Turn, ...], names: Names, left: int, note: str = "") -> None:
        """Show ``turns``, or ``note`` in their place."""
        beside = self.app.size.width >= SIDE_BY_SIDE
        self.set_class(beside, "beside")
        self.display = bool(turns or note)
        first, second = self.query(Static).results(Static)
        if beside and turns:
            first.update(_said([turn for turn in turns if turn.who == left], names))
            second.update(_said([turn for turn in turns if turn.who != left], names))
        else:
            first.update(Text(note, "italic") if note else _said(list(turns), names))
            second.update("")
        second.display = beside and bool(turns)


def _said(turns: list[Turn], names: Names) -> Text:
    drawn = Text()
    for turn in turns:
        if drawn.plain:
            drawn.append("\n")
        drawn.append(f"{inert(names[turn.who])}: ", "bold")
        drawn.append(inert(turn.text or ""))
    return drawn
