"""The home page, and the list of all that it leads to, found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from imago_tui.inert import inert
from imago_tui.tui.commands import BY_ID
from imago_tui.tui.screens.card import Answer, CardScreen
from imago_tui.tui.screens.pick import PickScreen, Row
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from imago_tui.evening import Option
    from imago_tui.tui.screens.card import Card


WIDE = 60
"""Cells from which the line at the bottom has room for the list."""


class HomeScreen(CardScreen):
    """Shows the home page; gives what was chosen on it, or in the list.

    ``everything``: all that the list knows; asked only when somebody opens it.
    """

    DEFAULT_CSS = """
    HomeScreen.low #small { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, card: Card, everything: Callable[[], tuple[Option, ...]]) -> None:
        super().__init__(card)
        self._everything = everything

    def also(self) -> tuple[str, ...]:
        """The list that knows it all, where there is room beside the two ways out."""
        return (*super().also(), *(("list",) if self.size.width >= WIDE else ()))

    def _fit(self) -> None:
        """All choices are in sight: what stands above them is short."""
        super()._fit()
        for part in self.query("#lines, #choices"):
            part.styles.max_height = None

    def do_list(self) -> None:
        """All there is, found by typing."""
        self.app.push_screen(PaletteScreen(self._everything()), self._found)

    def _found(self, chosen: tuple[str, ...] | None) -> None:
        if chosen:
            self._give(Answer(chosen[0]))


class PaletteScreen(PickScreen):
    """A list in which letters leave those that hold them all."""

    BINDINGS: ClassVar = []

    def __init__(self, options: tuple[Option, ...]) -> None:
        self._all = tuple(Row(one.key, one.label) for one in options)
        super().__init__(words("home.list"), self._all)
        self._typed = ""

    def also(self) -> tuple[str, ...]:
        """What this list is for."""
        return ("take", "return")

    def on_key(self, event: events.Key) -> None:
        """Letters look for something; Backspace takes the last one back."""
        if event.key in BY_ID["return"].keys and self._typed:
            self._typed = self._typed[:-1]
        elif event.is_printable and event.character is not None:
            self._typed += event.character
        else:
            return
        event.stop()
        event.prevent_default()
        self._narrow()

    def _narrow(self) -> None:
        wanted = self._typed.casefold().split()
        found = [row for row in self._all if all(one in row.text.casefold() for one in wanted)]
        self._rows = found
        self.roll.show(found)
        key = "finding" if found else "not_found"
        title = words(f"home.{key}", typed=self._typed) if self._typed else words("home.list")
        self.query_one("#title", Static).update(inert(title))
