"""The list of what was kept, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.widgets import Static

from imago_tui import retelling
from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.base import Keys, Quiet
from imago_tui.tui.widgets.choices import MARK, PLAIN
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from imago_tui.journal.entry import Head


LOW = 20
"""Rows below which empty lines are left out."""


class Shelf(Static):
    """As many rows as there is room for, around the one that is marked."""

    DEFAULT_CSS = "Shelf { height: 1fr; padding: 0 1; }"

    def __init__(self, heads: Sequence[Head], marked: int) -> None:
        super().__init__(markup=False)
        self.heads = heads
        self.marked = marked
        self._top = 0

    def on_resize(self) -> None:
        """Another size has room for other rows."""
        self.mark(self.marked)

    def mark(self, place: int) -> None:
        """Mark a row; it is always in sight, and at the ends it stays."""
        room = max(1, self.size.height)
        self.marked = max(0, min(place, len(self.heads) - 1))
        self._top = max(self.marked - room + 1, min(self._top, self.marked))
        shown = self.heads[self._top : self._top + room]
        rows = (self._row(head, self._top + n == self.marked) for n, head in enumerate(shown))
        self.update(Text("\n").join(rows))

    def _row(self, head: Head, marked: bool) -> Text:  # noqa: FBT001  one fact about the row
        day = retelling.day(head.started, short=True)
        state = retelling.state(head)
        room = self.size.width - 2 - len(MARK) - 13
        title = inert(retelling.title(head, short=True))
        if state and cell_len(title) + cell_len(state) + 3 <= room:
            title = f"{title} · {state}"
        elif state and not head.topic:
            title = state
        if cell_len(title) > room > 1:
            title = set_cell_size(title, room - 1).rstrip() + "…"
        line = f"{MARK if marked else PLAIN}{day:<13}{title}"
        return Text(line, "bold" if marked else "", no_wrap=True, end="")


class JournalScreen(Quiet[str]):
    """Shows the list; gives the id that was chosen, "" when they leave."""

    where: ClassVar[commands.Where] = "card"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("card")]
    DEFAULT_CSS = """
    JournalScreen #title { text-style: bold; padding: 0 1; margin-bottom: 1; height: auto; }
    JournalScreen #nothing { padding: 0 1; height: 1fr; }
    JournalScreen #note { color: $imago-light; padding: 0 1; height: auto; }
    JournalScreen.low #title { margin-bottom: 0; }
    """

    def __init__(self, heads: Sequence[Head], *, marked: int = 0, note: str = "") -> None:
        """``note``: what could not be read, in one sentence."""
        super().__init__()
        self.heads = heads
        self._marked = marked
        self._note = note

    def compose(self) -> ComposeResult:
        """Title, rows, what could not be read."""
        yield Static(words("review.title"), id="title", markup=False)
        if self.heads:
            yield Shelf(self.heads, self._marked)
        else:
            yield Static(words("review.nothing"), id="nothing", markup=False)
        if self._note:
            yield Static(inert(self._note), id="note", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """What was pressed before the list stood there chooses nothing."""
        self.imago.hand_over()

    def on_resize(self) -> None:
        """On a low screen the empty lines go first."""
        super().on_resize()
        self.set_class(self.size.height < LOW, "low")

    def also(self) -> tuple[str, ...]:
        """Reading is what this page is for."""
        return ("read",) if self.heads else ()

    def _by(self, steps: int) -> None:
        for shelf in self.query(Shelf):
            shelf.mark(shelf.marked + steps)

    def do_up(self) -> None:
        """The one above, which is newer."""
        self._by(-1)

    def do_down(self) -> None:
        """The one below, which is older."""
        self._by(1)

    def do_page_up(self) -> None:
        """A screenful newer."""
        self._by(-max(1, self.size.height - 5))

    def do_page_down(self) -> None:
        """A screenful older."""
        self._by(max(1, self.size.height - 5))

    def do_take(self) -> None:
        """Read it."""
        for shelf in self.query(Shelf):
            self.dismiss(self.heads[shelf.marked].id)

    def do_enough(self) -> None:
        """Leave."""
        self.dismiss("")

    def do_return(self) -> None:
        """Leave."""
        self.dismiss("")
