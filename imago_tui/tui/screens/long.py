"""A card with more to read than fits: the arrows scroll, and the line at the bottom says how."""

from __future__ import annotations

from textual.containers import VerticalScroll

from imago_tui import about, own_places
from imago_tui.tui.screens.card import Card, CardScreen, Choice
from imago_tui.words import words


class LongScreen(CardScreen):
    """Shows a card whose lines are read at leisure."""

    def also(self) -> tuple[str, ...]:
        """Reading on is what this page is for."""
        return ("page-down",)

    def _by(self, lines: int) -> None:
        for scroll in self.query("#lines").results(VerticalScroll):
            scroll.scroll_relative(y=lines, animate=False)

    def do_up(self) -> None:
        """A line up."""
        self._by(-1)

    def do_down(self) -> None:
        """A line down."""
        self._by(1)


def about_screen() -> LongScreen:
    """The page that everyone may read at any time, the short one first, and a way back."""
    title, _, *short = about.page()
    lines = (*short, "", *about.lines(own_places.lines()))
    return LongScreen(Card(title, lines, (Choice("return", words("table.return")),)))
