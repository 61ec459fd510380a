"""Words to hand, on a card: a few letters, eight words at most; the one chosen is given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Input, Static

from imago_tui.helping import tohand
from imago_tui.helping.tohand import PAGES, Row
from imago_tui.tui import commands
from imago_tui.tui.screens.card import Answer, Card, CardScreen, Choice, Field
from imago_tui.tui.widgets import choices
from imago_tui.words import words

if TYPE_CHECKING:
    from textual.binding import BindingType

BACK = "return"


class WordsScreen(CardScreen):
    """Finds a word. ``taken``: the one that was chosen.

    Digits choose, letters look for; Tab goes on to needs, and to what the body says.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.line_bindings()[:1],
        *commands.number_bindings(first=True),
    ]

    def __init__(self) -> None:
        super().__init__(
            Card(words("tohand.title"), field=Field(words("tohand.field"), letters=True))
        )
        self._page = 0
        self._shown: tuple[Row, ...] = ()
        self._show(tohand.page(PAGES[0]))

    def _show(self, rows: tuple[Row, ...]) -> None:
        self._shown = rows
        offered = [Choice(row.word, row.label) for row in rows]
        back = Choice(BACK, words("tohand.back"))
        self.card = Card(self.card.title, field=self.card.field, choices=(*offered, back))
        if self.rows is not None:
            self.rows.rows = self._rows()
            self.rows.mark(0)
            self._fit()

    def _rows(self) -> tuple[choices.Row, ...]:
        return tuple(
            choices.Row(commands.NUMBERS[place], choice.label)
            for place, choice in enumerate(self.card.choices)
        )

    def also(self) -> tuple[str, ...]:
        """How to come to the other words."""
        return ("words-after",)

    def action_number(self, place: int) -> None:
        """A digit is no letter here: it chooses."""
        self._take(place)

    def do_line_after(self) -> None:
        """On to the next page; after the last one comes the first."""
        self._page = (self._page + 1) % len(PAGES)
        self.query_one("#title", Static).update(words(f"tohand.page.{PAGES[self._page]}"))
        for line in self.query(Input):
            line.clear()
        self._show(tohand.page(PAGES[self._page]))

    def do_words(self) -> None:
        """The key that opened it closes it."""
        self._give(Answer(BACK))

    @on(Input.Changed)
    def _looked_for(self, event: Input.Changed) -> None:
        letters = event.value
        self._show(tohand.find(letters) if letters.strip() else tohand.page(PAGES[self._page]))
        note = self.query_one("#note", Static)
        note.update("" if self._shown else words("tohand.none"))
        note.display = not self._shown

    def _take(self, place: int) -> None:
        if place < len(self._shown) and self._shown[place].into:
            row = self._shown[place]
            self.imago.decide(lambda: self._show(tohand.inside(row)))
            return
        super()._take(place)
